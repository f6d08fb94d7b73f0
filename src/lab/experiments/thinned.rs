//! 4.6 Thinned networks averaged: one run with dropout, and how many of its thinned networks are averaged.

use super::{Values, settings};
use crate::lab::recipe::{Observation, Recipe};

settings! {
    /// What decides the run and the averages.
    Thinned {
        /// Probability that a unit is silent.
        dropout("p"): f64 = 0.5,
        /// Hidden units.
        width("width"): f64 = 100.0,
        /// Training images.
        images("images"): f64 = 1000.0,
        /// Epochs.
        epochs("epochs"): f64 = 30.0,
        /// Thinned networks that are averaged.
        members("members"): f64 = 64.0,
        /// Source of all chance.
        seed("seed"): f64 = 1.0,
    }
}

impl Thinned {
    /// The recipe of the run.
    pub fn recipe(&self) -> Recipe {
        Recipe {
            observation: Observation::Parameters,
            ..Recipe::dense(self.width as u32, 1, self.dropout as f32).trained(
                self.images,
                self.epochs,
                self.seed,
            )
        }
    }
}

/// Half of the units silent.
pub const HALF: Values = &[];
/// Nine of ten units silent.
pub const NINE_OF_TEN: Values = &[("p", "0.9"), ("members", "200")];
/// Few units.
pub const TWENTY_UNITS: Values = &[("width", "20"), ("members", "200")];
