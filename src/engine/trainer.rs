//! One step, one epoch: the order in which things happen while a network learns, and its chance.

use super::book_chance::Shuffler;
use super::dense::{matrix, matrix_mut};
use super::dropout::DropoutKind;
use super::layer::{Layer, Mode, grow};
use super::loss::Loss;
use super::network::Network;
use super::optimizer::{Optimizer, OptimizerState};
use super::parameters::Gradients;
use super::penalties::Penalties;
use super::random::Stream;
use super::snapshot::{Progress, Snapshot};
use super::trace::{Kept, Trace};
use ndarray::ArrayView2;

/// How a network is trained. The seed rules the order of examples and the dropout masks, each from its own
/// [`Stream`]; initial weights come with the network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrainerSettings {
    /// Examples in a mini-batch; the last one of an epoch may be smaller.
    pub batch_size: usize,
    /// Update rule.
    pub optimizer: Optimizer,
    /// Step length eta.
    pub learning_rate: f32,
    /// Penalties on weights.
    pub penalties: Penalties,
    /// What is minimised.
    pub loss: Loss,
    /// Source of all chance in training.
    pub seed: u64,
}

/// What one step did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepOutcome {
    /// Mean loss of the mini-batch before the update, with dropout on, without penalties.
    pub loss: f32,
    /// Whether this step used up the epoch: every example was seen once more.
    pub epoch_finished: bool,
}

/// Trains one network, mini-batch by mini-batch. The examples stay with the caller.
#[derive(Clone, Debug)]
pub struct Trainer {
    settings: TrainerSettings,
    progress: Progress,
    trace: Trace,
    gradients: Gradients,
    loss_gradient: Vec<f32>,
    batch_labels: Vec<u8>,
}

impl Trainer {
    /// A trainer at the start of its first epoch over `example_count` examples.
    ///
    /// # Panics
    /// If there is no example, or a setting lies outside of its range.
    pub fn new(network: Network, settings: TrainerSettings, example_count: usize) -> Self {
        assert!(settings.batch_size > 0, "a mini-batch has examples");
        assert!(example_count > 0, "there is nothing to learn from");
        settings.penalties.check();
        check_learning_rate(settings.learning_rate);
        let mut shuffle = Shuffler::Own(Stream::Shuffle.rng(settings.seed));
        let mut order = in_file_order(example_count);
        shuffle.shuffle(&mut order);
        let trace = Trace::to_learn(&network);
        let gradients = network.zero_gradients();
        let optimizer = OptimizerState::new(settings.optimizer, &network);
        let dropout = Stream::Dropout.rng(settings.seed);
        let progress = Progress {
            network,
            optimizer,
            order,
            seen: 0,
            epoch: 0,
            shuffle,
            dropout,
        };
        Self {
            settings,
            progress,
            trace,
            gradients,
            loss_gradient: Vec::new(),
            batch_labels: Vec::new(),
        }
    }

    /// This trainer, before its first step, with the examples in the order that `shuffler` brings them into.
    ///
    /// # Panics
    /// If a step was made already.
    pub fn in_order_of(mut self, mut shuffler: Shuffler) -> Self {
        let progress = &mut self.progress;
        assert!(
            progress.epoch == 0 && progress.seen == 0,
            "the order of the first epoch is in use already"
        );
        progress.order = in_file_order(progress.order.len());
        shuffler.shuffle(&mut progress.order);
        progress.shuffle = shuffler;
        self
    }

    /// Learns from the next mini-batch.
    ///
    /// # Shapes
    /// images (example, feature) and labels (example): all training examples, not only those of the mini-batch.
    ///
    /// # Panics
    /// If the number of examples is not the trainer's, or images are not row-major.
    pub fn step(&mut self, images: ArrayView2<f32>, labels: &[u8]) -> StepOutcome {
        assert_eq!(
            images.nrows(),
            self.progress.order.len(),
            "the trainer was made for another number of examples"
        );
        assert_eq!(images.nrows(), labels.len(), "one label for each image");
        let features = self.progress.network.input_shape().size();
        assert_eq!(
            images.ncols(),
            features,
            "the network reads images of another size"
        );
        let range = self.upcoming_range();
        let batch = range.len();
        grow(&mut self.batch_labels, batch);
        let input = self.trace.input_mut(batch);
        let examples = &self.progress.order[range];
        for ((row, target), &example) in input
            .chunks_exact_mut(features)
            .zip(&mut self.batch_labels)
            .zip(examples)
        {
            let image = images.row(example as usize);
            row.copy_from_slice(image.to_slice().expect("images are row-major"));
            *target = labels[example as usize];
        }
        self.learn()
    }

    /// Learns from the next mini-batch, given by the caller: the images of [`Trainer::upcoming_examples`] in that
    /// order, changed as the caller likes (augmentation).
    ///
    /// # Shapes
    /// images (example of the mini-batch, feature), labels (example of the mini-batch).
    pub fn step_on(&mut self, images: ArrayView2<f32>, labels: &[u8]) -> StepOutcome {
        let batch = self.upcoming_range().len();
        let features = self.progress.network.input_shape().size();
        assert_eq!(
            images.dim(),
            (batch, features),
            "one image for each upcoming example"
        );
        assert_eq!(labels.len(), batch, "one label for each upcoming example");
        grow(&mut self.batch_labels, batch);
        self.batch_labels[..batch].copy_from_slice(labels);
        let input = self.trace.input_mut(batch);
        for (row, image) in input.chunks_exact_mut(features).zip(images.rows()) {
            row.copy_from_slice(image.to_slice().expect("images are row-major"));
        }
        self.learn()
    }

    /// Forward, loss, backward, update, for the mini-batch that stands in the trace.
    fn learn(&mut self) -> StepOutcome {
        let Self {
            settings,
            progress,
            trace,
            gradients,
            loss_gradient,
            batch_labels,
        } = self;
        let network = &mut progress.network;
        let (batch, classes) = (trace.batch(), network.output_shape().size());
        network.propagate(Mode::Learning(&mut progress.dropout), trace);
        grow(loss_gradient, batch * classes);
        let loss_gradient = &mut loss_gradient[..batch * classes];
        let loss = settings.loss.of_batch(
            trace.output(network.layers().len() - 1),
            &batch_labels[..batch],
            matrix_mut(loss_gradient, batch, classes),
        );
        network.backward(trace, matrix(loss_gradient, batch, classes), gradients);
        progress.optimizer.update(
            network,
            gradients,
            settings.learning_rate,
            &settings.penalties,
        );
        progress.seen += batch;
        let epoch_finished = progress.seen == progress.order.len();
        if epoch_finished {
            progress.seen = 0;
            progress.epoch += 1;
            progress.shuffle.shuffle(&mut progress.order);
        }
        StepOutcome {
            loss,
            epoch_finished,
        }
    }

    fn upcoming_range(&self) -> std::ops::Range<usize> {
        let start = self.progress.seen;
        start..(start + self.settings.batch_size).min(self.progress.order.len())
    }

    /// Indices of the examples of the next mini-batch.
    pub fn upcoming_examples(&self) -> &[u32] {
        &self.progress.order[self.upcoming_range()]
    }

    /// The network as it is now.
    pub fn network(&self) -> &Network {
        &self.progress.network
    }

    /// Leaves every layer's output of the next steps in [`Trainer::trace`], to be looked at; if nobody says so, only what learning
    /// needs.
    pub fn keep_every_layer(&mut self) {
        self.trace.keep(Kept::EveryLayer);
    }

    /// The trace of the latest step, for its mini-batch, with dropout on.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// The gradient of the latest step's loss, without penalties.
    pub fn gradients(&self) -> &Gradients {
        &self.gradients
    }

    /// The settings as they are now.
    pub fn settings(&self) -> &TrainerSettings {
        &self.settings
    }

    /// Sets the step length for the steps to come.
    ///
    /// # Panics
    /// If it is not a number above 0.
    pub fn set_learning_rate(&mut self, learning_rate: f32) {
        check_learning_rate(learning_rate);
        self.settings.learning_rate = learning_rate;
    }

    /// Sets the penalties for the steps to come.
    ///
    /// # Panics
    /// If a factor is negative or the bound is not positive.
    pub fn set_penalties(&mut self, penalties: Penalties) {
        penalties.check();
        self.settings.penalties = penalties;
    }

    /// Sets p of every dropout layer of `kind`. A network without such a layer stays as it is.
    pub fn set_dropout_probability(&mut self, kind: DropoutKind, probability: f32) {
        for layer in self.progress.network.layers_mut() {
            match layer {
                Layer::Dropout(dropout) if dropout.kind() == kind => {
                    *dropout = dropout.with_probability(probability)
                }
                _ => {}
            }
        }
    }

    /// Number of finished epochs.
    pub fn epoch(&self) -> usize {
        self.progress.epoch
    }

    /// Number of steps in one epoch: examples / batch size, rounded up.
    pub fn steps_in_epoch(&self) -> usize {
        self.progress.order.len().div_ceil(self.settings.batch_size)
    }

    /// Number of steps done in the current epoch, from 0 to one below [`Trainer::steps_in_epoch`].
    pub fn position_in_epoch(&self) -> usize {
        self.progress.seen.div_ceil(self.settings.batch_size)
    }

    /// Everything needed to return here.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            progress: self.progress.clone(),
        }
    }

    /// Returns to `snapshot`: parameters, optimizer state, place in the epoch, chance. Learning rate and penalties
    /// stay as they are now; so does every dropout probability.
    ///
    /// # Panics
    /// If the snapshot is of another network or number of examples.
    pub fn restore(&mut self, snapshot: &Snapshot) {
        let (own, other) = (&self.progress, &snapshot.progress);
        assert_eq!(
            own.order.len(),
            other.order.len(),
            "the snapshot is of another training set"
        );
        assert_eq!(
            own.network.layers().len(),
            other.network.layers().len(),
            "the snapshot is of another network"
        );
        let parameters = other.network.parameters();
        let mut network = self.progress.network.clone();
        network.set_parameters(&parameters);
        self.progress = snapshot.progress.clone();
        self.progress.network = network;
    }
}

/// 0, 1, 2, ...
fn in_file_order(example_count: usize) -> Vec<u32> {
    (0..u32::try_from(example_count).expect("examples are counted in 32 bits")).collect()
}

fn check_learning_rate(learning_rate: f32) {
    assert!(
        learning_rate.is_finite() && learning_rate > 0.0,
        "learning rate {learning_rate} is not above 0"
    );
}
