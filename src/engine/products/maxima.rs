//! The largest number of each window of a max-pool, and where it stands.

use super::lanes::{Indices, LANES, Lanes};

/// Whether `value` takes the place of `maximum`, which comes before it in row order. Not a number counts as largest,
/// so that it stays visible.
fn wins(value: f32, maximum: f32) -> bool {
    (value > maximum) | value.is_nan()
}

/// [`largest`] for the 2x2 windows of a row, at least four, next to each other, of numbers all of which are numbers: four
/// windows at once, the last four perhaps together with some of those before. Writes down who won if there is room for it.
pub(crate) fn largest_of_four(
    upper: &[f32],
    lower: &[f32],
    top: usize,
    maxima: &mut [f32],
    winners: &mut [u32],
) {
    let columns = upper.len() as u32;
    let places = [0, 1, columns, columns + 1];
    let places = places.map(|at| Indices::from([at, at + 2, at + 4, at + 6]));
    let mut next = 0;
    while next < maxima.len() {
        let window = next.min(maxima.len() - LANES);
        let (first, second) = halves(upper, window);
        let (third, fourth) = halves(lower, window);
        let largest = first.or_larger(second).or_larger(third).or_larger(fourth);
        maxima[window..][..LANES].copy_from_slice(&<[f32; LANES]>::from(largest));
        if let Some(winners) = winners.get_mut(window..window + LANES) {
            // The first one in row order that is as large.
            let at = largest.equals(third).of_indices(places[2], places[3]);
            let at = largest.equals(second).of_indices(places[1], at);
            let at = largest.equals(first).of_indices(places[0], at);
            let corner = (top + 2 * window) as u32;
            winners.copy_from_slice(&<[u32; LANES]>::from(at).map(|at| corner + at));
        }
        next = window + LANES;
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

#[cfg(test)]
mod tests {
    use super::{largest, largest_of_four};

    #[test]
    fn the_branchless_path_agrees_with_the_general_one() {
        // Few different values, so that ties are common; odd and even widths.
        for columns in 8..=19 {
            let cells: Vec<f32> = (0..4 * columns)
                .map(|cell| ((cell * 29 + cell / 3) % 5) as f32)
                .collect();
            for row in 0..2 {
                let top = row * 2 * columns;
                let (mut maxima, mut winners) = (vec![0.0; columns / 2], vec![0; columns / 2]);
                let (upper, lower) = cells[top..top + 2 * columns].split_at(columns);
                largest_of_four(upper, lower, top, &mut maxima, &mut winners);
                for column in 0..columns / 2 {
                    let (maximum, winner) = largest(&cells, top + 2 * column, columns, 2);
                    assert_eq!(
                        (maxima[column].to_bits(), winners[column]),
                        (maximum.to_bits(), winner)
                    );
                }
            }
        }
    }
}
