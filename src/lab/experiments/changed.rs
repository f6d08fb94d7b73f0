//! 4.3 The world changes: what is done to every test digit.

use super::{Values, settings};
use crate::lab::study::Change;

settings! {
    /// A world that the test set may not have come from.
    World {
        /// Pixels to the right.
        right("right"): f64 = 0.0,
        /// Pixels down.
        down("down"): f64 = 0.0,
        /// Degrees clockwise.
        rotation("rotation"): f64 = 0.0,
        /// Standard deviation of noise on each pixel.
        noise("noise"): f64 = 0.0,
        /// Paper is ink and ink is paper.
        inverted("inverted"): bool = false,
    }
}

impl World {
    /// What is done to every test image.
    pub fn change(&self) -> Change {
        Change {
            rotation: self.rotation as f32,
            shift: [self.right as f32, self.down as f32],
            noise: self.noise as f32,
            inverted: self.inverted,
        }
    }
}

/// As it was when the network was tested.
pub const AS_IT_WAS: Values = &[];
/// Every digit four pixels to the right.
pub const ASIDE: Values = &[("right", "4")];
/// The paper turned.
pub const ASKEW: Values = &[("rotation", "30")];
/// Noise on every pixel.
pub const NOISY: Values = &[("noise", "0.4")];
/// Ink and paper exchanged.
pub const INVERTED: Values = &[("inverted", "on")];
