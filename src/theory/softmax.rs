//! Softmax (Nielsen, chapter 3): p_i = e^(a_i) / sum_j e^(a_j) for logits a_1 ... a_n.
//!
//! Everything here is generic over [`Real`], so that `f32` is seen as a network in `f32` sees it. Logits and probabilities are slices
//! with one axis, the class.
//!
//! In exact arithmetic every component lies in ]0, 1[ (n >= 2). In floats a component rounds to 0 where its logit is more than 103.97
//! (`f32`; `f64`: 745.1) below the largest, and the largest to 1 where the others add up to at most 2^-24 (`f64`: 2^-53).
//!
//! Special logits, for every function here but the naive ones:
//! - -infinity has probability exactly 0, its limit: a class ruled out;
//! - a logit of infinity, all logits -infinity, or a NaN anywhere: no distribution is meant, so every component is NaN.

mod gradient;
mod limit;
mod naive;

pub use gradient::{cross_entropy, cross_entropy_gradient, jacobian};
pub use limit::{ScaleLimit, scaled_softmax};
pub use naive::{NaiveOutcome, NaiveSoftmax, naive_breaks_at, naive_cross_entropy, naive_softmax};

use super::activation::{Activation, Real};

/// The largest logit, or `None` where no distribution is meant: a NaN, an infinity, nothing but -infinity.
fn largest<R: Real>(logits: &[R]) -> Option<R> {
    assert!(!logits.is_empty(), "softmax needs at least one logit");
    // Once NaN is reached it stays: nothing compares above it.
    let largest = logits
        .iter()
        .copied()
        .reduce(|a, b| if b > a || b.is_nan() { b } else { a })?;
    largest.is_finite().then_some(largest)
}

/// p_i = e^(a_i - m) / sum_j e^(a_j - m) with m = max a: equal to the definition, since a constant added to all logits cancels, and
/// without overflow, since no exponent is positive and one is 0.
///
/// # Panics
/// If `logits` is empty.
pub fn softmax<R: Real>(logits: &[R]) -> Vec<R> {
    let Some(largest) = largest(logits) else {
        return vec![R::NAN; logits.len()];
    };
    normalised(logits.iter().map(|&a| (a - largest).exp()).collect())
}

/// Weights divided by their sum.
fn normalised<R: Real>(mut weights: Vec<R>) -> Vec<R> {
    let sum: R = weights.iter().copied().sum();
    for weight in &mut weights {
        *weight = *weight / sum;
    }
    weights
}

/// ln p_i = (a_i - m) - ln(1 + the exponentials of all logits but one largest): finite for finite logits, however small p_i is, and
/// accurate where p_i is nearly 1.
///
/// # Panics
/// If `logits` is empty.
pub fn log_softmax<R: Real>(logits: &[R]) -> Vec<R> {
    let Some(largest) = largest(logits) else {
        return vec![R::NAN; logits.len()];
    };
    let log_sum = ln_of_sum(logits, largest);
    logits.iter().map(|&a| (a - largest) - log_sum).collect()
}

/// ln sum_j e^(a_j) = m + ln sum_j e^(a_j - m): a smooth maximum, between m and m + ln n.
///
/// # Panics
/// If `logits` is empty.
pub fn log_sum_exp<R: Real>(logits: &[R]) -> R {
    match largest(logits) {
        Some(largest) => largest + ln_of_sum(logits, largest),
        None => R::NAN,
    }
}

/// ln sum_j e^(a_j - m). One largest logit contributes exactly 1, which `ln_1p` adds without rounding the rest away.
fn ln_of_sum<R: Real>(logits: &[R], largest: R) -> R {
    let first = logits.iter().position(|&a| a == largest);
    let others = logits.iter().enumerate().filter(|&(j, _)| Some(j) != first);
    others.map(|(_, &a)| (a - largest).exp()).sum::<R>().ln_1p()
}

/// sigma(a_i) for each logit: the sigmoid layer beside the softmax layer. Each component is in ]0, 1[ too, but their sum is anything in
/// ]0, n[: n sigmoids are n separate answers, not one distribution.
pub fn sigmoids(logits: &[f64]) -> Vec<f64> {
    logits
        .iter()
        .map(|&a| Activation::Sigmoid.value(a))
        .collect()
}
