//! c = a b^T as dot products of rows: see [`super::gemm`] for what all products have in common.

use super::gemm::{Destination, Size};
use std::ops::Range;

/// Terms of a dot product that are summed before the next row: eight rows of 512 numbers fit a small first-level cache.
/// Part of the order of summation, so a constant.
const DEPTH_BLOCK: usize = 512;

/// c = a b^T, or c = c + a b^T: the dot product of each row of a with each row of b.
///
/// # Shapes
/// a (row, depth), b (column, depth), c (row, column).
pub(crate) fn multiply_rows(
    size: Size,
    a: &[f32],
    b: &[f32],
    c: &mut [f32],
    destination: Destination,
) {
    let Size {
        rows,
        depth,
        columns,
    } = size;
    assert!(depth > 0, "a dot product has terms");
    assert_eq!(
        (a.len(), b.len(), c.len()),
        (rows * depth, depth * columns, rows * columns),
        "{size:?}"
    );
    let mut product = Dots {
        size,
        a,
        b,
        c,
        destination,
    };
    for start in (0..depth).step_by(DEPTH_BLOCK) {
        product.dots_of_block(start..(start + DEPTH_BLOCK).min(depth));
        product.destination = Destination::Add;
    }
}

/// The operands of [`multiply_rows`].
struct Dots<'a> {
    size: Size,
    a: &'a [f32],
    b: &'a [f32],
    c: &'a mut [f32],
    destination: Destination,
}

impl Dots<'_> {
    /// Adds the terms of one block of the depth to every element of c.
    fn dots_of_block(&mut self, block: Range<usize>) {
        let Size { rows, columns, .. } = self.size;
        // Columns outside, rows inside: b is often the larger factor (weights) and passes through the cache once.
        for column in (0..columns).step_by(4) {
            let width = (columns - column).min(4);
            for row in (0..rows).step_by(4) {
                match ((rows - row).min(4), width) {
                    (4, 4) => {
                        self.dots::<4, 2>(row, column, &block);
                        self.dots::<4, 2>(row, column + 2, &block);
                    }
                    (3, 4) => {
                        self.dots::<3, 2>(row, column, &block);
                        self.dots::<3, 2>(row, column + 2, &block);
                    }
                    (2, 4) => self.dots::<2, 4>(row, column, &block),
                    (1, 4) => self.dots::<1, 4>(row, column, &block),
                    (height, width) => {
                        for column in column..column + width {
                            match height {
                                4 => self.dots::<4, 1>(row, column, &block),
                                3 => self.dots::<3, 1>(row, column, &block),
                                2 => self.dots::<2, 1>(row, column, &block),
                                _ => self.dots::<1, 1>(row, column, &block),
                            }
                        }
                    }
                }
            }
        }
    }

    /// ROWS x COLUMNS dot products over a block of the depth. Each is the sum of four partial sums, of the terms with
    /// index 0, 1, 2, 3 modulo 4, and then of the last terms of a block that four does not divide.
    #[inline(always)]
    fn dots<const ROWS: usize, const COLUMNS: usize>(
        &mut self,
        row: usize,
        column: usize,
        block: &Range<usize>,
    ) {
        let Size { depth, columns, .. } = self.size;
        let a: [&[f32]; ROWS] =
            std::array::from_fn(|i| &self.a[(row + i) * depth..][block.clone()]);
        let b: [&[f32]; COLUMNS] =
            std::array::from_fn(|j| &self.b[(column + j) * depth..][block.clone()]);
        let quads = block.len() / 4;
        let a_quads: [&[[f32; 4]]; ROWS] =
            std::array::from_fn(|i| &a[i].as_chunks::<4>().0[..quads]);
        let b_quads: [&[[f32; 4]]; COLUMNS] =
            std::array::from_fn(|j| &b[j].as_chunks::<4>().0[..quads]);
        let mut sums = [[[0.0_f32; 4]; COLUMNS]; ROWS];
        for k in 0..quads {
            let b: [[f32; 4]; COLUMNS] = std::array::from_fn(|j| b_quads[j][k]);
            for i in 0..ROWS {
                let a = a_quads[i][k];
                for j in 0..COLUMNS {
                    for lane in 0..4 {
                        sums[i][j][lane] += a[lane] * b[j][lane];
                    }
                }
            }
        }
        for i in 0..ROWS {
            for j in 0..COLUMNS {
                let [first, second, third, fourth] = sums[i][j];
                let mut sum = (first + second) + (third + fourth);
                for k in quads * 4..block.len() {
                    sum += a[i][k] * b[j][k];
                }
                let target = &mut self.c[(row + i) * columns + column + j];
                match self.destination {
                    Destination::Overwrite => *target = sum,
                    Destination::Add => *target += sum,
                }
            }
        }
    }
}
