//! Ranges of the augmentation, each in the link, and the two recipes that follow.

use leptos::prelude::*;

use crate::data::augmentation::Augmentation;
pub use crate::lab::experiments::augmentation::DIGITS;
use crate::lab::experiments::augmentation::{Augmented, GENTLE, NOISE_ONLY, UPSIDE_DOWN};
use crate::lab::recipe::{Recipe, RecipeError, ValidRecipe};
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;

/// Name in links.
pub const ID: &str = "augmentation";

/// Settings of a page that was just opened.
pub const DEFAULT: Augmented = Augmented::DEFAULT;

/// Those that no run has.
pub mod default {
    /// Number of the training digit, counted from 1: a 6.
    pub const DIGIT: f64 = 14.0;
}

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Largest rotation, degrees.
    pub rotation: RwSignal<f64>,
    /// Largest translation, pixels.
    pub translation: RwSignal<f64>,
    /// Largest enlargement less 1.
    pub scale: RwSignal<f64>,
    /// Largest shear.
    pub shear: RwSignal<f64>,
    /// Largest change of size at the edges.
    pub perspective: RwSignal<f64>,
    /// Largest elastic displacement, pixels.
    pub elastic: RwSignal<f64>,
    /// Standard deviation of the noise.
    pub noise: RwSignal<f64>,
    /// Largest side of the erased patch, pixels.
    pub erasing: RwSignal<f64>,
    /// Number of the digit that is looked at, counted from 1.
    pub digit: RwSignal<f64>,
    /// Which variants of it.
    pub draw: RwSignal<f64>,
    /// Training images of both runs.
    pub images: RwSignal<f64>,
    /// Epochs of both runs.
    pub epochs: RwSignal<f64>,
    /// Source of all chance of both runs.
    pub seed: RwSignal<f64>,
}

impl Settings {
    /// Declares all settings in the link.
    pub fn declare() -> Self {
        let link = expect_context::<Link>();
        let range =
            |key, default, most: f64| link.field(ID, key, default, Codec::within(0.0..=most));
        let whole = |key, default, least: f64, most: f64| {
            link.field(ID, key, default, Codec::whole(least..=most))
        };
        Self {
            rotation: range("rotation", DEFAULT.rotation, 180.0),
            translation: range("translation", DEFAULT.translation, 14.0),
            scale: range("scale", DEFAULT.scale, 1.0),
            shear: range("shear", DEFAULT.shear, 1.0),
            perspective: range("perspective", 0.0, 0.4),
            elastic: range("elastic", DEFAULT.elastic, 10.0),
            noise: range("noise", 0.0, 1.0),
            erasing: range("erasing", 0.0, 28.0),
            digit: whole("digit", default::DIGIT, 1.0, DIGITS as f64),
            draw: whole("draw", 1.0, 1.0, 9999.0),
            images: whole("images", DEFAULT.images, 10.0, DIGITS as f64),
            epochs: whole("epochs", DEFAULT.epochs, 1.0, 500.0),
            seed: whole("seed", DEFAULT.seed, 0.0, 999_999.0),
        }
    }

    /// As they stand now.
    fn now(&self) -> Augmented {
        Augmented {
            rotation: self.rotation.get(),
            translation: self.translation.get(),
            scale: self.scale.get(),
            shear: self.shear.get(),
            perspective: self.perspective.get(),
            elastic: self.elastic.get(),
            noise: self.noise.get(),
            erasing: self.erasing.get(),
            images: self.images.get(),
            epochs: self.epochs.get(),
            seed: self.seed.get(),
        }
    }

    /// The ranges.
    pub fn augmentation(&self) -> Augmentation {
        self.now().augmentation().into()
    }

    /// The recipes without and with augmentation.
    ///
    /// # Errors
    /// The first setting that cannot be trained.
    pub fn recipes(&self) -> Result<Vec<ValidRecipe>, RecipeError> {
        let recipes = self.now().recipes();
        recipes.map(Recipe::validate).into_iter().collect()
    }
}

/// Where augmentation helps, and where its labels stop being true. `tests/it/augmentation.rs` trains them.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "What a hand could have done",
        claim: "Small turns, shifts and bends: from 500 images the test error falls from about 15 % to about 9 %.",
        values: GENTLE,
    },
    Preset {
        title: "Upside down too",
        claim: "The digits now come at every angle, which is far more to learn: the test error about doubles, to about 30 %. A 6 turned half round is a 9, but its label still says 6: some 60 to 90 test digits are taken one for the other, where there were two at most.",
        values: UPSIDE_DOWN,
    },
    Preset {
        title: "Noise only",
        claim: "Noise on the pixels alone gains nothing: the test digits are not noisy.",
        values: NOISE_ONLY,
    },
];
