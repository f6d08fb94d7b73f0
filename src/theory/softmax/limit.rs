//! The factor c (inverse temperature): softmax(c a), from uniform at c = 0 to argmax at c = infinity.
//!
//! It is the mirror of sigmoid neurons that become perceptrons (homework task 1): a tie gives 1/2 and 1/2 for every c, as sigma(0) does.

use super::{Real, normalised};

/// softmax(c a) for c from -infinity to infinity, both ends and 0 included as the limits that they are.
///
/// - c = infinity: argmax; k logits tied for the largest get exactly 1/k each, all others 0;
/// - c = 0: uniform, exactly 1/n each (over the classes that are not ruled out by a logit of -infinity: the limit for c -> 0 from above);
/// - c < 0: softmax(|c| (-a)), so -infinity gives argmin.
///
/// Special logits as in [`super`], after the change of sign for c < 0; a NaN for c gives NaN.
///
/// # Panics
/// If `logits` is empty.
pub fn scaled_softmax<R: Real>(logits: &[R], c: R) -> Vec<R> {
    let signed: Vec<R> = if c < R::ZERO {
        logits.iter().map(|&a| -a).collect()
    } else {
        logits.to_vec()
    };
    let Some(largest) = super::largest(&signed).filter(|_| !c.is_nan()) else {
        return vec![R::NAN; logits.len()];
    };
    let c = c.abs();
    let weight = |a: R| {
        if a == largest {
            R::ONE
        } else if a == R::NEGATIVE_INFINITY {
            R::ZERO
        } else if (a - largest).is_finite() {
            (c * (a - largest)).exp()
        } else {
            // The distance alone leaves the format; scaled first it may not.
            (c * a - c * largest).exp()
        }
    };
    normalised(signed.into_iter().map(weight).collect())
}

/// What rules the approach of softmax(c a) to argmax as c grows.
#[derive(Clone, Debug, PartialEq)]
pub struct ScaleLimit {
    /// lim softmax(c a) for c -> infinity: 1/k for each of the k logits tied for the largest, else 0.
    pub argmax: Vec<f64>,
    /// lim softmax(c a) for c -> 0: 1/n each.
    pub uniform: Vec<f64>,
    /// k, how many logits share the largest value.
    pub ties: usize,
    /// The distance from the largest logit to the next smaller value, which sets the rate; `None` where all logits are equal and c changes
    /// nothing.
    pub gap: Option<f64>,
}

impl ScaleLimit {
    /// Reads both limits and the gap off the logits.
    ///
    /// # Panics
    /// If `logits` is empty or not all finite.
    pub fn of(logits: &[f64]) -> ScaleLimit {
        assert!(
            logits.iter().all(|a| a.is_finite()),
            "the limits are those of finite logits"
        );
        let largest = super::largest(logits).expect("finite logits have a largest");
        let below = logits
            .iter()
            .copied()
            .filter(|&a| a < largest)
            .reduce(f64::max);
        ScaleLimit {
            argmax: scaled_softmax(logits, f64::INFINITY),
            uniform: scaled_softmax(logits, 0.0),
            ties: logits.iter().filter(|&&a| a == largest).count(),
            gap: below.map(|below| largest - below),
        }
    }

    /// A bound on max_i |softmax(c a)_i - argmax_i|: (n - k)/k e^(-c gap). With s = the sum of e^(-c (m - a_j)) over the n - k smaller
    /// logits, s <= (n - k) e^(-c gap); a tied component is 1/(k + s), off by s / (k (k + s)) <= s / k, and a smaller one is at most
    /// e^(-c gap) / k.
    pub fn deviation_bound(&self, c: f64) -> f64 {
        self.gap
            .map_or(0.0, |gap| self.others_per_tie() * (-c * gap).exp())
    }

    /// The c from which on the bound is at most `deviation`: ln((n - k) / (k deviation)) / gap, or 0 where every c will do.
    ///
    /// # Panics
    /// Unless `deviation` is positive.
    pub fn scale_for_deviation(&self, deviation: f64) -> f64 {
        assert!(
            deviation > 0.0,
            "argmax itself is only reached at c = infinity"
        );
        self.gap.map_or(0.0, |gap| {
            ((self.others_per_tie() / deviation).ln() / gap).max(0.0)
        })
    }

    fn others_per_tie(&self) -> f64 {
        (self.argmax.len() - self.ties) as f64 / self.ties as f64
    }
}
