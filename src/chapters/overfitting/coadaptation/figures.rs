//! Correlations, activations and silence of two networks, and the sentence.

use crate::figures::axes::Axis;
use crate::figures::cell_grid::CellGrid;
use crate::figures::curves::{Curves, Line, Series};
use crate::figures::histogram::{Counts, Histogram, equal_edges};
use crate::figures::palette::Role;
use crate::figures::raster::ColourMap;
use crate::lab::message::{
    CORRELATION_BINS, MEAN_ACTIVATION_BINS, MEAN_ACTIVATION_REACH, Observed, Together,
};
use crate::ui::number::{percent, significant};
use crate::ui::twin_curves::epochs;

/// What the units of one network did, epoch by epoch.
pub type History = Vec<(f64, Together)>;

/// The two networks: name, short name and colour.
pub const NETWORKS: [(&str, &str, Role); 2] = [
    ("no dropout", "none", Role::RunA),
    ("dropout", "drop", Role::RunB),
];

/// The units among what was observed.
pub fn history(observed: &[(f64, Observed)]) -> History {
    let together = observed.iter().filter_map(|(epoch, seen)| match seen {
        Observed::Together(together) => Some((*epoch, together.clone())),
        _ => None,
    });
    together.collect()
}

/// r of all pairs of units, in shares of the pairs.
pub fn correlations(histories: [&History; 2]) -> Histogram {
    Histogram {
        x: Axis::linear("correlation r of two units").range(-1.0, 1.0),
        y: Axis::linear("share of all pairs").unit("%").from_zero(),
        edges: equal_edges(-1.0, 1.0, CORRELATION_BINS),
        series: series(histories, |together| &together.correlations),
        curve: None,
        empty: "Press Run: here will stand how strongly the hidden units go together, without and with dropout.".to_owned(),
    }
}

/// Mean activations of all units, in shares of the units.
pub fn means(histories: [&History; 2]) -> Histogram {
    let reach = f64::from(MEAN_ACTIVATION_REACH);
    Histogram {
        x: Axis::linear("mean activation of a unit").range(0.0, reach),
        y: Axis::linear("share of all units").unit("%").from_zero(),
        edges: equal_edges(0.0, reach, MEAN_ACTIVATION_BINS),
        series: series(histories, |together| &together.means),
        curve: None,
        empty: "And here how much each unit says on average.".to_owned(),
    }
}

fn series(histories: [&History; 2], of: fn(&Together) -> &Vec<u32>) -> Vec<Counts> {
    let networks = histories.into_iter().zip(NETWORKS);
    networks
        .filter_map(|(history, (name, _, role))| {
            let counts = of(&history.last()?.1);
            let all = f64::from(counts.iter().sum::<u32>()).max(1.0);
            Some(Counts {
                label: name.to_owned(),
                role,
                counts: counts
                    .iter()
                    .map(|&count| 100.0 * f64::from(count) / all)
                    .collect(),
            })
        })
        .collect()
}

/// What runs up the side of a chart over time, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// Zeros among all activations.
    Zeros,
    /// Wrong predictions, all units on and half of them silenced.
    Error,
}

/// One network's curves over the epochs beside the other's.
pub fn over_time(share: Share, histories: [&History; 2], last_epoch: f64) -> Curves {
    let (title, empty) = match share {
        Share::Zeros => (
            "zeros among all activations",
            "And here the share of zeros, epoch by epoch.",
        ),
        Share::Error => (
            "test error with half of the units silenced",
            "And here what is left of both networks when half of their units are silenced.",
        ),
    };
    let mut figure = Curves {
        x: Axis::linear("epoch").whole().range(0.0, last_epoch),
        y: Axis::linear(title).unit("%").from_zero(),
        empty: empty.to_owned(),
        ..Curves::default()
    };
    if share == Share::Zeros {
        figure.y = figure.y.range(0.0, 100.0);
    }
    for (history, (name, short, role)) in histories.into_iter().zip(NETWORKS) {
        let line = |of: fn(&Together) -> f64| -> Vec<(f64, f64)> {
            // The first weights guess; what is to be compared would be a strip below them.
            let learned = history
                .iter()
                .filter(|(epoch, _)| share == Share::Zeros || *epoch >= 1.0);
            learned
                .map(|(epoch, together)| (*epoch, 100.0 * of(together)))
                .collect()
        };
        match share {
            Share::Zeros => figure.series.push(
                Series::new(Line::Test, role, name, line(|together| together.zeros)).short(short),
            ),
            Share::Error => figure.series.extend([
                Series::new(
                    Line::Reference,
                    role,
                    format!("{name}, all on"),
                    line(|together| together.error),
                )
                .short(format!("{short}, all")),
                Series::new(
                    Line::Test,
                    role,
                    format!("{name}, half"),
                    line(|together| together.halved_error),
                )
                .short(format!("{short}, half")),
            ]),
        }
    }
    figure
}

/// r among the first units of one network, as cells.
pub fn corner(history: &History, network: usize) -> CellGrid {
    let (name, _, _) = NETWORKS[network];
    let values = history
        .last()
        .map_or(Vec::new(), |(_, together)| together.corner.clone());
    let side = values.len().isqrt().max(1);
    CellGrid {
        title: format!("r, {name}"),
        sentence: format!("Correlations among the first {side} hidden units, {name}."),
        values,
        rows: side,
        columns: side,
        map: ColourMap::Diverging { bound: 1.0 },
        decimals: None,
        framed: None,
        empty: "Cells of the correlations.".to_owned(),
    }
}

/// The sentence under the figures.
pub fn sentence(histories: [&History; 2], p: f64) -> String {
    let [Some((epoch_a, _)), Some((epoch_b, _))] = histories.map(|history| history.last()) else {
        return "Nothing trained yet. Press Run: two networks will learn from the same images, one with dropout, and their hidden units will be looked at together."
            .to_owned();
    };
    let epoch = epoch_a.min(*epoch_b);
    let latest = |history: &History| {
        history
            .iter()
            .rev()
            .find(|(at, _)| *at <= epoch)
            .map(|(_, together)| together.clone())
    };
    let [Some(a), Some(b)] = histories.map(latest) else {
        return String::new();
    };
    format!(
        "After {}, ReLU silences {} of all activations without dropout and {} with it; while that one learns, chance silences more and only {} speak. The mean activation \
         is {} and {}, the mean |r| of two units {} and {}. Silencing half of the units takes the test error from {} to {} without dropout, from {} to {} with it.",
        epochs(epoch),
        percent(a.zeros),
        percent(b.zeros),
        percent(b.speaking(p)),
        significant(a.mean, 2),
        significant(b.mean, 2),
        significant(a.mean_absolute, 2),
        significant(b.mean_absolute, 2),
        percent(a.error),
        percent(a.halved_error),
        percent(b.error),
        percent(b.halved_error),
    )
}
