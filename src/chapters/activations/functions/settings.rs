//! What can be set on the bench.

use leptos::prelude::*;

use super::super::notation::slug;
use crate::theory::activation::Activation;
use crate::ui::link::{Codec, Link};

/// Name in links.
pub const ID: &str = "functions";

/// No input and no value beyond this, on either side, is shown.
pub const FARTHEST: f64 = 20.0;
/// Step of the point.
pub const STEP: f64 = 0.05;

/// Settings of a page that was just opened.
pub mod default {
    use crate::theory::activation::Activation;

    /// The sheet's ReLU, and the pair that shows what c does.
    pub const FUNCTIONS: [Activation; 3] =
        [Activation::Sigmoid, Activation::Relu, Activation::Softplus];
    /// The point.
    pub const X: f64 = 1.0;
    /// The factor.
    pub const C: f64 = 1.0;
    /// Left end of the inputs.
    pub const FROM: f64 = -4.0;
    /// Right end of the inputs.
    pub const TO: f64 = 4.0;
    /// Lower end of the values, if they are fixed.
    pub const LOW: f64 = -1.0;
    /// Upper end of the values, if they are fixed.
    pub const HIGH: f64 = 4.0;
}

/// Which values the first figure shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AxisRange {
    /// Those of the curves.
    Fitted,
    /// Those that were set.
    Fixed,
}

/// The signals behind the controls.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Functions shown.
    pub functions: RwSignal<Vec<Activation>>,
    /// The point.
    pub x: RwSignal<f64>,
    /// The factor.
    pub c: RwSignal<f64>,
    /// Whether the limits are drawn.
    pub limit: RwSignal<bool>,
    /// One end of the inputs.
    pub from: RwSignal<f64>,
    /// The other end of the inputs.
    pub to: RwSignal<f64>,
    /// Which values are shown.
    pub axis: RwSignal<AxisRange>,
    /// One end of the values.
    pub low: RwSignal<f64>,
    /// The other end of the values.
    pub high: RwSignal<f64>,
}

/// The settings at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Bench {
    /// Functions shown.
    pub functions: Vec<Activation>,
    /// The point.
    pub x: f64,
    /// The factor, above 0.
    pub c: f64,
    /// Whether the limits are drawn.
    pub limit: bool,
    /// Inputs shown, low first.
    pub inputs: (f64, f64),
    /// Values shown; those of the curves without.
    pub values: Option<(f64, f64)>,
}

impl Settings {
    /// Declares all settings in the link.
    pub fn declare() -> Self {
        let link = expect_context::<Link>();
        let anywhere = || Codec::within(-FARTHEST..=FARTHEST);
        Self {
            functions: link.field(ID, "show", default::FUNCTIONS.to_vec(), functions_codec()),
            x: link.field(ID, "x", default::X, anywhere()),
            c: link.field(ID, "c", default::C, Codec::within(0.1..=100.0)),
            limit: link.field(ID, "limit", true, Codec::switch()),
            from: link.field(ID, "from", default::FROM, anywhere()),
            to: link.field(ID, "to", default::TO, anywhere()),
            axis: link.field(
                ID,
                "axis",
                AxisRange::Fitted,
                Codec::one_of(&[("fitted", AxisRange::Fitted), ("fixed", AxisRange::Fixed)]),
            ),
            low: link.field(ID, "low", default::LOW, anywhere()),
            high: link.field(ID, "high", default::HIGH, anywhere()),
        }
    }

    /// The inputs shown: the two ends in order, and apart.
    pub fn shown(self) -> (f64, f64) {
        in_order(self.from.get(), self.to.get())
    }

    /// The settings as they are now.
    pub fn bench(self) -> Bench {
        Bench {
            functions: self.functions.get(),
            x: self.x.get(),
            c: self.c.get(),
            limit: self.limit.get(),
            inputs: self.shown(),
            values: (self.axis.get() == AxisRange::Fixed)
                .then(|| in_order(self.low.get(), self.high.get())),
        }
    }
}

/// Two ends in order; where they are the same, a stretch of length 1 around them.
fn in_order(a: f64, b: f64) -> (f64, f64) {
    if a == b {
        (a - 0.5, b + 0.5)
    } else {
        (a.min(b), a.max(b))
    }
}

/// The functions for the row of check boxes.
pub fn options() -> Vec<(Activation, &'static str)> {
    Activation::ALL
        .iter()
        .map(|activation| (*activation, activation.name()))
        .collect()
}

/// Names with commas between them; no function at all is "none".
fn functions_codec() -> Codec<Vec<Activation>> {
    let names: Vec<&str> = Activation::ALL
        .iter()
        .map(|activation| slug(*activation))
        .collect();
    Codec::new(
        |functions: &Vec<Activation>| write(functions),
        read,
        format!("some of {}, with commas", names.join(", ")),
    )
}

fn write(functions: &[Activation]) -> String {
    if functions.is_empty() {
        return "none".to_owned();
    }
    let names: Vec<&str> = functions
        .iter()
        .map(|activation| slug(*activation))
        .collect();
    names.join(",")
}

fn read(text: &str) -> Option<Vec<Activation>> {
    if text == "none" {
        return Some(Vec::new());
    }
    let named: Vec<&str> = text.split(',').collect();
    let known = |name: &&str| {
        Activation::ALL
            .iter()
            .any(|activation| slug(*activation) == *name)
    };
    // In the order of the check boxes, each once.
    named.iter().all(known).then(|| {
        let all = Activation::ALL.into_iter();
        all.filter(|activation| named.contains(&slug(*activation)))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_go_through_a_link_and_back() {
        for functions in [vec![], vec![Activation::Gelu], Activation::ALL.to_vec()] {
            assert_eq!(read(&write(&functions)), Some(functions));
        }
        assert_eq!(read("relu,nothing"), None);
        assert_eq!(
            read("relu,step,relu"),
            Some(vec![Activation::Step, Activation::Relu])
        );
    }

    #[test]
    fn ends_are_put_in_order_and_apart() {
        assert_eq!(in_order(2.0, -1.0), (-1.0, 2.0));
        assert_eq!(in_order(3.0, 3.0), (2.5, 3.5));
    }
}
