//! Whether the units of one layer go together, and how often they speak: sums over many examples.

use ndarray::ArrayView2;

/// Sums over the activations a of one layer, of all examples added so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Coadaptation {
    units: usize,
    examples: u64,
    zeros: u64,
    /// Sum of a for each unit.
    sums: Vec<f64>,
    /// Sum of a_i a_j, (unit, unit), where j <= i; else 0.
    products: Vec<f64>,
}

/// A unit whose variance is below this share of its mean square says the same for every example: rounding is all that moves.
const STILL: f64 = 1e-9;

impl Coadaptation {
    /// Nothing added yet, for a layer of `units` units.
    pub fn new(units: usize) -> Self {
        Self {
            units,
            examples: 0,
            zeros: 0,
            sums: vec![0.0; units],
            products: vec![0.0; units * units],
        }
    }

    /// Adds the activations of further examples.
    ///
    /// # Shapes
    /// activations (example, unit).
    ///
    /// # Panics
    /// If the number of units is another one.
    pub fn add(&mut self, activations: ArrayView2<f32>) {
        assert_eq!(
            activations.ncols(),
            self.units,
            "one activation for each unit"
        );
        let mut example = vec![0.0_f64; self.units];
        for row in activations.rows() {
            for (value, &activation) in example.iter_mut().zip(row) {
                *value = f64::from(activation);
            }
            self.zeros += example.iter().filter(|&&value| value == 0.0).count() as u64;
            for (unit, &value) in example.iter().enumerate() {
                self.sums[unit] += value;
                if value != 0.0 {
                    let products = &mut self.products[unit * self.units..][..=unit];
                    for (product, other) in products.iter_mut().zip(&example) {
                        *product += value * other;
                    }
                }
            }
        }
        self.examples += activations.nrows() as u64;
    }

    /// Number of units.
    pub fn units(&self) -> usize {
        self.units
    }

    /// Number of examples added.
    pub fn examples(&self) -> u64 {
        self.examples
    }

    /// Share of (example, unit) pairs whose activation is exactly 0; not a number before the first example.
    pub fn zero_share(&self) -> f64 {
        self.zeros as f64 / (self.examples as f64 * self.units as f64)
    }

    /// Mean activation of each unit.
    pub fn means(&self) -> Vec<f64> {
        let examples = self.examples as f64;
        self.sums.iter().map(|sum| sum / examples).collect()
    }

    /// Pearson's r_ij = cov(a_i, a_j) / (sd(a_i) sd(a_j)), (unit, unit); not a number where a unit stands still.
    pub fn correlations(&self) -> Vec<f64> {
        let (units, examples) = (self.units, self.examples as f64);
        let means = self.means();
        let covariance = |i: usize, j: usize| {
            let (high, low) = (i.max(j), i.min(j));
            self.products[high * units + low] / examples - means[i] * means[j]
        };
        let deviations: Vec<f64> = (0..units)
            .map(|unit| {
                let variance = covariance(unit, unit);
                let square = self.products[unit * units + unit] / examples;
                if variance > STILL * square {
                    variance.sqrt()
                } else {
                    f64::NAN
                }
            })
            .collect();
        let pairs = (0..units).flat_map(|i| (0..units).map(move |j| (i, j)));
        pairs
            .map(|(i, j)| (covariance(i, j) / (deviations[i] * deviations[j])).clamp(-1.0, 1.0))
            .collect()
    }

    /// r of every pair of different units of which neither stands still, each pair once.
    pub fn pairs(&self) -> Vec<f64> {
        let all = self.correlations();
        let units = self.units;
        let pairs = (0..units).flat_map(|i| (0..i).map(move |j| i * units + j));
        pairs.map(|at| all[at]).filter(|r| !r.is_nan()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Coadaptation;
    use ndarray::array;

    #[test]
    fn correlations_are_those_of_a_hand_computation() {
        let mut seen = Coadaptation::new(4);
        // The second unit is twice the first, the third falls as the first rises, the fourth stands still.
        seen.add(array![[0.0, 0.0, 3.0, 0.5], [1.0, 2.0, 2.0, 0.5]].view());
        seen.add(array![[2.0, 4.0, 1.0, 0.5]].view());
        let r = seen.correlations();
        assert!((r[1] - 1.0).abs() < 1e-12 && (r[2] + 1.0).abs() < 1e-12);
        assert!(r[3].is_nan());
        assert_eq!(seen.pairs().len(), 3);
        assert_eq!(seen.zero_share(), 2.0 / 12.0);
        assert_eq!(seen.means(), [1.0, 2.0, 2.0, 0.5]);
        assert_eq!((seen.examples(), seen.units()), (3, 4));
    }

    #[test]
    fn before_the_first_example_nothing_is_a_number() {
        let seen = Coadaptation::new(2);
        assert!(seen.zero_share().is_nan() && seen.pairs().is_empty());
    }
}
