//! Values to figures: the curve of one neuron, and the deviation against c.

use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Line, Mark, Rule, Series};
use crate::figures::neuron_curve::neuron_curve;
use crate::figures::numerals::number;
use crate::figures::palette::Role;
use crate::theory::deviation::{DeviationStudy, Margin, WorstDeviation};
use crate::theory::logistic::{sigmoid, steep_graph};
use crate::theory::perceptron::{NeuronId, PerceptronNetwork};

use super::C;

/// Measured c a decade; fewer where there are many inputs to measure at.
const PER_DECADE: usize = 20;
/// Smallest deviation that is shown; a double cannot tell 1 from 1 minus a tenth of this.
const FLOOR: f64 = 1e-15;

/// What does not depend on the present c.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// (c, largest deviation, bound).
    pub points: Vec<(f64, WorstDeviation)>,
    /// The least margin, and where.
    pub margin: Margin,
    /// Boolean inputs.
    pub inputs: usize,
    /// Whether there is but one neuron: then the bound is exact.
    pub single: bool,
}

impl Measured {
    /// Measures a network at all its Boolean inputs.
    pub fn of(network: &PerceptronNetwork) -> Self {
        let study = DeviationStudy::boolean(network);
        let inputs = 1_usize << network.inputs();
        let per_decade = if inputs > 16 {
            PER_DECADE / 4
        } else {
            PER_DECADE
        };
        let decades = (C.1 / C.0).log10();
        let last = (decades * per_decade as f64).round() as usize;
        let points = (0..=last)
            .map(|step| {
                let c = C.0 * 10_f64.powf(step as f64 / per_decade as f64);
                (c, study.worst(c))
            })
            .collect();
        Self {
            points,
            margin: study.margin(),
            inputs,
            single: network.neurons().count() == 1,
        }
    }
}

/// What the present c gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Now {
    /// c.
    pub c: f64,
    /// The largest deviation at this c.
    pub worst: WorstDeviation,
    /// The deviation that is wanted.
    pub epsilon: f64,
    /// The c from which on the bound promises it.
    pub sufficient: Option<f64>,
}

/// The deviation against c, both logarithmic: measured points, bound, the present c, the c that is enough.
pub fn deviation(measured: &Measured, now: &Now) -> Curves {
    let line = |of: fn(&WorstDeviation) -> f64| -> Vec<(f64, f64)> {
        let shown = |value: f64| if value < FLOOR { f64::NAN } else { value };
        measured
            .points
            .iter()
            .map(|(c, worst)| (*c, shown(of(worst))))
            .collect()
    };
    let mut figure = Curves {
        x: Axis::log("c").range(C.0, C.1),
        y: Axis::log("largest deviation").range(FLOOR, 2.0),
        series: vec![
            Series::new(Line::Bound, Role::RunB, "bound", line(|worst| worst.bound)),
            Series::dots(Role::RunA, "measured", &line(|worst| worst.deviation)),
        ],
        rules: vec![Rule::at_y(
            now.epsilon,
            format!("\u{3b5} = {}", number(now.epsilon, 2)),
        )],
        ..Curves::default()
    };
    if now.worst.deviation >= FLOOR {
        let label = format!("c = {}", number(now.c, 3));
        figure
            .marks
            .push(Mark::new((now.c, now.worst.deviation), Role::RunA, label).filled());
    } else {
        figure
            .rules
            .push(Rule::at_x(now.c, format!("c = {}", number(now.c, 3))));
    }
    if let Some(c) = now.sufficient
        && (C.0..=C.1).contains(&c)
    {
        let label = format!("enough: {}", number(c, 3));
        figure
            .marks
            .push(Mark::new((c, now.epsilon), Role::RunB, label).guides());
    }
    figure
}

/// The curve of one sigmoid neuron, the step it becomes, and where the neuron stands now.
pub fn curve(c: f64, z: f64, depth: usize, neuron: NeuronId) -> Curves {
    let reach = z.abs().max(1.6) * 1.25;
    let name = if depth == 1 && neuron.layer == 0 {
        "z = w\u{b7}x + b"
    } else {
        "weighted input z"
    };
    Curves {
        marks: vec![
            Mark::new(
                (z, sigmoid(c * z)),
                Role::RunA,
                format!("z = {}", number(z, 3)),
            )
            .filled(),
        ],
        ..neuron_curve(name, reach, c, steep_graph(c, reach))
    }
}
