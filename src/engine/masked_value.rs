//! One value under many dropout masks, counted.

use super::dropout::Dropout;
use super::random::Rng;

/// Mean and spread of m a over masks m that were drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct MaskedValue {
    /// Number of masks.
    pub masks: usize,
    /// Number of masks under which the value is silent.
    pub silent: usize,
    /// Mean over the masks.
    pub mean: f64,
    /// Standard deviation over the masks: square root of the mean squared distance from the mean.
    pub deviation: f64,
    /// (masks so far, their mean), at about equal ratios.
    pub running: Vec<(usize, f64)>,
}

/// Stops of the running mean in each decade.
const STOPS_A_DECADE: f64 = 30.0;

impl MaskedValue {
    /// `activation` under `masks` masks of `dropout`.
    ///
    /// # Panics
    /// If `masks` is 0.
    pub fn new(activation: f32, dropout: &Dropout, masks: usize, rng: &mut Rng) -> Self {
        assert!(masks > 0, "a mean needs a mask");
        let mut factors = vec![0.0; masks];
        dropout.draw(rng, &mut factors);
        let (mut sum, mut squares, mut silent) = (0.0_f64, 0.0_f64, 0);
        let mut running = Vec::new();
        let mut next = 1.0;
        for (index, factor) in factors.into_iter().enumerate() {
            let value = f64::from(activation * factor);
            sum += value;
            squares += value * value;
            silent += usize::from(factor == 0.0);
            let count = index + 1;
            if count as f64 >= next || count == masks {
                running.push((count, sum / count as f64));
                next = (count as f64 * 10_f64.powf(1.0 / STOPS_A_DECADE)).max(count as f64 + 1.0);
            }
        }
        let mean = sum / masks as f64;
        Self {
            masks,
            silent,
            mean,
            // Rounding may take a spread of 0 a little below it.
            deviation: (squares / masks as f64 - mean * mean).max(0.0).sqrt(),
            running,
        }
    }
}
