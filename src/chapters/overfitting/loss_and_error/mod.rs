//! 4.2 Loss is not error: five predictions to drag, their mean loss and their error.

mod figures;
mod goals;
mod settings;

use leptos::prelude::*;

pub use settings::ID;

use crate::figures::shares::Shares;
use crate::theory::loss_and_error::START;
use crate::ui::drag::{Drag, Held, Steps};
use crate::ui::plot::Plot;
use crate::ui::slider::{Scale, Slider};
use crate::ui::widget::Widget;
use settings::{REACH, REST_KEYS, RIGHT_KEYS, SAMPLES, Settings, default};

/// The bars, the curve, both charts and the goals.
#[component]
pub fn LossAndError() -> impl IntoView {
    let settings = Settings::declare();
    let samples = Memo::new(move |_| settings.predictions());
    let moved = Memo::new(move |_| settings.moved.get() as usize - 1);
    let bars = Memo::new(move |_| figures::bars(&samples.get(), moved.get()));
    let losses = Memo::new(move |_| figures::losses(&samples.get()));
    let smooth = Memo::new(move |_| figures::smooth(&samples.get(), moved.get()));
    let jump = Memo::new(move |_| figures::jump(&samples.get(), moved.get()));
    // What the pointer took hold of: (sample, border).
    let held_border = StoredValue::new(None::<(usize, usize)>);
    let on_drag = move |held: Held| {
        let layout = bars.with_untracked(|bars| bars.layout(held.width, held.height, &held.style));
        let share = layout.share_at(held.x);
        if held.first {
            let taken = layout.row_at(held.y).and_then(|row| {
                let border = bars.with_untracked(|bars| bars.border_near(row, share))?;
                Some((row, border))
            });
            held_border.set_value(taken);
        }
        if let Some((sample, border)) = held_border.get_value() {
            settings.drag(sample, border, share);
        }
    };
    let on_step = Callback::new(move |((across, up),): (Steps,)| {
        if up != 0 {
            // Up and down choose the sample.
            let to = settings.moved.get_untracked() - f64::from(up.signum());
            settings.moved.set(to.clamp(1.0, SAMPLES as f64));
        } else {
            settings.step(across);
        }
        true
    });
    let words = move || figures::sentence(&samples.get(), moved.get());
    let more = move || {
        view! {
            <goals::Goals settings samples />
            <Controls settings />
        }
    };
    view! {
        <Widget id=ID title="Loss is not error: one moves smoothly, the other jumps" sentence=Signal::derive(words) more=more>
            <div class="figures two">
                <Drag on_drag=on_drag on_step=on_step
                    help="Predictions of five samples: drag a border; up and down choose a sample, left and right move its right class">
                    <Plot figure=bars name="predictions" height=|_| Shares::height(SAMPLES) />
                </Drag>
                <Plot figure=losses name="losses-on-the-curve" height=|_| Shares::height(SAMPLES) />
                <Plot figure=smooth name="mean-loss-moves" height=chart_height />
                <Plot figure=jump name="error-jumps" height=chart_height />
            </div>
            <p class="hint below">
                "Drag the borders of the bars: the first ends the right class, the second divides the rest between the two others. A prediction is right where no other \
                 class has as much. The lower charts move along p of the sample in hand."
            </p>
        </Widget>
    }
}

fn chart_height(width: f64) -> f64 {
    (0.5 * width).clamp(200.0, 260.0)
}

/// The numbers that are dragged.
#[component]
fn Controls(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let sample = |i: usize| {
        let (right, rest) = (settings.right[i], settings.first_of_rest[i]);
        view! {
            // The charts follow the sample whose slider is in hand.
            <div on:focusin=move |_| settings.moved.set(i as f64 + 1.0)>
            <Slider label=format!("Sample {}: p", i + 1) name=RIGHT_KEYS[i] value=right scale=Scale::linear(REACH.0, REACH.1, 0.01) default=START[i].right class="run-a"
                help="Probability of the right class" />
            <Slider label="Rest to other 1" name=REST_KEYS[i] value=rest scale=Scale::linear(0.0, 1.0, 0.01) default=START[i].first_of_rest
                help="Share of the rest that the first wrong class has" />
            </div>
        }
    };
    view! {
        <div class="controls groups">
            <fieldset>{(0..3).map(sample).collect_view()}</fieldset>
            <fieldset>
                {(3..SAMPLES).map(sample).collect_view()}
                <Slider label="Charts follow" name="moved" value=settings.moved scale=Scale::linear(1.0, SAMPLES as f64, 1.0) default=default::MOVED
                    help="The sample along whose p the two charts go: the one that was moved last" />
            </fieldset>
        </div>
    }
}
