//! What to train, as data: checked once, then built. The same recipe gives the same weights, bit for bit.

mod book;
mod networks;
mod validate;

pub use book::NIELSEN_SEED;
pub use validate::{MAX_LAYERS, MAX_PARAMETERS, RecipeError, ValidRecipe};

use serde::{Deserialize, Serialize};

/// Everything that decides a training run. Two runs of one recipe end with the same bits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// Layers from the 1 x 28 x 28 image to the last layer, which must give ten values (the logits).
    pub layers: Vec<LayerRecipe>,
    /// What the last layer's values are compared with.
    pub loss: LossRecipe,
    /// How weights and biases are drawn before the first step.
    pub initialisation: InitialisationRecipe,
    /// Whose random numbers the initial weights and the order of the images come from.
    pub chance: ChanceRecipe,
    /// How bytes become pixels.
    pub pixels: PixelRecipe,
    /// Training images: the first this many of the split's training part, 1..=5000.
    pub training_images: u32,
    /// Share of the training labels that are replaced by another class, in `[0, 1]`.
    pub label_noise: f32,
    /// What is done at random to every training image, anew in each epoch. Measuring sees the images as they are.
    pub augmentation: AugmentationRecipe,
    /// How a gradient becomes a step.
    pub optimizer: OptimizerRecipe,
    /// Step size eta, in `]0, 100]`.
    pub learning_rate: f32,
    /// Images a step, 1..=training_images.
    pub batch_size: u32,
    /// Passes over the training images, 1..=100,000.
    pub epochs: u32,
    /// What large weights cost.
    pub penalties: PenaltiesRecipe,
    /// End the run when the validation error has not improved for this many epochs.
    pub patience: Option<u32>,
    /// What is looked at besides loss and error, at every measured moment. It changes nothing in the run.
    pub observation: Observation,
    /// Whether training loss and error are measured with dropout on as well. It changes nothing in the run, which follows a
    /// change of it.
    pub measure_learning: bool,
    /// Where all chance comes from: initial weights, order of the images, dropout masks, label noise, augmentation.
    pub seed: u64,
}

/// One layer as data.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum LayerRecipe {
    /// Every output sees every input.
    Dense {
        /// Number of outputs, 1..=4096.
        units: u32,
    },
    /// One kernel a map, shared by all places.
    Convolution {
        /// Feature maps.
        maps: u32,
        /// Side of the square kernel, pixels.
        kernel: u32,
        /// Step between windows, pixels.
        stride: u32,
        /// Zeros added at every border, pixels.
        padding: u32,
    },
    /// As [`LayerRecipe::Convolution`], with a kernel of its own at each place.
    LocallyConnected {
        /// Feature maps.
        maps: u32,
        /// Side of the square kernel, pixels.
        kernel: u32,
        /// Step between windows, pixels.
        stride: u32,
        /// Zeros added at every border, pixels.
        padding: u32,
    },
    /// Largest value of each window.
    MaxPool {
        /// Side of the square window, cells.
        window: u32,
        /// Step between windows, cells.
        stride: u32,
    },
    /// Mean of each window.
    AveragePool {
        /// Side of the square window, cells.
        window: u32,
        /// Step between windows, cells.
        stride: u32,
    },
    /// Maps become one row of numbers.
    Flatten,
    /// max(0, x)
    Relu,
    /// x for x > 0, slope x else.
    LeakyRelu {
        /// Slope for negative inputs, in `[0, 1[`.
        slope: f32,
    },
    /// 1 / (1 + e^-x)
    Sigmoid,
    /// tanh x
    Tanh,
    /// While learning, each value is 0 with this probability and scaled by 1 / (1 - p) otherwise (inverted dropout).
    Dropout {
        /// p in `[0, 1[`.
        probability: f32,
        /// True for dropout of the image's pixels: a change of p during a run leaves it alone.
        on_input: bool,
    },
}

/// What is minimised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LossRecipe {
    /// Softmax and -ln p(label), fused.
    SoftmaxCrossEntropy,
    /// One sigmoid for each class and the sum of their binary cross-entropies, fused (Nielsen, chapter 3).
    SigmoidCrossEntropy,
    /// Half the squared distance to the one-hot label, on the last layer's values.
    Quadratic,
}

/// How weights and biases start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InitialisationRecipe {
    /// Weights N(0, 2 / inputs), biases 0 (He et al. 2015): for ReLU.
    He,
    /// Weights uniform with variance 2 / (inputs + outputs), biases 0 (Glorot and Bengio 2010): for sigmoid and tanh.
    Xavier,
    /// Weights N(0, 1 / inputs), biases N(0, 1) (Nielsen, chapter 3).
    Nielsen,
    /// Weights and biases N(0, 1) (Nielsen, chapter 1).
    NielsenLarge,
}

/// Whose random numbers the initial weights and the order of the images come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChanceRecipe {
    /// The engine's own streams.
    #[default]
    Own,
    /// Those of the programs in Nielsen's book, with NumPy and Python 2 seeded by the recipe's seed, which must fit in 32
    /// bits: see [`book_chance`](crate::engine::book_chance). Dense layers only, initialised in one of the book's two ways.
    Book,
}

/// How bytes become pixels: see [`PixelScale`](crate::data::dataset::PixelScale).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PixelRecipe {
    /// byte / 255.
    #[default]
    By255,
    /// byte / 256, as in the book's data file.
    By256,
}

/// What is looked at besides loss and error; each answers with its [`Observed`](super::message::Observed).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Observation {
    /// Nothing.
    #[default]
    Nothing,
    /// The gradient's norm in each layer with parameters.
    Gradients,
    /// The weighted inputs of each activation layer: histogram, silent and dead units.
    Units,
    /// The last layer's values for the test images, at every measured moment.
    Outputs,
    /// The last layer's values for the test images at the last measured moment, whenever the run stands still.
    OutputsAtRest,
    /// All weights and biases: before the first step, then several times a second, and whenever the run stands still.
    Parameters,
    /// How large the weights are: sums, longest incoming vector, histogram.
    Weights,
    /// The units of the last activation layer: correlations, zeros, and the error with half of them silenced.
    Together,
}

/// Ranges of what is done to every training image by chance; see [`Augmentation`](crate::data::augmentation::Augmentation).
/// All 0: nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AugmentationRecipe {
    /// Largest rotation either way, degrees, 0..=180.
    pub rotation: f32,
    /// Largest translation in each direction, pixels, 0..=14.
    pub translation: f32,
    /// Sizes are multiplied by a factor between 1 / (1 + scale) and 1 + scale, 0..=1.
    pub scale: f32,
    /// Largest shear, pixels for each pixel of height, 0..=1.
    pub shear: f32,
    /// Largest change of size at the edges, as a share, 0..=0.4.
    pub perspective: f32,
    /// Largest elastic displacement, pixels, 0..=10.
    pub elastic: f32,
    /// Standard deviation of noise on each pixel, 0..=1.
    pub noise: f32,
    /// Largest side of the erased patch, pixels, 0..=28.
    pub erasing: f32,
}

impl AugmentationRecipe {
    /// What a hand could have done, for `strength` 1: up to 10 degrees, 1.5 pixels, a tenth of size and slant, and a bend of 2 pixels;
    /// for other strengths that many times as much.
    pub fn gentle(strength: f32) -> Self {
        Self {
            rotation: 10.0 * strength,
            translation: 1.5 * strength,
            scale: 0.1 * strength,
            shear: 0.1 * strength,
            elastic: 2.0 * strength,
            ..Self::default()
        }
    }
}

/// How a gradient becomes a step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum OptimizerRecipe {
    /// Stochastic gradient descent.
    Sgd,
    /// Heavy-ball momentum 0.9.
    Momentum,
    /// Nesterov momentum 0.9.
    Nesterov,
    /// Adam with beta 0.9 and 0.999, epsilon 1e-8.
    Adam,
}

/// What large weights cost. Biases are free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PenaltiesRecipe {
    /// lambda_1: the loss grows by lambda_1 times the sum of |w|.
    pub l1: f32,
    /// lambda_2: the loss grows by lambda_2 / 2 times the sum of w^2.
    pub l2: f32,
    /// Longest allowed vector of incoming weights of a unit.
    pub max_norm: Option<f32>,
}
