//! From the gradient with respect to feature maps back to that with respect to the image under them, window by window.
//!
//! G being the maps' gradient and W the kernels, W^T G (kernel weight, output cell) is what each window says to each pixel that it
//! sees. It is computed in tiles of a few channels and strips of output cells, and added to the pixels at once. Neighbouring
//! weights of a kernel would say it to neighbouring pixels, and a vector is read slowly where another was just written one
//! place beside: so a tile holds one weight of several channels, and the next weight's turn comes when all cells are done.

use super::gemm::tile;
use super::lanes::{LANES, Lanes};
use super::strips::{Strip, gradient_of};
use super::windows::{RowOrder, Windows};
use crate::engine::kernel::Kernel;
use crate::engine::shape::Shape;

/// Channels of a tile.
const CHANNELS: usize = 4;
/// Strips of a tile.
const STRIPS: usize = 2;

/// Memory for the way back. Grown on first use, then reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Transposed {
    /// The gradient with respect to the latest image, in its frame.
    windows: Windows,
    /// (kernel_row, kernel_column, tile of channels, map, channel of the tile); 0 where there are no more channels.
    kernels: Vec<[f32; CHANNELS]>,
    /// (strips of a tile, map, strip of the tile)
    panels: Vec<[[f32; LANES]; STRIPS]>,
    /// Where the windows of a tile's strips start.
    starts: Vec<[u32; STRIPS]>,
}

impl Transposed {
    /// Prepares `weights`, (map, channel, kernel_row, kernel_column), for [`Transposed::image_gradient`].
    pub(crate) fn pack(&mut self, kernel: Kernel, weights: &[f32], channels: usize) {
        let cells = kernel.weights(1);
        self.kernels.clear();
        for cell in 0..cells {
            for first in (0..channels).step_by(CHANNELS) {
                let maps = weights.chunks_exact(channels * cells);
                self.kernels.extend(maps.map(|map| -> [f32; CHANNELS] {
                    std::array::from_fn(|i| {
                        let weight = (first + i) * cells + cell;
                        map.get(weight).copied().unwrap_or(0.0)
                    })
                }));
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
        let (maps, channels) = (output.channels, input.channels);
        let tiles = channels.div_ceil(CHANNELS);
        for (tile, kernels) in self.kernels.chunks_exact(maps).enumerate() {
            let (cell, first) = (tile / tiles, tile % tiles * CHANNELS);
            let offsets = std::array::from_fn(|i| {
                let channel = (first + i).min(channels - 1);
                self.windows.offsets()[channel * kernel.weights(1) + cell]
            });
            let panels = self.panels.chunks_exact(maps);
            spread(
                kernels,
                offsets,
                &self.starts,
                panels,
                self.windows.pixels_mut(),
            );
        }
        self.windows.take(image_gradient);
    }

    /// The maps' gradient in the order in which tiles read it.
    fn gather(&mut self, output: Shape, maps_gradient: &[f32]) {
        self.panels.clear();
        self.starts.clear();
        for strips in self.windows.strips().chunks(STRIPS) {
            let nothing = Strip {
                share: [0.0; LANES],
                ..strips[0]
            };
            let strips: [Strip; STRIPS] =
                std::array::from_fn(|j| *strips.get(j).unwrap_or(&nothing));
            self.starts.push(strips.map(|strip| strip.start));
            let maps = maps_gradient.chunks_exact(output.cells());
            let panels = maps.map(|map| strips.each_ref().map(|strip| gradient_of(map, strip)));
            self.panels.extend(panels);
        }
    }
}

/// Adds what one kernel weight of the channels of a tile says to the `pixels`, each so many `offsets` behind its window's start.
fn spread<'a>(
    kernels: &[[f32; CHANNELS]],
    offsets: [u32; CHANNELS],
    starts: &[[u32; STRIPS]],
    panels: impl Iterator<Item = &'a [[[f32; LANES]; STRIPS]]>,
    pixels: &mut [f32],
) {
    for (starts, panel) in starts.iter().zip(panels) {
        let sums = tile([0.0; CHANNELS], kernels, panel);
        for i in 0..CHANNELS {
            for j in 0..STRIPS {
                let place = (starts[j] + offsets[i]) as usize;
                let four = pixels[place..].first_chunk_mut::<LANES>();
                let four = four.expect("there is slack");
                *four = (Lanes::from(*four) + sums[i][j]).into();
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
