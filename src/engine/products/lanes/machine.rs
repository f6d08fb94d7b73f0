//! The operations on a register: of WASM, of SSE, or of an array elsewhere.

#[cfg(not(any(
    all(target_arch = "wasm32", target_feature = "simd128"),
    target_arch = "x86_64"
)))]
pub(super) use plain::*;
#[cfg(target_arch = "x86_64")]
pub(super) use sse::*;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(super) use wasm::*;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm {
    pub(crate) use std::arch::wasm32::{
        f32x4_add as add, f32x4_mul as multiply, f32x4_splat as splat, v128 as Register,
    };
    use std::arch::wasm32::{f32x4_gt, f32x4_ne, i32x4_shuffle, v128_bitselect, v128_or};

    #[inline(always)]
    pub(crate) fn larger_or_nan(a: Register, b: Register) -> Register {
        v128_or(f32x4_gt(a, b), f32x4_ne(a, a))
    }

    #[inline(always)]
    pub(crate) fn choose(mask: Register, a: Register, b: Register) -> Register {
        v128_bitselect(a, b, mask)
    }

    #[inline(always)]
    pub(crate) fn evens(a: Register, b: Register) -> Register {
        i32x4_shuffle::<0, 2, 4, 6>(a, b)
    }

    #[inline(always)]
    pub(crate) fn odds(a: Register, b: Register) -> Register {
        i32x4_shuffle::<1, 3, 5, 7>(a, b)
    }

    #[inline(always)]
    pub(crate) fn low_pairs(a: Register, b: Register) -> Register {
        i32x4_shuffle::<0, 4, 1, 5>(a, b)
    }

    #[inline(always)]
    pub(crate) fn high_pairs(a: Register, b: Register) -> Register {
        i32x4_shuffle::<2, 6, 3, 7>(a, b)
    }
}

#[cfg(target_arch = "x86_64")]
mod sse {
    pub(crate) use std::arch::x86_64::__m128 as Register;
    use std::arch::x86_64::{
        _mm_add_ps, _mm_and_ps, _mm_andnot_ps, _mm_cmpgt_ps, _mm_cmpunord_ps, _mm_mul_ps,
        _mm_or_ps, _mm_set1_ps, _mm_shuffle_ps, _mm_unpackhi_ps, _mm_unpacklo_ps,
    };

    #[inline(always)]
    pub(crate) fn splat(value: f32) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_set1_ps(value) }
    }

    #[inline(always)]
    pub(crate) fn add(a: Register, b: Register) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_add_ps(a, b) }
    }

    #[inline(always)]
    pub(crate) fn multiply(a: Register, b: Register) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_mul_ps(a, b) }
    }

    #[inline(always)]
    pub(crate) fn larger_or_nan(a: Register, b: Register) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_or_ps(_mm_cmpgt_ps(a, b), _mm_cmpunord_ps(a, a)) }
    }

    #[inline(always)]
    pub(crate) fn choose(mask: Register, a: Register, b: Register) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_or_ps(_mm_and_ps(mask, a), _mm_andnot_ps(mask, b)) }
    }

    #[inline(always)]
    pub(crate) fn evens(a: Register, b: Register) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_shuffle_ps::<0b10_00_10_00>(a, b) }
    }

    #[inline(always)]
    pub(crate) fn odds(a: Register, b: Register) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_shuffle_ps::<0b11_01_11_01>(a, b) }
    }

    #[inline(always)]
    pub(crate) fn low_pairs(a: Register, b: Register) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_unpacklo_ps(a, b) }
    }

    #[inline(always)]
    pub(crate) fn high_pairs(a: Register, b: Register) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_unpackhi_ps(a, b) }
    }
}

#[cfg(not(any(
    all(target_arch = "wasm32", target_feature = "simd128"),
    target_arch = "x86_64"
)))]
mod plain {
    pub(crate) type Register = [f32; 4];

    pub(crate) fn splat(value: f32) -> Register {
        [value; 4]
    }

    pub(crate) fn add(a: Register, b: Register) -> Register {
        std::array::from_fn(|lane| a[lane] + b[lane])
    }

    pub(crate) fn multiply(a: Register, b: Register) -> Register {
        std::array::from_fn(|lane| a[lane] * b[lane])
    }

    pub(crate) fn larger_or_nan(a: Register, b: Register) -> Register {
        let bits = |yes: bool| f32::from_bits(if yes { u32::MAX } else { 0 });
        std::array::from_fn(|lane| bits((a[lane] > b[lane]) | a[lane].is_nan()))
    }

    pub(crate) fn choose(mask: Register, a: Register, b: Register) -> Register {
        std::array::from_fn(|lane| {
            if mask[lane].to_bits() != 0 {
                a[lane]
            } else {
                b[lane]
            }
        })
    }

    pub(crate) fn evens(a: Register, b: Register) -> Register {
        [a[0], a[2], b[0], b[2]]
    }

    pub(crate) fn odds(a: Register, b: Register) -> Register {
        [a[1], a[3], b[1], b[3]]
    }

    pub(crate) fn low_pairs(a: Register, b: Register) -> Register {
        [a[0], b[0], a[1], b[1]]
    }

    pub(crate) fn high_pairs(a: Register, b: Register) -> Register {
        [a[2], b[2], a[3], b[3]]
    }
}
