//! Activation functions (homework task 3; Nielsen, chapters 1, 3 and 6): value and derivative in `f64` and in `f32`.
//!
//! Every formula is written once over [`Real`] in a form that keeps its relative accuracy wherever the function has any:
//! exponentials only of negative arguments, `exp_m1` and `ln_1p` near 0, and products ordered so that nothing becomes subnormal
//! before the last step. What the textbook's own form would give is [`Activation::equation`] evaluated as it stands.
//!
//! Special arguments, for every function and both formats:
//! - NaN gives NaN, for values and derivatives alike;
//! - -infinity and infinity give the limits ([`Activation::value_limits`], [`Activation::derivative_limits`]);
//! - -0 gives what 0 gives, up to the sign of the zero: -0 again for tanh, leaky ReLU, ELU, SiLU, GELU; +0 for step and ReLU;
//! - a negative value too small for the format underflows to -0.

pub mod equation;
mod facts;
pub mod formula;
mod normal;
mod real;
mod scale;

pub use facts::{Interval, Kink};
pub use real::Real;
pub use scale::Scaling;

/// Slope of leaky ReLU on the negative side (Maas, Hannun, Ng 2013).
pub const LEAKY_SLOPE: f64 = 0.01;

/// The logistic sigmoid, sigma(x) = 1 / (1 + e^-x), with full relative accuracy down to the smallest subnormal.
///
/// NaN gives NaN, -infinity 0, infinity 1. Never overflows: the exponential is only taken of -|x|.
pub fn sigmoid(x: f64) -> f64 {
    logistic(x)
}

/// A function that a neuron applies to its weighted input, z -> f(z).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Activation {
    /// 1 if x > 0, else 0: the perceptron's (0 on the edge, as the perceptron says).
    Step,
    /// 1 / (1 + e^-x).
    Sigmoid,
    /// (e^x - e^-x) / (e^x + e^-x) = 2 sigma(2x) - 1.
    Tanh,
    /// max(0, x).
    Relu,
    /// x if x > 0, else [`LEAKY_SLOPE`] x.
    LeakyRelu,
    /// x if x > 0, else e^x - 1 (Clevert, Unterthiner, Hochreiter 2015, with alpha = 1, the one value without a corner at 0).
    Elu,
    /// ln(1 + e^x).
    Softplus,
    /// x sigma(x), also called swish (Elfwing, Uchibe, Doya 2017; Ramachandran, Zoph, Le 2017).
    Silu,
    /// x Phi(x), Phi the distribution function of the standard normal: the exact form with erf, not the approximation with
    /// tanh (Hendrycks, Gimpel 2016).
    Gelu,
}

impl Activation {
    /// Every activation function, in the order in which the page names them.
    pub const ALL: [Activation; 9] = [
        Activation::Step,
        Activation::Sigmoid,
        Activation::Tanh,
        Activation::Relu,
        Activation::LeakyRelu,
        Activation::Elu,
        Activation::Softplus,
        Activation::Silu,
        Activation::Gelu,
    ];

    /// The name as the page writes it.
    pub fn name(self) -> &'static str {
        match self {
            Activation::Step => "step",
            Activation::Sigmoid => "sigmoid",
            Activation::Tanh => "tanh",
            Activation::Relu => "ReLU",
            Activation::LeakyRelu => "leaky ReLU",
            Activation::Elu => "ELU",
            Activation::Softplus => "softplus",
            Activation::Silu => "SiLU",
            Activation::Gelu => "GELU",
        }
    }

    /// f(x). Error at most 4 ulp, GELU 6 (`tests/it/activation.rs` checks it over the whole range).
    pub fn value(self, x: f64) -> f64 {
        value(self, x)
    }

    /// f'(x), with the convention of [`Activation::kink`] where f has no derivative. Error at most 6 ulp, GELU' 7; next to the one zero of
    /// SiLU' and of GELU' it is that many ulp of the terms that cancel there, not of what they leave.
    pub fn derivative(self, x: f64) -> f64 {
        derivative(self, x)
    }

    /// f(x) in `f32` arithmetic throughout, as a network in `f32` sees it; GELU alone is evaluated in `f64` and rounded once.
    pub fn value_f32(self, x: f32) -> f32 {
        value(self, x)
    }

    /// f'(x) in `f32` arithmetic; GELU' alone in `f64`, rounded once.
    pub fn derivative_f32(self, x: f32) -> f32 {
        derivative(self, x)
    }
}

/// f(x) in the format `R`.
fn value<R: Real>(activation: Activation, x: R) -> R {
    if x.is_nan() {
        return x;
    }
    let positive = x > R::ZERO;
    match activation {
        Activation::Step if positive => R::ONE,
        Activation::Step => R::ZERO,
        Activation::Sigmoid => logistic(x),
        Activation::Tanh => x.tanh(),
        Activation::Relu | Activation::LeakyRelu | Activation::Elu if positive => x,
        Activation::Relu => R::ZERO,
        Activation::LeakyRelu => R::of(LEAKY_SLOPE) * x,
        Activation::Elu => x.exp_m1(),
        // ln(1 + e^x) = max(0, x) + ln(1 + e^-|x|): for very negative x this is e^x, not 0; for large x it cannot overflow.
        Activation::Softplus => (if positive { x } else { R::ZERO }) + (-x.abs()).exp().ln_1p(),
        Activation::Silu if positive => x * logistic(x),
        Activation::Silu => {
            if x == R::NEGATIVE_INFINITY {
                return -R::ZERO;
            }
            // e^x as a square: x e^x may be a normal number where e^x has already lost digits among the subnormals.
            let half = (x / R::of(2.0)).exp();
            x * half / (R::ONE + half * half) * half
        }
        Activation::Gelu => R::of(normal::gelu(x.to_f64())),
    }
}

/// f'(x) in the format `R`.
fn derivative<R: Real>(activation: Activation, x: R) -> R {
    if x.is_nan() {
        return x;
    }
    let positive = x > R::ZERO;
    match activation {
        Activation::Step => R::ZERO,
        // sigma (1 - sigma) with both factors exact: 1 - sigma alone would be 0 from x = 37 on (17 in f32).
        Activation::Sigmoid => {
            let decay = (-x.abs()).exp();
            decay / ((R::ONE + decay) * (R::ONE + decay))
        }
        // 1 - tanh^2 = 1 / cosh^2, for the same reason.
        Activation::Tanh => {
            let half_decay = (-x.abs()).exp();
            let decay = half_decay * half_decay;
            R::of(4.0) * half_decay / ((R::ONE + decay) * (R::ONE + decay)) * half_decay
        }
        Activation::Relu | Activation::LeakyRelu | Activation::Elu if positive => R::ONE,
        Activation::Relu => R::ZERO,
        Activation::LeakyRelu => R::of(LEAKY_SLOPE),
        Activation::Elu => x.exp(),
        Activation::Softplus => logistic(x),
        Activation::Silu => silu_derivative(x),
        Activation::Gelu => R::of(normal::gelu_derivative(x.to_f64())),
    }
}

/// sigma(x), the one sigmoid behind all the others.
fn logistic<R: Real>(x: R) -> R {
    let decay = (-x.abs()).exp();
    // For x < 0 the numerator e^x keeps the relative accuracy that 1 - 1 / (1 + e^x) would lose. NaN takes the second branch.
    (if x >= R::ZERO { R::ONE } else { decay }) / (R::ONE + decay)
}

/// SiLU'(x) = sigma(x) (1 + x sigma(-x)).
fn silu_derivative<R: Real>(x: R) -> R {
    if !x.is_finite() {
        return if x > R::ZERO { R::ONE } else { -R::ZERO };
    }
    let half = (-(x.abs() / R::of(2.0))).exp();
    let decay = half * half;
    let beside = R::ONE + decay;
    if x > R::ZERO {
        (R::ONE + x * half / beside * half) / beside
    } else {
        (R::ONE + x / beside) * half / beside * half
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sigmoid_solves_the_logistic_equation() {
        // Central difference with h = 1e-5: error h^2/6 |s'''| <= 2e-12 plus rounding 1e-16 / h = 1e-11.
        for x in [-3.0, -0.5, 0.0, 1.25, 4.0] {
            let slope = (sigmoid(x + 1e-5) - sigmoid(x - 1e-5)) / 2e-5;
            assert!((slope - sigmoid(x) * (1.0 - sigmoid(x))).abs() < 2e-11);
        }
    }

    #[test]
    fn names_are_distinct_and_all_lists_every_variant_once() {
        for (i, a) in Activation::ALL.iter().enumerate() {
            assert_eq!(*a as usize, i);
            assert!(Activation::ALL[..i].iter().all(|b| b.name() != a.name()));
        }
    }
}
