//! An image in its frame of zeros, and where the windows of a kernel lie in it.

use super::lanes::{LANES, Lanes};
use super::strips::Strips;
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
    columns: usize,
    strips: Strips,
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
            columns: output.columns,
            strips: Strips::new(&starts, output.columns),
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

    /// Output cells of a row.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// The output cells in fours.
    pub(super) fn strips(&self) -> &Strips {
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

    /// Puts `image`, (channel, row, column), into the frame.
    pub(crate) fn set(&mut self, image: &[f32]) {
        let (kernel, input, order) = self.made_for.expect("windows are made for a shape");
        let phases = match order {
            RowOrder::Plain => 1,
            RowOrder::ByStride => kernel.stride,
        };
        if kernel.padding == 0 && phases == 1 {
            self.pixels[..image.len()].copy_from_slice(image);
            return;
        }
        let channels = self.pixels.chunks_exact_mut(self.channel_length);
        for (framed, image) in channels.zip(image.chunks_exact(input.cells())) {
            let rows = framed[kernel.padding * self.row_length..].chunks_exact_mut(self.row_length);
            let rows = rows.zip(image.chunks_exact(input.columns));
            match phases {
                1 => rows.for_each(|(framed, row)| {
                    framed[kernel.padding..][..row.len()].copy_from_slice(row);
                }),
                2 => rows.for_each(|(framed, row)| deal::<2>(framed, kernel.padding, row)),
                3 => rows.for_each(|(framed, row)| deal::<3>(framed, kernel.padding, row)),
                4 => rows.for_each(|(framed, row)| deal::<4>(framed, kernel.padding, row)),
                _ => rows.for_each(|(framed, row)| deal_by(phases, framed, kernel.padding, row)),
            }
        }
    }

    /// What each kernel weight sees at the output cells from `first` on, (kernel weight, cell of the panel); 0 behind the
    /// last cell.
    #[inline(always)]
    pub(crate) fn gather<const VECTORS: usize>(
        &self,
        first: usize,
        panel: &mut [[[f32; 4]; VECTORS]],
    ) {
        let (kernel, ..) = self.made_for.expect("windows are made for a shape");
        let starts = &self.starts[first..];
        let starts = &starts[..starts.len().min(4 * VECTORS)];
        let neighbours = |starts: &[u32], count: usize| {
            starts.len() == count && starts[count - 1] - starts[0] == count as u32 - 1
        };
        if kernel.stride == 1 && neighbours(starts, 4 * VECTORS) {
            let first = &self.pixels[starts[0] as usize..];
            match kernel.size {
                3 => copy_rows::<3, VECTORS>(first, &self.offsets, panel),
                5 => copy_rows::<5, VECTORS>(first, &self.offsets, panel),
                size => {
                    let rows = self.offsets.chunks_exact(size);
                    for (panel, offsets) in panel.chunks_exact_mut(size).zip(rows) {
                        let pixels = &first[offsets[0] as usize..][..size + 4 * VECTORS - 1];
                        let pixels = pixels.windows(4 * VECTORS);
                        for (target, pixels) in panel.iter_mut().zip(pixels) {
                            *target = *pixels.as_chunks().0.first_chunk().expect("VECTORS long");
                        }
                    }
                }
            }
            return;
        }
        for vector in 0..VECTORS {
            let starts = &starts[starts.len().min(4 * vector)..starts.len().min(4 * vector + 4)];
            if neighbours(starts, 4) {
                for (target, &offset) in panel.iter_mut().zip(&self.offsets) {
                    let pixels = &self.pixels[(starts[0] + offset) as usize..];
                    target[vector] = *pixels.first_chunk().expect("there is slack");
                }
            } else if let &[first, second, third, fourth] = starts {
                for (target, &offset) in panel.iter_mut().zip(&self.offsets) {
                    target[vector] = [first, second, third, fourth]
                        .map(|start| self.pixels[(start + offset) as usize]);
                }
            } else {
                for (target, &offset) in panel.iter_mut().zip(&self.offsets) {
                    target[vector] = std::array::from_fn(|lane| {
                        let start = starts.get(lane);
                        start.map_or(0.0, |start| self.pixels[(start + offset) as usize])
                    });
                }
            }
        }
    }
}

/// Puts the pixels of a row behind `padding` zeros, where [`RowOrder::ByStride`] has them for a stride of `PHASES`.
#[inline(always)]
fn deal<const PHASES: usize>(framed: &mut [f32], padding: usize, row: &[f32]) {
    let length = framed.len() / PHASES;
    let places: [usize; PHASES] =
        std::array::from_fn(|turn| (padding + turn) % PHASES * length + (padding + turn) / PHASES);
    let (whole, rest) = row.as_chunks::<PHASES>();
    for (place, &pixel) in places.iter().zip(rest) {
        framed[place + whole.len()] = pixel;
    }
    let mut next = 0;
    if PHASES == 2 || PHASES == 4 {
        // The last four of each phase may overlap those before.
        while next < whole.len() && whole.len() >= LANES {
            let first = next.min(whole.len() - LANES);
            let four: &[[f32; PHASES]; LANES] = whole[first..].first_chunk().expect("LANES long");
            for (place, phase) in places.iter().zip(phases_of(four)) {
                framed[place + first..][..LANES].copy_from_slice(&phase);
            }
            next = first + LANES;
        }
    }
    for (index, pixels) in whole.iter().enumerate().skip(next) {
        for (place, &pixel) in places.iter().zip(pixels) {
            framed[place + index] = pixel;
        }
    }
}

/// The pixels of each phase of a stride of 2 or 4.
#[inline(always)]
fn phases_of<const PHASES: usize>(pixels: &[[f32; PHASES]; LANES]) -> [[f32; LANES]; PHASES] {
    let vectors = pixels.as_flattened().as_chunks::<LANES>().0;
    let lanes = |vector: usize| Lanes::from(vectors[vector]);
    let (evens, odds) = lanes(0).evens_and_odds(lanes(1));
    let phases = if PHASES == 2 {
        [evens, odds, evens, odds]
    } else {
        let (more_evens, more_odds) = lanes(2).evens_and_odds(lanes(3));
        let (first, third) = evens.evens_and_odds(more_evens);
        let (second, fourth) = odds.evens_and_odds(more_odds);
        [first, second, third, fourth]
    };
    std::array::from_fn(|phase| phases[phase].into())
}

/// [`deal`] for any stride.
fn deal_by(phases: usize, framed: &mut [f32], padding: usize, row: &[f32]) {
    let length = framed.len() / phases;
    for (column, &pixel) in (padding..).zip(row) {
        framed[column % phases * length + column / phases] = pixel;
    }
}

/// What each weight of a kernel with rows of `SIZE` sees at neighbouring output cells: the next weight of a row sees the same
/// pixels, one further.
#[inline(always)]
fn copy_rows<const SIZE: usize, const VECTORS: usize>(
    first: &[f32],
    offsets: &[u32],
    panel: &mut [[[f32; 4]; VECTORS]],
) {
    let rows = panel.as_chunks_mut::<SIZE>().0.iter_mut();
    for (panel, offsets) in rows.zip(offsets.as_chunks::<SIZE>().0) {
        let pixels = &first[offsets[0] as usize..][..SIZE + 4 * VECTORS - 1];
        for j in 0..SIZE {
            let seen = pixels[j..][..4 * VECTORS].as_chunks().0;
            panel[j] = *seen.first_chunk().expect("VECTORS long");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{RowOrder, Windows};
    use crate::engine::kernel::Kernel;
    use crate::engine::shape::Shape;

    #[test]
    fn panels_and_windows_hold_what_a_loop_over_all_positions_sees() {
        let input = Shape::new(2, 5, 13);
        let image: Vec<f32> = (1..=130).map(|pixel| pixel as f32).collect();
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
                    let pixel = |weight: usize, cell: usize| {
                        let channel = weight / (size * size);
                        let row = cell / output.columns * stride + weight / size % size;
                        let column = cell % output.columns * stride + weight % size;
                        let inside = cell < output.cells()
                            && (padding..padding + 5).contains(&row)
                            && (padding..padding + 13).contains(&column);
                        if inside {
                            image[(channel * 5 + row - padding) * 13 + column - padding]
                        } else {
                            0.0
                        }
                    };
                    for first in (0..output.cells()).step_by(8) {
                        let mut panel = vec![[[-1.0; 4]; 2]; kernel.weights(2)];
                        windows.gather(first, &mut panel);
                        for (weight, seen) in panel.iter().enumerate() {
                            let expected: Vec<f32> =
                                (first..first + 8).map(|cell| pixel(weight, cell)).collect();
                            assert_eq!(seen.as_flattened(), expected, "{kernel}, cell {first}");
                        }
                    }
                    windows.prepare(kernel, input, RowOrder::Plain);
                    windows.set(&image);
                    for (weight, offset) in windows.offsets().iter().enumerate() {
                        for (cell, start) in windows.starts().iter().enumerate() {
                            let seen = windows.channel(0)[(start + offset) as usize];
                            assert_eq!(seen, pixel(weight, cell), "{kernel}, plain rows");
                        }
                    }
                }
            }
        }
    }
}
