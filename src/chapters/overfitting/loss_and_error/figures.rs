//! The predictions as divided bars, their losses on the curve, and what one moving sample does to loss and error.

use super::settings::{REACH, SAMPLES};
use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Line, Mark, Rule, Series};
use crate::figures::numerals::fixed;
use crate::figures::palette::Role;
use crate::figures::shares::{Row, Shares};
use crate::theory::loss_and_error::{Prediction, START, mean_loss, mistakes};
use crate::ui::number::significant;

/// All samples of the page.
pub type Samples = [Prediction; SAMPLES];

/// Error of some mistakes among the samples, percent.
pub fn percent_wrong(wrong: usize) -> f64 {
    100.0 * wrong as f64 / SAMPLES as f64
}

/// One divided bar a sample.
pub fn bars(samples: &Samples, moved: usize) -> Shares {
    let row = |(index, sample): (usize, &Prediction)| Row {
        label: format!("sample {}", index + 1),
        shares: sample.probabilities().to_vec(),
        note: format!(
            "{}, {}",
            fixed(sample.loss(), 2),
            if sample.is_right() { "right" } else { "wrong" }
        ),
        alarming: !sample.is_right(),
        strong: index == moved,
    };
    Shares {
        title: "right class | two others".to_owned(),
        names: ["right class", "first other", "second other"]
            .map(str::to_owned)
            .to_vec(),
        notes: "\u{2212}ln p".to_owned(),
        rows: samples.iter().enumerate().map(row).collect(),
    }
}

/// The loss of each sample on the curve -ln p.
pub fn losses(samples: &Samples) -> Curves {
    let points = (1..=200).map(|step| f64::from(step) / 200.0);
    let points: Vec<(f64, f64)> = points.map(|p| (p, -p.ln())).collect();
    let mark = |(index, sample): (usize, &Prediction)| {
        let at = (sample.right, sample.loss());
        let name = (index + 1).to_string();
        if sample.is_right() {
            Mark::new(at, Role::RunA, name).filled()
        } else {
            Mark::new(at, Role::RunB, name)
        }
    };
    Curves {
        x: Axis::linear("probability p of the right class").range(0.0, 1.0),
        y: Axis::linear("loss of one sample, \u{2212}ln p").range(0.0, 4.8),
        series: vec![Series::new(Line::Reference, Role::Ink, "", points)],
        marks: samples.iter().enumerate().map(mark).collect(),
        ..Curves::default()
    }
}

/// `samples` with p of one of them changed.
fn with(samples: &Samples, moved: usize, p: f64) -> Samples {
    let mut samples = *samples;
    samples[moved].right = p;
    samples
}

/// p from one end of its reach to the other.
fn reach() -> impl Iterator<Item = f64> {
    const STEPS: u32 = 196;
    (0..=STEPS).map(|step| REACH.0 + (REACH.1 - REACH.0) * f64::from(step) / f64::from(STEPS))
}

fn along(moved: usize) -> Axis {
    Axis::linear(format!("p of the right class of sample {}", moved + 1)).range(0.0, 1.0)
}

/// The mean loss while one sample moves.
pub fn smooth(samples: &Samples, moved: usize) -> Curves {
    let points = reach()
        .map(|p| (p, mean_loss(&with(samples, moved, p))))
        .collect();
    let now = (samples[moved].right, mean_loss(samples));
    // The axis keeps its end while the sample moves, and has few of them.
    let highest = mean_loss(&with(samples, moved, REACH.0));
    let top = [1.6, 2.4, 4.8]
        .into_iter()
        .find(|top| highest < *top)
        .unwrap_or(4.8);
    Curves {
        x: along(moved),
        y: Axis::linear("mean loss").range(0.0, top),
        series: vec![Series::new(Line::Test, Role::RunA, "", points)],
        marks: vec![Mark::new(now, Role::RunA, fixed(now.1, 3)).filled()],
        rules: vec![Rule::at_y(mean_loss(&START), "at the start")],
        ..Curves::default()
    }
}

/// The error while one sample moves: two levels and one jump, at its tipping point.
pub fn jump(samples: &Samples, moved: usize) -> Curves {
    let error = |p: f64| percent_wrong(mistakes(&with(samples, moved, p)));
    let tipping = samples[moved].tipping_point();
    let (low, high) = (error(REACH.0), error(REACH.1));
    let points = vec![
        (REACH.0, low),
        (tipping, low),
        (tipping, f64::NAN),
        (tipping, high),
        (REACH.1, high),
    ];
    let now = (samples[moved].right, percent_wrong(mistakes(samples)));
    Curves {
        x: along(moved),
        y: Axis::linear("classification error")
            .unit("%")
            .range(0.0, 100.0),
        series: vec![Series::new(Line::Test, Role::RunB, "", points)],
        marks: vec![Mark::new(now, Role::RunB, format!("{} %", now.1)).filled()],
        rules: vec![Rule::at_x(
            tipping,
            format!("tips at {}", significant(tipping, 3)),
        )],
        ..Curves::default()
    }
}

/// What is seen, with numbers.
pub fn sentence(samples: &Samples, moved: usize) -> String {
    let wrong = mistakes(samples);
    let worst = (0..SAMPLES).max_by(|a, b| samples[*a].loss().total_cmp(&samples[*b].loss()));
    let worst = worst.unwrap_or(moved);
    let share = samples[worst].loss() / (mean_loss(samples) * SAMPLES as f64);
    format!(
        "Mean loss {}, classification error {} % ({wrong} of {SAMPLES}); at the start {} and {} %. Sample {} carries {} % of the loss. Sample {} tips at p\u{a0}=\u{a0}{}: \
         there the error jumps by {} points, and the loss does not notice.",
        fixed(mean_loss(samples), 3),
        percent_wrong(wrong),
        fixed(mean_loss(&START), 3),
        percent_wrong(mistakes(&START)),
        worst + 1,
        fixed(100.0 * share, 0),
        moved + 1,
        significant(samples[moved].tipping_point(), 3),
        percent_wrong(1),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_is_told_in_numbers() {
        // -(ln 0.8 + ln 0.7 + ln 0.6 + ln 0.55 + ln 0.35) / 5 = 0.54775; 1.0498 / 2.7388 = 38 %; 0.7 / 1.7 = 0.41176.
        let said = sentence(&START, 4);
        assert!(
            said.contains("Mean loss 0.548, classification error 20 % (1 of 5)"),
            "{said}"
        );
        assert!(said.contains("Sample 5 carries 38 % of the loss"), "{said}");
        assert!(said.contains("tips at p\u{a0}=\u{a0}0.412"), "{said}");
    }

    #[test]
    fn every_loss_that_can_be_set_is_within_the_axes() {
        // One sample at the end of its reach, or all of them.
        let worst = START.map(|sample| Prediction {
            right: REACH.0,
            ..sample
        });
        let top = losses(&worst).y.range.expect("fixed").1;
        assert!(worst[0].loss() < top);
        let top = smooth(&worst, 4).y.range.expect("fixed").1;
        assert!(mean_loss(&worst) < top);
        let top = smooth(&START, 4).y.range.expect("fixed").1;
        assert!(mean_loss(&with(&START, 4, REACH.0)) < top);
    }

    #[test]
    fn the_error_has_two_levels() {
        let figure = jump(&START, 0);
        let levels: Vec<f64> = figure.series[0]
            .points
            .iter()
            .map(|point| point.1)
            .collect();
        assert_eq!((levels[0], levels[4]), (40.0, 20.0));
        assert!(levels[2].is_nan());
    }
}
