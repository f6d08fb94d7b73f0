//! Sums of exact terms q c^k e^{-rate c} with rational q, whole k >= 0 and dyadic rate > 0: what tends to 0 as c grows.

use super::dyadic::Dyadic;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

/// One term, coefficient * c^power * e^{-rate c}, with exact coefficient and rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExponentialTerm {
    pub(super) coefficient: BigRational,
    pub(super) power: u32,
    pub(super) rate: Dyadic,
}

impl ExponentialTerm {
    /// The coefficient, rounded; its sign is exact.
    pub fn coefficient(&self) -> f64 {
        self.coefficient.to_f64().unwrap_or(f64::NAN)
    }

    /// The coefficient as an exact fraction, such as `-1/48`.
    pub fn exact_coefficient(&self) -> String {
        self.coefficient.to_string()
    }

    /// Whether the coefficient is above 0: the limit is approached from above.
    pub fn is_positive(&self) -> bool {
        self.coefficient.is_positive()
    }

    /// The power of c.
    pub fn power(&self) -> u32 {
        self.power
    }

    /// The rate, rounded.
    pub fn rate(&self) -> f64 {
        self.rate.to_f64()
    }

    /// The logarithm of the term's magnitude at c: ln |coefficient| + power ln c - rate c. It does not underflow.
    pub fn ln_magnitude(&self, c: f64) -> f64 {
        // The power of two is taken out of both parts: large fractions leave the range of f64 only together.
        let (n, d) = (self.coefficient.numer(), self.coefficient.denom());
        let ln = |bits: &num_bigint::BigInt| {
            let shift = bits.bits().saturating_sub(64);
            (bits.abs() >> shift).to_f64().unwrap_or(f64::NAN).ln()
                + shift as f64 * std::f64::consts::LN_2
        };
        ln(n) - ln(d) + f64::from(self.power) * c.ln() - self.rate() * c
    }

    /// The term at c; 0 where it underflows.
    pub fn value(&self, c: f64) -> f64 {
        let size = self.ln_magnitude(c).exp();
        if self.is_positive() { size } else { -size }
    }
}

impl fmt::Display for ExponentialTerm {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let size = self.coefficient.abs();
        if self.coefficient.is_negative() {
            f.write_str("-")?;
        }
        if !size.is_one() {
            write!(f, "{size} ")?;
        }
        match self.power {
            0 => {}
            1 => f.write_str("c ")?,
            k => write!(f, "c^{k} ")?,
        }
        if self.rate == Dyadic::one() {
            f.write_str("e^(-c)")
        } else {
            write!(f, "e^(-{} c)", self.rate.to_f64())
        }
    }
}

/// The work allowed: how many products of terms may still be formed.
pub(super) struct Budget(pub u64);

/// The budget is spent.
pub(super) struct Spent;

/// A sum of terms, leading first: the lowest rate, and for the same rate the highest power of c. No coefficient is 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Series {
    terms: BTreeMap<(Dyadic, Reverse<u32>), BigRational>,
}

impl Series {
    /// The leading term, if the sum is not empty.
    pub fn leading(&self) -> Option<ExponentialTerm> {
        self.terms
            .iter()
            .next()
            .map(|((rate, power), coefficient)| ExponentialTerm {
                coefficient: coefficient.clone(),
                power: power.0,
                rate: rate.clone(),
            })
    }

    fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    fn add_term(&mut self, rate: Dyadic, power: u32, coefficient: BigRational) {
        use std::collections::btree_map::Entry;
        match self.terms.entry((rate, Reverse(power))) {
            Entry::Vacant(place) => {
                if !coefficient.is_zero() {
                    place.insert(coefficient);
                }
            }
            Entry::Occupied(mut place) => {
                *place.get_mut() += coefficient;
                if place.get().is_zero() {
                    place.remove();
                }
            }
        }
    }

    /// self += factor * other.
    pub fn add_times(&mut self, factor: &BigRational, other: &Series) {
        for ((rate, power), coefficient) in &other.terms {
            self.add_term(rate.clone(), power.0, factor * coefficient);
        }
    }

    /// The terms with rate <= upto.
    pub fn truncated(&self, upto: &Dyadic) -> Series {
        let terms = self.terms.iter().filter(|((rate, _), _)| rate <= upto);
        Series {
            terms: terms
                .map(|(key, coefficient)| (key.clone(), coefficient.clone()))
                .collect(),
        }
    }

    /// factor * c * self.
    pub fn times_c(&self, factor: &BigRational) -> Series {
        let terms = self.terms.iter();
        Series {
            terms: terms
                .map(|((rate, power), q)| ((rate.clone(), Reverse(power.0 + 1)), factor * q))
                .collect(),
        }
    }

    /// e^{-rate c} (1 + self).
    pub fn one_more_times_exponential(&self, rate: &Dyadic) -> Series {
        let mut product = Series::default();
        product.add_term(rate.clone(), 0, BigRational::one());
        for ((own, power), q) in &self.terms {
            product.add_term(own + rate, power.0, q.clone());
        }
        product
    }

    /// The terms of self * other with rate <= upto: both factors need only theirs.
    fn times(&self, other: &Series, upto: &Dyadic, budget: &mut Budget) -> Result<Series, Spent> {
        let mut product = Series::default();
        for ((rate, power), q) in &self.terms {
            for ((other_rate, other_power), p) in &other.terms {
                let sum = rate + other_rate;
                if sum > *upto {
                    break;
                }
                budget.0 = budget.0.checked_sub(1).ok_or(Spent)?;
                product.add_term(sum, power.0 + other_power.0, q * p);
            }
        }
        Ok(product)
    }

    /// sum_{n >= 1} a_n self^n up to the rate: a finite sum, because the lowest rate of self^n is n times that of self.
    pub fn composed(
        &self,
        coefficients: impl IntoIterator<Item = BigRational>,
        upto: &Dyadic,
        budget: &mut Budget,
    ) -> Result<Series, Spent> {
        let mut sum = Series::default();
        let mut power = self.truncated(upto);
        for a in coefficients {
            if power.is_empty() {
                break;
            }
            if !a.is_zero() {
                sum.add_times(&a, &power);
            }
            power = power.times(self, upto, budget)?;
        }
        Ok(sum)
    }
}
