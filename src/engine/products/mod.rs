//! Products of matrices and of images with kernels: the arithmetic that training spends its time in.
//!
//! # Tiles
//!
//! A core of this generation multiplies and adds two vectors of four numbers in each cycle, but reads only two and
//! starts only six operations, so the sums have to stay in registers. A *tile* is a piece of the result of four rows
//! and eight columns: eight vectors of sums. In each step two vectors of the one factor and four single numbers of the
//! other are read, six reads for sixteen multiplications and additions of vectors; sums, factors and a product in the
//! making fill 12 of the 16 registers that SSE2 and browsers have. More sums spill into memory and halve the
//! speed; fewer wait for each other.
//!
//! - [`gemm::multiply`]: c = a b. Both factors are packed first, so that the steps of a tile stand behind each other:
//!   a in groups of four or five rows (depth, row of the group), b in panels of eight columns (depth, column of the panel).
//!   Packing costs a copy of the factors; read where they stand, rows of the weights lie on pages of their own.
//! - [`correlation`]: a convolution forwards is the same product, kernels times patches, and so is the gradient with respect to the
//!   kernels; for many maps the patches are gathered first (`patches`), of several images together where each has few output
//!   cells, for few maps they are read in the image (`strips`).
//! - The gradient with respect to the image is such a correlation again ([`turned`]), or what each window says to its pixels
//!   ([`transposed`]), whichever has fewer operations.
//! - [`dots::multiply_rows`]: c = a b^T, dot products of rows, read where they stand: a tile of four rows and two
//!   columns, each sum a vector of four partial sums.
//! - [`maxima`]: what a max-pool makes of its windows; [`winners`]: products with a gradient of which it has left one number
//!   in each.
//!
//! # The same bits everywhere
//!
//! Multiplication and addition are rounded one after the other, never fused, and the order of the sum of one element of
//! the result depends on the shapes alone, not on tile, batch size, machine or time: the same numbers in, the same
//! bits out, natively and in every browser, for an image alone or in a batch. Only the gradient with respect to weights is a sum over
//! a mini-batch, in an order that its shapes and its size decide.
//!
//! Nothing is allocated once the memory for packed factors has grown to its size.
//!
//! # Why not a crate
//!
//! `gemm` 0.19 is strict in WASM too (multiply, then add; tiles from constants), but it allocates on every call, chooses
//! its blocks natively from the caches it finds and another kernel for a single row, so an image's bits depend on
//! machine and batch; in WASM it was slower at all shapes of these networks.

pub(crate) mod correlation;
pub(crate) mod dots;
mod framing;
pub(crate) mod gemm;
pub(crate) mod lanes;
pub(crate) mod maxima;
pub(crate) mod packing;
mod patches;
mod phases;
mod strips;
pub(crate) mod transposed;
pub(crate) mod turned;
pub(crate) mod windows;
pub(crate) mod winners;

/// Whole numbers small enough that every sum is exact in f32: any order of summation must give the same bits.
#[cfg(test)]
fn whole(count: usize, step: usize) -> Vec<f32> {
    (0..count)
        .map(|index| ((index * step + 3) % 17) as f32 - 8.0)
        .collect()
}
