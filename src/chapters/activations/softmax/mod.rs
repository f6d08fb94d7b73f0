//! 3.2 The softmax bench: ten logits, their probabilities, the factor c, the Jacobian, the arithmetic, the loss.

mod arithmetic;
mod digit;
mod figures;
mod jacobian;
mod loss;
mod settings;

use leptos::prelude::*;

pub use settings::ID;

use super::notation::plain;
use crate::figures::numerals::fixed;
use crate::ui::choice::Choice;
use crate::ui::drag::{Drag, Held, Steps};
use crate::ui::link::Link;
use crate::ui::plot::Plot;
use crate::ui::slider::{Scale, Slider, round_to};
use crate::ui::widget::Widget;
use settings::{At, CLASSES, MOST_ADDED, MOST_C, PRESETS, Part, REACH, STEP, Settings, default};

/// The bench.
#[component]
pub fn Softmax() -> impl IntoView {
    let settings = Settings::declare();
    let bench = Memo::new(move |_| settings.bench());
    // The bar that pointer or keys moved last.
    let held_row = RwSignal::new(None::<usize>);
    let logits = Memo::new(move |_| bench.with(|bench| figures::logit_bars(bench, held_row.get())));
    let probabilities = Memo::new(move |_| bench.with(figures::probability_bars));
    let sigmoids = Memo::new(move |_| bench.with(figures::sigmoid_bars));
    let curves = Memo::new(move |_| bench.with(figures::limit_curves));
    let follow = move |held: Held| {
        let layout =
            logits.with_untracked(|figure| figure.layout(held.width, held.height, &held.style));
        if held.first {
            held_row.set(layout.row_at(held.y));
        }
        if let Some(row) = held_row.get_untracked() {
            let value = layout.length.value_at(held.x).clamp(-REACH, REACH);
            settings.logits[row].set(round_to((value / STEP).round() * STEP, 9));
        }
    };
    let step = move |(right, up): Steps| {
        // The first key takes hold of the first bar.
        let row = held_row.get_untracked().map_or(0, |row| {
            (row as i32 - up).clamp(0, CLASSES as i32 - 1) as usize
        });
        held_row.set(Some(row));
        let value = settings.logits[row].get_untracked() + f64::from(right) * STEP;
        settings.logits[row].set(round_to(value.clamp(-REACH, REACH), 9));
        true
    };
    let words = move || bench.with(|bench| figures::sentence(bench, settings.at.get()));
    let hidden = move |part: Part| move || settings.part.get() != part;
    view! {
        <Widget id=ID title="Softmax turns any ten numbers into a probability" sentence=Signal::derive(words)>
            <Presets />
            <div class="figures three">
                <div>
                    <Drag on_drag=follow on_step=step help="Drag a bar; or choose one with the arrow keys up and down, and move it left and right">
                        <Plot figure=logits name="logits" height=bars_height />
                    </Drag>
                    <p class="hint">"Drag a bar, use the arrow keys on it, or the sliders below."</p>
                </div>
                <div>
                    <Plot figure=probabilities name="softmax" height=bars_height />
                    <p class="sum" data-sum="softmax">{move || bench.with(|bench| total(&bench.probabilities))}</p>
                </div>
                <div>
                    <Plot figure=sigmoids name="sigmoids" height=bars_height />
                    <p class="sum" data-sum="sigmoids">{move || bench.with(|bench| total(&bench.sigmoids))}</p>
                </div>
            </div>
            <digit::FromDigit settings />
            <Controls settings />
            <Choice label="Look closer" name="part" value=settings.part options=vec![
                (Part::Limits, "c and its limits"),
                (Part::Jacobian, "Jacobian"),
                (Part::Arithmetic, "32-bit arithmetic"),
                (Part::CrossEntropy, "cross-entropy"),
            ] />
            <div class="part" hidden=hidden(Part::Limits)>
                <Plot figure=curves name="softmax-limits" height=|width| (0.42 * width).clamp(240.0, 360.0) />
            </div>
            <div class="part" hidden=hidden(Part::Jacobian)><jacobian::Jacobian settings bench /></div>
            <div class="part" hidden=hidden(Part::Arithmetic)><arithmetic::Arithmetic bench /></div>
            <div class="part" hidden=hidden(Part::CrossEntropy)><loss::CrossEntropy settings bench /></div>
        </Widget>
    }
}

fn bars_height(width: f64) -> f64 {
    (0.95 * width).clamp(250.0, 340.0)
}

/// Sum and extremes of ten values.
fn total(values: &[f64]) -> String {
    let sum: f64 = values.iter().sum();
    let least = values.iter().copied().fold(f64::MAX, f64::min);
    let most = values.iter().copied().fold(f64::MIN, f64::max);
    format!(
        "sum {}, from {} to {}",
        fixed(sum, 4),
        plain(least),
        plain(most)
    )
}

/// Starting points.
#[component]
fn Presets() -> impl IntoView {
    let link = expect_context::<Link>();
    let buttons = PRESETS.iter().map(|preset| {
        view! { <button type="button" on:click=move |_| link.apply(ID, preset.values)>{preset.title}</button> }
    });
    view! {
        <div class="presets" role="group" aria-label="Logits to begin with">{buttons.collect_view()}</div>
    }
}

/// The ten logits, the factor and the constant.
#[component]
fn Controls(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let logit = |class: usize| {
        let name = settings::KEYS[class];
        view! {
            <Slider label=format!("Logit {class}") name=name value=settings.logits[class] scale=Scale::linear(-REACH, REACH, STEP)
                default=default::LOGITS[class] />
        }
    };
    view! {
        <div class="controls groups">
            <fieldset><legend>"Logits a"</legend>{(0..CLASSES / 2).map(logit).collect_view()}</fieldset>
            <fieldset><legend>"\u{a0}"</legend>{(CLASSES / 2..CLASSES).map(logit).collect_view()}</fieldset>
            <fieldset>
                <legend>"For all of them"</legend>
                <Slider label="Factor c" name="c" value=settings.c scale=Scale::logarithmic_with_zero(0.01, MOST_C, 20) default=1.0 class="run-b"
                    help="What all logits are multiplied by: the inverse of a temperature" />
                <Choice label="Probabilities shown" name="at" value=settings.at options=vec![
                    (At::Zero, "c \u{2192} 0"),
                    (At::Slider, "at c"),
                    (At::Infinity, "c \u{2192} \u{221e}"),
                ] />
                <Slider label="Constant k" name="added" value=settings.added scale=Scale::linear(-MOST_ADDED, MOST_ADDED, 1.0) default=0.0
                    help="What is added to all logits" />
            </fieldset>
        </div>
    }
}
