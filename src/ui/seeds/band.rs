//! Runs of several seeds as one chart: the median of the test curves, and how far the seeds lie apart.

use super::SeedRun;
use super::table::signed;
use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Gap, Line, Series};
use crate::figures::palette::Role;
use crate::lab::message::Point;
use crate::theory::sampling::median;
use crate::ui::number::percent;
use crate::ui::twin_curves::{AxisKind, Quantity, RunCurves};

/// Least, median and greatest value of the seeds at one epoch.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Across {
    epoch: f64,
    least: f64,
    median: f64,
    greatest: f64,
}

/// The values of run `index` across seeds, at every epoch that all seeds have measured.
fn across(seeds: &[SeedRun], index: usize, quantity: Quantity) -> Vec<Across> {
    let whole = |run: &SeedRun| -> Vec<Point> {
        let points = run.points[index].iter().copied();
        points.filter(|point| point.epoch.fract() == 0.0).collect()
    };
    let runs: Vec<Vec<Point>> = seeds.iter().map(whole).collect();
    let common = runs.iter().map(Vec::len).min().unwrap_or(0);
    let at = |place: usize| {
        let values: Vec<f64> = runs
            .iter()
            .map(|points| quantity.of(&points[place].test))
            .filter(|value| value.is_finite())
            .collect();
        Some(Across {
            epoch: runs[0][place].epoch,
            least: values.iter().copied().reduce(f64::min)?,
            median: median(&values)?,
            greatest: values.iter().copied().reduce(f64::max)?,
        })
    };
    (0..common).filter_map(at).collect()
}

/// Median of the test curves of some runs, with the range of all seeds shaded. `places` says which of each seed's runs they
/// are; of `runs` only names and roles are read.
pub fn band(
    quantity: Quantity,
    runs: &[RunCurves<'_>],
    places: &[usize],
    seeds: &[SeedRun],
    axes: AxisKind,
    epochs: f64,
) -> Curves {
    let mut figure = Curves {
        x: Axis::linear("epoch").whole().range(0.0, epochs),
        y: quantity.axis(axes),
        ..Curves::default()
    };
    let values: Vec<Vec<Across>> = places
        .iter()
        .map(|&index| across(seeds, index, quantity))
        .collect();
    let learned = values.iter().flatten().filter(|at| at.epoch >= 1.0);
    let top = learned.map(|at| at.greatest).reduce(f64::max);
    if let (AxisKind::Linear, Some(top)) = (axes, top) {
        figure.y = figure.y.range(0.0, 1.05 * top);
    }
    for (run, values) in runs.iter().zip(&values) {
        add(&mut figure, run, values);
    }
    figure
}

fn add(figure: &mut Curves, run: &RunCurves<'_>, values: &[Across]) {
    let line = |of: fn(&Across) -> f64| values.iter().map(|at| (at.epoch, of(at))).collect();
    let role: Role = run.role;
    let first = figure.series.len();
    figure.series.extend([
        Series::new(Line::Bound, role, "", line(|at| at.least)),
        Series::new(Line::Bound, role, "", line(|at| at.greatest)),
        Series::new(
            Line::Test,
            role,
            format!("{}, test, median", run.name),
            line(|at| at.median),
        )
        .short(format!("{}, median", run.short)),
    ]);
    figure.gaps.push(Gap {
        between: first,
        and: first + 1,
        role,
    });
}

/// What several seeds say together of the test errors of two runs: `names` in a sentence, such as "without dropout".
pub fn verdict(seeds: &[SeedRun], names: [&str; 2]) -> Option<String> {
    let ends: Vec<[f64; 2]> = seeds
        .iter()
        .filter_map(|run| {
            let ends = run.ends()?;
            Some([ends.first()?.test.error, ends.get(1)?.test.error])
        })
        .collect();
    if ends.len() < 2 {
        return None;
    }
    let of = |index: usize| {
        let values: Vec<f64> = ends.iter().map(|ends| ends[index]).collect();
        let least = values.iter().copied().reduce(f64::min)?;
        let greatest = values.iter().copied().reduce(f64::max)?;
        Some(format!(
            "{} ({} to {})",
            percent(median(&values)?),
            percent(least),
            percent(greatest)
        ))
    };
    let gains: Vec<f64> = ends.iter().map(|[a, b]| 100.0 * (a - b)).collect();
    let count = ends.len();
    let better = gains.iter().filter(|gain| **gain > 0.0).count();
    Some(format!(
        "Over {count} seeds the median test error is {} {}, and {} {}. Seed by seed it is smaller {} for {better} of {count}; the median gain is {} points.",
        of(0)?,
        names[0],
        of(1)?,
        names[1],
        names[1],
        signed(median(&gains)?),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::message::Measures;

    fn run(seed: u64, errors: [&[f64]; 2]) -> SeedRun {
        let points = |errors: &[f64]| {
            let at = |(epoch, error): (usize, &f64)| {
                let measures = Measures {
                    loss: 1.0,
                    error: *error,
                };
                Point {
                    epoch: epoch as f64,
                    training: measures,
                    learning: None,
                    validation: None,
                    test: measures,
                }
            };
            errors.iter().enumerate().map(at).collect()
        };
        SeedRun {
            seed,
            points: errors.into_iter().map(points).collect(),
        }
    }

    #[test]
    fn the_band_ends_where_the_shortest_run_does() {
        let seeds = [
            run(1, [&[0.9, 0.2, 0.1], &[0.9, 0.3]]),
            run(2, [&[0.8, 0.3, 0.2], &[0.8, 0.1]]),
            run(3, [&[0.9, 0.1, 0.4], &[0.8, 0.2]]),
        ];
        let values = across(&seeds, 0, Quantity::Error);
        let at = |index: usize| {
            let Across {
                least,
                median,
                greatest,
                ..
            } = values[index];
            [least, median, greatest].map(|value| value.round())
        };
        assert_eq!(values.len(), 3);
        assert_eq!(at(1), [10.0, 20.0, 30.0]);
        assert_eq!(at(2), [10.0, 20.0, 40.0]);
        assert_eq!(across(&seeds, 1, Quantity::Error).len(), 2);
        assert!(across(&[], 0, Quantity::Loss).is_empty());
    }

    #[test]
    fn several_seeds_are_summed_up() {
        let seeds = [
            run(1, [&[0.12], &[0.10]]),
            run(2, [&[0.13], &[0.14]]),
            run(3, [&[0.11], &[0.105]]),
        ];
        let names = ["without dropout", "with dropout"];
        assert_eq!(verdict(&seeds[..1], names), None);
        assert_eq!(
            verdict(&seeds, names).as_deref(),
            Some(
                "Over 3 seeds the median test error is 12.0 % (11.0 % to 13.0 %) without dropout, and 10.5 % (10.0 % to 14.0 %) with \
                 dropout. Seed by seed it is smaller with dropout for 2 of 3; the median gain is +0.5 points."
            )
        );
    }
}
