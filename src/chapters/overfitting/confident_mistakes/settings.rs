//! What can be set on the network whose mistakes are looked at, and the recipe that follows.

use leptos::prelude::*;

use crate::lab::experiments::confident_mistakes::{Confident, FREE, PENALISED};
use crate::lab::recipe::{RecipeError, ValidRecipe};
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;

/// Name in links.
pub const ID: &str = "confident-mistakes";

/// Settings of a page that was just opened.
pub const DEFAULT: Confident = Confident::DEFAULT;

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
            width: whole("width", DEFAULT.width, 5.0, 500.0),
            rate: link.field(ID, "rate", DEFAULT.rate, Codec::within(0.0001..=10.0)),
            l2: link.field(ID, "l2", DEFAULT.l2, Codec::within(0.0..=0.1)),
            images: whole("images", DEFAULT.images, 100.0, 5000.0),
            epochs: whole("epochs", DEFAULT.epochs, 1.0, 500.0),
            seed: whole("seed", DEFAULT.seed, 0.0, 999_999.0),
        }
    }

    /// The one recipe.
    ///
    /// # Errors
    /// The first setting that cannot be trained.
    pub fn recipes(&self) -> Result<Vec<ValidRecipe>, RecipeError> {
        let now = Confident {
            width: self.width.get(),
            rate: self.rate.get(),
            l2: self.l2.get(),
            images: self.images.get(),
            epochs: self.epochs.get(),
            seed: self.seed.get(),
        };
        Ok(vec![now.recipe().validate()?])
    }
}

/// With and without a cure. `tests/it/confident_mistakes.rs` trains them.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "No penalty",
        claim: "From epoch 5 or 6 on the test loss rises by about a quarter, and the error does not: it falls, or stays within a quarter of a point. The wrong digits come to cost 1.5 times as much or more. They carry 94 % of the loss.",
        values: FREE,
    },
    Preset {
        title: "With an L2 penalty",
        claim: "With small weights the network is less sure where it is wrong: the costliest digit costs less than half of what it does without the penalty, a wrong digit about half on average, and the error is the same within a point.",
        values: PENALISED,
    },
];
