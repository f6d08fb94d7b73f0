//! Work whose speed is worth knowing: the machine's limit, and the networks of the book on made-up images.
//! The caller holds the clock, so that the same work is measured natively and in a browser.

use super::activation::Activation;
use super::convolution::Convolution;
use super::dense::Dense;
use super::dropout::{Dropout, DropoutKind};
use super::initialisation::Initialisation;
use super::kernel::Kernel;
use super::layer::{Layer, Mode};
use super::loss::Loss;
use super::network::Network;
use super::optimizer::Optimizer;
use super::penalties::Penalties;
use super::pool::{Pool, PoolKind};
use super::products::lanes::Lanes;
use super::random::Stream;
use super::shape::Shape;
use super::trace::Trace;
use super::trainer::{Trainer, TrainerSettings};
use ndarray::{Array2, s};
use std::hint::black_box;

/// Images that the workloads cycle through.
const EXAMPLES: usize = 512;

/// Vectors of four numbers that [`multiply_add_limit`] keeps in registers.
const ACCUMULATORS: usize = 12;

/// Multiplies and adds vectors of four f32 in registers, in independent chains: no program on one core with 128-bit
/// vectors and without fused multiply-add is faster. Gives the number of floating-point operations done and a number
/// that depends on all of them.
pub fn multiply_add_limit(iterations: usize) -> (u64, f32) {
    let factor = Lanes::splat(black_box(0.5));
    let summand = Lanes::splat(black_box(1.0));
    let mut sums = [Lanes::splat(black_box(1.0)); ACCUMULATORS];
    for _ in 0..iterations {
        for sum in &mut sums {
            *sum = summand.plus_product(*sum, factor);
        }
    }
    let operations = iterations as u64 * (ACCUMULATORS * 4 * 2) as u64;
    (
        operations,
        sums.into_iter().flat_map(<[f32; 4]>::from).sum(),
    )
}

/// The homework sheet's network: 28x28 -> convolution 5x5, 20 maps -> ReLU -> max-pool 2x2 -> dense 100 -> ReLU ->
/// dense 10. 289,630 parameters.
pub fn sheet_network(seed: u64) -> Network {
    let mut rng = Stream::Initialisation.rng(seed);
    let he = Initialisation::He;
    Network::new(
        Shape::new(1, 28, 28),
        vec![
            Layer::Convolution(Convolution::initialised(
                1,
                20,
                Kernel::plain(5),
                he,
                &mut rng,
            )),
            Layer::Activation(Activation::Relu),
            Layer::Pool(Pool::new(PoolKind::Max, 2, 2)),
            Layer::Dense(Dense::initialised(2880, 100, he, &mut rng)),
            Layer::Activation(Activation::Relu),
            Layer::Dense(Dense::initialised(100, 10, he, &mut rng)),
        ],
    )
}

/// inputs -> dense `hidden` -> ReLU -> dropout -> dense 10.
pub fn dense_network(inputs: usize, hidden: usize, dropout: f32, seed: u64) -> Network {
    let mut rng = Stream::Initialisation.rng(seed);
    let he = Initialisation::He;
    Network::new(
        Shape::flat(inputs),
        vec![
            Layer::Dense(Dense::initialised(inputs, hidden, he, &mut rng)),
            Layer::Activation(Activation::Relu),
            Layer::Dropout(Dropout::new(DropoutKind::Hidden, dropout)),
            Layer::Dense(Dense::initialised(hidden, 10, he, &mut rng)),
        ],
    )
}

/// A network, images and labels, ready to train and to predict.
#[derive(Debug)]
pub struct Workload {
    images: Array2<f32>,
    labels: Vec<u8>,
    trainer: Trainer,
    trace: Trace,
}

impl Workload {
    /// Trains `network` with plain SGD on images of which four fifths of the pixels are 0, as in digits.
    pub fn new(network: Network, batch_size: usize) -> Self {
        let features = network.input_shape().size();
        let brightness = |example: usize, pixel: usize| match (example * 131 + pixel * 17) % 101 {
            bright @ 0..20 => bright as f32 / 20.0,
            _ => 0.0,
        };
        let images = Array2::from_shape_fn((EXAMPLES, features), |(example, pixel)| {
            brightness(example, pixel)
        });
        let labels = (0..EXAMPLES)
            .map(|example| (example * 7 % 10) as u8)
            .collect();
        let settings = TrainerSettings {
            batch_size,
            optimizer: Optimizer::Sgd,
            learning_rate: 0.01,
            penalties: Penalties::default(),
            loss: Loss::CrossEntropy,
            seed: 1,
        };
        let trace = Trace::new(&network);
        Self {
            images,
            labels,
            trainer: Trainer::new(network, settings, EXAMPLES),
            trace,
        }
    }

    /// Does `steps` training steps; gives the number of examples learned from and the last loss.
    pub fn train(&mut self, steps: usize) -> (usize, f32) {
        let (mut examples, mut loss) = (0, 0.0);
        for _ in 0..steps {
            examples += self.trainer.upcoming_examples().len();
            loss = self.trainer.step(self.images.view(), &self.labels).loss;
        }
        (examples, loss)
    }

    /// Predicts `batch` images, `times` times; gives the number of images and one output.
    pub fn predict(&mut self, batch: usize, times: usize) -> (usize, f32) {
        let network = self.trainer.network();
        for _ in 0..times {
            network.forward(
                self.images.slice(s![..batch, ..]),
                Mode::Predicting,
                &mut self.trace,
            );
        }
        (
            batch * times,
            self.trace.output(network.layers().len() - 1)[[0, 0]],
        )
    }
}

/// Multiplications and additions of one training step for each example: two for each multiply-add of a forward pass,
/// and for the gradients with respect to weights and to inputs, except to the images.
pub fn training_operations(network: &Network) -> u64 {
    let mut operations = 0;
    let mut first = true;
    for (index, layer) in network.layers().iter().enumerate() {
        let multiply_adds = match layer {
            Layer::Dense(dense) => dense.inputs() * dense.outputs(),
            Layer::Convolution(convolution) => {
                convolution.weights().len() * network.layer_shape(index).cells()
            }
            Layer::LocallyConnected(local) => local.weights().len(),
            Layer::Pool(_) | Layer::Flatten(_) | Layer::Activation(_) | Layer::Dropout(_) => {
                continue;
            }
        };
        operations += 2 * multiply_adds as u64 * if first { 2 } else { 3 };
        first = false;
    }
    operations
}

#[cfg(test)]
mod tests {
    use super::{Workload, dense_network, multiply_add_limit, sheet_network, training_operations};

    #[test]
    fn counts_are_those_of_the_layers() {
        // Convolution: 2 * 2 * 288,000; dense: 2 * 3 * (288,000 + 1,000).
        assert_eq!(
            training_operations(&sheet_network(1)),
            1_152_000 + 1_734_000
        );
        assert_eq!(multiply_add_limit(10).0, 960);
    }

    #[test]
    fn the_work_is_done() {
        let mut workload = Workload::new(dense_network(784, 30, 0.5, 1), 100);
        let (examples, first_loss) = workload.train(1);
        assert_eq!(examples, 100);
        // 1 + 5 steps are one epoch of 512 examples, its last mini-batch has 12.
        assert_eq!(workload.train(5).0, 412);
        let (_, later_loss) = workload.train(60);
        assert!(
            later_loss < first_loss,
            "{later_loss} is not below {first_loss}"
        );
        assert_eq!(workload.predict(3, 2).0, 6);
    }
}
