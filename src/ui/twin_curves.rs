//! What two runs measured, as line charts: loss and error, on training and on test images.

use leptos::prelude::*;

use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Gap, Line, Mark, Series};
use crate::figures::palette::Role;
use crate::lab::client::Client;
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

    /// The upward axis.
    pub fn axis(self, kind: AxisKind) -> Axis {
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

/// One run as a chart shows it.
#[derive(Clone, Copy, Debug)]
pub struct RunCurves<'a> {
    /// What was measured.
    pub points: &'a [Point],
    /// Finished runs that differ in nothing but the seed; their test curves are drawn thin.
    pub former: &'a [&'a [Point]],
    /// Colour.
    pub role: Role,
    /// Name in full.
    pub name: &'static str,
    /// Name where there is little room.
    pub short: &'static str,
}

impl<'a> RunCurves<'a> {
    /// Runs A and B without former ones.
    pub fn pair([a, b]: Names, [points_a, points_b]: [&'a [Point]; 2]) -> [Self; 2] {
        let run = |points, role, (name, short)| Self {
            points,
            former: &[],
            role,
            name,
            short,
        };
        [run(points_a, Role::RunA, a), run(points_b, Role::RunB, b)]
    }
}

/// The line chart of one quantity of runs A and B.
pub fn curves(
    quantity: Quantity,
    names: Names,
    points: [&[Point]; 2],
    axes: AxisKind,
    epochs: f64,
) -> Curves {
    curves_of(quantity, &RunCurves::pair(names, points), axes, epochs)
}

/// [`curves`] of two clients' runs, as they come, on linear axes over `epochs`.
pub fn twin_chart(
    quantity: Quantity,
    names: Names,
    [a, b]: [Client; 2],
    epochs: Memo<f64>,
) -> Memo<Curves> {
    Memo::new(move |_| {
        of_both([a, b], |points| {
            curves(quantity, names, points, AxisKind::Linear, epochs.get())
        })
    })
}

/// What `read` makes of all that two clients have measured.
pub fn of_both<T>([a, b]: [Client; 2], read: impl FnOnce([&[Point]; 2]) -> T) -> T {
    a.points.with(|a| b.points.with(|b| read([a, b])))
}

/// The line chart of one quantity of some runs on the same axes.
pub fn curves_of(
    quantity: Quantity,
    runs: &[RunCurves<'_>],
    axes: AxisKind,
    epochs: f64,
) -> Curves {
    let mut figure = Curves {
        x: Axis::linear("epoch").whole().range(0.0, epochs),
        y: quantity.axis(axes),
        empty: empty(quantity, runs),
        ..Curves::default()
    };
    if let (AxisKind::Linear, Some(top)) = (axes, top(quantity, runs, epochs)) {
        figure.y = figure.y.range(0.0, top);
    }
    for run in runs {
        for former in run.former {
            let thin = line(quantity, former, |point| Some(point.test));
            let series = Series::new(Line::Reference, run.role, "", thin);
            figure.series.push(series);
        }
    }
    for run in runs {
        add(&mut figure, quantity, run);
    }
    figure
}

/// Training and test curve of one run, the gap between them and the best epoch.
fn add(figure: &mut Curves, quantity: Quantity, run: &RunCurves<'_>) {
    let RunCurves {
        points,
        role,
        name,
        short,
        ..
    } = *run;
    let first = figure.series.len();
    let named = |kind, of: fn(&Point) -> Option<Measures>, full: &str, brief: &str| {
        Series::new(
            kind,
            role,
            format!("{name}, {full}"),
            line(quantity, points, of),
        )
        .short(format!("{short}, {brief}"))
    };
    let training = named(
        Line::Training,
        |point| Some(point.training),
        "training",
        "train",
    );
    figure.series.push(training);
    let test = named(Line::Test, |point| Some(point.test), "test", "test");
    figure.series.push(test);
    // Where nothing is dropped, it is the training curve itself.
    if points.iter().any(|point| {
        point
            .learning
            .is_some_and(|learning| learning != point.training)
    }) {
        let learning = named(
            Line::Bound,
            |point| point.learning,
            "training, dropout on",
            "train, on",
        );
        figure.series.push(learning);
    }
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

/// (epoch, value) of every point; a gap where it was not measured.
fn line(
    quantity: Quantity,
    points: &[Point],
    of: fn(&Point) -> Option<Measures>,
) -> Vec<(f64, f64)> {
    let value = |point: &Point| of(point).map_or(f64::NAN, |measures| quantity.of(&measures));
    points
        .iter()
        .map(|point| (point.epoch, value(point)))
        .collect()
}

fn empty(quantity: Quantity, runs: &[RunCurves<'_>]) -> String {
    match (quantity, runs) {
        (Quantity::Loss, [run]) => format!(
            "Press Run: the loss of the network named \u{201c}{}\u{201d} will stand here, on training and on test images.",
            run.name
        ),
        (Quantity::Error, [_]) => "And here the share of digits that it gets wrong.".to_owned(),
        (Quantity::Loss, _) => {
            "Press Run: four curves will show the loss of both networks, on training and on test images."
                .to_owned()
        }
        (Quantity::Error, _) => "And four the share of digits that they get wrong.".to_owned(),
    }
}

/// Upper end of a linear axis: a little above everything measured from the first epoch on. The guesses of the first weights,
/// 90 % wrong, would press what is to be compared into a strip; their curves come in from above the frame. None while
/// there is nothing else, and in runs of a few epochs, which are about the beginning.
fn top(quantity: Quantity, runs: &[RunCurves<'_>], epochs: f64) -> Option<f64> {
    const FEW_EPOCHS: f64 = 5.0;
    const MARGIN: f64 = 1.05;
    let learned = runs
        .iter()
        .flat_map(|run| {
            run.points
                .iter()
                .chain(run.former.iter().copied().flatten())
        })
        .filter(|point| point.epoch >= 1.0);
    let values = learned.flat_map(|point| {
        let learning = point.learning.unwrap_or(point.training);
        [point.training, point.test, learning].map(|measures| quantity.of(&measures))
    });
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
