//! The counts of a convolutional network: the homework sheet's numbers, and every formula against counting one by one.

use proptest::prelude::*;
use softstep::theory::architecture::{
    Architecture, ArchitectureError, Layer, Quantity, Settings, Sharing,
};
use std::collections::HashSet;

fn sheet() -> Architecture {
    Architecture::new(Settings::default()).expect("the sheet's network fits")
}

#[test]
fn the_sheets_network_has_the_sheets_numbers() {
    let net = sheet();
    // layer, tensor, neurons, connections, with bias, parameters, multiply-adds
    let rows = [
        (Layer::Input, [1, 28, 28], 784, 0, 0, 0, 0),
        (
            Layer::Convolution,
            [20, 24, 24],
            11_520,
            288_000,
            299_520,
            520,
            288_000,
        ),
        (Layer::Pooling, [20, 12, 12], 2_880, 11_520, 11_520, 0, 0),
        (
            Layer::Dense,
            [100, 1, 1],
            100,
            288_000,
            288_100,
            288_100,
            288_000,
        ),
        (Layer::Output, [10, 1, 1], 10, 1_000, 1_010, 1_010, 1_000),
    ];
    for (layer, tensor, neurons, connections, with_bias, parameters, multiply_adds) in rows {
        let count = |quantity| net.count(layer, quantity);
        assert_eq!(net.tensor(layer), tensor, "{}", layer.name());
        assert_eq!(count(Quantity::Neurons), neurons, "{}", layer.name());
        assert_eq!(
            count(Quantity::Connections),
            connections,
            "{}",
            layer.name()
        );
        assert_eq!(
            count(Quantity::ConnectionsWithBias),
            with_bias,
            "{}",
            layer.name()
        );
        assert_eq!(count(Quantity::Parameters), parameters, "{}", layer.name());
        assert_eq!(
            count(Quantity::MultiplyAdds),
            multiply_adds,
            "{}",
            layer.name()
        );
    }
    assert_eq!(net.count(Layer::Dense, Quantity::InputsPerNeuron), 2_880);
    assert_eq!(net.count(Layer::Output, Quantity::InputsPerNeuron), 100);
    assert_eq!(net.total(Quantity::Parameters), 289_630);
    assert_eq!(net.connections_to_padding(), 0);
}

#[test]
fn without_sharing_the_convolution_needs_many_more_parameters() {
    let parameters = [Sharing::Shared, Sharing::Local, Sharing::Dense].map(|sharing| {
        let net = Architecture::new(Settings {
            sharing,
            ..Settings::default()
        })
        .expect("it fits");
        net.count(Layer::Convolution, Quantity::Parameters)
    });
    assert_eq!(parameters, [520, 299_520, 9_043_200]);
}

#[test]
fn the_formulas_read_as_on_the_sheet() {
    let net = sheet();
    let texts = |layer, quantity| {
        let formula = net.formula(layer, quantity);
        [
            formula.general.to_string(),
            formula.in_sizes.to_string(),
            formula.with_numbers.to_string(),
        ]
    };
    assert_eq!(
        texts(Layer::Convolution, Quantity::ConnectionsWithBias),
        ["M·A²·(C·F² + 1)", "26·M·(N − 4)²", "20·24²·(1·5² + 1)"]
    );
    assert_eq!(
        texts(Layer::Convolution, Quantity::Connections),
        ["M·A²·C·F²", "25·M·(N − 4)²", "20·24²·1·5²"]
    );
    assert_eq!(
        texts(Layer::Convolution, Quantity::Parameters),
        ["M·(C·F² + 1)", "26·M", "20·(1·5² + 1)"]
    );
    assert_eq!(
        texts(Layer::Pooling, Quantity::Neurons),
        ["M·B²", "M·⌊(N − 4)/2⌋²", "20·12²"]
    );
    assert_eq!(
        texts(Layer::Dense, Quantity::InputsPerNeuron),
        ["M·B²", "M·⌊(N − 4)/2⌋²", "20·12²"]
    );
    assert_eq!(
        texts(Layer::Dense, Quantity::Parameters),
        ["K·(M·B² + 1)", "K·(M·⌊(N − 4)/2⌋² + 1)", "100·(20·12² + 1)"]
    );
    assert_eq!(
        texts(Layer::Output, Quantity::Parameters),
        ["L·(K + 1)", "10·(K + 1)", "10·(100 + 1)"]
    );
    let side = net.side(Layer::Convolution);
    assert_eq!(
        [
            side.general.to_string(),
            side.in_sizes.to_string(),
            side.with_numbers.to_string()
        ],
        ["⌊(N + 2·P − F)/S⌋ + 1", "N − 4", "⌊(28 + 2·0 − 5)/1⌋ + 1"]
    );
    assert_eq!((side.value, net.side(Layer::Pooling).value), (24, 12));
    assert_eq!(
        net.formula(Layer::Output, Quantity::Parameters)
            .with_numbers
            .to_mathml(),
        "<mrow><mn data-symbol=\"L\">10</mn><mo>·</mo><mrow><mo>(</mo><mrow><mn data-symbol=\"K\">100</mn><mo>+</mo><mn>1</mn></mrow><mo>)</mo></mrow></mrow>"
    );
    // For even N - 4 the floor is the sheet's (N-4)^2 M / 4.
    assert_eq!(
        net.count(Layer::Dense, Quantity::InputsPerNeuron),
        24 * 24 * 20 / 4
    );
}

#[test]
fn a_training_step_costs_what_is_measured_against() {
    let cost = sheet().training_cost();
    assert_eq!((cost.forward, cost.backward), (577_000, 866_000));
    assert_eq!(cost.flop(), 2_886_000, "2.89 MFLOP");
    // The convolution's own gradient shrinks from 288,000 to 72,000.
    assert_eq!(cost.forward + cost.backward_sparse, 1_227_000);
    assert_eq!(cost.flop_sparse(), 2_454_000);
    let memory = sheet().memory();
    assert_eq!(memory.parameters, 4 * 289_630);
    assert_eq!(
        memory.activations_per_sample,
        4 * (784 + 11_520 + 2_880 + 100 + 10)
    );
    assert_eq!(memory.errors_per_sample, 4 * (11_520 + 2_880 + 100 + 10));
    assert_eq!(memory.predicting(), 1_158_520 + 61_176);
    assert_eq!(memory.training(10), 2 * 1_158_520 + 10 * (61_176 + 58_040));
}

#[test]
fn what_does_not_divide_is_said() {
    // N = 29: 25 rows of a feature map, the last of which pooling does not reach.
    let net = Architecture::new(Settings {
        input_side: 29,
        ..Settings::default()
    })
    .expect("it fits");
    let pooling = net.pooling_coverage();
    assert_eq!(
        (
            pooling.windows,
            pooling.remainder,
            pooling.dropped,
            pooling.skipped
        ),
        (12, 1, 1, 0)
    );
    assert_eq!(
        pooling.to_string(),
        "The last 1 of 25 rows and columns is dropped: no further window fits."
    );
    assert_eq!(
        net.convolution_coverage().to_string(),
        "All 29 rows and columns are used."
    );

    // Stride 3 on 28 + 2 rows with a 5x5 kernel: 25 = 8 * 3 + 1, and the row left over is padding.
    let settings = Settings {
        stride: 3,
        padding: 1,
        ..Settings::default()
    };
    let coverage = Architecture::new(settings)
        .expect("it fits")
        .convolution_coverage();
    assert_eq!(
        (coverage.windows, coverage.remainder, coverage.dropped),
        (9, 1, 0)
    );

    // A stride larger than the kernel leaves gaps: 28 rows, windows of 2 at 0, 5, 10, 15, 20, 25.
    let settings = Settings {
        kernel: 2,
        stride: 5,
        ..Settings::default()
    };
    let coverage = Architecture::new(settings)
        .expect("it fits")
        .convolution_coverage();
    assert_eq!(
        (
            coverage.windows,
            coverage.dropped,
            coverage.skipped,
            coverage.seen()
        ),
        (6, 1, 15, 12)
    );
    assert_eq!(
        coverage.to_string(),
        "The last 1 of 28 rows and columns is dropped: no further window fits. \
         15 of 28 rows and columns are skipped: the stride is larger than the window."
    );
}

#[test]
fn impossible_sizes_are_refused_in_plain_words() {
    let refused = |settings: Settings| Architecture::new(settings).expect_err("it does not fit");
    let default = Settings::default();
    assert_eq!(
        refused(Settings {
            input_side: 3,
            padding: 0,
            ..default
        })
        .to_string(),
        "The 5×5 kernel has no place on the 3×3 input. Choose a kernel of at most 3, a larger input or more padding."
    );
    assert_eq!(
        refused(Settings {
            input_side: 1,
            padding: 1,
            ..default
        }),
        ArchitectureError::KernelLargerThanInput {
            kernel: 5,
            input_side: 1,
            padding: 1
        }
    );
    assert_eq!(
        refused(Settings {
            input_side: 5,
            ..default
        })
        .to_string(),
        "The 2×2 pooling window has no place on the 1×1 feature maps. \
         Choose a window of at most 1, a larger input, a smaller kernel or a smaller stride."
    );
    assert_eq!(
        refused(Settings {
            stride: 0,
            ..default
        })
        .to_string(),
        "The stride is 0, which leaves a layer empty. Choose at least 1."
    );
    let zero: [fn(&mut Settings) -> &mut u32; 9] = [
        |s| &mut s.input_side,
        |s| &mut s.channels,
        |s| &mut s.feature_maps,
        |s| &mut s.kernel,
        |s| &mut s.stride,
        |s| &mut s.pool_window,
        |s| &mut s.pool_stride,
        |s| &mut s.dense_neurons,
        |s| &mut s.classes,
    ];
    for field in zero {
        let mut settings = default;
        *field(&mut settings) = 0;
        assert!(
            matches!(refused(settings), ArchitectureError::Zero { .. }),
            "{settings:?}"
        );
        *field(&mut settings) = Settings::MAXIMUM + 1;
        assert!(
            matches!(refused(settings), ArchitectureError::TooLarge { .. }),
            "{settings:?}"
        );
    }
    let error = refused(Settings {
        padding: u32::MAX,
        ..default
    });
    assert_eq!(
        error,
        ArchitectureError::TooLarge {
            setting: "padding",
            value: u32::MAX
        }
    );
}

#[test]
fn at_the_documented_maximum_every_count_is_still_exact() {
    let most = Settings::MAXIMUM;
    for sharing in [Sharing::Shared, Sharing::Local, Sharing::Dense] {
        // The largest maps come from the smallest kernel with the largest padding.
        let net = Architecture::new(Settings {
            input_side: most,
            channels: most,
            feature_maps: most,
            kernel: 1,
            stride: 1,
            padding: most,
            pool_window: 1,
            pool_stride: 1,
            dense_neurons: most,
            classes: most,
            sharing,
        })
        .expect("it fits");
        let neurons = u128::from(most) * (3 * u128::from(most)).pow(2);
        assert_eq!(net.count(Layer::Convolution, Quantity::Neurons), neurons);
        let inputs = if sharing == Sharing::Dense {
            u128::from(most).pow(3)
        } else {
            u128::from(most)
        };
        assert_eq!(
            net.count(Layer::Convolution, Quantity::Connections),
            neurons * inputs
        );
        for quantity in Quantity::ALL {
            assert!(net.total(quantity) < 1 << 101);
        }
        assert!(net.training_cost().flop() < 1 << 104);
        assert!(net.memory().training(u32::MAX) < 1 << 127);
        assert!(net.connections_to_padding() <= neurons * inputs);
    }
}

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
