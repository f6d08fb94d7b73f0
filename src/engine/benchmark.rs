//! What the engine's speed is measured against: the machine's limit, and how many operations a network's work has.
//! The caller holds the clock, so that the same work is measured natively and in a browser.

use super::activation::Activation;
use super::convolution::Convolution;
use super::dense::Dense;
use super::dropout::{Dropout, DropoutKind};
use super::initialisation::Initialisation;
use super::kernel::Kernel;
use super::layer::Layer;
use super::network::Network;
use super::pool::{Pool, PoolKind};
use super::products::lanes::Lanes;
use super::random::Stream;
use super::shape::Shape;
use std::hint::black_box;

/// Vectors of four numbers that [`multiply_add_limit`] keeps in registers. Two results a cycle that are ready after six
/// need twelve chains; one more bridges what else delays them. More do not fit into 16 registers.
const ACCUMULATORS: usize = 13;

/// Multiplies and adds vectors of four f32 in registers, in independent chains: no program on one core with 128-bit
/// vectors and without fused multiply-add is faster. Gives the number of floating-point operations done.
pub fn multiply_add_limit(iterations: usize) -> u64 {
    let factor = Lanes::splat(black_box(0.5));
    let summand = Lanes::splat(black_box(1.0));
    let mut sums = [Lanes::splat(black_box(1.0)); ACCUMULATORS];
    for _ in 0..iterations {
        for sum in &mut sums {
            *sum = summand.plus_product(*sum, factor);
        }
    }
    // What nobody reads would not be computed.
    black_box(sums.into_iter().flat_map(<[f32; 4]>::from).sum::<f32>());
    iterations as u64 * (ACCUMULATORS * 4 * 2) as u64
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

/// Multiplications and additions of one training step for each example: two for each multiply-add of a forward pass,
/// and for the gradients with respect to weights and to inputs, except to the images.
pub fn training_operations(network: &Network) -> u64 {
    let layers = multiply_adds(network);
    let (first, others) = layers.split_first().unwrap_or((&0, &[]));
    2 * (2 * first + 3 * others.iter().sum::<u64>())
}

/// Multiplications and additions of a forward pass for each example: two for each multiply-add.
pub fn forward_operations(network: &Network) -> u64 {
    2 * multiply_adds(network).iter().sum::<u64>()
}

/// Multiply-adds of a forward pass of one example through each layer with weights.
fn multiply_adds(network: &Network) -> Vec<u64> {
    let layers = network.layers().iter().enumerate();
    let of_layer = |(index, layer): (usize, &Layer)| match layer {
        Layer::Dense(dense) => Some(dense.inputs() * dense.outputs()),
        Layer::Convolution(convolution) => {
            Some(convolution.weights().len() * network.layer_shape(index).cells())
        }
        Layer::LocallyConnected(local) => Some(local.weights().len()),
        Layer::Pool(_) | Layer::Flatten(_) | Layer::Activation(_) | Layer::Dropout(_) => None,
    };
    layers
        .filter_map(of_layer)
        .map(|count| count as u64)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{forward_operations, multiply_add_limit, sheet_network, training_operations};

    #[test]
    fn counts_are_those_of_the_layers() {
        // Convolution: 2 * 2 * 288,000; dense: 2 * 3 * (288,000 + 1,000).
        assert_eq!(
            training_operations(&sheet_network(1)),
            1_152_000 + 1_734_000
        );
        assert_eq!(forward_operations(&sheet_network(1)), 1_154_000);
        assert_eq!(multiply_add_limit(10), 1040);
    }
}
