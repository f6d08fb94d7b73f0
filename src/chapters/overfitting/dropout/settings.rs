//! The panel's settings, each in the link, and the two recipes that follow from them.

use leptos::prelude::*;

use crate::lab::experiments::Named;
pub use crate::lab::experiments::panel::NetworkKind;
use crate::lab::experiments::panel::{
    AT_FIRST, HUNDRED_IMAGES, ONE_EPOCH, PIXELS_TOO, Panel, RATE_TOO_LARGE, SHEETS_CNN,
    SIXTEEN_UNITS,
};
use crate::lab::recipe::{OptimizerRecipe, PenaltiesRecipe, Recipe, RecipeError, ValidRecipe};
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;
use crate::ui::seeds::Shown;
use crate::ui::twin_curves::AxisKind;

/// The panel's name in links.
pub const ID: &str = "dropout";

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

/// Settings of a page that was just opened.
pub const DEFAULT: Panel = Panel::DEFAULT;
/// The kind of mistake that is looked at in it: a label, and what is read instead.
pub const KIND: (f64, f64) = (4.0, 9.0);

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
            network: link.field(
                ID,
                "network",
                NetworkKind::Dense,
                Codec::one_of(NetworkKind::NAMES),
            ),
            width: whole("width", DEFAULT.width, 1.0, 1000.0),
            depth: whole("depth", DEFAULT.depth, 1.0, 4.0),
            images: whole("images", DEFAULT.images, 10.0, 5000.0),
            epochs: whole("epochs", DEFAULT.epochs, 1.0, 1000.0),
            batch: whole("batch", DEFAULT.batch, 1.0, 500.0),
            optimizer: link.field(
                ID,
                "optimizer",
                OptimizerRecipe::Sgd,
                Codec::one_of(OptimizerRecipe::NAMES),
            ),
            input_dropout: number("input-p", 0.0, 0.0, 0.9),
            noise: number("noise", 0.0, 0.0, 1.0),
            augmentation: number("augmentation", 0.0, 0.0, 2.0),
            patience: whole("patience", 0.0, 0.0, 200.0),
            seed: whole("seed", DEFAULT.seed, 0.0, 999_999.0),
            rate: number("rate", DEFAULT.rate, 0.0001, 10.0),
            dropout: number("p", DEFAULT.dropout, 0.0, 0.95),
            l1: number("l1", 0.0, 0.0, 0.1),
            l2: number("l2", 0.0, 0.0, 0.1),
            max_norm: number("max-norm", 0.0, 0.0, 10.0),
            axes: link.field(ID, "axes", AxisKind::Linear, Codec::one_of(AXES)),
            panels: link.field(ID, "panels", Panels::Shared, Codec::one_of(PANELS)),
            shown: link.field(ID, "curves", Shown::Latest, Codec::one_of(CURVES)),
            learning: link.field(ID, "learning", false, Codec::switch()),
            one_kind: link.field(ID, "one-kind", false, Codec::switch()),
            label: whole("label", KIND.0, 0.0, 9.0),
            read: whole("read", KIND.1, 0.0, 9.0),
        }
    }

    /// As they stand now.
    fn now(&self) -> Panel {
        Panel {
            network: self.network.get(),
            width: self.width.get(),
            depth: self.depth.get(),
            images: self.images.get(),
            epochs: self.epochs.get(),
            batch: self.batch.get(),
            optimizer: self.optimizer.get(),
            dropout: self.dropout.get(),
            input_dropout: self.input_dropout.get(),
            noise: self.noise.get(),
            augmentation: self.augmentation.get(),
            patience: self.patience.get(),
            rate: self.rate.get(),
            l1: self.l1.get(),
            l2: self.l2.get(),
            max_norm: self.max_norm.get(),
            seed: self.seed.get(),
        }
    }

    /// Penalties as they stand now.
    pub fn penalties(&self) -> PenaltiesRecipe {
        // Reads what it needs: whoever follows it is not to hear of the other settings.
        let penalised = Panel {
            l1: self.l1.get(),
            l2: self.l2.get(),
            max_norm: self.max_norm.get(),
            ..Panel::DEFAULT
        };
        penalised.penalties()
    }

    /// The recipes of run A, without dropout, and run B, with it.
    ///
    /// # Errors
    /// The first setting that cannot be trained.
    pub fn recipes(&self) -> Result<Vec<ValidRecipe>, RecipeError> {
        let measure_learning = self.learning.get();
        let recipes = self.now().recipes().map(|recipe| Recipe {
            measure_learning,
            ..recipe
        });
        recipes.map(Recipe::validate).into_iter().collect()
    }
}

/// Where the effect is, and where it is not. `tests/it/learning.rs` trains them.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "1,000 images, 300 units",
        claim: "Both networks learn the training images by heart; dropout takes the test error from about 11.9 % to about 10.7 %.",
        values: AT_FIRST,
    },
    Preset {
        title: "Pixels dropped too",
        claim: "Dropout of 20 % of the pixels as well helps most: about one point more.",
        values: PIXELS_TOO,
    },
    Preset {
        title: "100 images",
        claim: "With few images dropout gains nothing in error, and the loss gets worse.",
        values: HUNDRED_IMAGES,
    },
    Preset {
        title: "16 units",
        claim: "Sixteen units have none to spare: with dropout they no longer learn the training images, whose error goes from about 1 % to about 6 %, and the test error rises by one or two points.",
        values: SIXTEEN_UNITS,
    },
    Preset {
        title: "One epoch",
        claim: "Dropout starts behind: after one epoch it has learned less.",
        values: ONE_EPOCH,
    },
    Preset {
        title: "The sheet\u{2019}s CNN",
        claim: "Dropout on its dense units takes the CNN from about 9 % to about 7.5 % test error and its loss down by a tenth or more. Without dropout it errs about three points less than the dense network on the same 1,000 images.",
        values: SHEETS_CNN,
    },
    Preset {
        title: "Rate too large",
        claim: "A learning rate of 10 throws the loss off: both runs stop within the first epoch and say so.",
        values: RATE_TOO_LARGE,
    },
];
