//! Settings of the penalties: the kind, the plane of two weights, the twin run; each in the link.

use leptos::prelude::*;

use crate::lab::experiments::Named;
pub use crate::lab::experiments::penalties::Kind;
use crate::lab::experiments::penalties::{BOUNDED, MAGNITUDES, Penalised, SQUARES, TOO_MUCH};
use crate::lab::recipe::{PenaltiesRecipe, Recipe, RecipeError, ValidRecipe};
use crate::theory::penalised::{Penalty, Quadratic};
use crate::ui::link::{Codec, Link};
use crate::ui::presets::Preset;

/// Name in links.
pub const ID: &str = "penalties";
/// Weights in the plane reach from minus this to this.
pub const REACH: f64 = 3.0;

/// Settings of a page that was just opened.
pub const DEFAULT: Penalised = Penalised::DEFAULT;

/// Those that no run has.
pub mod default {
    /// Where the loss of two weights is least.
    pub const MIDDLE: (f64, f64) = (2.0, 0.8);
    /// lambda in the plane.
    pub const STRENGTH: f64 = 1.0;
    /// Bound in the plane.
    pub const RADIUS: f64 = 1.2;
    /// Curvature of the loss along its steep axis.
    pub const STEEP: f64 = 1.6;
    /// Along its flat one.
    pub const FLAT: f64 = 0.6;
    /// Angle of the steep axis, degrees.
    pub const ANGLE: f64 = 20.0;
}

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// How weights are kept small, in the plane and in the run.
    pub kind: RwSignal<Kind>,
    /// Where the loss of two weights is least.
    pub first: RwSignal<f64>,
    /// Its second weight.
    pub second: RwSignal<f64>,
    /// lambda in the plane.
    pub strength: RwSignal<f64>,
    /// Bound in the plane.
    pub radius: RwSignal<f64>,
    /// Curvature of the loss along its flat axis.
    pub flat: RwSignal<f64>,
    /// Angle of the steep axis, degrees.
    pub angle: RwSignal<f64>,
    /// lambda of L2 in the run; may change during it.
    pub l2: RwSignal<f64>,
    /// lambda of L1 in the run; may change during it.
    pub l1: RwSignal<f64>,
    /// Bound in the run; may change during it.
    pub bound: RwSignal<f64>,
    /// Hidden units.
    pub width: RwSignal<f64>,
    /// Training images.
    pub images: RwSignal<f64>,
    /// Epochs.
    pub epochs: RwSignal<f64>,
    /// Source of all chance.
    pub seed: RwSignal<f64>,
}

impl Settings {
    /// Declares all settings in the link.
    pub fn declare() -> Self {
        let link = expect_context::<Link>();
        let number = |key, default, least: f64, most: f64| {
            link.field(ID, key, default, Codec::within(least..=most))
        };
        let whole = |key, default, least: f64, most: f64| {
            link.field(ID, key, default, Codec::whole(least..=most))
        };
        Self {
            kind: link.field(ID, "kind", Kind::L2, Codec::one_of(Kind::NAMES)),
            first: number("w1", default::MIDDLE.0, -REACH, REACH),
            second: number("w2", default::MIDDLE.1, -REACH, REACH),
            strength: number("strength", default::STRENGTH, 0.0, 5.0),
            radius: number("radius", default::RADIUS, 0.1, 4.0),
            flat: number("flat", default::FLAT, 0.1, default::STEEP),
            angle: number("angle", default::ANGLE, -90.0, 90.0),
            l2: number("l2", DEFAULT.l2, 0.0, 0.1),
            l1: number("l1", DEFAULT.l1, 0.0, 0.01),
            bound: number("bound", DEFAULT.bound, 0.1, 10.0),
            width: whole("width", DEFAULT.width, 5.0, 500.0),
            images: whole("images", DEFAULT.images, 10.0, 5000.0),
            epochs: whole("epochs", DEFAULT.epochs, 1.0, 200.0),
            seed: whole("seed", DEFAULT.seed, 0.0, 999_999.0),
        }
    }

    /// The loss of two weights.
    pub fn loss(&self) -> Quadratic {
        Quadratic {
            middle: [self.first.get(), self.second.get()],
            curvatures: [default::STEEP, self.flat.get()],
            angle: self.angle.get().to_radians(),
        }
    }

    /// What keeps the two weights small.
    pub fn penalty(&self) -> Penalty {
        match self.kind.get() {
            Kind::L2 => Penalty::L2(self.strength.get()),
            Kind::L1 => Penalty::L1(self.strength.get()),
            Kind::MaxNorm => Penalty::MaxNorm(self.radius.get()),
        }
    }

    /// Those of the runs as they stand now.
    fn now(&self) -> Penalised {
        Penalised {
            kind: self.kind.get(),
            l2: self.l2.get(),
            l1: self.l1.get(),
            bound: self.bound.get(),
            width: self.width.get(),
            images: self.images.get(),
            epochs: self.epochs.get(),
            seed: self.seed.get(),
        }
    }

    /// Penalties of run B as they stand now.
    pub fn penalties(&self) -> PenaltiesRecipe {
        // Reads what it needs: whoever follows it is not to hear of the other settings.
        let penalised = Penalised {
            kind: self.kind.get(),
            l2: self.l2.get(),
            l1: self.l1.get(),
            bound: self.bound.get(),
            ..Penalised::DEFAULT
        };
        penalised.penalties()
    }

    /// The recipes of run A, without penalty, and run B, with one.
    ///
    /// # Errors
    /// The first setting that cannot be trained.
    pub fn recipes(&self) -> Result<Vec<ValidRecipe>, RecipeError> {
        let recipes = self.now().recipes();
        recipes.map(Recipe::validate).into_iter().collect()
    }
}

/// The three kinds, and too much of one. `tests/it/penalties.rs` trains them.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "L2",
        claim: "All weights shrink, none is 0: the norm falls by about two fifths and the test loss by about a fifth; the test error hardly moves.",
        values: SQUARES,
    },
    Preset {
        title: "L1",
        claim: "Three of four weights or more come within 0.001 of 0: each step goes a little too far, so they stay near 0 and are not exactly 0, as in the plane. The test loss falls; the test error does not.",
        values: MAGNITUDES,
    },
    Preset {
        title: "Max-norm",
        claim: "No unit has incoming weights longer than 1.5, where without a bound some reach 3; the test loss falls by about a fifth.",
        values: BOUNDED,
    },
    Preset {
        title: "Too much L2",
        claim: "With \u{3bb} = 0.03 the weights are too small to learn even the training images: they keep an error of 5 or 6 %, and the test error rises.",
        values: TOO_MUCH,
    },
];
