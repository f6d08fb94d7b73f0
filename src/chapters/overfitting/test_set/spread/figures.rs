//! The drawn errors as a histogram over what the binomial distribution predicts; the spread against the number of images.

use super::settings::DRAWS;
use crate::engine::random::Rng;
use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Line, Mark, Series};
use crate::figures::histogram::{Counts, Histogram};
use crate::figures::palette::Role;
use crate::theory::resampling::{Mistakes, counted_again};
use crate::theory::sampling::{binomial, images_for, mean_and_deviation, standard_error};
use crate::ui::number::{grouped, percent, significant};
use rand_xoshiro::rand_core::SeedableRng;

/// Bins between the extremes, at most.
const BINS: usize = 30;
/// Half the width that is shown, in standard errors.
const REACH: f64 = 4.0;
/// Numbers of images whose spread is measured.
const SIZES: [usize; 9] = [10, 20, 50, 100, 200, 500, 1000, 2000, 4000];

/// The error counted again and again on `images` images.
#[derive(Clone, Debug, PartialEq)]
pub struct Draws {
    /// Error on all test images.
    pub error: f64,
    /// Images of each draw.
    pub images: usize,
    /// Mistakes of each draw.
    pub counts: Vec<u32>,
}

/// Draws [`DRAWS`] times `images` images.
pub fn draws(mistakes: &Mistakes, images: usize, seed: u64) -> Draws {
    let mut rng = Rng::seed_from_u64(seed);
    Draws {
        error: mistakes.error(),
        images,
        counts: counted_again(mistakes, images, DRAWS, &mut rng),
    }
}

impl Draws {
    fn errors(&self) -> Vec<f64> {
        let share = |count: &u32| f64::from(*count) / self.images as f64;
        self.counts.iter().map(share).collect()
    }

    /// Standard deviation of the drawn errors.
    pub fn deviation(&self) -> f64 {
        mean_and_deviation(&self.errors()).map_or(0.0, |(_, deviation)| deviation)
    }

    /// The middle 95 % of the drawn errors.
    fn most(&self) -> (f64, f64) {
        let mut errors = self.errors();
        errors.sort_by(f64::total_cmp);
        let at = |share: f64| errors[(share * (errors.len() - 1) as f64).round() as usize];
        (at(0.025), at(0.975))
    }
}

/// Edges in whole mistakes: every bin holds equally many counts, so that no bin is fuller only because it is wider.
fn edges(draws: &Draws) -> Vec<u32> {
    let images = draws.images as f64;
    let reach = REACH * standard_error(draws.error, draws.images) * images;
    let middle = draws.error * images;
    let low = (middle - reach).floor().max(0.0) as u32;
    let high = ((middle + reach).ceil() as u32).min(draws.images as u32) + 1;
    let width = (high - low).div_ceil(BINS as u32).max(1);
    (0..=(high - low).div_ceil(width))
        .map(|bin| low + bin * width)
        .collect()
}

/// The histogram; without draws it says how to get some.
pub fn histogram(draws: Option<&Draws>) -> Histogram {
    let mut figure = Histogram {
        x: Axis::linear("error").unit("%"),
        y: Axis::linear(format!("of {} draws", grouped(DRAWS as u64))).from_zero(),
        empty: "Train a network: its error, counted again and again on n test digits, will stand here over what the binomial distribution predicts."
            .to_owned(),
        ..Histogram::default()
    };
    let Some(draws) = draws else { return figure };
    let edges = edges(draws);
    let bins = || edges.windows(2);
    let drawn = |edges: &[u32]| {
        let counts = draws.counts.iter();
        counts
            .filter(|count| (edges[0]..edges[1]).contains(count))
            .count() as f64
    };
    let chances = binomial(draws.images, draws.error);
    let predicted = |edges: &[u32]| {
        let chances = chances.iter().skip(edges[0] as usize);
        let bin = chances.take((edges[1] - edges[0]) as usize);
        bin.sum::<f64>() * DRAWS as f64
    };
    // A count k stands in the middle of [k - 1/2, k + 1/2[.
    let place = |edge: &u32| 100.0 * (f64::from(*edge) - 0.5) / draws.images as f64;
    figure.edges = edges.iter().map(place).collect();
    figure.series = vec![
        Counts {
            label: "drawn".to_owned(),
            role: Role::RunA,
            counts: bins().map(drawn).collect(),
        },
        Counts {
            label: "binomial".to_owned(),
            role: Role::RunB,
            counts: bins().map(predicted).collect(),
        },
    ];
    figure
}

/// (number of images, standard deviation of the drawn errors in points), for some numbers of images.
pub fn spreads(mistakes: &Mistakes, seed: u64) -> Vec<(f64, f64)> {
    let point = |&images: &usize| {
        (
            images as f64,
            100.0 * draws(mistakes, images, seed).deviation(),
        )
    };
    SIZES.iter().map(point).collect()
}

/// The spread against the number of images: measured, and sqrt(e (1 - e) / n).
pub fn against_images(error: Option<f64>, spreads: &[(f64, f64)], images: usize) -> Curves {
    let mut figure = Curves {
        x: Axis::log("images n").range(10.0, 4000.0),
        y: Axis::log("standard deviation").unit("points"),
        empty: "And here how the spread falls with n.".to_owned(),
        ..Curves::default()
    };
    let Some(error) = error else { return figure };
    let predicted = |images: usize| 100.0 * standard_error(error, images);
    let line = SIZES
        .iter()
        .map(|&images| (images as f64, predicted(images)));
    figure.series = vec![
        Series::new(
            Line::Reference,
            Role::RunB,
            "\u{221a}(e(1\u{2212}e)/n)",
            line.collect(),
        ),
        Series::dots(Role::RunA, "drawn", spreads),
    ];
    let at = (images as f64, predicted(images));
    let label = format!("n = {}", grouped(images as u64));
    figure.marks.push(Mark::new(at, Role::Ink, label).guides());
    figure
}

/// What is seen, in words.
pub fn sentence(draws: Option<&Draws>) -> String {
    let Some(draws) = draws else {
        return "No network yet. Train one, and its error will be counted 1,000 times on other images.".to_owned();
    };
    let expected = standard_error(draws.error, draws.images);
    let (low, high) = draws.most();
    format!(
        "The network errs on {} of all test digits. Counted on {} of them, drawn afresh {} times, the error lies between {} and {} in 95 of 100 draws; \
         its standard deviation is {} points, \u{221a}(e(1\u{2212}e)/n) is {}. A deviation of half a point takes {} images.",
        percent(draws.error),
        grouped(draws.images as u64),
        grouped(DRAWS as u64),
        percent(low),
        percent(high),
        significant(100.0 * draws.deviation(), 3),
        significant(100.0 * expected, 3),
        grouped(images_for(draws.error, 0.005)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(images: usize) -> Draws {
        let mistakes = Mistakes::new((0..4000).map(|image| image % 8 == 0));
        draws(&mistakes, images, 1)
    }

    /// Nearly all draws lie within four standard errors, each bin has equally many counts, and both distributions have the same sum.
    #[test]
    fn the_bins_hold_all_draws_and_all_chances() {
        for images in [10, 37, 100, 1000, 4000] {
            let draws = drawn(images);
            let edges = edges(&draws);
            assert!(edges.len() > 3 && edges.len() <= BINS + 2, "{edges:?}");
            let widths: Vec<u32> = edges.windows(2).map(|pair| pair[1] - pair[0]).collect();
            assert!(widths.iter().all(|width| *width == widths[0]));
            let figure = histogram(Some(&draws));
            for series in &figure.series {
                let sum: f64 = series.counts.iter().sum();
                assert!((sum - DRAWS as f64).abs() < 12.0, "{images}: {sum}");
            }
        }
    }

    #[test]
    fn the_sentence_has_measured_and_predicted_spread() {
        let text = sentence(Some(&drawn(100)));
        assert!(text.contains("errs on 12.5 % of all"), "{text}");
        assert!(
            text.contains("is 3.31. A deviation of half a point takes 4,375 images."),
            "{text}"
        );
    }
}
