//! Convolution as networks mean it, a cross-correlation with shared weights:
//! y_m(r, c) = b_m + sum over channels k and kernel cells (i, j) of w_m,k(i, j) x_k(r s + i - p, c s + j - p)
//! with stride s and padding p. (Nielsen, chapter 6, equation 125; his program flips the kernel, which mirrors the
//! learned pictures and changes nothing else.)
//!
//! With the patches P (kernel weight, output cell) of an example: Y = W P + b, dL/dW = sum over examples of G P^T,
//! dL/dP = W^T G.

use super::initialisation::Initialisation;
use super::kernel::Kernel;
use super::layer::{Extent, Scratch, bound_norm, grow, squares};
use super::parameters::Parameters;
use super::products::correlation::{images_at_once, images_together};
use super::products::lanes::sum;
use super::products::turned::Turned;
use super::products::windows::RowOrder;
use super::products::winners::Winners;
use super::random::Rng;
use super::shape::Shape;
use ndarray::{Array1, Array4, ArrayView1, ArrayView4};
use std::fmt;

/// Convolutional layer: one kernel and one bias for each feature map, the same at every position.
#[derive(Clone, Debug, PartialEq)]
pub struct Convolution {
    channels: usize,
    maps: usize,
    kernel: Kernel,
    parameters: Parameters,
}

impl Convolution {
    /// A layer from given numbers.
    ///
    /// # Shapes
    /// weights (map, channel, kernel_row, kernel_column), biases (map).
    ///
    /// # Panics
    /// If kernels are not square, or the numbers of maps differ.
    pub fn new(weights: Array4<f32>, biases: Array1<f32>, stride: usize, padding: usize) -> Self {
        let (maps, channels, size, columns) = weights.dim();
        assert_eq!(size, columns, "kernels are square");
        assert!(
            maps > 0 && channels > 0 && size > 0 && stride > 0,
            "a convolution has maps, channels, size and stride"
        );
        assert_eq!(biases.len(), maps, "one bias for each feature map");
        let parameters = Parameters {
            weights: weights.iter().copied().collect(),
            biases: biases.to_vec(),
        };
        Self {
            channels,
            maps,
            kernel: Kernel {
                size,
                stride,
                padding,
            },
            parameters,
        }
    }

    /// A layer with random numbers: n_in = channels * size^2, n_out = maps * size^2.
    pub fn initialised(
        channels: usize,
        maps: usize,
        kernel: Kernel,
        initialisation: Initialisation,
        rng: &mut Rng,
    ) -> Self {
        assert!(
            channels > 0 && maps > 0 && kernel.size > 0 && kernel.stride > 0,
            "a convolution has maps and channels"
        );
        let (n_in, n_out) = (kernel.weights(channels), kernel.weights(maps));
        let parameters = initialisation.draw(maps * n_in, maps, n_in, n_out, rng);
        Self {
            channels,
            maps,
            kernel,
            parameters,
        }
    }

    /// Weights (map, channel, kernel_row, kernel_column).
    pub fn weights(&self) -> ArrayView4<'_, f32> {
        let shape = (self.maps, self.channels, self.kernel.size, self.kernel.size);
        ArrayView4::from_shape(shape, &self.parameters.weights).expect("the layer keeps its shape")
    }

    /// Biases (map).
    pub fn biases(&self) -> ArrayView1<'_, f32> {
        ArrayView1::from(&self.parameters.biases)
    }

    /// Size, stride and padding.
    pub fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// Number of feature maps.
    pub fn maps(&self) -> usize {
        self.maps
    }

    pub(crate) fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    pub(crate) fn parameters_mut(&mut self) -> &mut Parameters {
        &mut self.parameters
    }

    pub(crate) fn output_shape(&self, input: Shape) -> Shape {
        assert_eq!(input.channels, self.channels, "{self} cannot take {input}");
        self.kernel.output_shape(input, self.maps)
    }

    pub(crate) fn bound_norms(&mut self, bound: f32) {
        for map in self
            .parameters
            .weights
            .chunks_exact_mut(self.kernel.weights(self.channels))
        {
            let squares = squares(map.iter());
            bound_norm(map.iter_mut(), squares, bound);
        }
    }

    pub(crate) fn forward(
        &self,
        extent: Extent,
        input: &[f32],
        output: &mut [f32],
        scratch: &mut Scratch,
    ) {
        let correlation = &mut scratch.correlation;
        if extent.first == 0 {
            correlation.pack(&self.parameters.weights, self.maps);
        }
        let at_once = images_at_once(self.maps, extent.output.cells());
        let examples = input
            .chunks(at_once * extent.input.size())
            .zip(output.chunks_mut(at_once * extent.output.size()));
        for (images, maps) in examples {
            let biases = Some(&self.parameters.biases[..]);
            correlation.correlate(self.kernel, extent.input, images, biases, maps);
        }
    }

    pub(crate) fn backward(
        &self,
        extent: Extent,
        input: &[f32],
        output_gradient: &[f32],
        input_gradient: Option<&mut [f32]>,
        scratch: &mut Scratch,
        gradient: &mut Parameters,
    ) {
        let maps_size = extent.output.size();
        gradient.biases.fill(0.0);
        let correlation = &mut scratch.correlation;
        correlation.begin_weights(self.maps, self.kernel.weights(self.channels));
        for maps_gradient in output_gradient.chunks_exact(maps_size) {
            let maps = maps_gradient.chunks_exact(extent.output.cells());
            for (bias, map) in gradient.biases.iter_mut().zip(maps) {
                *bias += sum(map);
            }
        }
        let at_once = images_at_once(self.maps, extent.output.cells());
        let examples = input
            .chunks(at_once * extent.input.size())
            .zip(output_gradient.chunks(at_once * maps_size));
        for (images, maps_gradient) in examples {
            correlation.add_to_weights(self.kernel, extent.input, images, maps_gradient);
        }
        correlation.end_weights(&mut gradient.weights);
        let Some(input_gradient) = input_gradient else {
            return;
        };
        self.pack_for_images(extent, scratch);
        let at_once = self.gradients_at_once(extent);
        let examples = input_gradient
            .chunks_mut(at_once * extent.input.size())
            .zip(output_gradient.chunks(at_once * maps_size));
        for (image_gradients, maps_gradients) in examples {
            self.image_gradient(extent, maps_gradients, image_gradients, scratch);
        }
    }

    /// How many images [`Convolution::image_gradient`] takes at once.
    fn gradients_at_once(&self, extent: Extent) -> usize {
        if Turned::pays(self.kernel, extent.input, extent.output) {
            images_at_once(self.channels, extent.input.cells())
        } else {
            images_together(extent.output.cells())
        }
    }

    /// Prepares the weights for [`Convolution::image_gradient`].
    fn pack_for_images(&self, extent: Extent, scratch: &mut Scratch) {
        let (weights, channels) = (&self.parameters.weights, self.channels);
        if Turned::pays(self.kernel, extent.input, extent.output) {
            scratch.turned.pack(self.kernel, weights, channels);
        } else {
            scratch.transposed.pack(self.kernel, weights, channels);
        }
    }

    /// The gradient with respect to images from that with respect to their maps.
    fn image_gradient(
        &self,
        extent: Extent,
        maps_gradient: &[f32],
        image_gradient: &mut [f32],
        scratch: &mut Scratch,
    ) {
        let (kernel, input, output) = (self.kernel, extent.input, extent.output);
        if Turned::pays(kernel, input, output) {
            let turned = &mut scratch.turned;
            turned.image_gradient(kernel, output, maps_gradient, image_gradient);
        } else {
            let (at_most, transposed) = (self.gradients_at_once(extent), &mut scratch.transposed);
            transposed.image_gradient(
                kernel,
                input,
                output,
                at_most,
                maps_gradient,
                image_gradient,
            );
        }
    }

    /// [`Convolution::backward`] for an output gradient that is 0 except where a max-pool found its maxima:
    /// `cells` and `values` (example, map, window) are the maximum's cell in its map, and the gradient there.
    pub(crate) fn backward_from_winners(
        &self,
        extent: Extent,
        input: &[f32],
        cells: &[u32],
        values: &[f32],
        mut input_gradient: Option<&mut [f32]>,
        scratch: &mut Scratch,
        gradient: &mut Parameters,
    ) {
        let windows_of_map = values.len() / (extent.batch * self.maps);
        let (size, weights_of_channel) = (self.kernel.size, self.kernel.weights(1));
        let (image_size, maps_size) = (extent.input.size(), extent.output.size());
        gradient.weights.fill(0.0);
        gradient.biases.fill(0.0);
        scratch
            .image
            .prepare(self.kernel, extent.input, RowOrder::Plain, 1);
        if input_gradient.is_some() {
            self.pack_for_images(extent, scratch);
            grow(&mut scratch.maps_gradient, maps_size);
        }
        for (example, image) in input.chunks_exact(image_size).enumerate() {
            scratch.image.set(image);
            let winners_of_map = |map: usize| {
                let range = (example * self.maps + map) * windows_of_map..;
                Winners {
                    cells: &cells[range.clone()][..windows_of_map],
                    values: &values[range][..windows_of_map],
                }
            };
            for map in 0..self.maps {
                let winners = winners_of_map(map);
                gradient.biases[map] += sum(winners.values);
                for channel in 0..self.channels {
                    let kernel = (map * self.channels + channel) * weights_of_channel;
                    let weights = &mut gradient.weights[kernel..kernel + weights_of_channel];
                    winners.add_to_weights(&scratch.image, channel, size, weights);
                }
            }
            if let Some(input_gradient) = input_gradient.as_deref_mut() {
                // Many numbers that are 0 in long rows are faster than few that are not, each in its own window.
                let mut maps_gradient = std::mem::take(&mut scratch.maps_gradient);
                maps_gradient[..maps_size].fill(0.0);
                let planes = maps_gradient.chunks_exact_mut(extent.output.cells());
                for (map, plane) in planes.take(self.maps).enumerate() {
                    let winners = winners_of_map(map);
                    for (&cell, &value) in winners.cells.iter().zip(winners.values) {
                        plane[cell as usize] += value;
                    }
                }
                let image_gradient = &mut input_gradient[example * image_size..][..image_size];
                self.image_gradient(extent, &maps_gradient[..maps_size], image_gradient, scratch);
                scratch.maps_gradient = maps_gradient;
            }
        }
    }
}

impl fmt::Display for Convolution {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Convolution({} -> {} maps, {})",
            self.channels, self.maps, self.kernel
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Convolution;
    use ndarray::{Array1, Array4};

    #[test]
    fn describes_itself() {
        let layer = Convolution::new(Array4::zeros((20, 1, 5, 5)), Array1::zeros(20), 1, 0);
        assert_eq!(
            layer.to_string(),
            "Convolution(1 -> 20 maps, kernel 5x5, stride 1, padding 0)"
        );
        assert_eq!(layer.parameters().len(), 520);
    }
}
