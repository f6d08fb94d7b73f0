//! Pooling: each window of a feature map becomes one number, its maximum or its mean.
//!
//! If the window does not divide the map, what is left over at its right and lower edge is dropped
//! (floor, as in Nielsen's Theano code with `ignore_border=True` and in PyTorch by default).

use super::kernel::Kernel;
use super::layer::{Extent, Scratch, grow};
use super::products::lanes::{LANES, sum};
use super::products::maxima::{Squares, largest};
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
        let corner = |cell| self.corner(extent, cell);
        let squares = Squares::new(columns);
        let remembers = self.kind == PoolKind::Max && extent.learns;
        if remembers {
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
            let start = extent.traced * extent.output.size() + plane * pooled.len();
            let winners = if remembers {
                &mut scratch.winners[start..][..pooled.len()]
            } else {
                &mut []
            };
            if self.kind == PoolKind::Average {
                let share = 1.0 / (size * size) as f32;
                for (cell, mean) in pooled.iter_mut().enumerate() {
                    let corner = corner(cell);
                    let window = (0..size).flat_map(|i| &cells[corner + i * columns..][..size]);
                    *mean = window.sum::<f32>() * share;
                }
            } else if (size, stride) == (2, 2) && output_columns >= LANES && !sum(cells).is_nan() {
                squares.largest(cells, output_columns, pooled, winners);
            } else {
                for (cell, maximum) in pooled.iter_mut().enumerate() {
                    let (value, at) = largest(cells, corner(cell), columns, size);
                    *maximum = value;
                    if let Some(winner) = winners.get_mut(cell) {
                        *winner = at;
                    }
                }
            }
        }
    }

    /// The upper left cell, in its map, of the window that output cell `cell` sees.
    fn corner(&self, extent: Extent, cell: usize) -> usize {
        let (row, column) = (cell / extent.output.columns, cell % extent.output.columns);
        (row * extent.input.columns + column) * self.window.stride
    }

    pub(crate) fn backward(
        &self,
        extent: Extent,
        output_gradient: &[f32],
        input_gradient: &mut [f32],
        scratch: &Scratch,
    ) {
        let (columns, size) = (extent.input.columns, self.window.size);
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
                        let corner = self.corner(extent, cell);
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
    use super::{Pool, PoolKind, largest};
    use crate::engine::layer::{Extent, Scratch};
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
    fn what_is_not_a_number_stays_visible_and_so_does_what_is_infinite() {
        let pool = Pool::new(PoolKind::Max, 2, 2);
        let (input, output) = (Shape::new(3, 4, 9), Shape::new(3, 2, 4));
        let mut cells: Vec<f32> = (0..input.size())
            .map(|cell| (cell * 29 % 7) as f32)
            .collect();
        // In the first map a window with one, in the second a sum that is none.
        cells[10] = f32::NAN;
        (cells[36], cells[38]) = (f32::INFINITY, f32::NEG_INFINITY);
        let mut scratch = Scratch::default();
        let mut pooled = vec![0.0; output.size()];
        let extent = Extent {
            input,
            output,
            batch: 1,
            first: 0,
            traced: 0,
            learns: true,
        };
        pool.forward(extent, &cells, &mut pooled, &mut scratch);
        assert!(pooled[0].is_nan() && pooled[8] == f32::INFINITY);
        for (at, (maximum, &winner)) in pooled.iter().zip(&scratch.winners).enumerate() {
            let (map, row, column) = (at / 8, at / 4 % 2, at % 4);
            let expected = largest(&cells[36 * map..][..36], 18 * row + 2 * column, 9, 2);
            assert_eq!(
                (maximum.to_bits(), winner),
                (expected.0.to_bits(), expected.1)
            );
        }
        // Nobody asks who won: the same maxima.
        let (mut answers, mut unused) = (vec![0.0; output.size()], Scratch::default());
        let extent = Extent {
            learns: false,
            ..extent
        };
        pool.forward(extent, &cells, &mut answers, &mut unused);
        assert_eq!(
            answers
                .iter()
                .map(|value| value.to_bits())
                .collect::<Vec<_>>(),
            pooled
                .iter()
                .map(|value| value.to_bits())
                .collect::<Vec<_>>()
        );
        assert!(unused.winners.is_empty());
    }
}
