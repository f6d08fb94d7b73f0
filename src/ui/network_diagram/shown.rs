//! What a diagram shows, read part by part: a part that an edit has just taken away reads as 0.

use leptos::prelude::*;

use super::part::Part;
use crate::figures::numerals::number;
use crate::theory::perceptron::{NeuronId, Perceptron, PerceptronNetwork};
use crate::theory::threshold::Trace;

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

    /// Weights and bias of a neuron, which all its edges follow: a diagram has hundreds of edges, and a signal with hundreds of
    /// followers is slow.
    pub(super) fn unit(self, of: NeuronId) -> Memo<Perceptron> {
        Memo::new(move |_| {
            self.network.with(|network| {
                let layer = network.layers().get(of.layer);
                let unit = layer.and_then(|layer| layer.get(of.neuron)).cloned();
                unit.unwrap_or_else(|| Perceptron::new([], 0.0))
            })
        })
    }

    /// Weighted input and output of a neuron.
    pub(super) fn state(self, of: NeuronId) -> Memo<(f64, f64)> {
        Memo::new(move |_| {
            self.trace.with(|trace| {
                let layer = trace.layers.get(of.layer);
                let both = layer.and_then(|layer| {
                    let z = layer.weighted_inputs.get(of.neuron)?;
                    Some((*z, *layer.outputs.get(of.neuron)?))
                });
                both.unwrap_or((0.0, 0.0))
            })
        })
    }

    /// The value of an input.
    pub(super) fn input(self, of: usize) -> Memo<f64> {
        Memo::new(move |_| {
            self.trace
                .with(|trace| trace.input.get(of).copied().unwrap_or(0.0))
        })
    }

    /// What stands above a neuron with this weighted input.
    pub(super) fn note(self, of: NeuronId, weighted_input: f64) -> String {
        let own = self.notes.with(|notes| {
            let layer = notes.get(of.layer);
            layer.and_then(|layer| layer.get(of.neuron).cloned())
        });
        own.unwrap_or_else(|| format!("z = {}", number(weighted_input, 3)))
    }

    /// The value of a part now.
    pub(super) fn value(self, part: Part) -> f64 {
        let of_unit = |id: NeuronId, read: &dyn Fn(&Perceptron) -> Option<f64>| {
            self.network.with_untracked(|network| {
                let layer = network.layers().get(id.layer);
                layer.and_then(|layer| layer.get(id.neuron)).and_then(read)
            })
        };
        let value = match part {
            Part::Input(input) => self
                .trace
                .with_untracked(|trace| trace.input.get(input).copied()),
            Part::Weight { to, from } => of_unit(to, &|unit| unit.weights.get(from).copied()),
            Part::Bias(of) => of_unit(of, &|unit| Some(unit.bias)),
        };
        value.unwrap_or(0.0)
    }
}
