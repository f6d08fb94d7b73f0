//! Settings of the masks, each in the link.

use leptos::prelude::*;

use crate::lab::recipe::{Recipe, ValidRecipe};
use crate::ui::link::{Codec, Link};

/// Name in links.
pub const ID: &str = "masks";
/// Training images of the network that is looked into.
pub const IMAGES: usize = 1000;
/// Images in a mini-batch.
pub const BATCH: u32 = 10;
/// Most hidden units.
pub const MOST_UNITS: f64 = 12.0;
/// Mini-batches that can be looked into.
pub const MOST_BATCHES: usize = 60;

/// Settings of a page that was just opened.
pub mod default {
    /// Probability that a unit is silent.
    pub const DROPOUT: f64 = 0.5;
    /// Hidden units.
    pub const UNITS: f64 = 9.0;
    /// Mini-batch.
    pub const NUMBER: f64 = 1.0;
    /// Image of the mini-batch.
    pub const IMAGE: f64 = 1.0;
    /// Hidden unit that is counted.
    pub const UNIT: f64 = 2.0;
    /// Masks that are counted.
    pub const MASKS: f64 = 1000.0;
    /// Seed.
    pub const SEED: f64 = 1.0;
}

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Probability that a unit is silent.
    pub dropout: RwSignal<f64>,
    /// Hidden units.
    pub units: RwSignal<f64>,
    /// Mini-batch, counted from 1.
    pub number: RwSignal<f64>,
    /// Image of the mini-batch, counted from 1.
    pub image: RwSignal<f64>,
    /// Hidden unit that is counted, from 1.
    pub unit: RwSignal<f64>,
    /// Masks that are counted.
    pub masks: RwSignal<f64>,
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
            dropout: link.field(ID, "p", default::DROPOUT, Codec::within(0.0..=0.9)),
            units: whole("units", default::UNITS, 2.0, MOST_UNITS),
            number: whole("batch", default::NUMBER, 1.0, MOST_BATCHES as f64),
            image: whole("image", default::IMAGE, 1.0, f64::from(BATCH)),
            unit: whole("unit", default::UNIT, 1.0, MOST_UNITS),
            masks: whole("masks", default::MASKS, 1.0, 100_000.0),
            seed: whole("seed", default::SEED, 0.0, 999_999.0),
        }
    }

    /// The recipe of the network that is looked into.
    pub fn recipe(&self) -> Option<ValidRecipe> {
        let recipe = Recipe {
            training_images: IMAGES as u32,
            batch_size: BATCH,
            seed: self.seed.get() as u64,
            ..Recipe::dense(self.units.get() as u32, 1, self.dropout.get() as f32)
        };
        recipe.validate().ok()
    }

    /// Places of the chosen image and unit, from 0.
    pub fn chosen(&self) -> (usize, usize) {
        let unit = self.unit.get().min(self.units.get());
        (self.image.get() as usize - 1, unit as usize - 1)
    }
}
