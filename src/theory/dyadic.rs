//! Exact numbers m * 2^e: what `f64` weights and inputs are, closed under addition and multiplication.
//!
//! A perceptron asks one question, the sign of w.x + b, and rounding may answer it wrongly where the sum nearly vanishes.
//! [`weighted_input`] answers it truly: in `f64` where an error bound settles the sign, in exact arithmetic elsewhere.

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

    /// The nearest `f64`, ties to even; infinite where it is too large, and never 0 unless the number is 0: the sign survives.
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

/// factor * (w.x + b) in exact arithmetic: the sum of the exact products factor * w_i * x_i and factor * b.
pub fn exact_weighted_input(factor: f64, weights: &[f64], bias: f64, x: &[f64]) -> Dyadic {
    assert_eq!(weights.len(), x.len(), "one weight an input");
    let factor = Dyadic::from_f64(factor);
    let mut sum = &factor * &Dyadic::from_f64(bias);
    for (&weight, &input) in weights.iter().zip(x) {
        if weight != 0.0 && input != 0.0 {
            sum = &sum + &(&(&factor * &Dyadic::from_f64(weight)) * &Dyadic::from_f64(input));
        }
    }
    sum
}

/// A bound on the relative rounding error of a weighted input in `f64`: |fl(z) - z| <= 2^-49 * fl(sum of the |terms|).
///
/// Each of up to 9 terms passes at most 2 products and 9 additions, so (1 + 2^-53)^11 - 1 < 12 * 2^-53 bounds the error relative
/// to the exact sum of the |terms|; that sum as computed is smaller by at most as much again; 16 * 2^-53 covers both.
pub(super) const ROUNDING: f64 = 1.0 / (1u64 << 49) as f64;

/// Below this a product may have underflowed and [`ROUNDING`] says nothing: exact arithmetic decides.
pub(super) const UNDERFLOW: f64 = 1e-270;

/// z = factor * (w.x + b) as an `f64` **with the sign of the exact value** (0 only if that is exactly 0).
///
/// Shapes: `weights` (input), `x` (input), at most 8 inputs. All numbers finite, |x| <= 1e12. Away from 0 it is the rounded sum,
/// with an error of at most 2^-49 (|b| + sum |w_i x_i|) |factor|; where that cannot settle the sign, the exact sum rounded
/// once. With factor = c, it is the weighted input of the neuron whose weights are the exact products c w_i and c b.
pub fn weighted_input(factor: f64, weights: &[f64], bias: f64, x: &[f64]) -> f64 {
    assert_eq!(weights.len(), x.len(), "one weight an input");
    let mut z = factor * bias;
    let mut size = z.abs();
    for (&weight, &input) in weights.iter().zip(x) {
        let term = factor * weight * input;
        z += term;
        size += term.abs();
    }
    // Not `<=` negated: an overflow makes NaN or infinity, which must fail the test.
    if z.abs() > size * ROUNDING + UNDERFLOW && z.is_finite() {
        return z;
    }
    exact_by_luck(factor, weights, bias, x)
        .unwrap_or_else(|| exact_weighted_input(factor, weights, bias, x).to_f64())
}

/// The sum in `f64` if no step of it rounds, as with small integers: then it is exact and big integers can rest.
fn exact_by_luck(factor: f64, weights: &[f64], bias: f64, x: &[f64]) -> Option<f64> {
    let product = |a: f64, b: f64| {
        let p = a * b;
        let representable = p == 0.0 && (a == 0.0 || b == 0.0) || p.abs() > UNDERFLOW;
        (representable && a.mul_add(b, -p) == 0.0).then_some(p)
    };
    let mut sum = product(factor, bias)?;
    for (&weight, &input) in weights.iter().zip(x) {
        let term = product(product(factor, weight)?, input)?;
        // Knuth's TwoSum: total + error = sum + term exactly.
        let total = sum + term;
        let part = total - sum;
        let error = (sum - (total - part)) + (term - part);
        if error != 0.0 {
            return None;
        }
        sum = total;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_sign_is_true_where_rounding_lies() {
        // 0.1 + 0.2 rounds to 0.30000000000000004; the exact sum of these three doubles is 2^-55 + 2^-56 - ... > 0 or not:
        // 0.1 = 0x1.999999999999ap-4, 0.2 = 0x1.999999999999ap-3, 0.3 = 0x1.3333333333333p-2; in units of 2^-56 they are
        // 7205759403792794, 14411518807585588 and 21617278211378380 - 2 * 0 ... and 0.1 + 0.2 - 0.3 = 2 * 2^-56 = 2^-55.
        assert_eq!(
            weighted_input(1.0, &[0.1, 0.2, -0.3], 0.0, &[1.0; 3]),
            2f64.powi(-55)
        );
        // Rounding loses the 1 entirely; the sum is not 0 but 1.
        assert_eq!(
            weighted_input(1.0, &[1e300, 1.0, -1e300], 0.0, &[1.0; 3]),
            1.0
        );
        // A product below the smallest double keeps its sign.
        assert!(weighted_input(1.0, &[-1e-300], 0.0, &[1e-300]) < 0.0);
        // An overflow on the way is none in the end.
        assert_eq!(weighted_input(1e300, &[1e10, -1e10], 1.0, &[1.0; 2]), 1e300);
        assert_eq!(weighted_input(0.1, &[3.0, -1.0, -2.0], 0.0, &[1.0; 3]), 0.0);
    }

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

        #[test]
        fn the_weighted_input_has_the_exact_sign(
            factor in -3i32..=3,
            weights in prop::collection::vec(-4i32..=4, 3),
            bias in -6i32..=6,
            x in prop::collection::vec(-4i32..=4, 3),
        ) {
            // Tenths and sevenths round; exact arithmetic on their doubles is the reference.
            let factor = factor as f64 / 7.0;
            let weights: Vec<f64> = weights.iter().map(|&w| w as f64 / 10.0).collect();
            let x: Vec<f64> = x.iter().map(|&v| v as f64 / 5.0).collect();
            let bias = bias as f64 / 10.0;
            let z = weighted_input(factor, &weights, bias, &x);
            let exact = exact_weighted_input(factor, &weights, bias, &x);
            prop_assert_eq!(z.partial_cmp(&0.0), Some(exact.sign()));
        }
    }
}
