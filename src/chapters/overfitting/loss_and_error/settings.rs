//! What is said about the five samples, each number in the link.

use leptos::prelude::*;

use crate::theory::loss_and_error::{Prediction, START};
use crate::ui::link::{Codec, Link};

/// Name in links.
pub const ID: &str = "loss-and-error";
/// Samples.
pub const SAMPLES: usize = START.len();
/// Smallest and largest probability of the right class: at 0 the loss has no bound.
pub const REACH: (f64, f64) = (0.01, 0.99);
/// Names of the right classes' probabilities in links and tests.
pub const RIGHT_KEYS: [&str; SAMPLES] = ["p1", "p2", "p3", "p4", "p5"];
/// Names of the shares of the rest.
pub const REST_KEYS: [&str; SAMPLES] = ["s1", "s2", "s3", "s4", "s5"];

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Probability of the right class of each sample.
    pub right: [RwSignal<f64>; SAMPLES],
    /// Share that the first wrong class has of the rest.
    pub first_of_rest: [RwSignal<f64>; SAMPLES],
    /// The sample that was moved last, from 1: the charts follow it.
    pub moved: RwSignal<f64>,
}

impl Settings {
    /// Declares all settings in the link.
    pub fn declare() -> Self {
        let link = expect_context::<Link>();
        let right = |i: usize| {
            let within = Codec::within(REACH.0..=REACH.1);
            link.field(ID, RIGHT_KEYS[i], START[i].right, within)
        };
        let rest = |i: usize| {
            let within = Codec::within(0.0..=1.0);
            link.field(ID, REST_KEYS[i], START[i].first_of_rest, within)
        };
        Self {
            right: std::array::from_fn(right),
            first_of_rest: std::array::from_fn(rest),
            moved: link.field(
                ID,
                "moved",
                default::MOVED,
                Codec::whole(1.0..=SAMPLES as f64),
            ),
        }
    }

    /// What is said now.
    pub fn predictions(&self) -> [Prediction; SAMPLES] {
        std::array::from_fn(|i| Prediction {
            right: self.right[i].get(),
            first_of_rest: self.first_of_rest[i].get(),
        })
    }

    /// Says all of `predictions`.
    pub fn set(&self, predictions: &[Prediction; SAMPLES]) {
        for (i, prediction) in predictions.iter().enumerate() {
            self.right[i].set(prediction.right);
            self.first_of_rest[i].set(prediction.first_of_rest);
        }
    }

    /// Moves one border of sample `sample` to `share` of the bar's length: border 0 ends the right class, and the rest is
    /// divided as before; border 1 divides the rest.
    pub fn drag(&self, sample: usize, border: usize, share: f64) {
        let round = |value: f64| (100.0 * value).round() / 100.0;
        self.moved.set(sample as f64 + 1.0);
        let right = self.right[sample];
        if border == 0 {
            right.set(round(share).clamp(REACH.0, REACH.1));
        } else {
            let right = right.get_untracked();
            let of_rest = round((share - right) / (1.0 - right)).clamp(0.0, 1.0);
            self.first_of_rest[sample].set(of_rest);
        }
    }

    /// Gives the right class of the moved sample `steps` hundredths more.
    pub fn step(&self, steps: i32) {
        let right = self.right[self.moved.get_untracked() as usize - 1];
        let to = (100.0 * right.get_untracked()).round() + f64::from(steps);
        right.set((to / 100.0).clamp(REACH.0, REACH.1));
    }
}

/// Defaults that are no prediction's.
pub mod default {
    /// The sample that the charts follow: the one that is wrong.
    pub const MOVED: f64 = 5.0;
}
