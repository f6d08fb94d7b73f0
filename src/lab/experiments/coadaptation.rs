//! 4.6 What dropout does to units: two runs whose hidden units are looked at together.

use super::{Values, settings};
use crate::lab::recipe::{Observation, Recipe};

settings! {
    /// What decides the two runs.
    Coadapted {
        /// Probability that a unit is silent in run B.
        dropout("p"): f64 = 0.5,
        /// Step size.
        rate("rate"): f64 = 0.05,
        /// Hidden units.
        width("width"): f64 = 100.0,
        /// Training images.
        images("images"): f64 = 1000.0,
        /// Epochs.
        epochs("epochs"): f64 = 40.0,
        /// Source of all chance.
        seed("seed"): f64 = 1.0,
    }
}

impl Coadapted {
    /// The recipes of run A, without dropout, and run B, with it.
    pub fn recipes(&self) -> [Recipe; 2] {
        [0.0, self.dropout as f32].map(|dropout| self.recipe(dropout))
    }

    fn recipe(&self, dropout: f32) -> Recipe {
        Recipe {
            learning_rate: self.rate as f32,
            observation: Observation::Together,
            ..Recipe::dense(self.width as u32, 1, dropout).trained(
                self.images,
                self.epochs,
                self.seed,
            )
        }
    }
}

/// Half of the units silent in training.
pub const HALF: Values = &[];
/// Every fifth.
pub const A_LITTLE: Values = &[("p", "0.2")];
/// No unit to spare.
pub const TEN_UNITS: Values = &[("width", "10")];
