//! What page and worker tell each other: two closed enums, sent as postcard bytes.

mod sizes;

pub use sizes::*;

use serde::{Deserialize, Serialize};

use super::recipe::{PenaltiesRecipe, Recipe};
use super::study::Study;
use super::study::ensemble::Ensemble;

/// Number of a run, given by the page; a report carries the number of the run it speaks of.
pub type RunId = u32;

/// From the page to the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// The bundled digits as they came over the network.
    Digits(Vec<u8>),
    /// Start a run; an earlier one ends.
    Start {
        /// Number of the new run.
        run: RunId,
        /// What to train.
        recipe: Box<Recipe>,
        /// How far to go now.
        drive: Drive,
    },
    /// Measure a network under one condition after another; an earlier run ends.
    Study {
        /// Number of the new run.
        run: RunId,
        /// What to measure.
        study: Box<Study>,
    },
    /// Measure averages of thinned networks; an earlier run ends.
    Ensemble {
        /// Number of the new run.
        run: RunId,
        /// What to average.
        ensemble: Box<Ensemble>,
    },
    /// Go on, or pause.
    Drive(Drive),
    /// End the run; what was measured stays.
    Stop,
    /// Step size from the next mini-batch on.
    SetLearningRate(f32),
    /// Probability of the hidden layers' dropout from the next mini-batch on.
    SetDropout(f32),
    /// Penalties from the next mini-batch on.
    SetPenalties(PenaltiesRecipe),
    /// Whether training loss and error are measured with dropout on as well, from the next measured moment on.
    MeasureLearning(bool),
    /// After a divergence: take the weights of the last epoch that was sound, and pause there.
    ReturnToLastGood,
}

impl Command {
    /// Whether it changes what a run under way learns, so that the recipe of its start no longer tells its end.
    pub fn alters_training(&self) -> bool {
        matches!(
            self,
            Self::SetLearningRate(_)
                | Self::SetDropout(_)
                | Self::SetPenalties(_)
                | Self::ReturnToLastGood
        )
    }

    /// Writes what the command sets into the recipe of a run under way; other commands leave it alone.
    pub fn set_in(&self, recipe: &mut Recipe) {
        match self {
            Self::SetLearningRate(rate) => recipe.learning_rate = *rate,
            Self::SetDropout(probability) => recipe.set_dropout(*probability),
            Self::SetPenalties(penalties) => recipe.penalties = *penalties,
            Self::MeasureLearning(on) => recipe.measure_learning = *on,
            Self::Digits(_)
            | Self::Start { .. }
            | Self::Study { .. }
            | Self::Ensemble { .. }
            | Self::Drive(_)
            | Self::Stop
            | Self::ReturnToLastGood => {}
        }
    }
}

/// How far a run goes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Drive {
    /// To the end.
    Run,
    /// Not at all.
    Pause,
    /// One mini-batch, then pause.
    OneBatch,
    /// To the end of the epoch, then pause.
    OneEpoch,
}

/// From the worker to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Report {
    /// The worker runs and awaits the digits.
    Awake,
    /// The digits are decoded; runs can start.
    Ready,
    /// The digits or the recipe could not be used; the text says why and what to do.
    Refused {
        /// The run that was to start, if it was one.
        run: Option<RunId>,
        /// For the reader of the page.
        message: String,
    },
    /// The run was built.
    Started {
        /// Which run.
        run: RunId,
        /// Weights and biases.
        parameters: u64,
        /// Mini-batches an epoch.
        steps_per_epoch: u32,
    },
    /// Where the run is; several times a second.
    Progress {
        /// Which run.
        run: RunId,
        /// Epochs done, with the fraction of the current one.
        epoch: f64,
        /// Mean loss of the last mini-batch, dropout on; none before the first.
        batch_loss: Option<f32>,
        /// Time spent training so far, milliseconds.
        training_ms: f64,
        /// Time spent measuring so far, milliseconds.
        measuring_ms: f64,
        /// Share of the whole run that is done, in [0, 1].
        done: f64,
    },
    /// Loss and error at one moment of the run.
    Measured {
        /// Which run.
        run: RunId,
        /// What was measured.
        point: Point,
    },
    /// What the recipe's observation saw, at the moment that was measured just before; parameters at other moments too. What is
    /// seen of a run at rest comes before the word that it rests.
    Observed {
        /// Which run.
        run: RunId,
        /// Epochs done, with the fraction of the current one.
        epoch: f64,
        /// What was seen.
        observed: Observed,
    },
    /// A study has measured one condition.
    Studied {
        /// Which run.
        run: RunId,
        /// Place in [`Study::conditions`], or in the order of [`read`](super::study::ensemble::read); they come in order.
        condition: u32,
        /// What was measured.
        measures: Measures,
    },
    /// The run's state changed.
    State {
        /// Which run.
        run: RunId,
        /// The new state.
        state: RunState,
    },
}

/// Loss and error of one network on one set of images, without penalties.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measures {
    /// Mean loss over the images.
    pub loss: f64,
    /// Share of wrong predictions, in [0, 1].
    pub error: f64,
}

/// One measured moment; dropout is off but where it says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Epochs done, with the fraction of the current one.
    pub epoch: f64,
    /// On the training images, with the labels that are trained on.
    pub training: Measures,
    /// The same with dropout on, as a mini-batch sees it; only where the recipe asks for it.
    pub learning: Option<Measures>,
    /// On the validation images; only where early stopping asks for it.
    pub validation: Option<Measures>,
    /// On the test images.
    pub test: Measures,
}

/// What an [`Observation`](super::recipe::Observation) saw. Dropout is off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Observed {
    /// One for each layer with parameters, first to last, of the gradient of the mean loss over all training images.
    Gradients(Vec<LayerGradient>),
    /// One for each activation layer, first to last, over all training images.
    Units(Vec<LayerUnits>),
    /// Values of the last layer, (test image, class) row-major, for all test images.
    Outputs(Vec<f32>),
    /// All weights and biases in the order of [`Network::parameters`](crate::engine::network::Network::parameters).
    Parameters(Vec<f32>),
    /// How large the weights are.
    Weights(Weights),
    /// The last activation layer on the first [`TOGETHER_IMAGES`] test images.
    Together(Together),
}

/// How strongly one layer is asked to change.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LayerGradient {
    /// Euclidean norm of the gradient with respect to the layer's weights and biases.
    pub norm: f32,
    /// Mean of f'(z) over units and images, f the activation function behind the layer; none behind the last.
    pub mean_slope: Option<f32>,
}

/// Weighted inputs in [`LayerUnits::counts`] reach from the first number to the second.
pub const WEIGHTED_INPUT_RANGE: (f32, f32) = (-8.0, 8.0);
/// Number of bins in [`LayerUnits::counts`]; 0 is an edge between two.
pub const WEIGHTED_INPUT_BINS: usize = 64;

/// What the units of one activation layer do: see [`Activity`](crate::engine::activity::Activity).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LayerUnits {
    /// Number of units.
    pub units: u32,
    /// Units with z <= 0 for every training image.
    pub dead: u32,
    /// Share of (image, unit) pairs with z <= 0, in [0, 1].
    pub silent: f64,
    /// Number of (image, unit) pairs with z in each of [`WEIGHTED_INPUT_BINS`] equal bins.
    pub counts: Vec<u32>,
    /// Pairs with z below the first bin.
    pub below: u32,
    /// Pairs with z above the last bin.
    pub above: u32,
}

/// What a run is doing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum RunState {
    /// Steps follow one another.
    Running,
    /// Waits for the page.
    Paused,
    /// All epochs are done, or all conditions of a study.
    Completed {
        /// Hash of all weights and biases: the same recipe gives the same hash in every browser.
        checksum: u64,
    },
    /// Early stopping: the validation error has not improved for `patience` epochs.
    StoppedEarly {
        /// Epoch with the lowest validation error.
        best_epoch: u32,
        /// Epochs without improvement.
        patience: u32,
        /// Hash of all weights and biases.
        checksum: u64,
    },
    /// The loss left the numbers or exploded.
    Diverged {
        /// When, in epochs.
        epoch: f64,
        /// The loss that was seen.
        loss: f32,
        /// Last epoch whose measures were sound.
        last_good_epoch: u32,
    },
    /// Ended by the page.
    Stopped,
}

impl RunState {
    /// Whether no further step will come.
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Running | Self::Paused)
    }
}

/// Room that a message begins with, more than outputs for all test images need, 160 kB: a vector that grows leaves a worker's
/// memory larger than the message.
const ROOM: usize = 256 * 1024;

/// Bytes of a message.
///
/// # Panics
/// Never for these types: writing to a vector cannot fail.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    let encoded = postcard::to_extend(message, Vec::with_capacity(ROOM));
    encoded.expect("a message always encodes")
}

/// A message from bytes.
///
/// # Errors
/// Bytes that are not such a message: page and worker are of different versions.
pub fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, postcard::Error> {
    postcard::from_bytes(bytes)
}
