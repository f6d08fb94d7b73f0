//! Pooling: each window of a feature map becomes one number, its maximum or its mean.
//!
//! If the window does not divide the map, what is left over at its right and lower edge is dropped
//! (floor, as in Nielsen's Theano code with `ignore_border=True` and in PyTorch by default).

use super::kernel::Kernel;
use super::layer::{Extent, Scratch, grow};
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
            grow(&mut scratch.winners, output.len());
        }
        for (plane, (cells, pooled)) in input
            .chunks_exact(extent.input.cells())
            .zip(output.chunks_exact_mut(extent.output.cells()))
            .enumerate()
        {
            let winners = match self.kind {
                PoolKind::Max => &mut scratch.winners[plane * pooled.len()..][..pooled.len()],
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

/// The largest value of a window and where it stands in its map. Not a number counts as largest, so that it stays visible.
fn largest(cells: &[f32], corner: usize, columns: usize, size: usize) -> (f32, u32) {
    let (mut maximum, mut winner) = (cells[corner], corner);
    for i in 0..size {
        let start = corner + i * columns;
        for (j, &value) in cells[start..start + size].iter().enumerate() {
            if value > maximum || value.is_nan() {
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
    use super::{Pool, PoolKind};
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
}
