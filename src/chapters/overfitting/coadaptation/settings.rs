//! Settings of the twin run whose units are looked at together, each in the link.

use leptos::prelude::*;

use crate::lab::experiments::coadaptation::{A_LITTLE, Coadapted, HALF, TEN_UNITS};
use crate::lab::recipe::{Recipe, RecipeError, ValidRecipe};
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;

/// Name in links.
pub const ID: &str = "coadaptation";

/// Settings of a page that was just opened.
pub const DEFAULT: Coadapted = Coadapted::DEFAULT;

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Probability that a unit is silent in run B; may change during a run.
    pub dropout: RwSignal<f64>,
    /// Step size; may change during a run.
    pub rate: RwSignal<f64>,
    /// Hidden units.
    pub width: RwSignal<f64>,
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
            dropout: link.field(ID, "p", DEFAULT.dropout, Codec::within(0.0..=0.9)),
            rate: link.field(ID, "rate", DEFAULT.rate, Codec::within(0.0001..=10.0)),
            width: whole("width", DEFAULT.width, 5.0, 300.0),
            images: whole("images", DEFAULT.images, 10.0, 5000.0),
            epochs: whole("epochs", DEFAULT.epochs, 1.0, 200.0),
            seed: whole("seed", DEFAULT.seed, 0.0, 999_999.0),
        }
    }

    /// The recipes of run A, without dropout, and run B, with it.
    ///
    /// # Errors
    /// The first setting that cannot be trained.
    pub fn recipes(&self) -> Result<Vec<ValidRecipe>, RecipeError> {
        let now = Coadapted {
            dropout: self.dropout.get(),
            rate: self.rate.get(),
            width: self.width.get(),
            images: self.images.get(),
            epochs: self.epochs.get(),
            seed: self.seed.get(),
        };
        now.recipes().map(Recipe::validate).into_iter().collect()
    }
}

/// What dropout does to the units, and where it is too much. `tests/it/coadaptation.rs` trains them.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "Half of the units",
        claim: "With dropout far more outputs are 0 and the mean activation is about half. Silence a random half of the units: the network without dropout errs more \
                than twice as often, the one with dropout by three to four points. Pairwise correlations hardly differ.",
        values: HALF,
    },
    Preset {
        title: "A little dropout",
        claim: "p = 0.2: between the two, in sparsity and in what the loss of half of the units costs.",
        values: A_LITTLE,
    },
    Preset {
        title: "10 units",
        claim: "With ten units there is nothing to spare: dropout makes the network worse, and it still bears the loss of half of them better.",
        values: TEN_UNITS,
    },
];
