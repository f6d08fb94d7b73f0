//! The output of one sigmoid neuron over its weighted input, and the step of the perceptron that it becomes.

use super::axes::Axis;
use super::curves::{Curves, Line, Series};
use super::numerals::number;
use super::palette::Role;

/// The step, and the curve of the sigmoid neuron at `c` through `points` of (weighted input, output), from `-reach` to `reach`.
pub fn neuron_curve(
    weighted_input: impl Into<String>,
    reach: f64,
    c: f64,
    points: Vec<(f64, f64)>,
) -> Curves {
    let step = vec![
        (-reach, 0.0),
        (0.0, 0.0),
        (f64::NAN, f64::NAN),
        (0.0, 1.0),
        (reach, 1.0),
    ];
    Curves {
        x: Axis::linear(weighted_input).range(-reach, reach),
        y: Axis::linear("output").range(0.0, 1.0),
        series: vec![
            Series::new(Line::Reference, Role::RunB, "perceptron", step),
            Series::new(
                Line::Test,
                Role::RunA,
                format!("\u{3c3}(c\u{b7}z), c = {}", number(c, 3)),
                points,
            )
            .short("sigmoid"),
        ],
        ..Curves::default()
    }
}
