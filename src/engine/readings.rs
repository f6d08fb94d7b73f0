//! What a network reads in labelled examples, from its outputs: how often each class is taken for each, and its mistakes.

use super::loss::Loss;
use super::metrics::prediction;
use ndarray::{Array2, ArrayView2};

/// A wrong prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mistake {
    /// Which example.
    pub example: usize,
    /// What it is.
    pub label: u8,
    /// What it was taken for.
    pub predicted: u8,
    /// Probability that the network gave to what it predicted.
    pub probability: f32,
}

/// Predictions for labelled examples.
#[derive(Clone, Debug, PartialEq)]
pub struct Readings {
    confusion: Array2<u32>,
    mistakes: Vec<Mistake>,
}

impl Readings {
    /// Reads outputs of a network with `loss`, from which probabilities follow (see [`Loss::probabilities`]).
    ///
    /// # Shapes
    /// outputs (example, class), labels (example).
    ///
    /// # Panics
    /// If there is not one label for each row of outputs, or a label is no class.
    pub fn new(loss: Loss, outputs: ArrayView2<f32>, labels: &[u8]) -> Self {
        assert_eq!(outputs.nrows(), labels.len(), "one label for each example");
        let classes = outputs.ncols();
        let mut readings = Self {
            confusion: Array2::zeros((classes, classes)),
            mistakes: Vec::new(),
        };
        let mut probabilities = vec![0.0; classes];
        for (example, (outputs, &label)) in outputs.rows().into_iter().zip(labels).enumerate() {
            let outputs = outputs.to_vec();
            let predicted = prediction(&outputs);
            readings.confusion[[usize::from(label), predicted]] += 1;
            if predicted != usize::from(label) {
                loss.probabilities(&outputs, &mut probabilities);
                readings.mistakes.push(Mistake {
                    example,
                    label,
                    predicted: predicted as u8,
                    probability: probabilities[predicted],
                });
            }
        }
        // A sort that keeps the order of equals: the earlier example first.
        readings
            .mistakes
            .sort_by(|a, b| b.probability.total_cmp(&a.probability));
        readings
    }

    /// Counts of examples, (label, prediction).
    pub fn confusion(&self) -> ArrayView2<'_, u32> {
        self.confusion.view()
    }

    /// The mistakes, the most confident first.
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    /// Number of examples.
    pub fn examples(&self) -> usize {
        self.confusion.iter().map(|&count| count as usize).sum()
    }

    /// Number of examples of a class.
    pub fn of_class(&self, label: usize) -> u32 {
        self.confusion.row(label).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn confident_mistakes_come_first() {
        let outputs = array![
            [0.0, 1.0, 0.0],
            [3.0, 0.0, 0.0],
            [0.0, 0.0, 2.0],
            [0.0, 5.0, 0.0],
        ];
        let readings = Readings::new(Loss::CrossEntropy, outputs.view(), &[1, 1, 0, 2]);
        let found: Vec<(usize, u8, u8)> = readings
            .mistakes()
            .iter()
            .map(|mistake| (mistake.example, mistake.label, mistake.predicted))
            .collect();
        assert_eq!(found, [(3, 2, 1), (1, 1, 0), (2, 0, 2)]);
        // e^5 / (e^5 + 2)
        let sure = 5.0_f32.exp();
        assert!((readings.mistakes()[0].probability - sure / (sure + 2.0)).abs() < 1e-6);
        assert_eq!(
            readings.confusion(),
            array![[0, 0, 1], [1, 1, 0], [0, 1, 0]]
        );
        assert_eq!((readings.examples(), readings.of_class(1)), (4, 2));
    }
}
