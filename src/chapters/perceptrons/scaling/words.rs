//! What the widget says about its present state.

use leptos::prelude::*;

use super::compared::Compared;
use super::factors::{FactorSettings, Scope, Sign};
use crate::figures::numerals::number;
use crate::theory::scaling::{Factors, ScaledNetwork};

/// Over the scaled diagram.
pub fn caption(settings: &FactorSettings) -> String {
    let sign = settings.sign.get();
    match (settings.scope.get(), sign) {
        (_, Sign::Zero) => "Times 0".to_owned(),
        (Scope::Network, Sign::Positive) => format!("Times {}", number(settings.c.get(), 3)),
        (Scope::Network, Sign::Negative) => format!("Times {}", number(-settings.c.get(), 3)),
        (Scope::Layers, _) => "Each layer times its own c".to_owned(),
        (Scope::Neurons, _) => "Each neuron times its own c".to_owned(),
    }
}

/// The sentence under the widget.
pub fn sentence(scaled: &ScaledNetwork, settings: &FactorSettings, compared: &Compared) -> String {
    let verdict = compared.verdict();
    let how = match scaled.factors() {
        Factors::Network(c) => format!("With every weight and bias times {}", number(*c, 3)),
        Factors::Layers(factors) => {
            let list: Vec<String> = factors.iter().map(|c| number(*c, 3)).collect();
            format!("With layer after layer times {}", list.join(", "))
        }
        Factors::Neurons(layers) => {
            let all = || layers.iter().flatten().copied();
            let (least, most) = (
                all().fold(f64::INFINITY, f64::min),
                all().fold(f64::NEG_INFINITY, f64::max),
            );
            let count = all().count();
            format!(
                "With a factor of its own for each of {count} {}, from {} to {}",
                if count == 1 { "neuron" } else { "neurons" },
                number(least, 3),
                number(most, 3)
            )
        }
    };
    let why = match settings.sign.get() {
        Sign::Positive => {
            " A factor above 0 keeps the sign of every weighted input, and the sign is all that a perceptron looks at."
        }
        Sign::Zero => {
            " A factor of 0 makes every weighted input 0, and every perceptron silent: the proof needs c > 0."
        }
        Sign::Negative if compared.same() => {
            " A factor below 0 turns the sign of every weighted input; that no output shows it is luck of this network."
        }
        Sign::Negative => {
            " A factor below 0 turns the sign of every weighted input: the proof needs c > 0."
        }
    };
    format!("{how}, {verdict}{why}")
}
