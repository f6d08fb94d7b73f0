//! 4.3 What the test set can tell: small networks that differ in their seed alone, one of them or several to choose among.

use super::{Values, settings};
use crate::lab::recipe::{Observation, Recipe};

settings! {
    /// How far one network's error is off when it is counted on some images.
    Spread {
        /// Images that the error is counted on.
        images("images"): f64 = 100.0,
        /// Epochs of the network.
        epochs("epochs"): f64 = 10.0,
        /// Seed of the network.
        seed("seed"): f64 = 1.0,
    }
}

settings! {
    /// The choice of the best of several networks.
    Choosing {
        /// Networks to choose among.
        networks("networks"): f64 = 10.0,
        /// Images to choose by.
        images("images"): f64 = 100.0,
        /// Epochs of each network.
        epochs("epochs"): f64 = 10.0,
        /// Seed of the first network.
        seed("seed"): f64 = 1.0,
    }
}

/// One of the networks: 30 ReLU units, 1,000 training images.
pub fn network(epochs: f64, seed: u64) -> Recipe {
    Recipe {
        epochs: epochs as u32,
        seed,
        observation: Observation::OutputsAtRest,
        ..Recipe::digit_reader()
    }
}

/// Counted on 100 images.
pub const HUNDRED_IMAGES: Values = &[];
/// Counted on 1,000 images.
pub const THOUSAND_IMAGES: Values = &[("images", "1000")];
/// Counted on all of them.
pub const ALL_IMAGES: Values = &[("images", "4000")];
/// A network that has learned little.
pub const ONE_EPOCH: Values = &[("epochs", "1")];

/// Ten networks, few digits to choose by.
pub const TEN_BY_HUNDRED: Values = &[];
/// More networks, fewer digits.
pub const TWENTY_BY_FIFTY: Values = &[("networks", "20"), ("images", "50")];
/// Ten networks, many digits.
pub const TEN_BY_MANY: Values = &[("images", "3000")];
