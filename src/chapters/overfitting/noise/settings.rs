//! Settings of the run on wrong labels, each in the link.

use leptos::prelude::*;

use crate::lab::recipe::{Recipe, RecipeError, ValidRecipe};
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;

/// Name in links.
pub const ID: &str = "noise";

/// Settings of a page that was just opened.
pub mod default {
    /// Share of wrong labels in run B.
    pub const NOISE: f64 = 0.5;
    /// Training images.
    pub const IMAGES: f64 = 1000.0;
    /// Hidden units.
    pub const WIDTH: f64 = 300.0;
    /// Epochs.
    pub const EPOCHS: f64 = 60.0;
    /// Step size.
    pub const RATE: f64 = 0.1;
    /// Seed.
    pub const SEED: f64 = 1.0;
}

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
            noise: link.field(ID, "share", default::NOISE, Codec::within(0.0..=1.0)),
            images: whole("images", default::IMAGES, 10.0, 5000.0),
            width: whole("width", default::WIDTH, 1.0, 1000.0),
            epochs: whole("epochs", default::EPOCHS, 1.0, 500.0),
            rate: link.field(ID, "rate", default::RATE, Codec::within(0.0001..=10.0)),
            seed: whole("seed", default::SEED, 0.0, 999_999.0),
        }
    }

    /// The recipes of run A, with true labels, and run B, with wrong ones among them.
    ///
    /// # Errors
    /// The first setting that cannot be trained.
    pub fn recipes(&self) -> Result<Vec<ValidRecipe>, RecipeError> {
        let shares = [0.0, self.noise.get() as f32];
        shares
            .map(|share| self.recipe(share).validate())
            .into_iter()
            .collect()
    }

    fn recipe(&self, label_noise: f32) -> Recipe {
        let images = self.images.get() as u32;
        Recipe {
            training_images: images,
            batch_size: 10.min(images),
            label_noise,
            epochs: self.epochs.get() as u32,
            learning_rate: self.rate.get() as f32,
            seed: self.seed.get() as u64,
            ..Recipe::dense(self.width.get() as u32, 1, 0.0)
        }
    }
}

/// From no noise to nothing else. `tests/it/noise.rs` trains them.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "0 % wrong",
        claim: "Both runs are the same, bit for bit: no training error, about 11 % test error.",
        values: &[("share", "0")],
    },
    Preset {
        title: "20 % wrong",
        claim: "Every wrong label is learned by heart: no training error left, and about twice the test error.",
        values: &[("share", "0.2")],
    },
    Preset {
        title: "50 % wrong",
        claim: "Half of the labels are wrong, and still the training error goes to 0; on test digits about half of the answers are wrong.",
        values: &[],
    },
    Preset {
        title: "100 % wrong",
        claim: "Not one label is true, and all are learned by heart. The test error is above 95 %: worse than guessing, for what was learned is which digit an image is not.",
        values: &[("share", "1")],
    },
    Preset {
        title: "Stop early",
        claim: "Digits are learned before noise: after two epochs most of the wrong labels are not learned yet, and the test error is far below what it becomes.",
        values: &[("epochs", "2")],
    },
    Preset {
        title: "10 units",
        claim: "A network of ten units has no room for 500 wrong labels: it keeps a training error of about 30 %. Its test error is higher for all that.",
        values: &[("width", "10")],
    },
];
