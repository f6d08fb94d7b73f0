//! Every formula against counting connection by connection.

use proptest::prelude::*;
use softstep::theory::architecture::{Architecture, Layer, Quantity, Settings, Sharing};
use std::collections::HashSet;

/// A network counted one connection at a time.
#[derive(Default)]
struct Counted {
    neurons: [u128; 5],
    connections: [u128; 5],
    with_bias: [u128; 5],
    /// Distinct weights and biases.
    parameters: [u128; 5],
    to_padding: u128,
    input_rows_seen: usize,
    map_rows_seen: usize,
}

/// Where windows start along one side, in coordinates of the side, found by trying every place.
fn starts(side: i64, padding: i64, window: i64, stride: i64) -> Vec<i64> {
    (-padding..side + padding)
        .step_by(stride as usize)
        .filter(|start| start + window <= side + padding)
        .collect()
}

fn count_one_by_one(s: &Settings) -> Option<Counted> {
    let wide = i64::from;
    let side = wide(s.input_side);
    let map = starts(side, wide(s.padding), wide(s.kernel), wide(s.stride));
    let pooled = starts(
        map.len() as i64,
        0,
        wide(s.pool_window),
        wide(s.pool_stride),
    );
    if map.is_empty() || pooled.is_empty() {
        return None;
    }
    let mut counted = Counted::default();
    let (mut weights, mut biases) = (HashSet::new(), HashSet::new());
    let (mut input_rows, mut map_rows) = (HashSet::new(), HashSet::new());
    counted.neurons[0] = u128::from(s.channels) * (side * side) as u128;
    for m in 0..s.feature_maps {
        for &top in &map {
            for &left in &map {
                counted.neurons[1] += 1;
                let own = if s.sharing == Sharing::Shared {
                    (m, 0, 0)
                } else {
                    (m, top, left)
                };
                biases.insert(own);
                counted.with_bias[1] += 1;
                let (rows, columns) = match s.sharing {
                    Sharing::Dense => (0..side, 0..side),
                    _ => (top..top + wide(s.kernel), left..left + wide(s.kernel)),
                };
                for c in 0..s.channels {
                    for row in rows.clone() {
                        for column in columns.clone() {
                            counted.connections[1] += 1;
                            counted.with_bias[1] += 1;
                            weights.insert((own, c, row - top, column - left));
                            if (0..side).contains(&row) && (0..side).contains(&column) {
                                input_rows.insert(row);
                            } else {
                                counted.to_padding += 1;
                            }
                        }
                    }
                }
            }
        }
        for &top in &pooled {
            for _left in &pooled {
                counted.neurons[2] += 1;
                for row in 0..wide(s.pool_window) {
                    map_rows.insert(top + row);
                    for _column in 0..s.pool_window {
                        counted.connections[2] += 1;
                        counted.with_bias[2] += 1;
                    }
                }
            }
        }
    }
    counted.parameters[1] = (weights.len() + biases.len()) as u128;
    for (layer, width) in [(3, s.dense_neurons), (4, s.classes)] {
        for _neuron in 0..width {
            counted.neurons[layer] += 1;
            for _input in 0..counted.neurons[layer - 1] {
                counted.connections[layer] += 1;
                counted.with_bias[layer] += 1;
            }
            counted.with_bias[layer] += 1;
        }
        counted.parameters[layer] = counted.with_bias[layer];
    }
    counted.input_rows_seen = input_rows.len();
    counted.map_rows_seen = map_rows.len();
    Some(counted)
}

prop_compose! {
    fn small_settings()(
        input_side in 1..11_u32, channels in 1..4_u32, feature_maps in 1..4_u32, kernel in 1..6_u32, stride in 1..6_u32, padding in 0..4_u32,
        pool_window in 1..4_u32, pool_stride in 1..5_u32, dense_neurons in 1..5_u32, classes in 1..5_u32,
        sharing in prop::sample::select(vec![Sharing::Shared, Sharing::Local, Sharing::Dense]),
    ) -> Settings {
        Settings { input_side, channels, feature_maps, kernel, stride, padding, pool_window, pool_stride, dense_neurons, classes, sharing }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn every_formula_equals_counting_one_by_one(settings in small_settings()) {
        let (net, counted) = (Architecture::new(settings), count_one_by_one(&settings));
        prop_assert_eq!(net.is_ok(), counted.is_some(), "what is refused has no neuron, what is accepted has");
        let (Ok(net), Some(counted)) = (net, counted) else { return Ok(()) };
        for (i, layer) in Layer::ALL.into_iter().enumerate() {
            let count = |quantity| net.count(layer, quantity);
            prop_assert_eq!(count(Quantity::Neurons), counted.neurons[i], "{:?}", layer);
            prop_assert_eq!(count(Quantity::Neurons), net.tensor(layer).iter().map(|&n| u128::from(n)).product::<u128>());
            prop_assert_eq!(count(Quantity::Connections), counted.connections[i], "{:?}", layer);
            prop_assert_eq!(count(Quantity::ConnectionsWithBias), counted.with_bias[i], "{:?}", layer);
            prop_assert_eq!(count(Quantity::Parameters), counted.parameters[i], "{:?}", layer);
            prop_assert_eq!(count(Quantity::InputsPerNeuron) * count(Quantity::Neurons), counted.connections[i], "{:?}", layer);
            let learns = !matches!(layer, Layer::Input | Layer::Pooling);
            prop_assert_eq!(count(Quantity::MultiplyAdds), if learns { counted.connections[i] } else { 0 }, "{:?}", layer);
        }
        prop_assert_eq!(net.connections_to_padding(), counted.to_padding);
        if settings.sharing != Sharing::Dense {
            prop_assert_eq!(net.convolution_coverage().seen() as usize, counted.input_rows_seen);
        }
        prop_assert_eq!(net.pooling_coverage().seen() as usize, counted.map_rows_seen);
    }

    #[test]
    fn a_formula_says_the_same_in_all_its_forms(settings in small_settings()) {
        let Ok(net) = Architecture::new(settings) else { return Ok(()) };
        let sizes = [
            ("N", u128::from(settings.input_side)),
            ("M", u128::from(settings.feature_maps)),
            ("K", u128::from(settings.dense_neurons)),
        ];
        for layer in Layer::ALL {
            let counts = Quantity::ALL.map(|quantity| net.formula(layer, quantity));
            for formula in counts.into_iter().chain([net.side(layer)]) {
                let value = i128::try_from(formula.value).ok();
                prop_assert_eq!(formula.in_sizes.with_numbers(&sizes).count(), value, "{}", formula.in_sizes);
                prop_assert_eq!(formula.with_numbers.count(), value);
                // The floating-point reading is exact for numbers this small.
                prop_assert_eq!(formula.with_numbers.evaluate::<f64>(&[]), formula.value as f64);
            }
            prop_assert_eq!(net.side(layer).value, u128::from(net.tensor(layer)[1]));
        }
    }
}
