//! Inputs and neurons of a diagram.

use leptos::prelude::*;

use super::handle::Handle;
use super::layout::{RADIUS, Shape};
use super::part::Part;
use super::shown::Shown;
use super::subscript;
use crate::figures::numerals::number;
use crate::theory::perceptron::{NeuronId, Perceptron};

/// An input: a square with its value.
pub(super) fn input_node(shape: &Shape, shown: Shown, handle: Handle, input: usize) -> AnyView {
    let part = Part::Input(input);
    let (x, y) = shape.place(0, input);
    let value = shown.input(input);
    let value = move || value.get();
    view! {
        <g
            class="input"
            class:selected=move || handle.selected()
            data-part=part.key()
            tabindex=move || handle.tab_index()
            role="spinbutton"
            aria-label=handle.spoken()
            aria-valuenow=move || value().to_string()
            on:pointerdown=move |event| handle.press(&event)
            on:pointermove=move |event| handle.drag_to(&event)
            on:pointerup=move |event| handle.release(&event)
            on:pointercancel=move |event| handle.release(&event)
            on:keydown=move |event| handle.key(&event)
            on:focus=move |_| handle.select()
        >
            <rect class="body" x=x - RADIUS y=y - RADIUS width=2.0 * RADIUS height=2.0 * RADIUS rx="5"
                style:fill=move || ink_of(value()) />
            <text class="value" class:dark=move || { value() >= 0.5 } x=x y=y>{move || number(value(), 3)}</text>
            <text class="name" x=x y=y - RADIUS - 11.0>{format!("x{}", subscript(input + 1))}</text>
        </g>
    }
    .into_any()
}

/// A neuron: a circle with its output, its weighted input above it and its bias, which `unit` holds, below.
pub(super) fn neuron(
    shape: &Shape,
    shown: Shown,
    unit: Memo<Perceptron>,
    handle: Handle,
    id: NeuronId,
) -> AnyView {
    let part = Part::Bias(id);
    let (x, y) = shape.place(id.layer + 1, id.neuron);
    let state = shown.state(id);
    let value = move || state.get().1;
    let bias = move || unit.with(|unit| unit.bias);
    let last = id.layer + 2 == shape.columns.len();
    let output = last.then(|| {
        view! { <text class="name output" x=x + RADIUS + 10.0 y=y>{format!("y{}", subscript(id.neuron + 1))}</text> }
    });
    view! {
        <g
            class="neuron"
            class:selected=move || handle.selected()
            class:lit=move || shown.lit.with(|lit| lit.contains(&id))
            class:half=move || value() == 0.5
            data-part=part.key()
            tabindex=move || handle.tab_index()
            role="spinbutton"
            aria-label=handle.spoken()
            aria-valuenow=move || bias().to_string()
            aria-valuetext=move || format!("{}, output {}", number(bias(), 4), number(value(), 3))
            aria-readonly=handle.fixed().then_some("true")
            on:pointerdown=move |event| handle.press(&event)
            on:pointermove=move |event| handle.drag_to(&event)
            on:pointerup=move |event| handle.release(&event)
            on:pointercancel=move |event| handle.release(&event)
            on:keydown=move |event| handle.key(&event)
            on:focus=move |_| handle.select()
        >
            <circle class="glow" cx=x cy=y r=RADIUS + 6.0 />
            <circle class="body" cx=x cy=y r=RADIUS style:fill=move || ink_of(value()) />
            <text class="value" class:dark=move || { value() >= 0.5 } x=x y=y>{move || output_text(value())}</text>
            <text class="note" x=x y=y - RADIUS - 13.0>{move || shown.note(id, state.get().0)}</text>
            <text class="bias" x=x y=y + RADIUS + 12.0>{move || format!("b = {}", number(bias(), 3))}</text>
        </g>
        {output}
    }
    .into_any()
}

/// A neuron's output in its circle: three digits, and never a rounded 0 or 1 for what is neither.
fn output_text(value: f64) -> String {
    match value {
        0.0 => "0".to_owned(),
        1.0 => "1".to_owned(),
        value if value < 0.0005 => "0+".to_owned(),
        value if value > 0.9995 => "1\u{2212}".to_owned(),
        value => format!("{:.3}", value)
            .trim_end_matches('0')
            .trim_start_matches('0')
            .to_owned(),
    }
}

/// Paper to ink. The middle greys are left out, so that the number inside is readable at every value.
fn ink_of(value: f64) -> String {
    let value = value.clamp(0.0, 1.0);
    let percent = if value < 0.5 {
        60.0 * value
    } else {
        40.0 + 60.0 * value
    };
    format!("color-mix(in srgb, var(--ink) {percent:.1}%, var(--paper))")
}
