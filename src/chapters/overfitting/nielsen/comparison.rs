//! What was measured here beside what was published: pure numbers.

use crate::lab::message::{Observed, Point};
use crate::lab::published::{PublishedMoment, PublishedRun, TEST_IMAGES};

/// Training images of the run.
pub const TRAINING_IMAGES: u32 = 1000;

/// One moment of the run here, in the book's measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Epochs done.
    pub epoch: f64,
    /// Cost on the training images, with the penalty.
    pub training_cost: f64,
    /// Share of wrong predictions on the training images.
    pub training_error: f64,
    /// Cost on the test images here, with the penalty as the book's program adds it for its 10,000.
    pub test_cost: f64,
    /// Share of wrong predictions on the test images here.
    pub test_error: f64,
}

impl Moment {
    /// Training images read rightly.
    pub fn training_correct(&self) -> u32 {
        (f64::from(TRAINING_IMAGES) * (1.0 - self.training_error)).round() as u32
    }
}

/// The measured moments whose penalty is known.
pub fn moments(points: &[Point], observed: &[(f64, Observed)]) -> Vec<Moment> {
    let penalty_at = |epoch: f64| {
        observed.iter().find_map(|(at, seen)| match seen {
            Observed::Weights(weights) if *at == epoch => Some(weights.penalty),
            _ => None,
        })
    };
    let of_point = |point: &Point| {
        let penalty = penalty_at(point.epoch)?;
        Some(Moment {
            epoch: point.epoch,
            training_cost: point.training.loss + penalty,
            training_error: point.training.error,
            // lambda / (2 n) sum w^2 with the n of the set that is measured, in the book's program.
            test_cost: point.test.loss
                + penalty * f64::from(TRAINING_IMAGES) / f64::from(TEST_IMAGES),
            test_error: point.test.error,
        })
    };
    points.iter().filter_map(of_point).collect()
}

/// The moment of a published one, once it was reached.
pub fn at<'a>(moments: &'a [Moment], published: &PublishedMoment) -> Option<&'a Moment> {
    moments
        .iter()
        .find(|moment| moment.epoch == published.epochs_done())
}

/// Largest distances from the published run so far: of the training cost, and of the count of training images read rightly.
/// None before the first published moment.
pub fn furthest(moments: &[Moment], published: &PublishedRun) -> Option<(f64, u32)> {
    let distances = published.moments.iter().filter_map(|published| {
        let here = at(moments, published)?;
        Some((
            (here.training_cost - published.training_cost).abs(),
            here.training_correct().abs_diff(published.training_correct),
        ))
    });
    distances.reduce(|a, b| (a.0.max(b.0), a.1.max(b.1)))
}

/// Where a measure was lowest; the earliest, if several were.
pub fn lowest(moments: &[Moment], of: fn(&Moment) -> f64) -> Option<&Moment> {
    moments.iter().min_by(|a, b| of(a).total_cmp(&of(b)))
}

/// Epochs done when all training images were read rightly for the first time.
pub fn learned_by_heart(moments: &[Moment]) -> Option<f64> {
    moments
        .iter()
        .find(|moment| moment.training_error == 0.0)
        .map(|moment| moment.epoch)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::message::{Measures, Weights};
    use crate::lab::published::REGULARISED;

    fn point(epoch: f64, loss: f64, error: f64) -> Point {
        let both = Measures { loss, error };
        Point {
            epoch,
            training: both,
            learning: None,
            validation: None,
            test: both,
        }
    }

    #[test]
    fn costs_carry_the_penalty_of_the_books_program() {
        let points = [
            point(0.0, 5.0, 0.9),
            point(1.0, 2.0, 0.308),
            point(2.0, 1.0, 0.0),
        ];
        let weighed = |penalty| {
            Observed::Weights(Weights {
                penalty,
                ..Weights::default()
            })
        };
        let observed = [(0.0, weighed(1.0)), (1.0, weighed(0.5))];
        // The third penalty is still on its way.
        let moments = moments(&points, &observed);
        assert_eq!(moments.len(), 2);
        assert_eq!(
            (moments[1].training_cost, moments[1].test_cost),
            (2.5, 2.05)
        );
        // Published after the first epoch: 3.005467 and 690.
        let (cost, count) = furthest(&moments, &REGULARISED).expect("one is reached");
        assert!((cost - 0.505_467).abs() < 1e-9);
        assert_eq!(count, 2);
        assert_eq!(lowest(&moments, |m| m.test_cost).expect("some").epoch, 1.0);
        assert_eq!(learned_by_heart(&moments), None);
        assert_eq!(furthest(&moments[..1], &REGULARISED), None);
    }
}
