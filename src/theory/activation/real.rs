//! The two float formats of the page behind one trait, so that a formula is written once and read in either.

use std::ops::{Add, Div, Mul, Neg, Sub};

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

/// A real number as the machine holds it: `f32` (24 significant bits, what a network trains in) or `f64` (53 bits).
///
/// Every operation happens in the format itself: an `f32` formula shows what `f32` does to it. Exact correspondences with the
/// methods of `f32` and `f64`; nothing else implements it.
pub trait Real:
    sealed::Sealed
    + Copy
    + PartialOrd
    + std::fmt::Debug
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + std::iter::Sum
{
    /// 0.
    const ZERO: Self;
    /// 1.
    const ONE: Self;
    /// -infinity.
    const NEGATIVE_INFINITY: Self;
    /// Not a number.
    const NAN: Self;
    /// The number of this format nearest to `value`.
    fn of(value: f64) -> Self;
    /// The same number in `f64` (exact).
    fn to_f64(self) -> f64;
    /// e^x.
    fn exp(self) -> Self;
    /// e^x - 1, accurate near 0.
    fn exp_m1(self) -> Self;
    /// Natural logarithm.
    fn ln(self) -> Self;
    /// ln(1 + x), accurate near 0.
    fn ln_1p(self) -> Self;
    /// Hyperbolic tangent.
    fn tanh(self) -> Self;
    /// Square root.
    fn sqrt(self) -> Self;
    /// Largest integer that is not above x.
    fn floor(self) -> Self;
    /// |x|.
    fn abs(self) -> Self;
    /// Whether this is NaN.
    fn is_nan(self) -> bool;
    /// Whether this is neither infinite nor NaN.
    fn is_finite(self) -> bool;
}

macro_rules! real {
    ($float:ident) => {
        impl Real for $float {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            const NEGATIVE_INFINITY: Self = $float::NEG_INFINITY;
            const NAN: Self = $float::NAN;
            fn of(value: f64) -> Self {
                value as $float
            }
            fn to_f64(self) -> f64 {
                self as f64
            }
            real!($float: exp, exp_m1, ln, ln_1p, tanh, sqrt, floor, abs);
            fn is_nan(self) -> bool {
                <$float>::is_nan(self)
            }
            fn is_finite(self) -> bool {
                <$float>::is_finite(self)
            }
        }
    };
    ($float:ident: $($function:ident),*) => {
        $(fn $function(self) -> Self {
            <$float>::$function(self)
        })*
    };
}

real!(f32);
real!(f64);
