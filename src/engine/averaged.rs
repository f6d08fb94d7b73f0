//! What several networks say about the same images, averaged: the arithmetic mean of their probabilities and the geometric one.

use super::loss::Loss;
use super::metrics::prediction;
use ndarray::{Array2, ArrayView2};

/// Sums over the networks so far, for each image and class.
#[derive(Clone, Debug)]
pub struct Averaged {
    networks: u32,
    /// (image, class)
    probabilities: Array2<f64>,
    /// (image, class)
    logits: Array2<f64>,
}

impl Averaged {
    /// No network yet, for this many images and classes.
    pub fn new(images: usize, classes: usize) -> Self {
        Self {
            networks: 0,
            probabilities: Array2::zeros((images, classes)),
            logits: Array2::zeros((images, classes)),
        }
    }

    /// Adds what one network says about the images from `first` on.
    ///
    /// # Shapes
    /// logits (image, class).
    ///
    /// # Panics
    /// If there are not so many images, or another number of classes.
    pub fn add(&mut self, first: usize, logits: ArrayView2<f32>) {
        let mut probabilities = vec![0.0; logits.ncols()];
        for (image, logits) in logits.rows().into_iter().enumerate() {
            let own = logits.to_slice().expect("outputs are row-major");
            Loss::CrossEntropy.probabilities(own, &mut probabilities);
            for (class, &probability) in probabilities.iter().enumerate() {
                self.probabilities[[first + image, class]] += f64::from(probability);
                self.logits[[first + image, class]] += f64::from(own[class]);
            }
        }
    }

    /// Ends one network: all its images were added.
    pub fn close_network(&mut self) {
        self.networks += 1;
    }

    /// Mean loss and share of wrong predictions of the arithmetic mean: p_k = mean over networks of their p_k.
    ///
    /// # Panics
    /// If there are more or fewer labels than images.
    pub fn arithmetic(&self, labels: &[u8]) -> (f32, f32) {
        self.measure(&self.probabilities, labels, |mean, label| {
            // A probability below what an f32 can hold is counted as the smallest that it can.
            -f64::from(mean[usize::from(label)].max(f32::MIN_POSITIVE)).ln()
        })
    }

    /// As [`Averaged::arithmetic`] of the normalised geometric mean, p_k proportional to the product of all p_k to the power
    /// 1 / networks: softmax of the mean logits.
    ///
    /// # Panics
    /// If there are more or fewer labels than images.
    pub fn geometric(&self, labels: &[u8]) -> (f32, f32) {
        self.measure(&self.logits, labels, |mean, label| {
            f64::from(Loss::CrossEntropy.of_example(mean, label))
        })
    }

    fn measure(
        &self,
        sums: &Array2<f64>,
        labels: &[u8],
        loss_of: impl Fn(&[f32], u8) -> f64,
    ) -> (f32, f32) {
        assert_eq!(sums.nrows(), labels.len(), "one label for each image");
        let (mut loss, mut wrong) = (0.0, 0);
        for (sums, &label) in sums.rows().into_iter().zip(labels) {
            let mean: Vec<f32> = sums
                .iter()
                .map(|sum| (sum / f64::from(self.networks)) as f32)
                .collect();
            loss += loss_of(&mean, label);
            wrong += usize::from(prediction(&mean) != usize::from(label));
        }
        let images = labels.len() as f64;
        ((loss / images) as f32, (wrong as f64 / images) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::Averaged;
    use ndarray::array;

    #[test]
    fn means_are_those_of_a_hand_computation() {
        let mut averaged = Averaged::new(1, 2);
        // Probabilities 1/2, 1/2 and 1/5, 4/5.
        averaged.add(0, array![[0.0, 0.0]].view());
        averaged.close_network();
        averaged.add(0, array![[0.0, 4.0_f32.ln()]].view());
        averaged.close_network();
        let (loss, error) = averaged.arithmetic(&[0]);
        assert!((loss + 0.35_f32.ln()).abs() < 1e-6, "{loss}");
        assert_eq!(error, 1.0);
        // Mean logits 0 and ln 2: 1/3 and 2/3.
        let (loss, error) = averaged.geometric(&[1]);
        assert!((loss + (2.0_f32 / 3.0).ln()).abs() < 1e-6, "{loss}");
        assert_eq!(error, 0.0);
    }
}
