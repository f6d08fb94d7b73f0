//! What can be set on the two deep networks, and the recipes that follow.

use leptos::prelude::*;

use crate::lab::recipe::{
    InitialisationRecipe, LayerRecipe, Observation, Recipe, RecipeError, ValidRecipe,
};
use crate::theory::activation::Activation;
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;

/// Name in links.
pub const ID: &str = "depth";

/// What stands beside ReLU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rival {
    /// Slope at most 1/4.
    Sigmoid,
    /// Slope at most 1.
    Tanh,
}

impl Rival {
    /// The function.
    pub fn function(self) -> Activation {
        match self {
            Self::Sigmoid => Activation::Sigmoid,
            Self::Tanh => Activation::Tanh,
        }
    }

    /// The largest slope, at 0, as one writes it.
    pub fn largest_slope(self) -> &'static str {
        match self {
            Self::Sigmoid => "1/4",
            Self::Tanh => "1",
        }
    }

    fn layer(self) -> LayerRecipe {
        match self {
            Self::Sigmoid => LayerRecipe::Sigmoid,
            Self::Tanh => LayerRecipe::Tanh,
        }
    }

    /// Function and number of hidden layers of a network that [`Settings::recipes`] made; none of another one.
    pub fn of(recipe: &Recipe) -> Option<(Self, usize)> {
        let counted = [Self::Sigmoid, Self::Tanh].map(|rival| {
            let layers = recipe.layers.iter();
            (
                rival,
                layers.filter(|layer| **layer == rival.layer()).count(),
            )
        });
        counted.into_iter().find(|(_, layers)| *layers > 0)
    }
}

/// Settings of a page that was just opened.
pub mod default {
    /// Hidden layers.
    pub const LAYERS: f64 = 5.0;
    /// Units in each.
    pub const WIDTH: f64 = 50.0;
    /// Step size.
    pub const RATE: f64 = 0.05;
    /// Training images.
    pub const IMAGES: f64 = 1000.0;
    /// Epochs.
    pub const EPOCHS: f64 = 20.0;
    /// Seed.
    pub const SEED: f64 = 1.0;
}

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Function of the network beside ReLU's.
    pub rival: RwSignal<Rival>,
    /// Hidden layers.
    pub layers: RwSignal<f64>,
    /// Units in each hidden layer.
    pub width: RwSignal<f64>,
    /// How the weights are drawn.
    pub start: RwSignal<InitialisationRecipe>,
    /// Step size; may change during a run.
    pub rate: RwSignal<f64>,
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
        let rivals = Codec::one_of(&[("sigmoid", Rival::Sigmoid), ("tanh", Rival::Tanh)]);
        let starts = Codec::one_of(&[
            ("he", InitialisationRecipe::He),
            ("xavier", InitialisationRecipe::Xavier),
            ("large", InitialisationRecipe::NielsenLarge),
        ]);
        Self {
            rival: link.field(ID, "beside", Rival::Sigmoid, rivals),
            layers: whole("layers", default::LAYERS, 1.0, 8.0),
            width: whole("width", default::WIDTH, 10.0, 200.0),
            start: link.field(ID, "start", InitialisationRecipe::He, starts),
            rate: link.field(ID, "rate", default::RATE, Codec::within(0.0001..=10.0)),
            images: whole("images", default::IMAGES, 100.0, 5000.0),
            epochs: whole("epochs", default::EPOCHS, 1.0, 200.0),
            seed: whole("seed", default::SEED, 0.0, 999_999.0),
        }
    }

    /// The recipes of the ReLU network and of the one beside it.
    ///
    /// # Errors
    /// The first setting that cannot be trained.
    pub fn recipes(&self) -> Result<Vec<ValidRecipe>, RecipeError> {
        let relu = self.recipe(LayerRecipe::Relu).validate()?;
        let rival = self.recipe(self.rival.get().layer()).validate()?;
        Ok(vec![relu, rival])
    }

    fn recipe(&self, function: LayerRecipe) -> Recipe {
        Recipe {
            initialisation: self.start.get(),
            learning_rate: self.rate.get() as f32,
            training_images: self.images.get() as u32,
            epochs: self.epochs.get() as u32,
            seed: self.seed.get() as u64,
            observation: Observation::Gradients,
            ..Recipe::deep(function, self.width.get() as u32, self.layers.get() as u32)
        }
    }
}

/// Where sigmoids fail in depth, and where they do not.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "Five hidden layers",
        claim: "The sigmoid network still guesses after 20 epochs; the ReLU network has learned.",
        values: &[],
    },
    Preset {
        title: "One hidden layer",
        claim: "Without depth there is nothing to vanish: both learn.",
        values: &[("layers", "1")],
    },
    Preset {
        title: "tanh instead",
        claim: "The slope of tanh reaches 1, and five layers of it learn.",
        values: &[("beside", "tanh")],
    },
];
