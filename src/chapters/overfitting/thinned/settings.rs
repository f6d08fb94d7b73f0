//! Settings of the ensemble, each in the link.

use leptos::prelude::*;

use crate::lab::experiments::thinned::{HALF, NINE_OF_TEN, TWENTY_UNITS, Thinned};
use crate::lab::recipe::{RecipeError, ValidRecipe};
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;

/// Name in links.
pub const ID: &str = "thinned";
/// Most thinned networks.
pub const MOST_MEMBERS: f64 = 500.0;

/// Settings of a page that was just opened.
pub const DEFAULT: Thinned = Thinned::DEFAULT;

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Probability that a unit is silent.
    pub dropout: RwSignal<f64>,
    /// Hidden units.
    pub width: RwSignal<f64>,
    /// Training images.
    pub images: RwSignal<f64>,
    /// Epochs.
    pub epochs: RwSignal<f64>,
    /// Thinned networks that are averaged.
    pub members: RwSignal<f64>,
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
            dropout: link.field(ID, "p", DEFAULT.dropout, Codec::within(0.0..=0.9)),
            width: whole("width", DEFAULT.width, 5.0, 500.0),
            images: whole("images", DEFAULT.images, 10.0, 5000.0),
            epochs: whole("epochs", DEFAULT.epochs, 1.0, 200.0),
            members: whole("members", DEFAULT.members, 1.0, MOST_MEMBERS),
            seed: whole("seed", DEFAULT.seed, 0.0, 999_999.0),
        }
    }

    /// The one recipe.
    ///
    /// # Errors
    /// The first setting that cannot be trained.
    pub fn recipes(&self) -> Result<Vec<ValidRecipe>, RecipeError> {
        let now = Thinned {
            dropout: self.dropout.get(),
            width: self.width.get(),
            images: self.images.get(),
            epochs: self.epochs.get(),
            members: self.members.get(),
            seed: self.seed.get(),
        };
        Ok(vec![now.recipe().validate()?])
    }
}

/// Half the units, most of them, and a network without units to spare. `tests/it/thinned.rs` trains them.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "Half of the units",
        claim: "One thinned network alone errs three or four points more than the scaled one; the mean of 64 errs as rarely, and its loss is lower still.",
        values: HALF,
    },
    Preset {
        title: "Nine of ten units",
        claim: "With p = 0.9 one thinned network alone errs in about half of all cases. The mean of 200 comes within two points of the scaled network\u{2019}s error; its loss stays far above, because it is unsure.",
        values: NINE_OF_TEN,
    },
    Preset {
        title: "20 units",
        claim: "With about ten of twenty units silenced a thinned network alone errs more than twice as often as the scaled one; the mean of 200 errs as rarely.",
        values: TWENTY_UNITS,
    },
];
