//! Ranges of the augmentation, each in the link, and the two recipes that follow.

use leptos::prelude::*;

use crate::data::split::Part;
use crate::lab::recipe::{AugmentationRecipe, Observation, Recipe, RecipeError, ValidRecipe};
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;

/// Name in links.
pub const ID: &str = "augmentation";
/// Digits to look at: all training digits.
pub const DIGITS: usize = Part::Train.range().end;

/// Settings of a page that was just opened.
pub mod default {
    /// Degrees.
    pub const ROTATION: f64 = 10.0;
    /// Pixels.
    pub const TRANSLATION: f64 = 1.5;
    /// Share.
    pub const SCALE: f64 = 0.1;
    /// Pixels for each pixel of height.
    pub const SHEAR: f64 = 0.1;
    /// Pixels.
    pub const ELASTIC: f64 = 2.0;
    /// Number of the training digit, counted from 1: a 6.
    pub const DIGIT: f64 = 14.0;
    /// Training images.
    pub const IMAGES: f64 = 500.0;
    /// Epochs.
    pub const EPOCHS: f64 = 60.0;
    /// Seed.
    pub const SEED: f64 = 1.0;
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
            rotation: range("rotation", default::ROTATION, 180.0),
            translation: range("translation", default::TRANSLATION, 14.0),
            scale: range("scale", default::SCALE, 1.0),
            shear: range("shear", default::SHEAR, 1.0),
            perspective: range("perspective", 0.0, 0.4),
            elastic: range("elastic", default::ELASTIC, 10.0),
            noise: range("noise", 0.0, 1.0),
            erasing: range("erasing", 0.0, 28.0),
            digit: whole("digit", default::DIGIT, 1.0, DIGITS as f64),
            draw: whole("draw", 1.0, 1.0, 9999.0),
            images: whole("images", default::IMAGES, 10.0, DIGITS as f64),
            epochs: whole("epochs", default::EPOCHS, 1.0, 500.0),
            seed: whole("seed", default::SEED, 0.0, 999_999.0),
        }
    }

    /// The ranges as a recipe has them.
    pub fn augmentation(&self) -> AugmentationRecipe {
        AugmentationRecipe {
            rotation: self.rotation.get() as f32,
            translation: self.translation.get() as f32,
            scale: self.scale.get() as f32,
            shear: self.shear.get() as f32,
            perspective: self.perspective.get() as f32,
            elastic: self.elastic.get() as f32,
            noise: self.noise.get() as f32,
            erasing: self.erasing.get() as f32,
        }
    }

    /// The recipes without and with augmentation.
    ///
    /// # Errors
    /// The first setting that cannot be trained.
    pub fn recipes(&self) -> Result<Vec<ValidRecipe>, RecipeError> {
        let plain = self.recipe(AugmentationRecipe::default()).validate()?;
        let augmented = self.recipe(self.augmentation()).validate()?;
        Ok(vec![plain, augmented])
    }

    fn recipe(&self, augmentation: AugmentationRecipe) -> Recipe {
        let images = self.images.get() as u32;
        Recipe {
            training_images: images,
            batch_size: 10.min(images),
            epochs: self.epochs.get() as u32,
            augmentation,
            observation: Observation::OutputsAtRest,
            seed: self.seed.get() as u64,
            ..Recipe::dense(100, 1, 0.0)
        }
    }
}

/// Where augmentation helps, and where its labels stop being true. `tests/it/augmentation.rs` trains them.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "What a hand could have done",
        claim: "Small turns, shifts and bends: from 500 images the test error falls from about 15 % to about 9 %.",
        values: &[],
    },
    Preset {
        title: "Upside down too",
        claim: "A 6 turned half round is a 9, but its label still says 6: the test error rises to about 30 %.",
        values: &[
            ("rotation", "180"),
            ("translation", "0"),
            ("scale", "0"),
            ("shear", "0"),
            ("elastic", "0"),
        ],
    },
    Preset {
        title: "Noise only",
        claim: "Noise on the pixels alone gains nothing: the test digits are not noisy.",
        values: &[
            ("rotation", "0"),
            ("translation", "0"),
            ("scale", "0"),
            ("shear", "0"),
            ("elastic", "0"),
            ("noise", "0.2"),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::default;
    use crate::lab::recipe::AugmentationRecipe;

    #[test]
    fn the_page_begins_with_what_a_hand_could_have_done() {
        let shown = AugmentationRecipe {
            rotation: default::ROTATION as f32,
            translation: default::TRANSLATION as f32,
            scale: default::SCALE as f32,
            shear: default::SHEAR as f32,
            elastic: default::ELASTIC as f32,
            ..AugmentationRecipe::default()
        };
        assert_eq!(shown, AugmentationRecipe::gentle(1.0));
    }
}
