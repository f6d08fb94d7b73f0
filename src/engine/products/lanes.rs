//! Four numbers that are added and multiplied at once: one 128-bit register.
//!
//! Multiplication and addition are rounded one after the other, never fused, so each lane has the bits that the same
//! formula over plain `f32` has, on every machine. The compiler finds these instructions in loops over `[f32; 4]` too,
//! but not reliably: the same loop became vectors or single numbers with what stood around it.
//!
//! `simd128` in WASM and SSE on x86-64 are asked for by name; elsewhere the lanes are an array and the
//! compiler decides.
#![expect(
    unsafe_code,
    reason = "a register's type has no safe conversion from and to an array, and SSE no safe functions"
)]

mod machine;

use machine::{Register, add, choose, equal, larger, multiply, pick, splat};
use std::ops::{Add, Mul};

/// Number of lanes.
pub(crate) const LANES: usize = 4;

/// Four `f32`.
#[derive(Clone, Copy)]
pub(crate) struct Lanes(Register);

impl Lanes {
    /// `value` in every lane.
    #[inline(always)]
    pub(crate) fn splat(value: f32) -> Self {
        Self(splat(value))
    }

    /// self + a b, rounded after the product and after the sum.
    #[inline(always)]
    pub(crate) fn plus_product(self, a: Self, b: Self) -> Self {
        self + a * b
    }

    /// Of these numbers and then `next`'s, eight in all, those at the places A, B, C and D.
    #[inline(always)]
    pub(crate) fn pick<const A: usize, const B: usize, const C: usize, const D: usize>(
        self,
        next: Self,
    ) -> Self {
        Self(pick::<A, B, C, D>(self.0, next.0))
    }

    /// In each lane `next` if it is larger, or this number.
    #[inline(always)]
    pub(crate) fn or_larger(self, next: Self) -> Self {
        Self(larger(self.0, next.0))
    }

    /// In which lanes the numbers are equal.
    #[inline(always)]
    pub(crate) fn equals(self, other: Self) -> Choice {
        Choice(equal(self.0, other.0))
    }
}

/// Four yes or no.
#[derive(Clone, Copy)]
pub(crate) struct Choice(Register);

impl Choice {
    /// Yes in the first `count` lanes.
    #[inline(always)]
    pub(crate) fn first(count: usize) -> Self {
        const YES: u32 = u32::MAX;
        const FIRST: [[u32; LANES]; LANES + 1] = [
            [0, 0, 0, 0],
            [YES, 0, 0, 0],
            [YES, YES, 0, 0],
            [YES, YES, YES, 0],
            [YES, YES, YES, YES],
        ];
        Self(Indices::from(FIRST[count]).0)
    }

    /// In each lane the number of `yes` or of `no`.
    #[inline(always)]
    pub(crate) fn of(self, yes: Lanes, no: Lanes) -> Lanes {
        Lanes(choose(self.0, yes.0, no.0))
    }

    /// In each lane the index of `yes` or of `no`.
    #[inline(always)]
    pub(crate) fn of_indices(self, yes: Indices, no: Indices) -> Indices {
        Indices(choose(self.0, yes.0, no.0))
    }
}

/// Four indices, which are only chosen among.
#[derive(Clone, Copy)]
pub(crate) struct Indices(Register);

impl From<[u32; 4]> for Indices {
    #[inline(always)]
    fn from(indices: [u32; 4]) -> Self {
        // SAFETY: an array of four u32 and the register have the same size, and every bit pattern is valid for both.
        Self(unsafe { std::mem::transmute::<[u32; 4], Register>(indices) })
    }
}

impl From<Indices> for [u32; 4] {
    #[inline(always)]
    fn from(indices: Indices) -> Self {
        // SAFETY: as above, in the other direction.
        unsafe { std::mem::transmute::<Register, [u32; 4]>(indices.0) }
    }
}

impl From<[f32; 4]> for Lanes {
    #[inline(always)]
    fn from(values: [f32; 4]) -> Self {
        // SAFETY: an array of four f32 and the register have the same size, and every bit pattern is valid for both.
        Self(unsafe { std::mem::transmute::<[f32; 4], Register>(values) })
    }
}

impl From<Lanes> for [f32; 4] {
    #[inline(always)]
    fn from(lanes: Lanes) -> Self {
        // SAFETY: as above, in the other direction.
        unsafe { std::mem::transmute::<Register, [f32; 4]>(lanes.0) }
    }
}

impl Add for Lanes {
    type Output = Self;

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(add(self.0, other.0))
    }
}

impl Mul for Lanes {
    type Output = Self;

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self(multiply(self.0, other.0))
    }
}

/// The sum of `values` in sixteen partial sums, and of the last ones that sixteen does not divide.
pub(crate) fn sum(values: &[f32]) -> f32 {
    let (blocks, rest) = values.as_chunks::<LANES>().0.as_chunks::<4>();
    let mut sums = [Lanes::splat(0.0); 4];
    for block in blocks {
        for i in 0..4 {
            sums[i] = sums[i] + block[i].into();
        }
    }
    let lanes: [f32; 4] = ((sums[0] + sums[1]) + (sums[2] + sums[3])).into();
    let rest = rest.iter().flatten().chain(values.as_chunks::<LANES>().1);
    rest.fold(
        (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]),
        |sum, value| sum + value,
    )
}

/// Copies a row of few numbers: in WASM the standard library's way is a call out of the program, which takes longer than this.
///
/// # Panics
/// If the lengths differ.
#[inline(always)]
pub(crate) fn copy_row(source: &[f32], target: &mut [f32]) {
    let count = source.len();
    assert_eq!(count, target.len(), "as many places as numbers");
    if count < LANES {
        for (place, &number) in target.iter_mut().zip(source).rev() {
            *place = number;
        }
        return;
    }
    let last = count - LANES;
    for first in (0..count).step_by(LANES) {
        // The last four may overlap those before.
        let first = first.min(last);
        let four: [f32; LANES] = *source[first..].first_chunk().expect("four numbers");
        *target[first..].first_chunk_mut().expect("four places") = four;
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, Indices, Lanes, copy_row, sum};

    #[test]
    fn a_row_is_copied_whole_at_every_length() {
        for count in 0..20 {
            let source: Vec<f32> = (0..count).map(|index| index as f32).collect();
            let mut target = vec![f32::NAN; count];
            copy_row(&source, &mut target);
            assert_eq!(target, source);
        }
    }

    #[test]
    fn every_number_is_in_the_sum_once() {
        for count in 0..70 {
            let values: Vec<f32> = (0..count).map(|index| (index * index) as f32).collect();
            assert_eq!(sum(&values), values.iter().sum::<f32>());
        }
    }

    #[test]
    fn each_lane_is_rounded_after_the_product_and_after_the_sum() {
        // 1 + 2^-12 squared needs 25 bits: a fused multiply-add would keep the last one.
        let numbers = [1.0 + 1.0 / 4096.0, -0.0, f32::MIN_POSITIVE / 2.0, f32::MAX];
        let (a, sum) = (Lanes::from(numbers), [-1.0, 0.0, 1e-30, -1.0]);
        let lanes: [f32; 4] = Lanes::from(sum).plus_product(a, a).into();
        for lane in 0..4 {
            let product = numbers[lane] * numbers[lane];
            assert_eq!(lanes[lane].to_bits(), (sum[lane] + product).to_bits());
        }
        assert_eq!(<[f32; 4]>::from(Lanes::splat(0.1)), [0.1; 4]);
    }

    #[test]
    fn lanes_are_sorted_compared_and_chosen_each_alone() {
        let (first, second) = ([0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0]);
        let picked = Lanes::from(first).pick::<3, 0, 6, 5>(second.into());
        assert_eq!(<[f32; 4]>::from(picked), [3.0, 0.0, 6.0, 5.0]);
        // Larger; equal, of which the first one stays; smaller; not a number.
        let (a, b) = ([1.0, -0.0, 3.0, 5.0], [2.0, 0.0, 1.0, f32::NAN]);
        let larger: [f32; 4] = Lanes::from(a).or_larger(b.into()).into();
        assert_eq!(
            larger.map(f32::to_bits),
            [2.0, -0.0, 3.0, 5.0].map(f32::to_bits)
        );
        let equal = Lanes::from(a).equals([0.0, 0.0, 3.0, f32::NAN].into());
        let chosen: [f32; 4] = equal.of([1.0; 4].into(), [2.0; 4].into()).into();
        assert_eq!(chosen, [2.0, 1.0, 1.0, 2.0]);
        let first: [f32; 4] = Choice::first(3).of([1.0; 4].into(), [2.0; 4].into()).into();
        assert_eq!(first, [1.0, 1.0, 1.0, 2.0]);
        let indices = equal.of_indices([1, 2, u32::MAX, 4].into(), Indices::from([5, 6, 7, 8]));
        assert_eq!(<[u32; 4]>::from(indices), [5, 2, u32::MAX, 8]);
    }
}
