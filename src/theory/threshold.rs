//! How a network of threshold units is evaluated: weighted inputs and outputs of every neuron, truth tables.
//!
//! The outputs are exact: [`super::weighted_input::weighted_input`] has the sign of the exact sum, so a
//! comparison of two networks compares the networks and not their rounding.

use super::perceptron::{MAX_NEURONS, NeuronId, PerceptronNetwork};
use super::weighted_input::weighted_input;

/// What one layer did with one input.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerTrace {
    /// z, shape (neuron).
    pub weighted_inputs: Vec<f64>,
    /// The outputs, shape (neuron): 0 or 1 for perceptrons, in ]0, 1[ for sigmoid neurons.
    pub outputs: Vec<f64>,
}

/// What every neuron did with one input.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// x, shape (input).
    pub input: Vec<f64>,
    /// The layers, first to last.
    pub layers: Vec<LayerTrace>,
}

impl Trace {
    /// The outputs of the last layer, shape (output).
    pub fn outputs(&self) -> &[f64] {
        &self.layers[self.layers.len() - 1].outputs
    }

    /// What `layer` saw: the input or the outputs of the layer before.
    pub fn seen_by(&self, layer: usize) -> &[f64] {
        if layer == 0 {
            &self.input
        } else {
            &self.layers[layer - 1].outputs
        }
    }
}

/// A network of threshold units: a [`PerceptronNetwork`], or one with every neuron's weights and bias times a factor.
pub trait ThresholdNetwork {
    /// The weights and biases before any factor.
    fn network(&self) -> &PerceptronNetwork;

    /// The number that multiplies the weights and the bias of neuron `id`.
    fn factor(&self, id: NeuronId) -> f64;

    /// z of neuron `id` that sees `seen`, with the sign of the exact value.
    fn weighted_input(&self, id: NeuronId, seen: &[f64]) -> f64 {
        let unit = self.network().neuron(id);
        weighted_input(self.factor(id), &unit.weights, unit.bias, seen)
    }

    /// The outputs of `layer` that sees `seen`, shape (input of the layer), as bits: bit j is neuron j.
    fn layer_bits(&self, layer: usize, seen: &[f64]) -> u8 {
        (0..self.network().layers()[layer].len()).fold(0, |bits, neuron| {
            bits | u8::from(self.weighted_input(NeuronId { layer, neuron }, seen) > 0.0) << neuron
        })
    }

    /// The network's outputs at `input`, shape (input), as bits: bit k is output k. Does not allocate.
    fn output_bits(&self, input: &[f64]) -> u8 {
        self.later_bits(self.layer_bits(0, input))
    }

    /// The network's outputs, given those of the first layer, both as bits.
    fn later_bits(&self, first: u8) -> u8 {
        let network = self.network();
        (1..network.layers().len()).fold(first, |bits, layer| {
            let values: [f64; MAX_NEURONS] = std::array::from_fn(|i| f64::from(bits >> i & 1));
            self.layer_bits(layer, &values[..network.fan_in(layer)])
        })
    }

    /// z and output of every neuron at `input`, shape (input).
    fn trace(&self, input: &[f64]) -> Trace {
        let network = self.network();
        assert_eq!(input.len(), network.inputs(), "one value an input");
        let mut layers: Vec<LayerTrace> = Vec::with_capacity(network.layers().len());
        for (layer, units) in network.layers().iter().enumerate() {
            let seen = layers.last().map_or(input, |before| &before.outputs);
            let weighted_inputs: Vec<f64> = (0..units.len())
                .map(|neuron| self.weighted_input(NeuronId { layer, neuron }, seen))
                .collect();
            let outputs = weighted_inputs
                .iter()
                .map(|&z| f64::from(u8::from(z > 0.0)))
                .collect();
            layers.push(LayerTrace {
                weighted_inputs,
                outputs,
            });
        }
        Trace {
            input: input.to_vec(),
            layers,
        }
    }

    /// The outputs at all 2^n Boolean inputs.
    fn truth_table(&self) -> TruthTable {
        let (inputs, outputs) = (self.network().inputs(), self.network().outputs());
        let rows = (0..1 << inputs)
            .map(|row| self.output_bits(&boolean_input(inputs, row)))
            .collect();
        TruthTable {
            inputs,
            outputs,
            rows,
        }
    }
}

impl ThresholdNetwork for PerceptronNetwork {
    fn network(&self) -> &PerceptronNetwork {
        self
    }

    fn factor(&self, _: NeuronId) -> f64 {
        1.0
    }
}

/// Row `row` of a truth table's input side, shape (input): `row` in binary, the first input the highest bit.
pub fn boolean_input(inputs: usize, row: usize) -> Vec<f64> {
    (0..inputs)
        .map(|i| f64::from(u8::from(row >> (inputs - 1 - i) & 1 == 1)))
        .collect()
}

/// The outputs of a network at every Boolean input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TruthTable {
    inputs: usize,
    outputs: usize,
    rows: Vec<u8>,
}

impl TruthTable {
    /// The number of rows, 2^inputs.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The input of row `row`, shape (input).
    pub fn input(&self, row: usize) -> Vec<f64> {
        boolean_input(self.inputs, row)
    }

    /// Output `output` in row `row`.
    pub fn output(&self, row: usize, output: usize) -> bool {
        assert!(output < self.outputs, "there are {} outputs", self.outputs);
        self.rows[row] >> output & 1 == 1
    }

    /// In how many rows all outputs agree with those of `other`, a table of the same shape.
    pub fn agreeing_rows(&self, other: &TruthTable) -> usize {
        assert_eq!(
            (self.inputs, self.outputs),
            (other.inputs, other.outputs),
            "tables of the same shape"
        );
        self.rows
            .iter()
            .zip(&other.rows)
            .filter(|(a, b)| a == b)
            .count()
    }
}
