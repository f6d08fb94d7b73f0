//! Correlation of images with small kernels, and its gradient with respect to the kernels.
//!
//! With the patches P (kernel weight, output cell) of an image the maps are W P + bias and, G being the gradient with respect
//! to them, the gradient with respect to W is G P^T. [`patches`] gathers P, [`strips`] reads it in the image.

use super::lanes::{LANES, copy_row};
use super::packing::{Order, pack_groups};
use super::windows::{RowOrder, Windows};
use super::{patches, strips};
use crate::engine::kernel::Kernel;
use crate::engine::layer::grow;
use crate::engine::shape::Shape;

/// Up to so many maps pixels are read where they stand; for more a copy of the patches pays.
const FEW_MAPS: usize = 7;

/// Of how many output cells the patches are gathered at least, if there are so many images: the last tile of few cells is mostly
/// empty, and a short dot product mostly its end.
const CELLS: usize = 72;

/// How many images with so many output `cells` are worked on together; not more than 16, whose frames stay in the cache.
pub(crate) fn images_together(cells: usize) -> usize {
    CELLS.div_ceil(cells).min(16)
}

/// How many images with `maps` maps of so many `cells` each [`Correlation`] takes at once.
pub(crate) fn images_at_once(maps: usize, cells: usize) -> usize {
    if maps > FEW_MAPS {
        images_together(cells)
    } else {
        1
    }
}

/// Memory of a convolution's products. Grown on first use, then reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Correlation {
    /// The latest image.
    windows: Windows,
    /// Packed, of `maps` maps.
    kernels: Vec<f32>,
    maps: usize,
    /// Blocks of patches.
    panels: Vec<f32>,
    /// (map, image, output cell)
    together: Vec<f32>,
    /// The gradient with respect to the maps, in vectors.
    gradient_rows: Vec<[f32; LANES]>,
    /// (map, kernel weight), four parts of the gradient.
    sums: Vec<[f32; LANES]>,
}

impl Correlation {
    /// Packs `weights`, (map, kernel weight), for [`Correlation::correlate`].
    pub(crate) fn pack(&mut self, weights: &[f32], maps: usize) {
        self.maps = maps;
        grow(&mut self.kernels, weights.len());
        let kernels = &mut self.kernels[..weights.len()];
        pack_groups(weights, Order::RowMajor, maps, kernels);
    }

    /// maps (image, map, output cell) = biases, or 0, + correlation of `images`, (image, channel, row, column), with the packed
    /// kernels. Images are at most [`images_at_once`].
    pub(crate) fn correlate(
        &mut self,
        kernel: Kernel,
        input: Shape,
        images: &[f32],
        biases: Option<&[f32]>,
        maps: &mut [f32],
    ) {
        let cells = kernel.output_shape(input, 1).cells();
        let at_most = images_at_once(self.maps, cells);
        self.windows
            .prepare(kernel, input, RowOrder::ByStride, at_most);
        self.windows.set(images);
        let Self {
            windows,
            kernels,
            panels,
            together,
            ..
        } = self;
        let kernels = &kernels[..self.maps * windows.offsets().len()];
        if self.maps <= FEW_MAPS {
            strips::correlate(windows, kernels, biases, maps);
        } else if windows.images() == 1 {
            patches::correlate(windows, kernels, biases, maps, panels);
        } else {
            grow(together, maps.len());
            let together = &mut together[..maps.len()];
            patches::correlate(windows, kernels, biases, together, panels);
            let rows = together.chunks_exact(windows.starts().len());
            for (map, row) in rows.enumerate() {
                let of_map = maps[map * cells..].chunks_mut(self.maps * cells);
                for (target, source) in of_map.zip(row.chunks_exact(cells)) {
                    copy_row(source, &mut target[..cells]);
                }
            }
        }
    }

    /// Begins the gradient with respect to the weights of kernels with `depth` weights each.
    pub(crate) fn begin_weights(&mut self, maps: usize, depth: usize) {
        self.sums.clear();
        self.sums.resize(maps * depth, [0.0; LANES]);
    }

    /// Adds what `images` contribute to the gradient with respect to the weights: the sum over output cells of `gradient`, (image,
    /// map, output cell), times the pixel that the weight sees there. Images are at most [`images_at_once`].
    pub(crate) fn add_to_weights(
        &mut self,
        kernel: Kernel,
        input: Shape,
        images: &[f32],
        gradient: &[f32],
    ) {
        let cells = kernel.output_shape(input, 1).cells();
        let maps = self.sums.len() / kernel.weights(input.channels);
        let at_most = images_at_once(maps, cells);
        self.windows
            .prepare(kernel, input, RowOrder::ByStride, at_most);
        self.windows.set(images);
        let Self {
            windows,
            panels,
            gradient_rows,
            sums,
            ..
        } = self;
        if maps > FEW_MAPS {
            patches::add_to_sums(windows, gradient, sums, panels, gradient_rows);
        } else {
            strips::add_to_sums(windows, gradient, sums, gradient_rows);
        }
    }

    /// Writes all that was added since [`Correlation::begin_weights`] to `weights`, (map, kernel weight).
    pub(crate) fn end_weights(&self, weights: &mut [f32]) {
        for (weight, &[first, second, third, fourth]) in weights.iter_mut().zip(&self.sums) {
            *weight = (first + second) + (third + fourth);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Correlation, images_at_once};
    use crate::engine::kernel::Kernel;
    use crate::engine::products::whole;
    use crate::engine::products::windows::Windows;
    use crate::engine::shape::Shape;

    /// What kernel weight `weight` sees at output cell `cell`.
    fn seen(windows: &Windows, weight: usize, cell: usize) -> f32 {
        windows.channel(0)[(windows.starts()[cell] + windows.offsets()[weight]) as usize]
    }

    #[test]
    fn maps_and_gradients_agree_with_the_definition_at_every_edge_of_the_tiles() {
        let mut correlation = Correlation::default();
        for channels in [1, 3] {
            for maps in 1..=9 {
                for (size, stride, padding) in [
                    (1, 1, 0),
                    (3, 1, 1),
                    (5, 1, 0),
                    (3, 2, 1),
                    (2, 3, 2),
                    (4, 2, 0),
                ] {
                    for columns in [5, 6, 9, 13, 36] {
                        let kernel = Kernel {
                            size,
                            stride,
                            padding,
                        };
                        let input = Shape::new(channels, 6, columns);
                        let cells = kernel.output_shape(input, 1).cells();
                        let at_once = images_at_once(maps, cells);
                        for images in [1, at_once.min(2), at_once] {
                            check(&mut correlation, kernel, input, maps, images);
                        }
                    }
                }
            }
        }
    }

    fn check(
        correlation: &mut Correlation,
        kernel: Kernel,
        input: Shape,
        maps: usize,
        count: usize,
    ) {
        let output = kernel.output_shape(input, maps);
        let (cells, depth) = (output.cells(), kernel.weights(input.channels));
        let images = whole(count * input.size(), 5);
        let (weights, biases) = (whole(maps * depth, 7), whole(maps, 3));
        let mut computed = vec![f32::NAN; count * output.size()];
        correlation.pack(&weights, maps);
        correlation.correlate(kernel, input, &images, Some(&biases), &mut computed);
        let windows = correlation.windows.clone();
        let expected: Vec<f32> = (0..count * maps * cells)
            .map(|at| {
                let (image, map, cell) = (at / cells / maps, at / cells % maps, at % cells);
                let terms = (0..depth)
                    .map(|q| weights[map * depth + q] * seen(&windows, q, image * cells + cell));
                biases[map] + terms.sum::<f32>()
            })
            .collect();
        assert_eq!(computed, expected, "{count}, {input}, {maps}, {kernel}");
        let gradient = whole(count * output.size(), 11);
        let mut computed = vec![f32::NAN; maps * depth];
        correlation.begin_weights(maps, depth);
        correlation.add_to_weights(kernel, input, &images, &gradient);
        correlation.end_weights(&mut computed);
        let expected: Vec<f32> = (0..maps * depth)
            .map(|at| {
                let (map, q) = (at / depth, at % depth);
                let terms = (0..count * cells).map(|cell| {
                    let map = cell / cells * maps + map;
                    gradient[map * cells + cell % cells] * seen(&windows, q, cell)
                });
                terms.sum::<f32>()
            })
            .collect();
        assert_eq!(computed, expected, "{count}, {input}, {maps}, {kernel}");
    }
}
