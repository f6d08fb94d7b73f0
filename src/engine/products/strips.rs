//! Correlation and its gradient without a copy of the patches: for few maps, to which a copy is dearer than the products.
//!
//! Pixels are read where they stand, in *strips*: four neighbouring output cells of a row, whose pixels under each kernel weight
//! stand side by side.

use super::gemm::first_or_zero;
use super::lanes::{LANES, Lanes};
use super::packing::row_groups;
use super::windows::Windows;
use crate::engine::layer::grow;

/// Four neighbouring output cells of a row, or those of its last ones that there are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Strip {
    /// The first cell.
    pub(super) cell: u32,
    /// Where its window's first pixel stands.
    pub(super) start: u32,
    /// For each cell 1, or 0 if it is not of this row.
    pub(super) share: [f32; LANES],
}

/// The strips of a map, row after row. `starts` are those of all windows, `columns` the cells of a row.
pub(super) fn strips(starts: &[u32], columns: usize) -> Vec<Strip> {
    let firsts = (0..starts.len()).filter(|cell| (cell % columns).is_multiple_of(LANES));
    let strip = |cell: usize| Strip {
        cell: cell as u32,
        start: starts[cell],
        share: std::array::from_fn(|lane| {
            let in_row = cell % columns + lane < columns;
            f32::from(u8::from(in_row))
        }),
    };
    firsts.map(strip).collect()
}

/// The gradient with respect to the cells of a strip in one map, 0 behind the end of its row.
#[inline(always)]
pub(super) fn gradient_of(map: &[f32], strip: &Strip) -> [f32; LANES] {
    let cells = &map[strip.cell as usize..];
    let four = match cells.first_chunk() {
        Some(&four) => four,
        None => std::array::from_fn(|lane| cells.get(lane).copied().unwrap_or(0.0)),
    };
    (Lanes::from(four) * strip.share.into()).into()
}

/// maps (map, output cell) = `biases`, or 0, + correlation of the image in `windows` with `kernels`, packed in groups.
pub(super) fn correlate(
    windows: &Windows,
    kernels: &[f32],
    biases: Option<&[f32]>,
    maps: &mut [f32],
) {
    let depth = windows.offsets().len();
    let count = kernels.len() / depth;
    let cells = maps.len() / count;
    for group in row_groups(count) {
        let biases = biases.map(|biases| &biases[group.clone()]);
        let kernels = &kernels[group.start * depth..group.end * depth];
        let maps = &mut maps[group.start * cells..group.end * cells];
        // A tile with fewer rows needs more columns, or its sums wait for each other.
        match group.len() {
            1 => correlate_group::<1, 8>(windows, biases, kernels, maps),
            2 => correlate_group::<2, 4>(windows, biases, kernels, maps),
            3 => correlate_group::<3, 2>(windows, biases, kernels, maps),
            4 => correlate_group::<4, 2>(windows, biases, kernels, maps),
            _ => correlate_group::<5, 2>(windows, biases, kernels, maps),
        }
    }
}

/// STRIPS strips of MAPS maps at once, until all are done.
#[inline(always)]
fn correlate_group<const MAPS: usize, const STRIPS: usize>(
    windows: &Windows,
    biases: Option<&[f32]>,
    kernels: &[f32],
    maps: &mut [f32],
) {
    let (pixels, kernels) = (windows.channel(0), kernels.as_chunks::<MAPS>().0);
    let starts: [f32; MAPS] = first_or_zero(biases);
    let cells = maps.len() / MAPS;
    let mut maps = maps.chunks_exact_mut(cells);
    let maps: [&mut [f32]; MAPS] =
        std::array::from_fn(|_| &mut maps.next().expect("MAPS maps")[..cells]);
    let reach = windows.reach() + LANES;
    for strips in windows.strips().chunks(STRIPS) {
        // Where strips are missing the last one is computed again.
        let strips: [Strip; STRIPS] = std::array::from_fn(|j| strips[j.min(strips.len() - 1)]);
        // All of one length: one check for all.
        let pixels = strips.map(|strip| &pixels[strip.start as usize..][..reach]);
        let mut sums = starts.map(|start| [Lanes::splat(start); STRIPS]);
        for (kernel, &offset) in kernels.iter().zip(windows.offsets()) {
            let seen = pixels.map(|pixels| four(pixels, offset));
            for i in 0..MAPS {
                let weight = Lanes::splat(kernel[i]);
                for j in 0..STRIPS {
                    sums[i][j] = sums[i][j].plus_product(weight, seen[j]);
                }
            }
        }
        for j in 0..STRIPS {
            for i in 0..MAPS {
                let cells = &mut maps[i][strips[j].cell as usize..];
                // What stands behind the end of a row is overwritten by the next one.
                match cells.first_chunk_mut() {
                    Some(four) => *four = sums[i][j].into(),
                    None => last_cells(cells, sums[i][j]),
                }
            }
        }
    }
}

/// Fewer cells than four, at the end of a map.
#[cold]
#[inline(never)]
fn last_cells(cells: &mut [f32], sums: Lanes) {
    for (cell, sum) in cells.iter_mut().zip(<[f32; LANES]>::from(sums)) {
        *cell = sum;
    }
}

/// Adds to `sums`, (map, kernel weight), the sum over output cells of `gradient`, (map, output cell), times the pixel that the
/// weight sees there, in four parts. `room` is for the gradient in the order of the strips, if it is another.
pub(super) fn add_to_sums(
    windows: &Windows,
    gradient: &[f32],
    sums: &mut [[f32; LANES]],
    room: &mut Vec<[f32; LANES]>,
) {
    let depth = windows.offsets().len();
    let maps = sums.len() / depth;
    let (cells, strips) = (windows.starts().len(), windows.strips());
    let gradient = if strips.len() * LANES == cells {
        gradient.as_chunks().0
    } else {
        grow(room, maps * strips.len());
        let rows = room.chunks_exact_mut(strips.len());
        for (row, map) in rows.zip(gradient.chunks_exact(cells)) {
            for (four, strip) in row.iter_mut().zip(strips) {
                *four = gradient_of(map, strip);
            }
        }
        &room[..maps * strips.len()]
    };
    for group in row_groups(maps) {
        let gradient = &gradient[group.start * strips.len()..group.end * strips.len()];
        let sums = &mut sums[group.start * depth..group.end * depth];
        match group.len() {
            1 => add_group::<1, 8>(windows, gradient, sums),
            2 => add_group::<2, 4>(windows, gradient, sums),
            3 => add_group::<3, 2>(windows, gradient, sums),
            4 => add_group::<4, 2>(windows, gradient, sums),
            _ => add_group::<5, 2>(windows, gradient, sums),
        }
    }
}

#[inline(always)]
fn add_group<const MAPS: usize, const WEIGHTS: usize>(
    windows: &Windows,
    gradient: &[[f32; LANES]],
    sums: &mut [[f32; LANES]],
) {
    for weight in (0..windows.offsets().len()).step_by(WEIGHTS) {
        add::<MAPS, WEIGHTS>(windows, gradient, weight, sums);
    }
}

/// MAPS x WEIGHTS dot products over the cells of a map, each a vector of four partial sums. Where weights are missing the last one's
/// are computed in their place: fewer sums would take as long, waiting for each other.
#[inline(always)]
fn add<const MAPS: usize, const WEIGHTS: usize>(
    windows: &Windows,
    gradient: &[[f32; LANES]],
    weight: usize,
    sums: &mut [[f32; LANES]],
) {
    let (pixels, depth) = (windows.channel(0), windows.offsets().len());
    let strips = windows.strips();
    let reach = windows.starts().last().map_or(0, |&last| last as usize) + LANES;
    // All of one length: one check for all.
    let pixels: [&[f32]; WEIGHTS] = std::array::from_fn(|j| {
        let offset = windows.offsets()[(weight + j).min(depth - 1)];
        &pixels[offset as usize..][..reach]
    });
    let gradient: [&[[f32; LANES]]; MAPS] =
        std::array::from_fn(|i| &gradient[i * strips.len()..][..strips.len()]);
    let mut parts = [[Lanes::splat(0.0); WEIGHTS]; MAPS];
    for k in 0..strips.len() {
        let seen = pixels.map(|pixels| four(pixels, strips[k].start));
        for i in 0..MAPS {
            let gradient = Lanes::from(gradient[i][k]);
            for j in 0..WEIGHTS {
                parts[i][j] = parts[i][j].plus_product(gradient, seen[j]);
            }
        }
    }
    for i in 0..MAPS {
        let sums = &mut sums[i * depth + weight..(i + 1) * depth];
        for (sum, part) in sums.iter_mut().zip(parts[i]) {
            *sum = (Lanes::from(*sum) + part).into();
        }
    }
}

/// Four numbers from `place` on.
#[inline(always)]
pub(super) fn four(values: &[f32], place: u32) -> Lanes {
    let four: [f32; LANES] = *values[place as usize..]
        .first_chunk()
        .expect("four numbers");
    four.into()
}
