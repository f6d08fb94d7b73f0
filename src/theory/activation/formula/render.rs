//! A formula on the page: as plain text, and as MathML with every letter and every number put in marked by its letter.

use super::{Formula, Function};
use std::borrow::Cow;
use std::fmt::{Display, Formatter, Result};

/// A space that MathML does not drop at the end of a text.
const NO_BREAK: char = '\u{a0}';

/// How tightly a form binds; a part that binds less than its place asks for gets brackets.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Binding {
    Cases,
    Sum,
    Negative,
    Product,
    Atom,
}

impl Formula {
    fn binding(&self) -> Binding {
        match self {
            Formula::IfPositive { .. } => Binding::Cases,
            Formula::Sum(_) => Binding::Sum,
            Formula::Negative(_) => Binding::Negative,
            Formula::Integer(value) if *value < 0 => Binding::Negative,
            Formula::Product(_) | Formula::Quotient(..) => Binding::Product,
            _ => Binding::Atom,
        }
    }

    /// A term of a sum as its sign and what follows the sign.
    fn sign_and_size(&self) -> (bool, Cow<'_, Formula>) {
        match self {
            Formula::Negative(a) => (true, Cow::Borrowed(a)),
            Formula::Integer(value) if *value < 0 => (true, Cow::Owned(Formula::Integer(-value))),
            other => (false, Cow::Borrowed(other)),
        }
    }

    /// The content of a `<math>` element. A letter is `<mi data-symbol="N">N</mi>`, a number put in for it
    /// `<mn data-symbol="N">28</mn>`; nothing else carries an attribute but the cases' table.
    pub fn to_mathml(&self) -> String {
        match self {
            Formula::Integer(value) if *value < 0 => {
                format!("<mrow><mo>−</mo><mn>{}</mn></mrow>", -value)
            }
            Formula::Integer(value) => format!("<mn>{value}</mn>"),
            Formula::Decimal(value) => format!("<mn>{value}</mn>"),
            Formula::Pi => "<mi>π</mi>".to_owned(),
            Formula::Symbol(name) => format!(r#"<mi data-symbol="{name}">{name}</mi>"#),
            Formula::Bound(name, value) => format!(r#"<mn data-symbol="{name}">{value}</mn>"#),
            Formula::Sum(terms) => {
                let mut out = String::from("<mrow>");
                for (i, term) in terms.iter().enumerate() {
                    let (negative, size) = term.sign_and_size();
                    out += match (negative, i) {
                        (true, _) => "<mo>−</mo>",
                        (false, 0) => "",
                        (false, _) => "<mo>+</mo>",
                    };
                    out += &size.mathml_at(Binding::Product);
                }
                out + "</mrow>"
            }
            Formula::Negative(a) => {
                format!("<mrow><mo>−</mo>{}</mrow>", a.mathml_at(Binding::Product))
            }
            Formula::Product(factors) => {
                let factors: Vec<_> = factors
                    .iter()
                    .map(|factor| factor.mathml_at(Binding::Product))
                    .collect();
                format!("<mrow>{}</mrow>", factors.join("<mo>·</mo>"))
            }
            Formula::Quotient(a, b) => format!("<mfrac>{}{}</mfrac>", a.to_mathml(), b.to_mathml()),
            Formula::Square(a) => format!("<msup>{}<mn>2</mn></msup>", a.mathml_at(Binding::Atom)),
            Formula::Exp(a) => format!("<msup><mi>e</mi>{}</msup>", a.to_mathml()),
            Formula::Call(Function::Sqrt, a) => format!("<msqrt>{}</msqrt>", a.to_mathml()),
            Formula::Call(function, a) => {
                let (before, after) = function.brackets();
                let name = match function.name() {
                    "" => String::new(),
                    name => format!("<mi>{name}</mi><mo>\u{2061}</mo>"),
                };
                format!(
                    "<mrow>{name}<mo>{before}</mo>{}<mo>{after}</mo></mrow>",
                    a.to_mathml()
                )
                .replace("<mo>(0, </mo>", "<mo>(</mo><mn>0</mn><mo>,</mo>")
            }
            Formula::IfPositive {
                subject,
                then,
                otherwise,
            } => {
                let (subject, then, otherwise) =
                    (subject.to_mathml(), then.to_mathml(), otherwise.to_mathml());
                let row = |value: String, sign: &str| {
                    format!(
                        "<mtr><mtd>{value}</mtd><mtd><mrow><mtext>if{NO_BREAK}</mtext>{subject}<mo>{sign}</mo><mn>0</mn></mrow></mtd></mtr>"
                    )
                };
                let rows = row(then, "&gt;") + &row(otherwise, "≤");
                format!(r#"<mrow><mo>{{</mo><mtable columnalign="left">{rows}</mtable></mrow>"#)
            }
        }
    }

    fn mathml_at(&self, place: Binding) -> String {
        // A fraction has its own bracket, its bar, except under an exponent.
        let barred = matches!(self, Formula::Quotient(..)) && place != Binding::Atom;
        if barred || self.binding() >= place {
            self.to_mathml()
        } else {
            format!("<mrow><mo>(</mo>{}<mo>)</mo></mrow>", self.to_mathml())
        }
    }
}

impl Function {
    fn name(self) -> &'static str {
        match self {
            Function::PositivePart => "max",
            Function::Ln => "ln",
            Function::Sigma => "σ",
            Function::Erf => "erf",
            // A root and a floor show by their sign, not by a name.
            Function::Sqrt | Function::Floor => "",
        }
    }

    fn brackets(self) -> (&'static str, &'static str) {
        match self {
            Function::Floor => ("⌊", "⌋"),
            Function::PositivePart => ("(0, ", ")"),
            _ => ("(", ")"),
        }
    }
}

/// A part in a place that asks for a binding: in brackets where it binds less.
struct At<'a>(&'a Formula, Binding);

impl Display for At<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if self.0.binding() >= self.1 {
            write!(f, "{}", self.0)
        } else {
            write!(f, "({})", self.0)
        }
    }
}

impl Display for Formula {
    /// Plain text: `26·M·(N − 4)²`, `1/(1 + e^(−x))`, `x if x > 0, else 0.01·x`.
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Formula::Integer(value) if *value < 0 => write!(f, "−{}", -value),
            Formula::Integer(value) => write!(f, "{value}"),
            Formula::Decimal(value) => write!(f, "{value}"),
            Formula::Pi => write!(f, "π"),
            Formula::Symbol(name) => write!(f, "{name}"),
            Formula::Bound(_, value) => write!(f, "{value}"),
            Formula::Sum(terms) => {
                for (i, term) in terms.iter().enumerate() {
                    let (negative, size) = term.sign_and_size();
                    f.write_str(match (negative, i) {
                        (true, 0) => "−",
                        (true, _) => " − ",
                        (false, 0) => "",
                        (false, _) => " + ",
                    })?;
                    write!(f, "{}", At(&size, Binding::Product))?;
                }
                Ok(())
            }
            Formula::Negative(a) => write!(f, "−{}", At(a, Binding::Product)),
            Formula::Product(factors) => {
                for (i, factor) in factors.iter().enumerate() {
                    let dot = if i == 0 { "" } else { "·" };
                    write!(f, "{dot}{}", At(factor, Binding::Product))?;
                }
                Ok(())
            }
            Formula::Quotient(a, b) => {
                write!(f, "{}/{}", At(a, Binding::Product), At(b, Binding::Atom))
            }
            Formula::Square(a) => write!(f, "{}²", At(a, Binding::Atom)),
            Formula::Exp(a) => write!(f, "e^{}", At(a, Binding::Atom)),
            Formula::Call(Function::Sqrt, a) => write!(f, "√{}", At(a, Binding::Atom)),
            Formula::Call(function, a) => {
                let (before, after) = function.brackets();
                write!(f, "{}{before}{a}{after}", function.name())
            }
            Formula::IfPositive {
                subject,
                then,
                otherwise,
            } => write!(f, "{then} if {subject} > 0, else {otherwise}"),
        }
    }
}
