//! A row of pixels sorted by the rest that their column leaves by the stride, and back: what a kernel weight sees from one output
//! cell to the next then stands side by side.

use super::lanes::{LANES, Lanes};

/// Puts `row` behind `padding` zeros into `framed`: first the pixels of those columns that leave rest 0 by `stride`, then those that
/// leave 1, and so on, as many places for each.
#[inline(always)]
pub(super) fn deal(stride: usize, padding: usize, row: &[f32], framed: &mut [f32]) {
    match stride {
        1 => framed[padding..][..row.len()].copy_from_slice(row),
        2 => deal_pairs(framed, padding, row),
        _ => {
            for turn in 0..stride.min(row.len()) {
                let pixels = row[turn..].iter().step_by(stride);
                let place = place(turn, stride, padding, framed.len());
                for (framed, &pixel) in framed[place..].iter_mut().zip(pixels) {
                    *framed = pixel;
                }
            }
        }
    }
}

/// The way back of [`deal`]: puts what is not padding into `row`.
#[inline(always)]
pub(super) fn collect(stride: usize, padding: usize, framed: &[f32], row: &mut [f32]) {
    match stride {
        1 => row.copy_from_slice(&framed[padding..][..row.len()]),
        2 => collect_pairs(framed, padding, row),
        _ => {
            for turn in 0..stride.min(row.len()) {
                let pixels = row[turn..].iter_mut().step_by(stride);
                let place = place(turn, stride, padding, framed.len());
                for (pixel, &framed) in pixels.zip(&framed[place..]) {
                    *pixel = framed;
                }
            }
        }
    }
}

/// Where in a framed row of `length` numbers the pixel of column `turn` stands; those of its phase follow it.
#[inline(always)]
fn place(turn: usize, stride: usize, padding: usize, length: usize) -> usize {
    let column = padding + turn;
    column % stride * (length / stride) + column / stride
}

/// [`deal`] for a stride of 2, in vectors.
fn deal_pairs(framed: &mut [f32], padding: usize, row: &[f32]) {
    let places = [0, 1].map(|turn| place(turn, 2, padding, framed.len()));
    let (pairs, rest) = row.as_chunks::<2>();
    if let &[pixel] = rest {
        framed[places[0] + pairs.len()] = pixel;
    }
    let mut next = 0;
    // The last four pairs may overlap those before.
    while next < pairs.len() && pairs.len() >= LANES {
        let first = next.min(pairs.len() - LANES);
        let pixels = pairs[first..][..LANES].as_flattened();
        let vectors = pixels.as_chunks::<LANES>().0;
        let (evens, odds) = Lanes::from(vectors[0]).evens_and_odds(vectors[1].into());
        for (place, phase) in places.iter().zip([evens, odds]) {
            framed[place + first..][..LANES].copy_from_slice(&<[f32; LANES]>::from(phase));
        }
        next = first + LANES;
    }
    for (index, pair) in pairs.iter().enumerate().skip(next) {
        for (place, &pixel) in places.iter().zip(pair) {
            framed[place + index] = pixel;
        }
    }
}

/// [`collect`] for a stride of 2, in vectors.
fn collect_pairs(framed: &[f32], padding: usize, row: &mut [f32]) {
    let places = [0, 1].map(|turn| place(turn, 2, padding, framed.len()));
    let (pairs, rest) = row.as_chunks_mut::<2>();
    if let [pixel] = rest {
        *pixel = framed[places[0] + pairs.len()];
    }
    let mut next = 0;
    while next < pairs.len() && pairs.len() >= LANES {
        let first = next.min(pairs.len() - LANES);
        let [evens, odds] = places.map(|place| {
            let phase = framed[place + first..].first_chunk::<LANES>();
            Lanes::from(*phase.expect("each phase has a place for every pair"))
        });
        let (low, high) = evens.in_turn(odds);
        let pixels = pairs[first..][..LANES].as_flattened_mut();
        let vectors = pixels.as_chunks_mut::<LANES>().0;
        vectors[0] = low.into();
        vectors[1] = high.into();
        next = first + LANES;
    }
    for (index, pair) in pairs.iter_mut().enumerate().skip(next) {
        *pair = places.map(|place| framed[place + index]);
    }
}
