//! Exact numbers m * 2^e: what `f64` weights and inputs are, closed under addition and multiplication.

use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::ops::{Add, Mul, Neg, Sub};

/// mantissa * 2^exponent, exactly; the mantissa is odd, or 0 with exponent 0, so equal numbers have equal parts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dyadic {
    mantissa: BigInt,
    exponent: i64,
}

impl Dyadic {
    /// 0.
    pub fn zero() -> Self {
        Dyadic {
            mantissa: BigInt::zero(),
            exponent: 0,
        }
    }

    /// 1.
    pub fn one() -> Self {
        Dyadic {
            mantissa: BigInt::one(),
            exponent: 0,
        }
    }

    /// 1/2, the output of a sigmoid neuron on its edge.
    pub fn half() -> Self {
        Dyadic {
            mantissa: BigInt::one(),
            exponent: -1,
        }
    }

    /// The number that the bits of `value` stand for. Panics if it is not finite.
    pub fn from_f64(value: f64) -> Self {
        assert!(
            value.is_finite(),
            "only finite numbers are dyadic, got {value}"
        );
        let bits = value.to_bits();
        let biased = ((bits >> 52) & 0x7ff) as i64;
        let fraction = bits & ((1 << 52) - 1);
        let (magnitude, exponent) = if biased == 0 {
            (fraction, -1074)
        } else {
            (fraction | 1 << 52, biased - 1075)
        };
        let mantissa = BigInt::from(magnitude);
        Self::normalised(if value < 0.0 { -mantissa } else { mantissa }, exponent)
    }

    fn normalised(mantissa: BigInt, exponent: i64) -> Self {
        match mantissa.trailing_zeros() {
            None => Self::zero(),
            Some(0) => Dyadic { mantissa, exponent },
            Some(zeros) => Dyadic {
                mantissa: mantissa >> zeros,
                exponent: exponent + zeros as i64,
            },
        }
    }

    /// Whether the number is 0.
    pub fn is_zero(&self) -> bool {
        self.mantissa.is_zero()
    }

    /// Less, equal or greater than 0.
    pub fn sign(&self) -> Ordering {
        match self.mantissa.sign() {
            Sign::Minus => Ordering::Less,
            Sign::NoSign => Ordering::Equal,
            Sign::Plus => Ordering::Greater,
        }
    }

    /// |x|.
    pub fn abs(&self) -> Self {
        Dyadic {
            mantissa: self.mantissa.abs(),
            exponent: self.exponent,
        }
    }

    /// The nearest `f64`, ties to even; infinite where it is too large, and never 0 unless the number is 0: the sign
    /// survives.
    pub fn to_f64(&self) -> f64 {
        let magnitude = self.mantissa.magnitude();
        let mut bits = magnitude.bits() as i64;
        let mut exponent = self.exponent;
        // 53 bits at most, fewer where the result is subnormal.
        let lowest = (exponent + bits - 53).max(-1074);
        let mut mantissa = magnitude.clone();
        if lowest > exponent {
            let shift = (lowest - exponent) as u64;
            let half = num_bigint::BigUint::one() << (shift - 1);
            let kept = &mantissa >> shift;
            let rest = &mantissa - (&kept << shift);
            mantissa = match rest.cmp(&half) {
                Ordering::Less => kept,
                Ordering::Greater => kept + 1u32,
                Ordering::Equal if kept.bit(0) => kept + 1u32,
                Ordering::Equal => kept,
            };
            exponent = lowest;
            bits = mantissa.bits() as i64;
        }
        let size = match mantissa.to_u64() {
            _ if self.is_zero() => 0.0,
            Some(0) | None => f64::from_bits(1),
            Some(_) if exponent + bits > 1024 => f64::INFINITY,
            // Two steps keep each power of two inside the range of `f64`; the product is exact by construction.
            Some(m) => {
                let upper = exponent.clamp(-1022, 1023 - 53);
                m as f64 * power_of_two(upper) * power_of_two((exponent - upper).clamp(-1022, 1023))
            }
        };
        if self.sign() == Ordering::Less {
            -size
        } else {
            size
        }
    }

    /// The same number as a fraction.
    pub fn to_rational(&self) -> BigRational {
        if self.exponent >= 0 {
            BigRational::from_integer(&self.mantissa << self.exponent as u64)
        } else {
            BigRational::new(
                self.mantissa.clone(),
                BigInt::one() << (-self.exponent) as u64,
            )
        }
    }

    fn mantissa_at(&self, exponent: i64) -> BigInt {
        &self.mantissa << (self.exponent - exponent) as u64
    }
}

fn power_of_two(exponent: i64) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

impl Add for &Dyadic {
    type Output = Dyadic;
    fn add(self, other: &Dyadic) -> Dyadic {
        if self.is_zero() {
            return other.clone();
        }
        if other.is_zero() {
            return self.clone();
        }
        let exponent = self.exponent.min(other.exponent);
        Dyadic::normalised(
            self.mantissa_at(exponent) + other.mantissa_at(exponent),
            exponent,
        )
    }
}

impl Neg for &Dyadic {
    type Output = Dyadic;
    fn neg(self) -> Dyadic {
        Dyadic {
            mantissa: -&self.mantissa,
            exponent: self.exponent,
        }
    }
}

impl Sub for &Dyadic {
    type Output = Dyadic;
    fn sub(self, other: &Dyadic) -> Dyadic {
        self + &-other
    }
}

impl Mul for &Dyadic {
    type Output = Dyadic;
    fn mul(self, other: &Dyadic) -> Dyadic {
        // Odd times odd is odd: already normalised.
        Dyadic {
            mantissa: &self.mantissa * &other.mantissa,
            exponent: if self.is_zero() || other.is_zero() {
                0
            } else {
                self.exponent + other.exponent
            },
        }
    }
}

impl Ord for Dyadic {
    fn cmp(&self, other: &Self) -> Ordering {
        (self - other).sign()
    }
}

impl PartialOrd for Dyadic {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_double_survives_the_round_trip(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            prop_assert_eq!(Dyadic::from_f64(value).to_f64(), value);
        }

        #[test]
        fn rounding_a_sum_or_product_is_what_the_processor_does(a: f64, b: f64) {
            let (x, y) = (Dyadic::from_f64(a), Dyadic::from_f64(b));
            prop_assert_eq!((&x + &y).to_f64(), a + b);
            if (a * b) != 0.0 {
                prop_assert_eq!((&x * &y).to_f64(), a * b);
            }
        }

        #[test]
        fn order_is_the_order_of_doubles(a: f64, b: f64) {
            prop_assert_eq!(Some(Dyadic::from_f64(a).cmp(&Dyadic::from_f64(b))), a.partial_cmp(&b));
        }
    }
}
