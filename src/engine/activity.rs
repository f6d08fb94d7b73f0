//! What the units of one layer do with many examples: where their weighted inputs lie, how often they are silent, and
//! which of them never speak.

use super::activation::Activation;
use ndarray::ArrayView2;

/// Counts over the weighted inputs z of one layer, of all units and all examples added so far.
///
/// A unit is silent for an example where z <= 0: there ReLU gives 0 and lets no gradient through. It is dead on the
/// examples if it is silent for all of them: no gradient of theirs reaches its weights. A z that is not a number is in
/// no bin, neither silent nor speaking.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    function: Activation,
    low: f32,
    high: f32,
    counts: Vec<u32>,
    below: u32,
    above: u32,
    values: u64,
    silent: u64,
    slopes: f64,
    spoke: Vec<bool>,
}

impl Activity {
    /// Nothing counted yet, for a layer of `units` units with activation function `function`; z is counted in `bins`
    /// equally wide bins from `low` to `high`.
    ///
    /// # Panics
    /// If there is no bin, or `low` is not below `high`.
    pub fn new(function: Activation, units: usize, (low, high): (f32, f32), bins: usize) -> Self {
        assert!(bins > 0 && low < high, "{bins} bins from {low} to {high}");
        Self {
            function,
            low,
            high,
            counts: vec![0; bins],
            below: 0,
            above: 0,
            values: 0,
            silent: 0,
            slopes: 0.0,
            spoke: vec![false; units],
        }
    }

    /// Counts the weighted inputs of further examples.
    ///
    /// # Shapes
    /// weighted_inputs (example, unit).
    ///
    /// # Panics
    /// If the number of units is another one.
    pub fn add(&mut self, weighted_inputs: ArrayView2<f32>) {
        assert_eq!(
            weighted_inputs.ncols(),
            self.spoke.len(),
            "one weighted input for each unit"
        );
        let bins_a_unit = self.counts.len() as f32 / (self.high - self.low);
        for example in weighted_inputs.rows() {
            for (&z, spoke) in example.iter().zip(&mut self.spoke) {
                if z < self.low {
                    self.below += 1;
                } else if z >= self.high {
                    self.above += 1;
                } else if !z.is_nan() {
                    // Rounding may carry the last number below `high` over the edge.
                    let bin = ((z - self.low) * bins_a_unit) as usize;
                    let last = self.counts.len() - 1;
                    self.counts[bin.min(last)] += 1;
                }
                *spoke |= z > 0.0;
                self.silent += u64::from(z <= 0.0);
                self.slopes += f64::from(self.function.derivative(z));
            }
            self.values += example.len() as u64;
        }
    }

    /// Number of weighted inputs in each bin: bin k reaches from low + k (high - low) / bins up to, and without, the
    /// next one.
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// Number of weighted inputs below the first bin.
    pub fn below(&self) -> u32 {
        self.below
    }

    /// Number of weighted inputs above the last bin.
    pub fn above(&self) -> u32 {
        self.above
    }

    /// Number of units.
    pub fn units(&self) -> usize {
        self.spoke.len()
    }

    /// Number of units that were silent for every example; all of them before the first.
    pub fn dead(&self) -> usize {
        self.spoke.iter().filter(|&&spoke| !spoke).count()
    }

    /// Share of (example, unit) pairs with z <= 0, in [0, 1]; not a number before the first example.
    pub fn silent_share(&self) -> f64 {
        self.silent as f64 / self.values as f64
    }

    /// Mean of f'(z) over all (example, unit) pairs, f the layer's activation function; not a number before the first.
    pub fn mean_slope(&self) -> f64 {
        self.slopes / self.values as f64
    }
}

#[cfg(test)]
mod tests {
    use super::Activity;
    use crate::engine::activation::Activation;
    use ndarray::array;

    #[test]
    fn every_weighted_input_is_counted_once_and_a_silent_unit_is_dead() {
        let mut activity = Activity::new(Activation::Relu, 3, (-2.0, 2.0), 4);
        activity.add(array![[-3.0, 0.0, -0.5], [-2.0, 1.999_999_9, -1.0]].view());
        activity.add(array![[0.5, 2.0, 0.0]].view());
        assert_eq!(activity.counts(), [1, 2, 3, 1]);
        assert_eq!((activity.below(), activity.above()), (1, 1));
        // z <= 0: -3, 0, -0.5, -2, -1, 0.
        assert_eq!(activity.silent_share(), 6.0 / 9.0);
        assert_eq!(activity.mean_slope(), 3.0 / 9.0);
        // The third unit has never been above 0.
        assert_eq!((activity.units(), activity.dead()), (3, 1));
    }

    #[test]
    fn not_a_number_is_counted_nowhere() {
        let mut activity = Activity::new(Activation::Sigmoid, 1, (-1.0, 1.0), 2);
        activity.add(array![[f32::NAN]].view());
        assert_eq!(activity.counts(), [0, 0]);
        assert_eq!((activity.below(), activity.above()), (0, 0));
        assert_eq!((activity.silent_share(), activity.dead()), (0.0, 1));
        assert!(activity.mean_slope().is_nan());
    }
}
