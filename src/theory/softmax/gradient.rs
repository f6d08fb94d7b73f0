//! How softmax and its loss answer to their logits.

use super::{Real, log_softmax, softmax};
use ndarray::Array2;

/// J_ij = dp_i / da_j = p_i (delta_ij - p_j), with axes (component i, logit j); symmetric, every row and column sums to 0.
///
/// Takes the probabilities p = softmax(a). On the diagonal 1 - p_i is the sum of the others, which does not cancel where p_i is
/// nearly 1.
pub fn jacobian<R: Real>(probabilities: &[R]) -> Array2<R> {
    let n = probabilities.len();
    Array2::from_shape_fn((n, n), |(i, j)| {
        if i == j {
            probabilities[i] * sum_of_others(probabilities, i)
        } else {
            -(probabilities[i] * probabilities[j])
        }
    })
}

/// The cross-entropy of a label, C = -ln p_label, from the logits: finite for finite logits.
///
/// # Panics
/// If there is no logit `label`.
pub fn cross_entropy<R: Real>(logits: &[R], label: usize) -> R {
    -log_softmax(logits)[label]
}

/// dC / da_i = p_i - (1 if i = label else 0), for C = -ln p_label (Nielsen, chapter 3: why this pair does not learn slowly).
/// The label's own component is minus the sum of the others: no cancellation, and the gradient sums to 0.
///
/// # Panics
/// If there is no logit `label`.
pub fn cross_entropy_gradient<R: Real>(logits: &[R], label: usize) -> Vec<R> {
    let mut gradient = softmax(logits);
    gradient[label] = -sum_of_others(&gradient, label);
    gradient
}

fn sum_of_others<R: Real>(probabilities: &[R], i: usize) -> R {
    probabilities[..i]
        .iter()
        .chain(&probabilities[i + 1..])
        .copied()
        .sum()
}
