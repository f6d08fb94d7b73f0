//! What can be set on the network whose mistakes are looked at, and the recipe that follows.

use leptos::prelude::*;

use crate::lab::recipe::{LayerRecipe, Observation, Recipe, RecipeError, ValidRecipe};
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;

/// Name in links.
pub const ID: &str = "confident-mistakes";

/// Settings of a page that was just opened.
pub mod default {
    /// Hidden units.
    pub const WIDTH: f64 = 100.0;
    /// Step size.
    pub const RATE: f64 = 0.1;
    /// L2 penalty.
    pub const L2: f64 = 0.0;
    /// Training images.
    pub const IMAGES: f64 = 1000.0;
    /// Epochs.
    pub const EPOCHS: f64 = 60.0;
    /// Seed.
    pub const SEED: f64 = 1.0;
}

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Hidden units.
    pub width: RwSignal<f64>,
    /// Step size; may change during a run.
    pub rate: RwSignal<f64>,
    /// L2 penalty; may change during a run.
    pub l2: RwSignal<f64>,
    /// Training images.
    pub images: RwSignal<f64>,
    /// Epochs.
    pub epochs: RwSignal<f64>,
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
            width: whole("width", default::WIDTH, 5.0, 500.0),
            rate: link.field(ID, "rate", default::RATE, Codec::within(0.0001..=10.0)),
            l2: link.field(ID, "l2", default::L2, Codec::within(0.0..=0.1)),
            images: whole("images", default::IMAGES, 100.0, 5000.0),
            epochs: whole("epochs", default::EPOCHS, 1.0, 500.0),
            seed: whole("seed", default::SEED, 0.0, 999_999.0),
        }
    }

    /// The one recipe.
    ///
    /// # Errors
    /// The first setting that cannot be trained.
    pub fn recipes(&self) -> Result<Vec<ValidRecipe>, RecipeError> {
        let mut recipe = Recipe {
            learning_rate: self.rate.get() as f32,
            training_images: self.images.get() as u32,
            epochs: self.epochs.get() as u32,
            seed: self.seed.get() as u64,
            observation: Observation::Outputs,
            ..Recipe::deep(LayerRecipe::Relu, self.width.get() as u32, 1)
        };
        recipe.penalties.l2 = self.l2.get() as f32;
        Ok(vec![recipe.validate()?])
    }
}

/// With and without a cure. `tests/it/confident_mistakes.rs` trains them.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "No penalty",
        claim: "From epoch 5 or 6 on the test loss rises by a quarter, and the error falls a little: the wrong digits come to cost 1.5 times as much. They carry 94 % of the loss.",
        values: &[],
    },
    Preset {
        title: "With an L2 penalty",
        claim: "Small weights cannot be so sure: a wrong digit costs half as much, the error is the same within a point.",
        values: &[("l2", "0.01")],
    },
];
