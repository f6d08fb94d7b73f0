//! Settings of the spread, each in the link.

use leptos::prelude::*;

use crate::lab::experiments::choosing::{
    ALL_IMAGES, HUNDRED_IMAGES, ONE_EPOCH, Spread, THOUSAND_IMAGES,
};
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;

/// Name in links.
pub const ID: &str = "spread";
/// Times that images are drawn.
pub const DRAWS: usize = 1000;

/// Settings of a page that was just opened.
pub const DEFAULT: Spread = Spread::DEFAULT;

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Images that the error is counted on.
    pub images: RwSignal<f64>,
    /// Epochs of the network.
    pub epochs: RwSignal<f64>,
    /// Seed of the network.
    pub seed: RwSignal<f64>,
    /// Which draws.
    pub draw: RwSignal<f64>,
}

impl Settings {
    /// Declares all settings in the link.
    pub fn declare() -> Self {
        let link = expect_context::<Link>();
        let whole = |key, default, least: f64, most: f64| {
            link.field(ID, key, default, Codec::whole(least..=most))
        };
        Self {
            images: whole("images", DEFAULT.images, 10.0, 4000.0),
            epochs: whole("epochs", DEFAULT.epochs, 1.0, 50.0),
            seed: whole("seed", DEFAULT.seed, 0.0, 999_999.0),
            draw: whole("draw", 1.0, 1.0, 9999.0),
        }
    }

    /// Reads all of them.
    pub fn track(self) {
        for setting in [self.images, self.epochs, self.seed, self.draw] {
            setting.track();
        }
    }
}

/// How many images tell how much. `tests/it/test_set.rs` trains them.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "100 images",
        claim: "Counted on 100 images, the error is off by more than three points in about every third draw.",
        values: HUNDRED_IMAGES,
    },
    Preset {
        title: "1,000 images",
        claim: "Ten times as many images, and the spread is three times smaller: one point.",
        values: THOUSAND_IMAGES,
    },
    Preset {
        title: "4,000 images",
        claim: "All test digits: half a point. What differs by less may be chance.",
        values: ALL_IMAGES,
    },
    Preset {
        title: "After one epoch",
        claim: "A network that has learned little errs more, and e(1\u{2212}e) grows up to e = 1/2: its error is spread more widely.",
        values: ONE_EPOCH,
    },
];
