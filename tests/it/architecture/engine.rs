//! What the formulas say is what the engine builds: shapes, parameters and connections of its real layers.

use ndarray::{Array1, Array2, Array3, Array4, ArrayD, IxDyn};
use proptest::prelude::*;
use softstep::engine::convolution::Convolution;
use softstep::engine::dense::Dense;
use softstep::engine::flatten::Flatten;
use softstep::engine::initialisation::Initialisation;
use softstep::engine::kernel::Kernel;
use softstep::engine::layer::{Layer as EngineLayer, Mode};
use softstep::engine::locally_connected::LocallyConnected;
use softstep::engine::network::Network;
use softstep::engine::pool::{Pool, PoolKind};
use softstep::engine::random::Stream;
use softstep::engine::shape::Shape;
use softstep::engine::trace::Trace;
use softstep::theory::architecture::{Architecture, Layer, Quantity, Settings, Sharing};

fn kernel(settings: &Settings) -> Kernel {
    Kernel {
        size: settings.kernel as usize,
        stride: settings.stride as usize,
        padding: settings.padding as usize,
    }
}

fn input(settings: &Settings) -> Shape {
    let side = settings.input_side as usize;
    Shape::new(settings.channels as usize, side, side)
}

/// The engine's layers, in the order of [`Layer::ALL`] without the input. A dense layer knows no maps: behind it the network of
/// pooling and what follows begins anew, at `maps`.
fn build(settings: &Settings, maps: Shape) -> [Network; 2] {
    let mut rng = Stream::Initialisation.rng(1);
    let start = Initialisation::NielsenNew;
    let (image, feature_maps) = (input(settings), settings.feature_maps as usize);
    let first = match settings.sharing {
        Sharing::Shared => EngineLayer::Convolution(Convolution::initialised(
            image.channels,
            feature_maps,
            kernel(settings),
            start,
            &mut rng,
        )),
        Sharing::Local => EngineLayer::LocallyConnected(LocallyConnected::initialised(
            image,
            feature_maps,
            kernel(settings),
            start,
            &mut rng,
        )),
        Sharing::Dense => EngineLayer::Dense(Dense::initialised(
            image.size(),
            maps.size(),
            start,
            &mut rng,
        )),
    };
    let pool = Pool::new(
        PoolKind::Max,
        settings.pool_window as usize,
        settings.pool_stride as usize,
    );
    let pooled = pool.window().output_shape(maps, feature_maps);
    let (dense, classes) = (settings.dense_neurons as usize, settings.classes as usize);
    let rest = vec![
        EngineLayer::Pool(pool),
        EngineLayer::Flatten(Flatten),
        EngineLayer::Dense(Dense::initialised(pooled.size(), dense, start, &mut rng)),
        EngineLayer::Dense(Dense::initialised(dense, classes, start, &mut rng)),
    ];
    [Network::new(image, vec![first]), Network::new(maps, rest)]
}

/// The output of a network's last layer for one image.
fn output(network: &Network, image: Vec<f32>) -> Vec<f32> {
    let images = Array2::from_shape_vec((1, image.len()), image).expect("one image");
    let mut trace = Trace::new(network);
    network.forward(images.view(), Mode::Predicting, &mut trace);
    let last = network.layers().len() - 1;
    trace.output(last).iter().copied().collect()
}

/// The convolution with every weight 1 and every bias 0: its output counts the pixels that a neuron reads.
fn counting(settings: &Settings, maps: Shape) -> Network {
    let (image, window) = (input(settings), kernel(settings));
    let layer = match settings.sharing {
        Sharing::Shared => {
            let shape = (maps.channels, image.channels, window.size, window.size);
            EngineLayer::Convolution(Convolution::new(
                Array4::ones(shape),
                Array1::zeros(maps.channels),
                window.stride,
                window.padding,
            ))
        }
        Sharing::Local => {
            let shape = [
                maps.channels,
                image.channels,
                window.size,
                window.size,
                maps.rows,
                maps.columns,
            ];
            EngineLayer::LocallyConnected(LocallyConnected::new(
                image,
                window,
                ArrayD::ones(IxDyn(&shape)),
                Array3::zeros((maps.channels, maps.rows, maps.columns)),
            ))
        }
        Sharing::Dense => EngineLayer::Dense(Dense::new(
            Array2::ones((maps.size(), image.size())),
            Array1::zeros(maps.size()),
        )),
    };
    Network::new(image, vec![layer])
}

/// How many rows of a `shape` can change what `network` says of it.
fn rows_that_matter(network: &Network, shape: Shape) -> usize {
    let matters = |row: &usize| {
        let mut image = vec![0.0; shape.size()];
        for channel in image.chunks_exact_mut(shape.cells()) {
            channel[row * shape.columns..(row + 1) * shape.columns].fill(1.0);
        }
        output(network, image).iter().any(|value| *value != 0.0)
    };
    (0..shape.rows).filter(matters).count()
}

prop_compose! {
    fn any_settings()(
        input_side in 1..13_u32, channels in 1..4_u32, feature_maps in 1..5_u32, kernel in 1..7_u32, stride in 1..5_u32, padding in 0..4_u32,
        pool_window in 1..4_u32, pool_stride in 1..5_u32, dense_neurons in 1..8_u32, classes in 1..6_u32,
        sharing in prop::sample::select(vec![Sharing::Shared, Sharing::Local, Sharing::Dense]),
    ) -> Settings {
        Settings { input_side, channels, feature_maps, kernel, stride, padding, pool_window, pool_stride, dense_neurons, classes, sharing }
    }
}

fn agrees(settings: &Settings) {
    let net = Architecture::new(*settings).expect("it fits");
    let shape = |layer: Layer| {
        let [maps, rows, columns] = net.tensor(layer).map(|side| side as usize);
        Shape::new(maps, rows, columns)
    };
    let maps = shape(Layer::Convolution);
    let [first, rest] = build(settings, maps);
    let flat = settings.sharing == Sharing::Dense;
    let expected = if flat { Shape::flat(maps.size()) } else { maps };
    assert_eq!(first.output_shape(), expected, "{settings:?}");
    for (index, layer) in [(0, Layer::Pooling), (2, Layer::Dense), (3, Layer::Output)] {
        assert_eq!(rest.layer_shape(index), shape(layer), "{settings:?}");
    }
    let built = [
        (Layer::Convolution, first.parameter_count()),
        (
            Layer::Dense,
            rest.layers()[2].parameters().expect("dense").len(),
        ),
        (
            Layer::Output,
            rest.layers()[3].parameters().expect("dense").len(),
        ),
    ];
    for (layer, count) in built {
        assert_eq!(
            net.count(layer, Quantity::Parameters),
            count as u128,
            "{layer:?} of {settings:?}"
        );
    }
    assert_eq!(
        net.total(Quantity::Parameters),
        (first.parameter_count() + rest.parameter_count()) as u128
    );

    // On an image of ones every neuron counts the pixels it reads; whole numbers this small are exact in f32.
    let image = input(settings);
    let counting = counting(settings, maps);
    let read: f64 = output(&counting, vec![1.0; image.size()])
        .iter()
        .map(|&n| f64::from(n))
        .sum();
    let connections = net.count(Layer::Convolution, Quantity::Connections);
    assert_eq!(
        connections - net.connections_to_padding(),
        read as u128,
        "{settings:?}"
    );

    if !flat {
        let seen = net.convolution_coverage().seen() as usize;
        assert_eq!(rows_that_matter(&counting, image), seen, "{settings:?}");
    }
    let pooling = Network::new(maps, rest.layers()[..1].to_vec());
    let seen = net.pooling_coverage().seen() as usize;
    assert_eq!(rows_that_matter(&pooling, maps), seen, "{settings:?}");
}

#[test]
fn the_sheets_network_is_the_one_that_the_engine_builds() {
    for sharing in [Sharing::Shared, Sharing::Local] {
        agrees(&Settings {
            sharing,
            ..Settings::default()
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn every_network_is_the_one_that_the_engine_builds(settings in any_settings()) {
        prop_assume!(Architecture::new(settings).is_ok());
        agrees(&settings);
    }
}
