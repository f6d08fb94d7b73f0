//! From the gradient with respect to feature maps back to that with respect to the image under them, as a correlation.
//!
//! With stride 1 a pixel is seen by the last weight of a kernel first, so the maps' gradient is correlated with the kernels turned
//! round, summed over maps instead of channels. Where windows stand over the whole image nothing is multiplied in vain; the
//! other way, [`transposed`](super::transposed), is for those that do not.

use super::correlation::Correlation;
use crate::engine::kernel::Kernel;
use crate::engine::shape::Shape;

/// Memory for the way back. Grown on first use, then reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turned {
    correlation: Correlation,
    /// (channel, map, turned kernel_row, turned kernel_column)
    kernels: Vec<f32>,
}

impl Turned {
    /// Whether this way has the fewer operations. It computes a number for each pixel, of which those at the edge have factors that
    /// are 0; the other way computes one for each output cell, and its additions to the pixels cost as much as four more maps.
    pub(crate) fn pays(kernel: Kernel, input: Shape, output: Shape) -> bool {
        let maps = output.channels;
        kernel.stride == 1
            && kernel.padding < kernel.size
            && input.cells() * maps <= output.cells() * (maps + 4)
    }

    /// Prepares `weights`, (map, channel, kernel_row, kernel_column), for [`Turned::image_gradient`].
    pub(crate) fn pack(&mut self, kernel: Kernel, weights: &[f32], channels: usize) {
        let cells = kernel.weights(1);
        self.kernels.clear();
        for channel in 0..channels {
            for map in weights.chunks_exact(channels * cells) {
                let weights = &map[channel * cells..][..cells];
                self.kernels.extend(weights.iter().rev());
            }
        }
        self.correlation.pack(&self.kernels, channels);
    }

    /// The gradient with respect to images from `maps_gradient`, with respect to their maps of shape `output`, with the packed
    /// kernels: at most [`images_at_once`](super::correlation::images_at_once) for as many maps as there are channels.
    ///
    /// # Shapes
    /// maps_gradient (image, map, row, column), image_gradient (image, channel, row, column).
    ///
    /// # Panics
    /// If the kernel has a stride, or as much padding as weights in a row.
    pub(crate) fn image_gradient(
        &mut self,
        kernel: Kernel,
        output: Shape,
        maps_gradient: &[f32],
        image_gradient: &mut [f32],
    ) {
        assert!(
            kernel.stride == 1 && kernel.padding < kernel.size,
            "{kernel}"
        );
        let turned = Kernel {
            padding: kernel.size - 1 - kernel.padding,
            ..kernel
        };
        let correlation = &mut self.correlation;
        correlation.correlate(turned, output, maps_gradient, None, image_gradient);
    }
}
