//! Softmax evaluated as it is defined, and where that breaks.

use super::Real;

/// What became of a naive evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NaiveOutcome {
    /// The probabilities are numbers and sum to 1 up to rounding.
    Sound,
    /// Some e^(a_i) left the format: infinity / infinity is NaN.
    ExponentialOverflow,
    /// Every e^(a_i) was finite but their sum was not: all probabilities are 0.
    SumOverflow,
    /// Every e^(a_i) rounded to 0: 0 / 0 is NaN.
    Underflow,
    /// A logit was NaN.
    NotANumber,
}

/// A naive evaluation with its intermediate values, one axis (class).
#[derive(Clone, Debug, PartialEq)]
pub struct NaiveSoftmax<R> {
    /// e^(a_i), infinity where it overflows.
    pub exponentials: Vec<R>,
    /// Their sum, added in order.
    pub sum: R,
    /// e^(a_i) / sum.
    pub probabilities: Vec<R>,
    /// What became of it.
    pub outcome: NaiveOutcome,
}

/// p_i = e^(a_i) / sum_j e^(a_j) as it stands: no constant subtracted. Breaks down in `f32` from logits of 88.73 on, earlier for several;
/// see [`naive_breaks_at`].
pub fn naive_softmax<R: Real>(logits: &[R]) -> NaiveSoftmax<R> {
    let exponentials: Vec<R> = logits.iter().map(|a| a.exp()).collect();
    let sum: R = exponentials.iter().copied().sum();
    let outcome = if sum.is_nan() {
        NaiveOutcome::NotANumber
    } else if sum == R::ZERO {
        NaiveOutcome::Underflow
    } else if sum.is_finite() {
        NaiveOutcome::Sound
    } else if exponentials.iter().all(|e| e.is_finite()) {
        NaiveOutcome::SumOverflow
    } else {
        NaiveOutcome::ExponentialOverflow
    };
    let probabilities = exponentials.iter().map(|&e| e / sum).collect();
    NaiveSoftmax {
        exponentials,
        sum,
        probabilities,
        outcome,
    }
}

/// -ln p_label from the naive probability: infinity where p_label rounds to 0, NaN where [`naive_softmax`] gives NaN.
///
/// # Panics
/// If there is no logit `label`.
pub fn naive_cross_entropy<R: Real>(logits: &[R], label: usize) -> R {
    -naive_softmax(logits).probabilities[label].ln()
}

/// The smallest t > 0, to the last bit, at which the naive softmax of the logits t * direction breaks down in `f32`, and how; `None` if it
/// never does.
///
/// One logit alone, direction (1, 0, ..., 0): 88.7228, where e^t passes the largest `f32`. Ten equal ones: 86.4203, where their sum does.
/// Ten times -1: 103.972, where e^-t falls below half of the smallest subnormal.
///
/// Found by bisection over the bit patterns of t, which are in the order of the numbers; breaking down is monotone in t because exp is.
pub fn naive_breaks_at(direction: &[f32]) -> Option<(f32, NaiveOutcome)> {
    let outcome = |bits: u32| {
        let t = f32::from_bits(bits);
        let logits: Vec<f32> = direction.iter().map(|d| t * d).collect();
        naive_softmax(&logits).outcome
    };
    let (mut sound, mut broken) = (0.0_f32.to_bits(), f32::MAX.to_bits());
    if outcome(broken) == NaiveOutcome::Sound {
        return None;
    }
    assert_eq!(
        outcome(sound),
        NaiveOutcome::Sound,
        "a direction is at least one finite number"
    );
    while broken - sound > 1 {
        let middle = sound + (broken - sound) / 2;
        if outcome(middle) == NaiveOutcome::Sound {
            sound = middle;
        } else {
            broken = middle;
        }
    }
    Some((f32::from_bits(broken), outcome(broken)))
}
