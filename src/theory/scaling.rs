//! Multiplying weights and biases by c > 0 changes no output of a network of perceptrons (Nielsen, chapter 1,
//! exercise "Sigmoid neurons simulating perceptrons, part I").
//!
//! The neuron with weights c w and bias c b has the weighted input c w.x + c b = c (w.x + b), and c > 0 keeps its
//! sign. The first layer's outputs stay; so the second layer sees what it saw before, and so on, layer by layer.
//! Nothing in this asks for the same c everywhere: each neuron may have its own. With c = 0 every weighted input is 0
//! and the neuron is silent; with c < 0 it says the opposite, except on its edge, where both say 0.
//!
//! What of this survives in floating point:
//!
//! - **[`ScaledNetwork`] holds the pairs (c, w)**, so its weights are the real products c w, and it is evaluated with
//!   exact signs. The theorem holds for it without exception, at every input. It is still evaluated by multiplying
//!   and adding: that no output differs is a result, not an assumption.
//! - **[`ScaledNetwork::rounded`] holds fl(c w)**, the products rounded to `f64`. If c is a power of two nothing is
//!   rounded (away from overflow and subnormal numbers), and even sums in plain `f64` are c times the old ones bit
//!   for bit, so the theorem holds. For another c, fl(c w) = c w (1 + d) with |d| <= 2^-53: the exact sum moves by at
//!   most 2^-53 c (|b| + sum |w_i x_i|), so an output can change only where |z| <= 2^-53 (|b| + sum |w_i x_i|), on
//!   the edge or as good as. There it does: weights 3, -1, -2, bias 0, input (1, 1, 1) give z = 0 and output 0; c =
//!   0.1 gives the doubles 0.30000000000000004, -0.1, -0.2, whose exact sum is 2^-55, output 1.
//! - **[`PlainArithmetic`]** also rounds every sum, as a program that does not care would; then the original's own
//!   sign may be wrong too.

use super::perceptron::{NetworkError, NeuronId, Perceptron, PerceptronNetwork};
use super::threshold::ThresholdNetwork;
use std::cmp::Ordering;

/// What every neuron's weights and bias are multiplied by.
#[derive(Clone, Debug, PartialEq)]
pub enum Factors {
    /// One c for the whole network.
    Network(f64),
    /// One c for each layer, shape (layer).
    Layers(Vec<f64>),
    /// One c for each neuron, (layer)(neuron).
    Neurons(Vec<Vec<f64>>),
}

impl Factors {
    /// The factor of neuron `id`.
    pub fn of(&self, id: NeuronId) -> f64 {
        match self {
            Factors::Network(c) => *c,
            Factors::Layers(layers) => layers[id.layer],
            Factors::Neurons(layers) => layers[id.layer][id.neuron],
        }
    }

    fn fit(&self, network: &PerceptronNetwork) -> bool {
        match self {
            Factors::Network(_) => true,
            Factors::Layers(layers) => layers.len() == network.layers().len(),
            Factors::Neurons(layers) => layers
                .iter()
                .map(Vec::len)
                .eq(network.layers().iter().map(Vec::len)),
        }
    }
}

/// A network and the factors on its neurons; its weights are the exact products.
#[derive(Clone, Debug, PartialEq)]
pub struct ScaledNetwork {
    network: PerceptronNetwork,
    factors: Factors,
}

impl ScaledNetwork {
    /// Scales `network`. Panics if the factors do not have its shape or are not finite.
    pub fn new(network: PerceptronNetwork, factors: Factors) -> Self {
        assert!(factors.fit(&network), "one factor a layer or a neuron");
        assert!(
            network.neurons().all(|id| factors.of(id).is_finite()),
            "factors are finite"
        );
        ScaledNetwork { network, factors }
    }

    /// The factors.
    pub fn factors(&self) -> &Factors {
        &self.factors
    }

    /// The neurons whose factor is not above 0: the theorem says nothing about a network that has any.
    pub fn without_positive_factor(&self) -> Vec<NeuronId> {
        self.network
            .neurons()
            .filter(|&id| self.factor(id) <= 0.0)
            .collect()
    }

    /// Weights and bias of neuron `id` as shown: the products rounded to `f64`.
    pub fn shown(&self, id: NeuronId) -> Perceptron {
        let (c, unit) = (self.factor(id), self.network.neuron(id));
        Perceptron::new(
            unit.weights.iter().map(|w| c * w).collect::<Vec<f64>>(),
            c * unit.bias,
        )
    }

    /// The network whose weights are the products rounded to `f64`. Errors if one is too large for a network.
    pub fn rounded(&self) -> Result<PerceptronNetwork, NetworkError> {
        let layers = self.network.layers().iter().enumerate();
        let layers = layers
            .map(|(layer, units)| {
                (0..units.len())
                    .map(|neuron| self.shown(NeuronId { layer, neuron }))
                    .collect()
            })
            .collect();
        PerceptronNetwork::new(self.network.inputs(), layers)
    }
}

impl ThresholdNetwork for ScaledNetwork {
    fn network(&self) -> &PerceptronNetwork {
        &self.network
    }

    fn factor(&self, id: NeuronId) -> f64 {
        self.factors.of(id)
    }
}

/// A network evaluated in plain `f64`: ((c b + c w_1 x_1) + c w_2 x_2) + ..., each step rounded. Its signs may be
/// wrong near an edge.
#[derive(Clone, Copy, Debug)]
pub struct PlainArithmetic<N>(pub N);

impl<N: ThresholdNetwork> ThresholdNetwork for PlainArithmetic<N> {
    fn network(&self) -> &PerceptronNetwork {
        self.0.network()
    }

    fn factor(&self, id: NeuronId) -> f64 {
        self.0.factor(id)
    }

    fn weighted_input(&self, id: NeuronId, seen: &[f64]) -> f64 {
        let (c, unit) = (self.factor(id), self.network().neuron(id));
        unit.weights
            .iter()
            .zip(seen)
            .fold(c * unit.bias, |z, (w, a)| z + c * w * a)
    }
}

/// Which neurons give another output in `other` than in `one` at `input`, two networks of the same shape.
pub fn differing_neurons(
    one: &impl ThresholdNetwork,
    other: &impl ThresholdNetwork,
    input: &[f64],
) -> Vec<NeuronId> {
    let (a, b) = (one.trace(input), other.trace(input));
    let output =
        |trace: &super::threshold::Trace, id: NeuronId| trace.layers[id.layer].outputs[id.neuron];
    one.network()
        .neurons()
        .filter(|&id| output(&a, id) != output(&b, id))
        .collect()
}

/// One step of a proof, and the neurons that it speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofStep {
    /// What the step claims.
    pub claim: String,
    /// Why it is so.
    pub reason: String,
    /// The neurons to light up.
    pub neurons: Vec<NeuronId>,
}

/// The proof for this network that factors above 0 change no output: one perceptron, the first layer, each further
/// layer by induction, the outputs.
pub fn proof(network: &PerceptronNetwork) -> Vec<ProofStep> {
    let step = |claim: String, reason: &str, neurons| ProofStep {
        claim,
        reason: reason.into(),
        neurons,
    };
    let layer = |l: usize| -> Vec<NeuronId> {
        (0..network.layers()[l].len())
            .map(|neuron| NeuronId { layer: l, neuron })
            .collect()
    };
    let depth = network.layers().len();
    let mut steps = vec![
        step(
            "One perceptron keeps its output.".into(),
            "(c w)·x + c b = c (w·x + b). A number times c > 0 is above 0 exactly if the number is.",
            vec![NeuronId {
                layer: 0,
                neuron: 0,
            }],
        ),
        step(
            "Every neuron of layer 1 keeps its output.".into(),
            "Each sees the inputs x, which nobody has scaled. Its own c > 0 keeps its sign, whatever the others' are.",
            layer(0),
        ),
    ];
    for l in 1..depth {
        steps.push(step(
            format!("Every neuron of layer {} keeps its output.", l + 1),
            "It sees the outputs of the layer before, and these have not changed. So it is a perceptron with unchanged inputs, and \
             the first step applies to it.",
            layer(l),
        ));
    }
    steps.push(step(
        "The network computes the same function.".into(),
        if depth == 1 {
            "The outputs of its only layer are the outputs of the network."
        } else {
            "By induction over the layers, the last layer's outputs have not changed. Nothing was assumed about x: this holds for \
             Boolean inputs and for real ones."
        },
        layer(depth - 1),
    ));
    steps
}

/// What a factor does to a single neuron, in words.
pub fn effect(c: f64) -> &'static str {
    match c.partial_cmp(&0.0) {
        Some(Ordering::Greater) => "c > 0 keeps the sign of w·x + b: the output stays.",
        Some(Ordering::Less) => {
            "c < 0 turns the sign of w·x + b: the output flips, except on the edge, where both say 0."
        }
        _ => "c = 0 makes every weighted input 0: the neuron is silent for every input.",
    }
}
