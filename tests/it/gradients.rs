//! Every gradient agrees with central differences of the forward pass.
//!
//! The output is projected on a fixed vector, L = sum of projection * output in f64, so one backward pass gives the
//! gradient of one number. Then (L(v + h) - L(v - h)) / 2h is compared with it for every input and every parameter v.
//!
//! Tolerance, from the two errors of the difference quotient:
//! - rounding: an output is a sum of at most a few hundred f32 terms, in a few partial sums; its error stays below
//!   8 eps times the size of the terms, and L(v + h), L(v - h) together are off by at most twice the sum, divided by 2h;
//! - truncation: h^2 / 6 times the third derivative. Layers that are piecewise linear have none;
//!   for sigmoid and tanh the third derivative is at most 2 per unit of projection.

use ndarray::{Array1, Array2, ArrayView2};
use rand_distr::{Distribution, StandardNormal};
use softstep::engine::activation::Activation;
use softstep::engine::convolution::Convolution;
use softstep::engine::dense::Dense;
use softstep::engine::dropout::{Dropout, DropoutKind};
use softstep::engine::flatten::Flatten;
use softstep::engine::initialisation::Initialisation;
use softstep::engine::kernel::Kernel;
use softstep::engine::layer::{Layer, Mode};
use softstep::engine::locally_connected::LocallyConnected;
use softstep::engine::loss::Loss;
use softstep::engine::network::Network;
use softstep::engine::pool::{Pool, PoolKind};
use softstep::engine::random::{Rng, Stream};
use softstep::engine::shape::Shape;
use softstep::engine::trace::Trace;

/// Step of the difference quotient: a power of two, so that v + h and v - h lose little.
const STEP: f32 = 1.0 / 64.0;

fn rng() -> Rng {
    Stream::Initialisation.rng(20)
}

fn normal(rows: usize, columns: usize, rng: &mut Rng) -> Array2<f32> {
    Array2::from_shape_simple_fn((rows, columns), || StandardNormal.sample(rng))
}

/// Forward pass with dropout masks that are the same every time.
fn forward(network: &Network, images: ArrayView2<f32>, trace: &mut Trace) {
    network.forward(images, Mode::Learning(&mut Stream::Dropout.rng(5)), trace);
}

/// L, and the sum of |projection * output| that bounds its rounding.
fn projected(network: &Network, projection: &Array2<f32>, trace: &Trace) -> (f64, f64) {
    let terms = trace.output(network.layers().len() - 1);
    let products = terms
        .iter()
        .zip(projection)
        .map(|(&y, &p)| f64::from(y) * f64::from(p));
    products.fold((0.0, 0.0), |(sum, size), product| {
        (sum + product, size + product.abs())
    })
}

/// Which side of each kink the network is on: signs behind ReLU, winners of max-pools.
fn pattern(network: &Network, trace: &Trace) -> Vec<u32> {
    let mut pattern = Vec::new();
    for (index, layer) in network.layers().iter().enumerate() {
        pattern.extend_from_slice(trace.winners(index));
        if let Layer::Activation(Activation::Relu | Activation::LeakyRelu { .. }) = layer {
            pattern.extend(trace.output(index).iter().map(|&y| u32::from(y > 0.0)));
        }
    }
    pattern
}

/// Checks all gradients of `network` at `images`; `third` bounds the third derivative per unit of projection.
fn check(network: &Network, images: &Array2<f32>, third: f64) {
    let mut trace = Trace::new(network);
    let mut gradients = network.zero_gradients();
    forward(network, images.view(), &mut trace);
    let projection = normal(
        images.nrows(),
        network.output_shape().size(),
        &mut Stream::Shuffle.rng(9),
    );
    let (_, size) = projected(network, &projection, &trace);
    let home = pattern(network, &trace);
    let to_images = network
        .backward_to_input(&mut trace, projection.view(), &mut gradients)
        .to_owned();
    let h = f64::from(STEP);
    let weight: f64 = projection.iter().map(|&p| f64::from(p.abs())).sum();
    let tolerance = 2.0 * 8.0 * f64::from(f32::EPSILON) * (size + weight) / (2.0 * h)
        + h * h / 6.0 * third * weight;

    // L at a network and images that are moved by a step, unless the step crosses a kink.
    let mut scratch = Trace::new(network);
    let mut at = |network: &Network, images: &Array2<f32>| {
        forward(network, images.view(), &mut scratch);
        (pattern(network, &scratch) == home).then(|| projected(network, &projection, &scratch).0)
    };
    let (mut checked, mut skipped) = (0, 0);
    let mut compare =
        |what: &str, index: usize, gradient: f32, above: Option<f64>, below: Option<f64>| {
            let (Some(above), Some(below)) = (above, below) else {
                skipped += 1;
                return;
            };
            checked += 1;
            let quotient = (above - below) / (2.0 * h);
            let difference = (quotient - f64::from(gradient)).abs();
            assert!(
                difference <= tolerance,
                "{what} {index}: {gradient}, not {quotient} (+- {tolerance})\n{network}"
            );
        };
    for (index, &gradient) in to_images.iter().enumerate() {
        let position = (index / images.ncols(), index % images.ncols());
        let (mut above, mut below) = (images.clone(), images.clone());
        above[position] += STEP;
        below[position] -= STEP;
        compare(
            "input",
            index,
            gradient,
            at(network, &above),
            at(network, &below),
        );
    }
    let gradients: Vec<f32> = (0..network.layers().len())
        .flat_map(|layer| {
            gradients
                .layer(layer)
                .weights
                .iter()
                .chain(&gradients.layer(layer).biases)
                .copied()
        })
        .collect();
    let parameters = network.parameters();
    let mut moved = network.clone();
    for (index, &gradient) in gradients.iter().enumerate() {
        let mut at_step = |step: f32| {
            let mut values = parameters.clone();
            values[index] += step;
            moved.set_parameters(&values);
            at(&moved, images)
        };
        let (above, below) = (at_step(STEP), at_step(-STEP));
        compare("parameter", index, gradient, above, below);
    }
    assert!(
        checked > 0 && skipped * 4 <= checked,
        "{skipped} of {} points lie at a kink",
        checked + skipped
    );
}

/// Images whose pixels are all different by more than two steps and none nearer to 0 than a step: no kink is near.
fn separated(rows: usize, columns: usize) -> Array2<f32> {
    let count = rows * columns;
    // 7919 is a prime that divides no count used here: a permutation of 0..count.
    let place = |index: usize| (index * 7919 % count) as f32 - count as f32 / 2.0 + 0.25;
    Array2::from_shape_fn((rows, columns), |(row, column)| {
        3.0 * STEP * place(row * columns + column)
    })
}

fn one_layer(input: Shape, layer: Layer) -> Network {
    Network::new(input, vec![layer])
}

/// He's weights with biases that are not 0.
const RANDOM: Initialisation = Initialisation::NielsenNew;

#[test]
fn dense() {
    let mut rng = rng();
    let layer = Layer::Dense(Dense::initialised(13, 6, RANDOM, &mut rng));
    check(
        &one_layer(Shape::flat(13), layer),
        &normal(5, 13, &mut rng),
        0.0,
    );
}

#[test]
fn convolution() {
    let mut rng = rng();
    for (size, stride, padding) in [(3, 1, 0), (3, 2, 1), (2, 3, 2), (5, 1, 2), (1, 1, 0)] {
        let kernel = Kernel {
            size,
            stride,
            padding,
        };
        let layer = Layer::Convolution(Convolution::initialised(2, 3, kernel, RANDOM, &mut rng));
        check(
            &one_layer(Shape::new(2, 6, 7), layer),
            &normal(2, 84, &mut rng),
            0.0,
        );
    }
}

/// Under a max-pool the convolution's gradient is computed from the maxima alone, unless the pool's windows overlap.
#[test]
fn convolution_under_a_max_pool() {
    let mut rng = rng();
    for (size, stride, padding, rows, columns) in [
        (3, 1, 0, 6, 7),
        (5, 1, 2, 4, 5),
        (2, 2, 1, 4, 5),
        (9, 1, 2, 9, 9),
    ] {
        let kernel = Kernel {
            size,
            stride,
            padding,
        };
        for (activation, window, step) in [
            (None, 2, 2),
            (Some(Activation::Relu), 2, 2),
            (Some(Activation::Tanh), 3, 2),
            (Some(Activation::LeakyRelu { slope: 0.1 }), 2, 1),
        ] {
            // The larger the numbers, the further apart those of a window. For tanh pixels and weights within [-1, 1] keep
            // the third derivative within its own; the others have none.
            let (scale, third) = match activation {
                Some(Activation::Tanh) => (1.0, 2.0),
                _ => (4.0, 0.0),
            };
            let mut within = |rows: usize, columns: usize| {
                normal(rows, columns, &mut rng).mapv(|value| scale * value.tanh())
            };
            let weights = within(2, kernel.weights(2));
            let weights = weights.into_shape_with_order((2, 2, size, size)).unwrap();
            let layer = Convolution::new(weights, Array1::ones(2), stride, padding);
            let mut layers = vec![Layer::Convolution(layer)];
            layers.extend(activation.map(Layer::Activation));
            layers.push(Layer::Pool(Pool::new(PoolKind::Max, window, step)));
            let input = Shape::new(2, rows, columns);
            let images = within(1, input.size());
            check(&Network::new(input, layers), &images, third);
        }
    }
}

#[test]
fn locally_connected() {
    let mut rng = rng();
    let input = Shape::new(2, 5, 6);
    for (size, stride, padding) in [(3, 1, 0), (3, 2, 1), (2, 2, 1)] {
        let kernel = Kernel {
            size,
            stride,
            padding,
        };
        let layer = Layer::LocallyConnected(LocallyConnected::initialised(
            input, 2, kernel, RANDOM, &mut rng,
        ));
        check(&one_layer(input, layer), &normal(2, 60, &mut rng), 0.0);
    }
}

#[test]
fn pools() {
    for kind in [PoolKind::Max, PoolKind::Average] {
        for (size, stride) in [(2, 2), (3, 2), (2, 3), (1, 1)] {
            let layer = Layer::Pool(Pool::new(kind, size, stride));
            check(
                &one_layer(Shape::new(2, 5, 7), layer),
                &separated(2, 70),
                0.0,
            );
        }
    }
}

#[test]
fn activations() {
    for activation in [Activation::Relu, Activation::LeakyRelu { slope: 0.1 }] {
        check(
            &one_layer(Shape::flat(9), Layer::Activation(activation)),
            &separated(4, 9),
            0.0,
        );
    }
    for activation in [Activation::Sigmoid, Activation::Tanh] {
        check(
            &one_layer(Shape::flat(9), Layer::Activation(activation)),
            &normal(4, 9, &mut rng()),
            2.0,
        );
    }
}

#[test]
fn flatten_and_dropout() {
    let images = normal(3, 12, &mut rng());
    check(
        &one_layer(Shape::new(3, 2, 2), Layer::Flatten(Flatten)),
        &images,
        0.0,
    );
    for p in [0.0, 0.5] {
        let layer = Layer::Dropout(Dropout::new(DropoutKind::Hidden, p));
        check(&one_layer(Shape::new(3, 2, 2), layer), &images, 0.0);
    }
}

#[test]
fn a_whole_network_of_every_layer() {
    let mut rng = rng();
    let input = Shape::new(2, 11, 10);
    let middle = Shape::new(3, 4, 4);
    let network = Network::new(
        input,
        vec![
            Layer::Dropout(Dropout::new(DropoutKind::Input, 0.1)),
            Layer::Convolution(Convolution::initialised(
                2,
                3,
                Kernel::plain(3),
                RANDOM,
                &mut rng,
            )),
            Layer::Activation(Activation::Relu),
            Layer::Pool(Pool::new(PoolKind::Max, 2, 2)),
            Layer::LocallyConnected(LocallyConnected::initialised(
                middle,
                2,
                Kernel::plain(2),
                RANDOM,
                &mut rng,
            )),
            Layer::Activation(Activation::Tanh),
            Layer::Pool(Pool::new(PoolKind::Average, 2, 1)),
            Layer::Flatten(Flatten),
            Layer::Dropout(Dropout::new(DropoutKind::Hidden, 0.3)),
            Layer::Dense(Dense::initialised(8, 6, RANDOM, &mut rng)),
            Layer::Activation(Activation::Sigmoid),
            Layer::Dense(Dense::initialised(6, 4, RANDOM, &mut rng)),
        ],
    );
    // The two smooth layers see weighted sums: weights of the size of 1 keep the third derivative of the whole within
    // that of one layer.
    check(&network, &normal(2, input.size(), &mut rng), 2.0);
}

#[test]
fn losses() {
    let outputs = normal(3, 4, &mut rng());
    let labels = [2, 0, 3];
    for loss in [
        Loss::CrossEntropy,
        Loss::SigmoidCrossEntropy,
        Loss::Quadratic,
    ] {
        let mut gradient = Array2::zeros((3, 4));
        let mut ignored = Array2::zeros((3, 4));
        loss.of_batch(outputs.view(), &labels, gradient.view_mut());
        for ((row, class), &gradient) in gradient.indexed_iter() {
            let mut at = |step: f32| {
                let mut moved = outputs.clone();
                moved[[row, class]] += step;
                f64::from(loss.of_batch(moved.view(), &labels, ignored.view_mut()))
            };
            let quotient = (at(STEP) - at(-STEP)) / (2.0 * f64::from(STEP));
            // Rounding of a loss of about 2 to f32, twice, over 2h; third derivative below 1/4 for both cross-entropies.
            let tolerance =
                4.0 * f64::from(f32::EPSILON) / f64::from(STEP) + f64::from(STEP * STEP) / 24.0;
            let difference = (quotient - f64::from(gradient)).abs();
            assert!(
                difference <= tolerance,
                "{loss:?} at {row}, {class}: {gradient}, not {quotient}"
            );
        }
    }
}
