//! What can be set on the ReLU network, and the recipe that follows.

use leptos::prelude::*;

use crate::lab::recipe::{LayerRecipe, Observation, Recipe, RecipeError, ValidRecipe};
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;

/// Name in links.
pub const ID: &str = "units";

/// Settings of a page that was just opened.
pub mod default {
    /// Hidden layers.
    pub const LAYERS: f64 = 2.0;
    /// Units in each.
    pub const WIDTH: f64 = 100.0;
    /// Step size.
    pub const RATE: f64 = 0.05;
    /// Training images.
    pub const IMAGES: f64 = 1000.0;
    /// Epochs.
    pub const EPOCHS: f64 = 20.0;
    /// Seed.
    pub const SEED: f64 = 1.0;
    /// Layer in the histogram.
    pub const SHOWN: f64 = 1.0;
}

/// Most hidden layers.
pub const MOST_LAYERS: f64 = 4.0;

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Hidden layers.
    pub layers: RwSignal<f64>,
    /// Units in each hidden layer.
    pub width: RwSignal<f64>,
    /// Step size; may change during a run.
    pub rate: RwSignal<f64>,
    /// Training images.
    pub images: RwSignal<f64>,
    /// Epochs.
    pub epochs: RwSignal<f64>,
    /// Source of all chance.
    pub seed: RwSignal<f64>,
    /// Hidden layer in the histogram, from 1.
    pub shown: RwSignal<f64>,
}

impl Settings {
    /// Declares all settings in the link.
    pub fn declare() -> Self {
        let link = expect_context::<Link>();
        let whole = |key, default, least: f64, most: f64| {
            link.field(ID, key, default, Codec::whole(least..=most))
        };
        Self {
            layers: whole("layers", default::LAYERS, 1.0, MOST_LAYERS),
            width: whole("width", default::WIDTH, 5.0, 500.0),
            rate: link.field(ID, "rate", default::RATE, Codec::within(0.0001..=10.0)),
            images: whole("images", default::IMAGES, 100.0, 5000.0),
            epochs: whole("epochs", default::EPOCHS, 1.0, 200.0),
            seed: whole("seed", default::SEED, 0.0, 999_999.0),
            shown: whole("shown", default::SHOWN, 1.0, MOST_LAYERS),
        }
    }

    /// The one recipe.
    ///
    /// # Errors
    /// The first setting that cannot be trained.
    pub fn recipes(&self) -> Result<Vec<ValidRecipe>, RecipeError> {
        let (width, layers) = (self.width.get() as u32, self.layers.get() as u32);
        let recipe = Recipe {
            learning_rate: self.rate.get() as f32,
            training_images: self.images.get() as u32,
            epochs: self.epochs.get() as u32,
            seed: self.seed.get() as u64,
            observation: Observation::Units,
            ..Recipe::deep(LayerRecipe::Relu, width, layers)
        };
        Ok(vec![recipe.validate()?])
    }
}

/// From gentle steps to deadly ones.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "Short steps",
        claim: "Half of the weighted inputs are below 0 at the start, fewer after training; hardly a unit dies.",
        values: &[],
    },
    Preset {
        title: "Long steps",
        claim: "With a learning rate of 0.3 the first steps push three quarters of the weighted inputs below 0. The network learns all the same.",
        values: &[("rate", "0.3")],
    },
    Preset {
        title: "Steps that kill",
        claim: "With a learning rate of 0.6 most units of the first layer die, and the network fails.",
        values: &[("rate", "0.6")],
    },
];
