//! Networks of perceptrons to start from: gates, the half adder, networks on the edge, seeded random ones.
//!
//! The gates are Nielsen's (chapter 1): a NAND has weights -2, -2 and bias 3, and everything else is built from it. His
//! circuits let a wire skip a gate; layers do not, so a value that is needed later is handed on by
//! [`pass_through`], and two wires from one neuron into the same gate are one wire of weight -4.

use super::perceptron::{NetworkError, Perceptron, PerceptronNetwork, pass_through};
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use rand_xoshiro::Xoshiro256PlusPlus;

/// A network with a name, to start from.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Short and stable, for links.
    pub key: &'static str,
    /// The name on the page.
    pub name: &'static str,
    /// What is special about it, in a sentence.
    pub about: &'static str,
    /// Builds it.
    pub build: fn() -> PerceptronNetwork,
}

/// Every preset, in the order of the page.
pub const PRESETS: [Preset; 7] = [
    Preset {
        key: "neuron",
        name: "One neuron",
        about: "Fires when x1 + x2 > 3/2: an AND.",
        build: one_neuron,
    },
    Preset {
        key: "nand",
        name: "NAND",
        about: "Silent only if both inputs are 1.",
        build: nand,
    },
    Preset {
        key: "xor",
        name: "XOR",
        about: "Four NANDs say whether the inputs differ.",
        build: xor,
    },
    Preset {
        key: "half-adder",
        name: "Half adder",
        about: "Adds two bits: sum and carry.",
        build: half_adder,
    },
    Preset {
        key: "triangle",
        name: "Triangle",
        about: "Three half-planes and an AND: 1 inside a triangle of the plane.",
        build: triangle,
    },
    Preset {
        key: "edge",
        name: "On the edge",
        about: "x1 + x2 - 1 is exactly 0 when one input is 1.",
        build: on_the_edge,
    },
    Preset {
        key: "edge-deep",
        name: "On the edge, four layers",
        about: "A 1/2 in the first layer is handed on, absorbed, decided up, decided down, and meets a sum that vanishes only in the limit.",
        build: on_the_edge_deep,
    },
];

fn network<const L: usize>(inputs: usize, layers: [Vec<Perceptron>; L]) -> PerceptronNetwork {
    PerceptronNetwork::new(inputs, layers.into()).expect("a preset is a valid network")
}

fn unit<const N: usize>(weights: [f64; N], bias: f64) -> Perceptron {
    Perceptron::new(weights, bias)
}

/// y = 1 if x1 + x2 - 3/2 > 0: AND, with margin 1/2 on Boolean inputs.
pub fn one_neuron() -> PerceptronNetwork {
    network(2, [vec![unit([1.0, 1.0], -1.5)]])
}

/// y = 1 if -2 x1 - 2 x2 + 3 > 0.
pub fn nand() -> PerceptronNetwork {
    network(2, [vec![unit([-2.0, -2.0], 3.0)]])
}

/// x1 XOR x2 from four NANDs: n = NAND(x1, x2), then NAND(NAND(x1, n), NAND(x2, n)). The first layer hands on x1 and
/// x2.
pub fn xor() -> PerceptronNetwork {
    network(
        2,
        [
            vec![
                unit([-2.0, -2.0], 3.0),
                pass_through(2, 0),
                pass_through(2, 1),
            ],
            // These see n, x1, x2.
            vec![unit([-2.0, -2.0, 0.0], 3.0), unit([-2.0, 0.0, -2.0], 3.0)],
            vec![unit([-2.0, -2.0], 3.0)],
        ],
    )
}

/// Nielsen's half adder. Outputs: the sum bit x1 XOR x2, and the carry x1 AND x2 = NAND(n, n), weight -4 and bias 3.
/// Beside [`xor`]'s hand-overs, the second layer hands on n.
pub fn half_adder() -> PerceptronNetwork {
    network(
        2,
        [
            vec![
                unit([-2.0, -2.0], 3.0),
                pass_through(2, 0),
                pass_through(2, 1),
            ],
            vec![
                unit([-2.0, -2.0, 0.0], 3.0),
                unit([-2.0, 0.0, -2.0], 3.0),
                pass_through(3, 0),
            ],
            vec![unit([-2.0, -2.0, 0.0], 3.0), unit([0.0, 0.0, -4.0], 3.0)],
        ],
    )
}

/// 1 inside the triangle x2 > 1/8, x2 < 2 x1, x2 < 2 - 2 x1, else 0.
pub fn triangle() -> PerceptronNetwork {
    network(
        2,
        [
            vec![
                unit([0.0, 1.0], -0.125),
                unit([2.0, -1.0], 0.0),
                unit([-2.0, -1.0], 2.0),
            ],
            vec![unit([1.0, 1.0, 1.0], -2.5)],
        ],
    )
}

/// One neuron with x1 + x2 - 1 = 0 at the inputs 01 and 10.
pub fn on_the_edge() -> PerceptronNetwork {
    network(2, [vec![unit([1.0, 1.0], -1.0)]])
}

/// Four layers in which every fate of a 1/2 occurs, at the inputs 01 and 10, where the first neuron h is on its edge.
///
/// Second layer, as sigmoid neurons in the limit: 2h - 1 is 1/2 again; h - 1/4 is decided up, to 1 where the
/// perceptron says 0; h - 3/4 is absorbed, 0 for both; 1/4 - h is decided down, to 0 where the perceptron says 1.
/// Third layer: the 1/2 once more, and a sum 1/2 + 1 - 3/2 that vanishes in the limit only. Fourth layer: 1/2 once
/// more; another sum that vanishes in the limit only, more slowly by a factor c; and 1/2 + 1/2 - 3/4, decided up.
pub fn on_the_edge_deep() -> PerceptronNetwork {
    network(
        2,
        [
            vec![unit([1.0, 1.0], -1.0)],
            vec![
                unit([2.0], -1.0),
                unit([1.0], -0.25),
                unit([1.0], -0.75),
                unit([-1.0], 0.25),
            ],
            vec![
                unit([2.0, 0.0, 0.0, 0.0], -1.0),
                unit([1.0, 1.0, 0.0, 0.0], -1.5),
            ],
            vec![
                unit([2.0, 0.0], -1.0),
                unit([1.0, 1.0], -1.0),
                unit([1.0, 1.0], -0.75),
            ],
        ],
    )
}

/// How a random network's numbers are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeightKind {
    /// Weights uniform in -3, ..., 3; biases in -3.5, -2.5, ..., 3.5: every margin on Boolean inputs is at least 1/2.
    Integer,
    /// Weights and biases uniform in -2, -1.5, ..., 2: many inputs are on some neuron's edge.
    HalfInteger,
    /// Weights and biases standard normal: almost surely nothing is on the edge.
    Gaussian,
}

/// A random network: `widths` neurons, layer by layer. The same seed gives the same network everywhere.
///
/// Errors if a count is outside the bounds of [`PerceptronNetwork::new`].
pub fn random_network(
    seed: u64,
    inputs: usize,
    widths: &[usize],
    kind: WeightKind,
) -> Result<PerceptronNetwork, NetworkError> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut fan_in = inputs;
    let mut layers = Vec::with_capacity(widths.len());
    for &width in widths {
        let mut draw_unit = || {
            let weights: Vec<f64> = (0..fan_in).map(|_| draw(&mut rng, kind)).collect();
            let bias = match kind {
                WeightKind::Integer => f64::from(rng.random_range(-4i32..=3)) + 0.5,
                WeightKind::HalfInteger | WeightKind::Gaussian => draw(&mut rng, kind),
            };
            Perceptron::new(weights, bias)
        };
        layers.push((0..width).map(|_| draw_unit()).collect());
        fan_in = width;
    }
    PerceptronNetwork::new(inputs, layers)
}

fn draw(rng: &mut Xoshiro256PlusPlus, kind: WeightKind) -> f64 {
    match kind {
        WeightKind::Integer => f64::from(rng.random_range(-3i32..=3)),
        WeightKind::HalfInteger => f64::from(rng.random_range(-4i32..=4)) / 2.0,
        WeightKind::Gaussian => StandardNormal.sample(rng),
    }
}
