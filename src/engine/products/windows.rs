//! An image in its frame of zeros, and where the windows of a kernel lie in it.

use super::framing::{Arrangement, Framing, Place};
use super::lanes::LANES;
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

/// Images, (image, channel, padded row, padded column), and the places of windows and of their pixels. Made once for a kernel
/// and a shape, then filled with images again and again without allocating.
#[derive(Clone, Debug, Default)]
pub(crate) struct Windows {
    made_for: Option<MadeFor>,
    /// How many images there are now.
    images: usize,
    pixels: Vec<f32>,
    framing: Framing,
    channel_length: usize,
    starts: Vec<u32>,
    strips: Vec<Strip>,
    offsets: Vec<u32>,
    reach: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct MadeFor {
    kernel: Kernel,
    input: Shape,
    order: RowOrder,
    at_most: usize,
}

impl MadeFor {
    /// In how many phases the pixels of a row stand.
    fn phases(&self) -> usize {
        match self.order {
            RowOrder::Plain => 1,
            RowOrder::ByStride => self.kernel.stride,
        }
    }
}

impl Windows {
    /// Makes room for up to `at_most` images of shape `input` under `kernel`, if the latest ones were others.
    pub(crate) fn prepare(
        &mut self,
        kernel: Kernel,
        input: Shape,
        order: RowOrder,
        at_most: usize,
    ) {
        let made_for = MadeFor {
            kernel,
            input,
            order,
            at_most,
        };
        if self.made_for == Some(made_for) {
            return;
        }
        let phases = made_for.phases();
        let phase_length = (input.columns + 2 * kernel.padding).div_ceil(phases);
        let row_length = phases * phase_length;
        let channel_length = (input.rows + 2 * kernel.padding) * row_length;
        // Of a padded row and column, in a channel of the frame.
        let place = |row: usize, column: usize| {
            row * row_length + column % phases * phase_length + column / phases
        };
        let output = kernel.output_shape(input, 1);
        let start = |cell: usize| {
            let cell_of_image = cell % output.cells();
            let (row, column) = (
                cell_of_image / output.columns,
                cell_of_image % output.columns,
            );
            let image = cell / output.cells() * input.channels * channel_length;
            (image + place(row * kernel.stride, column * kernel.stride)) as u32
        };
        let offset = |weight: usize| {
            let channel = weight / kernel.weights(1);
            let (row, column) = (weight / kernel.size % kernel.size, weight % kernel.size);
            (channel * channel_length + place(row, column)) as u32
        };
        let offsets: Vec<u32> = (0..kernel.weights(input.channels)).map(offset).collect();
        let starts: Vec<u32> = (0..at_most * output.cells()).map(start).collect();
        let seen = |padded: usize| padded % kernel.stride < kernel.size;
        let seen_place = |pixel: usize| {
            let row = pixel / input.columns + kernel.padding;
            let column = pixel % input.columns + kernel.padding;
            (seen(row) && seen(column)).then(|| Place {
                image: pixel as u32,
                frame: place(row, column) as u32,
            })
        };
        let in_vectors = input.columns >= phases * LANES && kernel.size >= phases;
        let first = |column: usize| place(0, kernel.padding + column);
        let arrangement = match phases {
            1 => Arrangement::Plain,
            2 if in_vectors => Arrangement::Pairs(std::array::from_fn(first)),
            3 if in_vectors => Arrangement::Triples(std::array::from_fn(first)),
            _ => Arrangement::Table((0..input.cells()).filter_map(seen_place).collect()),
        };
        *self = Self {
            made_for: Some(made_for),
            images: 0,
            pixels: vec![0.0; at_most * input.channels * channel_length + SLACK],
            framing: Framing {
                columns: input.columns,
                row_length,
                padding: kernel.padding,
                arrangement,
            },
            channel_length,
            strips: strips(&starts[..output.cells()], output.columns),
            starts,
            reach: offsets.iter().max().map_or(0, |&last| last as usize + 1),
            offsets,
        };
    }

    /// Numbers from one padded row to the next.
    pub(crate) fn row_length(&self) -> usize {
        self.framing.row_length
    }

    /// For each output cell of each image, the place of its window's first pixel.
    pub(crate) fn starts(&self) -> &[u32] {
        let at_most = self.made_for().at_most;
        &self.starts[..self.starts.len() / at_most * self.images]
    }

    /// The output cells of the first image in fours, row by row.
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

    /// Numbers from one image to the next.
    pub(super) fn image_length(&self) -> usize {
        self.made_for().input.channels * self.channel_length
    }

    /// The pixels of the first image's `channel`, and what stands behind them.
    pub(crate) fn channel(&self, channel: usize) -> &[f32] {
        &self.pixels[channel * self.channel_length..]
    }

    fn made_for(&self) -> MadeFor {
        self.made_for.expect("windows are made for a shape")
    }

    /// The kernel whose windows these are.
    pub(super) fn kernel(&self) -> Kernel {
        self.made_for().kernel
    }

    /// How many images there are.
    pub(super) fn images(&self) -> usize {
        self.images
    }

    /// Puts `images`, (image, channel, row, column), into the frame; pixels that no window sees may be left out.
    ///
    /// # Panics
    /// If there are more than room was made for.
    pub(crate) fn set(&mut self, images: &[f32]) {
        let made_for = self.made_for();
        let input = made_for.input;
        self.images = images.len() / input.size();
        assert!(self.images <= made_for.at_most, "room for {made_for:?}");
        if made_for.kernel.padding == 0 && made_for.phases() == 1 {
            self.pixels[..images.len()].copy_from_slice(images);
            return;
        }
        let frames = self.pixels.chunks_exact_mut(self.channel_length);
        for (frame, image) in frames.zip(images.chunks_exact(input.cells())) {
            self.framing.set(image, frame);
        }
    }

    /// Makes room for `images` images whose numbers are all 0.
    pub(super) fn clear(&mut self, images: usize) {
        self.images = images;
        let length = images * self.image_length();
        self.pixels[..length].fill(0.0);
    }

    /// All numbers of the frame, to be changed.
    pub(super) fn pixels_mut(&mut self) -> &mut [f32] {
        &mut self.pixels
    }

    /// Puts the numbers of the frame that are not padding into `images`, (image, channel, row, column); 0 where no window
    /// sees them.
    pub(super) fn take(&self, images: &mut [f32]) {
        let frames = self.pixels.chunks_exact(self.channel_length);
        let cells = self.made_for().input.cells();
        for (frame, image) in frames.zip(images.chunks_exact_mut(cells)) {
            self.framing.take(frame, image);
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
        let mut windows = Windows::default();
        // With a stride of 2 or 3: too few for vectors, one or two, such that overlap, and numbers behind the last.
        for (columns, size) in [5, 8, 12, 13, 18, 29]
            .into_iter()
            .flat_map(|columns| (1..=5).map(move |size| (columns, size)))
        {
            let input = Shape::new(2, 5, columns);
            for stride in 1..=5 {
                for padding in 0..=4 {
                    for order in [RowOrder::ByStride, RowOrder::Plain] {
                        let kernel = Kernel {
                            size,
                            stride,
                            padding,
                        };
                        windows.prepare(kernel, input, order, 3);
                        // Fewer images than there is room for; what others left behind does not show.
                        for images in [3, 1, 2] {
                            let pixels = 1..=images * input.size();
                            let pixels: Vec<f32> = pixels.map(|pixel| pixel as f32).collect();
                            check(&mut windows, kernel, input, &pixels);
                        }
                    }
                }
            }
        }
    }

    fn check(windows: &mut Windows, kernel: Kernel, input: Shape, images: &[f32]) {
        let output = kernel.output_shape(input, 1);
        windows.set(images);
        let count = images.len() / input.size();
        assert_eq!(windows.starts().len(), count * output.cells(), "{kernel}");
        let mut seen = vec![false; images.len()];
        for (weight, offset) in windows.offsets().iter().enumerate() {
            for (cell, start) in windows.starts().iter().enumerate() {
                let (image, cell) = (cell / output.cells(), cell % output.cells());
                let channel = weight / kernel.weights(1);
                let row =
                    cell / output.columns * kernel.stride + weight / kernel.size % kernel.size;
                let column = cell % output.columns * kernel.stride + weight % kernel.size;
                let inside = (kernel.padding..kernel.padding + input.rows).contains(&row)
                    && (kernel.padding..kernel.padding + input.columns).contains(&column);
                let expected = if inside {
                    let row =
                        (image * input.channels + channel) * input.rows + row - kernel.padding;
                    let pixel = row * input.columns + column - kernel.padding;
                    seen[pixel] = true;
                    images[pixel]
                } else {
                    0.0
                };
                let pixel = windows.channel(0)[(start + offset) as usize];
                assert_eq!(pixel, expected, "{kernel}, image {image}");
            }
        }
        let mut taken = vec![f32::NAN; images.len()];
        windows.take(&mut taken);
        for (pixel, &taken) in taken.iter().enumerate() {
            // What no window sees may be there or not.
            assert!(
                taken == images[pixel] || taken == 0.0 && !seen[pixel],
                "{kernel}"
            );
        }
    }
}
