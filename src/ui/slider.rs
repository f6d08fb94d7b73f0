//! A number as a slider with a field to type into: keyboard, touch and screen reader by native elements.

mod scale;

pub use scale::{Scale, ScaleKind, round_to};

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::number;

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
