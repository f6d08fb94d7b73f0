//! Sigmoid networks against perceptrons: the bound, its monotony, the smallest c, the map.

use proptest::prelude::*;
use softstep::theory::deviation::{
    DeviationStudy, one_neuron_bound, one_neuron_c, one_neuron_deviation,
};
use softstep::theory::logic::{self, WeightKind, random_network};
use softstep::theory::logistic::sigmoid;
use softstep::theory::perceptron::{NeuronId, Perceptron, PerceptronNetwork};
use softstep::theory::plane::PlaneGrid;
use softstep::theory::sigmoid_network::SigmoidNetwork;

const KINDS: [WeightKind; 3] = [
    WeightKind::Integer,
    WeightKind::HalfInteger,
    WeightKind::Gaussian,
];

/// Rounding in a weighted input is below 2^-49 times the sum of its terms, which is below 40 for these networks; the
/// exponent c z errs by c times this, so a deviation by a relative 40 c 2^-49 in each of at most 4 layers, below 3e-9
/// for c <= 10^4.
const ROUNDED: f64 = 1.0 + 3e-9;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Every neuron, every Boolean input, real inputs too.
    #[test]
    fn the_bound_holds(
        seed: u64,
        kind in 0..3usize,
        inputs in 1..=4usize,
        widths in prop::collection::vec(1..=5usize, 1..=4),
        exponent in -1.0..4.0f64,
        real in prop::collection::vec(-2.0..2.0f64, 4),
    ) {
        let network = random_network(seed, inputs, &widths, KINDS[kind]).unwrap();
        let c = 10f64.powf(exponent);
        let real = DeviationStudy::new(&network, &[real[..inputs].to_vec()]);
        let boolean = DeviationStudy::boolean(&network);
        for (study, cases) in [(&boolean, 1 << inputs), (&real, 1)] {
            for case in 0..cases {
                for neuron in study.at(c, case).iter().flatten() {
                    prop_assert!(neuron.deviation <= neuron.bound * ROUNDED, "{:?}", neuron);
                }
            }
        }
        let worst = boolean.worst(c);
        let outputs = |case: usize| boolean.at(c, case)[widths.len() - 1].clone();
        prop_assert_eq!(worst.deviation, outputs(worst.input).iter().map(|o| o.deviation).fold(0.0, f64::max));
        prop_assert!((0..1 << inputs).all(|case| outputs(case).iter().all(|o| o.deviation <= worst.deviation && o.bound <= worst.bound)));
        // The bound never grows with c.
        prop_assert!(boolean.worst(1.1 * c).bound <= worst.bound);
    }

    #[test]
    fn the_smallest_c_is_the_smallest(seed: u64, exponent in -12.0..-0.4f64) {
        let epsilon = 10f64.powf(exponent);
        let network = random_network(seed, 3, &[4, 3, 1], WeightKind::Integer).unwrap();
        let study = DeviationStudy::boolean(&network);
        // Integer weights with half biases: each margin is at least 1/2, so the bound gets anywhere.
        prop_assert!(study.margin().value >= 0.5);
        let c = study.sufficient_c(epsilon).unwrap();
        prop_assert!(study.worst(c).bound <= epsilon);
        prop_assert!(study.worst(c * (1.0 - 1e-12)).bound > epsilon);
        prop_assert!(study.worst(c).deviation <= epsilon * ROUNDED);
        prop_assert!(study.worst(3.0 * c).deviation <= epsilon * ROUNDED);
    }

    /// Closed form and bisection are two ways to one number; both round an exponent of at most 28 and a division.
    #[test]
    fn one_neuron_in_closed_form(z in 0.01..50.0f64, exponent in -12.0..-0.4f64, negative: bool) {
        let epsilon = 10f64.powf(exponent);
        let z = if negative { -z } else { z };
        let c = one_neuron_c(z, epsilon).unwrap();
        prop_assert!((one_neuron_deviation(c, z) / epsilon - 1.0).abs() < 1e-14 * (2.0 + c * z.abs()));
        prop_assert!(one_neuron_deviation(c, z) <= one_neuron_bound(c, z));
        let network = PerceptronNetwork::new(1, vec![vec![Perceptron::new([0.0], z)]]).unwrap();
        let found = DeviationStudy::boolean(&network).sufficient_c(epsilon).unwrap();
        // At epsilon near 0.4, ln(1/epsilon - 1) is about 0.4 and loses a digit.
        prop_assert!((found / c - 1.0).abs() < 1e-14, "{} {}", found, c);
    }
}

#[test]
fn an_edge_at_the_output_has_no_c_and_an_absorbed_one_has() {
    assert_eq!(one_neuron_c(0.0, 0.1), None);
    assert_eq!(one_neuron_deviation(1e9, 0.0), 0.5);
    let edge = logic::on_the_edge();
    let study = DeviationStudy::boolean(&edge);
    assert_eq!(study.sufficient_c(0.1), None);
    assert_eq!((study.margin().value, study.margin().input), (0.0, 1));
    assert_eq!(study.worst(1e300).deviation, 0.5);
    // h on its edge, then h - 3/2: whatever h is, at least 1/2 is left below the threshold.
    let absorbed = PerceptronNetwork::new(
        2,
        vec![
            vec![Perceptron::new([1.0, 1.0], -1.0)],
            vec![Perceptron::new([1.0], -1.5)],
        ],
    )
    .unwrap();
    let c = DeviationStudy::boolean(&absorbed)
        .sufficient_c(0.01)
        .unwrap();
    // At 01 the bound on h is 1 and leaves 3/2 - 1 = 1/2: c/2 = ln 99. At 11, h is 1 up to sigma(-c), which leaves a
    // little less: c (1/2 - sigma(-c)) = ln 99. Solved to the last digits of c, about 9.2.
    assert!((c * (0.5 - sigmoid(-c)) - 99f64.ln()).abs() < 1e-14);
}

#[test]
fn margins_name_their_place() {
    let network = logic::half_adder();
    let margin = DeviationStudy::boolean(&network).margin();
    // The first |z| = 1 is that of the first hand-over, at 00: NAND has 3 there, 2 x1 - 1 = -1.
    assert_eq!(
        (margin.value, margin.neuron, margin.input),
        (
            1.0,
            NeuronId {
                layer: 0,
                neuron: 1
            },
            0
        )
    );
}

#[test]
fn the_map_is_the_network_at_every_pixel() {
    for seed in 0..12 {
        let network = random_network(seed, 3, &[8, 5, 2], KINDS[seed as usize % 3]).unwrap();
        // More columns than a block of pixels, and not a multiple of it.
        let grid = PlaneGrid {
            horizontal: (-1.0, 2.0),
            vertical: (-1.0, 2.0),
            columns: 150,
            rows: 7,
            axes: (2, 0),
            base: vec![0.0, 0.5, 0.0],
        };
        for c in [0.1, 1.0, 8.0] {
            let sigmoid = SigmoidNetwork::new(&network, c);
            for output in 0..2 {
                let map = sigmoid.output_map(&grid, output);
                for row in 0..grid.rows {
                    for column in 0..grid.columns {
                        let one = sigmoid.trace(&grid.input_at(column, row)).outputs()[output];
                        // A layer multiplies an error by at most (c/4) sum |w| < 2 * 24; rounding enters at below
                        // 1e-14 a layer.
                        assert!(
                            (map[row * grid.columns + column] - one).abs() < 1e-14 * 48.0 * 48.0
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn a_huge_c_makes_no_nan() {
    let network = random_network(1, 2, &[8, 8, 8, 8], WeightKind::Gaussian).unwrap();
    let grid = PlaneGrid::new((-1.0, 2.0), (-1.0, 2.0), 64, 64);
    for c in [1e6, 1e100, 1e308] {
        let map = SigmoidNetwork::new(&network, c).output_map(&grid, 0);
        assert!(map.iter().all(|a| (0.0..=1.0).contains(a)));
        assert!(DeviationStudy::boolean(&network).worst(c).deviation <= 1.0);
    }
}
