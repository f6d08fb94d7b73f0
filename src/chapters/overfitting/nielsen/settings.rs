//! Settings of the repeated run, each in the link, and the recipe that follows.

use leptos::prelude::*;

use crate::lab::published::{OVERFITTING, PublishedRun, REGULARISED};
use crate::lab::recipe::{ChanceRecipe, NIELSEN_SEED, Recipe, RecipeError, ValidRecipe};
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;

/// Name in links.
pub const ID: &str = "nielsen";

/// Which of the two published runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Penalty {
    /// lambda = 0.
    None,
    /// lambda = 0.1.
    Tenth,
}

impl Penalty {
    /// What was published of this run.
    pub fn published(self) -> &'static PublishedRun {
        match self {
            Self::None => &OVERFITTING,
            Self::Tenth => &REGULARISED,
        }
    }
}

const PENALTIES: &[(&str, Penalty)] = &[("0", Penalty::None), ("0.1", Penalty::Tenth)];
const CHANCES: &[(&str, ChanceRecipe)] =
    &[("his", ChanceRecipe::Book), ("other", ChanceRecipe::Own)];

/// How epochs run along the bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Epochs {
    /// Equal ratios are equally far apart: the beginning, where the test loss turns, has room.
    Logarithmic,
    /// Equal differences are equally far apart.
    Linear,
}

const AXES: &[(&str, Epochs)] = &[("log", Epochs::Logarithmic), ("linear", Epochs::Linear)];

/// Settings of a page that was just opened.
pub mod default {
    /// Epochs of the published runs.
    pub const EPOCHS: f64 = 400.0;
    /// Seed of the other random numbers.
    pub const SEED: f64 = 1.0;
}

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Which of the two runs.
    pub penalty: RwSignal<Penalty>,
    /// Whose random numbers.
    pub chance: RwSignal<ChanceRecipe>,
    /// Seed of the others.
    pub seed: RwSignal<f64>,
    /// Epochs.
    pub epochs: RwSignal<f64>,
    /// The axis of the epochs.
    pub axis: RwSignal<Epochs>,
}

impl Settings {
    /// Declares all settings in the link.
    pub fn declare() -> Self {
        let link = expect_context::<Link>();
        Self {
            penalty: link.field(ID, "lambda", Penalty::None, Codec::one_of(PENALTIES)),
            chance: link.field(ID, "chance", ChanceRecipe::Book, Codec::one_of(CHANCES)),
            seed: link.field(ID, "seed", default::SEED, Codec::whole(0.0..=999_999.0)),
            epochs: link.field(
                ID,
                "epochs",
                default::EPOCHS,
                Codec::whole(1.0..=default::EPOCHS),
            ),
            axis: link.field(ID, "axis", Epochs::Logarithmic, Codec::one_of(AXES)),
        }
    }

    /// The one recipe.
    ///
    /// # Errors
    /// The first setting that cannot be trained.
    pub fn recipes(&self) -> Result<Vec<ValidRecipe>, RecipeError> {
        let chance = self.chance.get();
        let recipe = Recipe {
            epochs: self.epochs.get() as u32,
            chance,
            seed: match chance {
                ChanceRecipe::Book => NIELSEN_SEED,
                ChanceRecipe::Own => self.seed.get() as u64,
            },
            ..Recipe::nielsen(self.penalty.get().published().lambda)
        };
        Ok(vec![recipe.validate()?])
    }
}

/// The two published runs, and another start. `tests/it/nielsen.rs` trains them.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "As in the book",
        claim: "The training curve runs through every published point. On the test digits here the loss is lowest after some 20 epochs, the error only after more than 200.",
        values: &[],
    },
    Preset {
        title: "With his penalty \u{3bb} = 0.1",
        claim: "The penalty keeps test loss and test error falling nearly to the end: the error goes to about 12 %, without it only to about 17.5 %.",
        values: &[("lambda", "0.1")],
    },
    Preset {
        title: "Other random numbers",
        claim: "Another start, another curve through other points, the same story: the test loss turns after 10 to 20 epochs, the error falls on.",
        values: &[("chance", "other")],
    },
];
