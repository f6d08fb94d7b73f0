//! A number as a slider with a field to type into: keyboard, touch and screen reader by native elements.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::number;

/// The values a slider can take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Smallest value.
    pub least: f64,
    /// Largest value.
    pub most: f64,
    /// How positions become values.
    pub kind: ScaleKind,
}

/// How positions of the thumb become values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ScaleKind {
    /// Equal steps of this size.
    Linear(f64),
    /// Equal ratios, this many positions a decade; values are rounded to two significant digits. A `least` of 0 stands
    /// left of the first decade, which begins at `from`.
    Logarithmic {
        /// Positions a decade.
        per_decade: u32,
        /// Smallest value above 0.
        from: f64,
    },
    /// Whole numbers at equal ratios, rounded to two significant digits.
    WholeLogarithmic {
        /// Positions a decade.
        per_decade: u32,
    },
}

impl Scale {
    /// Equal steps.
    pub fn linear(least: f64, most: f64, step: f64) -> Self {
        Self {
            least,
            most,
            kind: ScaleKind::Linear(step),
        }
    }

    /// Equal ratios from `least` > 0.
    pub fn logarithmic(least: f64, most: f64, per_decade: u32) -> Self {
        Self {
            least,
            most,
            kind: ScaleKind::Logarithmic {
                per_decade,
                from: least,
            },
        }
    }

    /// 0, then equal ratios from `from`.
    pub fn logarithmic_with_zero(from: f64, most: f64, per_decade: u32) -> Self {
        Self {
            least: 0.0,
            most,
            kind: ScaleKind::Logarithmic { per_decade, from },
        }
    }

    /// Whole numbers at equal ratios.
    pub fn whole_logarithmic(least: f64, most: f64, per_decade: u32) -> Self {
        Self {
            least,
            most,
            kind: ScaleKind::WholeLogarithmic { per_decade },
        }
    }

    /// Number of the last position; the first is 0.
    pub fn last_position(&self) -> u32 {
        match self.kind {
            ScaleKind::Linear(step) => ((self.most - self.least) / step).round() as u32,
            ScaleKind::Logarithmic { per_decade, from } => {
                let zero = u32::from(self.least < from);
                ((self.most / from).log10() * f64::from(per_decade)).round() as u32 + zero
            }
            ScaleKind::WholeLogarithmic { per_decade } => {
                ((self.most / self.least).log10() * f64::from(per_decade)).round() as u32
            }
        }
    }

    /// Value at a position.
    pub fn value_at(&self, position: u32) -> f64 {
        let value = match self.kind {
            // Dividing keeps 0.3 = 3 / 10 exact where 3 x 0.1 is not.
            ScaleKind::Linear(step) => self.least + round_to(f64::from(position) * step, 9),
            ScaleKind::Logarithmic { per_decade, from } => {
                let zero = u32::from(self.least < from);
                if position < zero {
                    return self.least;
                }
                two_digits(from * 10_f64.powf(f64::from(position - zero) / f64::from(per_decade)))
            }
            ScaleKind::WholeLogarithmic { per_decade } => {
                two_digits(self.least * 10_f64.powf(f64::from(position) / f64::from(per_decade)))
                    .round()
            }
        };
        round_to(value, 9).clamp(self.least, self.most)
    }

    /// Position whose value is nearest.
    pub fn position_of(&self, value: f64) -> u32 {
        let position = match self.kind {
            ScaleKind::Linear(step) => ((value - self.least) / step).round(),
            ScaleKind::Logarithmic { per_decade, from } => {
                let zero = f64::from(u8::from(self.least < from));
                if value < from {
                    return 0;
                }
                (value / from).log10() * f64::from(per_decade) + zero
            }
            ScaleKind::WholeLogarithmic { per_decade } => {
                (value / self.least).log10() * f64::from(per_decade)
            }
        };
        (position.round().max(0.0) as u32).min(self.last_position())
    }

    /// The value after moving by some positions: at least one step that is visible, where rounding joined positions.
    fn moved(&self, value: f64, by: i32) -> f64 {
        let mut position = self.position_of(value) as i32 + by;
        let last = self.last_position() as i32;
        while (0..=last).contains(&position) && self.value_at(position as u32) == value {
            position += by.signum();
        }
        self.value_at(position.clamp(0, last) as u32)
    }
}

fn two_digits(value: f64) -> f64 {
    number::significant(value, 2).parse().unwrap_or(value)
}

/// `value` rounded to `decimals` decimals: what a person would have typed.
pub fn round_to(value: f64, decimals: i32) -> f64 {
    let unit = 10_f64.powi(decimals);
    (value * unit).round() / unit
}

/// A labelled slider with a number field. Arrow keys move one step, with Shift ten; Home and End jump; a double click
/// on the slider puts `default` back.
#[component]
pub fn Slider(
    /// What the number is.
    #[prop(into)]
    label: Signal<String>,
    /// Name for styles and tests, unique within the widget.
    name: &'static str,
    /// The number.
    value: RwSignal<f64>,
    /// Its possible values.
    scale: Scale,
    /// The value that a double click puts back.
    default: f64,
    /// Unit behind the number, as "epochs"; empty for none.
    #[prop(optional)]
    unit: &'static str,
    /// A sentence for the tooltip.
    #[prop(optional)]
    help: &'static str,
    /// Class of the colour that marks this number elsewhere on the page.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let Scale { least, most, .. } = scale;
    let whole = matches!(scale.kind, ScaleKind::WholeLogarithmic { .. })
        || matches!(scale.kind, ScaleKind::Linear(step) if step.fract() == 0.0);
    let complaint = RwSignal::new(None::<String>);
    let id = RwSignal::new(next_id(name)).get_untracked();
    let complaint_id = format!("{id}-complaint");
    let shown = move || number::significant(value.get(), 6);
    let spoken = move || format!("{} {unit}", shown()).trim().to_owned();

    let move_by = move |by: i32| {
        complaint.set(None);
        value.set(scale.moved(value.get_untracked(), by));
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let size = if event.shift_key() { 10 } else { 1 };
        let by = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => size,
            "ArrowLeft" | "ArrowDown" => -size,
            "PageUp" => 10,
            "PageDown" => -10,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        move_by(by);
    };
    let on_type = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        match number::parse(&text) {
            Some(typed) if (least..=most).contains(&typed) && (!whole || typed.fract() == 0.0) => {
                complaint.set(None);
                value.set(typed);
                // The same value again changes no signal; the field still shows what was typed.
                let field: web_sys::HtmlInputElement = event
                    .target()
                    .expect("an event has a target")
                    .unchecked_into();
                field.set_value(&number::significant(typed, 6));
            }
            _ => {
                let kind = if whole { "a whole number" } else { "a number" };
                complaint.set(Some(format!(
                    "\u{201c}{text}\u{201d} cannot be used here: type {kind} from {} to {}. Still {}.",
                    number::significant(least, 6),
                    number::significant(most, 6),
                    number::significant(value.get_untracked(), 6),
                )));
            }
        }
    };
    Effect::watch(
        move || value.get(),
        move |_, _, _| complaint.set(None),
        false,
    );

    view! {
        <div class=format!("control slider {class}") data-control=name title=help>
            <label for=id.clone()>{label}</label>
            <input
                type="range"
                id=id.clone()
                min="0"
                max=scale.last_position()
                step="1"
                prop:value=move || scale.position_of(value.get()).to_string()
                aria-valuetext=spoken
                on:input=move |event| {
                    if let Ok(position) = event_target_value(&event).parse() {
                        complaint.set(None);
                        value.set(scale.value_at(position));
                    }
                }
                on:keydown=on_key
                on:dblclick=move |_| value.set(default)
            />
            <span class="value">
                <input
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    class="number"
                    aria-label=move || format!("{}, typed", label.get())
                    aria-invalid=move || complaint.with(Option::is_some).then_some("true")
                    aria-describedby=complaint_id.clone()
                    prop:value=shown
                    on:change=on_type
                />
                <span class="unit">{unit}</span>
            </span>
            <p class="complaint" id=complaint_id role="alert">{complaint}</p>
        </div>
    }
}

/// An id no other element of the page has.
pub fn next_id(name: &str) -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("{name}-{}", COUNT.fetch_add(1, Ordering::Relaxed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn scales_have_round_values() {
        let rate = Scale::logarithmic(0.001, 10.0, 20);
        assert_eq!(rate.value_at(0), 0.001);
        assert_eq!(rate.value_at(20), 0.01);
        assert_eq!(rate.value_at(rate.last_position()), 10.0);
        assert_eq!(rate.value_at(rate.position_of(0.05)), 0.05);
        let share = Scale::linear(0.0, 0.9, 0.05);
        assert_eq!(share.value_at(6), 0.3);
        let penalty = Scale::logarithmic_with_zero(1e-5, 0.1, 10);
        assert_eq!(penalty.value_at(0), 0.0);
        assert_eq!(penalty.value_at(1), 1e-5);
        assert_eq!(penalty.position_of(0.0), 0);
        let epochs = Scale::whole_logarithmic(1.0, 1000.0, 20);
        assert_eq!(epochs.value_at(epochs.position_of(100.0)), 100.0);
    }

    #[test]
    fn every_key_press_is_seen() {
        let epochs = Scale::whole_logarithmic(1.0, 1000.0, 20);
        assert_eq!(epochs.moved(1.0, 1), 2.0);
        assert_eq!(epochs.moved(2.0, -1), 1.0);
        assert_eq!(epochs.moved(1.0, -1), 1.0);
        assert_eq!(epochs.moved(1000.0, 10), 1000.0);
    }

    proptest! {
        #[test]
        fn a_position_is_the_position_of_its_value(position in 0_u32..=80) {
            let rate = Scale::logarithmic(0.001, 10.0, 20);
            prop_assert_eq!(rate.value_at(rate.position_of(rate.value_at(position))), rate.value_at(position));
        }

        #[test]
        fn values_stay_in_range(value in proptest::num::f64::ANY) {
            let scale = Scale::logarithmic_with_zero(1e-5, 0.1, 10);
            let back = scale.value_at(scale.position_of(value));
            prop_assert!((0.0..=0.1).contains(&back));
        }
    }
}
