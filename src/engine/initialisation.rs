//! The distributions that initial weights and biases are drawn from.

use super::parameters::Parameters;
use super::random::Rng;
use rand_distr::{Distribution, StandardNormal};

/// How a layer's weights w and biases b start. N(m, v) is the normal distribution with mean m and variance v;
/// n_in is the number of inputs of one unit, n_out the number of units that one input feeds
/// (a convolution: n_in = channels * kernel^2, n_out = maps * kernel^2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Initialisation {
    /// w ~ N(0, 2 / n_in), b = 0. Keeps the variance through ReLU layers (He et al. 2015).
    He,
    /// w ~ N(0, 2 / (n_in + n_out)), b = 0. For sigmoid and tanh (Glorot and Bengio 2010).
    Xavier,
    /// w ~ N(0, 1 / n_in), b ~ N(0, 1). Nielsen, chapter 3, "Weight initialization": the new way.
    NielsenNew,
    /// w ~ N(0, 1), b ~ N(0, 1). Nielsen, chapter 1: large weights, units saturate at the start.
    NielsenLarge,
}

impl Initialisation {
    /// Standard deviation of (weights, biases) for a unit with `n_in` inputs and inputs that feed `n_out` units.
    pub fn standard_deviations(self, n_in: usize, n_out: usize) -> (f32, f32) {
        let (n_in, n_out) = (n_in as f32, n_out as f32);
        match self {
            Initialisation::He => ((2.0 / n_in).sqrt(), 0.0),
            Initialisation::Xavier => ((2.0 / (n_in + n_out)).sqrt(), 0.0),
            Initialisation::NielsenNew => ((1.0 / n_in).sqrt(), 1.0),
            Initialisation::NielsenLarge => (1.0, 1.0),
        }
    }

    /// Draws `weights` numbers, then `biases` numbers. Zero biases draw nothing.
    pub(crate) fn draw(
        self,
        weights: usize,
        biases: usize,
        n_in: usize,
        n_out: usize,
        rng: &mut Rng,
    ) -> Parameters {
        let (weight_deviation, bias_deviation) = self.standard_deviations(n_in, n_out);
        let mut normal = |deviation: f32| {
            let standard: f32 = StandardNormal.sample(rng);
            deviation * standard
        };
        let weights = (0..weights).map(|_| normal(weight_deviation)).collect();
        let biases = if bias_deviation == 0.0 {
            vec![0.0; biases]
        } else {
            (0..biases).map(|_| normal(bias_deviation)).collect()
        };
        Parameters { weights, biases }
    }
}

#[cfg(test)]
mod tests {
    use super::Initialisation;
    use crate::engine::random::Stream;

    #[test]
    fn sample_mean_and_deviation_are_those_of_the_formula() {
        for (initialisation, weight_deviation, bias_deviation) in [
            (Initialisation::He, 0.2, 0.0),
            (Initialisation::Xavier, 0.141_421_36, 0.0),
            (Initialisation::NielsenNew, 0.141_421_36, 1.0),
            (Initialisation::NielsenLarge, 1.0, 1.0),
        ] {
            let mut rng = Stream::Initialisation.rng(1);
            let drawn = initialisation.draw(50 * 400, 10_000, 50, 50, &mut rng);
            for (sample, deviation) in [
                (&drawn.weights, weight_deviation),
                (&drawn.biases, bias_deviation),
            ] {
                let n = sample.len() as f64;
                let mean = sample.iter().map(|&w| f64::from(w)).sum::<f64>() / n;
                let variance = sample
                    .iter()
                    .map(|&w| (f64::from(w) - mean).powi(2))
                    .sum::<f64>()
                    / n;
                // Five standard errors of the mean (deviation / sqrt n) and of the deviation (deviation / sqrt 2n).
                assert!(
                    mean.abs() <= 5.0 * deviation / n.sqrt(),
                    "{initialisation:?}: mean {mean}"
                );
                assert!(
                    (variance.sqrt() - deviation).abs()
                        <= 5.0 * deviation / (2.0 * n).sqrt() + 1e-7
                );
            }
        }
    }
}
