//! The same seed gives the same bits, and what is claimed to be independent is.

use ndarray::{Array2, s};
use rand_distr::{Distribution, StandardNormal};
use softstep::engine::activation::Activation;
use softstep::engine::convolution::Convolution;
use softstep::engine::dense::Dense;
use softstep::engine::dropout::{Dropout, DropoutKind};
use softstep::engine::initialisation::Initialisation;
use softstep::engine::kernel::Kernel;
use softstep::engine::layer::{Layer, Mode};
use softstep::engine::loss::Loss;
use softstep::engine::metrics::Evaluation;
use softstep::engine::network::Network;
use softstep::engine::optimizer::Optimizer;
use softstep::engine::penalties::Penalties;
use softstep::engine::pool::{Pool, PoolKind};
use softstep::engine::random::Stream;
use softstep::engine::shape::Shape;
use softstep::engine::trace::Trace;
use softstep::engine::trainer::{Trainer, TrainerSettings};

const EXAMPLES: usize = 47;
const INPUT: Shape = Shape::new(1, 9, 9);

/// Images of noise and labels from 0 to 3.
fn examples() -> (Array2<f32>, Vec<u8>) {
    let mut rng = Stream::Shuffle.rng(77);
    let images =
        Array2::from_shape_simple_fn((EXAMPLES, INPUT.size()), || StandardNormal.sample(&mut rng));
    (
        images,
        (0..EXAMPLES).map(|index| (index * 7 % 4) as u8).collect(),
    )
}

/// A small CNN, with dropout layers of probability `dropout` or without.
fn network(seed: u64, dropout: Option<f32>) -> Network {
    let mut rng = Stream::Initialisation.rng(seed);
    let he = Initialisation::He;
    let mut layers = Vec::new();
    layers.extend(dropout.map(|p| Layer::Dropout(Dropout::new(DropoutKind::Input, p))));
    layers.push(Layer::Convolution(Convolution::initialised(
        1,
        3,
        Kernel::plain(3),
        he,
        &mut rng,
    )));
    layers.push(Layer::Activation(Activation::Relu));
    layers.push(Layer::Pool(Pool::new(PoolKind::Max, 2, 2)));
    layers.push(Layer::Dense(Dense::initialised(27, 12, he, &mut rng)));
    layers.push(Layer::Activation(Activation::Relu));
    layers.extend(dropout.map(|p| Layer::Dropout(Dropout::new(DropoutKind::Hidden, p))));
    layers.push(Layer::Dense(Dense::initialised(12, 4, he, &mut rng)));
    Network::new(INPUT, layers)
}

fn settings(seed: u64) -> TrainerSettings {
    TrainerSettings {
        batch_size: 10,
        optimizer: Optimizer::Momentum { mu: 0.9 },
        learning_rate: 0.02,
        penalties: Penalties {
            l2: 1e-3,
            l1: 1e-4,
            max_norm: Some(3.0),
        },
        loss: Loss::CrossEntropy,
        seed,
    }
}

fn trainer(seed: u64, dropout: Option<f32>) -> Trainer {
    Trainer::new(network(seed, dropout), settings(seed), EXAMPLES)
}

/// Losses of `steps` steps, as bits, and the checksum afterwards.
fn train(trainer: &mut Trainer, steps: usize) -> (Vec<u32>, u64) {
    let (images, labels) = examples();
    let losses = (0..steps)
        .map(|_| trainer.step(images.view(), &labels).loss.to_bits())
        .collect();
    (losses, trainer.network().weights_checksum())
}

#[test]
fn the_same_seed_repeats_every_bit_and_another_seed_does_not() {
    let first = train(&mut trainer(1, Some(0.5)), 23);
    assert_eq!(first, train(&mut trainer(1, Some(0.5)), 23));
    assert_ne!(first.1, train(&mut trainer(2, Some(0.5)), 23).1);
}

#[test]
fn runs_that_differ_only_in_dropout_share_weights_and_mini_batches() {
    let (mut with, mut without) = (trainer(3, Some(0.5)), trainer(3, None));
    assert_eq!(
        with.network().weights_checksum(),
        without.network().weights_checksum()
    );
    let (images, labels) = examples();
    for _ in 0..2 * with.steps_in_epoch() + 1 {
        assert_eq!(with.upcoming_examples(), without.upcoming_examples());
        with.step(images.view(), &labels);
        without.step(images.view(), &labels);
    }
    assert_ne!(
        with.network().weights_checksum(),
        without.network().weights_checksum()
    );
}

#[test]
fn dropout_of_probability_zero_is_no_dropout_bit_for_bit() {
    assert_eq!(
        train(&mut trainer(4, Some(0.0)), 17),
        train(&mut trainer(4, None), 17)
    );
    let mut switched_off = trainer(4, Some(0.5));
    switched_off.set_dropout_probability(DropoutKind::Hidden, 0.0);
    switched_off.set_dropout_probability(DropoutKind::Input, 0.0);
    assert_eq!(
        train(&mut switched_off, 17),
        train(&mut trainer(4, None), 17)
    );
}

#[test]
fn setting_one_kind_of_dropout_leaves_the_other() {
    let mut trainer = trainer(4, Some(0.5));
    trainer.set_dropout_probability(DropoutKind::Hidden, 0.25);
    let probabilities: Vec<(DropoutKind, f32)> = (trainer.network().layers().iter())
        .filter_map(|layer| match layer {
            Layer::Dropout(dropout) => Some((dropout.kind(), dropout.probability())),
            _ => None,
        })
        .collect();
    assert_eq!(
        probabilities,
        [(DropoutKind::Input, 0.5), (DropoutKind::Hidden, 0.25)]
    );
}

#[test]
fn an_epoch_shows_each_example_once_and_its_last_mini_batch_may_be_smaller() {
    let (images, labels) = examples();
    let mut trainer = trainer(5, None);
    assert_eq!(trainer.steps_in_epoch(), 5);
    let mut orders = Vec::new();
    for epoch in 0..3 {
        let mut order = Vec::new();
        for step in 0..5 {
            assert_eq!(
                (trainer.epoch(), trainer.position_in_epoch()),
                (epoch, step)
            );
            order.extend_from_slice(trainer.upcoming_examples());
            let outcome = trainer.step(images.view(), &labels);
            assert_eq!(outcome.epoch_finished, step == 4);
        }
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert!(sorted.iter().copied().eq(0..EXAMPLES as u32));
        orders.push(order);
    }
    assert_ne!(orders[0], orders[1]);
    assert_ne!(orders[1], orders[2]);
}

#[test]
fn a_step_on_given_images_is_a_step_on_all_images() {
    let (images, labels) = examples();
    let (mut by_index, mut by_images) = (trainer(6, Some(0.5)), trainer(6, Some(0.5)));
    for _ in 0..8 {
        let chosen: Vec<usize> = by_images
            .upcoming_examples()
            .iter()
            .map(|&example| example as usize)
            .collect();
        let batch = images.select(ndarray::Axis(0), &chosen);
        let batch_labels: Vec<u8> = chosen.iter().map(|&example| labels[example]).collect();
        assert_eq!(
            by_images.step_on(batch.view(), &batch_labels),
            by_index.step(images.view(), &labels)
        );
    }
    assert_eq!(
        by_index.network().weights_checksum(),
        by_images.network().weights_checksum()
    );
}

#[test]
fn a_restored_snapshot_repeats_the_steps_after_it_and_keeps_the_settings_made_since() {
    for optimizer in [
        Optimizer::Sgd,
        Optimizer::Nesterov { mu: 0.9 },
        Optimizer::ADAM,
    ] {
        let settings = TrainerSettings {
            optimizer,
            ..settings(7)
        };
        let mut trainer = Trainer::new(network(7, Some(0.5)), settings, EXAMPLES);
        train(&mut trainer, 8);
        let snapshot = trainer.snapshot();
        let first = train(&mut trainer, 9);
        trainer.restore(&snapshot);
        assert_eq!((trainer.epoch(), trainer.position_in_epoch()), (1, 3));
        assert_eq!(
            trainer.network().weights_checksum(),
            snapshot.network().weights_checksum()
        );
        assert_eq!(train(&mut trainer, 9), first, "{optimizer:?}");
        trainer.set_dropout_probability(DropoutKind::Hidden, 0.1);
        trainer.restore(&snapshot);
        assert_ne!(train(&mut trainer, 9), first, "the new probability is kept");
    }
}

#[test]
fn predicting_is_a_function_of_the_network_and_learning_is_not() {
    let (images, _) = examples();
    let (with, without) = (network(8, Some(0.5)), network(8, None));
    let outputs = |network: &Network, mode: Mode| {
        let mut trace = Trace::new(network);
        network.forward(images.view(), mode, &mut trace);
        trace.output(network.layers().len() - 1).to_owned()
    };
    let predicted = outputs(&with, Mode::Predicting);
    assert_eq!(predicted, outputs(&with, Mode::Predicting));
    assert_eq!(
        predicted,
        outputs(&without, Mode::Predicting),
        "dropout is off while predicting"
    );
    assert_ne!(
        predicted,
        outputs(&with, Mode::Learning(&mut Stream::Dropout.rng(1)))
    );
}

#[test]
fn dropout_keeps_the_expected_output_of_a_linear_layer() {
    let mut rng = Stream::Initialisation.rng(1);
    let dropout = Layer::Dropout(Dropout::new(DropoutKind::Hidden, 0.4));
    let dense = Layer::Dense(Dense::initialised(20, 1, Initialisation::He, &mut rng));
    let network = Network::new(Shape::flat(20), vec![dropout, dense]);
    let n = 20_000;
    let images = Array2::ones((n, 20));
    let mut trace = Trace::new(&network);
    network.forward(images.slice(s![..1, ..]), Mode::Predicting, &mut trace);
    let predicted = f64::from(trace.output(1)[[0, 0]]);
    network.forward(
        images.view(),
        Mode::Learning(&mut Stream::Dropout.rng(2)),
        &mut trace,
    );
    let outputs: Vec<f64> = trace.output(1).iter().map(|&y| f64::from(y)).collect();
    let mean = outputs.iter().sum::<f64>() / n as f64;
    let variance = outputs.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / n as f64;
    // Five standard errors of the mean.
    assert!(
        (mean - predicted).abs() <= 5.0 * (variance / n as f64).sqrt(),
        "{mean} against {predicted}"
    );
}

#[test]
fn measuring_in_pieces_is_measuring_at_once() {
    let (images, labels) = examples();
    let network = network(9, Some(0.5));
    let mut trace = Trace::new(&network);
    let mut at_once = Evaluation::with_samples(Loss::CrossEntropy, 4);
    at_once.add(&network, images.view(), &labels, &mut trace);
    for piece in [1, 3, 46] {
        let mut in_pieces = Evaluation::with_samples(Loss::CrossEntropy, 4);
        for start in (0..EXAMPLES).step_by(piece) {
            let end = (start + piece).min(EXAMPLES);
            in_pieces.add(
                &network,
                images.slice(s![start..end, ..]),
                &labels[start..end],
                &mut trace,
            );
        }
        assert_eq!(in_pieces, at_once, "pieces of {piece}");
    }
    let samples = at_once.samples().expect("samples were asked for");
    let wrong = samples
        .predictions
        .iter()
        .zip(&labels)
        .filter(|(predicted, label)| predicted != label)
        .count();
    assert_eq!(
        (at_once.examples(), EXAMPLES - at_once.correct()),
        (EXAMPLES, wrong)
    );
    assert_eq!(at_once.error(), wrong as f32 / EXAMPLES as f32);
    assert_eq!(at_once.confusion().sum() as usize, EXAMPLES);
    let mean = samples
        .losses
        .iter()
        .map(|&loss| f64::from(loss))
        .sum::<f64>()
        / EXAMPLES as f64;
    assert_eq!(at_once.mean_loss(), mean as f32);
}
