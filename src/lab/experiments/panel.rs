//! 4.1 The training panel: two runs that differ in dropout.

use super::{Named, Values, settings};
use crate::lab::recipe::{
    AugmentationRecipe, Observation, OptimizerRecipe, PenaltiesRecipe, Recipe,
};

/// Which kind of network both runs train.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkKind {
    /// Hidden layers of ReLU units.
    Dense,
    /// The sheet's CNN: N = 28, M = 20, K = 100.
    Convolutional,
}

impl Named for NetworkKind {
    const NAMES: &'static [(&'static str, Self)] =
        &[("dense", Self::Dense), ("cnn", Self::Convolutional)];
}

settings! {
    /// What decides the two runs.
    Panel {
        /// Kind of both networks.
        network("network"): NetworkKind = NetworkKind::Dense,
        /// Units in each hidden layer (dense).
        width("width"): f64 = 300.0,
        /// Hidden layers (dense).
        depth("depth"): f64 = 1.0,
        /// Training images.
        images("images"): f64 = 1000.0,
        /// Epochs.
        epochs("epochs"): f64 = 100.0,
        /// Images in a mini-batch.
        batch("batch"): f64 = 10.0,
        /// Update rule.
        optimizer("optimizer"): OptimizerRecipe = OptimizerRecipe::Sgd,
        /// Dropout behind hidden layers in run B.
        dropout("p"): f64 = 0.5,
        /// Dropout of the pixels in run B.
        input_dropout("input-p"): f64 = 0.0,
        /// Share of wrong training labels.
        noise("noise"): f64 = 0.0,
        /// Strength of augmentation, 1 for what a hand could have done.
        augmentation("augmentation"): f64 = 0.0,
        /// Patience of early stopping in epochs; 0 for none.
        patience("patience"): f64 = 0.0,
        /// Step size.
        rate("rate"): f64 = 0.05,
        /// L1 penalty.
        l1("l1"): f64 = 0.0,
        /// L2 penalty.
        l2("l2"): f64 = 0.0,
        /// Longest incoming weight vector of a unit, 0 for no limit.
        max_norm("max-norm"): f64 = 0.0,
        /// Source of all chance.
        seed("seed"): f64 = 1.0,
    }
}

impl Panel {
    /// What large weights cost.
    pub fn penalties(&self) -> PenaltiesRecipe {
        PenaltiesRecipe {
            l1: self.l1 as f32,
            l2: self.l2 as f32,
            max_norm: (self.max_norm > 0.0).then_some(self.max_norm as f32),
        }
    }

    /// The recipes of run A, without dropout, and run B, with it.
    pub fn recipes(&self) -> [Recipe; 2] {
        [
            self.recipe(0.0, 0.0),
            self.recipe(self.dropout as f32, self.input_dropout as f32),
        ]
    }

    fn recipe(&self, dropout: f32, input_dropout: f32) -> Recipe {
        let network = match self.network {
            NetworkKind::Dense => Recipe::dense(self.width as u32, self.depth as u32, dropout),
            NetworkKind::Convolutional => Recipe::sheet_cnn(dropout),
        };
        let patience = self.patience as u32;
        Recipe {
            training_images: self.images as u32,
            label_noise: self.noise as f32,
            augmentation: AugmentationRecipe::gentle(self.augmentation as f32),
            optimizer: self.optimizer,
            learning_rate: self.rate as f32,
            batch_size: self.batch as u32,
            epochs: self.epochs as u32,
            penalties: self.penalties(),
            patience: (patience > 0).then_some(patience),
            observation: Observation::OutputsAtRest,
            seed: self.seed as u64,
            ..network.with_input_dropout(input_dropout)
        }
    }
}

/// 1,000 images, 300 units.
pub const AT_FIRST: Values = &[];
/// A fifth of the pixels dropped too.
pub const PIXELS_TOO: Values = &[("input-p", "0.2")];
/// Few images.
pub const HUNDRED_IMAGES: Values = &[("images", "100"), ("width", "100"), ("epochs", "200")];
/// Few units, many images.
pub const SIXTEEN_UNITS: Values = &[("images", "5000"), ("width", "16"), ("epochs", "20")];
/// The beginning.
pub const ONE_EPOCH: Values = &[("width", "100"), ("epochs", "1")];
/// The homework sheet's network.
pub const SHEETS_CNN: Values = &[("network", "cnn"), ("epochs", "30")];
/// Steps that are too long.
pub const RATE_TOO_LARGE: Values = &[("rate", "10")];
