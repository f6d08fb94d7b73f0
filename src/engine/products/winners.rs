//! Products with the gradient that a max-pool hands back to a convolution: one number for each of its windows, at the
//! cell that won. With windows of four cells three quarters of the convolution's gradient are 0, and nothing is
//! multiplied with them here.
//!
//! A kernel's window is cut into pieces of up to five rows and eight columns, whose numbers, ten vectors, stay in
//! registers while all winners pass.

use super::lanes::Lanes;
use super::windows::Windows;

/// The gradient of one feature map: `values[i]` at the cell `cells[i]`, 0 elsewhere. A cell may occur more than once; its
/// values then add up.
#[derive(Clone, Copy)]
pub(crate) struct Winners<'a> {
    pub(crate) cells: &'a [u32],
    pub(crate) values: &'a [f32],
}

impl Winners<'_> {
    /// Gradient with respect to the kernel of one map and one channel: adds to each weight (kernel_row, kernel_column)
    /// the sum over the winners of value times the pixel that the weight sees at the winner's cell.
    pub(crate) fn add_to_weights(
        &self,
        image: &Windows,
        channel: usize,
        size: usize,
        weights: &mut [f32],
    ) {
        let (image, starts, row_length) =
            (image.channel(channel), image.starts(), image.row_length());
        for_each_piece(size, |piece| {
            let image = &image[piece.row * row_length + piece.column..];
            let weights = &mut weights[piece.row * size + piece.column..];
            let width = piece.columns;
            match (piece.rows, piece.vectors()) {
                (5, 2) => self.weigh::<5, 2>(image, starts, row_length, weights, size, width),
                (3, 2) => self.weigh::<3, 2>(image, starts, row_length, weights, size, width),
                (1, 2) => self.weigh::<1, 2>(image, starts, row_length, weights, size, width),
                (5, 1) => self.weigh::<5, 1>(image, starts, row_length, weights, size, width),
                (3, 1) => self.weigh::<3, 1>(image, starts, row_length, weights, size, width),
                _ => self.weigh::<1, 1>(image, starts, row_length, weights, size, width),
            }
        });
    }

    #[inline(never)]
    fn weigh<const ROWS: usize, const VECTORS: usize>(
        &self,
        image: &[f32],
        starts: &[u32],
        row_length: usize,
        weights: &mut [f32],
        size: usize,
        width: usize,
    ) {
        let mut sums = [[Lanes::splat(0.0); VECTORS]; ROWS];
        // All of one length: one check for all.
        let length = image.len() - (ROWS - 1) * row_length;
        let rows: [&[f32]; ROWS] = std::array::from_fn(|i| &image[i * row_length..][..length]);
        for (&cell, &value) in self.cells.iter().zip(self.values) {
            let start = starts[cell as usize] as usize;
            let value = Lanes::splat(value);
            for i in 0..ROWS {
                let pixels = rows[i][start..][..4 * VECTORS].as_chunks::<4>().0;
                for j in 0..VECTORS {
                    sums[i][j] = sums[i][j].plus_product(value, pixels[j].into());
                }
            }
        }
        for i in 0..ROWS {
            let sums = sums[i].map(<[f32; 4]>::from);
            for (weight, &sum) in weights[i * size..][..width]
                .iter_mut()
                .zip(sums.as_flattened())
            {
                *weight += sum;
            }
        }
    }
}

/// A piece of a kernel's window that stays in registers.
struct Piece {
    row: usize,
    column: usize,
    rows: usize,
    columns: usize,
}

impl Piece {
    fn vectors(&self) -> usize {
        self.columns.div_ceil(4)
    }
}

/// Cuts a window of `size` x `size` into pieces of 5, 3 or 1 rows and at most 8 columns.
fn for_each_piece(size: usize, mut work: impl FnMut(Piece)) {
    for column in (0..size).step_by(8) {
        let mut row = 0;
        while row < size {
            let rows = match size - row {
                1 | 2 => 1,
                3 | 4 => 3,
                _ => 5,
            };
            work(Piece {
                row,
                column,
                rows,
                columns: (size - column).min(8),
            });
            row += rows;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Winners;
    use crate::engine::kernel::Kernel;
    use crate::engine::products::whole;
    use crate::engine::products::windows::{RowOrder, Windows};
    use crate::engine::shape::Shape;

    #[test]
    fn sums_are_those_of_the_definition_for_every_size_of_the_window() {
        let input = Shape::new(2, 14, 15);
        let image = whole(input.size(), 5);
        for size in 1..=13 {
            for (stride, padding) in [(1, 0), (1, 2), (2, 1), (3, 0)] {
                let kernel = Kernel {
                    size,
                    stride,
                    padding,
                };
                let output = kernel.output_shape(input, 1);
                let cells: Vec<u32> = (0..output.cells() as u32)
                    .step_by(3)
                    .chain([0, 0])
                    .collect();
                let values = whole(cells.len(), 7);
                let winners = Winners {
                    cells: &cells,
                    values: &values,
                };
                let mut sums = whole(size * size, 2);
                let mut windows = Windows::default();
                windows.prepare(kernel, input, RowOrder::Plain, 1);
                windows.set(&image);
                for channel in 0..2 {
                    let before = sums.clone();
                    winners.add_to_weights(&windows, channel, size, &mut sums);
                    let mut expected_sums = before;
                    for (&cell, &value) in cells.iter().zip(&values) {
                        let cell = cell as usize;
                        for weight in 0..size * size {
                            let row = cell / output.columns * stride + weight / size;
                            let column = cell % output.columns * stride + weight % size;
                            if (padding..padding + 14).contains(&row)
                                && (padding..padding + 15).contains(&column)
                            {
                                let pixel = (row - padding) * 15 + column - padding;
                                expected_sums[weight] += value * image[channel * 210 + pixel];
                            }
                        }
                    }
                    assert_eq!(sums, expected_sums, "{kernel}");
                }
            }
        }
    }
}
