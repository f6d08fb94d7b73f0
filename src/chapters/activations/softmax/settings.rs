//! What can be set on the softmax bench, and what follows from it.

use leptos::prelude::*;

use crate::theory::activation::Activation;
use crate::theory::softmax::{ScaleLimit, jacobian, scaled_softmax, sigmoids};
use crate::ui::link::{Codec, Link};

/// Name in links.
pub const ID: &str = "softmax";
/// Number of classes: the ten digits.
pub const CLASSES: usize = 10;
/// Largest magnitude of a logit: what a trained network says is inside (`tests/it/digit_logits.rs`).
pub const REACH: f64 = 20.0;
/// Largest magnitude that the bars show where no logit is larger.
pub const NEAR: f64 = 10.0;
/// Step of a logit.
pub const STEP: f64 = 0.1;
/// Largest magnitude of the constant.
pub const MOST_ADDED: f64 = 150.0;
/// Test digits that can be chosen.
pub const MOST_DIGITS: f64 = 4000.0;
/// Largest factor.
pub const MOST_C: f64 = 1000.0;

/// Names of the logits in links and tests.
pub const KEYS: [&str; CLASSES] = ["a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9"];

/// Settings of a page that was just opened.
pub mod default {
    use super::CLASSES;

    /// What a network might say of a digit that is a 3, or perhaps a 5.
    pub const LOGITS: [f64; CLASSES] = [-1.2, 0.3, 1.5, 4.2, -2.0, 2.6, -3.1, 0.8, 1.9, 0.2];
    /// The right class.
    pub const LABEL: f64 = 3.0;
    /// Row and column of the Jacobian.
    pub const CELL: (f64, f64) = (3.0, 5.0);
}

/// Which c the figures show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// That of the slider.
    Slider,
    /// The limit for c -> 0.
    Zero,
    /// The limit for c -> infinity.
    Infinity,
}

/// What stands below the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All probabilities against c.
    Limits,
    /// How every probability answers to every logit.
    Jacobian,
    /// The same in 32-bit floating point, naive and stable.
    Arithmetic,
    /// What the probability of the right class costs.
    CrossEntropy,
}

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// The logits a.
    pub logits: [RwSignal<f64>; CLASSES],
    /// The constant k that is added to all.
    pub added: RwSignal<f64>,
    /// The factor c.
    pub c: RwSignal<f64>,
    /// Whether a limit is shown instead.
    pub at: RwSignal<At>,
    /// What stands below.
    pub part: RwSignal<Part>,
    /// Row of the Jacobian.
    pub row: RwSignal<f64>,
    /// Column of the Jacobian.
    pub column: RwSignal<f64>,
    /// The right class.
    pub label: RwSignal<f64>,
    /// Test digit, from 1, whose logits a trained network gives; 0 for none.
    pub digit: RwSignal<f64>,
}

/// Everything that follows from the settings, at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Bench {
    /// The logits a.
    pub logits: [f64; CLASSES],
    /// The constant k.
    pub added: f64,
    /// The factor of the slider.
    pub c: f64,
    /// The factor that the figures show: 0 and infinity are the limits.
    pub shown_c: f64,
    /// softmax(c (a + k)).
    pub probabilities: Vec<f64>,
    /// The largest difference that k makes to a probability.
    pub moved_by_constant: f64,
    /// sigma(c (a + k)), each by itself.
    pub sigmoids: Vec<f64>,
    /// What happens as c grows and shrinks.
    pub limit: ScaleLimit,
}

impl Settings {
    /// Declares all settings in the link.
    pub fn declare() -> Self {
        let link = expect_context::<Link>();
        let class = || Codec::whole(0.0..=9.0);
        Self {
            logits: std::array::from_fn(|i| {
                link.field(
                    ID,
                    KEYS[i],
                    default::LOGITS[i],
                    Codec::within(-REACH..=REACH),
                )
            }),
            added: link.field(ID, "added", 0.0, Codec::within(-MOST_ADDED..=MOST_ADDED)),
            c: link.field(ID, "c", 1.0, Codec::within(0.0..=MOST_C)),
            at: link.field(
                ID,
                "at",
                At::Slider,
                Codec::one_of(&[
                    ("c", At::Slider),
                    ("zero", At::Zero),
                    ("infinity", At::Infinity),
                ]),
            ),
            part: link.field(
                ID,
                "part",
                Part::Limits,
                Codec::one_of(&[
                    ("limits", Part::Limits),
                    ("jacobian", Part::Jacobian),
                    ("arithmetic", Part::Arithmetic),
                    ("cross-entropy", Part::CrossEntropy),
                ]),
            ),
            row: link.field(ID, "row", default::CELL.0, class()),
            column: link.field(ID, "column", default::CELL.1, class()),
            label: link.field(ID, "label", default::LABEL, class()),
            digit: link.field(ID, "digit", 0.0, Codec::whole(0.0..=MOST_DIGITS)),
        }
    }

    /// What follows from the settings as they are now.
    pub fn bench(self) -> Bench {
        let c = self.c.get();
        let shown_c = match self.at.get() {
            At::Slider => c,
            At::Zero => 0.0,
            At::Infinity => f64::INFINITY,
        };
        Bench::new(
            self.logits.map(|logit| logit.get()),
            self.added.get(),
            c,
            shown_c,
        )
    }
}

impl Bench {
    /// Computes everything; c and shown_c are not negative.
    pub fn new(logits: [f64; CLASSES], added: f64, c: f64, shown_c: f64) -> Self {
        let raised = logits.map(|a| a + added);
        let probabilities = scaled_softmax(&raised, shown_c);
        let without = scaled_softmax(&logits, shown_c);
        let differences = probabilities
            .iter()
            .zip(&without)
            .map(|(p, q)| (p - q).abs());
        Self {
            logits,
            added,
            c,
            shown_c,
            moved_by_constant: differences.fold(0.0, f64::max),
            probabilities,
            sigmoids: if shown_c.is_finite() {
                sigmoids(&raised.map(|a| shown_c * a))
            } else {
                raised.map(|a| Activation::Sigmoid.scaled_limit(a)).to_vec()
            },
            limit: ScaleLimit::of(&logits),
        }
    }

    /// z = c (a + k) with the shown c; none in the limit c -> infinity, which has no logits.
    pub fn scaled(&self) -> Option<[f64; CLASSES]> {
        let scaled = self.logits.map(|a| self.shown_c * (a + self.added));
        self.shown_c.is_finite().then_some(scaled)
    }

    /// The Jacobian of the shown probabilities, axes (component, logit), in row-major order.
    pub fn jacobian(&self) -> Vec<f64> {
        jacobian(&self.probabilities).into_iter().collect()
    }

    /// The classes with the largest logit.
    pub fn winners(&self) -> Vec<usize> {
        let largest = self.logits.iter().copied().fold(f64::MIN, f64::max);
        (0..CLASSES)
            .filter(|i| self.logits[*i] == largest)
            .collect()
    }
}

/// A starting point.
pub struct Preset {
    /// On its button.
    pub title: &'static str,
    /// Settings that are not at their defaults, as a link has them.
    pub values: &'static [(&'static str, &'static str)],
}

/// What is worth seeing.
pub const PRESETS: &[Preset] = &[
    Preset {
        title: "One winner",
        values: &[],
    },
    Preset {
        title: "A tie",
        values: &[("a5", "4.2")],
    },
    Preset {
        title: "A tie, c \u{2192} \u{221e}",
        values: &[("a5", "4.2"), ("at", "infinity")],
    },
    Preset {
        title: "Uniform, c \u{2192} 0",
        values: &[("at", "zero")],
    },
    Preset {
        title: "A constant too large for f32",
        values: &[("added", "90"), ("part", "arithmetic")],
    },
    Preset {
        title: "Sure and wrong",
        values: &[("c", "4"), ("label", "5"), ("part", "cross-entropy")],
    },
];
