//! How this chapter writes numbers, equations and functions.

use crate::figures::numerals::number;
use crate::figures::palette::Role;
use crate::theory::activation::Activation;
use crate::theory::activation::formula::Formula;

/// A number in the text: four digits at most, a true minus.
pub fn plain(value: f64) -> String {
    number(value, 4)
}

/// The number of a class as a lowered digit.
pub fn lowered(class: usize) -> char {
    ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'][class]
}

/// MathML of `name(x) = formula`; `prime` for the derivative's name.
pub fn equation(name: &str, prime: bool, formula: &Formula) -> String {
    let prime = if prime { "\u{2032}" } else { "" };
    format!(
        "<mrow><mi>{name}{prime}</mi><mo>\u{2061}</mo><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo><mo>=</mo>{}</mrow>",
        formula.to_mathml()
    )
}

/// The colour of a function, the same in every figure of the chapter.
pub fn role(activation: Activation) -> Role {
    match activation {
        Activation::Relu => Role::RunA,
        Activation::Sigmoid => Role::RunB,
        Activation::Tanh => Role::Further(0),
        Activation::Softplus => Role::Further(1),
        Activation::LeakyRelu => Role::Further(2),
        Activation::Elu => Role::Further(3),
        Activation::Silu => Role::Further(4),
        Activation::Step => Role::Ink,
        Activation::Gelu => Role::Quiet,
    }
}

/// The name of a function in links and in the style sheet.
pub fn slug(activation: Activation) -> &'static str {
    match activation {
        Activation::Step => "step",
        Activation::Sigmoid => "sigmoid",
        Activation::Tanh => "tanh",
        Activation::Relu => "relu",
        Activation::LeakyRelu => "leaky-relu",
        Activation::Elu => "elu",
        Activation::Softplus => "softplus",
        Activation::Silu => "silu",
        Activation::Gelu => "gelu",
    }
}
