//! c = c + a b^T as dot products of rows: see [`super`].

use super::gemm::Size;
use super::lanes::Lanes;
use std::ops::Range;

/// Terms of a dot product that are summed before the next row: eight rows of 512 numbers fit a small first-level cache.
/// Part of the order of summation, so a constant.
const DEPTH_BLOCK: usize = 512;

/// c = c + a b^T: adds the dot product of each row of a with each row of b.
///
/// # Shapes
/// a (row, depth), b (column, depth), c (row, column).
pub(crate) fn multiply_rows(size: Size, a: &[f32], b: &[f32], c: &mut [f32]) {
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
    let mut product = Dots { size, a, b, c };
    for start in (0..depth).step_by(DEPTH_BLOCK) {
        product.dots_of_block(start..(start + DEPTH_BLOCK).min(depth));
    }
}

/// The operands of [`multiply_rows`].
struct Dots<'a> {
    size: Size,
    a: &'a [f32],
    b: &'a [f32],
    c: &'a mut [f32],
}

impl Dots<'_> {
    /// Adds the terms of one block of the depth to every element of c.
    fn dots_of_block(&mut self, block: Range<usize>) {
        let Size { rows, columns, .. } = self.size;
        // Columns outside, rows inside: b is often the larger factor (weights) and passes through the cache once.
        for column in (0..columns).step_by(4) {
            let width = (columns - column).min(4);
            for row in (0..rows).step_by(4) {
                match (rows - row).min(4) {
                    4 => self.dots_of_rows::<4, 2>(row, column..column + width, &block),
                    3 => self.dots_of_rows::<3, 2>(row, column..column + width, &block),
                    2 => self.dots_of_rows::<2, 4>(row, column..column + width, &block),
                    _ => self.dots_of_rows::<1, 4>(row, column..column + width, &block),
                }
            }
        }
    }

    /// The dot products of ROWS rows with some columns, COLUMNS at once as far as there are so many.
    #[inline(always)]
    fn dots_of_rows<const ROWS: usize, const COLUMNS: usize>(
        &mut self,
        row: usize,
        columns: Range<usize>,
        block: &Range<usize>,
    ) {
        let whole = columns.start + columns.len() / COLUMNS * COLUMNS;
        for column in (columns.start..whole).step_by(COLUMNS) {
            self.dots::<ROWS, COLUMNS>(row, column, block);
        }
        for column in whole..columns.end {
            self.dots::<ROWS, 1>(row, column, block);
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
        let mut sums = [[Lanes::splat(0.0); COLUMNS]; ROWS];
        for k in 0..quads {
            let b: [Lanes; COLUMNS] = std::array::from_fn(|j| b_quads[j][k].into());
            for i in 0..ROWS {
                let a = Lanes::from(a_quads[i][k]);
                for j in 0..COLUMNS {
                    sums[i][j] = sums[i][j].plus_product(a, b[j]);
                }
            }
        }
        for i in 0..ROWS {
            for j in 0..COLUMNS {
                let [first, second, third, fourth] = sums[i][j].into();
                let mut sum = (first + second) + (third + fourth);
                for k in quads * 4..block.len() {
                    sum += a[i][k] * b[j][k];
                }
                self.c[(row + i) * columns + column + j] += sum;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::multiply_rows;
    use crate::engine::products::gemm::Size;
    use crate::engine::products::whole;

    #[test]
    fn products_agree_with_the_definition_at_every_edge_of_tiles_and_blocks() {
        for rows in 1..=9 {
            for columns in (1..=9).chain([21]) {
                for depth in [1, 2, 3, 4, 5, 8, 13, 512, 515, 1_030] {
                    let size = Size {
                        rows,
                        depth,
                        columns,
                    };
                    let (a, b) = (whole(rows * depth, 5), whole(depth * columns, 7));
                    let mut c = whole(rows * columns, 3);
                    let expected: Vec<f32> = (0..rows * columns)
                        .map(|cell| {
                            let (row, column) = (cell / columns, cell % columns);
                            let terms =
                                (0..depth).map(|k| a[row * depth + k] * b[column * depth + k]);
                            c[cell] + terms.sum::<f32>()
                        })
                        .collect();
                    multiply_rows(size, &a, &b, &mut c);
                    assert_eq!(c, expected, "{size:?}");
                }
            }
        }
    }

    #[test]
    fn a_row_has_the_same_bits_alone_and_among_others() {
        let size = Size {
            rows: 7,
            depth: 541,
            columns: 23,
        };
        let irregular =
            |count: usize| -> Vec<f32> { (0..count).map(|i| (i as f32 * 0.37).sin()).collect() };
        let (a, b) = (irregular(7 * 541), irregular(541 * 23));
        let mut together = vec![0.0; 7 * 23];
        multiply_rows(size, &a, &b, &mut together);
        for row in 0..7 {
            let mut alone = vec![0.0; 23];
            multiply_rows(
                Size { rows: 1, ..size },
                &a[row * 541..][..541],
                &b,
                &mut alone,
            );
            assert_eq!(alone, together[row * 23..][..23]);
        }
    }
}
