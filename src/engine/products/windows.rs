//! An image in its frame of zeros, and where the windows of a kernel lie in it.

use super::phases::{collect, deal};
use super::strips::{Strip, strips};
use crate::engine::kernel::Kernel;
use crate::engine::shape::Shape;

/// Numbers behind the last pixel: who reads or writes a window's row in vectors reaches up to seven numbers past it.
const SLACK: usize = 8;

/// How the pixels of a padded row stand in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowOrder {
    /// From left to right.
    Plain,
    /// First those at multiples of the stride, then those one further, and so on: what a kernel weight sees from one output
    /// cell to the next stands side by side.
    ByStride,
}

/// One image, (channel, padded row, padded column), and the places of windows and of their pixels. Made once for a kernel
/// and a shape, then filled with image after image without allocating.
#[derive(Clone, Debug, Default)]
pub(crate) struct Windows {
    made_for: Option<(Kernel, Shape, RowOrder)>,
    pixels: Vec<f32>,
    row_length: usize,
    channel_length: usize,
    starts: Vec<u32>,
    strips: Vec<Strip>,
    offsets: Vec<u32>,
    reach: usize,
}

impl Windows {
    /// Makes room for images of shape `input` under `kernel`, if the latest ones were others.
    pub(crate) fn prepare(&mut self, kernel: Kernel, input: Shape, order: RowOrder) {
        if self.made_for == Some((kernel, input, order)) {
            return;
        }
        let (stride, phases) = match order {
            RowOrder::Plain => (kernel.stride, 1),
            RowOrder::ByStride => (1, kernel.stride),
        };
        let phase_length = (input.columns + 2 * kernel.padding).div_ceil(phases);
        let row_length = phases * phase_length;
        let channel_length = (input.rows + 2 * kernel.padding) * row_length;
        let output = kernel.output_shape(input, 1);
        let start = |cell: usize| {
            let (row, column) = (cell / output.columns, cell % output.columns);
            (row * kernel.stride * row_length + column * stride) as u32
        };
        let offset = |weight: usize| {
            let channel = weight / kernel.weights(1);
            let (row, column) = (weight / kernel.size % kernel.size, weight % kernel.size);
            let place = column % phases * phase_length + column / phases;
            (channel * channel_length + row * row_length + place) as u32
        };
        let offsets: Vec<u32> = (0..kernel.weights(input.channels)).map(offset).collect();
        let starts: Vec<u32> = (0..output.cells()).map(start).collect();
        *self = Self {
            made_for: Some((kernel, input, order)),
            pixels: vec![0.0; input.channels * channel_length + SLACK],
            row_length,
            channel_length,
            strips: strips(&starts, output.columns),
            starts,
            reach: offsets.iter().max().map_or(0, |&last| last as usize + 1),
            offsets,
        };
    }

    /// Numbers from one padded row to the next.
    pub(crate) fn row_length(&self) -> usize {
        self.row_length
    }

    /// For each output cell, the place of its window's first pixel.
    pub(crate) fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// The output cells in fours, row by row.
    pub(super) fn strips(&self) -> &[Strip] {
        &self.strips
    }

    /// For each kernel weight, how far its pixel stands behind the first one of the window.
    pub(crate) fn offsets(&self) -> &[u32] {
        &self.offsets
    }

    /// Numbers from the first pixel of a window to its last.
    pub(super) fn reach(&self) -> usize {
        self.reach
    }

    /// The pixels of `channel`, and what stands behind them.
    pub(crate) fn channel(&self, channel: usize) -> &[f32] {
        &self.pixels[channel * self.channel_length..]
    }

    /// Kernel and shape of the images, and in how many phases their rows stand.
    fn made_for(&self) -> (Kernel, Shape, usize) {
        let (kernel, input, order) = self.made_for.expect("windows are made for a shape");
        let phases = match order {
            RowOrder::Plain => 1,
            RowOrder::ByStride => kernel.stride,
        };
        (kernel, input, phases)
    }

    /// The kernel whose windows these are.
    pub(super) fn kernel(&self) -> Kernel {
        self.made_for().0
    }

    /// Puts `image`, (channel, row, column), into the frame.
    pub(crate) fn set(&mut self, image: &[f32]) {
        let (kernel, input, phases) = self.made_for();
        if kernel.padding == 0 && phases == 1 {
            self.pixels[..image.len()].copy_from_slice(image);
            return;
        }
        let channels = self.pixels.chunks_exact_mut(self.channel_length);
        for (framed, image) in channels.zip(image.chunks_exact(input.cells())) {
            let rows = framed[kernel.padding * self.row_length..].chunks_exact_mut(self.row_length);
            for (framed, row) in rows.zip(image.chunks_exact(input.columns)) {
                deal(phases, kernel.padding, row, framed);
            }
        }
    }

    /// Makes every number of the frame 0.
    pub(super) fn clear(&mut self) {
        self.pixels.fill(0.0);
    }

    /// All numbers of the frame, to be changed.
    pub(super) fn pixels_mut(&mut self) -> &mut [f32] {
        &mut self.pixels
    }

    /// Puts the numbers of the frame that are not padding into `image`, (channel, row, column).
    pub(super) fn take(&self, image: &mut [f32]) {
        let (kernel, input, phases) = self.made_for();
        let channels = self.pixels.chunks_exact(self.channel_length);
        for (framed, image) in channels.zip(image.chunks_exact_mut(input.cells())) {
            let rows = framed[kernel.padding * self.row_length..].chunks_exact(self.row_length);
            for (framed, row) in rows.zip(image.chunks_exact_mut(input.columns)) {
                collect(phases, kernel.padding, framed, row);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{RowOrder, Windows};
    use crate::engine::kernel::Kernel;
    use crate::engine::shape::Shape;

    #[test]
    fn windows_hold_what_a_loop_over_all_positions_sees() {
        // Long enough for vectors with a stride of 2.
        let columns = 18;
        let input = Shape::new(2, 5, columns);
        let image: Vec<f32> = (1..=input.size()).map(|pixel| pixel as f32).collect();
        let mut windows = Windows::default();
        for size in 1..=5 {
            for stride in 1..=5 {
                for padding in 0..=4 {
                    let kernel = Kernel {
                        size,
                        stride,
                        padding,
                    };
                    let output = kernel.output_shape(input, 1);
                    windows.prepare(kernel, input, RowOrder::ByStride);
                    windows.set(&image);
                    let mut taken = vec![f32::NAN; image.len()];
                    windows.take(&mut taken);
                    assert_eq!(taken, image, "{kernel}");
                    let pixel = |weight: usize, cell: usize| {
                        let channel = weight / (size * size);
                        let row = cell / output.columns * stride + weight / size % size;
                        let column = cell % output.columns * stride + weight % size;
                        let inside = (padding..padding + 5).contains(&row)
                            && (padding..padding + columns).contains(&column);
                        if inside {
                            image[(channel * 5 + row - padding) * columns + column - padding]
                        } else {
                            0.0
                        }
                    };
                    for order in [RowOrder::ByStride, RowOrder::Plain] {
                        windows.prepare(kernel, input, order);
                        windows.set(&image);
                        for (weight, offset) in windows.offsets().iter().enumerate() {
                            for (cell, start) in windows.starts().iter().enumerate() {
                                let seen = windows.channel(0)[(start + offset) as usize];
                                assert_eq!(seen, pixel(weight, cell), "{kernel}, {order:?}");
                            }
                        }
                    }
                }
            }
        }
    }
}
