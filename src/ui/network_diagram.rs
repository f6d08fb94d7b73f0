//! A network as an editable diagram: inputs, neurons, weights and biases, each of which can be selected, dragged, typed and
//! moved with the keys; signs, weighted inputs and outputs are visible.
//!
//! The diagram is one stop for the Tab key. Inside it Left and Right walk over its parts, Up and Down change the one that
//! is selected (Shift: ten steps), Home sets it to 0, the minus key turns its sign, and a digit goes on in the field of
//! [`NetworkEditor`](super::network_editor::NetworkEditor). A press selects, and dragging up or down changes.
//!
//! | file | what it does |
//! |---|---|
//! | `part` | what can be changed, and how |
//! | `shown` | what is seen of it |
//! | `layout` | where it stands |
//! | `edges`, `nodes` | its elements |
//! | `handle` | what a press, a drag and a key do |

use leptos::prelude::*;

use crate::theory::perceptron::NeuronId;

mod edges;
mod handle;
pub mod layout;
mod nodes;
pub mod part;
mod shown;

use handle::Handle;
use layout::Shape;
pub use part::{Editing, Part};
pub use shown::Shown;

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
        let handle = |part, fixed| Handle::new(part, shown, editing, fixed);
        let (mut edges, mut numbers, mut neurons) = (Vec::new(), Vec::new(), Vec::new());
        for id in neurons_of(&shape) {
            let unit = shown.unit(id);
            for from in 0..shape.columns[id.layer] {
                let handle = handle(Part::Weight { to: id, from }, fixed);
                edges.push(edges::edge(&shape, unit, handle, largest, id, from));
                let selected = editing.selected;
                numbers.push(edges::edge_number(&shape, unit, selected, id, from));
            }
            let handle = handle(Part::Bias(id), fixed);
            neurons.push(nodes::neuron(&shape, shown, unit, handle, id));
        }
        let inputs: Vec<_> = (0..shape.columns[0])
            .map(|input| {
                let handle = handle(Part::Input(input), false);
                nodes::input_node(&shape, shown, handle, input)
            })
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

/// A number below the line: `12` as `₁₂`.
pub fn subscript(number: usize) -> String {
    let digit =
        |digit: char| char::from_u32(0x2080 + digit.to_digit(10).unwrap_or(0)).unwrap_or(digit);
    number.to_string().chars().map(digit).collect()
}
