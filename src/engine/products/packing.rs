//! Factors in the order in which the tiles read them.

use super::gemm::{COLUMNS, ROWS};
use std::ops::Range;

/// How a factor stands in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Row after row.
    RowMajor,
    /// Column after column: the row-major transpose.
    Transposed,
}

/// Memory for packed factors. Grown on first use, then reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Packing {
    pub(super) a: Vec<f32>,
    pub(super) b: Vec<f32>,
}

/// `rows` rows in groups of four. Of what four does not divide, groups of five take what they can: a group of one or two
/// computes at half the speed, since its sums wait for each other.
pub(super) fn row_groups(rows: usize) -> impl Iterator<Item = Range<usize>> {
    let fives = if rows >= 5 * (rows % ROWS) {
        rows % ROWS
    } else {
        0
    };
    let fours = (rows - 5 * fives).div_ceil(ROWS);
    let start = move |group: usize| (group * ROWS + group.saturating_sub(fours)).min(rows);
    (0..fours + fives).map(move |group| start(group)..start(group + 1))
}

/// The rows of a (row, depth) in [`row_groups`]: each group (depth, row of the group).
pub(super) fn pack_groups(a: &[f32], order: Order, rows: usize, packed: &mut [f32]) {
    let depth = a.len() / rows;
    for group in row_groups(rows) {
        let packed = &mut packed[group.start * depth..group.end * depth];
        match order {
            Order::RowMajor => {
                let rows = a.chunks_exact(depth).skip(group.start);
                for (i, row) in rows.take(group.len()).enumerate() {
                    let places = packed[i..].iter_mut().step_by(group.len());
                    for (place, &number) in places.zip(row) {
                        *place = number;
                    }
                }
            }
            Order::Transposed => {
                let packed = packed.chunks_exact_mut(group.len());
                for (packed, a) in packed.zip(a.chunks_exact(rows)) {
                    for (place, &number) in packed.iter_mut().zip(&a[group.clone()]) {
                        *place = number;
                    }
                }
            }
        }
    }
}

/// Columns `range` of b (depth, column) in panels of eight: (panel, depth, column of the panel); behind the last column 0.
pub(super) fn pack_panels(b: &[f32], columns: usize, range: Range<usize>, panels: &mut [f32]) {
    // Two lines of the cache of each row at once: where rows are long, each stands on a page of its own.
    const AT_ONCE: usize = 4;
    let depth = b.len() / columns;
    for (four, packed) in panels.chunks_mut(AT_ONCE * depth * COLUMNS).enumerate() {
        let packed = packed.as_chunks_mut::<COLUMNS>().0;
        let column = range.start + four * AT_ONCE * COLUMNS;
        for (k, row) in b.chunks_exact(columns).enumerate() {
            let (whole, rest) = row[column..range.end].as_chunks::<COLUMNS>();
            if let Some(whole) = whole.first_chunk::<AT_ONCE>() {
                for panel in 0..AT_ONCE {
                    packed[panel * depth + k] = whole[panel];
                }
            } else {
                for (panel, whole) in whole.iter().enumerate() {
                    packed[panel * depth + k] = *whole;
                }
                if !rest.is_empty() {
                    packed[whole.len() * depth + k] =
                        std::array::from_fn(|lane| rest.get(lane).copied().unwrap_or(0.0));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::row_groups;

    #[test]
    fn groups_follow_each_other_and_hold_all_rows() {
        for rows in 0..100 {
            let groups: Vec<_> = row_groups(rows).collect();
            assert_eq!(
                groups.iter().cloned().flatten().collect::<Vec<_>>(),
                Vec::from_iter(0..rows)
            );
            let sizes: Vec<usize> = groups.iter().map(|group| group.len()).collect();
            let small = sizes.iter().any(|size| !(4..=5).contains(size));
            assert_eq!(
                small,
                [1, 2, 3, 6, 7, 11].contains(&rows),
                "{rows}: {sizes:?}"
            );
        }
    }
}
