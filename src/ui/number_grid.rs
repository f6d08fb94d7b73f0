//! A small matrix of numbers to type into: a kernel.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::number;
use super::slider::round_to;

/// Number fields in rows and columns, each coloured by its sign and size. Arrow up and down move a number by one step, with Shift by ten.
#[component]
pub fn NumberGrid(
    /// What the matrix is; each field is named after it and its place.
    label: &'static str,
    /// Name for styles and tests, unique within the widget.
    name: &'static str,
    /// The numbers, in row-major order.
    value: RwSignal<Vec<f64>>,
    /// Columns.
    columns: usize,
    /// Numbers go from minus this to this.
    reach: f64,
    /// What an arrow key adds.
    step: f64,
) -> impl IntoView {
    let complaint = RwSignal::new(String::new());
    let count = value.with_untracked(Vec::len);
    let largest = Memo::new(move |_| {
        value.with(|values| values.iter().fold(0.0_f64, |most, v| most.max(v.abs())))
    });
    let at = move |index: usize| value.with(|values| values.get(index).copied().unwrap_or(0.0));
    let put = move |index: usize, next: f64| {
        complaint.set(String::new());
        value.update(|values| {
            if let Some(slot) = values.get_mut(index) {
                *slot = round_to(next.clamp(-reach, reach), 9);
            }
        });
    };
    let field = move |index: usize| {
        let (row, column) = (index / columns + 1, index % columns + 1);
        let shown = move || number::significant(at(index), 3);
        let ground = move || {
            let share = 55.0 * at(index).abs() / largest.get().max(f64::MIN_POSITIVE);
            let colour = if at(index) < 0.0 {
                "--run-a"
            } else {
                "--run-b"
            };
            format!("color-mix(in srgb, var({colour}) {share:.0}%, var(--paper))")
        };
        let on_key = move |event: KeyboardEvent| {
            let size = if event.shift_key() { 10.0 } else { 1.0 };
            let by = match event.key().as_str() {
                "ArrowUp" => size * step,
                "ArrowDown" => -size * step,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            put(index, at(index) + by);
        };
        let on_type = move |event: leptos::ev::Event| {
            let text = event_target_value(&event);
            match number::parse(&text) {
                Some(typed) if typed.abs() <= reach => put(index, typed),
                _ => complaint.set(format!(
                    "\u{201c}{text}\u{201d} cannot be used here: type a number from \u{2212}{reach} to {reach}. Still {}.",
                    untrack(shown)
                )),
            }
        };
        view! {
            <input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                role="spinbutton"
                aria-label=format!("{label}, row {row}, column {column}")
                aria-valuenow=move || at(index).to_string()
                aria-valuemin=(-reach).to_string()
                aria-valuemax=reach.to_string()
                style:background-color=ground
                prop:value=shown
                on:change=on_type
                on:keydown=on_key
            />
        }
    };
    view! {
        <div class="number-grid" data-control=name role="group" aria-label=label>
            <div class="cells" style:grid-template-columns=format!("repeat({columns}, minmax(0, 1fr))")>
                {(0..count).map(field).collect_view()}
            </div>
            <p class="complaint" role="alert">{complaint}</p>
        </div>
    }
}
