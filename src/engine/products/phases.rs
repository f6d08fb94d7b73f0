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
        3 => deal_by::<3>(framed, padding, row),
        4 => deal_by::<4>(framed, padding, row),
        _ => {
            let length = framed.len() / stride;
            for (column, &pixel) in (padding..).zip(row) {
                framed[column % stride * length + column / stride] = pixel;
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
        3 => collect_by::<3>(framed, padding, row),
        4 => collect_by::<4>(framed, padding, row),
        _ => {
            let length = framed.len() / stride;
            for (column, pixel) in (padding..).zip(row) {
                *pixel = framed[column % stride * length + column / stride];
            }
        }
    }
}

#[inline(always)]
fn deal_by<const PHASES: usize>(framed: &mut [f32], padding: usize, row: &[f32]) {
    let places = places::<PHASES>(framed.len(), padding);
    let (whole, rest) = row.as_chunks::<PHASES>();
    for (place, &pixel) in places.iter().zip(rest) {
        framed[place + whole.len()] = pixel;
    }
    let mut next = 0;
    if PHASES == 2 || PHASES == 4 {
        // The last four of each phase may overlap those before.
        while next < whole.len() && whole.len() >= LANES {
            let first = next.min(whole.len() - LANES);
            let four: &[[f32; PHASES]; LANES] = whole[first..].first_chunk().expect("LANES long");
            for (place, phase) in places.iter().zip(phases_of(four)) {
                framed[place + first..][..LANES].copy_from_slice(&phase);
            }
            next = first + LANES;
        }
    }
    for (index, pixels) in whole.iter().enumerate().skip(next) {
        for (place, &pixel) in places.iter().zip(pixels) {
            framed[place + index] = pixel;
        }
    }
}

/// Where in a framed row of `length` numbers the first pixel of each phase stands, in the order of the image.
#[inline(always)]
fn places<const PHASES: usize>(length: usize, padding: usize) -> [usize; PHASES] {
    std::array::from_fn(|turn| {
        (padding + turn) % PHASES * (length / PHASES) + (padding + turn) / PHASES
    })
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

#[inline(always)]
fn collect_by<const PHASES: usize>(framed: &[f32], padding: usize, row: &mut [f32]) {
    let places = places::<PHASES>(framed.len(), padding);
    let (whole, rest) = row.as_chunks_mut::<PHASES>();
    for (place, pixel) in places.iter().zip(rest) {
        *pixel = framed[place + whole.len()];
    }
    let mut next = 0;
    if PHASES == 2 || PHASES == 4 {
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
