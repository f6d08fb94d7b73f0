//! 4.7 Noise learned by heart: two runs, one of them with wrong labels.

use super::{Values, settings};
use crate::lab::recipe::Recipe;

settings! {
    /// What decides the two runs.
    Noisy {
        /// Share of wrong labels in run B.
        noise("share"): f64 = 0.5,
        /// Training images.
        images("images"): f64 = 1000.0,
        /// Hidden units.
        width("width"): f64 = 300.0,
        /// Epochs.
        epochs("epochs"): f64 = 60.0,
        /// Step size.
        rate("rate"): f64 = 0.1,
        /// Source of all chance.
        seed("seed"): f64 = 1.0,
    }
}

impl Noisy {
    /// The recipes of run A, with true labels, and run B, with wrong ones among them.
    pub fn recipes(&self) -> [Recipe; 2] {
        [0.0, self.noise as f32].map(|label_noise| self.recipe(label_noise))
    }

    fn recipe(&self, label_noise: f32) -> Recipe {
        Recipe {
            label_noise,
            learning_rate: self.rate as f32,
            ..Recipe::dense(self.width as u32, 1, 0.0).trained(self.images, self.epochs, self.seed)
        }
    }
}

/// No label wrong.
pub const NONE: Values = &[("share", "0")];
/// Every fifth label wrong.
pub const A_FIFTH: Values = &[("share", "0.2")];
/// Every second.
pub const HALF: Values = &[];
/// Every one.
pub const ALL: Values = &[("share", "1")];
/// Half of the labels wrong, and an early end.
pub const STOP_EARLY: Values = &[("epochs", "2")];
/// Half of the labels wrong, and no room for them.
pub const TEN_UNITS: Values = &[("width", "10")];
