//! The counts of a convolutional network: the homework sheet's numbers, every formula against counting one by one, and against the
//! engine's layers.

mod counting;
mod engine;

use softstep::theory::architecture::{
    Architecture, ArchitectureError, Layer, Quantity, Settings, Sharing,
};

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
