//! A network as an editable diagram: inputs, neurons, weights and biases, each of which can be selected, dragged, typed and
//! moved with the keys; signs, weighted inputs and outputs are visible.
//!
//! The diagram is one stop for the Tab key. Inside it Left and Right walk over its parts, Up and Down change the one that
//! is selected (Shift: ten steps), Home sets it to 0, the minus key turns its sign, and a digit goes on in the field of
//! [`NetworkEditor`](super::network_editor::NetworkEditor). A press selects, and dragging up or down changes.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::figures::numerals::number;
use crate::theory::perceptron::{NeuronId, PerceptronNetwork};
use crate::theory::threshold::Trace;

pub mod layout;
pub mod part;

use layout::{RADIUS, Shape};
pub use part::{Editing, Part};

/// Vertical pixels of a drag for one step.
const PIXELS_A_STEP: f64 = 4.0;

/// What a diagram shows: all of it values of one network at one input.
#[derive(Clone, Copy)]
pub struct Shown {
    /// The weights and biases to show.
    pub network: Signal<PerceptronNetwork>,
    /// Weighted inputs and outputs.
    pub trace: Signal<Trace>,
    /// A short note above each neuron instead of its weighted input, (layer)(neuron); empty for none.
    pub notes: Signal<Vec<Vec<String>>>,
    /// The neurons to light up.
    pub lit: Signal<Vec<NeuronId>>,
}

impl Shown {
    /// A network at an input, with its weighted inputs as notes and nothing lit.
    pub fn new(network: Signal<PerceptronNetwork>, trace: Signal<Trace>) -> Self {
        Self {
            network,
            trace,
            notes: Signal::derive(Vec::new),
            lit: Signal::derive(Vec::new),
        }
    }

    fn weight(self, to: NeuronId, from: usize) -> f64 {
        self.network.with(|network| {
            let unit = network
                .layers()
                .get(to.layer)
                .and_then(|layer| layer.get(to.neuron));
            unit.and_then(|unit| unit.weights.get(from).copied())
                .unwrap_or(0.0)
        })
    }

    fn bias(self, of: NeuronId) -> f64 {
        self.network.with(|network| {
            let unit = network
                .layers()
                .get(of.layer)
                .and_then(|layer| layer.get(of.neuron));
            unit.map_or(0.0, |unit| unit.bias)
        })
    }

    fn output(self, of: NeuronId) -> f64 {
        self.trace.with(|trace| {
            let layer = trace.layers.get(of.layer);
            layer
                .and_then(|layer| layer.outputs.get(of.neuron).copied())
                .unwrap_or(0.0)
        })
    }

    fn weighted_input(self, of: NeuronId) -> f64 {
        self.trace.with(|trace| {
            let layer = trace.layers.get(of.layer);
            layer
                .and_then(|layer| layer.weighted_inputs.get(of.neuron).copied())
                .unwrap_or(0.0)
        })
    }

    fn input(self, of: usize) -> f64 {
        self.trace
            .with(|trace| trace.input.get(of).copied().unwrap_or(0.0))
    }

    fn note(self, of: NeuronId) -> String {
        let own = self.notes.with(|notes| {
            let layer = notes.get(of.layer);
            layer.and_then(|layer| layer.get(of.neuron).cloned())
        });
        own.unwrap_or_else(|| format!("z = {}", number(self.weighted_input(of), 3)))
    }

    fn value(self, part: Part) -> f64 {
        match part {
            Part::Input(input) => self.input(input),
            Part::Weight { to, from } => self.weight(to, from),
            Part::Bias(of) => self.bias(of),
        }
    }
}

/// The diagram. Inputs can always be changed; weights and biases unless `fixed`.
#[component]
pub fn NetworkDiagram(
    /// What the diagram is, for screen readers.
    label: &'static str,
    /// What it shows.
    shown: Shown,
    /// What its parts change.
    editing: Editing,
    /// Weights and biases only show; a press still selects them.
    #[prop(optional)]
    fixed: bool,
) -> impl IntoView {
    let shape = Memo::new(move |_| {
        shown.network.with(|network| Shape {
            columns: std::iter::once(network.inputs())
                .chain(network.layers().iter().map(Vec::len))
                .collect(),
        })
    });
    // Strokes are as wide as the weight is large among all of the network: scaling all of them changes nothing.
    let largest = Memo::new(move |_| {
        shown.network.with(|network| {
            let units = network.layers().iter().flatten();
            units
                .flat_map(|unit| unit.weights.iter())
                .fold(0.0_f64, |most, weight| most.max(weight.abs()))
        })
    });
    let build = move || {
        let shape = shape.get();
        let (width, height) = shape.size();
        let edges: Vec<_> = edges_of(&shape)
            .map(|(to, from)| edge(&shape, shown, editing, fixed, largest, to, from))
            .collect();
        let numbers: Vec<_> = edges_of(&shape)
            .map(|(to, from)| edge_number(&shape, shown, editing, to, from))
            .collect();
        let inputs: Vec<_> = (0..shape.columns[0])
            .map(|input| input_node(&shape, shown, editing, input))
            .collect();
        let neurons: Vec<_> = neurons_of(&shape)
            .map(|id| neuron(&shape, shown, editing, fixed, id))
            .collect();
        view! {
            <svg
                class="network"
                viewBox=format!("0 0 {width} {height}")
                width=width
                height=height
                style:min-width=format!("{}px", 0.72 * width)
                role="group"
                aria-label=label
            >
                {edges}
                {numbers}
                {inputs}
                {neurons}
            </svg>
        }
    };
    view! { <div class="network-scroll">{build}</div> }
}

fn neurons_of(shape: &Shape) -> impl Iterator<Item = NeuronId> + '_ {
    shape.columns[1..]
        .iter()
        .enumerate()
        .flat_map(|(layer, count)| (0..*count).map(move |neuron| NeuronId { layer, neuron }))
}

fn edges_of(shape: &Shape) -> impl Iterator<Item = (NeuronId, usize)> + '_ {
    neurons_of(shape).flat_map(|to| (0..shape.columns[to.layer]).map(move |from| (to, from)))
}

/// Attributes and handlers that all parts have in common.
#[derive(Clone, Copy)]
struct Handle {
    part: Part,
    shown: Shown,
    editing: Editing,
    fixed: bool,
    /// Height of the pointer and value where a drag began.
    drag: StoredValue<Option<(f64, f64)>>,
}

impl Handle {
    fn new(part: Part, shown: Shown, editing: Editing, fixed: bool) -> Self {
        Self {
            part,
            shown,
            editing,
            fixed,
            drag: StoredValue::new(None),
        }
    }

    fn tab_index(self) -> &'static str {
        if self.selected() { "0" } else { "-1" }
    }

    fn selected(self) -> bool {
        self.editing.selected.get() == self.part
    }

    fn spoken(self) -> String {
        self.part.name(self.editing.depth())
    }

    fn press(self, event: &leptos::ev::PointerEvent) {
        if event.button() != 0 {
            return;
        }
        self.editing.selected.set(self.part);
        if let Some(element) = current(event) {
            let _ = element.focus();
            let _ = element.set_pointer_capture(event.pointer_id());
        }
        if !self.fixed {
            let value = untrack(|| self.shown.value(self.part));
            self.drag
                .set_value(Some((f64::from(event.client_y()), value)));
        }
        event.prevent_default();
    }

    fn drag_to(self, event: &leptos::ev::PointerEvent) {
        let Some((from, value)) = self.drag.get_value() else {
            return;
        };
        let steps = ((from - f64::from(event.client_y())) / PIXELS_A_STEP).trunc();
        let step = self.part.step();
        if steps != 0.0 || untrack(|| self.shown.value(self.part)) != value {
            self.editing.set(self.part, value + steps * step);
        }
    }

    fn release(self, event: &leptos::ev::PointerEvent) {
        let began = self.drag.get_value();
        self.drag.set_value(None);
        // A press that did not move turns an input from 0 to 1 and back.
        if let (Part::Input(_), Some((from, value))) = (self.part, began)
            && (from - f64::from(event.client_y())).abs() < PIXELS_A_STEP
        {
            self.editing
                .set(self.part, if value > 0.5 { 0.0 } else { 1.0 });
        }
    }

    fn key(self, event: &leptos::ev::KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let size = if event.shift_key() { 10.0 } else { 1.0 } * self.part.step();
        let value = untrack(|| self.shown.value(self.part));
        let key = event.key();
        let change = match key.as_str() {
            "ArrowUp" => Some(value + size),
            "ArrowDown" => Some(value - size),
            "Home" => Some(0.0),
            "-" => Some(-value),
            " " if matches!(self.part, Part::Input(_)) => Some(if value > 0.5 { 0.0 } else { 1.0 }),
            _ => None,
        };
        if let Some(value) = change {
            if !self.fixed {
                self.editing.set(self.part, value);
            }
        } else if key == "ArrowRight" || key == "ArrowLeft" {
            let by = if key == "ArrowRight" { 1 } else { -1 };
            let next = self.editing.neighbour(self.part, by);
            self.editing.selected.set(next);
            focus_part(event, next);
        } else if key.len() == 1 && key.starts_with(|c: char| c.is_ascii_digit() || c == '.')
            || key == "Enter"
        {
            // The field takes the focus now, so the digit itself lands in it.
            super::network_editor::focus_field();
            if key != "Enter" {
                event.stop_propagation();
                return;
            }
        } else {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
    }
}

/// The element that listens.
fn current(event: &leptos::ev::PointerEvent) -> Option<web_sys::SvgElement> {
    event.current_target()?.dyn_into().ok()
}

/// Moves the focus to another part of the same diagram.
fn focus_part(event: &leptos::ev::KeyboardEvent, part: Part) {
    let own = event
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let diagram = own.and_then(|element| element.closest("svg").ok().flatten());
    let selector = format!("[data-part=\"{}\"]", part.key());
    let next = diagram.and_then(|diagram| diagram.query_selector(&selector).ok().flatten());
    if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::SvgElement>().ok()) {
        let _ = next.focus();
    }
}

fn edge(
    shape: &Shape,
    shown: Shown,
    editing: Editing,
    fixed: bool,
    largest: Memo<f64>,
    to: NeuronId,
    from: usize,
) -> AnyView {
    let part = Part::Weight { to, from };
    let handle = Handle::new(part, shown, editing, fixed);
    let ((x1, y1), (x2, y2)) = shape.edge(to.layer + 1, from, to.neuron);
    let weight = move || shown.weight(to, from);
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
            class="edge"
            class:negative=move || weight() < 0.0
            class:positive=move || { weight() > 0.0 }
            class:selected=move || handle.selected()
            data-part=part.key()
            tabindex=move || handle.tab_index()
            role="spinbutton"
            aria-label=handle.spoken()
            aria-valuenow=move || weight().to_string()
            aria-readonly=fixed.then_some("true")
            on:pointerdown=move |event| handle.press(&event)
            on:pointermove=move |event| handle.drag_to(&event)
            on:pointerup=move |event| handle.release(&event)
            on:pointercancel=move |event| handle.release(&event)
            on:keydown=move |event| handle.key(&event)
            on:focus=move |_| editing.selected.set(part)
        >
            <line class="hit" x1=x1 y1=y1 x2=x2 y2=y2 />
            <line class="wire" x1=x1 y1=y1 x2=x2 y2=y2 stroke-width=width />
        </g>
    }
    .into_any()
}

/// The number on an edge: always where there is room, else only on edges of the selected neuron.
fn edge_number(
    shape: &Shape,
    shown: Shown,
    editing: Editing,
    to: NeuronId,
    from: usize,
) -> AnyView {
    let always = shape.number_share(to.layer + 1);
    // Edges into one neuron fan out towards their sources: there their numbers have room.
    let share = always.unwrap_or(0.3);
    let (x, y) = shape.number_place(to.layer + 1, from, to.neuron, share);
    let hidden = move || {
        always.is_none()
            && match editing.selected.get() {
                Part::Weight {
                    to: other,
                    from: source,
                } => (other, source) != (to, from),
                Part::Bias(of) => of != to,
                Part::Input(_) => true,
            }
    };
    view! {
        <text class="weight" class:hidden=hidden x=x y=y
            class:selected=move || editing.selected.get() == (Part::Weight { to, from })>
            {move || number(shown.weight(to, from), 3)}
        </text>
    }
    .into_any()
}

fn input_node(shape: &Shape, shown: Shown, editing: Editing, input: usize) -> AnyView {
    let part = Part::Input(input);
    let handle = Handle::new(part, shown, editing, false);
    let (x, y) = shape.place(0, input);
    let value = move || shown.input(input);
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
            on:focus=move |_| editing.selected.set(part)
        >
            <rect class="body" x=x - RADIUS y=y - RADIUS width=2.0 * RADIUS height=2.0 * RADIUS rx="5"
                style:fill=move || ink_of(value()) />
            <text class="value" class:dark=move || { value() >= 0.5 } x=x y=y>{move || number(value(), 3)}</text>
            <text class="name" x=x y=y - RADIUS - 8.0>{format!("x{}", subscript(input + 1))}</text>
        </g>
    }
    .into_any()
}

fn neuron(shape: &Shape, shown: Shown, editing: Editing, fixed: bool, id: NeuronId) -> AnyView {
    let part = Part::Bias(id);
    let handle = Handle::new(part, shown, editing, fixed);
    let (x, y) = shape.place(id.layer + 1, id.neuron);
    let value = move || shown.output(id);
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
            aria-valuenow=move || shown.bias(id).to_string()
            aria-valuetext=move || format!("{}, output {}", number(shown.bias(id), 4), number(value(), 3))
            aria-readonly=fixed.then_some("true")
            on:pointerdown=move |event| handle.press(&event)
            on:pointermove=move |event| handle.drag_to(&event)
            on:pointerup=move |event| handle.release(&event)
            on:pointercancel=move |event| handle.release(&event)
            on:keydown=move |event| handle.key(&event)
            on:focus=move |_| editing.selected.set(part)
        >
            <circle class="glow" cx=x cy=y r=RADIUS + 6.0 />
            <circle class="body" cx=x cy=y r=RADIUS style:fill=move || ink_of(value()) />
            <text class="value" class:dark=move || { value() >= 0.5 } x=x y=y>{move || output_text(value())}</text>
            <text class="note" x=x y=y - RADIUS - 8.0>{move || shown.note(id)}</text>
            <text class="bias" x=x y=y + RADIUS + 11.0>{move || format!("b = {}", number(shown.bias(id), 3))}</text>
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

/// A number below the line: `12` as `₁₂`.
pub fn subscript(number: usize) -> String {
    let digit =
        |digit: char| char::from_u32(0x2080 + digit.to_digit(10).unwrap_or(0)).unwrap_or(digit);
    number.to_string().chars().map(digit).collect()
}
