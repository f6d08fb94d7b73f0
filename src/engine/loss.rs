//! How wrong an output is, as one number, and its gradient.
//!
//! z is the network's output for one example, y the label as a vector with a single 1 (one-hot), K the number of classes.

use super::activation::sigmoid;
use ndarray::{ArrayView2, ArrayViewMut2};

/// Loss of one example. The loss of a mini-batch is the mean over its examples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Loss {
    /// Softmax and cross-entropy in one: -ln softmax(z)_label = ln(sum_k e^z_k) - z_label; z are logits.
    /// Gradient softmax(z) - y. (Nielsen, chapter 3: log-likelihood cost.)
    CrossEntropy,
    /// One sigmoid for each class with cross-entropy: sum_k ln(1 + e^z_k) - y_k z_k; z are logits.
    /// Gradient sigmoid(z) - y. (Nielsen, chapter 3: the cross-entropy cost.)
    SigmoidCrossEntropy,
    /// 1/2 sum_k (z_k - y_k)^2; z is the output of the last activation. Gradient z - y. (Nielsen, chapter 1.)
    Quadratic,
}

impl Loss {
    /// Loss of one example.
    ///
    /// # Panics
    /// If `label` is not a class.
    pub fn of_example(self, outputs: &[f32], label: u8) -> f32 {
        let label = usize::from(label);
        assert!(
            label < outputs.len(),
            "label {label} is none of {} classes",
            outputs.len()
        );
        match self {
            Loss::CrossEntropy => {
                // Subtracting the maximum first keeps e^z from overflowing; at least one term of the sum is 1.
                let maximum = largest(outputs);
                let sum: f32 = outputs.iter().map(|&z| (z - maximum).exp()).sum();
                sum.ln() - (outputs[label] - maximum)
            }
            Loss::SigmoidCrossEntropy => {
                // ln(1 + e^z) - y z = (max(z, 0) - y z) + ln(1 + e^-|z|): nothing overflows, and the large terms
                // cancel class by class, before the small ones are added.
                let of_class = |class: usize, z: f32| {
                    (z.max(0.0) - one_hot(class, label) * z) + (-z.abs()).exp().ln_1p()
                };
                outputs
                    .iter()
                    .enumerate()
                    .map(|(class, &z)| of_class(class, z))
                    .sum()
            }
            Loss::Quadratic => {
                let squares = outputs
                    .iter()
                    .enumerate()
                    .map(|(class, &z)| (z - one_hot(class, label)).powi(2));
                0.5 * squares.sum::<f32>()
            }
        }
    }

    /// What the outputs of one example say about each class, in [0, 1] for the two cross-entropies:
    /// softmax(z), sigmoid(z), or for the quadratic loss z as it is.
    pub fn probabilities(self, outputs: &[f32], probabilities: &mut [f32]) {
        assert_eq!(
            outputs.len(),
            probabilities.len(),
            "one probability for each class"
        );
        match self {
            Loss::CrossEntropy => {
                let maximum = largest(outputs);
                let mut sum = 0.0;
                for (p, &z) in probabilities.iter_mut().zip(outputs) {
                    *p = (z - maximum).exp();
                    sum += *p;
                }
                probabilities.iter_mut().for_each(|p| *p /= sum);
            }
            Loss::SigmoidCrossEntropy => {
                probabilities
                    .iter_mut()
                    .zip(outputs)
                    .for_each(|(p, &z)| *p = sigmoid(z));
            }
            Loss::Quadratic => probabilities.copy_from_slice(outputs),
        }
    }

    /// Mean loss of a mini-batch; `gradient` receives the gradient of this mean with respect to each output.
    ///
    /// # Shapes
    /// outputs (example, class), labels (example), gradient (example, class).
    pub fn of_batch(
        self,
        outputs: ArrayView2<f32>,
        labels: &[u8],
        mut gradient: ArrayViewMut2<f32>,
    ) -> f32 {
        assert_eq!(outputs.nrows(), labels.len(), "one label for each example");
        assert_eq!(
            outputs.dim(),
            gradient.dim(),
            "one gradient for each output"
        );
        let share = 1.0 / labels.len() as f32;
        let mut sum = 0.0;
        for ((outputs, mut gradient), &label) in outputs
            .rows()
            .into_iter()
            .zip(gradient.rows_mut())
            .zip(labels)
        {
            let outputs = outputs.to_slice().expect("outputs are row-major");
            let gradient = gradient.as_slice_mut().expect("gradients are row-major");
            sum += f64::from(self.of_example(outputs, label));
            // For all three losses the gradient is what the network says minus what it should say.
            self.probabilities(outputs, gradient);
            gradient[usize::from(label)] -= 1.0;
            gradient.iter_mut().for_each(|value| *value *= share);
        }
        (sum / labels.len() as f64) as f32
    }
}

fn one_hot(class: usize, label: usize) -> f32 {
    if class == label { 1.0 } else { 0.0 }
}

fn largest(values: &[f32]) -> f32 {
    values
        .iter()
        .fold(f32::NEG_INFINITY, |largest, &value| largest.max(value))
}

#[cfg(test)]
mod tests {
    use super::Loss;
    use ndarray::{Array2, array};
    use std::f32::consts::LN_2;

    #[test]
    fn losses_stay_finite_at_huge_logits() {
        let outputs = array![[1e4_f32, -1e4, 0.0]];
        for (loss, of_first, of_second) in [
            (Loss::CrossEntropy, 0.0, 2e4),
            (Loss::SigmoidCrossEntropy, LN_2, 2e4 + LN_2),
        ] {
            for (label, expected) in [(0, of_first), (1, of_second)] {
                let mut gradient = Array2::zeros((1, 3));
                let value = loss.of_batch(outputs.view(), &[label], gradient.view_mut());
                // One rounding of numbers of the size of the result.
                assert!(
                    (value - expected).abs() <= 1e-7 * expected.max(1.0) + f32::EPSILON,
                    "{loss:?}: {value}"
                );
                assert!(gradient.iter().all(|g| g.is_finite() && g.abs() <= 1.0));
            }
        }
    }

    #[test]
    fn softmax_sums_to_one_and_ignores_a_common_shift() {
        let (mut at_zero, mut shifted) = ([0.0; 3], [0.0; 3]);
        Loss::CrossEntropy.probabilities(&[1.0, 2.0, 4.0], &mut at_zero);
        Loss::CrossEntropy.probabilities(&[1025.0, 1026.0, 1028.0], &mut shifted);
        assert_eq!(at_zero, shifted);
        assert!((at_zero.iter().sum::<f32>() - 1.0).abs() <= 2.0 * f32::EPSILON);
    }

    #[test]
    fn not_a_number_is_not_hidden() {
        assert!(Loss::CrossEntropy.of_example(&[f32::NAN, 1.0], 1).is_nan());
    }
}
