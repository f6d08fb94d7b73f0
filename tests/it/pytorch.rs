//! Values that PyTorch 2 gives for the same inputs. The programs are `tests/oracles/layers.py` and
//! `tests/oracles/learning.py`; the lines that matter stand above the numbers.
//!
//! Inputs are formulas of their index: `wave(shape, step, shift)[i] = sin(step * i + shift)`.
//!
//! Tolerance: PyTorch's numbers are printed with 7 digits (half a unit: 5e-7 relative) and sum in another order; a sum of
//! n terms of size 1 differs by about eps sqrt(n), n up to 200: 2e-6. Sums over a whole tensor are of up to 200 such
//! numbers. So 1e-5 of the size of the number, and never less than 1e-5.

use ndarray::{Array, Array1, Array2, ArrayView2, Dimension, ShapeBuilder, array};
use softstep::engine::activation::Activation;
use softstep::engine::convolution::Convolution;
use softstep::engine::dense::Dense;
use softstep::engine::kernel::Kernel;
use softstep::engine::layer::{Layer, Mode};
use softstep::engine::locally_connected::LocallyConnected;
use softstep::engine::loss::Loss;
use softstep::engine::network::Network;
use softstep::engine::optimizer::{Optimizer, OptimizerState};
use softstep::engine::penalties::Penalties;
use softstep::engine::pool::{Pool, PoolKind};
use softstep::engine::shape::Shape;
use softstep::engine::trace::Trace;

fn wave<D: Dimension, S: ShapeBuilder<Dim = D>>(shape: S, step: f64, shift: f64) -> Array<f32, D> {
    let mut index = 0.0;
    Array::from_shape_simple_fn(shape, || {
        let value = (index * step + shift).sin() as f32;
        index += 1.0;
        value
    })
}

fn near(name: &str, value: f32, expected: f32) {
    assert!(
        (value - expected).abs() <= 1e-5 * expected.abs().max(1.0),
        "{name}: {value}, PyTorch has {expected}"
    );
}

/// First, middle (a third of the way) and last number, and the sum of all.
fn same(name: &str, values: &[f32], first_third_last: [f32; 3], sum: f32) {
    for (index, expected) in [0, values.len() / 3, values.len() - 1]
        .into_iter()
        .zip(first_third_last)
    {
        near(name, values[index], expected);
    }
    near(
        name,
        values.iter().map(|&value| f64::from(value)).sum::<f64>() as f32,
        sum,
    );
}

/// What the oracle's `show` prints for one layer: the output, and the gradients of sum(output * projection) with
/// respect to input, weights and biases; each as (first, third, last) and sum.
fn layer(
    name: &str,
    input: Shape,
    images: Array2<f32>,
    layer: Layer,
    expected: &[([f32; 3], f32)],
) {
    let network = Network::new(input, vec![layer]);
    let mut trace = Trace::new(&network);
    let mut gradients = network.zero_gradients();
    network.forward(images.view(), Mode::Predicting, &mut trace);
    let output: Vec<f32> = trace.output(0).iter().copied().collect();
    let projection = wave((images.nrows(), network.output_shape().size()), 0.3, 0.5);
    let to_images: Vec<f32> = network
        .backward_to_input(&mut trace, projection.view(), &mut gradients)
        .iter()
        .copied()
        .collect();
    let parameters = gradients.layer(0);
    let found = [&output, &to_images, &parameters.weights, &parameters.biases];
    assert_eq!(
        found.iter().filter(|values| !values.is_empty()).count(),
        expected.len()
    );
    for (part, (values, &(picks, sum))) in found.into_iter().zip(expected).enumerate() {
        same(&format!("{name}, part {part}"), values, picks, sum);
    }
}

#[test]
fn dense() {
    // x, w, b = leaf(3, 5), leaf(4, 5, step=0.9), leaf(4, step=1.3)
    // show("dense", F.linear(x, w, b), x, w, b)
    layer(
        "dense",
        Shape::flat(5),
        wave((3, 5), 0.7, 0.1),
        Layer::Dense(Dense::new(wave((4, 5), 0.9, 0.1), wave(4, 1.3, 0.1))),
        &[
            ([1.801438, -1.868927, 1.376802], 3.123165),
            ([0.4660759, -0.123707, 0.3815483], 1.414089),
            ([-0.2165639, -0.3767567, 0.5757964], -1.695287),
            ([1.71034, 1.568279, 0.8890932], 5.453841),
        ],
    );
}

#[test]
fn convolution() {
    let weights = || wave((3, 2, 3, 3), 0.9, 0.1);
    let biases = || wave(3, 1.3, 0.1);
    let images = || wave((2, 84), 0.7, 0.1);
    // x, w, b = leaf(2, 2, 6, 7), leaf(3, 2, 3, 3, step=0.9), leaf(3, step=1.3)
    // show("convolution stride 2 padding 1", F.conv2d(x, w, b, stride=2, padding=1), x, w, b)
    layer(
        "convolution, stride 2, padding 1",
        Shape::new(2, 6, 7),
        images(),
        Layer::Convolution(Convolution::new(weights(), biases(), 2, 1)),
        &[
            ([-0.7281118, -2.178019, 0.3216599], 37.67191),
            ([-1.951762, -0.8049964, 1.275679], 28.81754),
            ([0.9356394, -0.7960833, -0.4568799], -3.246745),
            ([7.892978, -8.173801, 6.766873], 6.48605),
        ],
    );
    // show("convolution plain", F.conv2d(x, w, b), x, w, b)
    layer(
        "convolution, plain",
        Shape::new(2, 6, 7),
        images(),
        Layer::Convolution(Convolution::new(weights(), biases(), 1, 0)),
        &[
            ([1.673596, 1.456401, 0.3379969], 61.74037),
            ([-0.1308055, -0.710495, 0.2090439], 0.8418411),
            ([3.604893, 3.800084, -3.388798], -2.451919),
            ([0.3694387, 0.8243394, 1.213572], 2.40735),
        ],
    );
}

#[test]
fn locally_connected() {
    // x, w, b = leaf(2, 2, 5, 6), leaf(3, 18, 12, step=0.9), leaf(3, 12, step=1.3)
    // show("locally connected", torch.einsum("eqo,mqo->emo", F.unfold(x, 3), w) + b, x, w, b)
    let weights = wave((3, 2, 3, 3, 3, 4), 0.9, 0.1).into_dyn();
    let input = Shape::new(2, 5, 6);
    layer(
        "locally connected",
        input,
        wave((2, 60), 0.7, 0.1),
        Layer::LocallyConnected(LocallyConnected::new(
            input,
            Kernel::plain(3),
            weights,
            wave((3, 3, 4), 1.3, 0.1),
        )),
        &[
            ([2.975264, 3.4557, 3.538022], 7.571309),
            ([-0.3308899, -0.07573277, -0.3995628], -0.08036878),
            ([0.9559695, -0.7697839, 0.7184995], 0.1314591),
            ([-0.4745937, -0.09539574, -0.8100035], 6.486049),
        ],
    );
}

#[test]
fn pools() {
    // x = leaf(2, 2, 5, 7)
    // show("max pool 2", F.max_pool2d(x, 2), x)
    // show("max pool 3 stride 2", F.max_pool2d(x, 3, 2), x)
    // show("average pool 3 stride 2", F.avg_pool2d(x, 3, 2), x)
    let cases = [
        (
            PoolKind::Max,
            2,
            [0.7173561, 0.9999118, 0.006186915],
            13.21428,
            [0.0, 0.0, 0.0],
        ),
        (
            PoolKind::Max,
            3,
            [0.997495, 0.9999118, 0.9835877],
            22.48087,
            [0.0, 0.0, 0.0],
        ),
        (
            PoolKind::Average,
            3,
            [-0.212523, 0.3858904, -0.2467883],
            -0.5904286,
            [0.05326951, 0.08386119, 0.09985646],
        ),
    ];
    for (kind, size, output, sum, gradient) in cases {
        let pool = Layer::Pool(Pool::new(kind, size, 2));
        let expected = [(output, sum), (gradient, 2.141525)];
        layer(
            "pool",
            Shape::new(2, 5, 7),
            wave((2, 70), 0.7, 0.1),
            pool,
            &expected,
        );
    }
}

#[test]
fn activations() {
    // x = leaf(2, 6); show(name, f(x * 3), x): the gradient with respect to x is three times that of f.
    let cases = [
        (
            Activation::Relu,
            [0.2995002, 0.717748, 2.99563],
            14.11948,
            [1.438277, 2.974994, -1.835574],
            9.132265,
        ),
        (
            Activation::LeakyRelu { slope: 0.1 },
            [0.2995002, 0.717748, 2.99563],
            13.25899,
            [1.438277, 2.974994, -1.835574],
            9.855191,
        ),
        (
            Activation::Sigmoid,
            [0.5743204, 0.6721109, 0.9523764],
            6.935133,
            [0.3516248, 0.6556228, -0.08325359],
            2.082399,
        ),
        (
            Activation::Tanh,
            [0.2908552, 0.6155124, 0.9950114],
            2.382041,
            [1.316603, 1.847901, -0.01826803],
            3.993758,
        ),
    ];
    for (activation, output, sum, gradient, gradient_sum) in cases {
        let third = gradient.map(|value| value / 3.0);
        let images = wave((2, 6), 0.7, 0.1) * 3.0;
        let expected = [(output, sum), (third, gradient_sum / 3.0)];
        layer(
            &activation.to_string(),
            Shape::flat(6),
            images,
            Layer::Activation(activation),
            &expected,
        );
    }
}

const LABELS: [u8; 3] = [2, 0, 3];

#[test]
fn losses() {
    // z = (wave(3, 4) * 2).requires_grad_(); value = loss(z); value.backward(); with labels 2, 0, 3 and
    // F.cross_entropy(z, labels)
    // F.binary_cross_entropy_with_logits(z, one_hot, reduction="sum") / 3
    // 0.5 * ((z - one_hot) ** 2).sum() / 3
    let cases = [
        (
            Loss::CrossEntropy,
            0.613721,
            [
                0.02285292,
                0.07858055,
                -0.1957263,
                0.09429282,
                -0.1028096,
                0.05895735,
                0.02286308,
                0.02098917,
                0.008356606,
                0.03173823,
                0.1080249,
                -0.1481197,
            ],
        ),
        (
            Loss::SigmoidCrossEntropy,
            2.794362,
            [
                0.1832505,
                0.2692115,
                -0.03991,
                0.2781267,
                -0.1275356,
                0.09737809,
                0.04598691,
                0.04270056,
                0.08316104,
                0.1860041,
                0.2704057,
                -0.03983639,
            ],
        ),
        (
            Loss::Quadratic,
            3.03015,
            [
                0.06655561, 0.4782374, 0.3316633, 0.5389977, -0.1738338, -0.2950136, -0.6107773,
                -0.6392829, -0.3671237, 0.07769947, 0.4859794, 0.3323622,
            ],
        ),
    ];
    let outputs = wave((3, 4), 0.7, 0.1) * 2.0;
    for (loss, expected, expected_gradient) in cases {
        let mut gradient = Array2::zeros((3, 4));
        near(
            &format!("{loss:?}"),
            loss.of_batch(outputs.view(), &LABELS, gradient.view_mut()),
            expected,
        );
        for (&value, expected) in gradient.iter().zip(expected_gradient) {
            // Single numbers below 1, no sums: a few roundings.
            assert!(
                (value - expected).abs() <= 1e-6,
                "{loss:?}: {value}, PyTorch has {expected}"
            );
        }
    }
}

/// Steps of full-batch training with cross-entropy; the loss before each step.
fn train(
    network: &mut Network,
    images: ArrayView2<f32>,
    optimizer: Optimizer,
    learning_rate: f32,
    penalties: Penalties,
    steps: usize,
) -> Vec<f32> {
    let mut trace = Trace::new(network);
    let mut gradients = network.zero_gradients();
    let mut state = OptimizerState::new(optimizer, network);
    let mut loss_gradient = Array2::zeros((images.nrows(), network.output_shape().size()));
    let losses = (0..steps).map(|_| {
        network.forward(images, Mode::Predicting, &mut trace);
        let outputs = trace.output(network.layers().len() - 1);
        let loss = Loss::CrossEntropy.of_batch(outputs, &LABELS, loss_gradient.view_mut());
        network.backward(&mut trace, loss_gradient.view(), &mut gradients);
        state.update(network, &gradients, learning_rate, &penalties);
        loss
    });
    losses.collect()
}

#[test]
fn three_steps_of_each_optimizer_and_of_penalties() {
    // x = wave(3, 5); w, b = wave(4, 5, step=0.9), wave(4, step=1.3)
    // three times: (F.cross_entropy(F.linear(x, w, b), labels) + l1 * w.abs().sum()).backward(); rule.step()
    // then torch.cat([w.flatten()[[0, 7, 19]], b[[0, 3]]])
    let (momentum, nesterov) = (
        Optimizer::Momentum { mu: 0.9 },
        Optimizer::Nesterov { mu: 0.9 },
    );
    let cases = [
        // optim.SGD(p, lr=0.5)
        (
            Optimizer::Sgd,
            0.5,
            0.0,
            0.0,
            [-0.2728282, 0.09232023, -1.12482, 0.1879734, -0.569872],
        ),
        // optim.SGD(p, lr=0.5, momentum=0.9)
        (
            momentum,
            0.5,
            0.0,
            0.0,
            [-0.6255684, 0.07563875, -1.25077, 0.1969217, -0.367394],
        ),
        // optim.SGD(p, lr=0.5, momentum=0.9, nesterov=True)
        (
            nesterov,
            0.5,
            0.0,
            0.0,
            [-0.7660963, 0.08846855, -1.324015, 0.3720916, -0.339523],
        ),
        // optim.Adam(p, lr=0.05)
        (
            Optimizer::ADAM,
            0.05,
            0.0,
            0.0,
            [-0.04959884, -0.03220526, -1.14604, -0.01327209, -0.6087607],
        ),
        // the same with weight_decay=0.3 for w and none for b
        (
            Optimizer::Sgd,
            0.5,
            0.3,
            0.0,
            [-0.2396389, 0.04543406, -0.7323179, 0.1961732, -0.5427537],
        ),
        (
            nesterov,
            0.5,
            0.3,
            0.0,
            [-0.5312746, -0.04060271, -0.3873657, 0.3126044, -0.140524],
        ),
        (
            Optimizer::ADAM,
            0.05,
            0.3,
            0.0,
            [
                -0.04954139,
                -0.02876389,
                -0.8472767,
                -0.03753947,
                -0.6074516,
            ],
        ),
        // optim.SGD(p, lr=0.5), l1=0.2
        (
            Optimizer::Sgd,
            0.5,
            0.0,
            0.2,
            [-0.1595517, 0.003018059, -0.8357309, 0.1989268, -0.5509419],
        ),
    ];
    for (optimizer, learning_rate, l2, l1, expected) in cases {
        let layer = Dense::new(wave((4, 5), 0.9, 0.1), wave(4, 1.3, 0.1));
        let mut network = Network::new(Shape::flat(5), vec![Layer::Dense(layer)]);
        let penalties = Penalties {
            l2,
            l1,
            max_norm: None,
        };
        train(
            &mut network,
            wave((3, 5), 0.7, 0.1).view(),
            optimizer,
            learning_rate,
            penalties,
            3,
        );
        let parameters = network.parameters();
        for (index, expected) in [0, 7, 19, 20, 23].into_iter().zip(expected) {
            near(
                &format!("{optimizer:?}, l2 {l2}, l1 {l1}"),
                parameters[index],
                expected,
            );
        }
    }
}

#[test]
fn two_steps_of_a_small_cnn() {
    // x = wave(3, 2, 8, 9, step=0.37); labels 2, 0, 3; optim.SGD(p, lr=0.1); two times:
    // h = F.max_pool2d(F.relu(F.conv2d(x, p[0], p[1])), 2).flatten(1)
    // z = F.linear(torch.tanh(F.linear(h, p[2], p[3])), p[4], p[5]); F.cross_entropy(z, labels)
    let mut network = Network::new(
        Shape::new(2, 8, 9),
        vec![
            Layer::Convolution(Convolution::new(
                wave((4, 2, 3, 3), 0.9, 0.1),
                wave(4, 1.3, 0.1),
                1,
                0,
            )),
            Layer::Activation(Activation::Relu),
            Layer::Pool(Pool::new(PoolKind::Max, 2, 2)),
            Layer::Dense(Dense::new(wave((6, 36), 1.1, 0.1) * 0.3, wave(6, 0.4, 0.1))),
            Layer::Activation(Activation::Tanh),
            Layer::Dense(Dense::new(wave((4, 6), 1.7, 0.1), wave(4, 0.6, 0.1))),
        ],
    );
    let images = wave((3, 144), 0.37, 0.1);
    let losses = train(
        &mut network,
        images.view(),
        Optimizer::Sgd,
        0.1,
        Penalties::default(),
        2,
    );
    near("loss before the first step", losses[0], 1.661517);
    near("loss before the second step", losses[1], 2.817764);
    let sums = [0.2602898, 0.7240973, 6.332705, 4.21004, 0.9550585, 2.653909];
    let firsts = [
        0.06529948, 0.01738907, -0.1676211, 0.07041335, 0.08801326, 0.1357384,
    ];
    let parameters = network.layers().iter().filter_map(Layer::parameters);
    let groups: Vec<Array1<f32>> = parameters
        .flat_map(|layer| [layer.weights.clone().into(), layer.biases.clone().into()])
        .collect();
    for (group, (sum, first)) in groups.iter().zip(sums.into_iter().zip(firsts)) {
        near(
            "sum of parameters",
            group.iter().map(|&value| f64::from(value)).sum::<f64>() as f32,
            sum,
        );
        near("first parameter", group[0], first);
    }
}

#[test]
fn the_wave_is_the_oracles() {
    // wave(4): sin(0.1), sin(0.8), sin(1.5), sin(2.2)
    near(
        "wave",
        (wave(4, 0.7, 0.1) - array![0.09983342, 0.7173561, 0.997495, 0.8084964]).sum(),
        0.0,
    );
}
