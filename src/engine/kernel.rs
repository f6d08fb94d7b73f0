//! A small window that slides over an image: its geometry, and the patches it sees.

use super::shape::Shape;
use std::fmt;
use std::ops::Range;

/// Geometry of a square sliding window. All lengths in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kernel {
    /// Rows and columns of the window.
    pub size: usize,
    /// Pixels from one position of the window to the next.
    pub stride: usize,
    /// Rows and columns of zeros put around the image.
    pub padding: usize,
}

impl Kernel {
    /// A window of `size` x `size` that moves by one pixel over an image without padding.
    pub const fn plain(size: usize) -> Self {
        Self {
            size,
            stride: 1,
            padding: 0,
        }
    }

    /// Number of positions along an axis of `length` pixels: floor((length + 2 padding - size) / stride) + 1.
    /// What is left over at the end of the axis, less than one stride, is not seen by any position.
    ///
    /// # Panics
    /// If the window is empty, does not move, or is larger than the padded axis.
    pub fn positions(&self, length: usize) -> usize {
        assert!(
            self.size > 0 && self.stride > 0,
            "a kernel has a size and a stride"
        );
        let padded = length + 2 * self.padding;
        assert!(self.size <= padded, "{self} does not fit {length} pixels");
        (padded - self.size) / self.stride + 1
    }

    /// Shape of `maps` feature maps over an image of shape `input`.
    pub fn output_shape(&self, input: Shape, maps: usize) -> Shape {
        Shape::new(
            maps,
            self.positions(input.rows),
            self.positions(input.columns),
        )
    }

    /// Number of weights of one unit: channels * size^2.
    pub const fn weights(&self, channels: usize) -> usize {
        channels * self.size * self.size
    }

    /// Positions along an axis at which weight `offset` of the window lies on the image and not on the padding.
    fn inside(&self, offset: usize, length: usize, positions: usize) -> Range<usize> {
        let first = self.padding.saturating_sub(offset).div_ceil(self.stride);
        let end = match (length + self.padding).checked_sub(offset + 1) {
            Some(last) => (last / self.stride + 1).min(positions),
            None => 0,
        };
        first.min(end)..end
    }

    /// Writes what each position sees of `image` to `patches`; padding is 0.
    ///
    /// # Shapes
    /// image (channel, row, column) of shape `input`; patches (kernel weight, output cell) with
    /// kernel weight = (channel * size + kernel_row) * size + kernel_column and
    /// output cell = row * columns + column of `output`.
    pub(crate) fn gather(&self, image: &[f32], input: Shape, output: Shape, patches: &mut [f32]) {
        self.visit(input, output, |segment| {
            let rows = &mut patches[segment.patch_row];
            rows[..segment.columns.start].fill(0.0);
            rows[segment.columns.end..].fill(0.0);
            let target = &mut rows[segment.columns.clone()];
            let Some(start) = segment.image_start else {
                target.fill(0.0);
                return;
            };
            if self.stride == 1 {
                target.copy_from_slice(&image[start..start + target.len()]);
            } else {
                for (value, &pixel) in target
                    .iter_mut()
                    .zip(image[start..].iter().step_by(self.stride))
                {
                    *value = pixel;
                }
            }
        });
    }

    /// The transpose of [`Kernel::gather`]: adds each number of `patches` to the pixel that it was read from.
    pub(crate) fn scatter(&self, patches: &[f32], input: Shape, output: Shape, image: &mut [f32]) {
        self.visit(input, output, |segment| {
            let Some(start) = segment.image_start else {
                return;
            };
            let source = &patches[segment.patch_row][segment.columns];
            if self.stride == 1 {
                for (pixel, &value) in image[start..start + source.len()].iter_mut().zip(source) {
                    *pixel += value;
                }
            } else {
                for (pixel, &value) in image[start..].iter_mut().step_by(self.stride).zip(source) {
                    *pixel += value;
                }
            }
        });
    }

    /// Calls `work` for each pair of a kernel weight and an output row.
    fn visit(&self, input: Shape, output: Shape, mut work: impl FnMut(Segment)) {
        let cells = output.cells();
        for weight in 0..self.weights(input.channels) {
            let kernel_column = weight % self.size;
            let kernel_row = weight / self.size % self.size;
            let channel = weight / (self.size * self.size);
            let rows = self.inside(kernel_row, input.rows, output.rows);
            let columns = self.inside(kernel_column, input.columns, output.columns);
            for row in 0..output.rows {
                let patch_row = weight * cells + row * output.columns;
                let image_start = (rows.contains(&row) && !columns.is_empty()).then(|| {
                    let image_row = row * self.stride + kernel_row - self.padding;
                    let image_column = columns.start * self.stride + kernel_column - self.padding;
                    (channel * input.rows + image_row) * input.columns + image_column
                });
                work(Segment {
                    patch_row: patch_row..patch_row + output.columns,
                    columns: columns.clone(),
                    image_start,
                });
            }
        }
    }
}

/// One output row as one kernel weight sees it.
struct Segment {
    /// Where in the patches the row stands.
    patch_row: Range<usize>,
    /// Which of the row's columns see the image; the others see padding.
    columns: Range<usize>,
    /// Where in the image the first of these columns looks; nothing if the whole row sees padding.
    image_start: Option<usize>,
}

impl fmt::Display for Kernel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            size,
            stride,
            padding,
        } = self;
        write!(
            formatter,
            "kernel {size}x{size}, stride {stride}, padding {padding}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Kernel;
    use crate::engine::shape::Shape;

    #[test]
    fn positions_are_floored_and_the_sheets_sizes_come_out() {
        assert_eq!(Kernel::plain(5).positions(28), 24);
        assert_eq!(
            Kernel {
                size: 2,
                stride: 2,
                padding: 0
            }
            .positions(25),
            12
        );
        assert_eq!(
            Kernel {
                size: 3,
                stride: 2,
                padding: 1
            }
            .positions(28),
            14
        );
    }

    #[test]
    fn patches_hold_exactly_what_a_loop_over_all_positions_sees_and_scatter_is_the_transpose() {
        let input = Shape::new(2, 5, 7);
        let image: Vec<f32> = (1..=70).map(|pixel| pixel as f32).collect();
        for size in 1..=5 {
            for stride in 1..=3 {
                for padding in 0..=4 {
                    let kernel = Kernel {
                        size,
                        stride,
                        padding,
                    };
                    let output = kernel.output_shape(input, 1);
                    let mut patches = vec![-1.0; kernel.weights(2) * output.cells()];
                    kernel.gather(&image, input, output, &mut patches);
                    let mut touched = vec![0.0; 70];
                    kernel.scatter(&patches, input, output, &mut touched);
                    let mut expected_touched = vec![0.0; 70];
                    for weight in 0..kernel.weights(2) {
                        let (channel, kernel_row, kernel_column) =
                            (weight / (size * size), weight / size % size, weight % size);
                        for cell in 0..output.cells() {
                            let row = cell / output.columns * stride + kernel_row;
                            let column = cell % output.columns * stride + kernel_column;
                            let inside = (padding..padding + 5).contains(&row)
                                && (padding..padding + 7).contains(&column);
                            let expected = if inside {
                                let pixel = (channel * 5 + row - padding) * 7 + column - padding;
                                expected_touched[pixel] += image[pixel];
                                image[pixel]
                            } else {
                                0.0
                            };
                            assert_eq!(
                                patches[weight * output.cells() + cell],
                                expected,
                                "{kernel}"
                            );
                        }
                    }
                    assert_eq!(touched, expected_touched, "{kernel}");
                }
            }
        }
    }
}
