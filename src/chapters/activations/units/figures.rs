//! Weighted inputs as a histogram under ReLU; silence, deaths and errors over time; the sentence.

use crate::chapters::activations::notation::plain;
use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Line, Rule, Series};
use crate::figures::histogram::{Counts, Curve, Histogram, equal_edges};
use crate::figures::palette::Role;
use crate::lab::message::{LayerUnits, Observed, Point, WEIGHTED_INPUT_BINS, WEIGHTED_INPUT_RANGE};
use crate::ui::number::{grouped, percent, significant};

/// What the hidden layers did, epoch by epoch, first layer to last.
pub type History = Vec<(f64, Vec<LayerUnits>)>;

/// The units among what was observed.
pub fn history(observed: &[(f64, Observed)]) -> History {
    let units = observed.iter().filter_map(|(epoch, seen)| match seen {
        Observed::Units(layers) => Some((*epoch, layers.clone())),
        _ => None,
    });
    units.collect()
}

/// The weighted inputs of one layer, now filled and before the first step as an outline, under ReLU.
pub fn histogram(history: &History, layer: usize) -> Histogram {
    let (low, high) = WEIGHTED_INPUT_RANGE;
    let (low, high) = (f64::from(low), f64::from(high));
    let shares = |layers: &[LayerUnits]| -> Vec<f64> {
        let Some(units) = layers.get(layer) else {
            return Vec::new();
        };
        let all = f64::from(total(units));
        let counts = units.counts.iter();
        counts
            .map(|count| 100.0 * f64::from(*count) / all)
            .collect()
    };
    let counts = |label: String, role, layers: &[LayerUnits]| Counts {
        label,
        role,
        counts: shares(layers),
    };
    let mut series = Vec::new();
    if let Some((epoch, layers)) = history.last() {
        series.push(counts(moment(*epoch), Role::RunA, layers));
    }
    if let [(_, start), .., _] = history.as_slice() {
        series.push(counts("start".to_owned(), Role::Ink, start));
    }
    Histogram {
        x: Axis::linear(format!("weighted input z, layer {}", layer + 1)).range(low, high),
        y: Axis::linear("share of all z").unit("%").from_zero(),
        edges: equal_edges(low, high, WEIGHTED_INPUT_BINS),
        series,
        curve: Some(Curve {
            label: "ReLU(z)".to_owned(),
            role: Role::Quiet,
            points: vec![(low, 0.0), (0.0, 0.0), (high, 0.9)],
        }),
        empty: "Press Run: here will stand what goes into the units of one layer, and where on ReLU it lies.".to_owned(),
    }
}

/// All (image, unit) pairs of a layer that hold a number.
fn total(units: &LayerUnits) -> u32 {
    units.counts.iter().sum::<u32>() + units.below + units.above
}

fn moment(epoch: f64) -> String {
    match epoch {
        0.0 => "start".to_owned(),
        1.0 => "after 1 epoch".to_owned(),
        epoch => format!("after {} epochs", significant(epoch, 4)),
    }
}

/// What runs up the side of a chart over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// Share of the weighted inputs that are not above 0.
    Silent,
    /// Share of the units that give 0 for every training image.
    Dead,
}

impl Share {
    /// The share in one layer, in percent.
    pub fn of(self, units: &LayerUnits) -> f64 {
        match self {
            Self::Silent => 100.0 * units.silent,
            Self::Dead => 100.0 * f64::from(units.dead) / f64::from(units.units),
        }
    }
}

/// One line a layer.
pub fn over_time(share: Share, history: &History, epochs: f64) -> Curves {
    let (title, empty) = match share {
        Share::Silent => (
            "silence: zeros among all outputs",
            "And here how much of each layer is silent, epoch by epoch.",
        ),
        Share::Dead => (
            "dead units: 0 for every training image",
            "And here the units that give 0 for every training image.",
        ),
    };
    let mut figure = Curves {
        x: Axis::linear("epoch").whole().range(0.0, epochs),
        y: Axis::linear(title).unit("%").range(0.0, 100.0),
        empty: empty.to_owned(),
        ..Curves::default()
    };
    // Before there is a curve the line would run through the words that stand in its place.
    if share == Share::Silent && !history.is_empty() {
        figure.rules.push(Rule::at_y(50.0, "half"));
    }
    let layers = history.first().map_or(0, |(_, layers)| layers.len());
    for layer in 0..layers {
        let points = history
            .iter()
            .filter_map(|(epoch, layers)| Some((*epoch, share.of(layers.get(layer)?))));
        let line = if layer == 0 {
            Line::Test
        } else {
            Line::Reference
        };
        figure.series.push(
            Series::new(
                line,
                Role::RunA,
                format!("layer {}", layer + 1),
                points.collect(),
            )
            .short((layer + 1).to_string()),
        );
    }
    figure
}

/// Classification error of the network.
pub fn errors(points: &[Point], epochs: f64) -> Curves {
    let line = |of: fn(&Point) -> f64| -> Vec<(f64, f64)> {
        points
            .iter()
            .map(|point| (point.epoch, 100.0 * of(point)))
            .collect()
    };
    let mut figure = Curves {
        x: Axis::linear("epoch").whole().range(0.0, epochs),
        y: Axis::linear("classification error")
            .unit("%")
            .range(0.0, 100.0),
        empty: "And here the share of digits that the network gets wrong.".to_owned(),
        ..Curves::default()
    };
    if !points.is_empty() {
        figure.series = vec![
            Series::new(
                Line::Training,
                Role::RunA,
                "training",
                line(|point| point.training.error),
            ),
            Series::new(
                Line::Test,
                Role::RunA,
                "test",
                line(|point| point.test.error),
            ),
        ];
    }
    figure
}

/// The sentence under the figures.
pub fn sentence(history: &History, layer: usize, images: u64) -> String {
    let (Some((_, start)), Some((epoch, now))) = (history.first(), history.last()) else {
        return "Nothing trained yet. Press Run: a network of ReLU units will learn, and be looked into after every epoch."
            .to_owned();
    };
    let (Some(start), Some(now)) = (start.get(layer), now.get(layer)) else {
        return String::new();
    };
    let training = if *epoch == 0.0 {
        String::new()
    } else {
        format!(", {} {}", moment(*epoch), percent(now.silent))
    };
    let all = f64::from(total(now)).max(1.0);
    let outside = match f64::from(now.below + now.above) / all {
        0.0 => String::new(),
        share => format!(
            " {} % of the weighted inputs lie beyond the ends of the histogram.",
            plain_percent(share)
        ),
    };
    format!(
        "Layer {} is silent in {} of all cases at the start{training}. {} of its {} units {} dead: 0 for each of the {} training images.{outside}",
        layer + 1,
        percent(start.silent),
        now.dead,
        now.units,
        if now.dead == 1 { "is" } else { "are" },
        grouped(images),
    )
}

fn plain_percent(share: f64) -> String {
    plain(
        significant(100.0 * share, 2)
            .parse()
            .unwrap_or(100.0 * share),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(silent: f64, dead: u32) -> LayerUnits {
        let mut counts = vec![0; WEIGHTED_INPUT_BINS];
        counts[0] = 3;
        LayerUnits {
            units: 4,
            dead,
            silent,
            counts,
            below: 1,
            above: 0,
        }
    }

    #[test]
    fn the_histogram_is_in_shares_of_everything_counted() {
        let history = vec![(0.0, vec![units(0.5, 0)]), (2.0, vec![units(0.75, 1)])];
        let figure = histogram(&history, 0);
        assert_eq!(figure.series[0].counts[0], 75.0);
        assert_eq!(figure.series[0].label, "after 2 epochs");
        assert_eq!(figure.series[1].label, "start");
    }

    #[test]
    fn the_sentence_counts_the_dead() {
        let history = vec![(0.0, vec![units(0.5, 0)]), (2.0, vec![units(0.75, 1)])];
        let text = sentence(&history, 0, 1000);
        assert!(
            text.contains("silent in 50.0 % of all cases at the start, after 2 epochs 75.0 %"),
            "{text}"
        );
        assert!(
            text.contains("1 of its 4 units is dead: 0 for each of the 1,000 training images"),
            "{text}"
        );
        assert!(
            text.contains("25 % of the weighted inputs lie beyond"),
            "{text}"
        );
        assert_eq!(Share::Dead.of(&history[1].1[0]), 25.0);
    }
}
