//! Correlation of images with small kernels, and its gradient with respect to the kernels.
//!
//! With the patches P (kernel weight, output cell) of an image the maps are W P + bias and, G being the gradient with respect
//! to them, the gradient with respect to W is G P^T. P is never laid out as a whole: a block of it is gathered into the
//! first-level cache and used for all maps before the next.

use super::gemm::{Block, ROWS};
use super::lanes::{LANES, Lanes};
use super::packing::{Order, pack_groups};
use super::windows::{RowOrder, Windows};
use crate::engine::kernel::Kernel;
use crate::engine::layer::grow;
use crate::engine::shape::Shape;
use std::ops::Range;

/// Numbers of a block of patches, 16 kB: half of a small first-level cache. The gradient's order of summation depends on
/// it.
const BLOCK: usize = 4096;

/// Panels in a row that a dot product runs through at least, where there are so many: its end costs as much as ten.
const DOT_PANELS: usize = 32;

/// Kernel weights whose dot products with all maps are computed before the next: an even number.
const DOT_WEIGHTS: usize = 32;

/// Memory of a convolution's products. Grown on first use, then reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Correlation {
    /// The latest image.
    windows: Windows,
    /// Packed, of `maps` maps.
    kernels: Vec<f32>,
    maps: usize,
    panels: Vec<f32>,
}

impl Correlation {
    /// Packs `weights`, (map, kernel weight), for [`Correlation::correlate`].
    pub(crate) fn pack(&mut self, weights: &[f32], maps: usize) {
        self.maps = maps;
        grow(&mut self.kernels, weights.len());
        let kernels = &mut self.kernels[..weights.len()];
        pack_groups(weights, Order::RowMajor, maps, kernels);
    }

    /// maps (map, output cell) = biases, or 0, + correlation of `image`, (channel, row, column), with the packed kernels.
    pub(crate) fn correlate(
        &mut self,
        kernel: Kernel,
        input: Shape,
        image: &[f32],
        biases: Option<&[f32]>,
        maps: &mut [f32],
    ) {
        self.windows.prepare(kernel, input, RowOrder::ByStride);
        self.windows.set(image);
        // A tile with fewer rows needs more columns, or its sums wait for each other.
        match self.maps {
            1 => self.correlate_blocks::<8>(biases, maps),
            2 => self.correlate_blocks::<4>(biases, maps),
            _ => self.correlate_blocks::<2>(biases, maps),
        }
    }

    fn correlate_blocks<const VECTORS: usize>(&mut self, biases: Option<&[f32]>, maps: &mut [f32]) {
        let (depth, cells) = (self.windows.offsets().len(), self.windows.starts().len());
        let kernels = &self.kernels[..self.maps * depth];
        for_each_block::<VECTORS>(&self.windows, 1, &mut self.panels, |range, panels| {
            let block = Block {
                depth,
                panels,
                range,
                columns: cells,
            };
            block.multiply(kernels, biases, maps);
        });
    }

    /// Adds to `weights`, (map, kernel weight), what `image` contributes to their gradient: the sum over output cells of
    /// `gradient`, (map, output cell), times the pixel that the weight sees there.
    pub(crate) fn add_to_weights(
        &mut self,
        kernel: Kernel,
        input: Shape,
        image: &[f32],
        gradient: &[f32],
        weights: &mut [f32],
    ) {
        self.windows.prepare(kernel, input, RowOrder::ByStride);
        self.windows.set(image);
        let (depth, cells) = (self.windows.offsets().len(), self.windows.starts().len());
        for_each_block::<1>(
            &self.windows,
            DOT_PANELS,
            &mut self.panels,
            |range, panels| {
                let products = PanelProducts {
                    depth,
                    panels: panels.as_flattened(),
                    cells,
                    whole: range.len() / LANES,
                    rest: range.len() % LANES,
                };
                // A few weights' rows of the patches stay in the first-level cache while all maps pass.
                for first in (0..depth).step_by(DOT_WEIGHTS) {
                    let chosen = first..(first + DOT_WEIGHTS).min(depth);
                    let groups = gradient
                        .chunks(ROWS * cells)
                        .zip(weights.chunks_mut(ROWS * depth));
                    for (gradient, weights) in groups {
                        let block = &gradient[range.start..];
                        match gradient.len() / cells {
                            1 => products.add_all::<1>(block, chosen.clone(), weights),
                            2 => products.add_all::<2>(block, chosen.clone(), weights),
                            3 => products.add_all::<3>(block, chosen.clone(), weights),
                            _ => products.add_all::<ROWS>(block, chosen.clone(), weights),
                        }
                    }
                }
            },
        );
    }
}

/// Gathers the patches block by block, (panel, kernel weight, cell of the panel), and calls `work` with the block's output
/// cells and panels. A block has at least `least` panels, if there are so many.
fn for_each_block<const VECTORS: usize>(
    windows: &Windows,
    least: usize,
    panels: &mut Vec<f32>,
    mut work: impl FnMut(Range<usize>, &[[[f32; 4]; VECTORS]]),
) {
    let (depth, cells) = (windows.offsets().len(), windows.starts().len());
    let width = VECTORS * LANES;
    let at_once = (BLOCK / (depth * width))
        .max(least)
        .min(cells.div_ceil(width));
    grow(panels, at_once * depth * width);
    let panels = panels.as_chunks_mut::<LANES>().0;
    let panels = panels.as_chunks_mut::<VECTORS>().0;
    for first in (0..cells).step_by(at_once * width) {
        let end = (first + at_once * width).min(cells);
        let panels = &mut panels[..(end - first).div_ceil(width) * depth];
        for (panel, target) in panels.chunks_exact_mut(depth).enumerate() {
            windows.gather(first + panel * width, target);
        }
        work(first..end, panels);
    }
}

/// Rows of the gradient against a block of patches.
struct PanelProducts<'a> {
    depth: usize,
    /// (panel, kernel weight, cell of the panel)
    panels: &'a [[f32; LANES]],
    /// Output cells of a map.
    cells: usize,
    /// Whole panels.
    whole: usize,
    /// Output cells in the last panel, if it is not whole.
    rest: usize,
}

impl PanelProducts<'_> {
    /// Adds the products of up to four rows of the gradient (map, output cell), from the block's first cell on, with the
    /// `chosen` kernel weights' patches to `weights` (map, kernel weight).
    fn add_all<const MAPS: usize>(
        &self,
        gradient: &[f32],
        chosen: Range<usize>,
        weights: &mut [f32],
    ) {
        let odd = chosen.len() % 2;
        for weight in (chosen.start..chosen.end - odd).step_by(2) {
            self.add::<MAPS, 2>(gradient, weight, weights);
        }
        if odd == 1 {
            self.add::<MAPS, 1>(gradient, chosen.end - 1, weights);
        }
    }

    /// MAPS x WEIGHTS dot products over the cells of the block, each a vector of four partial sums.
    #[inline(always)]
    fn add<const MAPS: usize, const WEIGHTS: usize>(
        &self,
        gradient: &[f32],
        weight: usize,
        weights: &mut [f32],
    ) {
        let block_cells = self.whole * LANES + self.rest;
        let gradient: [&[f32]; MAPS] =
            std::array::from_fn(|i| &gradient[i * self.cells..][..block_cells]);
        let vectors: [&[[f32; LANES]]; MAPS] = gradient.map(|row| &row.as_chunks().0[..self.whole]);
        let mut sums = [[Lanes::splat(0.0); WEIGHTS]; MAPS];
        for k in 0..self.whole {
            let panel = &self.panels[k * self.depth + weight..][..WEIGHTS];
            let pixels: [Lanes; WEIGHTS] = std::array::from_fn(|j| panel[j].into());
            for i in 0..MAPS {
                let gradient = Lanes::from(vectors[i][k]);
                for j in 0..WEIGHTS {
                    sums[i][j] = sums[i][j].plus_product(gradient, pixels[j]);
                }
            }
        }
        let last = &self.panels[self.panels.len() - self.depth..];
        for i in 0..MAPS {
            for j in 0..WEIGHTS {
                let [first, second, third, fourth] = sums[i][j].into();
                let mut sum = (first + second) + (third + fourth);
                for lane in 0..self.rest {
                    sum += gradient[i][self.whole * LANES + lane] * last[weight + j][lane];
                }
                weights[i * self.depth + weight + j] += sum;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Correlation;
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
                        let output = kernel.output_shape(input, maps);
                        let (cells, depth) = (output.cells(), kernel.weights(channels));
                        let image = whole(input.size(), 5);
                        let (weights, biases) = (whole(maps * depth, 7), whole(maps, 3));
                        let mut computed = vec![f32::NAN; output.size()];
                        correlation.pack(&weights, maps);
                        correlation.correlate(kernel, input, &image, Some(&biases), &mut computed);
                        let windows = correlation.windows.clone();
                        let expected: Vec<f32> = (0..maps * cells)
                            .map(|at| {
                                let (map, cell) = (at / cells, at % cells);
                                let terms = (0..depth)
                                    .map(|q| weights[map * depth + q] * seen(&windows, q, cell));
                                biases[map] + terms.sum::<f32>()
                            })
                            .collect();
                        assert_eq!(
                            computed, expected,
                            "{channels}, {maps}, {kernel}, {columns}"
                        );
                        let gradient = whole(output.size(), 11);
                        let mut computed = whole(maps * depth, 2);
                        correlation.add_to_weights(kernel, input, &image, &gradient, &mut computed);
                        let expected: Vec<f32> = (0..maps * depth)
                            .map(|at| {
                                let (map, q) = (at / depth, at % depth);
                                let terms = (0..cells).map(|cell| {
                                    gradient[map * cells + cell] * seen(&windows, q, cell)
                                });
                                whole(maps * depth, 2)[at] + terms.sum::<f32>()
                            })
                            .collect();
                        assert_eq!(
                            computed, expected,
                            "{channels}, {maps}, {kernel}, {columns}"
                        );
                    }
                }
            }
        }
    }
}
