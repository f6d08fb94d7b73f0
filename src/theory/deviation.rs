//! How far a sigmoid network is from the network of perceptrons with the same weights, and how large c must be.
//!
//! **One neuron.** Let z = w.x + b != 0. Where the perceptron says 1 the sigmoid neuron misses 1 - sigma(cz) =
//! sigma(-c|z|), where it says 0 it exceeds it by sigma(cz) = sigma(-c|z|). So the deviation is 1 / (1 + e^{c|z|}) <=
//! e^{-c|z|}, and it is at most eps exactly if c >= ln(1/eps - 1) / |z|.
//!
//! **A deep network.** At one input, let z_j be the perceptron's weighted input and let d_i bound the deviation of
//! every neuron i of the layer before (0 for the inputs). The sigmoid neuron's weighted input differs from z_j by at
//! most D_j = sum_i |w_ji| d_i, so it lies on the perceptron's side with at least h_j = |z_j| - D_j to spare, and
//!
//! d_j = sigma(-c h_j) = 1 / (1 + e^{c h_j})   if h_j > 0,   else d_j = 1.
//!
//! (With one d for a layer this reads: d_l = 1 / (1 + e^{c (m_l - d_{l-1} max_j |w_j|_1)}), m_l the least margin
//! |z_j| of layer l; the bound for each neuron by itself is at least as sharp.) It holds at every input, but says
//! something, d_j < 1/2, only where h_j > 0. A neuron on its edge, z_j = 0, has d_j = 1 for every c; where that does
//! not use up the margins behind it, the 1/2 is absorbed and the bound goes to 0 all the same.
//!
//! **The bound never grows with c.** By induction: if no d_i grows, D_j does not grow, so h_j does not fall; once
//! above 0 it stays there and c h_j grows, so d_j is 1 first and then falls, from below 1/2. Hence the smallest c
//! with bound <= eps is found by bisection.

use super::logistic::sigmoid;
use super::perceptron::{MAX_NEURONS, NeuronId, PerceptronNetwork};
use super::threshold::{ThresholdNetwork, Trace, boolean_input};

/// Deviation of one sigmoid neuron from the perceptron: 1 / (1 + e^{c|z|}). On the edge, z = 0, it is 1/2 for every c.
pub fn one_neuron_deviation(c: f64, z: f64) -> f64 {
    sigmoid(-c * z.abs())
}

/// The simpler bound on it, e^{-c|z|}: a straight line against c where the deviation is drawn on a log scale.
pub fn one_neuron_bound(c: f64, z: f64) -> f64 {
    (-c * z.abs()).exp()
}

/// The smallest c with 1 / (1 + e^{c|z|}) <= `epsilon`: ln(1/epsilon - 1) / |z|; none on the edge, z = 0.
///
/// Panics unless `epsilon` is in ]0, 1/2[.
pub fn one_neuron_c(z: f64, epsilon: f64) -> Option<f64> {
    check_epsilon(epsilon);
    (z != 0.0).then(|| ((1.0 - epsilon) / epsilon).ln() / z.abs())
}

fn check_epsilon(epsilon: f64) {
    assert!(
        epsilon > 0.0 && epsilon < 0.5,
        "a deviation to reach is in ]0, 1/2[, not {epsilon}"
    );
}

/// Both networks at one input and one c, for one neuron.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NeuronDeviation {
    /// |z| of the perceptron, the margin.
    pub margin: f64,
    /// |a - y|, sigmoid neuron against perceptron.
    pub deviation: f64,
    /// The bound d_j.
    pub bound: f64,
}

/// The largest deviation among all outputs and inputs, and the largest bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorstDeviation {
    /// The largest |a - y| among the outputs.
    pub deviation: f64,
    /// At which of the inputs it occurs.
    pub input: usize,
    /// The largest bound among the outputs, at any of the inputs.
    pub bound: f64,
}

/// The smallest |z| of a network of perceptrons, and where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margin {
    /// |z|; 0 on the edge.
    pub value: f64,
    /// The neuron.
    pub neuron: NeuronId,
    /// Which of the inputs.
    pub input: usize,
}

/// A network and a set of inputs at which both kinds of neurons are compared.
#[derive(Clone, Debug)]
pub struct DeviationStudy<'a> {
    network: &'a PerceptronNetwork,
    traces: Vec<Trace>,
}

impl<'a> DeviationStudy<'a> {
    /// Compares at these inputs, shape (case)(input). Panics if there is none.
    pub fn new(network: &'a PerceptronNetwork, inputs: &[Vec<f64>]) -> Self {
        assert!(!inputs.is_empty(), "at least one input");
        DeviationStudy {
            network,
            traces: inputs.iter().map(|input| network.trace(input)).collect(),
        }
    }

    /// Compares at all 2^n Boolean inputs, in the order of the truth table.
    pub fn boolean(network: &'a PerceptronNetwork) -> Self {
        let n = network.inputs();
        Self::new(
            network,
            &(0..1 << n)
                .map(|row| boolean_input(n, row))
                .collect::<Vec<_>>(),
        )
    }

    /// The least margin over all neurons and inputs.
    pub fn margin(&self) -> Margin {
        let margins = self.traces.iter().enumerate().flat_map(|(input, trace)| {
            self.network.neurons().map(move |neuron| {
                let value = trace.layers[neuron.layer].weighted_inputs[neuron.neuron].abs();
                Margin {
                    value,
                    neuron,
                    input,
                }
            })
        });
        margins
            .min_by(|a, b| a.value.total_cmp(&b.value))
            .expect("a network has neurons")
    }

    /// Every neuron at input `input`, (layer)(neuron).
    pub fn at(&self, c: f64, input: usize) -> Vec<Vec<NeuronDeviation>> {
        let mut layers = Vec::new();
        self.walk(c, &self.traces[input], |found| layers.push(found.to_vec()));
        layers
    }

    /// The largest deviation and the largest bound of the outputs over all inputs. Does not allocate.
    pub fn worst(&self, c: f64) -> WorstDeviation {
        let mut worst = WorstDeviation {
            deviation: 0.0,
            input: 0,
            bound: 0.0,
        };
        for (input, trace) in self.traces.iter().enumerate() {
            let mut layer = 0;
            self.walk(c, trace, |found| {
                layer += 1;
                if layer == self.network.layers().len() {
                    for neuron in found {
                        if neuron.deviation > worst.deviation {
                            (worst.deviation, worst.input) = (neuron.deviation, input);
                        }
                        worst.bound = worst.bound.max(neuron.bound);
                    }
                }
            });
        }
        worst
    }

    /// The smallest c (to the last bit or two) from which on the bound promises outputs within `epsilon` at all
    /// inputs; none if the bound never gets there, because an edge reaches an output. Panics unless `epsilon` is in
    /// ]0, 1/2[.
    pub fn sufficient_c(&self, epsilon: f64) -> Option<f64> {
        check_epsilon(epsilon);
        let enough = |c: f64| self.worst(c).bound <= epsilon;
        // From the first power of two that is enough, the answer is known to a factor 2 (or lies below 2^-60, and is
        // given as that).
        if !enough(2f64.powi(1000)) {
            return None;
        }
        let mut high = (-60..=1000).map(|k| 2f64.powi(k)).find(|&c| enough(c))?;
        let mut low = high / 2.0;
        for _ in 0..53 {
            let middle = low + (high - low) / 2.0;
            if enough(middle) {
                high = middle
            } else {
                low = middle
            }
        }
        Some(high)
    }

    /// Runs the sigmoid network and the bound side by side with the perceptrons' trace, layer by layer.
    fn walk(&self, c: f64, trace: &Trace, mut layer_done: impl FnMut(&[NeuronDeviation])) {
        assert!(c > 0.0 && c.is_finite(), "c is a number above 0, not {c}");
        let nothing = NeuronDeviation {
            margin: 0.0,
            deviation: 0.0,
            bound: 0.0,
        };
        let mut seen = [0.0; MAX_NEURONS];
        seen[..trace.input.len()].copy_from_slice(&trace.input);
        let mut before = [nothing; MAX_NEURONS];
        for (units, perceptrons) in self.network.layers().iter().zip(&trace.layers) {
            let mut here = [nothing; MAX_NEURONS];
            let mut outputs = [0.0; MAX_NEURONS];
            for (j, unit) in units.iter().enumerate() {
                let (mut z, mut shift) = (unit.bias, 0.0);
                for (i, weight) in unit.weights.iter().enumerate() {
                    z += weight * seen[i];
                    shift += weight.abs() * before[i].bound;
                }
                let margin = perceptrons.weighted_inputs[j].abs();
                let spare = margin - shift;
                outputs[j] = sigmoid(c * z);
                here[j] = NeuronDeviation {
                    margin,
                    // Where the perceptron says 1, 1 - a is sigma(-cz), which keeps its digits where a itself rounds
                    // to 1.
                    deviation: if perceptrons.outputs[j] == 1.0 {
                        sigmoid(-c * z)
                    } else {
                        outputs[j]
                    },
                    bound: if spare > 0.0 {
                        sigmoid(-c * spare)
                    } else {
                        1.0
                    },
                };
            }
            (seen, before) = (outputs, here);
            layer_done(&here[..units.len()]);
        }
    }
}
