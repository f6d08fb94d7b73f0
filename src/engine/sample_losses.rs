//! What each example costs: who carries the loss.

use super::loss::Loss;
use super::metrics::prediction;

/// Loss of each example of a set, and whether it was predicted rightly; in the order of the set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SampleLosses {
    losses: Vec<f32>,
    right: Vec<bool>,
}

impl SampleLosses {
    /// Of a network's outputs for examples with `labels`.
    ///
    /// # Shapes
    /// outputs (example, class), row-major; labels (example).
    ///
    /// # Panics
    /// If there is not the same number of outputs for each example, or a label is none of the classes.
    pub fn new(loss: Loss, outputs: &[f32], labels: &[u8]) -> Self {
        if labels.is_empty() {
            return Self::default();
        }
        let classes = outputs.len() / labels.len();
        assert_eq!(
            classes * labels.len(),
            outputs.len(),
            "as many outputs for each example"
        );
        let examples = || outputs.chunks_exact(classes).zip(labels);
        Self {
            losses: examples()
                .map(|(outputs, &label)| loss.of_example(outputs, label))
                .collect(),
            right: examples()
                .map(|(outputs, &label)| prediction(outputs) == usize::from(label))
                .collect(),
        }
    }

    /// Number of examples.
    pub fn len(&self) -> usize {
        self.losses.len()
    }

    /// Whether there are no examples.
    pub fn is_empty(&self) -> bool {
        self.losses.is_empty()
    }

    /// Losses of the examples that were predicted rightly, or wrongly.
    pub fn of(&self, right: bool) -> impl Iterator<Item = f64> + '_ {
        let pairs = self.losses.iter().zip(&self.right);
        pairs
            .filter(move |(_, is_right)| **is_right == right)
            .map(|(loss, _)| f64::from(*loss))
    }

    /// Number of wrong predictions.
    pub fn wrong(&self) -> usize {
        self.right.iter().filter(|right| !**right).count()
    }

    /// Sum of all losses.
    pub fn total(&self) -> f64 {
        self.losses.iter().map(|&loss| f64::from(loss)).sum()
    }

    /// Share of the whole loss that the wrong predictions carry, in `[0, 1]`; not a number where nothing costs anything.
    pub fn share_of_wrong(&self) -> f64 {
        self.of(false).sum::<f64>() / self.total()
    }

    /// The examples with the largest losses, the largest first; of equal ones the earlier first.
    pub fn worst(&self, count: usize) -> Vec<usize> {
        let mut examples: Vec<usize> = (0..self.len()).collect();
        examples.sort_by(|a, b| self.losses[*b].total_cmp(&self.losses[*a]));
        examples.truncate(count);
        examples
    }

    /// Share of the whole loss that the `count` examples with the largest losses carry, in `[0, 1]`; not a number where
    /// nothing costs anything.
    pub fn share_of_worst(&self, count: usize) -> f64 {
        let worst = self.worst(count).into_iter();
        worst
            .map(|example| f64::from(self.losses[example]))
            .sum::<f64>()
            / self.total()
    }

    /// Loss of one example.
    ///
    /// # Panics
    /// If there is no such example.
    pub fn loss(&self, example: usize) -> f64 {
        f64::from(self.losses[example])
    }
}

#[cfg(test)]
mod tests {
    use super::SampleLosses;
    use crate::engine::loss::Loss;

    #[test]
    fn losses_add_up_and_the_worst_come_first() {
        // p of label 0: 1/2, 1/4, 3/4 with two classes: logits 0 and ln of the odds.
        let odds = [1.0_f32, 3.0, 1.0 / 3.0].map(f32::ln);
        let outputs = [0.0, odds[0], 0.0, odds[1], 0.0, odds[2]];
        let losses = SampleLosses::new(Loss::CrossEntropy, &outputs, &[0, 0, 0]);
        let expected = [2.0_f64.ln(), 4.0_f64.ln(), (4.0_f64 / 3.0).ln()];
        for (example, expected) in expected.iter().enumerate() {
            assert!((losses.loss(example) - expected).abs() < 1e-6);
        }
        // A tie goes to the lower class, which is right here.
        assert_eq!((losses.len(), losses.wrong()), (3, 1));
        assert_eq!(losses.worst(2), [1, 0]);
        let total: f64 = expected.iter().sum();
        assert!((losses.share_of_worst(2) - (expected[0] + expected[1]) / total).abs() < 1e-6);
        assert!((losses.share_of_wrong() - expected[1] / total).abs() < 1e-6);
        assert!((losses.of(true).sum::<f64>() - expected[0] - expected[2]).abs() < 1e-6);
        assert!(SampleLosses::default().is_empty());
    }
}
