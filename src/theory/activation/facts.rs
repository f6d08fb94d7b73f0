//! What can be said about an activation function at a glance: range, limits, corners, saturation.

use super::{Activation, LEAKY_SLOPE};

/// An interval of the real line; an infinite end is never included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end, or -infinity.
    pub low: f64,
    /// Upper end, or infinity.
    pub high: f64,
    /// Whether the lower end belongs to it.
    pub low_included: bool,
    /// Whether the upper end belongs to it.
    pub high_included: bool,
}

impl Interval {
    /// The open interval ]low, high[.
    const fn open(low: f64, high: f64) -> Interval {
        Interval {
            low,
            high,
            low_included: false,
            high_included: false,
        }
    }

    /// The interval ]low, high].
    const fn up_to(low: f64, high: f64) -> Interval {
        Interval {
            low,
            high,
            low_included: false,
            high_included: true,
        }
    }

    /// The interval [low, high[.
    const fn from(low: f64, high: f64) -> Interval {
        Interval {
            low,
            high,
            low_included: true,
            high_included: false,
        }
    }

    /// Whether x lies in it (NaN lies in none).
    pub fn contains(&self, x: f64) -> bool {
        (self.low < x || self.low_included && self.low == x)
            && (x < self.high || self.high_included && self.high == x)
    }
}

impl std::fmt::Display for Interval {
    /// `[0, ∞[`, with the outward bracket of an open end; four decimals at most.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let number = |x: f64| match x {
            f64::INFINITY => "∞".to_owned(),
            f64::NEG_INFINITY => "−∞".to_owned(),
            x => format!("{}", (x * 1e4).round() / 1e4 + 0.0).replace('-', "−"),
        };
        let left = if self.low_included { '[' } else { ']' };
        let right = if self.high_included { ']' } else { '[' };
        write!(
            f,
            "{left}{}, {}{right}",
            number(self.low),
            number(self.high)
        )
    }
}

/// A point where f has no derivative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kink {
    /// Where.
    pub at: f64,
    /// f from the left and from the right: equal at a corner, different at a jump.
    pub sides: (f64, f64),
    /// The derivatives from the left and from the right.
    pub slopes: (f64, f64),
    /// What [`Activation::derivative`] answers there.
    pub convention: f64,
}

impl Kink {
    /// The subgradients [left slope, right slope] at a convex corner: all slopes of lines through the corner that stay below the
    /// graph. A jump has none: its difference quotient grows without bound.
    pub fn subgradients(&self) -> Option<Interval> {
        (self.sides.0 == self.sides.1).then_some(Interval {
            low: self.slopes.0,
            high: self.slopes.1,
            low_included: true,
            high_included: true,
        })
    }
}

/// The least value of SiLU, -W(1/e), at x = -1.2784645; the zero of its derivative lies there.
pub(super) const SILU_DEPTH: f64 = 0.278_464_542_761_073_8;
/// The least value of GELU, negated, at x = -0.7517915.
pub(super) const GELU_DEPTH: f64 = 0.169_971_207_479_903_66;

impl Activation {
    /// All values that f takes on the real line, in exact arithmetic. (In `f32` sigmoid reaches 1 from x = 17 on; a float may
    /// round to an end that the function never reaches.)
    pub fn range(self) -> Interval {
        match self {
            // Two values, not all between: the smallest interval that holds them.
            Activation::Step => Interval {
                low: 0.0,
                high: 1.0,
                low_included: true,
                high_included: true,
            },
            Activation::Sigmoid => Interval::open(0.0, 1.0),
            Activation::Tanh => Interval::open(-1.0, 1.0),
            Activation::Relu => Interval::from(0.0, f64::INFINITY),
            Activation::LeakyRelu => Interval::open(f64::NEG_INFINITY, f64::INFINITY),
            Activation::Elu => Interval::open(-1.0, f64::INFINITY),
            Activation::Softplus => Interval::open(0.0, f64::INFINITY),
            Activation::Silu => Interval::from(-SILU_DEPTH, f64::INFINITY),
            Activation::Gelu => Interval::from(-GELU_DEPTH, f64::INFINITY),
        }
    }

    /// (lim f(x) for x -> -infinity, lim f(x) for x -> infinity).
    pub fn value_limits(self) -> (f64, f64) {
        match self {
            Activation::Step | Activation::Sigmoid => (0.0, 1.0),
            Activation::Tanh => (-1.0, 1.0),
            Activation::LeakyRelu => (f64::NEG_INFINITY, f64::INFINITY),
            Activation::Elu => (-1.0, f64::INFINITY),
            Activation::Relu | Activation::Softplus | Activation::Silu | Activation::Gelu => {
                (0.0, f64::INFINITY)
            }
        }
    }

    /// (lim f'(x) for x -> -infinity, lim f'(x) for x -> infinity).
    pub fn derivative_limits(self) -> (f64, f64) {
        match self {
            Activation::Step | Activation::Sigmoid | Activation::Tanh => (0.0, 0.0),
            Activation::LeakyRelu => (LEAKY_SLOPE, 1.0),
            Activation::Relu
            | Activation::Elu
            | Activation::Softplus
            | Activation::Silu
            | Activation::Gelu => (0.0, 1.0),
        }
    }

    /// Where f has no derivative, and what is said there instead: step jumps, ReLU and leaky ReLU have a corner, all at 0.
    /// ReLU'(0) = 0 and leaky ReLU'(0) = [`LEAKY_SLOPE`] are conventions (PyTorch's too); any subgradient would do.
    /// ELU has none with alpha = 1 (its second derivative jumps).
    pub fn kink(self) -> Option<Kink> {
        match self {
            Activation::Step => Some(Kink {
                at: 0.0,
                sides: (0.0, 1.0),
                slopes: (0.0, 0.0),
                convention: 0.0,
            }),
            Activation::Relu => Some(Kink {
                at: 0.0,
                sides: (0.0, 0.0),
                slopes: (0.0, 1.0),
                convention: 0.0,
            }),
            Activation::LeakyRelu => Some(Kink {
                at: 0.0,
                sides: (0.0, 0.0),
                slopes: (LEAKY_SLOPE, 1.0),
                convention: LEAKY_SLOPE,
            }),
            _ => None,
        }
    }

    /// Where |f'(x)| < 0.01, so that almost no gradient passes; intervals in ascending order, and the conventions at kinks count.
    ///
    /// Sigmoid: sigma' = 1 / (4 cosh^2(x/2)) < 0.01 beyond 2 arcosh 5 = 4.5849. Tanh: 1 / cosh^2 x < 0.01 beyond arcosh 10 = 2.9932.
    /// ELU: below ln 0.01. Softplus: below -ln 99. Leaky ReLU: nowhere, its slope is 0.01 itself. SiLU and GELU also have a
    /// narrow band around the zero of their derivative; those ends have no closed form and were found by mpmath's `findroot` to 30 digits.
    pub fn saturation(self) -> Vec<Interval> {
        let both_sides = |x: f64| {
            vec![
                Interval::open(f64::NEG_INFINITY, -x),
                Interval::open(x, f64::INFINITY),
            ]
        };
        let below = |x: f64| Interval::open(f64::NEG_INFINITY, x);
        match self {
            Activation::Step => vec![Interval::open(f64::NEG_INFINITY, f64::INFINITY)],
            Activation::Sigmoid => both_sides(2.0 * 5.0_f64.acosh()),
            Activation::Tanh => both_sides(10.0_f64.acosh()),
            Activation::Relu => vec![Interval::up_to(f64::NEG_INFINITY, 0.0)],
            Activation::LeakyRelu => vec![],
            Activation::Elu => vec![below(0.01_f64.ln())],
            Activation::Softplus => vec![below(-99.0_f64.ln())],
            Activation::Silu => {
                vec![
                    below(-6.261_388_848_819_966),
                    Interval::open(-1.325_879_855_579_082, -1.233_897_976_864_304_7),
                ]
            }
            Activation::Gelu => {
                vec![
                    below(-3.067_427_203_908_900_2),
                    Interval::open(-0.775_471_902_448_450_4, -0.729_079_833_918_921_4),
                ]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_prints_with_outward_brackets() {
        assert_eq!(Activation::Relu.range().to_string(), "[0, ∞[");
        assert_eq!(Activation::Silu.range().to_string(), "[−0.2785, ∞[");
        assert_eq!(
            Activation::Sigmoid.saturation()[0].to_string(),
            "]−∞, −4.5849["
        );
        assert!(!Activation::Sigmoid.range().contains(f64::NAN));
    }

    #[test]
    fn only_corners_have_subgradients() {
        assert_eq!(
            Activation::Step.kink().and_then(|kink| kink.subgradients()),
            None
        );
        let relu = Activation::Relu
            .kink()
            .and_then(|kink| kink.subgradients())
            .expect("ReLU has a corner");
        assert_eq!(relu.to_string(), "[0, 1]");
    }
}
