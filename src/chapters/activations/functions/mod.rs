//! 3.1 The bench: any of nine functions with their derivatives, a point to move, the parameter c, ranges to change.

mod figures;
mod settings;
mod table;

use leptos::prelude::*;

pub use settings::ID;

use crate::ui::choice::Choice;
use crate::ui::drag::{Drag, Held, Steps};
use crate::ui::plot::Plot;
use crate::ui::several::Several;
use crate::ui::slider::{Scale, Slider, round_to};
use crate::ui::toggle::Toggle;
use crate::ui::widget::Widget;
use figures::{Quantity, curves, sentence};
use settings::{AxisRange, FARTHEST, STEP, Settings, default};

/// The bench with its two figures, its table and its controls.
#[component]
pub fn Functions() -> impl IntoView {
    let settings = Settings::declare();
    let bench = Memo::new(move |_| settings.bench());
    let figure =
        |quantity: Quantity| Memo::new(move |_| bench.with(|bench| curves(quantity, bench)));
    let (values, slopes) = (figure(Quantity::Value), figure(Quantity::Slope));
    // Both figures share the inputs, so either may be dragged.
    let follow = move |held: Held| {
        let layout =
            values.with_untracked(|figure| figure.layout(held.width, held.height, &held.style));
        settings.drag_to(layout.frame.x.value_at(held.x));
    };
    let follow_slope = move |held: Held| {
        let layout =
            slopes.with_untracked(|figure| figure.layout(held.width, held.height, &held.style));
        settings.drag_to(layout.frame.x.value_at(held.x));
    };
    let step = move |(right, _): Steps| {
        settings.drag_to(settings.x.get_untracked() + f64::from(right) * STEP);
        right != 0
    };
    let words = move || bench.with(sentence);
    let by_itself = move || settings.axis.get() == AxisRange::Fitted;
    view! {
        <Widget id=ID title="A factor c turns smooth functions into those with a corner or a jump" sentence=Signal::derive(words)>
            <Several label="Functions" name="functions" value=settings.functions options=settings::options() />
            <div class="figures two">
                <Drag on_drag=follow on_step=step help="Drag the point, or move it with the arrow keys">
                    <Plot figure=values name="activation-functions" height=plot_height />
                </Drag>
                <Drag on_drag=follow_slope on_step=step help="Drag the point on its slope, or move it with the arrow keys">
                    <Plot figure=slopes name="activation-derivatives" height=plot_height />
                </Drag>
            </div>
            <div class="controls groups">
                <fieldset>
                    <legend>"Point and factor"</legend>
                    <Slider label="Point x" name="x" value=settings.x scale=Scale::linear(-FARTHEST, FARTHEST, STEP) default=default::X class="run-a" />
                    <Slider label="Factor c" name="c" value=settings.c scale=Scale::logarithmic(0.1, 100.0, 20) default=default::C class="run-b"
                        help="What the input is multiplied by" />
                    <Toggle label="Show the limit for c \u{2192} \u{221e}" name="limit" value=settings.limit />
                </fieldset>
                <fieldset>
                    <legend>"Ranges"</legend>
                    <Slider label="x from" name="from" value=settings.from scale=Scale::linear(-FARTHEST, FARTHEST, 0.5) default=default::FROM />
                    <Slider label="x to" name="to" value=settings.to scale=Scale::linear(-FARTHEST, FARTHEST, 0.5) default=default::TO />
                    <Choice label="Values shown" name="axis" value=settings.axis options=vec![
                        (AxisRange::Fitted, "as the curves need"),
                        (AxisRange::Fixed, "from \u{2026} to"),
                    ] />
                    <div hidden=by_itself>
                        <Slider label="f(x) from" name="low" value=settings.low scale=Scale::linear(-FARTHEST, FARTHEST, 0.5) default=default::LOW />
                        <Slider label="f(x) to" name="high" value=settings.high scale=Scale::linear(-FARTHEST, FARTHEST, 0.5) default=default::HIGH />
                    </div>
                </fieldset>
            </div>
            <table::Numbers bench />
        </Widget>
    }
}

fn plot_height(width: f64) -> f64 {
    (0.72 * width).clamp(240.0, 380.0)
}

impl Settings {
    /// Moves the point to where a pointer stands: within what is shown, on the steps of the slider.
    fn drag_to(self, x: f64) {
        let (from, to) = untrack(|| self.shown());
        let x = (x.clamp(from, to) / STEP).round() * STEP;
        self.x.set(round_to(x, 9));
    }
}
