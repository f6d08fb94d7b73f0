//! The parts of a network that can be changed, their names, order and bounds.

use leptos::prelude::*;

use super::subscript;
use crate::theory::perceptron::{NeuronId, PerceptronNetwork};

/// Largest magnitude of a weight, bias or input that the page lets one set: with c up to 10^6 all products stay exact enough
/// to be shown, and within what a network may hold.
pub const MOST: f64 = 1000.0;

/// A number of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// An input, counted from 0.
    Input(usize),
    /// The weight of a neuron on one of the values that it sees.
    Weight {
        /// The neuron.
        to: NeuronId,
        /// Which value, counted from 0.
        from: usize,
    },
    /// A neuron's bias.
    Bias(NeuronId),
}

impl Part {
    /// What one key press or a few pixels of a drag change.
    pub fn step(self) -> f64 {
        match self {
            Part::Input(_) => 0.05,
            _ => 0.1,
        }
    }

    /// A name for selectors: `x1`, `w2.1.3` (layer, neuron, source), `b2.1`.
    pub fn key(self) -> String {
        match self {
            Part::Input(input) => format!("x{}", input + 1),
            Part::Weight { to, from } => {
                format!("w{}.{}.{}", to.layer + 1, to.neuron + 1, from + 1)
            }
            Part::Bias(of) => format!("b{}.{}", of.layer + 1, of.neuron + 1),
        }
    }

    /// A name for people; `depth` is the number of layers.
    pub fn name(self, depth: usize) -> String {
        let neuron = |id: NeuronId| {
            if depth == 1 {
                format!("neuron {}", id.neuron + 1)
            } else {
                format!("neuron {} of layer {}", id.neuron + 1, id.layer + 1)
            }
        };
        match self {
            Part::Input(input) => format!("Input x{}", subscript(input + 1)),
            Part::Weight { to, from } => {
                let source = match to.layer {
                    0 => format!("x{}", subscript(from + 1)),
                    _ => format!("neuron {}", from + 1),
                };
                format!("Weight from {source} to {}", neuron(to))
            }
            Part::Bias(of) => format!("Bias of {}", neuron(of)),
        }
    }

    /// Whether the network has this part.
    pub fn exists_in(self, network: &PerceptronNetwork) -> bool {
        let has = |id: NeuronId| {
            network
                .layers()
                .get(id.layer)
                .is_some_and(|layer| id.neuron < layer.len())
        };
        match self {
            Part::Input(input) => input < network.inputs(),
            Part::Weight { to, from } => has(to) && from < network.fan_in(to.layer),
            Part::Bias(of) => has(of),
        }
    }
}

/// All parts of a network, in reading order: inputs, then neuron by neuron its weights and its bias.
pub fn parts(network: &PerceptronNetwork) -> Vec<Part> {
    let mut parts: Vec<Part> = (0..network.inputs()).map(Part::Input).collect();
    for id in network.neurons() {
        parts.extend((0..network.fan_in(id.layer)).map(|from| Part::Weight { to: id, from }));
        parts.push(Part::Bias(id));
    }
    parts
}

/// What diagrams and editor of one widget change together.
#[derive(Clone, Copy)]
pub struct Editing {
    /// The network.
    pub network: RwSignal<PerceptronNetwork>,
    /// The input, shape (input); read through [`Editing::input`], since an edit of the shape may leave it too short.
    pub input: RwSignal<Vec<f64>>,
    /// The selected part.
    pub selected: RwSignal<Part>,
}

impl Editing {
    /// Nothing but the first input selected.
    pub fn new(network: RwSignal<PerceptronNetwork>, input: RwSignal<Vec<f64>>) -> Self {
        let selected = RwSignal::new(Part::Input(0));
        // An edit of the shape may take the selected part away.
        Effect::new(move |_| {
            let there = network.with(|network| selected.get_untracked().exists_in(network));
            if !there {
                selected.set(Part::Input(0));
            }
        });
        Self {
            network,
            input,
            selected,
        }
    }

    /// The input, as long as the network asks for: what is missing is 0.
    pub fn input(self) -> Vec<f64> {
        let mut input = self.input.get();
        input.resize(self.network.with(PerceptronNetwork::inputs), 0.0);
        input
    }

    /// The number of layers now.
    pub fn depth(self) -> usize {
        self.network
            .with_untracked(|network| network.layers().len())
    }

    /// The value of a part.
    pub fn value(self, part: Part) -> f64 {
        match part {
            Part::Input(input) => self.input().get(input).copied().unwrap_or(0.0),
            part => self.network.with(|network| match part {
                _ if !part.exists_in(network) => 0.0,
                Part::Weight { to, from } => network.neuron(to).weights[from],
                Part::Bias(of) => network.neuron(of).bias,
                Part::Input(_) => 0.0,
            }),
        }
    }

    /// Gives a part a value, within bounds and without the dust of decimal steps.
    pub fn set(self, part: Part, value: f64) {
        if !value.is_finite() {
            return;
        }
        let value = (value.clamp(-MOST, MOST) * 1e9).round() / 1e9 + 0.0;
        if untrack(|| self.value(part)) == value {
            return;
        }
        match part {
            Part::Input(input) => {
                let mut all = untrack(|| self.input());
                if input < all.len() {
                    all[input] = value;
                    self.input.set(all);
                }
            }
            part => self.network.update(|network| {
                if part.exists_in(network) {
                    // Within bounds by the clamp above.
                    let _ = match part {
                        Part::Weight { to, from } => network.set_weight(to, from, value),
                        Part::Bias(of) => network.set_bias(of, value),
                        Part::Input(_) => Ok(()),
                    };
                }
            }),
        }
    }

    /// The part before or after `part` in reading order, round and round.
    pub fn neighbour(self, part: Part, by: isize) -> Part {
        let all = self.network.with_untracked(parts);
        let here = all.iter().position(|other| *other == part).unwrap_or(0);
        let next = (here as isize + by).rem_euclid(all.len() as isize);
        all[next as usize]
    }
}
