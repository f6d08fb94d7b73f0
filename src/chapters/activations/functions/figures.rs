//! The bench as two line charts and a sentence.

use super::super::notation::{plain, role};
use super::settings::Bench;
use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Line, Mark, Rule, Series};
use crate::figures::palette::Role;
use crate::theory::activation::{Activation, Scaling};

/// What is drawn upwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// f_c(x).
    Value,
    /// d/dx f_c(x).
    Slope,
}

impl Quantity {
    /// The quantity at one input.
    pub fn of(self, activation: Activation, c: f64, x: f64) -> f64 {
        match self {
            Self::Value => activation.scaled_value(c, x),
            Self::Slope => activation.scaled_derivative(c, x),
        }
    }

    /// What comes from the left and what from the right where the curve is torn; a tear does not move with c, because
    /// every one is at 0, and has no height that c would change: functions with one are those that c leaves alone.
    fn tear(self, activation: Activation) -> Option<(f64, f64, f64)> {
        let kink = activation.kink()?;
        let (left, right) = match self {
            Self::Value => kink.sides,
            Self::Slope => kink.slopes,
        };
        (left != right).then_some((kink.at, left, right))
    }
}

/// The name with c in it: "σ(cx)" is the sigmoid's, "softplus(cx)/c" softplus's.
pub fn name(activation: Activation, c: f64) -> String {
    let name = activation.name();
    if c == 1.0 || unchanged(activation) {
        return name.to_owned();
    }
    match activation.scaling() {
        Scaling::Argument => format!("{name}(cx)"),
        Scaling::ArgumentAndValue => format!("{name}(cx)/c"),
    }
}

/// Whether c > 0 leaves the function as it is.
fn unchanged(activation: Activation) -> bool {
    activation.scaled_uniform_bound(1.0) == 0.0
}

/// The line chart of one quantity.
pub fn curves(quantity: Quantity, bench: &Bench) -> Curves {
    let (from, to) = bench.inputs;
    let y = Axis::linear(match quantity {
        Quantity::Value => "f(x)",
        Quantity::Slope => "slope f\u{2032}(x)",
    });
    let y = match (quantity, bench.values) {
        (Quantity::Value, Some((low, high))) => y.range(low, high),
        _ => y,
    };
    let mut figure = Curves {
        x: Axis::linear("x").range(from, to),
        y,
        empty: "Choose a function above, and its curve will stand here.".to_owned(),
        ..Curves::default()
    };
    if quantity == Quantity::Value && bench.limit {
        figure.series.extend(limits(bench));
    }
    for &activation in &bench.functions {
        figure.series.push(
            Series::new(
                Line::Test,
                role(activation),
                name(activation, bench.c),
                points(quantity, activation, bench.c, bench.inputs),
            )
            .short(activation.name()),
        );
        if (from..=to).contains(&bench.x) {
            let at = (bench.x, quantity.of(activation, bench.c, bench.x));
            figure
                .marks
                .push(Mark::new(at, role(activation), "").filled());
        }
    }
    if !bench.functions.is_empty() {
        figure
            .rules
            .push(Rule::at_x(bench.x, format!("x = {}", plain(bench.x))));
    }
    figure
}

/// The curve at even steps, and at even steps of its own argument where it bends: smooth at any c. It is torn where the
/// function jumps.
fn points(
    quantity: Quantity,
    activation: Activation,
    c: f64,
    (from, to): (f64, f64),
) -> Vec<(f64, f64)> {
    let even = (0..=400).map(|step| from + (to - from) * f64::from(step) / 400.0);
    let bending = (-60..=60).map(|step| f64::from(step) / 5.0 / c);
    let mut inputs: Vec<f64> = even
        .chain(bending)
        .filter(|x| (from..=to).contains(x))
        .collect();
    inputs.sort_by(f64::total_cmp);
    let at = |x: f64| (x, quantity.of(activation, c, x));
    match quantity.tear(activation) {
        Some((tear, left, right)) if (from..=to).contains(&tear) => {
            let before = inputs.iter().filter(|x| **x < tear).map(|x| at(*x));
            let after = inputs.iter().filter(|x| **x > tear).map(|x| at(*x));
            before
                .chain([(tear, left), (f64::NAN, f64::NAN), (tear, right)])
                .chain(after)
                .collect()
        }
        _ => inputs.into_iter().map(at).collect(),
    }
}

/// What the shown functions become as c grows, each limit once, and none that is shown as a function already.
fn limits(bench: &Bench) -> Vec<Series> {
    let (from, to) = bench.inputs;
    let becoming = |limit: fn(Activation) -> bool| {
        let mut shown = bench.functions.iter();
        shown.any(|activation| limit(*activation) && !unchanged(*activation))
    };
    let shown = |activation: Activation| bench.functions.contains(&activation);
    let torn = |representative: Activation| -> Vec<(f64, f64)> {
        let at = |x: f64| (x, representative.scaled_limit(x));
        // Next to 0 on either side; at 0 itself the limit is a single point.
        let sides = [
            from,
            -f64::MIN_POSITIVE,
            f64::NAN,
            0.0,
            f64::NAN,
            f64::MIN_POSITIVE,
            to,
        ];
        let inside = sides
            .into_iter()
            .filter(|x| x.is_nan() || (from..=to).contains(x));
        inside
            .map(|x| if x.is_nan() { (x, x) } else { at(x) })
            .collect()
    };
    let mut series = Vec::new();
    let mut add = |label: &str, points: Vec<(f64, f64)>| {
        series.push(Series::new(Line::Bound, Role::Quiet, label, points));
    };
    if becoming(|a| a == Activation::Sigmoid) && !shown(Activation::Step) {
        add("step", torn(Activation::Sigmoid));
    }
    if becoming(|a| a == Activation::Tanh) {
        add("sign", torn(Activation::Tanh));
    }
    if becoming(|a| a.scaling() == Scaling::ArgumentAndValue) && !shown(Activation::Relu) {
        let points = points(Quantity::Value, Activation::Relu, 1.0, bench.inputs);
        add("ReLU", points);
    }
    series
}

/// What a function becomes as c grows.
pub fn limit_name(activation: Activation) -> &'static str {
    match activation {
        Activation::Step | Activation::Sigmoid => "the step",
        Activation::Tanh => "the sign",
        Activation::LeakyRelu => "itself",
        _ => "ReLU",
    }
}

/// The sentence under the figures.
pub fn sentence(bench: &Bench) -> String {
    let Some(&first) = bench.functions.first() else {
        return "No function is chosen.".to_owned();
    };
    let values: Vec<String> = bench
        .functions
        .iter()
        .map(|&activation| {
            let value = activation.scaled_value(bench.c, bench.x);
            let slope = activation.scaled_derivative(bench.c, bench.x);
            format!(
                "{} is {} (slope {})",
                activation.name(),
                plain(value),
                plain(slope)
            )
        })
        .collect();
    let with_c = if bench.c == 1.0 {
        String::new()
    } else {
        format!(" and c = {}", plain(bench.c))
    };
    let moving = bench.functions.iter().copied().find(|a| !unchanged(*a));
    let approach = match moving {
        Some(activation) => format!(
            " {} stays within {} of {}{}.",
            capitalised(&name(activation, bench.c)),
            plain(activation.scaled_uniform_bound(bench.c)),
            limit_name(activation),
            match activation.scaling() {
                Scaling::Argument =>
                    ", however large c is, and comes closer than that at every x but 0",
                Scaling::ArgumentAndValue => " at every x, and c shrinks that",
            }
        ),
        None => format!(" {} does not change with c.", capitalised(first.name())),
    };
    format!(
        "At x = {}{with_c}, {}.{approach}",
        plain(bench.x),
        values.join(", ")
    )
}

/// With a capital first letter.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bench(functions: &[Activation], c: f64) -> Bench {
        Bench {
            functions: functions.to_vec(),
            x: 1.0,
            c,
            limit: true,
            inputs: (-4.0, 4.0),
            values: None,
        }
    }

    #[test]
    fn a_step_is_torn_and_a_sigmoid_is_not() {
        let torn = |a| {
            points(Quantity::Value, a, 1.0, (-4.0, 4.0))
                .iter()
                .any(|p| p.0.is_nan())
        };
        assert!(torn(Activation::Step) && !torn(Activation::Sigmoid) && !torn(Activation::Relu));
        let slope = points(Quantity::Slope, Activation::Relu, 1.0, (-4.0, 4.0));
        assert!(slope.iter().any(|p| p.0.is_nan()));
        // Away from the jump there is nothing to tear.
        assert!(
            points(Quantity::Value, Activation::Step, 1.0, (1.0, 4.0))
                .iter()
                .all(|p| p.1 == 1.0)
        );
    }

    #[test]
    fn inputs_ascend_at_any_c() {
        for c in [0.1, 1.0, 7.3, 100.0] {
            for activation in Activation::ALL {
                let points = points(Quantity::Value, activation, c, (-4.0, 4.0));
                let there: Vec<f64> = points.iter().map(|p| p.0).filter(|x| !x.is_nan()).collect();
                assert!(
                    there.windows(2).all(|pair| pair[0] <= pair[1]),
                    "{c} {activation:?}"
                );
            }
        }
    }

    #[test]
    fn a_limit_is_drawn_once_and_not_over_the_function_itself() {
        let named = |functions: &[Activation]| -> Vec<String> {
            limits(&bench(functions, 2.0))
                .into_iter()
                .map(|series| series.label)
                .collect()
        };
        assert_eq!(named(&[Activation::Softplus, Activation::Gelu]), ["ReLU"]);
        assert_eq!(
            named(&[Activation::Sigmoid, Activation::Relu, Activation::Softplus]),
            ["step"]
        );
        assert_eq!(
            named(&[Activation::Sigmoid, Activation::Tanh, Activation::Step]),
            ["sign"]
        );
        assert!(named(&[Activation::Relu, Activation::LeakyRelu]).is_empty());
    }

    #[test]
    fn the_sentence_has_the_bound() {
        let text = sentence(&bench(&[Activation::Softplus], 10.0));
        // ln 2 / 10.
        assert!(text.contains("within 0.06931 of ReLU"), "{text}");
    }
}
