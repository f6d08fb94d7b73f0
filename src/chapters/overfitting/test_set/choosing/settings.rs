//! Settings of the choice, each in the link.

use leptos::prelude::*;

use crate::lab::experiments::choosing::{Choosing, TEN_BY_HUNDRED, TEN_BY_MANY, TWENTY_BY_FIFTY};
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;

/// Name in links.
pub const ID: &str = "choosing";
/// Times that images to choose by are drawn.
pub const DRAWS: usize = 500;
/// Most networks.
pub const MOST: f64 = 20.0;

/// Settings of a page that was just opened.
pub const DEFAULT: Choosing = Choosing::DEFAULT;

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Networks to choose among.
    pub networks: RwSignal<f64>,
    /// Images to choose by.
    pub images: RwSignal<f64>,
    /// Epochs of each network.
    pub epochs: RwSignal<f64>,
    /// Seed of the first network.
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
            networks: whole("networks", DEFAULT.networks, 2.0, MOST),
            images: whole("images", DEFAULT.images, 10.0, 3000.0),
            epochs: whole("epochs", DEFAULT.epochs, 1.0, 50.0),
            seed: whole("seed", DEFAULT.seed, 0.0, 999_999.0),
        }
    }

    /// Reads all of them.
    pub fn track(self) {
        for setting in [self.networks, self.images, self.epochs, self.seed] {
            setting.track();
        }
    }
}

/// How much choosing flatters. `tests/it/test_set.rs` trains them.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "10 networks, 100 digits",
        claim: "The chosen one seems to err two points less than it does: on fresh digits it is hardly better than any of the ten.",
        values: TEN_BY_HUNDRED,
    },
    Preset {
        title: "20 networks, 50 digits",
        claim: "More to choose among and fewer digits to choose by: it flatters by nearly four points.",
        values: TWENTY_BY_FIFTY,
    },
    Preset {
        title: "10 networks, 3,000 digits",
        claim: "With many digits the choice flatters by less than half a point, and what is chosen is often better in truth.",
        values: TEN_BY_MANY,
    },
];
