//! Networks of perceptrons: gates, editing, text form, exact maps.

use proptest::prelude::*;
use softstep::theory::logic::{self, WeightKind, random_network};
use softstep::theory::network_text::{MAX_TEXT, read, write};
use softstep::theory::perceptron::{
    MAX_INPUTS, MAX_LAYERS, MAX_MAGNITUDE, MAX_NEURONS, NetworkError, NeuronId, Perceptron,
    PerceptronNetwork,
};
use softstep::theory::plane::{PlaneGrid, first_layer_map, output_map};
use softstep::theory::scaling::{Factors, ScaledNetwork};
use softstep::theory::threshold::{ThresholdNetwork, boolean_input};

/// Any network within the bounds, with any allowed numbers.
pub fn any_network() -> impl Strategy<Value = PerceptronNetwork> {
    let number = prop_oneof![
        (-6i32..=6).prop_map(|n| f64::from(n) / 2.0),
        any::<f64>().prop_filter("allowed", |v| v.abs() <= MAX_MAGNITUDE),
        -4.0..4.0f64,
    ];
    (
        1..=MAX_INPUTS,
        prop::collection::vec(1..=MAX_NEURONS, 1..=MAX_LAYERS),
    )
        .prop_flat_map(move |(inputs, widths)| {
            let mut fan_in = inputs;
            let layers: Vec<_> = widths
                .iter()
                .map(|&width| {
                    let unit = (
                        prop::collection::vec(number.clone(), fan_in),
                        number.clone(),
                    )
                        .prop_map(|(weights, bias)| Perceptron::new(weights, bias));
                    fan_in = width;
                    prop::collection::vec(unit, width)
                })
                .collect();
            layers.prop_map(move |layers| {
                PerceptronNetwork::new(inputs, layers).expect("within the bounds")
            })
        })
}

#[test]
fn gates_compute_what_their_names_say() {
    let nand = logic::nand().truth_table();
    let xor = logic::xor().truth_table();
    let adder = logic::half_adder().truth_table();
    let and = logic::one_neuron().truth_table();
    for row in 0..4 {
        let (a, b) = (row & 2 != 0, row & 1 != 0);
        assert_eq!(
            nand.input(row),
            [f64::from(u8::from(a)), f64::from(u8::from(b))]
        );
        assert_eq!(nand.output(row, 0), !(a && b));
        assert_eq!(and.output(row, 0), a && b);
        assert_eq!(xor.output(row, 0), a != b);
        assert_eq!((adder.output(row, 0), adder.output(row, 1)), (a ^ b, a & b));
    }
}

#[test]
fn a_trace_shows_every_number() {
    // x = (1, 0): n = NAND: -2 + 3 = 1; hand-overs 2 - 1 and -1. Then NAND(x1, n) = -4 + 3, NAND(x2, n) = -2 + 3, n
    // again. Sum bit: -2 + 3 = 1; carry: -4 + 3 = -1.
    let trace = logic::half_adder().trace(&[1.0, 0.0]);
    let z: Vec<_> = trace
        .layers
        .iter()
        .map(|layer| layer.weighted_inputs.clone())
        .collect();
    assert_eq!(
        z,
        [vec![1.0, 1.0, -1.0], vec![-1.0, 1.0, 1.0], vec![1.0, -1.0]]
    );
    assert_eq!(trace.outputs(), [1.0, 0.0]);
    assert_eq!(trace.seen_by(2), [0.0, 1.0, 1.0]);
}

#[test]
fn every_preset_has_its_own_key_and_reads_back() {
    let mut keys: Vec<_> = logic::PRESETS.iter().map(|preset| preset.key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), logic::PRESETS.len());
    for preset in logic::PRESETS {
        let network = (preset.build)();
        assert_eq!(read(&write(&network)), Ok(network), "{}", preset.key);
    }
}

#[test]
fn a_seed_gives_one_network_and_integer_margins_are_wide() {
    for seed in 0..200 {
        let network = random_network(seed, 4, &[5, 4, 2], WeightKind::Integer).unwrap();
        assert_eq!(
            network,
            random_network(seed, 4, &[5, 4, 2], WeightKind::Integer).unwrap()
        );
        assert_ne!(
            network,
            random_network(seed + 1, 4, &[5, 4, 2], WeightKind::Integer).unwrap()
        );
        for row in 0..16 {
            for layer in network.trace(&boolean_input(4, row)).layers {
                assert!(layer.weighted_inputs.iter().all(|z| z.abs() >= 0.5));
            }
        }
    }
    // The stream itself is pinned: a link with a seed must show the same network in a later version.
    let text = write(&random_network(7, 2, &[2, 1], WeightKind::HalfInteger).unwrap());
    assert_eq!(text, PINNED);
}

const PINNED: &str = "2~-2,-1.5,1_-0.5,2,0~1,-1,2";

#[test]
fn bounds_are_kept() {
    let mut network = logic::one_neuron();
    for _ in 2..MAX_INPUTS {
        network.add_input().unwrap();
    }
    assert_eq!(
        network.add_input(),
        Err(NetworkError::Inputs(MAX_INPUTS + 1))
    );
    for _ in 1..MAX_NEURONS {
        network.add_neuron(0).unwrap();
    }
    assert!(matches!(
        network.add_neuron(0),
        Err(NetworkError::Neurons { layer: 0, .. })
    ));
    for _ in 1..MAX_LAYERS {
        network.insert_layer(0).unwrap();
    }
    assert_eq!(
        network.insert_layer(0),
        Err(NetworkError::Layers(MAX_LAYERS + 1))
    );
    let id = NeuronId {
        layer: 0,
        neuron: 0,
    };
    assert!(network.set_weight(id, 0, f64::NAN).is_err());
    assert!(network.set_bias(id, 2.0 * MAX_MAGNITUDE).is_err());
    let mut smallest = PerceptronNetwork::new(1, vec![vec![Perceptron::new([1.0], 0.0)]]).unwrap();
    assert_eq!(smallest.remove_input(0), Err(NetworkError::Inputs(0)));
    assert_eq!(smallest.remove_layer(0), Err(NetworkError::Layers(0)));
    assert_eq!(
        smallest.remove_neuron(id),
        Err(NetworkError::Neurons {
            layer: 0,
            neurons: 0
        })
    );
}

#[test]
fn a_map_is_the_network_at_every_pixel() {
    for seed in 0..20 {
        let kind = [
            WeightKind::Integer,
            WeightKind::HalfInteger,
            WeightKind::Gaussian,
        ][seed as usize % 3];
        let network = random_network(seed, 3, &[6, 4, 3], kind).unwrap();
        // Odd numbers of pixels over a symmetric square: pixel middles lie exactly on lines through halves.
        let grid = PlaneGrid {
            horizontal: (-1.0, 2.0),
            vertical: (-1.0, 2.0),
            columns: 33,
            rows: 24,
            axes: (2, 0),
            base: vec![0.0, 0.5, 0.0],
        };
        // A factor below 0 turns the direction in which z grows along a row; with 0 every pixel is on the edge.
        for factor in [1.0, -0.3, 0.0] {
            let network = ScaledNetwork::new(network.clone(), Factors::Network(factor));
            let (map, first) = (
                output_map(&network, &grid),
                first_layer_map(&network, &grid),
            );
            for row in 0..grid.rows {
                for column in 0..grid.columns {
                    let input = grid.input_at(column, row);
                    let pixel = row * grid.columns + column;
                    assert_eq!(map[pixel], network.output_bits(&input));
                    for neuron in 0..6 {
                        let z = network.weighted_input(NeuronId { layer: 0, neuron }, &input);
                        assert_eq!(first[pixel].fires >> neuron & 1 == 1, z > 0.0);
                        assert_eq!(first[pixel].edges >> neuron & 1 == 1, z == 0.0);
                    }
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn text_loses_nothing(network in any_network()) {
        let text = write(&network);
        prop_assert!(text.len() <= MAX_TEXT);
        let back = read(&text).unwrap();
        prop_assert_eq!(write(&back), text);
        // Equality of f64 does not see the sign of a zero; bits do.
        let bits = |n: &PerceptronNetwork| -> Vec<u64> {
            n.layers().iter().flatten().flat_map(|u| u.weights.iter().chain([&u.bias])).map(|v| v.to_bits()).collect()
        };
        prop_assert_eq!(bits(&back), bits(&network));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[0-9~_,.e-]{0,60}") {
        if let Ok(network) = read(&text) {
            prop_assert_eq!(read(&write(&network)), Ok(network));
        }
    }

    #[test]
    fn additions_do_not_change_the_function(network in any_network(), at in 0..=MAX_LAYERS) {
        let table = network.truth_table();
        let mut more = network.clone();
        if more.insert_layer(at.min(network.layers().len())).is_ok() {
            prop_assert_eq!(&more.truth_table(), &table);
        }
        let layer = at % network.layers().len();
        let mut more = network.clone();
        if more.add_neuron(layer).is_ok() {
            let wider = more.truth_table();
            for row in 0..table.rows() {
                for output in 0..network.outputs() {
                    prop_assert_eq!(wider.output(row, output), table.output(row, output));
                }
            }
            // Removing what was added gives the network back.
            more.remove_neuron(NeuronId { layer, neuron: network.layers()[layer].len() }).unwrap();
            prop_assert_eq!(&more, &network);
        }
        let mut more = network.clone();
        if more.add_input().is_ok() {
            let n = network.inputs();
            for row in 0..1 << n {
                let mut input = boolean_input(n, row);
                let before = network.output_bits(&input);
                input.push(1.0);
                prop_assert_eq!(more.output_bits(&input), before);
            }
            more.remove_input(n).unwrap();
            prop_assert_eq!(&more, &network);
        }
    }

    #[test]
    fn removals_leave_a_network(network in any_network(), layer in 0..MAX_LAYERS, neuron in 0..MAX_NEURONS) {
        let layer = layer % network.layers().len();
        let mut less = network.clone();
        if less.remove_layer(layer).is_ok() {
            prop_assert!(PerceptronNetwork::new(less.inputs(), less.layers().to_vec()).is_ok());
            prop_assert_eq!(less.layers().len() + 1, network.layers().len());
        }
        let mut less = network.clone();
        let neuron = neuron % network.layers()[layer].len();
        if less.remove_neuron(NeuronId { layer, neuron }).is_ok() {
            prop_assert!(PerceptronNetwork::new(less.inputs(), less.layers().to_vec()).is_ok());
        }
    }
}
