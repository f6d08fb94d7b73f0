//! Cost and error of the run here over the published points, and the sentence.

use super::comparison::{Moment, furthest, learned_by_heart, lowest};
use super::settings::Epochs;
use crate::data::split::Part;
use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Line, Rule, Series};
use crate::figures::palette::Role;
use crate::lab::published::{PublishedMoment, PublishedRun, TEST_IMAGES};
use crate::ui::number::{grouped, percent, significant};

/// What is drawn upwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Cross-entropy with the penalty.
    Cost,
    /// Share of wrong predictions, percent.
    Error,
}

/// One measure of a published moment and of one here.
type Pair = (fn(&PublishedMoment) -> f64, fn(&Moment) -> f64);

impl Quantity {
    /// On training and on test images.
    fn measures(self) -> [Pair; 2] {
        match self {
            Self::Cost => [
                (|p| p.training_cost, |m| m.training_cost),
                (|p| p.test_cost, |m| m.test_cost),
            ],
            Self::Error => [
                (
                    |p| 100.0 - 0.1 * f64::from(p.training_correct),
                    |m| 100.0 * m.training_error,
                ),
                (
                    |p| 100.0 - 100.0 * f64::from(p.test_correct) / f64::from(TEST_IMAGES),
                    |m| 100.0 * m.test_error,
                ),
            ],
        }
    }
}

/// One quantity: the curves of the run here, the published points, and where the two test curves are lowest.
pub fn chart(
    quantity: Quantity,
    published: &PublishedRun,
    moments: &[Moment],
    axis: Epochs,
) -> Curves {
    let last = published
        .moments
        .last()
        .map_or(1.0, PublishedMoment::epochs_done);
    let x = match axis {
        Epochs::Logarithmic => Axis::log("epochs done").range(1.0, last),
        Epochs::Linear => Axis::linear("epochs done").whole().range(0.0, last),
    };
    let y = match quantity {
        Quantity::Cost => Axis::linear("cost").from_zero(),
        Quantity::Error => Axis::linear("classification error").unit("%").from_zero(),
    };
    let mut figure = Curves {
        x,
        y,
        ..Curves::default()
    };
    let names = [
        (Line::Training, "training", "train"),
        (Line::Test, "test", "test"),
    ];
    for ((_, here), (line, name, short)) in quantity.measures().into_iter().zip(names) {
        let points: Vec<(f64, f64)> = moments
            .iter()
            // The first weights have no place on a logarithmic axis, and theirs is far above everything else.
            .filter(|moment| moment.epoch >= 1.0)
            .map(|moment| (moment.epoch, here(moment)))
            .collect();
        if !points.is_empty() {
            figure.series.push(
                Series::new(line, Role::RunA, format!("here, {name}"), points)
                    .short(short.to_owned()),
            );
        }
    }
    for ((of_published, _), (_, name, short)) in quantity.measures().into_iter().zip(names) {
        let points: Vec<(f64, f64)> = published
            .moments
            .iter()
            .map(|moment| (moment.epochs_done(), of_published(moment)))
            .collect();
        figure.series.push(
            Series::dots(Role::RunB, format!("published, {name}"), &points)
                .short(format!("book, {short}")),
        );
    }
    if let Some((by_cost, by_error)) = turns(moments) {
        figure.rules = vec![
            Rule::at_x(
                by_cost.epoch,
                format!("test cost lowest: {}", by_cost.epoch),
            ),
            Rule::at_x(
                by_error.epoch,
                format!("test error lowest: {}", by_error.epoch),
            ),
        ];
    }
    figure
}

/// Where test cost and test error were lowest, once the run has gone on from the beginning.
fn turns(moments: &[Moment]) -> Option<(&Moment, &Moment)> {
    const EARLIEST: usize = 10;
    (moments.len() > EARLIEST).then_some(())?;
    Some((
        lowest(moments, |moment| moment.test_cost)?,
        lowest(moments, |moment| moment.test_error)?,
    ))
}

/// A published training run and the one here in a few sentences. `his_chance`: whether the run here has his random numbers.
pub fn sentence(published: &PublishedRun, moments: &[Moment], his_chance: bool) -> String {
    let Some(now) = moments.last().filter(|moment| moment.epoch >= 1.0) else {
        return format!(
            "The dots are Nielsen\u{2019}s: his test cost is lowest after {} epochs, his test error after {}. Press Run: the same network will learn here, from \
             the same images{}.",
            published.lowest_test_cost.0 + 1,
            published.most_test_correct.0 + 1,
            if his_chance {
                ", with the same random numbers"
            } else {
                ", with other random numbers"
            },
        );
    };
    let mut said = format!(
        "After {} of training the cost on the training images is {}, and {} of 1,000 are read rightly.",
        crate::ui::twin_curves::epochs(now.epoch),
        significant(now.training_cost, 4),
        grouped(now.training_correct().into()),
    );
    if let Some((cost, count)) = furthest(moments, published).filter(|_| his_chance) {
        said += &format!(
            " At the published epochs so far this cost differs from his by {}, the count by {}.",
            // He gave six decimals.
            if cost < 1e-6 {
                "less than 0.000001".to_owned()
            } else {
                format!("{} at most", significant(cost, 2))
            },
            if count == 0 {
                "nothing".to_owned()
            } else {
                format!("{count} at most")
            },
        );
    }
    if let Some(learned) = learned_by_heart(moments) {
        said += &format!(" All 1,000 were read rightly first after {learned} epochs");
        said += &match published.training_learned.filter(|_| his_chance) {
            Some(theirs) => format!(", in the book after {}.", theirs + 1),
            None => ".".to_owned(),
        };
    }
    if let Some((by_cost, by_error)) = turns(moments) {
        said += &format!(
            " On the {} test digits here the cost was lowest, {}, after {} epochs and the error, {}, after {}; on his 10,000 after {} and {}.",
            grouped(Part::Test.range().len() as u64),
            significant(by_cost.test_cost, 4),
            by_cost.epoch,
            percent(by_error.test_error),
            by_error.epoch,
            published.lowest_test_cost.0 + 1,
            published.most_test_correct.0 + 1,
        );
    }
    said
}
