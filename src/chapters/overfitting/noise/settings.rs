//! Settings of the run on wrong labels, each in the link.

use leptos::prelude::*;

use crate::lab::experiments::noise::{A_FIFTH, ALL, HALF, NONE, Noisy, STOP_EARLY, TEN_UNITS};
use crate::lab::recipe::{Recipe, RecipeError, ValidRecipe};
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;

/// Name in links.
pub const ID: &str = "noise";

/// Settings of a page that was just opened.
pub const DEFAULT: Noisy = Noisy::DEFAULT;

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Share of wrong labels in run B.
    pub noise: RwSignal<f64>,
    /// Training images.
    pub images: RwSignal<f64>,
    /// Hidden units.
    pub width: RwSignal<f64>,
    /// Epochs.
    pub epochs: RwSignal<f64>,
    /// Step size; may change during a run.
    pub rate: RwSignal<f64>,
    /// Source of all chance.
    pub seed: RwSignal<f64>,
}

impl Settings {
    /// Declares all settings in the link.
    pub fn declare() -> Self {
        let link = expect_context::<Link>();
        let whole = |key, default, least: f64, most: f64| {
            link.field(ID, key, default, Codec::whole(least..=most))
        };
        Self {
            noise: link.field(ID, "share", DEFAULT.noise, Codec::within(0.0..=1.0)),
            images: whole("images", DEFAULT.images, 10.0, 5000.0),
            width: whole("width", DEFAULT.width, 1.0, 1000.0),
            epochs: whole("epochs", DEFAULT.epochs, 1.0, 500.0),
            rate: link.field(ID, "rate", DEFAULT.rate, Codec::within(0.0001..=10.0)),
            seed: whole("seed", DEFAULT.seed, 0.0, 999_999.0),
        }
    }

    /// The recipes of run A, with true labels, and run B, with wrong ones among them.
    ///
    /// # Errors
    /// The first setting that cannot be trained.
    pub fn recipes(&self) -> Result<Vec<ValidRecipe>, RecipeError> {
        let now = Noisy {
            noise: self.noise.get(),
            images: self.images.get(),
            width: self.width.get(),
            epochs: self.epochs.get(),
            rate: self.rate.get(),
            seed: self.seed.get(),
        };
        now.recipes().map(Recipe::validate).into_iter().collect()
    }
}

/// From no noise to nothing else. `tests/it/noise.rs` trains them.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "0 % wrong",
        claim: "Both runs are the same, bit for bit: no training error, about 11 % test error.",
        values: NONE,
    },
    Preset {
        title: "20 % wrong",
        claim: "The wrong labels are learned by heart, all but two at most, and the test error is about twice as high.",
        values: A_FIFTH,
    },
    Preset {
        title: "50 % wrong",
        claim: "Half of the labels are wrong, and still the training error goes to 0; on test digits nearly half of the answers are wrong.",
        values: HALF,
    },
    Preset {
        title: "100 % wrong",
        claim: "Not one label is true, and all are learned by heart. The test error is above 95 %: worse than guessing, for what was learned is which digit an image is not.",
        values: ALL,
    },
    Preset {
        title: "Stop early",
        claim: "Digits are learned before noise: after two epochs most images with a wrong label are read as what they are, hardly one of eight as was told, and the test error is far below what it becomes.",
        values: STOP_EARLY,
    },
    Preset {
        title: "10 units",
        claim: "A network of ten units has no room for 500 wrong labels: it keeps a training error of about 30 %. Its test error is higher for all that.",
        values: TEN_UNITS,
    },
];
