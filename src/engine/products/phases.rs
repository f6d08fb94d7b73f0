//! A row of pixels sorted by the rest that their column leaves by the stride, and back: what a kernel weight sees from one output
//! cell to the next then stands side by side.

use super::lanes::{LANES, Lanes};

/// Puts `row` behind `padding` zeros into `framed`: first the pixels of those columns that leave rest 0 by `stride`, then those that
/// leave 1, and so on, as many places for each.
#[inline(always)]
pub(super) fn deal(stride: usize, padding: usize, row: &[f32], framed: &mut [f32]) {
    match stride {
        1 => framed[padding..][..row.len()].copy_from_slice(row),
        2 => deal_by::<2>(framed, padding, row),
        4 => deal_by::<4>(framed, padding, row),
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
        2 => collect_by::<2>(framed, padding, row),
        4 => collect_by::<4>(framed, padding, row),
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

/// [`deal`] for a stride of 2 or 4, in vectors.
#[inline(always)]
fn deal_by<const PHASES: usize>(framed: &mut [f32], padding: usize, row: &[f32]) {
    let places: [usize; PHASES] =
        std::array::from_fn(|turn| place(turn, PHASES, padding, framed.len()));
    let (whole, rest) = row.as_chunks::<PHASES>();
    for (place, &pixel) in places.iter().zip(rest) {
        framed[place + whole.len()] = pixel;
    }
    let mut next = 0;
    // The last four of each phase may overlap those before.
    while next < whole.len() && whole.len() >= LANES {
        let first = next.min(whole.len() - LANES);
        let four: &[[f32; PHASES]; LANES] = whole[first..].first_chunk().expect("LANES long");
        for (place, phase) in places.iter().zip(phases_of(four)) {
            framed[place + first..][..LANES].copy_from_slice(&phase);
        }
        next = first + LANES;
    }
    for (index, pixels) in whole.iter().enumerate().skip(next) {
        for (place, &pixel) in places.iter().zip(pixels) {
            framed[place + index] = pixel;
        }
    }
}

/// Where in a framed row of `length` numbers the pixel of column `turn` stands; those of its phase follow it.
#[inline(always)]
fn place(turn: usize, stride: usize, padding: usize, length: usize) -> usize {
    let column = padding + turn;
    column % stride * (length / stride) + column / stride
}

/// The pixels of each phase of a stride of 2 or 4.
#[inline(always)]
fn phases_of<const PHASES: usize>(pixels: &[[f32; PHASES]; LANES]) -> [[f32; LANES]; PHASES] {
    let vectors = pixels.as_flattened().as_chunks::<LANES>().0;
    let lanes = |vector: usize| Lanes::from(vectors[vector]);
    let (evens, odds) = lanes(0).evens_and_odds(lanes(1));
    let phases = if PHASES == 2 {
        [evens, odds, evens, odds]
    } else {
        let (more_evens, more_odds) = lanes(2).evens_and_odds(lanes(3));
        let (first, third) = evens.evens_and_odds(more_evens);
        let (second, fourth) = odds.evens_and_odds(more_odds);
        [first, second, third, fourth]
    };
    std::array::from_fn(|phase| phases[phase].into())
}

/// [`collect`] for a stride of 2 or 4, in vectors.
#[inline(always)]
fn collect_by<const PHASES: usize>(framed: &[f32], padding: usize, row: &mut [f32]) {
    let places: [usize; PHASES] =
        std::array::from_fn(|turn| place(turn, PHASES, padding, framed.len()));
    let (whole, rest) = row.as_chunks_mut::<PHASES>();
    for (place, pixel) in places.iter().zip(rest) {
        *pixel = framed[place + whole.len()];
    }
    let mut next = 0;
    while next < whole.len() && whole.len() >= LANES {
        let first = next.min(whole.len() - LANES);
        let phases = places.map(|place| {
            let phase = framed[place + first..].first_chunk::<LANES>();
            Lanes::from(*phase.expect("each phase has a place for every whole turn"))
        });
        let pixels = whole[first..][..LANES].as_flattened_mut();
        let pixels = pixels.as_chunks_mut::<LANES>().0;
        for (pixels, lanes) in pixels.iter_mut().zip(in_turn(phases)) {
            *pixels = lanes.into();
        }
        next = first + LANES;
    }
    for (index, pixels) in whole.iter_mut().enumerate().skip(next) {
        *pixels = places.map(|place| framed[place + index]);
    }
}

/// The pixels of 2 or 4 phases in the order of the image.
#[inline(always)]
fn in_turn<const PHASES: usize>(phases: [Lanes; PHASES]) -> [Lanes; PHASES] {
    let pixels = if PHASES == 2 {
        let (first, second) = phases[0].in_turn(phases[1]);
        [first, second, first, second]
    } else {
        let (evens, more_evens) = phases[0].in_turn(phases[2]);
        let (odds, more_odds) = phases[1].in_turn(phases[3]);
        let (first, second) = evens.in_turn(odds);
        let (third, fourth) = more_evens.in_turn(more_odds);
        [first, second, third, fourth]
    };
    std::array::from_fn(|vector| pixels[vector])
}
