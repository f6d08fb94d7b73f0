//! What belongs to an editable diagram: the field of the selected part, and buttons that add and remove neurons and layers.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::network_diagram::part::MOST;
use super::network_diagram::{Editing, Part};
use super::number;
use super::slider::next_id;
use crate::theory::perceptron::{
    MAX_INPUTS, MAX_LAYERS, MAX_NEURONS, NetworkError, NeuronId, PerceptronNetwork,
};

/// Reach of the slider; the field takes more.
const REACH: f64 = 5.0;

/// The value of the selected part as slider and field, and the shape of the network.
#[component]
pub fn NetworkEditor(
    /// What is edited.
    editing: Editing,
) -> impl IntoView {
    view! {
        <div class="network-editor">
            <PartField editing />
            <ShapeButtons editing />
        </div>
    }
}

/// Slider and field for the selected part.
#[component]
fn PartField(editing: Editing) -> impl IntoView {
    let id = next_id("part");
    let complaint = RwSignal::new(None::<String>);
    let name = move || {
        editing.network.track();
        editing.selected.get().name(editing.depth())
    };
    let value = move || editing.value(editing.selected.get());
    let reach = move || match editing.selected.get() {
        Part::Input(_) => (-1.0, 2.0),
        _ => (-REACH, REACH),
    };
    let slide = move |event: leptos::ev::Event| {
        if let Some(value) = number::parse(&event_target_value(&event)) {
            complaint.set(None);
            editing.set(editing.selected.get_untracked(), value);
        }
    };
    let on_type = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        match number::parse(&text) {
            Some(value) if value.abs() <= MOST => {
                complaint.set(None);
                editing.set(editing.selected.get_untracked(), value);
                write_back(&event, value);
            }
            _ => complaint.set(Some(format!(
                "\u{201c}{text}\u{201d} cannot be used here: type a number from {} to {MOST}. Still {}.",
                -MOST,
                number::significant(untrack(value), 9),
            ))),
        }
    };
    Effect::new(move |_| {
        editing.selected.track();
        complaint.set(None);
    });
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let size = if event.shift_key() { 10.0 } else { 1.0 };
        let part = editing.selected.get_untracked();
        let by = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => size,
            "ArrowLeft" | "ArrowDown" => -size,
            "PageUp" => 10.0,
            "PageDown" => -10.0,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        editing.set(part, untrack(value) + by * part.step());
    };
    view! {
        <div class="control slider part" data-control="part">
            <label for=id.clone()>{name}</label>
            <input
                type="range"
                id=id
                min=move || reach().0
                max=move || reach().1
                step=move || editing.selected.get().step()
                prop:value=move || value().to_string()
                aria-valuetext=move || number::significant(value(), 9)
                on:input=slide
                on:keydown=keys
            />
            <span class="value">
                <input
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    class="number part-field"
                    aria-label=move || format!("{}, typed", name())
                    aria-invalid=move || complaint.with(Option::is_some).then_some("true")
                    prop:value=move || number::significant(value(), 9)
                    on:change=on_type
                />
            </span>
            <p class="complaint" role="alert">{complaint}</p>
        </div>
    }
}

/// The same value again changes no signal; the field still shows what was typed.
fn write_back(event: &leptos::ev::Event, value: f64) {
    if let Some(field) = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok())
    {
        field.set_value(&number::significant(value, 9));
    }
}

/// Moves the focus into the field of the widget that holds the focus now; what is typed replaces the old value.
pub fn focus_field() {
    let active = document().active_element();
    let widget = active.and_then(|element| element.closest(".widget").ok().flatten());
    let field = widget.and_then(|widget| widget.query_selector(".part-field").ok().flatten());
    if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok())
    {
        let _ = field.focus();
        field.select();
    }
}

/// One stepper for the inputs and for each layer, and buttons for whole layers.
#[component]
fn ShapeButtons(editing: Editing) -> impl IntoView {
    let shape = Memo::new(move |_| {
        editing.network.with(|network| {
            (
                network.inputs(),
                network.layers().iter().map(Vec::len).collect::<Vec<_>>(),
            )
        })
    });
    // At the bounds, where the buttons are disabled, the network refuses by itself and stays as it is.
    let change = move |edit: &dyn Fn(&mut PerceptronNetwork) -> Result<(), NetworkError>| {
        editing.network.update(|network| {
            let _ = edit(network);
        });
    };
    let steppers = move || {
        let (inputs, layers) = shape.get();
        let of_inputs = stepper(
            "Inputs".to_owned(),
            inputs,
            MAX_INPUTS,
            move || {
                change(&|network| network.remove_input(network.inputs() - 1));
            },
            move || change(&|network| network.add_input()),
        );
        let of_layers = layers.into_iter().enumerate().map(move |(layer, neurons)| {
            let id = NeuronId {
                layer,
                neuron: neurons - 1,
            };
            stepper(
                format!("Layer {}", layer + 1),
                neurons,
                MAX_NEURONS,
                move || change(&|network| network.remove_neuron(id)),
                move || change(&|network| network.add_neuron(layer)),
            )
        });
        std::iter::once(of_inputs)
            .chain(of_layers)
            .collect::<Vec<_>>()
    };
    let depth = move || shape.with(|(_, layers)| layers.len());
    view! {
        <div class="shape" role="group" aria-label="Shape of the network">
            {steppers}
            <span class="stepper layers">
                <span class="of">"Layers"</span>
                <button type="button" aria-label="Remove the last layer" disabled=move || depth() == 1
                    on:click=move |_| change(&|network| network.remove_layer(network.layers().len() - 1))>"\u{2212}"</button>
                <span class="count">{depth}</span>
                <button type="button" aria-label="Add a layer that passes all values on" disabled=move || depth() == MAX_LAYERS
                    on:click=move |_| change(&|network| network.insert_layer(network.layers().len()))>"+"</button>
            </span>
        </div>
    }
}

fn stepper(
    name: String,
    count: usize,
    most: usize,
    fewer: impl Fn() + 'static,
    more: impl Fn() + 'static,
) -> AnyView {
    let (remove, add) = if name == "Inputs" {
        (
            "Remove the last input".to_owned(),
            "Add an input".to_owned(),
        )
    } else {
        let layer = name.to_lowercase();
        (
            format!("Remove the last neuron of {layer}"),
            format!("Add a neuron to {layer}"),
        )
    };
    view! {
        <span class="stepper">
            <span class="of">{name}</span>
            <button type="button" aria-label=remove disabled=count == 1 on:click=move |_| fewer()>"\u{2212}"</button>
            <span class="count">{count}</span>
            <button type="button" aria-label=add disabled=count == most on:click=move |_| more()>"+"</button>
        </span>
    }
    .into_any()
}
