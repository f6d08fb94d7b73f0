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

use machine::{Register, add, multiply, splat};
use std::ops::{Add, Mul};

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod machine {
    pub(super) use std::arch::wasm32::{
        f32x4_add as add, f32x4_mul as multiply, f32x4_splat as splat, v128 as Register,
    };
}

#[cfg(target_arch = "x86_64")]
mod machine {
    pub(super) use std::arch::x86_64::__m128 as Register;
    use std::arch::x86_64::{_mm_add_ps, _mm_mul_ps, _mm_set1_ps};

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
    use super::{Lanes, sum};

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
}
