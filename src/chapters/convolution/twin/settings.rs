//! What both networks share, each in the link, and the two recipes that follow.

use leptos::prelude::*;

use crate::data::split::Part;
use crate::lab::recipe::{LayerRecipe, Recipe, RecipeError, ValidRecipe};
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;

/// Name in links.
pub const ID: &str = "shared";

/// Settings of a page that was just opened.
pub mod default {
    /// Training images.
    pub const IMAGES: f64 = 1000.0;
    /// Feature maps.
    pub const MAPS: f64 = 20.0;
    /// Epochs.
    pub const EPOCHS: f64 = 15.0;
    /// Step size.
    pub const RATE: f64 = 0.05;
    /// Seed.
    pub const SEED: f64 = 1.0;
}

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Training images.
    pub images: RwSignal<f64>,
    /// Feature maps.
    pub maps: RwSignal<f64>,
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
        let images = Part::Train.range().len() as f64;
        Self {
            images: whole("images", default::IMAGES, 10.0, images),
            maps: whole("maps", default::MAPS, 1.0, 40.0),
            epochs: whole("epochs", default::EPOCHS, 1.0, 200.0),
            rate: link.field(ID, "rate", default::RATE, Codec::within(0.0001..=10.0)),
            seed: whole("seed", default::SEED, 0.0, 999_999.0),
        }
    }

    /// The recipes with shared and with unshared kernels.
    ///
    /// # Errors
    /// The first setting that cannot be trained.
    pub fn recipes(&self) -> Result<Vec<ValidRecipe>, RecipeError> {
        let (maps, kernel, stride, padding) = (self.maps.get() as u32, 5, 1, 0);
        let shared = LayerRecipe::Convolution {
            maps,
            kernel,
            stride,
            padding,
        };
        let unshared = LayerRecipe::LocallyConnected {
            maps,
            kernel,
            stride,
            padding,
        };
        [shared, unshared]
            .map(|first| self.recipe(first).validate())
            .into_iter()
            .collect()
    }

    fn recipe(&self, first: LayerRecipe) -> Recipe {
        let mut recipe = Recipe::sheet_cnn(0.0);
        recipe.layers[0] = first;
        Recipe {
            learning_rate: self.rate.get() as f32,
            ..recipe.trained(self.images.get(), self.epochs.get(), self.seed.get())
        }
    }
}

/// What sharing does with little and with more data. `tests/it/sharing.rs` trains them.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "1,000 images",
        claim: "Both learn their training images by heart; with shared kernels about 9 % of the test digits are read wrongly, without about 10 %.",
        values: &[],
    },
    Preset {
        title: "5,000 images, 4 epochs",
        claim: "One kernel that learns from every place at once is faster: after four epochs the shared network makes a good third fewer mistakes.",
        values: &[("images", "5000"), ("epochs", "4")],
    },
];
