//! Multiply by c > 0: no output changes. What breaks without c > 0, and what breaks without exact arithmetic.

use proptest::prelude::*;
use softstep::theory::logic::{self, WeightKind, random_network};
use softstep::theory::perceptron::{NeuronId, Perceptron, PerceptronNetwork};
use softstep::theory::plane::{PlaneGrid, differing_pixels, output_map};
use softstep::theory::scaling::{
    Factors, PlainArithmetic, ScaledNetwork, differing_neurons, proof,
};
use softstep::theory::threshold::{ThresholdNetwork, boolean_input};

const KINDS: [WeightKind; 3] = [
    WeightKind::Integer,
    WeightKind::HalfInteger,
    WeightKind::Gaussian,
];

fn factors(network: &PerceptronNetwork, which: usize, c: &[f64]) -> Factors {
    match which {
        0 => Factors::Network(c[0]),
        1 => Factors::Layers((0..network.layers().len()).map(|l| c[l]).collect()),
        _ => {
            let mut c = c.iter().copied().cycle();
            Factors::Neurons(
                network
                    .layers()
                    .iter()
                    .map(|units| units.iter().map(|_| c.next().unwrap()).collect())
                    .collect(),
            )
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Every neuron's output at every Boolean input, in each way of choosing factors from 0.001 to 1000 and far beyond.
    #[test]
    fn no_neuron_changes(
        seed: u64,
        kind in 0..3usize,
        which in 0..3usize,
        inputs in 1..=5usize,
        widths in prop::collection::vec(1..=5usize, 1..=4),
        c in prop::collection::vec(prop_oneof![4 => -3.0..3.0f64, 1 => -100.0..100.0f64], 7),
    ) {
        let network = random_network(seed, inputs, &widths, KINDS[kind]).unwrap();
        let c: Vec<f64> = c.iter().map(|e| 10f64.powf(*e)).collect();
        let scaled = ScaledNetwork::new(network.clone(), factors(&network, which, &c));
        prop_assert!(scaled.without_positive_factor().is_empty());
        for row in 0..1 << inputs {
            prop_assert_eq!(differing_neurons(&network, &scaled, &boolean_input(inputs, row)), []);
        }
        prop_assert_eq!(network.truth_table().agreeing_rows(&scaled.truth_table()), 1 << inputs);
    }

    /// A power of two rounds nothing: the rounded network in plain arithmetic has every z times c, bit for bit.
    #[test]
    fn powers_of_two_scale_every_bit(seed: u64, exponent in -300i32..=20, real in prop::collection::vec(-2.0..2.0f64, 3)) {
        let c = 2f64.powi(exponent);
        let network = random_network(seed, 3, &[4, 3, 2], WeightKind::Gaussian).unwrap();
        let rounded = ScaledNetwork::new(network.clone(), Factors::Network(c)).rounded().unwrap();
        let (one, other) = (PlainArithmetic(network).trace(&real), PlainArithmetic(rounded).trace(&real));
        for (a, b) in one.layers.iter().zip(&other.layers) {
            prop_assert_eq!(&a.outputs, &b.outputs);
            for (z, scaled) in a.weighted_inputs.iter().zip(&b.weighted_inputs) {
                prop_assert_eq!(c * z, *scaled);
            }
        }
    }

    /// For another c the rounded weights may change an output only where |z| <= 2^-53 (|b| + sum |w x|).
    #[test]
    fn rounded_weights_flip_only_on_the_edge(seed: u64, exponent in -3.0..3.0f64, half in any::<bool>()) {
        let kind = if half { WeightKind::HalfInteger } else { WeightKind::Gaussian };
        let network = random_network(seed, 4, &[6], kind).unwrap();
        let rounded = ScaledNetwork::new(network.clone(), Factors::Network(10f64.powf(exponent))).rounded().unwrap();
        for row in 0..16 {
            let input = boolean_input(4, row);
            let trace = network.trace(&input);
            for id in differing_neurons(&network, &rounded, &input) {
                let unit = network.neuron(id);
                let size = unit.bias.abs() + unit.weights.iter().zip(&input).map(|(w, x)| (w * x).abs()).sum::<f64>();
                // The size and z are themselves rounded; half of 2^-52 leaves room for that.
                prop_assert!(trace.layers[0].weighted_inputs[id.neuron].abs() <= size * 2f64.powi(-52));
            }
        }
    }
}

#[test]
fn no_pixel_of_65536_changes() {
    let grid = PlaneGrid::new((-0.5, 1.5), (-0.5, 1.5), 256, 256);
    // 256 pixels over a width of 2: middles are odd multiples of 1/256, so half-integer lines such as x1 = x2 run
    // through middles.
    let mut networks: Vec<_> = logic::PRESETS
        .iter()
        .map(|preset| (preset.build)())
        .collect();
    networks.extend(
        (0..4)
            .map(|seed| random_network(seed, 2, &[8, 8, 8, 4], KINDS[seed as usize % 3]).unwrap()),
    );
    for network in networks {
        let map = output_map(&network, &grid);
        for c in [0.001, 0.1, 3.0, 1000.0] {
            let scaled = ScaledNetwork::new(network.clone(), Factors::Network(c));
            assert_eq!(differing_pixels(&map, &output_map(&scaled, &grid)), 0);
        }
    }
}

/// Weights 3, -1, -2 at (1, 1, 1): z = 0. With fl(c w) the exact sum is 0 no more for many c; the pairs (c, w) keep it.
#[test]
fn rounded_weights_do_flip() {
    let network =
        PerceptronNetwork::new(3, vec![vec![Perceptron::new([3.0, -1.0, -2.0], 0.0)]]).unwrap();
    let ones = [1.0; 3];
    assert_eq!(network.output_bits(&ones), 0);
    let scaled = ScaledNetwork::new(network.clone(), Factors::Network(0.1));
    assert_eq!(scaled.output_bits(&ones), 0);
    let rounded = scaled.rounded().unwrap();
    assert_eq!(
        rounded.trace(&ones).layers[0].weighted_inputs,
        [2f64.powi(-55)]
    );
    assert_eq!(rounded.output_bits(&ones), 1);
    // Among c = 0.001, 0.002, ..., 1: how many flip the output with rounded weights, and with pairs. fl(3c) > 3c
    // flips it, as c and 2c are not rounded further. Oracle (Python 3, exact fractions): from fractions import
    // Fraction as F sum(F(3.0*(k/1000)) > 3*F(k/1000) for k in range(1, 1001))
    let count = |flips: &dyn Fn(&ScaledNetwork) -> bool| {
        (1..=1000)
            .filter(|&k| {
                flips(&ScaledNetwork::new(
                    network.clone(),
                    Factors::Network(f64::from(k) / 1000.0),
                ))
            })
            .count()
    };
    assert_eq!(
        count(&|scaled| scaled.rounded().unwrap().output_bits(&ones) == 1),
        FLIPPED
    );
    assert_eq!(count(&|scaled| scaled.output_bits(&ones) == 1), 0);
}

const FLIPPED: usize = 363;

#[test]
fn zero_silences_and_a_negative_factor_turns() {
    for seed in 0..100 {
        let network = random_network(seed, 3, &[4, 2], WeightKind::HalfInteger).unwrap();
        let silent = ScaledNetwork::new(network.clone(), Factors::Network(0.0));
        let turned = ScaledNetwork::new(network.clone(), Factors::Layers(vec![-1.5, 1.0]));
        assert_eq!(silent.without_positive_factor().len(), 6);
        assert_eq!(
            turned.without_positive_factor(),
            (0..4)
                .map(|neuron| NeuronId { layer: 0, neuron })
                .collect::<Vec<_>>()
        );
        for row in 0..8 {
            let input = boolean_input(3, row);
            assert!(
                silent
                    .trace(&input)
                    .layers
                    .iter()
                    .all(|layer| layer.outputs.iter().all(|&y| y == 0.0))
            );
            let (one, other) = (network.trace(&input), turned.trace(&input));
            for j in 0..4 {
                let on_edge = one.layers[0].weighted_inputs[j] == 0.0;
                let (y, turned) = (one.layers[0].outputs[j], other.layers[0].outputs[j]);
                assert_eq!(turned, if on_edge { 0.0 } else { 1.0 - y });
            }
        }
    }
}

#[test]
fn the_proof_speaks_of_every_layer() {
    let network = logic::half_adder();
    let steps = proof(&network);
    assert_eq!(steps.len(), 1 + 3 + 1);
    let mut spoken: Vec<_> = steps.iter().flat_map(|step| step.neurons.clone()).collect();
    spoken.sort();
    spoken.dedup();
    assert_eq!(spoken, network.neurons().collect::<Vec<_>>());
    assert_eq!(proof(&logic::nand()).len(), 3);
}
