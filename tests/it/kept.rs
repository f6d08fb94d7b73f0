//! A trace that keeps the last layer's output only, or what learning needs, says the same as one that keeps everything.

use ndarray::Array2;
use softstep::engine::activation::Activation;
use softstep::engine::convolution::Convolution;
use softstep::engine::dense::Dense;
use softstep::engine::dropout::{Dropout, DropoutKind};
use softstep::engine::flatten::Flatten;
use softstep::engine::initialisation::Initialisation;
use softstep::engine::kernel::Kernel;
use softstep::engine::layer::{Layer, Mode};
use softstep::engine::locally_connected::LocallyConnected;
use softstep::engine::network::Network;
use softstep::engine::pool::{Pool, PoolKind};
use softstep::engine::random::{Rng, Stream};
use softstep::engine::shape::Shape;
use softstep::engine::trace::{Kept, Trace};

const SIDE: usize = 28;

fn convolution(channels: usize, maps: usize, rng: &mut Rng) -> Layer {
    let kernel = Kernel::plain(5);
    let start = Initialisation::He;
    Layer::Convolution(Convolution::initialised(channels, maps, kernel, start, rng))
}

fn dense(inputs: usize, outputs: usize, rng: &mut Rng) -> Layer {
    Layer::Dense(Dense::initialised(inputs, outputs, Initialisation::He, rng))
}

/// Networks whose runs of layers end in every way: with a flatten, with a pool, with an activation, with the network.
fn networks() -> Vec<Network> {
    let mut rng = Stream::Initialisation.rng(3);
    let image = Shape::new(1, SIDE, SIDE);
    let relu = || Layer::Activation(Activation::Relu);
    let pool = |kind| Layer::Pool(Pool::new(kind, 2, 2));
    let dropout = || Layer::Dropout(Dropout::new(DropoutKind::Hidden, 0.5));
    let rows = [
        vec![
            convolution(1, 20, &mut rng),
            relu(),
            pool(PoolKind::Max),
            convolution(20, 8, &mut rng),
            relu(),
            pool(PoolKind::Average),
            Layer::Flatten(Flatten),
            dropout(),
            dense(128, 30, &mut rng),
            relu(),
            dropout(),
            dense(30, 10, &mut rng),
        ],
        vec![convolution(1, 20, &mut rng), relu(), pool(PoolKind::Max)],
        vec![
            convolution(1, 6, &mut rng),
            dropout(),
            pool(PoolKind::Max),
            relu(),
            Layer::Flatten(Flatten),
        ],
        vec![
            Layer::LocallyConnected(LocallyConnected::initialised(
                image,
                3,
                Kernel::plain(5),
                Initialisation::He,
                &mut rng,
            )),
            Layer::Activation(Activation::Sigmoid),
            Layer::Flatten(Flatten),
            dense(1728, 10, &mut rng),
        ],
        // Windows that overlap, and a convolution that goes into a pool without an activation.
        vec![
            convolution(1, 9, &mut rng),
            relu(),
            Layer::Pool(Pool::new(PoolKind::Max, 3, 2)),
            convolution(9, 8, &mut rng),
            pool(PoolKind::Max),
            Layer::Flatten(Flatten),
            dense(72, 10, &mut rng),
        ],
    ];
    rows.map(|layers| Network::new(image, layers)).into()
}

fn images(count: usize) -> Array2<f32> {
    Array2::from_shape_fn((count, SIDE * SIDE), |(example, pixel)| {
        ((example * 131 + pixel * 17) % 101) as f32 / 100.0
    })
}

#[test]
fn the_answer_has_the_same_bits_whatever_is_kept() {
    for network in networks() {
        let last = network.layers().len() - 1;
        let mut answers = Trace::of_answers(&network);
        // The same trace for all batches: nothing of a larger one shows in a smaller one.
        for batch in [1, 40, 7, 0] {
            let images = images(batch);
            let mut all = Trace::new(&network);
            network.forward(images.view(), Mode::Predicting, &mut all);
            network.forward(images.view(), Mode::Predicting, &mut answers);
            assert_eq!(all.output(last), answers.output(last), "{batch}");
            let mut masks = [Stream::Dropout.rng(4), Stream::Dropout.rng(4)];
            network.forward(images.view(), Mode::Learning(&mut masks[0]), &mut all);
            network.forward(images.view(), Mode::Learning(&mut masks[1]), &mut answers);
            assert_eq!(all.output(last), answers.output(last), "learning, {batch}");
        }
    }
}

#[test]
fn what_is_kept_to_learn_is_enough_to_learn() {
    for network in networks() {
        let mut trace = Trace::to_learn(&network);
        for batch in [40, 7] {
            let images = images(batch);
            let mut gradients = [network.zero_gradients(), network.zero_gradients()];
            let mut all = Trace::new(&network);
            for (trace, gradients) in [&mut all, &mut trace].into_iter().zip(&mut gradients) {
                let mut masks = Stream::Dropout.rng(4);
                network.forward(images.view(), Mode::Learning(&mut masks), trace);
                let answers = trace.output(network.layers().len() - 1).to_owned();
                network.backward(trace, answers.view(), gradients);
            }
            assert_eq!(gradients[0], gradients[1], "{batch}");
            let learned = |index: &usize| network.layers()[*index].parameters().is_some();
            for index in (0..network.layers().len()).filter(learned) {
                assert!(gradients[0].norm(index) > 0.0, "layer {index}");
            }
        }
    }
}

#[test]
fn what_is_kept_can_change_between_two_passes() {
    let network = &networks()[0];
    let images = images(9);
    let mut expected = Trace::new(network);
    network.forward(images.view(), Mode::Predicting, &mut expected);
    let mut trace = Trace::of_answers(network);
    network.forward(images.view(), Mode::Predicting, &mut trace);
    trace.keep(Kept::EveryLayer);
    network.forward(images.view(), Mode::Predicting, &mut trace);
    for layer in 0..network.layers().len() {
        assert_eq!(trace.output(layer), expected.output(layer), "layer {layer}");
        assert_eq!(
            trace.winners(layer),
            expected.winners(layer),
            "layer {layer}"
        );
    }
}

#[test]
#[should_panic(expected = "LastLayer does not keep the output of layer 0 for readers")]
fn what_was_not_kept_cannot_be_read() {
    let network = &networks()[0];
    let mut trace = Trace::of_answers(network);
    network.forward(images(2).view(), Mode::Predicting, &mut trace);
    trace.output(0);
}

#[test]
#[should_panic(expected = "a network learns from what its layers gave")]
fn nothing_is_learned_from_answers_alone() {
    let network = &networks()[0];
    let mut trace = Trace::of_answers(network);
    let mut gradients = network.zero_gradients();
    network.forward(images(2).view(), Mode::Predicting, &mut trace);
    network.backward(&mut trace, Array2::zeros((2, 10)).view(), &mut gradients);
}
