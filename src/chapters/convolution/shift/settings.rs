//! Settings of the moved digit, each in the link.

use leptos::prelude::*;

use crate::chapters::convolution::window::{KERNELS, Kernel, presets};
use crate::lab::recipe::{LayerRecipe, Observation, Recipe};
use crate::ui::link::{Codec, Link};

/// Name in links.
pub const ID: &str = "shift";
/// Digits to choose from: the first ones of the bundled file.
pub const DIGITS: usize = 100;
/// Largest shift by hand, pixels.
pub const REACH: i32 = 10;
/// Largest shift of the measured errors, pixels.
pub const MEASURED: i32 = 6;
/// Units of the dense network: 784-364-10 has 289,390 parameters, the sheet's network 289,630.
const DENSE_UNITS: u32 = 364;

/// Settings of a page that was just opened.
pub mod default {
    /// Pixels to the right.
    pub const RIGHT: f64 = 1.0;
    /// Pixels down.
    pub const DOWN: f64 = 0.0;
    /// Training images.
    pub const IMAGES: f64 = 5000.0;
    /// Epochs.
    pub const EPOCHS: f64 = 3.0;
    /// Seed.
    pub const SEED: f64 = 1.0;
}

/// Where test digits are moved to when errors are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the right; to the left with a minus.
    Across,
    /// Down; up with a minus.
    Down,
    /// Both at once.
    Diagonal,
}

impl Direction {
    /// (right, down) of a shift by `pixels`.
    pub fn by(self, pixels: i32) -> [f32; 2] {
        let pixels = pixels as f32;
        match self {
            Self::Across => [pixels, 0.0],
            Self::Down => [0.0, pixels],
            Self::Diagonal => [pixels, pixels],
        }
    }

    /// What a positive shift is.
    pub fn words(self) -> &'static str {
        match self {
            Self::Across => "to the right",
            Self::Down => "down",
            Self::Diagonal => "to the right and down",
        }
    }
}

const DIRECTIONS: &[(&str, Direction)] = &[
    ("across", Direction::Across),
    ("down", Direction::Down),
    ("diagonal", Direction::Diagonal),
];

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Number of the digit in the file.
    pub digit: RwSignal<f64>,
    /// Pixels to the right.
    pub right: RwSignal<f64>,
    /// Pixels down.
    pub down: RwSignal<f64>,
    /// Which kernel.
    pub kernel: RwSignal<usize>,
    /// Where test digits are moved to.
    pub direction: RwSignal<Direction>,
    /// Training images of both networks.
    pub images: RwSignal<f64>,
    /// Epochs of both networks.
    pub epochs: RwSignal<f64>,
    /// Source of all chance of both networks.
    pub seed: RwSignal<f64>,
}

impl Settings {
    /// Declares all settings in the link.
    pub fn declare() -> Self {
        let link = expect_context::<Link>();
        let whole = |key, default, least: f64, most: f64| {
            link.field(ID, key, default, Codec::whole(least..=most))
        };
        let reach = f64::from(REACH);
        Self {
            digit: whole("digit", 0.0, 0.0, (DIGITS - 1) as f64),
            right: whole("right", default::RIGHT, -reach, reach),
            down: whole("down", default::DOWN, -reach, reach),
            kernel: link.field(ID, "kernel", 0, Codec::one_of(KERNELS)),
            direction: link.field(
                ID,
                "direction",
                Direction::Across,
                Codec::one_of(DIRECTIONS),
            ),
            images: whole("images", default::IMAGES, 100.0, 5000.0),
            epochs: whole("epochs", default::EPOCHS, 1.0, 30.0),
            seed: whole("seed", default::SEED, 0.0, 999_999.0),
        }
    }

    /// The shift, (right, down) in pixels.
    pub fn shift(&self) -> (i32, i32) {
        (self.right.get() as i32, self.down.get() as i32)
    }

    /// The kernel.
    pub fn chosen(&self) -> Kernel {
        presets().swap_remove(self.kernel.get())
    }

    /// The sheet's network and a dense one with as many parameters.
    pub fn recipes(&self) -> [Recipe; 2] {
        [
            Recipe::sheet_cnn(0.0),
            Recipe::deep(LayerRecipe::Relu, DENSE_UNITS, 1),
        ]
        .map(|recipe| Recipe {
            training_images: self.images.get() as u32,
            epochs: self.epochs.get() as u32,
            seed: self.seed.get() as u64,
            observation: Observation::Parameters,
            ..recipe
        })
    }
}
