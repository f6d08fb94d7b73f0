//! Networks of perceptrons: layers of threshold units of any depth and width (Nielsen, chapter 1).
//!
//! Layer l has n_l units; unit j of layer l sees the outputs a of layer l - 1 (layer 0: the inputs x) and gives
//!
//! z_j = sum_i w_ji a_i + b_j,   y_j = 1 if z_j > 0, else 0.
//!
//! On the edge, z = 0, a perceptron says 0. How a network is evaluated: [`super::threshold`]; how edited:
//! [`super::network_edits`].

use std::fmt;

/// Most inputs a network may have.
pub const MAX_INPUTS: usize = 8;
/// Most layers of neurons a network may have.
pub const MAX_LAYERS: usize = 6;
/// Most neurons a layer may have.
pub const MAX_NEURONS: usize = 8;
/// Largest magnitude of a weight or bias.
pub const MAX_MAGNITUDE: f64 = 1e12;

/// One threshold unit: y = 1 if w.x + b > 0, else 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Perceptron {
    /// w, shape (input).
    pub weights: Vec<f64>,
    /// b.
    pub bias: f64,
}

impl Perceptron {
    /// The unit with these weights, shape (input), and this bias.
    pub fn new(weights: impl Into<Vec<f64>>, bias: f64) -> Self {
        Perceptron {
            weights: weights.into(),
            bias,
        }
    }
}

/// Which neuron: layers and neurons counted from 0; layer 0 is the first layer of neurons, not the inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NeuronId {
    /// The layer, 0 the one that sees the inputs.
    pub layer: usize,
    /// The neuron in its layer.
    pub neuron: usize,
}

/// Layers of perceptrons, each fully connected to the one before; checked when built and at every edit.
#[derive(Clone, Debug, PartialEq)]
pub struct PerceptronNetwork {
    pub(super) inputs: usize,
    pub(super) layers: Vec<Vec<Perceptron>>,
}

/// Why a network cannot be what was asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NetworkError {
    /// The number of inputs is not in 1..=[`MAX_INPUTS`].
    Inputs(usize),
    /// The number of layers is not in 1..=[`MAX_LAYERS`].
    Layers(usize),
    /// A layer's number of neurons is not in 1..=[`MAX_NEURONS`].
    Neurons {
        /// The layer, from 0.
        layer: usize,
        /// The number of neurons asked for.
        neurons: usize,
    },
    /// A neuron has not one weight for each output of the layer before.
    Weights {
        /// Which neuron.
        at: NeuronId,
        /// Its number of weights.
        found: usize,
        /// What the layer before gives.
        expected: usize,
    },
    /// A weight or bias is not finite or larger than [`MAX_MAGNITUDE`].
    Magnitude(f64),
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match *self {
            NetworkError::Inputs(n) => {
                write!(
                    f,
                    "A network here has 1 to {MAX_INPUTS} inputs, not {n}. Choose a number in this range."
                )
            }
            NetworkError::Layers(n) => {
                write!(
                    f,
                    "A network here has 1 to {MAX_LAYERS} layers, not {n}. Choose a number in this range."
                )
            }
            NetworkError::Neurons { layer, neurons } => write!(
                f,
                "Layer {} would have {neurons} neurons; a layer here has 1 to {MAX_NEURONS}. Choose a number in this range.",
                layer + 1
            ),
            NetworkError::Weights {
                at,
                found,
                expected,
            } => write!(
                f,
                "Neuron {} of layer {} has {found} weights but sees {expected} values. Give it one weight for each.",
                at.neuron + 1,
                at.layer + 1
            ),
            NetworkError::Magnitude(value) => write!(
                f,
                "{value} cannot be a weight or bias: it must be a number between -{MAX_MAGNITUDE:e} and {MAX_MAGNITUDE:e}. \
                 Enter a smaller one."
            ),
        }
    }
}

impl std::error::Error for NetworkError {}

pub(super) fn check_number(value: f64) -> Result<(), NetworkError> {
    // A comparison with NaN is false, so NaN is refused too.
    if value.abs() <= MAX_MAGNITUDE {
        Ok(())
    } else {
        Err(NetworkError::Magnitude(value))
    }
}

impl PerceptronNetwork {
    /// The network with these layers: (layer)(neuron), each neuron with one weight for each output of the layer before.
    ///
    /// Errors if a count is outside its bounds, a shape does not fit, or a number is not finite or too large.
    pub fn new(inputs: usize, layers: Vec<Vec<Perceptron>>) -> Result<Self, NetworkError> {
        if !(1..=MAX_INPUTS).contains(&inputs) {
            return Err(NetworkError::Inputs(inputs));
        }
        if !(1..=MAX_LAYERS).contains(&layers.len()) {
            return Err(NetworkError::Layers(layers.len()));
        }
        let mut expected = inputs;
        for (layer, neurons) in layers.iter().enumerate() {
            if !(1..=MAX_NEURONS).contains(&neurons.len()) {
                return Err(NetworkError::Neurons {
                    layer,
                    neurons: neurons.len(),
                });
            }
            for (neuron, unit) in neurons.iter().enumerate() {
                let found = unit.weights.len();
                if found != expected {
                    return Err(NetworkError::Weights {
                        at: NeuronId { layer, neuron },
                        found,
                        expected,
                    });
                }
                unit.weights
                    .iter()
                    .chain([&unit.bias])
                    .try_for_each(|&value| check_number(value))?;
            }
            expected = neurons.len();
        }
        Ok(PerceptronNetwork { inputs, layers })
    }

    /// The number of inputs.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// The number of outputs: the neurons of the last layer.
    pub fn outputs(&self) -> usize {
        self.layers[self.layers.len() - 1].len()
    }

    /// The layers, (layer)(neuron).
    pub fn layers(&self) -> &[Vec<Perceptron>] {
        &self.layers
    }

    /// One neuron. Panics if there is none at `id`.
    pub fn neuron(&self, id: NeuronId) -> &Perceptron {
        &self.layers[id.layer][id.neuron]
    }

    /// Every neuron's place, layer by layer.
    pub fn neurons(&self) -> impl Iterator<Item = NeuronId> + '_ {
        self.layers.iter().enumerate().flat_map(|(layer, neurons)| {
            (0..neurons.len()).map(move |neuron| NeuronId { layer, neuron })
        })
    }

    /// How many values a neuron of `layer` sees.
    pub fn fan_in(&self, layer: usize) -> usize {
        if layer == 0 {
            self.inputs
        } else {
            self.layers[layer - 1].len()
        }
    }
}

/// A neuron that repeats value `of` among the `width` it sees: 2 a - 1 > 0 exactly if a = 1, with margin 1 either way.
///
/// In a layered network a value that is needed two layers later must be handed on by such a neuron.
pub fn pass_through(width: usize, of: usize) -> Perceptron {
    let mut weights = vec![0.0; width];
    weights[of] = 2.0;
    Perceptron::new(weights, -1.0)
}
