//! From the gradient with respect to feature maps back to that with respect to the image under them, window by window.
//!
//! G being the maps' gradient and W the kernels, W^T G (kernel weight, output cell) is what each window says to each pixel that it
//! sees. It is computed in tiles of a few channels and strips of output cells, and added to the pixels at once. Neighbouring
//! weights of a kernel would say it to neighbouring pixels, and a vector is read slowly where another was just written one
//! place beside: so a tile holds one weight of several channels, and the next weight's turn comes when all cells are done.

use super::gemm::tile;
use super::lanes::{LANES, Lanes};
use super::strips::gradient_of;
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
    /// The gradient with respect to the latest images, in their frames.
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

    /// The gradient with respect to images of shape `input`, at most `at_most`, from `maps_gradient`, with respect to their maps of
    /// shape `output`, with the packed kernels.
    ///
    /// # Shapes
    /// maps_gradient (image, map, row, column), image_gradient (image, channel, row, column).
    pub(crate) fn image_gradient(
        &mut self,
        kernel: Kernel,
        input: Shape,
        output: Shape,
        at_most: usize,
        maps_gradient: &[f32],
        image_gradient: &mut [f32],
    ) {
        self.windows
            .prepare(kernel, input, RowOrder::ByStride, at_most);
        self.windows.clear(image_gradient.len() / input.size());
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
        let Self {
            windows,
            panels,
            starts,
            ..
        } = self;
        let of_image = windows.strips();
        let all = of_image.len() * windows.images();
        // The image that a strip is of, and the strip.
        let strip = |index: usize| {
            let mut strip = of_image[index.min(all - 1) % of_image.len()];
            let image = index.min(all - 1) / of_image.len();
            strip.start += (image * windows.image_length()) as u32;
            if index >= all {
                strip.share = [0.0; LANES];
            }
            (
                &maps_gradient[image * output.size()..][..output.size()],
                strip,
            )
        };
        for first in (0..all).step_by(STRIPS) {
            let strips: [_; STRIPS] = std::array::from_fn(|j| strip(first + j));
            starts.push(strips.each_ref().map(|(_, strip)| strip.start));
            panels.extend((0..output.channels).map(|map| {
                strips.each_ref().map(|(gradient, strip)| {
                    gradient_of(&gradient[map * output.cells()..][..output.cells()], strip)
                })
            }));
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
    use crate::engine::products::correlation::images_at_once;
    use crate::engine::products::turned::Turned;
    use crate::engine::products::whole;
    use crate::engine::shape::Shape;

    #[test]
    fn every_pixel_receives_what_each_window_that_sees_it_says() {
        let (mut transposed, mut turned) = (Transposed::default(), Turned::default());
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
                    for images in [1, 3] {
                        check(&mut transposed, &mut turned, kernel, input, images);
                    }
                }
            }
        }
    }

    fn check(
        transposed: &mut Transposed,
        turned: &mut Turned,
        kernel: Kernel,
        input: Shape,
        images: usize,
    ) {
        let output = kernel.output_shape(input, 3);
        let depth = kernel.weights(input.channels);
        let weights = whole(output.channels * depth, 7);
        let maps_gradient = whole(images * output.size(), 11);
        let mut computed = vec![f32::NAN; images * input.size()];
        transposed.pack(kernel, &weights, input.channels);
        transposed.image_gradient(kernel, input, output, 3, &maps_gradient, &mut computed);
        let mut expected = vec![0.0; images * input.size()];
        for cell in 0..images * output.size() {
            let (image, map) = (
                cell / output.size(),
                cell / output.cells() % output.channels,
            );
            let top = cell % output.cells() / output.columns * kernel.stride;
            let left = cell % output.columns * kernel.stride;
            for weight in 0..depth {
                let channel = weight / kernel.weights(1);
                let row = top + weight / kernel.size % kernel.size;
                let column = left + weight % kernel.size;
                let (rows, columns) = (input.rows, input.columns);
                if (kernel.padding..kernel.padding + rows).contains(&row)
                    && (kernel.padding..kernel.padding + columns).contains(&column)
                {
                    let row = (image * input.channels + channel) * rows + row - kernel.padding;
                    let pixel = row * columns + column - kernel.padding;
                    expected[pixel] += maps_gradient[cell] * weights[map * depth + weight];
                }
            }
        }
        assert_eq!(computed, expected, "{kernel}, {images} images");
        let at_once = images_at_once(input.channels, input.cells());
        if kernel.stride == 1 && kernel.padding < kernel.size && images <= at_once {
            computed.fill(f32::NAN);
            turned.pack(kernel, &weights, input.channels);
            turned.image_gradient(kernel, output, &maps_gradient, &mut computed);
            assert_eq!(computed, expected, "{kernel}, {images} images, turned");
        }
    }
}
