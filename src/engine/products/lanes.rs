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

use machine::{Register, add, choose, evens, larger_or_nan, multiply, odds, splat};
use std::ops::{Add, Mul};

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod machine {
    pub(super) use std::arch::wasm32::{
        f32x4_add as add, f32x4_mul as multiply, f32x4_splat as splat, v128 as Register,
    };
    use std::arch::wasm32::{f32x4_gt, f32x4_ne, i32x4_shuffle, v128_bitselect, v128_or};

    #[inline(always)]
    pub(super) fn larger_or_nan(a: Register, b: Register) -> Register {
        v128_or(f32x4_gt(a, b), f32x4_ne(a, a))
    }

    #[inline(always)]
    pub(super) fn choose(mask: Register, a: Register, b: Register) -> Register {
        v128_bitselect(a, b, mask)
    }

    #[inline(always)]
    pub(super) fn evens(a: Register, b: Register) -> Register {
        i32x4_shuffle::<0, 2, 4, 6>(a, b)
    }

    #[inline(always)]
    pub(super) fn odds(a: Register, b: Register) -> Register {
        i32x4_shuffle::<1, 3, 5, 7>(a, b)
    }
}

#[cfg(target_arch = "x86_64")]
mod machine {
    pub(super) use std::arch::x86_64::__m128 as Register;
    use std::arch::x86_64::{
        _mm_add_ps, _mm_and_ps, _mm_andnot_ps, _mm_cmpgt_ps, _mm_cmpunord_ps, _mm_mul_ps,
        _mm_or_ps, _mm_set1_ps, _mm_shuffle_ps,
    };

    #[inline(always)]
    pub(super) fn splat(value: f32) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_set1_ps(value) }
    }

    #[inline(always)]
    pub(super) fn add(a: Register, b: Register) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_add_ps(a, b) }
    }

    #[inline(always)]
    pub(super) fn multiply(a: Register, b: Register) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_mul_ps(a, b) }
    }

    #[inline(always)]
    pub(super) fn larger_or_nan(a: Register, b: Register) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_or_ps(_mm_cmpgt_ps(a, b), _mm_cmpunord_ps(a, a)) }
    }

    #[inline(always)]
    pub(super) fn choose(mask: Register, a: Register, b: Register) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_or_ps(_mm_and_ps(mask, a), _mm_andnot_ps(mask, b)) }
    }

    #[inline(always)]
    pub(super) fn evens(a: Register, b: Register) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_shuffle_ps::<0b10_00_10_00>(a, b) }
    }

    #[inline(always)]
    pub(super) fn odds(a: Register, b: Register) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_shuffle_ps::<0b11_01_11_01>(a, b) }
    }
}

#[cfg(not(any(
    all(target_arch = "wasm32", target_feature = "simd128"),
    target_arch = "x86_64"
)))]
mod machine {
    pub(super) type Register = [f32; 4];

    pub(super) fn splat(value: f32) -> Register {
        [value; 4]
    }

    pub(super) fn add(a: Register, b: Register) -> Register {
        std::array::from_fn(|lane| a[lane] + b[lane])
    }

    pub(super) fn multiply(a: Register, b: Register) -> Register {
        std::array::from_fn(|lane| a[lane] * b[lane])
    }

    pub(super) fn larger_or_nan(a: Register, b: Register) -> Register {
        let bits = |yes: bool| f32::from_bits(if yes { u32::MAX } else { 0 });
        std::array::from_fn(|lane| bits((a[lane] > b[lane]) | a[lane].is_nan()))
    }

    pub(super) fn choose(mask: Register, a: Register, b: Register) -> Register {
        std::array::from_fn(|lane| {
            if mask[lane].to_bits() != 0 {
                a[lane]
            } else {
                b[lane]
            }
        })
    }

    pub(super) fn evens(a: Register, b: Register) -> Register {
        [a[0], a[2], b[0], b[2]]
    }

    pub(super) fn odds(a: Register, b: Register) -> Register {
        [a[1], a[3], b[1], b[3]]
    }
}

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

    /// Of eight numbers, `self` and then `next`, those at even and those at odd places.
    #[inline(always)]
    pub(crate) fn evens_and_odds(self, next: Self) -> (Self, Self) {
        (Self(evens(self.0, next.0)), Self(odds(self.0, next.0)))
    }

    /// In which lanes this number is larger than `other`'s, or not a number.
    #[inline(always)]
    pub(crate) fn beats(self, other: Self) -> Choice {
        Choice(larger_or_nan(self.0, other.0))
    }
}

/// Four yes or no.
#[derive(Clone, Copy)]
pub(crate) struct Choice(Register);

impl Choice {
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

#[cfg(test)]
mod tests {
    use super::{Indices, Lanes, sum};

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
        let (evens, odds) = Lanes::from(first).evens_and_odds(second.into());
        assert_eq!(<[f32; 4]>::from(evens), [0.0, 2.0, 4.0, 6.0]);
        assert_eq!(<[f32; 4]>::from(odds), [1.0, 3.0, 5.0, 7.0]);
        let (a, b) = ([1.0, -0.0, f32::NAN, 5.0], [0.0, 0.0, 1.0, f32::NAN]);
        let beats = Lanes::from(a).beats(b.into());
        // Larger; equal; not a number; against not a number.
        let chosen: [f32; 4] = beats.of(a.into(), b.into()).into();
        assert_eq!(
            chosen.map(f32::to_bits),
            [a[0], b[1], a[2], b[3]].map(f32::to_bits)
        );
        let indices = beats.of_indices([1, 2, u32::MAX, 4].into(), Indices::from([5, 6, 7, 8]));
        assert_eq!(<[u32; 4]>::from(indices), [1, 6, u32::MAX, 8]);
    }
}
