//! The equations as the page shows them. Evaluated as they stand they are the textbook's forms: right on paper, and in floating point
//! wrong in the places that [`Activation::value`] and [`Activation::derivative`] are written to avoid.

use super::formula::{Formula, Function, integer, symbol};
use super::{Activation, LEAKY_SLOPE, Scaling};

fn x() -> Formula {
    symbol("x")
}

/// 1 / (1 + e^-x).
fn logistic() -> Formula {
    integer(1) / (integer(1) + (-x()).exp())
}

/// 2 Phi(x) = 1 + erf(x / sqrt 2).
fn twice_normal_distribution() -> Formula {
    integer(1) + (x() / integer(2).call(Function::Sqrt)).call(Function::Erf)
}

fn if_positive(then: Formula, otherwise: Formula) -> Formula {
    Formula::IfPositive {
        subject: Box::new(x()),
        then: Box::new(then),
        otherwise: Box::new(otherwise),
    }
}

impl Activation {
    /// f(x) as a formula in the letter x.
    pub fn equation(self) -> Formula {
        match self {
            Activation::Step => if_positive(integer(1), integer(0)),
            Activation::Sigmoid => logistic(),
            Activation::Tanh => (x().exp() - (-x()).exp()) / (x().exp() + (-x()).exp()),
            Activation::Relu => x().call(Function::PositivePart),
            Activation::LeakyRelu => if_positive(x(), Formula::Decimal(LEAKY_SLOPE) * x()),
            Activation::Elu => if_positive(x(), x().exp() - 1),
            Activation::Softplus => (integer(1) + x().exp()).call(Function::Ln),
            Activation::Silu => x() / (integer(1) + (-x()).exp()),
            Activation::Gelu => x() / 2 * twice_normal_distribution(),
        }
    }

    /// f'(x) as a formula in the letter x, with the conventions at kinks.
    pub fn derivative_equation(self) -> Formula {
        let sigma = || x().call(Function::Sigma);
        match self {
            Activation::Step => integer(0),
            Activation::Sigmoid => sigma() * (integer(1) - sigma()),
            Activation::Tanh => integer(1) - self.equation().squared(),
            Activation::Relu => if_positive(integer(1), integer(0)),
            Activation::LeakyRelu => if_positive(integer(1), Formula::Decimal(LEAKY_SLOPE)),
            Activation::Elu => if_positive(integer(1), x().exp()),
            Activation::Softplus => logistic(),
            Activation::Silu => sigma() * (integer(1) + x() * (integer(1) - sigma())),
            Activation::Gelu => {
                let density =
                    (-(x().squared() / 2)).exp() / (integer(2) * Formula::Pi).call(Function::Sqrt);
                integer(1) / 2 * twice_normal_distribution() + x() * density
            }
        }
    }

    /// f(cx) or f(cx) / c as a formula in the letters c and x: see [`Activation::scaled_value`].
    pub fn scaled_equation(self) -> Formula {
        let sharpened = self.equation().substitute("x", &(symbol("c") * x()));
        match self.scaling() {
            Scaling::Argument => sharpened,
            Scaling::ArgumentAndValue => sharpened / symbol("c"),
        }
    }
}
