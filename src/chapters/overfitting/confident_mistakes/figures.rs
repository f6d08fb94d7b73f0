//! Losses of single digits as histograms, their means over time, and the sentence.

use super::history::{Summary, lowest, worst_counts};
use crate::engine::sample_losses::SampleLosses;
use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Line, Rule, Series};
use crate::figures::histogram::{Counts, Histogram};
use crate::figures::palette::Role;
use crate::ui::number::{grouped, percent, significant};
use crate::ui::twin_curves::epochs;

/// Powers of ten from which to which losses are counted; what lies beyond is counted at the end.
const DECADES: (i32, i32) = (-5, 2);
/// Bins in each.
const BINS_A_DECADE: i32 = 6;

/// Edges of the bins, equally far apart on a logarithmic axis.
fn edges() -> Vec<f64> {
    let (low, high) = (DECADES.0 * BINS_A_DECADE, DECADES.1 * BINS_A_DECADE);
    (low..=high)
        .map(|step| 10_f64.powf(f64::from(step) / f64::from(BINS_A_DECADE)))
        .collect()
}

/// What the bins hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Digits, percent of all.
    Digits,
    /// Their losses, percent of the whole.
    Loss,
}

/// The bins: what was read wrongly filled, what was read rightly as an outline.
pub fn histogram(losses: &SampleLosses, held: Held) -> Histogram {
    let edges = edges();
    let bin_of = |loss: f64| {
        let above = edges.partition_point(|edge| *edge <= loss);
        above.clamp(1, edges.len() - 1) - 1
    };
    let whole = match held {
        Held::Digits => losses.len() as f64,
        Held::Loss => losses.total(),
    };
    let counts = |right: bool| {
        let mut bins = vec![0.0; edges.len() - 1];
        for loss in losses.of(right) {
            bins[bin_of(loss)] += 100.0 / whole
                * match held {
                    Held::Digits => 1.0,
                    Held::Loss => loss,
                };
        }
        bins
    };
    let (title, empty) = match held {
        Held::Digits => (
            "share of the test digits",
            "Press Run: here will stand how many test digits cost how much, those read rightly and those read wrongly.",
        ),
        Held::Loss => (
            "share of the whole loss",
            "And here how much of the loss each of these bins carries.",
        ),
    };
    let series = if losses.is_empty() {
        Vec::new()
    } else {
        vec![
            Counts {
                label: "read wrongly".to_owned(),
                role: Role::RunB,
                counts: counts(false),
            },
            Counts {
                label: "read rightly".to_owned(),
                role: Role::RunA,
                counts: counts(true),
            },
        ]
    };
    let (low, high) = DECADES;
    Histogram {
        x: Axis::log("loss of one digit, \u{2212}ln p").range(10_f64.powi(low), 10_f64.powi(high)),
        y: Axis::linear(title).unit("%").from_zero(),
        edges,
        series,
        empty: empty.to_owned(),
        ..Histogram::default()
    }
}

fn over_time(history: &[Summary], of: fn(&Summary) -> f64) -> Vec<(f64, f64)> {
    history
        .iter()
        // Guesses of the first weights would press all that is learned into a strip.
        .filter(|summary| summary.epoch >= 1.0)
        .map(|summary| (summary.epoch, of(summary)))
        .collect()
}

fn turn(figure: &mut Curves, history: &[Summary]) {
    if let Some(best) = lowest(history).filter(|_| history.len() > 3) {
        let label = format!("loss lowest: {}", significant(best.epoch, 4));
        figure.rules.push(Rule::at_x(best.epoch, label));
    }
}

fn chart(y: Axis, last_epoch: f64, empty: &str) -> Curves {
    Curves {
        x: Axis::linear("epoch").whole().range(0.0, last_epoch),
        y,
        empty: empty.to_owned(),
        ..Curves::default()
    }
}

/// Test error over time.
pub fn errors(history: &[Summary], last_epoch: f64) -> Curves {
    let y = Axis::linear("test error").unit("%").from_zero();
    let mut figure = chart(y, last_epoch, "And here the share of digits read wrongly.");
    if !history.is_empty() {
        let points = over_time(history, |summary| 100.0 * summary.error());
        figure.series = vec![Series::new(Line::Test, Role::Ink, "", points)];
        turn(&mut figure, history);
    }
    figure
}

/// Mean test loss over time: of all, of those read wrongly, of those read rightly.
pub fn means(history: &[Summary], last_epoch: f64) -> Curves {
    let y = Axis::linear("mean loss").from_zero();
    let mut figure = chart(
        y,
        last_epoch,
        "And here the mean loss of the wrong ones, the right ones and all.",
    );
    if !history.is_empty() {
        let line =
            |role, name: &str, of| Series::new(Line::Test, role, name, over_time(history, of));
        figure.series = vec![
            line(Role::RunB, "read wrongly", |summary| summary.mean_wrong).short("wrong"),
            line(Role::RunA, "read rightly", |summary| summary.mean_right).short("right"),
            line(Role::Ink, "all", |summary| summary.mean),
        ];
        turn(&mut figure, history);
    }
    figure
}

/// The sentence under the figures.
pub fn sentence(history: &[Summary]) -> String {
    let (Some(now), Some(best)) = (history.last(), lowest(history)) else {
        return "Nothing trained yet. Press Run: a network will learn, and after every epoch each test digit\u{2019}s loss is looked at.".to_owned();
    };
    let (one, five) = worst_counts(now.digits);
    let mut said = format!(
        "After {}, {} of {} test digits are read wrongly ({}); they carry {} of the loss. The worst 1 % ({} digits) carry {}, the worst 5 % ({}) {}.",
        epochs(now.epoch),
        grouped(now.wrong as u64),
        grouped(now.digits as u64),
        percent(now.error()),
        percent(now.share_of_wrong),
        grouped(one as u64),
        percent(now.share_of_worst_1),
        grouped(five as u64),
        percent(now.share_of_worst_5),
    );
    if best.epoch >= 1.0 && best.epoch < now.epoch {
        said += &format!(
            " Since the loss was lowest, after {}, the error went from {} to {}, and the mean loss of a wrongly read digit from {} to {}.",
            epochs(best.epoch),
            percent(best.error()),
            percent(now.error()),
            significant(best.mean_wrong, 3),
            significant(now.mean_wrong, 3),
        );
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::loss::Loss;

    #[test]
    fn both_histograms_hold_everything() {
        // A loss below the first edge and one above most: 50 apart.
        let outputs = [50.0, 0.0, 0.0, 50.0, 1.0, 0.0];
        let losses = SampleLosses::new(Loss::CrossEntropy, &outputs, &[0, 0, 0]);
        for held in [Held::Digits, Held::Loss] {
            let figure = histogram(&losses, held);
            let sum: f64 = figure.series.iter().flat_map(|series| &series.counts).sum();
            assert!((sum - 100.0).abs() < 1e-9, "{held:?}: {sum}");
        }
        let wrong = &histogram(&losses, Held::Loss).series[0].counts;
        assert!(wrong.iter().sum::<f64>() > 99.0);
        assert!(
            histogram(&SampleLosses::default(), Held::Digits)
                .series
                .is_empty()
        );
    }
}
