//! One small window, everywhere: what a convolution computes, number by number.
//!
//! y(r, c) = b + sum over kernel cells (i, j) of w(i, j) x(r + i, c + j)
//!
//! Networks call it a convolution; a mathematician's convolution turns the kernel by 180 degrees first (Nielsen, chapter 6, equation 125,
//! has this sum; Goodfellow, Bengio and Courville, section 9.1, name the difference). One channel, stride 1, no padding. Written for being
//! read and shown: the engine's layer computes the same faster.

use ndarray::{Array2, ArrayView2, s};

/// What one position of the window sees, times the kernel.
///
/// # Shapes
/// image (row, column), kernel (kernel_row, kernel_column); the products have the kernel's shape.
///
/// # Panics
/// If the window does not lie on the image.
pub fn products(
    image: ArrayView2<'_, f32>,
    kernel: ArrayView2<'_, f32>,
    (row, column): (usize, usize),
) -> Array2<f32> {
    let (rows, columns) = kernel.dim();
    &image.slice(s![row..row + rows, column..column + columns]) * &kernel
}

/// The sum of the products and the bias, added in 64 bits and rounded once.
///
/// # Panics
/// As [`products`].
pub fn output_cell(
    image: ArrayView2<'_, f32>,
    kernel: ArrayView2<'_, f32>,
    bias: f32,
    at: (usize, usize),
) -> f32 {
    let (rows, columns) = kernel.dim();
    let window = image.slice(s![at.0..at.0 + rows, at.1..at.1 + columns]);
    let pairs = window.iter().zip(&kernel);
    let sum: f64 = pairs.map(|(x, w)| f64::from(*x) * f64::from(*w)).sum();
    (sum + f64::from(bias)) as f32
}

/// Every output cell: the feature map.
///
/// # Shapes
/// image (row, column), kernel (kernel_row, kernel_column); the result (row, column) has image - kernel + 1 rows and columns.
///
/// # Panics
/// If the kernel is empty or larger than the image.
pub fn feature_map(
    image: ArrayView2<'_, f32>,
    kernel: ArrayView2<'_, f32>,
    bias: f32,
) -> Array2<f32> {
    let ((rows, columns), (high, wide)) = (image.dim(), kernel.dim());
    assert!(
        (1..=rows).contains(&high) && (1..=columns).contains(&wide),
        "a {high}x{wide} kernel has no place on {rows}x{columns} pixels"
    );
    Array2::from_shape_fn((rows - high + 1, columns - wide + 1), |at| {
        output_cell(image, kernel, bias, at)
    })
}
