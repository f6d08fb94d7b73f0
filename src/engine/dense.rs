//! Fully connected layer: y_j = sum_i w_ji x_i + b_j.
//!
//! Backward, with g = dL/dy summed over the examples e of a batch:
//! dL/dw_ji = sum_e g_ej x_ei, dL/db_j = sum_e g_ej, dL/dx_ei = sum_j g_ej w_ji.

use super::initialisation::Initialisation;
use super::layer::{Extent, Scratch, bound_norm, squares};
use super::parameters::Parameters;
use super::products::dots::multiply_rows;
use super::products::gemm::{Size, multiply};
use super::products::packing::Order;
use super::random::Rng;
use super::shape::Shape;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut2};
use std::fmt;

/// Fully connected layer. Takes an input of any shape with the right number of features, in the order
/// (channel, row, column); gives a flat output.
#[derive(Clone, Debug, PartialEq)]
pub struct Dense {
    inputs: usize,
    outputs: usize,
    parameters: Parameters,
}

impl Dense {
    /// A layer from given numbers.
    ///
    /// # Shapes
    /// weights (output, input), biases (output).
    ///
    /// # Panics
    /// If the numbers of outputs differ, or a dimension is 0.
    pub fn new(weights: Array2<f32>, biases: Array1<f32>) -> Self {
        let (outputs, inputs) = weights.dim();
        assert!(
            inputs > 0 && outputs > 0,
            "a dense layer needs inputs and outputs"
        );
        assert_eq!(biases.len(), outputs, "one bias for each output");
        let parameters = Parameters {
            weights: weights.iter().copied().collect(),
            biases: biases.to_vec(),
        };
        Self {
            inputs,
            outputs,
            parameters,
        }
    }

    /// A layer with random numbers: n_in = `inputs`, n_out = `outputs`.
    pub fn initialised(
        inputs: usize,
        outputs: usize,
        initialisation: Initialisation,
        rng: &mut Rng,
    ) -> Self {
        assert!(
            inputs > 0 && outputs > 0,
            "a dense layer needs inputs and outputs"
        );
        let parameters = initialisation.draw(inputs * outputs, outputs, inputs, outputs, rng);
        Self {
            inputs,
            outputs,
            parameters,
        }
    }

    /// Number of features of an input.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Number of units.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Weights (output, input).
    pub fn weights(&self) -> ArrayView2<'_, f32> {
        matrix(&self.parameters.weights, self.outputs, self.inputs)
    }

    /// Biases (output).
    pub fn biases(&self) -> ArrayView1<'_, f32> {
        ArrayView1::from(&self.parameters.biases)
    }

    pub(crate) fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    pub(crate) fn parameters_mut(&mut self) -> &mut Parameters {
        &mut self.parameters
    }

    pub(crate) fn output_shape(&self, input: Shape) -> Shape {
        assert_eq!(input.size(), self.inputs, "{self} cannot take {input}");
        Shape::flat(self.outputs)
    }

    pub(crate) fn bound_norms(&mut self, bound: f32) {
        for unit in self.parameters.weights.chunks_exact_mut(self.inputs) {
            let squares = squares(unit.iter());
            bound_norm(unit.iter_mut(), squares, bound);
        }
    }

    pub(crate) fn forward(&self, extent: Extent, input: &[f32], output: &mut [f32]) {
        for row in output.chunks_exact_mut(self.outputs) {
            row.copy_from_slice(&self.parameters.biases);
        }
        let size = Size {
            rows: extent.batch,
            depth: self.inputs,
            columns: self.outputs,
        };
        multiply_rows(size, input, &self.parameters.weights, output);
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
        gradient.biases.fill(0.0);
        for row in output_gradient.chunks_exact(self.outputs) {
            for (sum, &value) in gradient.biases.iter_mut().zip(row) {
                *sum += value;
            }
        }
        let size = Size {
            rows: self.outputs,
            depth: extent.batch,
            columns: self.inputs,
        };
        multiply(
            size,
            output_gradient,
            Order::Transposed,
            input,
            &mut gradient.weights,
            &mut scratch.packing,
        );
        if let Some(input_gradient) = input_gradient {
            let size = Size {
                rows: extent.batch,
                depth: self.outputs,
                columns: self.inputs,
            };
            let weights = &self.parameters.weights;
            multiply(
                size,
                output_gradient,
                Order::RowMajor,
                weights,
                input_gradient,
                &mut scratch.packing,
            );
        }
    }
}

/// A slice read as a row-major matrix.
pub(crate) fn matrix(values: &[f32], rows: usize, columns: usize) -> ArrayView2<'_, f32> {
    ArrayView2::from_shape((rows, columns), values).expect("the slice holds rows * columns numbers")
}

/// A slice written as a row-major matrix.
pub(crate) fn matrix_mut(
    values: &mut [f32],
    rows: usize,
    columns: usize,
) -> ArrayViewMut2<'_, f32> {
    ArrayViewMut2::from_shape((rows, columns), values)
        .expect("the slice holds rows * columns numbers")
}

impl fmt::Display for Dense {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Dense({} -> {})", self.inputs, self.outputs)
    }
}

#[cfg(test)]
mod tests {
    use super::Dense;
    use ndarray::array;

    #[test]
    fn describes_itself() {
        let layer = Dense::new(array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], array![0.5, -0.5]);
        assert_eq!(layer.to_string(), "Dense(3 -> 2)");
        assert_eq!(layer.weights()[[1, 0]], 4.0);
        assert_eq!(layer.biases()[1], -0.5);
    }
}
