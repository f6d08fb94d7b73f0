//! A row of pixels sorted by whether their column is even or odd, and back: what a kernel weight sees with a stride of 2 from one
//! output cell to the next then stands side by side.

use super::lanes::{LANES, Lanes};

/// Where in a framed row of `length` numbers the pixel of column 0 or 1 stands; every other one follows it.
fn places(padding: usize, length: usize) -> [usize; 2] {
    [padding, padding + 1].map(|column| column % 2 * (length / 2) + column / 2)
}

/// Puts `row`, of eight numbers or more, behind `padding` zeros into `framed`: first the pixels of even columns, then those of odd
/// ones, as many places for each.
pub(super) fn deal_pairs(framed: &mut [f32], padding: usize, row: &[f32]) {
    let places = places(padding, framed.len());
    let (pairs, rest) = row.as_chunks::<2>();
    if let &[pixel] = rest {
        framed[places[0] + pairs.len()] = pixel;
    }
    for first in fours(pairs.len()) {
        let pixels = pairs[first..][..LANES].as_flattened();
        let vectors = pixels.as_chunks::<LANES>().0;
        let (evens, odds) = Lanes::from(vectors[0]).evens_and_odds(vectors[1].into());
        for (place, phase) in places.iter().zip([evens, odds]) {
            framed[place + first..][..LANES].copy_from_slice(&<[f32; LANES]>::from(phase));
        }
    }
}

/// The way back of [`deal_pairs`]: puts what is not padding into `row`.
pub(super) fn collect_pairs(framed: &[f32], padding: usize, row: &mut [f32]) {
    let places = places(padding, framed.len());
    let (pairs, rest) = row.as_chunks_mut::<2>();
    if let [pixel] = rest {
        *pixel = framed[places[0] + pairs.len()];
    }
    for first in fours(pairs.len()) {
        let [evens, odds] = places.map(|place| {
            let phase = framed[place + first..].first_chunk::<LANES>();
            Lanes::from(*phase.expect("each phase has a place for every pair"))
        });
        let (low, high) = evens.in_turn(odds);
        let pixels = pairs[first..][..LANES].as_flattened_mut();
        let vectors = pixels.as_chunks_mut::<LANES>().0;
        vectors[0] = low.into();
        vectors[1] = high.into();
    }
}

/// Where fours of `count` pairs begin, four or more; the last one may overlap the one before.
fn fours(count: usize) -> impl Iterator<Item = usize> {
    let last = count - LANES;
    (0..count).step_by(LANES).map(move |first| first.min(last))
}
