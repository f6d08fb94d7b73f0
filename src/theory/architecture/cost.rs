//! What one sample costs: multiply-adds of a training step and memory.

use super::{Architecture, Layer, Quantity};

/// Multiply-adds for one sample. One multiply-add is two floating-point operations. Activations, pooling's comparisons, the additions of biases
/// and the optimizer's step are not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrainingCost {
    /// Forward: one for each connection of convolution, dense and output.
    pub forward: u128,
    /// Backward: for each layer the gradient of its weights, and of its inputs except at the image, which needs none; each costs as much as
    /// the layer's forward pass.
    pub backward: u128,
    /// Backward where the zeros are used: max-pooling passes each of its neurons' error to one cell of the feature map, so that at most
    /// min(A^2, B^2) cells of a map have one, and the others add nothing to the gradient of the kernel.
    pub backward_sparse: u128,
}

impl TrainingCost {
    /// Forward and backward in floating-point operations: 2 (forward + backward).
    pub fn flop(&self) -> u128 {
        2 * (self.forward + self.backward)
    }

    /// The same with the sparse backward pass.
    pub fn flop_sparse(&self) -> u128 {
        2 * (self.forward + self.backward_sparse)
    }
}

/// Bytes in `f32`, 4 for each number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// All weights and biases; their gradient takes as much again.
    pub parameters: u128,
    /// The outputs of all five layers for one sample, the image included, as kept for the backward pass.
    pub activations_per_sample: u128,
    /// The errors of all layers but the image for one sample.
    pub errors_per_sample: u128,
}

impl Memory {
    /// Predicting one sample after the other: parameters and one sample's activations.
    pub fn predicting(&self) -> u128 {
        self.parameters + self.activations_per_sample
    }

    /// One training step by plain gradient descent on a mini-batch: parameters and gradient, activations and errors of each sample. (An optimizer
    /// with a state adds its own.)
    pub fn training(&self, mini_batch: u32) -> u128 {
        2 * self.parameters
            + u128::from(mini_batch) * (self.activations_per_sample + self.errors_per_sample)
    }
}

impl Architecture {
    /// What one sample costs to train on.
    pub fn training_cost(&self) -> TrainingCost {
        let [convolution, dense, output] = [Layer::Convolution, Layer::Dense, Layer::Output]
            .map(|layer| self.count(layer, Quantity::MultiplyAdds));
        let after = 2 * dense + 2 * output;
        let active = self
            .count(Layer::Pooling, Quantity::Neurons)
            .min(self.count(Layer::Convolution, Quantity::Neurons));
        TrainingCost {
            forward: convolution + dense + output,
            backward: convolution + after,
            backward_sparse: active * self.count(Layer::Convolution, Quantity::InputsPerNeuron)
                + after,
        }
    }

    /// What the network and one sample take.
    pub fn memory(&self) -> Memory {
        let neurons = self.total(Quantity::Neurons);
        Memory {
            parameters: 4 * self.total(Quantity::Parameters),
            activations_per_sample: 4 * neurons,
            errors_per_sample: 4 * (neurons - self.count(Layer::Input, Quantity::Neurons)),
        }
    }
}
