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
    use std::arch::wasm32::v128_bitselect;
    pub(crate) use std::arch::wasm32::{
        f32x4_add as add, f32x4_eq as equal, f32x4_mul as multiply, f32x4_pmax as larger,
        f32x4_splat as splat, i32x4_shuffle as pick, v128 as Register,
    };

    #[inline(always)]
    pub(crate) fn choose(mask: Register, a: Register, b: Register) -> Register {
        v128_bitselect(a, b, mask)
    }
}

#[cfg(target_arch = "x86_64")]
mod sse {
    pub(crate) use std::arch::x86_64::__m128 as Register;
    use std::arch::x86_64::{
        _mm_add_ps, _mm_and_ps, _mm_andnot_ps, _mm_cmpeq_ps, _mm_max_ps, _mm_mul_ps, _mm_or_ps,
        _mm_set1_ps,
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
    pub(crate) fn larger(a: Register, b: Register) -> Register {
        // The instruction gives its second number unless the first one is larger.
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_max_ps(b, a) }
    }

    #[inline(always)]
    pub(crate) fn equal(a: Register, b: Register) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_cmpeq_ps(a, b) }
    }

    #[inline(always)]
    pub(crate) fn choose(mask: Register, a: Register, b: Register) -> Register {
        // SAFETY: every x86-64 processor has SSE.
        unsafe { _mm_or_ps(_mm_and_ps(mask, a), _mm_andnot_ps(mask, b)) }
    }

    #[inline(always)]
    pub(crate) fn pick<const A: usize, const B: usize, const C: usize, const D: usize>(
        a: Register,
        b: Register,
    ) -> Register {
        // SAFETY: two registers and an array of eight f32 have the same size, and every bit pattern is valid for both.
        let both: [f32; 8] = unsafe { std::mem::transmute([a, b]) };
        // SAFETY: as above, with one register, in the other direction.
        unsafe { std::mem::transmute([both[A], both[B], both[C], both[D]]) }
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

    pub(crate) fn larger(a: Register, b: Register) -> Register {
        std::array::from_fn(|lane| if b[lane] > a[lane] { b[lane] } else { a[lane] })
    }

    pub(crate) fn equal(a: Register, b: Register) -> Register {
        let bits = |yes: bool| f32::from_bits(if yes { u32::MAX } else { 0 });
        std::array::from_fn(|lane| bits(a[lane] == b[lane]))
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

    pub(crate) fn pick<const A: usize, const B: usize, const C: usize, const D: usize>(
        a: Register,
        b: Register,
    ) -> Register {
        let both = [a, b];
        [A, B, C, D].map(|lane| both.as_flattened()[lane])
    }
}
