//! Correlation and its gradient without a copy of the patches: for few maps, to which a copy is dearer than the products.
//!
//! Pixels are read where they stand, in *strips*: four neighbouring output cells of a row, whose pixels under each kernel weight
//! stand side by side.

use super::gemm::first_or_zero;
use super::lanes::{LANES, Lanes};
use super::packing::row_groups;
use super::windows::Windows;

/// Four neighbouring output cells of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Strip {
    /// The first cell.
    pub(super) cell: u32,
    /// Where its window's first pixel stands.
    pub(super) start: u32,
}

/// The strips that cover a map. Rows that are shorter than a strip are taken for as long as one.
#[derive(Clone, Debug, Default)]
pub(super) struct Strips {
    /// First those that share no cell; then the last one of each row, if four do not divide it.
    strips: Vec<Strip>,
    /// How many share no cell.
    apart: usize,
    /// For each cell of a strip behind them: 0 if the strip before has it, else 1.
    alone: [f32; LANES],
}

impl Strips {
    /// Strips for rows of `columns` cells, whose windows start at `starts`.
    pub(super) fn new(starts: &[u32], columns: usize) -> Self {
        let (whole, over) = match columns {
            ..LANES => (1, 0),
            _ => (columns / LANES, columns % LANES),
        };
        let cells = (0..).step_by(columns.max(LANES));
        let rows = starts.chunks_exact(columns).zip(cells);
        let strip = |(row, cell): (&[u32], u32), column: usize| Strip {
            cell: cell + column as u32,
            start: row[column],
        };
        let mut strips = Vec::new();
        for row in rows.clone() {
            strips.extend((0..whole).map(|place| strip(row, place * LANES)));
        }
        let apart = strips.len();
        if over > 0 {
            strips.extend(rows.map(|row| strip(row, columns - LANES)));
        }
        let alone = |lane| if lane < LANES - over { 0.0 } else { 1.0 };
        Self {
            strips,
            apart,
            alone: std::array::from_fn(alone),
        }
    }

    /// The strips, and for each cell of each of them 0 if a strip before has it, else 1.
    pub(super) fn each(&self) -> impl Iterator<Item = (Strip, [f32; LANES])> {
        let (apart, behind) = self.strips.split_at(self.apart);
        let apart = apart.iter().map(|&strip| (strip, [1.0; LANES]));
        apart.chain(behind.iter().map(|&strip| (strip, self.alone)))
    }
}

/// maps (map, output cell) = `biases`, or 0, + correlation of the image in `windows` with `kernels`, packed in groups. Rows of
/// the maps are as long as a strip, if they are shorter.
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
    for strips in windows.strips().strips.chunks(STRIPS) {
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
                let cells = maps[i][strips[j].cell as usize..].first_chunk_mut();
                *cells.expect("four cells") = sums[i][j].into();
            }
        }
    }
}

/// Adds to `sums`, (map, kernel weight), the sum over output cells of `gradient`, (map, output cell), times the pixel that the
/// weight sees there, in four parts. Rows of the gradient are as long as a strip, if they are shorter, with 0 behind their end.
pub(super) fn add_to_sums(windows: &Windows, gradient: &[f32], sums: &mut [[f32; LANES]]) {
    let depth = windows.offsets().len();
    let maps = sums.len() / depth;
    let cells = gradient.len() / maps;
    for group in row_groups(maps) {
        let gradient = &gradient[group.start * cells..group.end * cells];
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
    gradient: &[f32],
    sums: &mut [[f32; LANES]],
) {
    let depth = windows.offsets().len();
    let whole = depth / WEIGHTS * WEIGHTS;
    for weight in (0..whole).step_by(WEIGHTS) {
        add::<MAPS, WEIGHTS>(windows, gradient, weight, sums);
    }
    for weight in whole..depth {
        add::<MAPS, 1>(windows, gradient, weight, sums);
    }
}

/// MAPS x WEIGHTS dot products over the cells of a map, each a vector of four partial sums.
#[inline(always)]
fn add<const MAPS: usize, const WEIGHTS: usize>(
    windows: &Windows,
    gradient: &[f32],
    weight: usize,
    sums: &mut [[f32; LANES]],
) {
    let (pixels, depth) = (windows.channel(0), windows.offsets().len());
    let cells = gradient.len() / MAPS;
    let reach = windows.starts().last().map_or(0, |&last| last as usize) + LANES;
    let pixels: [&[f32]; WEIGHTS] = std::array::from_fn(|j| {
        let offset = windows.offsets()[weight + j] as usize;
        &pixels[offset..][..reach]
    });
    let gradient: [&[f32]; MAPS] = std::array::from_fn(|i| &gradient[i * cells..][..cells]);
    let mut parts = [[Lanes::splat(0.0); WEIGHTS]; MAPS];
    let (apart, behind) = windows.strips().strips.split_at(windows.strips().apart);
    for strip in apart {
        let gradient = gradient.map(|gradient| four(gradient, strip.cell));
        let seen = pixels.map(|pixels| four(pixels, strip.start));
        add_products(&mut parts, gradient, seen);
    }
    let alone = Lanes::from(windows.strips().alone);
    for strip in behind {
        let gradient = gradient.map(|gradient| four(gradient, strip.cell) * alone);
        let seen = pixels.map(|pixels| four(pixels, strip.start));
        add_products(&mut parts, gradient, seen);
    }
    for i in 0..MAPS {
        for j in 0..WEIGHTS {
            let sum = &mut sums[i * depth + weight + j];
            *sum = (Lanes::from(*sum) + parts[i][j]).into();
        }
    }
}

#[inline(always)]
fn add_products<const MAPS: usize, const WEIGHTS: usize>(
    sums: &mut [[Lanes; WEIGHTS]; MAPS],
    gradient: [Lanes; MAPS],
    seen: [Lanes; WEIGHTS],
) {
    for i in 0..MAPS {
        for j in 0..WEIGHTS {
            sums[i][j] = sums[i][j].plus_product(gradient[i], seen[j]);
        }
    }
}

/// Four numbers from `place` on.
#[inline(always)]
fn four(values: &[f32], place: u32) -> Lanes {
    let four: [f32; LANES] = *values[place as usize..]
        .first_chunk()
        .expect("four numbers");
    four.into()
}
