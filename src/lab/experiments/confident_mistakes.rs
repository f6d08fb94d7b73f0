//! 4.2 Confident mistakes: one run whose outputs for all test digits are looked at.

use super::{Values, settings};
use crate::lab::recipe::{LayerRecipe, Observation, PenaltiesRecipe, Recipe};

settings! {
    /// What decides the run.
    Confident {
        /// Hidden units.
        width("width"): f64 = 100.0,
        /// Step size.
        rate("rate"): f64 = 0.1,
        /// L2 penalty.
        l2("l2"): f64 = 0.0,
        /// Training images.
        images("images"): f64 = 1000.0,
        /// Epochs.
        epochs("epochs"): f64 = 60.0,
        /// Source of all chance.
        seed("seed"): f64 = 1.0,
    }
}

impl Confident {
    /// The one recipe.
    pub fn recipe(&self) -> Recipe {
        Recipe {
            learning_rate: self.rate as f32,
            training_images: self.images as u32,
            epochs: self.epochs as u32,
            seed: self.seed as u64,
            penalties: PenaltiesRecipe {
                l2: self.l2 as f32,
                ..PenaltiesRecipe::default()
            },
            observation: Observation::Outputs,
            ..Recipe::deep(LayerRecipe::Relu, self.width as u32, 1)
        }
    }
}

/// No penalty.
pub const FREE: Values = &[];
/// An L2 penalty.
pub const PENALISED: Values = &[("l2", "0.01")];
