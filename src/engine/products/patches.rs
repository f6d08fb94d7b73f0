//! Correlation and its gradient with the patches gathered first: for many maps, which all read the copy.
//!
//! The patches are never laid out as a whole: a block of them is gathered into the first-level cache and used for all maps
//! before the next.

use super::gemm::{Block, VECTORS};
use super::lanes::{Choice, LANES, Lanes, copy_row};
use super::packing::row_groups;
use super::strips::four;
use super::windows::Windows;
use crate::engine::layer::grow;
use std::ops::Range;

/// Numbers of a block of patches, 16 kB: half of a small first-level cache. The gradient's order of summation depends on
/// it.
const BLOCK: usize = 4096;

/// Panels in a row that a dot product runs through at least, where there are so many: its end costs as much as three.
const DOT_PANELS: usize = 32;

/// Kernel weights of a tile of dot products.
const WEIGHTS: usize = 2;

/// Kernel weights whose dot products with all maps are computed before the next: a multiple of [`WEIGHTS`].
const DOT_WEIGHTS: usize = 32;

/// maps (map, image, output cell) = `biases`, or 0, + correlation of the images in `windows` with `kernels`, packed in groups.
pub(super) fn correlate(
    windows: &Windows,
    kernels: &[f32],
    biases: Option<&[f32]>,
    maps: &mut [f32],
    panels: &mut Vec<f32>,
) {
    let (depth, columns) = (windows.offsets().len(), windows.starts().len());
    for_each_block::<VECTORS>(windows, 1, panels, |range, panels| {
        let block = Block {
            depth,
            panels,
            range,
            columns,
        };
        block.multiply(kernels, biases, maps);
    });
}

/// Adds to `sums`, (map, kernel weight), the sum over output cells of `gradient`, (image, map, output cell), times the pixel that
/// the weight sees there, in four parts. `room` is for the gradient with a row for each map that four divides.
pub(super) fn add_to_sums(
    windows: &Windows,
    gradient: &[f32],
    sums: &mut [[f32; LANES]],
    panels: &mut Vec<f32>,
    room: &mut Vec<[f32; LANES]>,
) {
    let depth = windows.offsets().len();
    let maps = sums.len() / depth;
    let (gradient, length) = rows_of_maps(gradient, maps, windows, room);
    for_each_block::<1>(windows, DOT_PANELS, panels, |range, panels| {
        let panels = panels.as_flattened();
        let products = PanelProducts {
            depth,
            panels,
            length,
        };
        // A few weights' rows of the patches stay in the first-level cache while all maps pass.
        for first in (0..depth).step_by(DOT_WEIGHTS) {
            let chosen = first..(first + DOT_WEIGHTS).min(depth);
            for group in row_groups(maps) {
                let block = &gradient[group.start * length + range.start / LANES..];
                let sums = &mut sums[group.start * depth..group.end * depth];
                let chosen = chosen.clone();
                // Many maps leave no group of one or two.
                match group.len() {
                    3 => products.add_all::<3>(block, chosen, sums),
                    4 => products.add_all::<4>(block, chosen, sums),
                    _ => products.add_all::<5>(block, chosen, sums),
                }
            }
        }
    });
}

/// The gradient (image, map, output cell) as (map, image, output cell), in vectors with 0 behind the last cell; and how many
/// vectors a row has.
fn rows_of_maps<'a>(
    gradient: &'a [f32],
    maps: usize,
    windows: &Windows,
    room: &'a mut Vec<[f32; LANES]>,
) -> (&'a [[f32; LANES]], usize) {
    let all = windows.starts().len();
    let (cells, length) = (all / windows.images(), all.div_ceil(LANES));
    if windows.images() == 1 && length * LANES == cells {
        return (gradient.as_chunks().0, length);
    }
    grow(room, maps * length);
    for (map, row) in room.chunks_exact_mut(length).take(maps).enumerate() {
        let row = row.as_flattened_mut();
        row[all..].fill(0.0);
        let of_map = gradient[map * cells..].chunks(maps * cells);
        for (target, source) in row.chunks_exact_mut(cells).zip(of_map) {
            copy_row(&source[..cells], target);
        }
    }
    (&room[..maps * length], length)
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
            gather(windows, first + panel * width, target);
        }
        work(first..end, panels);
    }
}

/// What each kernel weight sees at the output cells from `first` on, (kernel weight, cell of the panel); 0 behind the
/// last cell.
#[inline(always)]
fn gather<const VECTORS: usize>(
    windows: &Windows,
    first: usize,
    panel: &mut [[[f32; 4]; VECTORS]],
) {
    let (kernel, pixels, offsets) = (windows.kernel(), windows.channel(0), windows.offsets());
    let starts = &windows.starts()[first..];
    let starts = &starts[..starts.len().min(4 * VECTORS)];
    if kernel.stride == 1 && starts.len() == 4 * VECTORS && side_by_side(starts) {
        let first = &pixels[starts[0] as usize..];
        // The next weight of a kernel's row sees the same pixels, one further.
        let rows = offsets.chunks_exact(kernel.size);
        for (panel, row) in panel.chunks_exact_mut(kernel.size).zip(rows) {
            let pixels = &first[row[0] as usize..][..kernel.size + 4 * VECTORS - 1];
            for (target, pixels) in panel.iter_mut().zip(pixels.windows(4 * VECTORS)) {
                *target = *pixels.as_chunks().0.first_chunk().expect("VECTORS long");
            }
        }
        return;
    }
    for vector in 0..VECTORS {
        let starts = &starts[starts.len().min(LANES * vector)..];
        let starts = &starts[..starts.len().min(LANES)];
        let whole = starts.len() == LANES;
        if whole && side_by_side(starts) {
            for (target, &offset) in panel.iter_mut().zip(offsets) {
                target[vector] = four(pixels, starts[0] + offset).into();
            }
        } else if let Some(end) = row_end(starts).filter(|_| whole) {
            // The end of a row, and the beginning of the next.
            let (ends, places) = (Choice::first(end), [starts[0], starts[LANES - 1] - 3]);
            for (target, &offset) in panel.iter_mut().zip(offsets) {
                let [end, beginning] = places.map(|place| four(pixels, place + offset));
                target[vector] = ends.of(end, beginning).into();
            }
        } else {
            for (target, &offset) in panel.iter_mut().zip(offsets) {
                target[vector] = std::array::from_fn(|lane| {
                    let start = starts.get(lane);
                    start.map_or(0.0, |start| pixels[(start + offset) as usize])
                });
            }
        }
    }
}

/// Whether increasing places follow each other without a gap.
fn side_by_side(places: &[u32]) -> bool {
    places[places.len() - 1] - places[0] == places.len() as u32 - 1
}

/// Where one row of output cells ends and the next begins, if the places are of two rows.
fn row_end(places: &[u32]) -> Option<usize> {
    (1..places.len()).find(|&end| side_by_side(&places[..end]) && side_by_side(&places[end..]))
}

/// Rows of the gradient against a block of patches.
struct PanelProducts<'a> {
    depth: usize,
    /// (panel, kernel weight, cell of the panel)
    panels: &'a [[f32; LANES]],
    /// Vectors of a row of the gradient.
    length: usize,
}

impl PanelProducts<'_> {
    /// Adds the products of up to five rows of the gradient (map, output cell), from the block's first cell on, with the
    /// `chosen` kernel weights' patches to `sums` (map, kernel weight).
    fn add_all<const MAPS: usize>(
        &self,
        gradient: &[[f32; LANES]],
        chosen: Range<usize>,
        sums: &mut [[f32; LANES]],
    ) {
        for weight in chosen.step_by(WEIGHTS) {
            self.add::<MAPS>(gradient, weight, sums);
        }
    }

    /// MAPS x WEIGHTS dot products over the cells of the block, each a vector of four partial sums. Where a weight is missing the last
    /// one's are computed in its place.
    #[inline(always)]
    fn add<const MAPS: usize>(
        &self,
        gradient: &[[f32; LANES]],
        weight: usize,
        sums: &mut [[f32; LANES]],
    ) {
        let count = self.panels.len() / self.depth;
        let gradient: [&[[f32; LANES]]; MAPS] =
            std::array::from_fn(|i| &gradient[i * self.length..][..count]);
        let seen: [usize; WEIGHTS] = std::array::from_fn(|j| (weight + j).min(self.depth - 1));
        let mut parts = [[Lanes::splat(0.0); WEIGHTS]; MAPS];
        for k in 0..count {
            let panel = &self.panels[k * self.depth..][..self.depth];
            let pixels: [Lanes; WEIGHTS] = seen.map(|weight| panel[weight].into());
            for i in 0..MAPS {
                let gradient = Lanes::from(gradient[i][k]);
                for j in 0..WEIGHTS {
                    parts[i][j] = parts[i][j].plus_product(gradient, pixels[j]);
                }
            }
        }
        for i in 0..MAPS {
            let sums = &mut sums[i * self.depth + weight..(i + 1) * self.depth];
            for (sum, part) in sums.iter_mut().zip(parts[i]) {
                *sum = (Lanes::from(*sum) + part).into();
            }
        }
    }
}
