//! Edges of a diagram, and the numbers on them.

use leptos::prelude::*;

use super::handle::Handle;
use super::layout::Shape;
use super::part::Part;
use crate::figures::numerals::number;
use crate::theory::perceptron::{NeuronId, Perceptron};

/// An edge into neuron `to`, whose weights `unit` holds.
pub(super) fn edge(
    shape: &Shape,
    unit: Memo<Perceptron>,
    handle: Handle,
    largest: Memo<f64>,
    to: NeuronId,
    from: usize,
) -> AnyView {
    let part = Part::Weight { to, from };
    let ((x1, y1), (x2, y2)) = shape.edge(to.layer + 1, from, to.neuron);
    let weight = move || weight_of(unit, from);
    let look = move || {
        let weight = weight();
        let sign = if weight < 0.0 {
            "negative"
        } else if weight > 0.0 {
            "positive"
        } else {
            ""
        };
        let selected = if handle.selected() { "selected" } else { "" };
        format!("edge {sign} {selected}")
    };
    let width = move || {
        let most = largest.get();
        let share = if most > 0.0 {
            weight().abs() / most
        } else {
            0.0
        };
        format!("{:.2}", 0.9 + 3.4 * share)
    };
    view! {
        <g
            class=look
            data-part=part.key()
            tabindex=move || handle.tab_index()
            role="spinbutton"
            aria-label=handle.spoken()
            aria-valuenow=move || weight().to_string()
            aria-readonly=handle.fixed().then_some("true")
            on:pointerdown=move |event| handle.press(&event)
            on:pointermove=move |event| handle.drag_to(&event)
            on:pointerup=move |event| handle.release(&event)
            on:pointercancel=move |event| handle.release(&event)
            on:keydown=move |event| handle.key(&event)
            on:focus=move |_| handle.select()
        >
            <line class="hit" x1=x1 y1=y1 x2=x2 y2=y2 />
            <line class="wire" x1=x1 y1=y1 x2=x2 y2=y2 stroke-width=width />
        </g>
    }
    .into_any()
}

/// The number on an edge: always where there is room, else only on edges of the selected neuron.
pub(super) fn edge_number(
    shape: &Shape,
    unit: Memo<Perceptron>,
    selected: RwSignal<Part>,
    to: NeuronId,
    from: usize,
) -> AnyView {
    let always = shape.number_share(to.layer + 1);
    // Edges into one neuron fan out towards their sources: there their numbers have room.
    let share = always.unwrap_or(0.3);
    let (x, y) = shape.number_place(to.layer + 1, from, to.neuron, share);
    let own = Part::Weight { to, from };
    let visible = move || {
        always.is_some()
            || match selected.get() {
                Part::Bias(of) => of == to,
                part => part == own,
            }
    };
    // What is not seen is not written: a random network has hundreds of numbers.
    let text = move || {
        if visible() {
            number(weight_of(unit, from), 3)
        } else {
            String::new()
        }
    };
    view! {
        <text class="weight" x=x y=y class:selected=move || selected.get() == own>{text}</text>
    }
    .into_any()
}

fn weight_of(unit: Memo<Perceptron>, from: usize) -> f64 {
    unit.with(|unit| unit.weights.get(from).copied().unwrap_or(0.0))
}
