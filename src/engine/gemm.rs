//! Matrix products.
#![expect(
    unsafe_code,
    reason = "the gemm crate's interface takes raw pointers; ndarray views carry their bounds"
)]

use gemm::Parallelism;
use ndarray::{ArrayView2, ArrayViewMut2};

/// What becomes of the numbers that the destination holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// c = a b
    Overwrite,
    /// c = c + a b
    Add,
}

/// c = a b, or c = c + a b.
///
/// # Shapes
/// a (i, k), b (k, j), c (i, j), any strides.
pub(crate) fn multiply(
    a: ArrayView2<f32>,
    b: ArrayView2<f32>,
    mut c: ArrayViewMut2<f32>,
    destination: Destination,
) {
    let ((rows, depth), columns) = (a.dim(), b.ncols());
    assert_eq!(b.nrows(), depth, "inner dimensions differ");
    assert_eq!(c.dim(), (rows, columns), "destination has another shape");
    let (a_strides, b_strides, c_strides) =
        (a.strides(), b.strides(), [c.strides()[0], c.strides()[1]]);
    // SAFETY: an ndarray view guarantees that every (row, column) below its shape, times its strides, lies inside
    // the slice it borrows; the shapes agree by the asserts above; c is borrowed mutably, so it overlaps neither a nor b.
    // The product is transposed (c^T = b^T a^T) because gemm's vectors run along the rows of its destination.
    unsafe {
        gemm::gemm(
            columns,
            rows,
            depth,
            c.as_mut_ptr(),
            c_strides[0],
            c_strides[1],
            destination == Destination::Add,
            b.as_ptr(),
            b_strides[0],
            b_strides[1],
            a.as_ptr(),
            a_strides[0],
            a_strides[1],
            1.0,
            1.0,
            false,
            false,
            false,
            Parallelism::None,
        );
    }
}
