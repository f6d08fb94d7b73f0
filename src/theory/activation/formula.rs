//! A formula as a value: one tree that is printed as text or MathML, has numbers put in, and is evaluated.
//!
//! What the page shows and what the page computes then cannot disagree. Two readings: [`Formula::evaluate`] in floating point, step by
//! step as written (the textbook's form with its rounding), and [`Formula::count`] in whole numbers, exact or not at all.

mod fold;
mod render;

use super::{Real, normal};
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A function of one argument that a formula names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// max(0, x).
    PositivePart,
    /// Natural logarithm.
    Ln,
    /// Square root.
    Sqrt,
    /// The logistic sigmoid by its name; evaluated as 1 / (1 + e^-x), as written.
    Sigma,
    /// The error function.
    Erf,
    /// The largest whole number that is not above the argument.
    Floor,
}

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// A whole number.
    Integer(i128),
    /// A decimal constant, such as 0.01.
    Decimal(f64),
    /// pi.
    Pi,
    /// A letter.
    Symbol(&'static str),
    /// A number that stands where a letter stood: it keeps the letter, so that the page can colour it like its slider.
    Bound(&'static str, u128),
    /// a + b + ... (a negative term is a [`Formula::Negative`]).
    Sum(Vec<Formula>),
    /// -a.
    Negative(Box<Formula>),
    /// a b ...
    Product(Vec<Formula>),
    /// a / b.
    Quotient(Box<Formula>, Box<Formula>),
    /// a^2.
    Square(Box<Formula>),
    /// e^a.
    Exp(Box<Formula>),
    /// f(a).
    Call(Function, Box<Formula>),
    /// `then` if `subject` > 0, else `otherwise`.
    IfPositive {
        /// What is compared with 0.
        subject: Box<Formula>,
        /// The value where `subject` > 0.
        then: Box<Formula>,
        /// The value where `subject` <= 0.
        otherwise: Box<Formula>,
    },
}

/// A letter.
pub fn symbol(name: &'static str) -> Formula {
    Formula::Symbol(name)
}

/// A whole number.
pub fn integer(value: i128) -> Formula {
    Formula::Integer(value)
}

impl Formula {
    /// a^2.
    pub fn squared(self) -> Formula {
        Formula::Square(Box::new(self))
    }

    /// e^a.
    pub fn exp(self) -> Formula {
        Formula::Exp(Box::new(self))
    }

    /// f(a).
    pub fn call(self, function: Function) -> Formula {
        Formula::Call(function, Box::new(self))
    }

    /// The same formula with every part rewritten from the leaves up.
    fn map(&self, rewrite: &impl Fn(Formula) -> Formula) -> Formula {
        let each = |parts: &[Formula]| parts.iter().map(|part| part.map(rewrite)).collect();
        let one = |part: &Formula| Box::new(part.map(rewrite));
        rewrite(match self {
            Formula::Sum(terms) => Formula::Sum(each(terms)),
            Formula::Product(factors) => Formula::Product(each(factors)),
            Formula::Negative(a) => Formula::Negative(one(a)),
            Formula::Quotient(a, b) => Formula::Quotient(one(a), one(b)),
            Formula::Square(a) => Formula::Square(one(a)),
            Formula::Exp(a) => Formula::Exp(one(a)),
            Formula::Call(function, a) => Formula::Call(*function, one(a)),
            Formula::IfPositive {
                subject,
                then,
                otherwise,
            } => Formula::IfPositive {
                subject: one(subject),
                then: one(then),
                otherwise: one(otherwise),
            },
            leaf => leaf.clone(),
        })
    }

    /// The formula with `replacement` wherever the letter `name` stands.
    pub fn substitute(&self, name: &str, replacement: &Formula) -> Formula {
        self.map(&|part| {
            if matches!(part, Formula::Symbol(s) if s == name) {
                replacement.clone()
            } else {
                part
            }
        })
    }

    /// The formula with numbers put in for the letters listed; other letters stay.
    pub fn with_numbers(&self, numbers: &[(&'static str, u128)]) -> Formula {
        self.map(&|part| match part {
            Formula::Symbol(name) => match numbers.iter().find(|(listed, _)| *listed == name) {
                Some(&(listed, value)) => Formula::Bound(listed, value),
                None => part,
            },
            other => other,
        })
    }

    /// The value in floating point of the format `R`, every operation rounded in the order in which it is written.
    ///
    /// # Panics
    /// If a letter is not listed in `letters`.
    pub fn evaluate<R: Real>(&self, letters: &[(&str, R)]) -> R {
        let of = |part: &Formula| part.evaluate(letters);
        match self {
            Formula::Integer(value) => R::of(*value as f64),
            Formula::Decimal(value) => R::of(*value),
            Formula::Pi => R::of(std::f64::consts::PI),
            Formula::Bound(_, value) => R::of(*value as f64),
            Formula::Symbol(name) => match letters.iter().find(|(listed, _)| listed == name) {
                Some((_, value)) => *value,
                None => panic!("no number was given for {name}"),
            },
            // Folded from the first term: a sum that starts at 0 would turn -0 into 0.
            Formula::Sum(terms) => terms.iter().map(of).reduce(|a, b| a + b).unwrap_or(R::ZERO),
            Formula::Product(factors) => factors
                .iter()
                .map(of)
                .reduce(|a, b| a * b)
                .unwrap_or(R::ONE),
            Formula::Negative(a) => -of(a),
            Formula::Quotient(a, b) => of(a) / of(b),
            Formula::Square(a) => of(a) * of(a),
            Formula::Exp(a) => of(a).exp(),
            Formula::Call(function, a) => function.evaluate(of(a)),
            Formula::IfPositive {
                subject,
                then,
                otherwise,
            } => {
                let subject = of(subject);
                if subject.is_nan() {
                    subject
                } else if subject > R::ZERO {
                    of(then)
                } else {
                    of(otherwise)
                }
            }
        }
    }

    /// The value as a whole number, exact; `None` where it is none (a letter without a number, a division with a remainder outside
    /// a floor, a decimal) or where a step leaves the range of `i128`.
    pub fn count(&self) -> Option<i128> {
        match self {
            Formula::Integer(value) => Some(*value),
            Formula::Bound(_, value) => i128::try_from(*value).ok(),
            Formula::Sum(terms) => terms
                .iter()
                .try_fold(0_i128, |sum, term| sum.checked_add(term.count()?)),
            Formula::Product(factors) => factors
                .iter()
                .try_fold(1_i128, |product, a| product.checked_mul(a.count()?)),
            Formula::Negative(a) => a.count()?.checked_neg(),
            Formula::Square(a) => a.count()?.checked_pow(2),
            Formula::Quotient(a, b) => {
                let (a, b) = (a.count()?, b.count()?);
                (a.checked_rem(b)? == 0).then(|| a / b)
            }
            Formula::Call(Function::Floor, a) => match &**a {
                Formula::Quotient(a, b) => {
                    a.count()?.checked_div_euclid(b.count().filter(|b| *b > 0)?)
                }
                whole => whole.count(),
            },
            _ => None,
        }
    }
}

impl Function {
    fn evaluate<R: Real>(self, a: R) -> R {
        match self {
            Function::PositivePart if a > R::ZERO || a.is_nan() => a,
            Function::PositivePart => R::ZERO,
            Function::Ln => a.ln(),
            Function::Sqrt => a.sqrt(),
            Function::Sigma => R::ONE / (R::ONE + (-a).exp()),
            Function::Erf => R::of(normal::erf(a.to_f64())),
            Function::Floor => a.floor(),
        }
    }
}

impl From<i128> for Formula {
    fn from(value: i128) -> Formula {
        Formula::Integer(value)
    }
}

impl<T: Into<Formula>> Add<T> for Formula {
    type Output = Formula;
    fn add(self, other: T) -> Formula {
        let mut terms = match self {
            Formula::Sum(terms) => terms,
            first => vec![first],
        };
        terms.push(other.into());
        Formula::Sum(terms)
    }
}

impl<T: Into<Formula>> Sub<T> for Formula {
    type Output = Formula;
    fn sub(self, other: T) -> Formula {
        self.add(-other.into())
    }
}

impl<T: Into<Formula>> Mul<T> for Formula {
    type Output = Formula;
    fn mul(self, other: T) -> Formula {
        let mut factors = match self {
            Formula::Product(factors) => factors,
            first => vec![first],
        };
        factors.push(other.into());
        Formula::Product(factors)
    }
}

impl<T: Into<Formula>> Div<T> for Formula {
    type Output = Formula;
    fn div(self, other: T) -> Formula {
        Formula::Quotient(Box::new(self), Box::new(other.into()))
    }
}

impl Neg for Formula {
    type Output = Formula;
    fn neg(self) -> Formula {
        Formula::Negative(Box::new(self))
    }
}
