//! What two runs measured, as line charts: loss and error, on training and on test images.

use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Gap, Line, Mark, Series};
use crate::figures::palette::Role;
use crate::lab::message::{Measures, Point};

use super::number::significant;

/// How the figures scale their upward axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AxisKind {
    /// Equal differences are equally far apart.
    Linear,
    /// Equal ratios are equally far apart.
    Logarithmic,
}

/// What is drawn upwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Mean cross-entropy.
    Loss,
    /// Share of wrong predictions.
    Error,
}

impl Quantity {
    /// The quantity's value in some measures; the error in percent.
    pub fn of(self, measures: &Measures) -> f64 {
        match self {
            Self::Loss => measures.loss,
            Self::Error => 100.0 * measures.error,
        }
    }

    /// The measured moment where it was lowest on the test images; the earliest, if several were.
    pub fn best(self, points: &[Point]) -> Option<&Point> {
        let finite = points
            .iter()
            .filter(|point| self.of(&point.test).is_finite());
        finite.min_by(|a, b| self.of(&a.test).total_cmp(&self.of(&b.test)))
    }

    fn axis(self, kind: AxisKind) -> Axis {
        let title = match self {
            Self::Loss => "loss",
            Self::Error => "classification error",
        };
        let axis = match kind {
            AxisKind::Linear => Axis::linear(title).from_zero(),
            AxisKind::Logarithmic => Axis::log(title),
        };
        match self {
            Self::Loss => axis,
            Self::Error => axis.unit("%"),
        }
    }
}

/// What two runs are called in a figure: in full and where there is little room.
pub type Names = [(&'static str, &'static str); 2];

/// The line chart of one quantity of runs A and B.
pub fn curves(
    quantity: Quantity,
    names: Names,
    [a, b]: [&[Point]; 2],
    axes: AxisKind,
    epochs: f64,
) -> Curves {
    let [(name_a, short_a), (name_b, short_b)] = names;
    let runs = [
        (a, Role::RunA, name_a, short_a),
        (b, Role::RunB, name_b, short_b),
    ];
    let mut figure = Curves {
        x: Axis::linear("epoch").whole().range(0.0, epochs),
        y: quantity.axis(axes),
        empty: match quantity {
            Quantity::Loss => "Press Run: four curves will show the loss of both networks, on training and on test images.",
            Quantity::Error => "And four the share of digits that they get wrong.",
        }
        .to_owned(),
        ..Curves::default()
    };
    if let (AxisKind::Linear, Some(top)) = (axes, top(quantity, [a, b], epochs)) {
        figure.y = figure.y.range(0.0, top);
    }
    for (points, role, name, short) in runs {
        let line = |of: fn(&Point) -> Measures| -> Vec<(f64, f64)> {
            points
                .iter()
                .map(|point| (point.epoch, quantity.of(&of(point))))
                .collect()
        };
        let first = figure.series.len();
        figure.series.push(
            Series::new(
                Line::Training,
                role,
                format!("{name}, training"),
                line(|point| point.training),
            )
            .short(format!("{short}, train")),
        );
        figure.series.push(
            Series::new(
                Line::Test,
                role,
                format!("{name}, test"),
                line(|point| point.test),
            )
            .short(format!("{short}, test")),
        );
        figure.gaps.push(Gap {
            between: first,
            and: first + 1,
            role,
        });
        // A minimum is worth its name once the curve has gone on from it.
        if let Some(best) = quantity.best(points).filter(|_| points.len() > 2) {
            let at = (best.epoch, quantity.of(&best.test));
            figure.marks.push(Mark::new(
                at,
                role,
                format!("lowest: epoch {}", significant(best.epoch, 4)),
            ));
        }
    }
    figure
}

/// Upper end of a linear axis: a little above everything measured from the first epoch on. The guesses of the first weights,
/// 90 % wrong, would press what is to be compared into a strip; their curves come in from above the frame. None while
/// there is nothing else, and in runs of a few epochs, which are about the beginning.
fn top(quantity: Quantity, runs: [&[Point]; 2], epochs: f64) -> Option<f64> {
    const FEW_EPOCHS: f64 = 5.0;
    const MARGIN: f64 = 1.05;
    let learned = runs
        .into_iter()
        .flatten()
        .filter(|point| point.epoch >= 1.0);
    let values = learned.flat_map(|point| [quantity.of(&point.training), quantity.of(&point.test)]);
    let highest = values.filter(|value| value.is_finite()).reduce(f64::max)?;
    (epochs >= FEW_EPOCHS && highest > 0.0).then_some(MARGIN * highest)
}

/// The latest moments of two runs that can be compared: no later than either has come. None before both were measured.
pub fn at_common_epoch([a, b]: [&[Point]; 2]) -> Option<[Point; 2]> {
    let epoch = a.last()?.epoch.min(b.last()?.epoch);
    let latest = |points: &[Point]| {
        points
            .iter()
            .rev()
            .find(|point| point.epoch <= epoch)
            .copied()
    };
    Some([latest(a)?, latest(b)?])
}

/// "1 epoch", "2.5 epochs".
pub fn epochs(epoch: f64) -> String {
    let noun = if epoch == 1.0 { "epoch" } else { "epochs" };
    format!("{} {noun}", significant(epoch, 4))
}
