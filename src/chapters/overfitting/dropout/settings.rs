//! The panel's settings, each in the link, and the two recipes that follow from them.

use leptos::prelude::*;

use crate::lab::recipe::{
    AugmentationRecipe, Observation, OptimizerRecipe, PenaltiesRecipe, Recipe, RecipeError,
    ValidRecipe,
};
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;
use crate::ui::seeds::Shown;
use crate::ui::twin_curves::AxisKind;

/// The panel's name in links.
pub const ID: &str = "dropout";

/// Which kind of network both runs train.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkKind {
    /// Hidden layers of ReLU units.
    Dense,
    /// The sheet's CNN: N = 28, M = 20, K = 100.
    Convolutional,
}

const NETWORKS: &[(&str, NetworkKind)] = &[
    ("dense", NetworkKind::Dense),
    ("cnn", NetworkKind::Convolutional),
];
const OPTIMIZERS: &[(&str, OptimizerRecipe)] = &[
    ("sgd", OptimizerRecipe::Sgd),
    ("momentum", OptimizerRecipe::Momentum),
    ("nesterov", OptimizerRecipe::Nesterov),
    ("adam", OptimizerRecipe::Adam),
];
const AXES: &[(&str, AxisKind)] = &[("linear", AxisKind::Linear), ("log", AxisKind::Logarithmic)];
const PANELS: &[(&str, Panels)] = &[("shared", Panels::Shared), ("separate", Panels::Separate)];
const CURVES: &[(&str, Shown)] = &[("latest", Shown::Latest), ("seeds", Shown::Seeds)];

/// Whether both runs are drawn on the same axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panels {
    /// On the same.
    Shared,
    /// Each run on its own.
    Separate,
}

/// Every setting of the panel.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Kind of both networks.
    pub network: RwSignal<NetworkKind>,
    /// Units in each hidden layer (dense).
    pub width: RwSignal<f64>,
    /// Hidden layers (dense).
    pub depth: RwSignal<f64>,
    /// Training images.
    pub images: RwSignal<f64>,
    /// Epochs.
    pub epochs: RwSignal<f64>,
    /// Images in a mini-batch.
    pub batch: RwSignal<f64>,
    /// Update rule.
    pub optimizer: RwSignal<OptimizerRecipe>,
    /// Dropout of the pixels in run B.
    pub input_dropout: RwSignal<f64>,
    /// Share of wrong training labels.
    pub noise: RwSignal<f64>,
    /// Strength of augmentation, 1 for what a hand could have done.
    pub augmentation: RwSignal<f64>,
    /// Patience of early stopping in epochs; 0 for none.
    pub patience: RwSignal<f64>,
    /// Source of all chance.
    pub seed: RwSignal<f64>,
    /// Step size; may change during a run.
    pub rate: RwSignal<f64>,
    /// Dropout behind hidden layers in run B; may change during a run.
    pub dropout: RwSignal<f64>,
    /// L1 penalty; may change during a run.
    pub l1: RwSignal<f64>,
    /// L2 penalty; may change during a run.
    pub l2: RwSignal<f64>,
    /// Longest incoming weight vector of a unit, 0 for no limit; may change during a run.
    pub max_norm: RwSignal<f64>,
    /// Upward axes of the figures.
    pub axes: RwSignal<AxisKind>,
    /// Whether both runs are drawn on the same axes.
    pub panels: RwSignal<Panels>,
    /// Which curves are drawn.
    pub shown: RwSignal<Shown>,
    /// Whether training measures are taken with dropout on too; may change during a run.
    pub learning: RwSignal<bool>,
    /// Whether mistakes of one kind only are shown.
    pub one_kind: RwSignal<bool>,
    /// That kind: what the digits are.
    pub label: RwSignal<f64>,
    /// That kind: what they are taken for.
    pub read: RwSignal<f64>,
}

/// Settings that decide no recipe.
pub const VIEW: &[&str] = &[
    "axes", "panels", "curves", "learning", "one-kind", "label", "read",
];

/// Defaults that sliders go back to.
pub mod default {
    /// Units in each hidden layer.
    pub const WIDTH: f64 = 300.0;
    /// Hidden layers.
    pub const DEPTH: f64 = 1.0;
    /// Training images.
    pub const IMAGES: f64 = 1000.0;
    /// Epochs.
    pub const EPOCHS: f64 = 100.0;
    /// Images in a mini-batch.
    pub const BATCH: f64 = 10.0;
    /// Step size.
    pub const RATE: f64 = 0.05;
    /// Dropout behind hidden layers.
    pub const DROPOUT: f64 = 0.5;
    /// Seed.
    pub const SEED: f64 = 1.0;
    /// The kind of mistake that is looked at: a label, and what is read instead.
    pub const KIND: (f64, f64) = (4.0, 9.0);
}

impl Settings {
    /// Declares the settings.
    pub fn declare() -> Self {
        let link = expect_context::<Link>();
        let number = |key, default, least: f64, most: f64| {
            link.field(ID, key, default, Codec::within(least..=most))
        };
        let whole = |key, default, least: f64, most: f64| {
            link.field(ID, key, default, Codec::whole(least..=most))
        };
        Self {
            network: link.field(ID, "network", NetworkKind::Dense, Codec::one_of(NETWORKS)),
            width: whole("width", default::WIDTH, 1.0, 1000.0),
            depth: whole("depth", default::DEPTH, 1.0, 4.0),
            images: whole("images", default::IMAGES, 10.0, 5000.0),
            epochs: whole("epochs", default::EPOCHS, 1.0, 1000.0),
            batch: whole("batch", default::BATCH, 1.0, 500.0),
            optimizer: link.field(
                ID,
                "optimizer",
                OptimizerRecipe::Sgd,
                Codec::one_of(OPTIMIZERS),
            ),
            input_dropout: number("input-p", 0.0, 0.0, 0.9),
            noise: number("noise", 0.0, 0.0, 1.0),
            augmentation: number("augmentation", 0.0, 0.0, 2.0),
            patience: whole("patience", 0.0, 0.0, 200.0),
            seed: whole("seed", default::SEED, 0.0, 999_999.0),
            rate: number("rate", default::RATE, 0.0001, 10.0),
            dropout: number("p", default::DROPOUT, 0.0, 0.95),
            l1: number("l1", 0.0, 0.0, 0.1),
            l2: number("l2", 0.0, 0.0, 0.1),
            max_norm: number("max-norm", 0.0, 0.0, 10.0),
            axes: link.field(ID, "axes", AxisKind::Linear, Codec::one_of(AXES)),
            panels: link.field(ID, "panels", Panels::Shared, Codec::one_of(PANELS)),
            shown: link.field(ID, "curves", Shown::Latest, Codec::one_of(CURVES)),
            learning: link.field(ID, "learning", false, Codec::switch()),
            one_kind: link.field(ID, "one-kind", false, Codec::switch()),
            label: whole("label", default::KIND.0, 0.0, 9.0),
            read: whole("read", default::KIND.1, 0.0, 9.0),
        }
    }

    /// Penalties as they stand now.
    pub fn penalties(&self) -> PenaltiesRecipe {
        let max_norm = self.max_norm.get() as f32;
        PenaltiesRecipe {
            l1: self.l1.get() as f32,
            l2: self.l2.get() as f32,
            max_norm: (max_norm > 0.0).then_some(max_norm),
        }
    }

    /// The recipes of run A, without dropout, and run B, with it.
    ///
    /// # Errors
    /// The first setting that cannot be trained.
    pub fn recipes(&self) -> Result<Vec<ValidRecipe>, RecipeError> {
        let b = self.recipe(self.dropout.get() as f32, self.input_dropout.get() as f32);
        let a = self.recipe(0.0, 0.0);
        Ok(vec![a.validate()?, b.validate()?])
    }

    fn recipe(&self, dropout: f32, input_dropout: f32) -> Recipe {
        let network = match self.network.get() {
            NetworkKind::Dense => {
                Recipe::dense(self.width.get() as u32, self.depth.get() as u32, dropout)
            }
            NetworkKind::Convolutional => Recipe::sheet_cnn(dropout),
        };
        let patience = self.patience.get() as u32;
        Recipe {
            training_images: self.images.get() as u32,
            label_noise: self.noise.get() as f32,
            augmentation: AugmentationRecipe::gentle(self.augmentation.get() as f32),
            optimizer: self.optimizer.get(),
            learning_rate: self.rate.get() as f32,
            batch_size: self.batch.get() as u32,
            epochs: self.epochs.get() as u32,
            penalties: self.penalties(),
            patience: (patience > 0).then_some(patience),
            observation: Observation::OutputsAtRest,
            measure_learning: self.learning.get(),
            seed: self.seed.get() as u64,
            ..network.with_input_dropout(input_dropout)
        }
    }
}

/// Where the effect is, and where it is not.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "1,000 images, 300 units",
        claim: "Both networks learn the training images by heart; dropout takes the test error from about 11.9 % to about 10.7 %.",
        values: &[],
    },
    Preset {
        title: "Pixels dropped too",
        claim: "Dropout of 20 % of the pixels as well helps most: about one point more.",
        values: &[("input-p", "0.2")],
    },
    Preset {
        title: "100 images",
        claim: "With few images dropout gains nothing in error, and the loss gets worse.",
        values: &[("images", "100"), ("width", "100"), ("epochs", "200")],
    },
    Preset {
        title: "16 units",
        claim: "A network that is too small to overfit only loses: dropout makes it worse.",
        values: &[("images", "5000"), ("width", "16"), ("epochs", "20")],
    },
    Preset {
        title: "One epoch",
        claim: "Dropout starts behind: after one epoch it has learned less.",
        values: &[("width", "100"), ("epochs", "1")],
    },
    Preset {
        title: "The sheet\u{2019}s CNN",
        claim: "With the same 1,000 images the CNN errs about three points less than the dense network, before any dropout.",
        values: &[("network", "cnn"), ("epochs", "30")],
    },
    Preset {
        title: "Rate too large",
        claim: "A learning rate of 10 throws the loss off: both runs stop within the first epoch and say so.",
        values: &[("rate", "10")],
    },
];
