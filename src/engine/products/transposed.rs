//! From the gradient with respect to feature maps back to that with respect to the image under them, window by window.
//!
//! G being the maps' gradient and W the kernels, W^T G (kernel weight, output cell) is what each window says to each pixel that it
//! sees. It is computed in tiles of a few channels and strips of output cells, and added to the pixels at once. Neighbouring
//! weights of a kernel would say it to neighbouring pixels, and a vector is read slowly where another was just written one
//! place beside: so a tile holds one weight of several channels, and the next weight's turn comes when all cells are done.

use super::gemm::tile;
use super::lanes::{LANES, Lanes};
use super::packing::row_groups;
use super::strips::Strip;
use super::windows::{RowOrder, Windows};
use crate::engine::kernel::Kernel;
use crate::engine::shape::Shape;
use std::ops::Range;

/// Strips of a tile.
const STRIPS: usize = 2;

/// Memory for the way back. Grown on first use, then reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Transposed {
    /// The gradient with respect to the latest image, in its frame.
    windows: Windows,
    /// (kernel_row, kernel_column, group of channels), each (map, channel of the group).
    kernels: Vec<f32>,
    /// (strips of a tile, map, strip of the tile)
    panels: Vec<[[f32; LANES]; STRIPS]>,
    strips: Vec<[Strip; STRIPS]>,
}

impl Transposed {
    /// Prepares `weights`, (map, channel, kernel_row, kernel_column), for [`Transposed::image_gradient`].
    pub(crate) fn pack(&mut self, kernel: Kernel, weights: &[f32], channels: usize) {
        let cells = kernel.weights(1);
        self.kernels.clear();
        for cell in 0..cells {
            for group in row_groups(channels) {
                for map in weights.chunks_exact(channels * cells) {
                    let weights = group.clone().map(|channel| map[channel * cells + cell]);
                    self.kernels.extend(weights);
                }
            }
        }
    }

    /// The gradient with respect to an image of shape `input` from `maps_gradient`, with respect to its maps of shape
    /// `output`, with the packed kernels.
    ///
    /// # Shapes
    /// maps_gradient (map, row, column), image_gradient (channel, row, column).
    pub(crate) fn image_gradient(
        &mut self,
        kernel: Kernel,
        input: Shape,
        output: Shape,
        maps_gradient: &[f32],
        image_gradient: &mut [f32],
    ) {
        self.windows.prepare(kernel, input, RowOrder::ByStride);
        self.windows.clear();
        self.gather(output, maps_gradient);
        let (maps, cells) = (output.channels, kernel.weights(1));
        let per_cell = self.kernels.chunks_exact(maps * input.channels);
        for (cell, kernels) in per_cell.enumerate() {
            for group in row_groups(input.channels) {
                let kernels = &kernels[group.start * maps..group.end * maps];
                let spread = Spread {
                    panels: &self.panels,
                    strips: &self.strips,
                    maps,
                    channels: group.clone(),
                    cell,
                    cells,
                };
                match group.len() {
                    1 => spread.add::<1>(kernels, &mut self.windows),
                    2 => spread.add::<2>(kernels, &mut self.windows),
                    3 => spread.add::<3>(kernels, &mut self.windows),
                    4 => spread.add::<4>(kernels, &mut self.windows),
                    _ => spread.add::<5>(kernels, &mut self.windows),
                }
            }
        }
        self.windows.take(image_gradient);
    }

    /// The maps' gradient in the order in which tiles read it; 0 for cells that another strip has, or none.
    fn gather(&mut self, output: Shape, maps_gradient: &[f32]) {
        self.panels.clear();
        self.strips.clear();
        let columns = output.columns.max(LANES);
        let mut strips = self.windows.strips().each();
        while let Some(first) = strips.next() {
            let nothing = (first.0, [0.0; LANES]);
            let tile = [first, strips.next().unwrap_or(nothing)];
            self.strips.push(tile.map(|(strip, _)| strip));
            for map in maps_gradient.chunks_exact(output.cells()) {
                self.panels.push(tile.map(|(strip, alone)| {
                    let cell = strip.cell as usize;
                    let (row, column) = (cell / columns, cell % columns);
                    let row = &map[row * output.columns..][..output.columns];
                    let four = match row[column..].first_chunk() {
                        Some(&four) => four,
                        None => std::array::from_fn(|lane| row.get(lane).copied().unwrap_or(0.0)),
                    };
                    (Lanes::from(four) * alone.into()).into()
                }));
            }
        }
    }
}

/// What one kernel weight of some channels says to the pixels.
struct Spread<'a> {
    panels: &'a [[[f32; LANES]; STRIPS]],
    strips: &'a [[Strip; STRIPS]],
    maps: usize,
    channels: Range<usize>,
    cell: usize,
    cells: usize,
}

impl Spread<'_> {
    #[inline(always)]
    fn add<const CHANNELS: usize>(&self, kernels: &[f32], windows: &mut Windows) {
        let kernels = kernels.as_chunks::<CHANNELS>().0;
        let (pixels, offsets) = windows.pixels_mut();
        let offsets: [u32; CHANNELS] = std::array::from_fn(|channel| {
            offsets[(self.channels.start + channel) * self.cells + self.cell]
        });
        for (strips, panel) in self.strips.iter().zip(self.panels.chunks_exact(self.maps)) {
            let sums = tile([0.0; CHANNELS], kernels, panel);
            for i in 0..CHANNELS {
                for j in 0..STRIPS {
                    let place = (strips[j].start + offsets[i]) as usize;
                    let four = pixels[place..]
                        .first_chunk_mut::<LANES>()
                        .expect("there is slack");
                    *four = (Lanes::from(*four) + sums[i][j]).into();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Transposed;
    use crate::engine::kernel::Kernel;
    use crate::engine::products::turned::Turned;
    use crate::engine::products::whole;
    use crate::engine::shape::Shape;

    #[test]
    fn every_pixel_receives_what_each_window_that_sees_it_says() {
        let (mut transposed, mut turned) = (Transposed::default(), Turned::default());
        let maps = 3;
        for (channels, size) in
            (1..=7).flat_map(|channels| (1..=6).map(move |size| (channels, size)))
        {
            let input = Shape::new(channels, 7, 10);
            for stride in 1..=7 {
                for padding in 0..=size + 1 {
                    let kernel = Kernel {
                        size,
                        stride,
                        padding,
                    };
                    let output = kernel.output_shape(input, maps);
                    let weights = whole(maps * kernel.weights(channels), 7);
                    let maps_gradient = whole(output.size(), 11);
                    let mut computed = vec![f32::NAN; input.size()];
                    transposed.pack(kernel, &weights, channels);
                    transposed.image_gradient(kernel, input, output, &maps_gradient, &mut computed);
                    let mut expected = vec![0.0; input.size()];
                    for cell in 0..output.size() {
                        let map = cell / output.cells();
                        let top = cell % output.cells() / output.columns * stride;
                        let left = cell % output.columns * stride;
                        for weight in 0..kernel.weights(channels) {
                            let channel = weight / (size * size);
                            let row = top + weight / size % size;
                            let column = left + weight % size;
                            if (padding..padding + 7).contains(&row)
                                && (padding..padding + 10).contains(&column)
                            {
                                let pixel = (channel * 7 + row - padding) * 10 + column - padding;
                                let weight = weights[map * kernel.weights(channels) + weight];
                                expected[pixel] += maps_gradient[cell] * weight;
                            }
                        }
                    }
                    assert_eq!(computed, expected, "{kernel}");
                    if stride == 1 && padding < size {
                        computed.fill(f32::NAN);
                        turned.pack(kernel, &weights, channels);
                        turned.image_gradient(kernel, output, &maps_gradient, &mut computed);
                        assert_eq!(computed, expected, "{kernel}, turned");
                    }
                }
            }
        }
    }
}
