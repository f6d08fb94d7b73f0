//! A convolution under a max-pool in the backward pass.

use super::activation::Activation;
use super::convolution::Convolution;
use super::layer::{Extent, Layer, grow};
use super::network::Network;
use super::parameters::Parameters;
use super::pool::PoolKind;
use super::trace::{LayerTrace, last_output};

impl Network {
    /// The convolution, not below layer `lowest`, under the max-pool that layer `index` is, if its gradient is best computed
    /// from the pool's maxima alone.
    pub(crate) fn pooled_convolution(
        &self,
        index: usize,
        lowest: usize,
    ) -> Option<PooledConvolution<'_>> {
        let (convolution, activation, below) = match &self.layers()[lowest..=index] {
            [
                below @ ..,
                Layer::Convolution(convolution),
                Layer::Pool(pool),
            ] if pool.kind() == PoolKind::Max => (convolution, None, below),
            [
                below @ ..,
                Layer::Convolution(convolution),
                Layer::Activation(activation),
                Layer::Pool(pool),
            ] if pool.kind() == PoolKind::Max => (convolution, Some(*activation), below),
            _ => return None,
        };
        // A product with a single number is three times as dear as one of many: windows that overlap do not pay.
        let (cells, windows) = (
            self.shape_before(index).cells(),
            self.layer_shape(index).cells(),
        );
        (3 * windows <= cells).then_some(PooledConvolution {
            convolution,
            activation,
            index: lowest + below.len(),
            pool: index,
            pooled: self.layer_shape(index).size(),
        })
    }
}

/// A convolution whose maps, perhaps after an activation, go into a max-pool: of the gradient with respect to them one
/// number for each window is not 0.
pub(crate) struct PooledConvolution<'a> {
    convolution: &'a Convolution,
    activation: Option<Activation>,
    /// The convolution's layer.
    pub(crate) index: usize,
    /// The pool's layer.
    pool: usize,
    /// Features of one example behind the pool.
    pooled: usize,
}

impl PooledConvolution<'_> {
    /// From the gradient with respect to the pool's output, in `current`, to the gradient with respect to the parameters
    /// and, if wanted, to the convolution's input, in `next` afterwards.
    pub(crate) fn backward(
        &self,
        extent: Extent,
        images: &[f32],
        layers: &mut [LayerTrace],
        current: &mut [f32],
        next: &mut Vec<f32>,
        wanted: bool,
        gradient: &mut Parameters,
    ) {
        let (before, rest) = layers.split_at_mut(self.index);
        let (own, above) = rest.split_at_mut(1);
        let pool = &above[self.pool - self.index - 1];
        let windows = extent.batch * self.pooled;
        if let Some(activation) = self.activation {
            // The pool's outputs are the activation's outputs at the maxima.
            activation.backward(&pool.output[..windows], &mut current[..windows]);
        }
        let input = &last_output(images, before)[..extent.batch * extent.input.size()];
        if wanted {
            grow(next, input.len());
        }
        self.convolution.backward_from_winners(
            extent,
            input,
            &pool.scratch.winners[..windows],
            &current[..windows],
            wanted.then(|| &mut next[..input.len()]),
            &mut own[0].scratch,
            gradient,
        );
    }
}
