//! From the gradient with respect to feature maps back to that with respect to the image under them.
//!
//! With stride 1 it is a correlation too: a pixel is seen by the last weight of a kernel first, so the maps' gradient is
//! correlated with the kernels turned round, summed over maps instead of channels. With stride s the pixels whose places
//! leave the same rest by s are seen by every s-th weight only, and for each of these s^2 phases there is a correlation with
//! stride 1 and a smaller kernel: w(a + s k, b + s l) for phase (a, b). All phases of all channels are computed as the maps
//! of one correlation and then dealt out over the image. No number is multiplied with the zeros between the windows.

use super::correlation::Correlation;
use crate::engine::kernel::Kernel;
use crate::engine::layer::grow;
use crate::engine::shape::Shape;

/// Memory for the way back. Grown on first use, then reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turned {
    correlation: Correlation,
    /// (channel, phase_row, phase_column, map, turned kernel_row, turned kernel_column)
    kernels: Vec<f32>,
    /// (channel, phase_row, phase_column, row, column)
    planes: Vec<f32>,
}

impl Turned {
    /// Prepares `weights`, (map, channel, kernel_row, kernel_column), for [`Turned::image_gradient`].
    pub(crate) fn pack(&mut self, kernel: Kernel, weights: &[f32], channels: usize) {
        let (size, stride) = (kernel.size, kernel.stride);
        let (phases, part) = (phases(kernel), size.div_ceil(stride));
        let maps = weights.len() / kernel.weights(channels);
        self.kernels.clear();
        for channel in 0..channels {
            for phase in 0..phases * phases {
                let first = [phase / phases, phase % phases];
                for map in 0..maps {
                    let weights = &weights[(map * channels + channel) * size * size..];
                    for cell in 0..part * part {
                        // From the last to the first; behind the kernel's edge stands 0.
                        let turned = [part - 1 - cell / part, part - 1 - cell % part];
                        let [row, column] = [0, 1].map(|axis| first[axis] + stride * turned[axis]);
                        let inside = row < size && column < size;
                        self.kernels.push(if inside {
                            weights[row * size + column]
                        } else {
                            0.0
                        });
                    }
                }
            }
        }
        self.correlation
            .pack(&self.kernels, channels * phases * phases);
    }

    /// The gradient with respect to an image of shape `input` from `maps_gradient`, with respect to its maps of shape
    /// `output`, with the packed kernels.
    ///
    /// # Shapes
    /// maps_gradient (map, row, column), image_gradient (channel, row, column).
    pub(crate) fn image_gradient(
        &mut self,
        kernel: Kernel,
        input: Shape,
        output: Shape,
        maps_gradient: &[f32],
        image_gradient: &mut [f32],
    ) {
        let (stride, phases) = (kernel.stride, phases(kernel));
        let part = kernel.size.div_ceil(stride);
        let correlation = &mut self.correlation;
        if stride == 1 && kernel.padding < kernel.size {
            let turned = Kernel {
                padding: kernel.size - 1 - kernel.padding,
                ..kernel
            };
            correlation.correlate(turned, output, maps_gradient, None, image_gradient);
            return;
        }
        let turned = Kernel {
            size: part,
            stride: 1,
            padding: part - 1,
        };
        let seen = turned.output_shape(output, input.channels * phases * phases);
        grow(&mut self.planes, seen.size());
        let planes = &mut self.planes[..seen.size()];
        correlation.correlate(turned, output, maps_gradient, None, planes);
        // Pixels that no window sees.
        image_gradient.fill(0.0);
        let images = image_gradient.chunks_exact_mut(input.cells());
        for (image, planes) in images.zip(planes.chunks_exact(phases * phases * seen.cells())) {
            let rows = image.chunks_exact_mut(input.columns);
            for (row, pixels) in (kernel.padding..).zip(rows) {
                if row % stride >= phases || row / stride >= seen.rows {
                    continue;
                }
                let planes = &planes[row % stride * phases * seen.cells()..];
                for (phase, plane) in planes.chunks_exact(seen.cells()).take(phases).enumerate() {
                    let row = &plane[row / stride * seen.columns..][..seen.columns];
                    // The first column of this phase, and which of its places that is.
                    let first = (phase + stride - kernel.padding % stride) % stride;
                    let place = (kernel.padding + first) / stride;
                    let targets = pixels.iter_mut().skip(first).step_by(stride);
                    for (pixel, &value) in targets.zip(row.iter().skip(place)) {
                        *pixel = value;
                    }
                }
            }
        }
    }
}

/// Along each axis: the rests by the stride that a kernel's weight can leave.
fn phases(kernel: Kernel) -> usize {
    kernel.stride.min(kernel.size)
}

#[cfg(test)]
mod tests {
    use super::Turned;
    use crate::engine::kernel::Kernel;
    use crate::engine::products::whole;
    use crate::engine::shape::Shape;

    #[test]
    fn every_pixel_receives_what_each_window_that_sees_it_says() {
        let mut turned = Turned::default();
        let (channels, maps) = (2, 3);
        let input = Shape::new(channels, 7, 10);
        for size in 1..=6 {
            for stride in 1..=7 {
                for padding in 0..=size + 1 {
                    let kernel = Kernel {
                        size,
                        stride,
                        padding,
                    };
                    let output = kernel.output_shape(input, maps);
                    let weights = whole(maps * kernel.weights(channels), 7);
                    let maps_gradient = whole(output.size(), 11);
                    let mut computed = vec![f32::NAN; input.size()];
                    turned.pack(kernel, &weights, channels);
                    turned.image_gradient(kernel, input, output, &maps_gradient, &mut computed);
                    let mut expected = vec![0.0; input.size()];
                    for cell in 0..output.size() {
                        let map = cell / output.cells();
                        let top = cell % output.cells() / output.columns * stride;
                        let left = cell % output.columns * stride;
                        for weight in 0..kernel.weights(channels) {
                            let channel = weight / (size * size);
                            let row = top + weight / size % size;
                            let column = left + weight % size;
                            if (padding..padding + 7).contains(&row)
                                && (padding..padding + 10).contains(&column)
                            {
                                let pixel = (channel * 7 + row - padding) * 10 + column - padding;
                                let weight = weights[map * kernel.weights(channels) + weight];
                                expected[pixel] += maps_gradient[cell] * weight;
                            }
                        }
                    }
                    assert_eq!(computed, expected, "{kernel}");
                }
            }
        }
    }
}
