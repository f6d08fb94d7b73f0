//! What is added to the loss, or imposed on the weights, to keep the weights small.

use super::layer::Layer;
use super::network::Network;

/// Penalties on weights (never on biases), added to the mean loss of each mini-batch:
/// l2 / 2 * sum w^2 + l1 * sum |w|; and a bound on the norm of each unit's incoming weights.
///
/// Nielsen's lambda divides by the number n of training examples (chapter 3: lambda / (2 n) * sum w^2), so
/// l2 = lambda / n; the program of his chapter 6 divides by the number of mini-batches instead.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Penalties {
    /// Factor of 1/2 sum w^2, at least 0. Its gradient l2 * w is added to the loss's gradient, with every optimizer.
    pub l2: f32,
    /// Factor of sum |w|, at least 0. Its gradient is l1 * sign(w), with sign(0) = 0.
    pub l1: f32,
    /// After each update the incoming weight vector of a unit (a feature map's kernel) longer than this is shrunk
    /// to this Euclidean norm (Srivastava et al. 2014).
    pub max_norm: Option<f32>,
}

impl Penalties {
    /// l2 / 2 * sum w^2 + l1 * sum |w| over all weights of `network`: what the penalties add to its loss.
    pub fn value(&self, network: &Network) -> f32 {
        let (mut squares, mut absolutes) = (0.0_f64, 0.0_f64);
        for layer in network.layers().iter().filter_map(Layer::parameters) {
            for &weight in &layer.weights {
                let weight = f64::from(weight);
                squares += weight * weight;
                absolutes += weight.abs();
            }
        }
        (f64::from(self.l2) / 2.0 * squares + f64::from(self.l1) * absolutes) as f32
    }

    /// Panics if a factor is negative or not finite, or the bound is not positive.
    pub(crate) fn check(&self) {
        for factor in [self.l1, self.l2] {
            assert!(
                factor.is_finite() && factor >= 0.0,
                "penalty {factor} is not a number >= 0"
            );
        }
        assert!(
            self.max_norm.is_none_or(|bound| bound > 0.0),
            "a bound on the norm is above 0"
        );
    }
}
