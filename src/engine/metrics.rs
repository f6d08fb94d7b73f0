//! How good a network is on given examples, measured piece by piece.

use super::layer::Mode;
use super::loss::Loss;
use super::network::Network;
use super::random::Rng;
use super::trace::Trace;
use ndarray::{Array2, ArrayView2, s};

/// Examples that go through the network at once: enough for fast matrix products, few enough for little memory.
pub const CHUNK: usize = 100;

/// The class with the largest output; of several, the lowest. Not a number never is the largest, so an output that
/// holds nothing else predicts class 0 (its loss is not a number, which shows that the run diverged).
pub fn prediction(outputs: &[f32]) -> usize {
    let mut best = 0;
    for (class, &output) in outputs.iter().enumerate() {
        if output > outputs[best] || (outputs[best].is_nan() && !output.is_nan()) {
            best = class;
        }
    }
    best
}

/// Mean loss, classification error and confusion counts of a network over all examples added so far, with dropout off unless
/// they were added by [`Evaluation::add_learning`].
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    loss: Loss,
    loss_sum: f64,
    confusion: Array2<u32>,
    samples: Option<Samples>,
}

/// Per-sample measures, in the order in which examples were added.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples {
    /// Loss of each example.
    pub losses: Vec<f32>,
    /// Predicted class of each example.
    pub predictions: Vec<u8>,
    /// Probabilities (example, class), row-major: see [`Loss::probabilities`].
    pub probabilities: Vec<f32>,
}

impl Evaluation {
    /// Nothing measured yet.
    pub fn new(loss: Loss, classes: usize) -> Self {
        assert!((1..=256).contains(&classes), "labels are bytes");
        Self {
            loss,
            loss_sum: 0.0,
            confusion: Array2::zeros((classes, classes)),
            samples: None,
        }
    }

    /// Keeps loss, prediction and probabilities of each example too.
    pub fn with_samples(loss: Loss, classes: usize) -> Self {
        Self {
            samples: Some(Samples::default()),
            ..Self::new(loss, classes)
        }
    }

    /// Sends `images` through `network` while predicting and adds what it says about them.
    ///
    /// # Shapes
    /// images (example, feature), labels (example).
    pub fn add(
        &mut self,
        network: &Network,
        images: ArrayView2<f32>,
        labels: &[u8],
        trace: &mut Trace,
    ) {
        self.add_with(None, network, images, labels, trace);
    }

    /// As [`Evaluation::add`], with dropout on as in a mini-batch: masks are drawn from `rng`.
    pub fn add_learning(
        &mut self,
        rng: &mut Rng,
        network: &Network,
        images: ArrayView2<f32>,
        labels: &[u8],
        trace: &mut Trace,
    ) {
        self.add_with(Some(rng), network, images, labels, trace);
    }

    fn add_with(
        &mut self,
        mut masks: Option<&mut Rng>,
        network: &Network,
        images: ArrayView2<f32>,
        labels: &[u8],
        trace: &mut Trace,
    ) {
        assert_eq!(images.nrows(), labels.len(), "one label for each image");
        let classes = network.output_shape().size();
        assert_eq!(
            classes,
            self.confusion.nrows(),
            "the network has another number of classes"
        );
        let last = network.layers().len() - 1;
        for (chunk, labels) in labels.chunks(CHUNK).enumerate() {
            let start = chunk * CHUNK;
            let mode = match masks.as_deref_mut() {
                Some(rng) => Mode::Learning(rng),
                None => Mode::Predicting,
            };
            network.forward(
                images.slice(s![start..start + labels.len(), ..]),
                mode,
                trace,
            );
            for (outputs, &label) in trace.output(last).rows().into_iter().zip(labels) {
                self.count(outputs.to_slice().expect("outputs are row-major"), label);
            }
        }
    }

    fn count(&mut self, outputs: &[f32], label: u8) {
        let loss = self.loss.of_example(outputs, label);
        let predicted = prediction(outputs);
        self.loss_sum += f64::from(loss);
        self.confusion[[usize::from(label), predicted]] += 1;
        if let Some(samples) = &mut self.samples {
            let start = samples.probabilities.len();
            samples.losses.push(loss);
            samples.predictions.push(predicted as u8);
            samples.probabilities.resize(start + outputs.len(), 0.0);
            self.loss
                .probabilities(outputs, &mut samples.probabilities[start..]);
        }
    }

    /// Number of examples added so far.
    pub fn examples(&self) -> usize {
        self.confusion.iter().map(|&count| count as usize).sum()
    }

    /// Mean loss without penalties; not a number if nothing was added or an output was not a number.
    pub fn mean_loss(&self) -> f32 {
        (self.loss_sum / self.examples() as f64) as f32
    }

    /// Number of examples whose prediction is their label.
    pub fn correct(&self) -> usize {
        self.confusion
            .diag()
            .iter()
            .map(|&count| count as usize)
            .sum()
    }

    /// Share of wrong predictions, in [0, 1]; not a number if nothing was added.
    pub fn error(&self) -> f32 {
        let examples = self.examples();
        ((examples - self.correct()) as f64 / examples as f64) as f32
    }

    /// Counts of examples, (label, prediction).
    pub fn confusion(&self) -> ArrayView2<'_, u32> {
        self.confusion.view()
    }

    /// Per-sample measures, if they were asked for.
    pub fn samples(&self) -> Option<&Samples> {
        self.samples.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::prediction;

    #[test]
    fn a_tie_goes_to_the_lowest_class_and_not_a_number_never_wins() {
        assert_eq!(prediction(&[0.0, 3.0, 3.0]), 1);
        assert_eq!(prediction(&[f32::NAN, -5.0, -7.0]), 1);
        assert_eq!(prediction(&[1.0, f32::NAN, 2.0]), 2);
        assert_eq!(prediction(&[f32::NAN, f32::NAN]), 0);
    }
}
