//! Weights of two networks as a histogram, data term and penalty over time, and the sentence.

use super::settings::Kind;
use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Line, Series};
use crate::figures::histogram::{Counts, Histogram, equal_edges};
use crate::figures::palette::Role;
use crate::lab::message::{Observed, Point, WEIGHT_BINS, WEIGHT_REACH, Weights};
use crate::ui::number::{percent, significant};
use crate::ui::twin_curves::{at_common_epoch, epochs};

/// Sizes of the weights of one network, epoch by epoch.
pub type History = Vec<(f64, Weights)>;

/// The weights among what was observed.
pub fn history(observed: &[(f64, Observed)]) -> History {
    let weights = observed.iter().filter_map(|(epoch, seen)| match seen {
        Observed::Weights(weights) => Some((*epoch, weights.clone())),
        _ => None,
    });
    weights.collect()
}

/// Weights of both networks, in shares of all weights.
pub fn histogram([a, b]: [&History; 2]) -> Histogram {
    let reach = f64::from(WEIGHT_REACH);
    let networks = [(a, "no penalty", Role::RunA), (b, "penalty", Role::RunB)];
    let series = networks.into_iter().filter_map(|(history, name, role)| {
        let weights = &history.last()?.1;
        let counts = weights.counts.iter();
        Some(Counts {
            label: name.to_owned(),
            role,
            counts: counts
                .map(|&count| 100.0 * f64::from(count) / weights.count as f64)
                .collect(),
        })
    });
    Histogram {
        x: Axis::linear("weight").range(-reach, reach),
        y: Axis::linear("share of all weights").unit("%").from_zero(),
        edges: equal_edges(-reach, reach, WEIGHT_BINS),
        series: series.collect(),
        curve: None,
        empty: "And here how large the weights of both networks are.".to_owned(),
    }
}

/// What run B minimises: the data term, the penalty, and their sum.
pub fn terms(points: &[Point], history: &History, last_epoch: f64) -> Curves {
    let mut figure = Curves {
        x: Axis::linear("epoch").whole().range(0.0, last_epoch),
        y: Axis::linear("loss on training images, with penalty").from_zero(),
        empty: "And here what the network with the penalty lowers: the data term and the penalty apart.".to_owned(),
        ..Curves::default()
    };
    let rows: Vec<(f64, f64, f64)> = points
        .iter()
        .zip(history)
        .filter(|(point, (epoch, _))| point.epoch == *epoch)
        .map(|(point, (epoch, weights))| (*epoch, point.training.loss, weights.penalty))
        .collect();
    if rows.is_empty() {
        return figure;
    }
    let line = |of: fn(&(f64, f64, f64)) -> f64| -> Vec<(f64, f64)> {
        rows.iter().map(|row| (row.0, of(row))).collect()
    };
    figure.series = vec![
        Series::new(Line::Training, Role::RunB, "data term", line(|row| row.1)).short("data"),
        Series::new(
            Line::Reference,
            Role::Further(0),
            "penalty",
            line(|row| row.2),
        )
        .short("pen."),
        Series::new(Line::Test, Role::RunB, "both", line(|row| row.1 + row.2)),
    ];
    figure
}

/// The sentence under the figures; `kind` is that of run B, none where its penalty is 0.
pub fn sentence(points: [&[Point]; 2], histories: [&History; 2], kind: Option<Kind>) -> String {
    let Some([a, b]) = at_common_epoch(points) else {
        return format!(
            "Nothing trained yet. Press Run: two equal networks will learn from the same images, one of them with {}.",
            match kind {
                None => "a penalty of 0".to_owned(),
                Some(Kind::MaxNorm) => "a bound on the weights of each unit (max-norm)".to_owned(),
                Some(kind) => format!("an {} penalty", kind.name()),
            }
        );
    };
    let at = |history: &History, epoch: f64| {
        let found = history.iter().rev().find(|(at, _)| *at <= epoch);
        found.map(|(_, weights)| weights.clone())
    };
    let ([first, second], epoch) = (histories, a.epoch.min(b.epoch));
    let (Some(without), Some(with)) = (at(first, epoch), at(second, epoch)) else {
        return String::new();
    };
    let share = |weights: &Weights| percent(weights.small as f64 / weights.count as f64);
    let norm = |weights: &Weights| significant(weights.squares.sqrt(), 3);
    format!(
        "After {}, the norm of all weights is {} without and {} with {}; {} and {} of the weights are below 0.001, the longest incoming vector is {} and {}. Test loss {} and {}, \
         test error {} and {}.",
        epochs(epoch),
        norm(&without),
        norm(&with),
        kind.map_or("a penalty of 0", Kind::name),
        share(&without),
        share(&with),
        significant(without.longest, 3),
        significant(with.longest, 3),
        significant(a.test.loss, 3),
        significant(b.test.loss, 3),
        percent(a.test.error),
        percent(b.test.error),
    )
}

/// The prior that a penalty on the mean loss over n images stands for.
pub fn prior(kind: Kind, strength: f64, images: f64) -> String {
    let n = significant(images, 4);
    match kind {
        _ if strength == 0.0 => {
            "Without a penalty every weight is as likely as any other before the data are seen."
                .to_owned()
        }
        Kind::L2 => format!(
            "Before the data are seen every weight is taken for normal around 0, density \u{221d} exp(\u{2212}n\u{3bb}w\u{b2}/2): with n = {n} images and \u{3bb} = {} its standard \
             deviation is 1/\u{221a}(n\u{3bb}) = {}. The least of loss and penalty is then the most probable network after the data.",
            significant(strength, 2),
            significant(1.0 / (images * strength).sqrt(), 3),
        ),
        Kind::L1 => format!(
            "Before the data are seen every weight is taken for Laplace-distributed around 0, density \u{221d} exp(\u{2212}n\u{3bb}|w|): with n = {n} images and \u{3bb} = {} its scale is \
             1/(n\u{3bb}) = {}. Its peak at 0 is what draws weights to 0.",
            significant(strength, 2),
            significant(1.0 / (images * strength), 3),
        ),
        Kind::MaxNorm => format!(
            "Before the data are seen the incoming weights of a unit are taken for equally likely everywhere in the ball of radius {}, and for impossible outside.",
            significant(strength, 3),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prior_has_its_numbers() {
        assert!(prior(Kind::L2, 0.004, 1000.0).ends_with("after the data."));
        assert!(prior(Kind::L2, 0.004, 1000.0).contains("1/\u{221a}(n\u{3bb}) = 0.5"));
        assert!(prior(Kind::L1, 0.0005, 1000.0).contains("1/(n\u{3bb}) = 2"));
        assert!(prior(Kind::L2, 0.0, 1000.0).contains("as likely as any other"));
        assert!(
            sentence([&[], &[]], [&Vec::new(), &Vec::new()], Some(Kind::L1))
                .contains("an L1 penalty")
        );
        assert!(sentence([&[], &[]], [&Vec::new(), &Vec::new()], None).contains("a penalty of 0"));
    }
}
