//! The largest number of each window of a max-pool, and where it stands.

use super::lanes::{Indices, LANES, Lanes};

/// The largest value of a window and where it stands in its map.
pub(crate) fn largest(cells: &[f32], corner: usize, columns: usize, size: usize) -> (f32, u32) {
    let (mut maximum, mut winner) = (cells[corner], corner);
    for i in 0..size {
        let start = corner + i * columns;
        for (j, &value) in cells[start..start + size].iter().enumerate() {
            if wins(value, maximum) {
                (maximum, winner) = (value, start + j);
            }
        }
    }
    (maximum, winner as u32)
}

/// Whether `value` takes the place of `maximum`, which comes before it in row order. Not a number counts as largest,
/// so that it stays visible.
fn wins(value: f32, maximum: f32) -> bool {
    (value > maximum) | value.is_nan()
}

/// Where the four cells of 2x2 windows stand behind the first one's corner: for each of them, of four windows next to each other.
/// Kept in memory: the compiler would make these constants again and again in registers.
pub(crate) struct Squares {
    columns: usize,
    places: [[u32; LANES]; 4],
}

impl Squares {
    /// Windows in a map of so many `columns`.
    pub(crate) fn new(columns: usize) -> Self {
        let corners = [0, 1, columns, columns + 1];
        Self {
            columns,
            places: corners.map(|at| std::array::from_fn(|lane| (at + 2 * lane) as u32)),
        }
    }

    /// [`largest`] for the windows of a map of numbers all of which are numbers, next to each other, `in_row` in a row, four at least:
    /// four windows at once, the last four perhaps together with some of those before. Writes down who won if there is room for it.
    #[inline(never)]
    pub(crate) fn largest(
        &self,
        cells: &[f32],
        in_row: usize,
        maxima: &mut [f32],
        winners: &mut [u32],
    ) {
        for (row, maxima) in maxima.chunks_exact_mut(in_row).enumerate() {
            let top = 2 * row * self.columns;
            let (upper, lower) = cells[top..][..2 * self.columns].split_at(self.columns);
            let mut next = 0;
            while next < in_row {
                let window = next.min(in_row - LANES);
                let (first, second) = halves(upper, window);
                let (third, fourth) = halves(lower, window);
                let largest = first.or_larger(second).or_larger(third).or_larger(fourth);
                maxima[window..][..LANES].copy_from_slice(&<[f32; LANES]>::from(largest));
                let place = row * in_row + window;
                if let Some(winners) = winners.get_mut(place..place + LANES) {
                    let places = &self.places;
                    // The first one in row order that is as large.
                    let mut at = Indices::from(places[3]);
                    for (cell, place) in [(third, 2), (second, 1), (first, 0)] {
                        at = largest.equals(cell).of_indices(places[place].into(), at);
                    }
                    let corner = (top + 2 * window) as u32;
                    winners.copy_from_slice(&<[u32; LANES]>::from(at).map(|at| corner + at));
                }
                next = window + LANES;
            }
        }
    }
}

/// The left and the right cells of four windows from `window` on.
#[inline(always)]
fn halves(cells: &[f32], window: usize) -> (Lanes, Lanes) {
    let cells = cells[2 * window..][..2 * LANES].as_chunks::<LANES>().0;
    let [first, second] = [cells[0], cells[1]].map(Lanes::from);
    (
        first.pick::<0, 2, 4, 6>(second),
        first.pick::<1, 3, 5, 7>(second),
    )
}

#[cfg(test)]
mod tests {
    use super::{Squares, largest};

    #[test]
    fn four_windows_at_once_agree_with_each_alone() {
        // Few different values, so that ties are common; odd and even widths.
        for columns in 8..=19 {
            let cells: Vec<f32> = (0..5 * columns)
                .map(|cell| ((cell * 29 + cell / 3) % 5) as f32)
                .collect();
            let in_row = columns / 2;
            let (mut maxima, mut winners) = (vec![0.0; 2 * in_row], vec![0; 2 * in_row]);
            let squares = Squares::new(columns);
            squares.largest(&cells, in_row, &mut maxima, &mut winners);
            for (window, (&maximum, &winner)) in maxima.iter().zip(&winners).enumerate() {
                let corner = 2 * (window / in_row * columns + window % in_row);
                assert_eq!((maximum, winner), largest(&cells, corner, columns, 2));
            }
        }
    }
}
