//! A row of pixels sorted by what a stride of 2 or 3 leaves of their column, and back: what a kernel weight sees from one output cell
//! to the next then stands side by side.

use super::lanes::{LANES, Lanes};

/// Which number of a row's `STRIDE` vectors goes where.
pub(super) trait Phases<const STRIDE: usize> {
    /// The numbers at multiples of the stride, those one further, and so on.
    fn deal(pixels: [Lanes; STRIDE]) -> [Lanes; STRIDE];

    /// The way back.
    fn collect(phases: [Lanes; STRIDE]) -> [Lanes; STRIDE];
}

/// A stride of 2.
pub(super) struct Pairs;

impl Phases<2> for Pairs {
    #[inline(always)]
    fn deal([a, b]: [Lanes; 2]) -> [Lanes; 2] {
        [a.pick::<0, 2, 4, 6>(b), a.pick::<1, 3, 5, 7>(b)]
    }

    #[inline(always)]
    fn collect([evens, odds]: [Lanes; 2]) -> [Lanes; 2] {
        [
            evens.pick::<0, 4, 1, 5>(odds),
            evens.pick::<2, 6, 3, 7>(odds),
        ]
    }
}

/// A stride of 3.
pub(super) struct Triples;

impl Phases<3> for Triples {
    #[inline(always)]
    fn deal([a, b, c]: [Lanes; 3]) -> [Lanes; 3] {
        // Of each what the first two vectors hold, then the rest from the last one.
        [
            a.pick::<0, 3, 6, 6>(b).pick::<0, 1, 2, 5>(c),
            a.pick::<1, 4, 7, 7>(b).pick::<0, 1, 2, 6>(c),
            a.pick::<2, 5, 5, 5>(b).pick::<0, 1, 4, 7>(c),
        ]
    }

    #[inline(always)]
    fn collect([first, second, third]: [Lanes; 3]) -> [Lanes; 3] {
        [
            first.pick::<0, 4, 1, 1>(second).pick::<0, 1, 4, 2>(third),
            second.pick::<1, 5, 2, 2>(third).pick::<0, 1, 6, 2>(first),
            third.pick::<2, 7, 3, 3>(second).pick::<0, 7, 1, 2>(first),
        ]
    }
}

/// Puts `row`, of four times STRIDE numbers or more, into `framed`: the pixels of the first columns at `places`, every STRIDE-th
/// one behind them.
pub(super) fn deal<const STRIDE: usize, P: Phases<STRIDE>>(
    framed: &mut [f32],
    places: [usize; STRIDE],
    row: &[f32],
) {
    let (groups, rest) = row.as_chunks::<STRIDE>();
    for (place, &pixel) in places.iter().zip(rest) {
        framed[place + groups.len()] = pixel;
    }
    for first in fours(groups.len()) {
        let pixels = groups[first..][..LANES].as_flattened();
        let vectors = pixels.as_chunks::<LANES>().0;
        let phases = P::deal(std::array::from_fn(|i| vectors[i].into()));
        for (place, phase) in places.iter().zip(phases) {
            framed[place + first..][..LANES].copy_from_slice(&<[f32; LANES]>::from(phase));
        }
    }
}

/// The way back of [`deal`].
pub(super) fn collect<const STRIDE: usize, P: Phases<STRIDE>>(
    framed: &[f32],
    places: [usize; STRIDE],
    row: &mut [f32],
) {
    let (groups, rest) = row.as_chunks_mut::<STRIDE>();
    for (place, pixel) in places.iter().zip(rest) {
        *pixel = framed[place + groups.len()];
    }
    for first in fours(groups.len()) {
        let phases = places.map(|place| {
            let phase = framed[place + first..].first_chunk::<LANES>();
            Lanes::from(*phase.expect("each phase has a place for every group"))
        });
        let pixels = groups[first..][..LANES].as_flattened_mut();
        let vectors = pixels.as_chunks_mut::<LANES>().0;
        for (vector, pixels) in vectors.iter_mut().zip(P::collect(phases)) {
            *vector = pixels.into();
        }
    }
}

/// Where fours of `count` groups begin, four or more; the last one may overlap the one before.
fn fours(count: usize) -> impl Iterator<Item = usize> {
    let last = count - LANES;
    (0..count).step_by(LANES).map(move |first| first.min(last))
}
