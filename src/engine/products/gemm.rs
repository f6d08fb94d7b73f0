//! c = a b from packed factors, in tiles of four or five rows and eight columns: see [`super`].

use super::lanes::{LANES, Lanes, copy_row};
use super::packing::{Order, Packing, pack_groups, pack_panels, row_groups};
use crate::engine::layer::grow;
use std::ops::Range;

/// Rows of most tiles, see [`row_groups`].
pub(super) const ROWS: usize = 4;
/// Vectors of a row of a tile.
pub(super) const VECTORS: usize = 2;
/// Columns of a tile.
pub(super) const COLUMNS: usize = VECTORS * LANES;
/// Numbers of b that are packed at once, 256 kB: they stay in the second-level cache while all rows of a pass over them,
/// and the rows of c are written in long strips.
const BLOCK: usize = 64 * 1024;

/// Sizes of a product: c (rows, columns) = a (rows, depth) b (depth, columns).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub rows: usize,
    pub depth: usize,
    pub columns: usize,
}

/// c = a b.
///
/// # Shapes
/// a (row, depth) in the given order, b (depth, column), c (row, column).
///
/// # Panics
/// If the factors are not of this size, or have no number.
pub(crate) fn multiply(
    size: Size,
    a: &[f32],
    order: Order,
    b: &[f32],
    c: &mut [f32],
    packing: &mut Packing,
) {
    let Size {
        rows,
        depth,
        columns,
    } = size;
    assert!(rows > 0 && depth > 0 && columns > 0, "{size:?}");
    assert_eq!(
        (a.len(), b.len(), c.len()),
        (rows * depth, depth * columns, rows * columns),
        "{size:?}"
    );
    let width = ((BLOCK / depth).max(COLUMNS) / COLUMNS * COLUMNS).min(columns);
    grow(&mut packing.a, rows * depth);
    grow(&mut packing.b, width.next_multiple_of(COLUMNS) * depth);
    let a_packed = &mut packing.a[..rows * depth];
    pack_groups(a, order, rows, a_packed);
    for start in (0..columns).step_by(width) {
        let range = start..(start + width).min(columns);
        let panels = &mut packing.b[..range.len().next_multiple_of(COLUMNS) * depth];
        pack_panels(b, columns, range.clone(), panels);
        let block = Block {
            depth,
            panels: panels.as_chunks::<LANES>().0.as_chunks::<VECTORS>().0,
            range,
            columns,
        };
        block.multiply(a_packed, None, c);
    }
}

/// Packed columns of b, and which columns of c their products are.
pub(super) struct Block<'a> {
    pub(super) depth: usize,
    /// (panel, depth, column of the panel)
    pub(super) panels: &'a [[[f32; LANES]; VECTORS]],
    /// The columns of b and c.
    pub(super) range: Range<usize>,
    /// Columns of c in all.
    pub(super) columns: usize,
}

impl Block<'_> {
    /// The block's columns of c = `starts` + a b: a packed in groups, and a number for each row to start its sums from,
    /// 0 if there is none.
    pub(super) fn multiply(&self, a: &[f32], starts: Option<&[f32]>, c: &mut [f32]) {
        for group in row_groups(a.len() / self.depth) {
            let a = &a[group.start * self.depth..group.end * self.depth];
            let c = &mut c[group.start * self.columns..group.end * self.columns];
            let starts = starts.map(|starts| &starts[group.clone()]);
            match group.len() {
                1 => self.multiply_group::<1>(starts, a, c),
                2 => self.multiply_group::<2>(starts, a, c),
                3 => self.multiply_group::<3>(starts, a, c),
                4 => self.multiply_group::<4>(starts, a, c),
                _ => self.multiply_group::<5>(starts, a, c),
            }
        }
    }

    /// All tiles of one group of rows.
    #[inline(always)]
    fn multiply_group<const ROWS: usize>(&self, starts: Option<&[f32]>, a: &[f32], c: &mut [f32]) {
        let starts: [f32; ROWS] = first_or_zero(starts);
        let a = a.as_chunks::<ROWS>().0;
        let whole = self.range.len() / (VECTORS * LANES);
        let mut rows = c.chunks_exact_mut(self.columns);
        let mut rows: [&mut [f32]; ROWS] = std::array::from_fn(|_| {
            let row = rows.next().expect("as many rows as in the group");
            &mut row[self.range.clone()]
        });
        let mut panels = self.panels.chunks_exact(self.depth);
        let tiles = rows.each_mut().map(|row| {
            let row: &mut [[[f32; LANES]; VECTORS]] = row.as_chunks_mut().0.as_chunks_mut().0;
            &mut row[..whole]
        });
        for (panel, b) in (0..whole).zip(&mut panels) {
            let sums = tile(starts, a, b);
            for i in 0..ROWS {
                for j in 0..VECTORS {
                    tiles[i][panel][j] = sums[i][j].into();
                }
            }
        }
        let rest = whole * VECTORS * LANES;
        if rest < self.range.len() {
            let b = panels.next().expect("a panel for the last columns");
            let sums = edge(starts, a, b);
            for (row, sums) in rows.iter_mut().zip(&sums) {
                let target = &mut row[rest..];
                copy_row(&sums.as_flattened()[..target.len()], target);
            }
        }
    }
}

/// The first numbers of `starts`, or 0.
#[inline(always)]
pub(super) fn first_or_zero<const COUNT: usize>(starts: Option<&[f32]>) -> [f32; COUNT] {
    starts.map_or([0.0; COUNT], |starts| {
        *starts.first_chunk().expect("COUNT long")
    })
}

/// A tile at the right edge of c, of which not all columns exist; apart from the others, whose numbers never leave their
/// registers.
#[inline(never)]
fn edge<const ROWS: usize>(
    starts: [f32; ROWS],
    a: &[[f32; ROWS]],
    b: &[[[f32; LANES]; VECTORS]],
) -> [[[f32; LANES]; VECTORS]; ROWS] {
    tile(starts, a, b).map(|row| row.map(<[f32; LANES]>::from))
}

/// `starts` + a b for one group of rows and one panel of columns, summed in registers.
#[inline(always)]
pub(super) fn tile<const ROWS: usize, const VECTORS: usize>(
    starts: [f32; ROWS],
    a: &[[f32; ROWS]],
    b: &[[[f32; LANES]; VECTORS]],
) -> [[Lanes; VECTORS]; ROWS] {
    let mut sums = starts.map(|start| [Lanes::splat(start); VECTORS]);
    for (a, b) in a.iter().zip(b) {
        let b = b.map(Lanes::from);
        for i in 0..ROWS {
            let a = Lanes::splat(a[i]);
            for j in 0..VECTORS {
                sums[i][j] = sums[i][j].plus_product(a, b[j]);
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::{Size, multiply};
    use crate::engine::products::packing::{Order, Packing};
    use crate::engine::products::whole;

    fn transposed(values: &[f32], rows: usize, columns: usize) -> Vec<f32> {
        (0..rows * columns)
            .map(|index| values[index % rows * columns + index / rows])
            .collect()
    }

    fn check(rows: usize, depth: usize, columns: usize, packing: &mut Packing) {
        let size = Size {
            rows,
            depth,
            columns,
        };
        let (a, b) = (whole(rows * depth, 5), whole(depth * columns, 7));
        let expected: Vec<f32> = (0..rows * columns)
            .map(|cell| {
                let (row, column) = (cell / columns, cell % columns);
                let terms = (0..depth).map(|k| a[row * depth + k] * b[k * columns + column]);
                terms.sum()
            })
            .collect();
        let mut c = vec![f32::NAN; rows * columns];
        multiply(size, &a, Order::RowMajor, &b, &mut c, packing);
        assert_eq!(c, expected, "{size:?}");
        c.fill(f32::NAN);
        let a = transposed(&a, rows, depth);
        multiply(size, &a, Order::Transposed, &b, &mut c, packing);
        assert_eq!(c, expected, "transposed, {size:?}");
    }

    #[test]
    fn both_orders_agree_with_the_definition_at_every_edge_of_tiles_and_blocks() {
        let mut packing = Packing::default();
        for rows in 1..=9 {
            for columns in (1..=21).chain([32, 33, 47, 71]) {
                for depth in [1, 2, 3, 8, 13] {
                    check(rows, depth, columns, &mut packing);
                }
            }
        }
        // Several blocks, the last one narrower; and so deep that a block is a single panel.
        check(5, 2_000, 70, &mut packing);
        check(2, 10_000, 19, &mut packing);
    }

    #[test]
    fn a_row_has_the_same_bits_alone_and_among_others() {
        let size = Size {
            rows: 7,
            depth: 541,
            columns: 23,
        };
        let irregular =
            |count: usize| -> Vec<f32> { (0..count).map(|i| (i as f32 * 0.37).sin()).collect() };
        let (a, b) = (irregular(7 * 541), irregular(541 * 23));
        let mut packing = Packing::default();
        let mut together = vec![0.0; 7 * 23];
        multiply(size, &a, Order::RowMajor, &b, &mut together, &mut packing);
        for row in 0..7 {
            let mut alone = vec![0.0; 23];
            let (one, a) = (Size { rows: 1, ..size }, &a[row * 541..][..541]);
            multiply(one, a, Order::RowMajor, &b, &mut alone, &mut packing);
            assert_eq!(alone, together[row * 23..][..23]);
        }
    }
}
