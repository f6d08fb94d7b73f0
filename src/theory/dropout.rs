//! Dropout in closed form (Srivastava et al. 2014; Baldi and Sadowski 2013): moments of a masked value, and why one softmax layer
//! stands for all its thinned ones.
//!
//! A mask m_i is 0 with probability p, else 1 / (1 - p), independently for each feature: inverted dropout.

use super::softmax::{log_softmax, softmax};

/// Mean of m a over all masks: p 0 + (1 - p) a / (1 - p) = a.
pub fn mean(activation: f64) -> f64 {
    activation
}

/// Standard deviation of m a over all masks: |a| sqrt(p / (1 - p)), since E(m^2) = 1 / (1 - p).
///
/// # Panics
/// If p is not in [0, 1[.
pub fn deviation(activation: f64, probability: f64) -> f64 {
    assert!((0.0..1.0).contains(&probability), "p = {probability}");
    activation.abs() * (probability / (1.0 - probability)).sqrt()
}

/// One softmax layer with dropout on its inputs: p(x) = softmax(W (m * x) + b).
#[derive(Clone, Debug, PartialEq)]
pub struct SoftmaxLayer {
    /// W, shape (class, feature).
    pub weights: Vec<Vec<f64>>,
    /// b, shape (class).
    pub biases: Vec<f64>,
}

/// Most features whose 2^n masks are enumerated.
pub const MOST_FEATURES: usize = 16;

impl SoftmaxLayer {
    fn logits(&self, input: &[f64]) -> Vec<f64> {
        let rows = self.weights.iter().zip(&self.biases);
        rows.map(|(row, bias)| row.iter().zip(input).map(|(w, x)| w * x).sum::<f64>() + bias)
            .collect()
    }

    /// The one network with all features on.
    pub fn scaled(&self, input: &[f64]) -> Vec<f64> {
        softmax(&self.logits(input))
    }

    /// Probability of each mask and what its thinned network says as ln p, for all 2^n masks.
    ///
    /// # Panics
    /// If there are more than [`MOST_FEATURES`] features, or p is not in [0, 1[.
    fn thinned(&self, input: &[f64], probability: f64) -> Vec<(f64, Vec<f64>)> {
        let features = input.len();
        assert!(features <= MOST_FEATURES, "2^{features} masks are too many");
        assert!((0.0..1.0).contains(&probability), "p = {probability}");
        let kept = 1.0 - probability;
        let of_mask = |bits: u32| {
            let on = |feature: usize| bits >> feature & 1 == 1;
            let masked: Vec<f64> = (0..features)
                .map(|feature| {
                    if on(feature) {
                        input[feature] / kept
                    } else {
                        0.0
                    }
                })
                .collect();
            let speaking = bits.count_ones() as i32;
            let weight = kept.powi(speaking) * probability.powi(features as i32 - speaking);
            (weight, log_softmax(&self.logits(&masked)))
        };
        (0..1_u32 << features).map(of_mask).collect()
    }

    /// The geometric mean of what all 2^n thinned networks say, each weighted with the probability of its mask, scaled to sum 1:
    /// exp(E ln p_k) / sum_j exp(E ln p_j). It equals [`SoftmaxLayer::scaled`]: ln p_k is z_k less a number that all classes share,
    /// and E(z) = W x + b.
    pub fn geometric_mean(&self, input: &[f64], probability: f64) -> Vec<f64> {
        let mut logs = vec![0.0; self.biases.len()];
        for (weight, thinned) in self.thinned(input, probability) {
            for (sum, log) in logs.iter_mut().zip(thinned) {
                *sum += weight * log;
            }
        }
        softmax(&logs)
    }

    /// The arithmetic mean of what all 2^n thinned networks say: what averaging many of them tends to. It is near the scaled network,
    /// and in general another distribution.
    pub fn arithmetic_mean(&self, input: &[f64], probability: f64) -> Vec<f64> {
        let mut means = vec![0.0; self.biases.len()];
        for (weight, thinned) in self.thinned(input, probability) {
            for (sum, log) in means.iter_mut().zip(thinned) {
                *sum += weight * log.exp();
            }
        }
        means
    }
}
