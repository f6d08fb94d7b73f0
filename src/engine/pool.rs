//! Pooling: each window of a feature map becomes one number, its maximum or its mean.
//!
//! If the window does not divide the map, what is left over at its right and lower edge is dropped
//! (floor, as in Nielsen's Theano code with `ignore_border=True` and in PyTorch by default).

use super::kernel::Kernel;
use super::layer::{Extent, Scratch, grow};
use super::products::lanes::{Indices, LANES, Lanes};
use super::shape::Shape;
use std::fmt;

/// What a pool makes of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PoolKind {
    /// The largest value; its gradient goes to the cell that held it, the first in row order if several did.
    Max,
    /// The mean; its gradient is shared equally.
    Average,
}

/// Pooling layer over square windows, each feature map on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    kind: PoolKind,
    window: Kernel,
}

impl Pool {
    /// Pools windows of `size` x `size` cells, `stride` cells apart.
    ///
    /// # Panics
    /// If size or stride is 0.
    pub fn new(kind: PoolKind, size: usize, stride: usize) -> Self {
        assert!(size > 0 && stride > 0, "a pool has a size and a stride");
        Self {
            kind,
            window: Kernel {
                size,
                stride,
                padding: 0,
            },
        }
    }

    /// Maximum or mean.
    pub fn kind(&self) -> PoolKind {
        self.kind
    }

    /// Size and stride (padding is 0).
    pub fn window(&self) -> Kernel {
        self.window
    }

    pub(crate) fn output_shape(&self, input: Shape) -> Shape {
        self.window.output_shape(input, input.channels)
    }

    pub(crate) fn forward(
        &self,
        extent: Extent,
        input: &[f32],
        output: &mut [f32],
        scratch: &mut Scratch,
    ) {
        let (columns, output_columns) = (extent.input.columns, extent.output.columns);
        let (size, stride) = (self.window.size, self.window.stride);
        if self.kind == PoolKind::Max {
            grow(
                &mut scratch.winners,
                (extent.traced + extent.batch) * extent.output.size(),
            );
        }
        for (plane, (cells, pooled)) in input
            .chunks_exact(extent.input.cells())
            .zip(output.chunks_exact_mut(extent.output.cells()))
            .enumerate()
        {
            let winners = match self.kind {
                PoolKind::Max => {
                    let start = extent.traced * extent.output.size() + plane * pooled.len();
                    &mut scratch.winners[start..][..pooled.len()]
                }
                PoolKind::Average => &mut [],
            };
            for (row, pooled_row) in pooled.chunks_exact_mut(output_columns).enumerate() {
                let top = row * stride * columns;
                match self.kind {
                    PoolKind::Average => {
                        let share = 1.0 / (size * size) as f32;
                        for (column, mean) in pooled_row.iter_mut().enumerate() {
                            let corner = top + column * stride;
                            let window =
                                (0..size).flat_map(|i| &cells[corner + i * columns..][..size]);
                            *mean = window.sum::<f32>() * share;
                        }
                    }
                    PoolKind::Max => {
                        let winner_row = &mut winners[row * output_columns..][..output_columns];
                        if (size, stride) == (2, 2) && output_columns >= LANES {
                            let (upper, lower) = cells[top..top + 2 * columns].split_at(columns);
                            largest_of_four(upper, lower, top, pooled_row, winner_row);
                            continue;
                        }
                        for (column, (maximum, winner)) in
                            pooled_row.iter_mut().zip(winner_row).enumerate()
                        {
                            let corner = top + column * stride;
                            (*maximum, *winner) = largest(cells, corner, columns, size);
                        }
                    }
                }
            }
        }
    }

    pub(crate) fn backward(
        &self,
        extent: Extent,
        output_gradient: &[f32],
        input_gradient: &mut [f32],
        scratch: &Scratch,
    ) {
        let (columns, output_columns) = (extent.input.columns, extent.output.columns);
        let (size, stride) = (self.window.size, self.window.stride);
        let pooled_cells = extent.output.cells();
        input_gradient.fill(0.0);
        for (plane, (cells, pooled)) in input_gradient
            .chunks_exact_mut(extent.input.cells())
            .zip(output_gradient.chunks_exact(pooled_cells))
            .enumerate()
        {
            match self.kind {
                PoolKind::Max => {
                    let winners = &scratch.winners[plane * pooled_cells..][..pooled_cells];
                    for (&gradient, &winner) in pooled.iter().zip(winners) {
                        cells[winner as usize] += gradient;
                    }
                }
                PoolKind::Average => {
                    let share = 1.0 / (size * size) as f32;
                    for (cell, &gradient) in pooled.iter().enumerate() {
                        let corner = cell / output_columns * stride * columns
                            + cell % output_columns * stride;
                        for i in 0..size {
                            for value in &mut cells[corner + i * columns..][..size] {
                                *value += gradient * share;
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Whether `value` takes the place of `maximum`, which comes before it in row order. Not a number counts as largest,
/// so that it stays visible.
fn wins(value: f32, maximum: f32) -> bool {
    (value > maximum) | value.is_nan()
}

/// [`largest`] for the 2x2 windows of a row, at least four, next to each other: four at once, the last four perhaps together
/// with some of those before.
fn largest_of_four(
    upper: &[f32],
    lower: &[f32],
    top: usize,
    maxima: &mut [f32],
    winners: &mut [u32],
) {
    let columns = upper.len() as u32;
    let [upper_left, upper_right, lower_left, lower_right] =
        [0, 1, columns, columns + 1].map(|at| Indices::from([at; LANES]));
    let mut next = 0;
    while next < maxima.len() {
        let window = next.min(maxima.len() - LANES);
        let (left, right) = halves(upper, window);
        let larger = right.beats(left);
        let (first, first_at) = (
            larger.of(right, left),
            larger.of_indices(upper_right, upper_left),
        );
        let (left, right) = halves(lower, window);
        let larger = right.beats(left);
        let (second, second_at) = (
            larger.of(right, left),
            larger.of_indices(lower_right, lower_left),
        );
        let below = second.beats(first);
        let four: [f32; LANES] = below.of(second, first).into();
        maxima[window..][..LANES].copy_from_slice(&four);
        let offsets: [u32; LANES] = below.of_indices(second_at, first_at).into();
        let corner = (top + 2 * window) as u32;
        let four: [u32; LANES] =
            std::array::from_fn(|lane| corner + 2 * lane as u32 + offsets[lane]);
        winners[window..][..LANES].copy_from_slice(&four);
        next = window + LANES;
    }
}

/// The left and the right cells of four windows from `window` on.
#[inline(always)]
fn halves(cells: &[f32], window: usize) -> (Lanes, Lanes) {
    let cells = cells[2 * window..][..2 * LANES].as_chunks::<LANES>().0;
    Lanes::from(cells[0]).evens_and_odds(cells[1].into())
}

/// The largest value of a window and where it stands in its map.
fn largest(cells: &[f32], corner: usize, columns: usize, size: usize) -> (f32, u32) {
    let (mut maximum, mut winner) = (cells[corner], corner);
    for i in 0..size {
        let start = corner + i * columns;
        for (j, &value) in cells[start..start + size].iter().enumerate() {
            if wins(value, maximum) {
                (maximum, winner) = (value, start + j);
            }
        }
    }
    (maximum, winner as u32)
}

impl fmt::Display for Pool {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.kind {
            PoolKind::Max => "MaxPool",
            PoolKind::Average => "AveragePool",
        };
        write!(
            formatter,
            "{name}({0}x{0}, stride {1})",
            self.window.size, self.window.stride
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Pool, PoolKind, largest, largest_of_four};
    use crate::engine::shape::Shape;

    #[test]
    fn describes_itself_and_drops_what_is_left_over() {
        let pool = Pool::new(PoolKind::Max, 2, 2);
        assert_eq!(pool.to_string(), "MaxPool(2x2, stride 2)");
        assert_eq!(
            Pool::new(PoolKind::Average, 3, 2).to_string(),
            "AveragePool(3x3, stride 2)"
        );
        assert_eq!(
            pool.output_shape(Shape::new(20, 25, 24)),
            Shape::new(20, 12, 12)
        );
    }

    #[test]
    fn the_branchless_path_agrees_with_the_general_one() {
        // Few different values, so that ties are common, and one not a number; odd and even widths.
        for columns in 8..=19 {
            let mut cells: Vec<f32> = (0..4 * columns)
                .map(|cell| ((cell * 29 + cell / 3) % 5) as f32)
                .collect();
            cells[columns + 4] = f32::NAN;
            for row in 0..2 {
                let top = row * 2 * columns;
                let (mut maxima, mut winners) = (vec![0.0; columns / 2], vec![0; columns / 2]);
                let (upper, lower) = cells[top..top + 2 * columns].split_at(columns);
                largest_of_four(upper, lower, top, &mut maxima, &mut winners);
                for column in 0..columns / 2 {
                    let (maximum, winner) = largest(&cells, top + 2 * column, columns, 2);
                    assert_eq!(
                        (maxima[column].to_bits(), winners[column]),
                        (maximum.to_bits(), winner)
                    );
                }
            }
        }
    }
}
