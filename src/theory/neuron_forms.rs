//! Which neurons of a sigmoid network compute the same function of c, or opposite ones, or the constant 1/2:
//! [`super::limit`], theorem 2.

use super::dyadic::Dyadic;
use super::perceptron::PerceptronNetwork;
use super::weighted_input::exact_weighted_input;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A function z(c) = constant + sum_k W_k sigma(c z_k(c)) over the classes of the layer before, not identically 0;
/// its first nonzero number is positive, as z and -z are one class.
#[derive(Clone, Debug)]
pub(super) struct Class {
    /// (k, W_k), no W_k = 0, k increasing.
    pub weights: Vec<(usize, Dyadic)>,
    /// The limit of z(c).
    pub limit: Dyadic,
}

/// A neuron in terms of classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Neuron {
    /// z is 0 and the output 1/2 for every c.
    AlwaysHalf,
    /// z is that of the class, or its negative.
    Is { class: usize, opposite: bool },
}

/// One layer: its classes, and what its neurons are.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    pub classes: Vec<Class>,
    pub neurons: Vec<Neuron>,
}

/// The classes and neurons of every layer at `input`, shape (input).
pub(super) fn forms(network: &PerceptronNetwork, input: &[f64]) -> Vec<Layer> {
    let mut layers: Vec<Layer> = Vec::with_capacity(network.layers().len());
    for units in network.layers() {
        let mut layer = Layer {
            classes: Vec::new(),
            neurons: Vec::new(),
        };
        let mut constants: Vec<Dyadic> = Vec::new();
        for unit in units {
            let (constant, weights) = match layers.last() {
                None => (
                    exact_weighted_input(1.0, &unit.weights, unit.bias, input),
                    Vec::new(),
                ),
                Some(before) => form(before, &unit.weights, unit.bias),
            };
            let first = if constant.is_zero() {
                weights.first().map(|(_, w)| w)
            } else {
                Some(&constant)
            };
            let Some(sign) = first.map(Dyadic::sign) else {
                layer.neurons.push(Neuron::AlwaysHalf);
                continue;
            };
            let opposite = sign == Ordering::Less;
            let turn = |number: Dyadic| if opposite { -&number } else { number };
            let constant = turn(constant);
            let weights: Vec<(usize, Dyadic)> =
                weights.into_iter().map(|(k, w)| (k, turn(w))).collect();
            let known = (0..constants.len())
                .find(|&k| constants[k] == constant && layer.classes[k].weights == weights);
            let class = known.unwrap_or_else(|| {
                let limit = weights.iter().fold(constant.clone(), |sum, (k, w)| {
                    &sum + &(w * &output_limit(&layers[layers.len() - 1].classes[*k]))
                });
                layer.classes.push(Class { weights, limit });
                constants.push(constant);
                constants.len() - 1
            });
            layer.neurons.push(Neuron::Is { class, opposite });
        }
        layers.push(layer);
    }
    layers
}

/// b + sum_i w_i a_i as a constant and weights on the classes of the layer before.
fn form(before: &Layer, weights: &[f64], bias: f64) -> (Dyadic, Vec<(usize, Dyadic)>) {
    let mut constant = Dyadic::from_f64(bias);
    let mut classes: BTreeMap<usize, Dyadic> = BTreeMap::new();
    for (&weight, neuron) in weights.iter().zip(&before.neurons) {
        let weight = Dyadic::from_f64(weight);
        match *neuron {
            Neuron::AlwaysHalf => constant = &constant + &(&weight * &Dyadic::half()),
            Neuron::Is { class, opposite } => {
                let total = classes.entry(class).or_insert_with(Dyadic::zero);
                if opposite {
                    // w sigma(-t) = w - w sigma(t).
                    constant = &constant + &weight;
                    *total = &*total - &weight;
                } else {
                    *total = &*total + &weight;
                }
            }
        }
    }
    (
        constant,
        classes.into_iter().filter(|(_, w)| !w.is_zero()).collect(),
    )
}

/// The limit of sigma(c z(c)).
fn output_limit(class: &Class) -> Dyadic {
    match class.limit.sign() {
        Ordering::Greater => Dyadic::one(),
        Ordering::Equal => Dyadic::half(),
        Ordering::Less => Dyadic::zero(),
    }
}
