//! Settings of the changed world, each in the link.

use leptos::prelude::*;

use crate::lab::experiments::changed::{AS_IT_WAS, ASIDE, ASKEW, INVERTED, NOISY, World};
use crate::lab::study::Change;
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;

/// Name in links.
pub const ID: &str = "changed";
/// Farthest shift, pixels.
pub const REACH: f64 = 10.0;

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Pixels to the right.
    pub right: RwSignal<f64>,
    /// Pixels down.
    pub down: RwSignal<f64>,
    /// Degrees clockwise.
    pub rotation: RwSignal<f64>,
    /// Standard deviation of noise on each pixel.
    pub noise: RwSignal<f64>,
    /// Paper is ink and ink is paper.
    pub inverted: RwSignal<bool>,
}

impl Settings {
    /// Declares all settings in the link.
    pub fn declare() -> Self {
        let link = expect_context::<Link>();
        let whole = |key, most: f64| link.field(ID, key, 0.0, Codec::whole(-most..=most));
        Self {
            right: whole("right", REACH),
            down: whole("down", REACH),
            rotation: whole("rotation", 180.0),
            noise: link.field(ID, "noise", 0.0, Codec::within(0.0..=1.0)),
            inverted: link.field(ID, "inverted", false, Codec::switch()),
        }
    }

    /// What is done to every test image.
    pub fn change(self) -> Change {
        let now = World {
            right: self.right.get(),
            down: self.down.get(),
            rotation: self.rotation.get(),
            noise: self.noise.get(),
            inverted: self.inverted.get(),
        };
        now.change()
    }
}

/// Worlds that the test set did not come from. `tests/it/test_set.rs` measures them.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "As it was",
        claim: "The digits come as they did when the network was tested.",
        values: AS_IT_WAS,
    },
    Preset {
        title: "Four pixels aside",
        claim: "Another scanner lays every digit four pixels to the right: the network errs on every fourth.",
        values: ASIDE,
    },
    Preset {
        title: "Held askew",
        claim: "The paper is turned by 30 degrees: a reader hardly notices, the network errs on nearly every fifth digit.",
        values: ASKEW,
    },
    Preset {
        title: "A noisy camera",
        claim: "Noise of 0.4 on every pixel: you still read every digit, the network errs on every fourth.",
        values: NOISY,
    },
    Preset {
        title: "White on black",
        claim: "Ink and paper change places: the strokes are the same, and the network errs on every second digit.",
        values: INVERTED,
    },
];
