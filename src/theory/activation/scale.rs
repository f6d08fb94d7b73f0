//! The parameter c: a smooth function sharpened until it is the one with the corner or the jump.
//!
//! Bounded functions sharpen in place, f(cx): sigma(cx) -> step. Functions that grow like x are drawn back, f(cx) / c:
//! softplus(cx) / c -> ReLU. It is the multiplication of every weight and bias by c from homework task 1, seen on one neuron; those
//! that it leaves alone (step under f(cx); ReLU and leaky ReLU under f(cx) / c) are the ones that a factor c > 0 cannot change.

use super::{Activation, facts};

/// How c enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scaling {
    /// f(cx), for step, sigmoid, tanh.
    Argument,
    /// f(cx) / c, for the functions that grow like x.
    ArgumentAndValue,
}

impl Activation {
    /// How c enters for this function.
    pub fn scaling(self) -> Scaling {
        match self {
            Activation::Step | Activation::Sigmoid | Activation::Tanh => Scaling::Argument,
            _ => Scaling::ArgumentAndValue,
        }
    }

    /// f_c(x) = f(cx) or f(cx) / c, by [`Activation::scaling`].
    ///
    /// # Panics
    /// Unless 0 < c < infinity.
    pub fn scaled_value(self, c: f64, x: f64) -> f64 {
        match checked(self, c) {
            Scaling::Argument => self.value(c * x),
            Scaling::ArgumentAndValue => self.value(c * x) / c,
        }
    }

    /// d/dx f_c(x) = c f'(cx) or f'(cx).
    ///
    /// # Panics
    /// Unless 0 < c < infinity.
    pub fn scaled_derivative(self, c: f64, x: f64) -> f64 {
        match checked(self, c) {
            Scaling::Argument => c * self.derivative(c * x),
            Scaling::ArgumentAndValue => self.derivative(c * x),
        }
    }

    /// lim f_c(x) for c -> infinity, pointwise: step for sigmoid except 1/2 at x = 0, the sign for tanh (0 at 0), ReLU for softplus, ELU,
    /// SiLU, GELU; step, ReLU and leaky ReLU are their own limits.
    pub fn scaled_limit(self, x: f64) -> f64 {
        match self {
            Activation::Sigmoid if x == 0.0 => 0.5,
            Activation::Sigmoid => Activation::Step.value(x),
            Activation::Tanh if x == 0.0 || x.is_nan() => x,
            Activation::Tanh => x.signum(),
            Activation::LeakyRelu => self.value(x),
            Activation::Step => self.value(x),
            _ => Activation::Relu.value(x),
        }
    }

    /// |f_c(x) - lim f_c(x)| in closed form, so that it is exact where the difference itself would round to 0.
    ///
    /// Sigmoid: 1 / (1 + e^(c|x|)) for x != 0. Tanh: 2 / (1 + e^(2c|x|)). Softplus: ln(1 + e^(-c|x|)) / c. ELU: (1 - e^(-c|x|)) / c for
    /// x < 0. SiLU and GELU: |x| sigma(-c|x|) and |x| Phi(-c|x|).
    ///
    /// # Panics
    /// Unless 0 < c < infinity.
    pub fn scaled_deviation(self, c: f64, x: f64) -> f64 {
        checked(self, c);
        let negative = -(c * x).abs();
        match self {
            Activation::Step | Activation::Relu | Activation::LeakyRelu => {
                if x.is_nan() {
                    x
                } else {
                    0.0
                }
            }
            Activation::Sigmoid | Activation::Tanh if x == 0.0 => 0.0,
            Activation::Sigmoid => self.value(negative),
            Activation::Tanh => 2.0 * super::sigmoid(2.0 * negative),
            Activation::Elu if x > 0.0 => 0.0,
            // Softplus, SiLU and GELU have f(u) - ReLU(u) even in u.
            Activation::Elu | Activation::Softplus | Activation::Silu | Activation::Gelu => {
                self.value(negative).abs() / c
            }
        }
    }

    /// The smallest b with |f_c(x) - lim f_c(x)| <= b for every x != 0: the uniform bound.
    ///
    /// Softplus: ln 2 / c, reached at x = 0. ELU: 1 / c, approached for x -> -infinity. SiLU: 0.2785 / c, GELU: 0.1700 / c (the depths of their
    /// dips). Sigmoid: 1/2 and tanh: 1, whatever c is: they converge at every point, but not uniformly, since the limit jumps.
    ///
    /// # Panics
    /// Unless 0 < c < infinity.
    pub fn scaled_uniform_bound(self, c: f64) -> f64 {
        checked(self, c);
        match self {
            Activation::Step | Activation::Relu | Activation::LeakyRelu => 0.0,
            Activation::Sigmoid => 0.5,
            Activation::Tanh => 1.0,
            Activation::Elu => 1.0 / c,
            Activation::Softplus => std::f64::consts::LN_2 / c,
            Activation::Silu => facts::SILU_DEPTH / c,
            Activation::Gelu => facts::GELU_DEPTH / c,
        }
    }
}

fn checked(activation: Activation, c: f64) -> Scaling {
    assert!(
        c > 0.0 && c.is_finite(),
        "c must be positive and finite, not {c}"
    );
    activation.scaling()
}
