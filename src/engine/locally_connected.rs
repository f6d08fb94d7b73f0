//! A convolution without sharing: each output cell has its own kernel and its own bias.
//! y_m(r, c) = b_m(r, c) + sum over k, i, j of w_m,k,i,j(r, c) x_k(r s + i - p, c s + j - p).
//!
//! With the patches P (kernel weight q, output cell o) of one example: y_m,o = b_m,o + sum_q w_m,q,o P_q,o;
//! dL/dw_m,q,o = sum over examples of g_m,o P_q,o; dL/dP_q,o = sum_m w_m,q,o g_m,o.
//! The output cell is the last axis of everything, so each of these runs along contiguous numbers.

use super::initialisation::Initialisation;
use super::kernel::Kernel;
use super::layer::{Extent, Scratch, bound_norm, grow, squares};
use super::parameters::Parameters;
use super::random::Rng;
use super::shape::Shape;
use ndarray::{Array3, ArrayD, ArrayView3, ArrayViewD, IxDyn};
use std::fmt;

/// Locally connected layer: kernels as in a convolution, not shared between positions.
#[derive(Clone, Debug, PartialEq)]
pub struct LocallyConnected {
    input: Shape,
    output: Shape,
    kernel: Kernel,
    parameters: Parameters,
}

impl LocallyConnected {
    /// A layer from given numbers.
    ///
    /// # Shapes
    /// weights (map, channel, kernel_row, kernel_column, row, column), biases (map, row, column), where row and
    /// column are those of the output.
    ///
    /// # Panics
    /// If the shapes do not fit together.
    pub fn new(input: Shape, kernel: Kernel, weights: ArrayD<f32>, biases: Array3<f32>) -> Self {
        let (maps, ..) = biases.dim();
        let output = kernel.output_shape(input, maps);
        assert_eq!(
            biases.dim(),
            (maps, output.rows, output.columns),
            "one bias for each output cell"
        );
        assert_eq!(
            weights.shape(),
            weights_shape(input, kernel, output),
            "one kernel for each output cell"
        );
        let parameters = Parameters {
            weights: weights.iter().copied().collect(),
            biases: biases.iter().copied().collect(),
        };
        Self {
            input,
            output,
            kernel,
            parameters,
        }
    }

    /// A layer with random numbers: n_in = channels * size^2, n_out = maps * size^2.
    pub fn initialised(
        input: Shape,
        maps: usize,
        kernel: Kernel,
        initialisation: Initialisation,
        rng: &mut Rng,
    ) -> Self {
        assert!(
            maps > 0 && input.channels > 0,
            "a locally connected layer has maps and channels"
        );
        let output = kernel.output_shape(input, maps);
        let (n_in, n_out) = (kernel.weights(input.channels), kernel.weights(maps));
        let parameters = initialisation.draw(n_in * output.size(), output.size(), n_in, n_out, rng);
        Self {
            input,
            output,
            kernel,
            parameters,
        }
    }

    /// Weights (map, channel, kernel_row, kernel_column, row, column).
    pub fn weights(&self) -> ArrayViewD<'_, f32> {
        let shape = IxDyn(&weights_shape(self.input, self.kernel, self.output));
        ArrayViewD::from_shape(shape, &self.parameters.weights).expect("the layer keeps its shape")
    }

    /// Biases (map, row, column).
    pub fn biases(&self) -> ArrayView3<'_, f32> {
        let shape = (self.output.channels, self.output.rows, self.output.columns);
        ArrayView3::from_shape(shape, &self.parameters.biases).expect("the layer keeps its shape")
    }

    /// Size, stride and padding.
    pub fn kernel(&self) -> Kernel {
        self.kernel
    }

    pub(crate) fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    pub(crate) fn parameters_mut(&mut self) -> &mut Parameters {
        &mut self.parameters
    }

    pub(crate) fn output_shape(&self, input: Shape) -> Shape {
        assert_eq!(input, self.input, "{self} cannot take {input}");
        self.output
    }

    pub(crate) fn bound_norms(&mut self, bound: f32) {
        let cells = self.output.cells();
        let map_weights = self.kernel.weights(self.input.channels) * cells;
        for map in self.parameters.weights.chunks_exact_mut(map_weights) {
            for cell in 0..cells {
                let squares = squares(map[cell..].iter().step_by(cells));
                bound_norm(map[cell..].iter_mut().step_by(cells), squares, bound);
            }
        }
    }

    pub(crate) fn forward(
        &self,
        extent: Extent,
        input: &[f32],
        output: &mut [f32],
        scratch: &mut Scratch,
    ) {
        let (weights, cells) = (
            self.kernel.weights(self.input.channels),
            self.output.cells(),
        );
        grow(&mut scratch.patches, weights * cells);
        let patches = &mut scratch.patches[..weights * cells];
        let examples = input
            .chunks_exact(self.input.size())
            .zip(output.chunks_exact_mut(extent.output.size()));
        for (image, maps) in examples {
            self.kernel.gather(image, self.input, self.output, patches);
            maps.copy_from_slice(&self.parameters.biases);
            let kernels = self.parameters.weights.chunks_exact(weights * cells);
            for (map, kernels) in maps.chunks_exact_mut(cells).zip(kernels) {
                for (kernel, patch) in kernels.chunks_exact(cells).zip(patches.chunks_exact(cells))
                {
                    add_product(map, kernel, patch);
                }
            }
        }
    }

    pub(crate) fn backward(
        &self,
        extent: Extent,
        input: &[f32],
        output_gradient: &[f32],
        mut input_gradient: Option<&mut [f32]>,
        scratch: &mut Scratch,
        gradient: &mut Parameters,
    ) {
        let (weights, cells) = (
            self.kernel.weights(self.input.channels),
            self.output.cells(),
        );
        let (image_size, maps_size) = (self.input.size(), self.output.size());
        grow(&mut scratch.patches, weights * cells);
        let patches = &mut scratch.patches[..weights * cells];
        gradient.weights.fill(0.0);
        gradient.biases.fill(0.0);
        if let Some(input_gradient) = input_gradient.as_deref_mut() {
            input_gradient.fill(0.0);
        }
        for example in 0..extent.batch {
            let image = &input[example * image_size..][..image_size];
            let maps_gradient = &output_gradient[example * maps_size..][..maps_size];
            for (sum, &value) in gradient.biases.iter_mut().zip(maps_gradient) {
                *sum += value;
            }
            self.kernel.gather(image, self.input, self.output, patches);
            let kernels = gradient.weights.chunks_exact_mut(weights * cells);
            for (map, kernels) in maps_gradient.chunks_exact(cells).zip(kernels) {
                for (kernel, patch) in kernels
                    .chunks_exact_mut(cells)
                    .zip(patches.chunks_exact(cells))
                {
                    add_product(kernel, map, patch);
                }
            }
            if let Some(input_gradient) = input_gradient.as_deref_mut() {
                patches.fill(0.0);
                let kernels = self.parameters.weights.chunks_exact(weights * cells);
                for (map, kernels) in maps_gradient.chunks_exact(cells).zip(kernels) {
                    for (kernel, patch) in kernels
                        .chunks_exact(cells)
                        .zip(patches.chunks_exact_mut(cells))
                    {
                        add_product(patch, kernel, map);
                    }
                }
                let image_gradient = &mut input_gradient[example * image_size..][..image_size];
                self.kernel
                    .scatter(patches, self.input, self.output, image_gradient);
            }
        }
    }
}

/// sum_o = sum_o + a_o b_o for every output cell o.
fn add_product(sum: &mut [f32], a: &[f32], b: &[f32]) {
    for ((sum, &a), &b) in sum.iter_mut().zip(a).zip(b) {
        *sum += a * b;
    }
}

fn weights_shape(input: Shape, kernel: Kernel, output: Shape) -> [usize; 6] {
    [
        output.channels,
        input.channels,
        kernel.size,
        kernel.size,
        output.rows,
        output.columns,
    ]
}

impl fmt::Display for LocallyConnected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "LocallyConnected({} -> {}, {})",
            self.input, self.output, self.kernel
        )
    }
}

#[cfg(test)]
mod tests {
    use super::LocallyConnected;
    use crate::engine::initialisation::Initialisation;
    use crate::engine::kernel::Kernel;
    use crate::engine::random::Stream;
    use crate::engine::shape::Shape;

    #[test]
    fn describes_itself_and_has_the_sheets_number_of_unshared_parameters() {
        let mut rng = Stream::Initialisation.rng(1);
        let layer = LocallyConnected::initialised(
            Shape::new(1, 28, 28),
            20,
            Kernel::plain(5),
            Initialisation::He,
            &mut rng,
        );
        assert_eq!(
            layer.to_string(),
            "LocallyConnected(1x28x28 -> 20x24x24, kernel 5x5, stride 1, padding 0)"
        );
        assert_eq!(layer.parameters().len(), 299_520);
    }
}
