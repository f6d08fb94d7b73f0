//! Nielsen's overfitting run, repeated: the same initial weights, the same order of the same images, and so the same
//! training curve as in his book; and what lesson 4.2 says of the test curve.

use crate::session::Bench;
use softstep::lab::message::{Drive, Observed, Point, Report};
use softstep::lab::published::{OVERFITTING, PublishedRun, REGULARISED};
use softstep::lab::recipe::{ChanceRecipe, InitialisationRecipe, PixelRecipe, Recipe};

/// What was measured after every epoch, with what the penalty adds.
fn run(recipe: Recipe) -> Vec<(Point, f64)> {
    let mut bench = Bench::start(recipe, Drive::Run);
    bench.settle();
    let penalties = bench.heard.iter().filter_map(|report| match report {
        Report::Observed {
            observed: Observed::Weights(weights),
            ..
        } => Some(weights.penalty),
        _ => None,
    });
    bench.points().into_iter().zip(penalties).collect()
}

/// Training images read rightly, of 1,000.
fn correct(point: &Point) -> u32 {
    (1000.0 * (1.0 - point.training.error)).round() as u32
}

/// The training curve stays with the published one at every listed epoch. Seen: costs that differ by 5.1e-7 at most, half a unit of
/// the last published digit, and no other count, though the book computed in 64 bits. The margin is ten times that: other
/// implementations of exp and ln differ in the last bit, and 40,000 steps carry it on.
fn follows(published: &PublishedRun, measured: &[(Point, f64)]) {
    for moment in published.moments {
        let (point, penalty) = &measured[moment.epoch as usize + 1];
        assert_eq!(point.epoch, moment.epochs_done());
        let off = point.training.loss + penalty - moment.training_cost;
        assert!(off.abs() < 5e-6, "epoch {}: {off}", moment.epoch);
        assert_eq!(
            correct(point),
            moment.training_correct,
            "epoch {}",
            moment.epoch
        );
    }
}

/// The measured moment where something was lowest.
fn lowest(measured: &[(Point, f64)], of: fn(&(Point, f64)) -> f64) -> Point {
    let lowest = measured.iter().min_by(|a, b| of(a).total_cmp(&of(b)));
    lowest.expect("the start is measured").0
}

/// Test cost as the book's program adds it up for 10,000 test images: a tenth of what the penalty is for 1,000.
fn test_cost((point, penalty): &(Point, f64)) -> f64 {
    point.test.loss + 0.1 * penalty
}

fn test_error((point, _): &(Point, f64)) -> f64 {
    point.test.error
}

/// Seen: all 1,000 right first after 68 epochs, which is the book's epoch 67. On the 4,000 test digits here the loss is lowest after 22
/// epochs (on his 10,000 after 15) and the error, 17.55 %, after 226 (17.73 % after 375). The run repeats
/// itself, so the ranges are those of the words.
#[test]
fn the_overfitting_run_follows_the_published_training_curve_and_its_test_loss_turns_long_before_its_error()
 {
    let measured = run(Recipe::nielsen(0.0));
    follows(&OVERFITTING, &measured);
    let learned = measured
        .iter()
        .position(|(point, _)| correct(point) == 1000);
    let published = OVERFITTING.training_learned.expect("it is known");
    assert_eq!(learned, Some(published as usize + 1));

    let (by_loss, by_error) = (lowest(&measured, test_cost), lowest(&measured, test_error));
    assert!((18.0..=26.0).contains(&by_loss.epoch), "{by_loss:?}");
    assert!(by_error.epoch > 200.0, "{by_error:?}");
    assert!((0.17..0.18).contains(&by_error.test.error), "{by_error:?}");
    let end = measured.last().expect("the end is measured").0;
    assert!(end.test.loss > 1.3 * by_loss.test.loss);
    assert!(end.test.error < by_loss.test.error);
}

/// Seen: the test loss is lowest after 392 epochs, the error, 11.85 %, after 362; at the end it is 12.5 %.
#[test]
fn the_regularised_run_follows_the_published_training_curve_and_its_test_loss_falls_nearly_to_the_end()
 {
    let measured = run(Recipe::nielsen(0.1));
    follows(&REGULARISED, &measured);
    // lambda / (2 n) sum w^2 of his initial weights, whose sum of squares NumPy gives as 23518.90542.
    let penalty = 0.1 / 2000.0 * 23_518.905_42;
    assert!((measured[0].1 - penalty).abs() < 1e-6, "{}", measured[0].1);
    let (by_loss, by_error) = (lowest(&measured, test_cost), lowest(&measured, test_error));
    assert!(by_loss.epoch > 300.0, "{by_loss:?}");
    assert!(by_error.epoch > 300.0, "{by_error:?}");
    assert!((0.11..0.13).contains(&by_error.test.error), "{by_error:?}");
}

/// The same with the engine's own random numbers. Seen with seeds 1, 2, 3: the loss is lowest after 12, 15, 15 epochs at errors of
/// 19.9, 19.3, 17.8 %; after 80 epochs they are 17.7, 17.1, 16.9 %.
#[test]
fn with_other_random_numbers_the_test_loss_turns_early_too() {
    for seed in 1..=3 {
        let measured = run(Recipe {
            chance: ChanceRecipe::Own,
            seed,
            epochs: 80,
            ..Recipe::nielsen(0.0)
        });
        let turn = lowest(&measured, test_cost);
        let end = measured[80].0;
        assert!((10.0..=20.0).contains(&turn.epoch), "{turn:?}");
        assert!(end.test.error < turn.test.error, "{turn:?} {end:?}");
    }
}

/// The book's data file has byte / 256; with byte / 255 the cost is off by 7e-5 after the first epoch already.
#[test]
fn the_books_pixels_are_needed_to_meet_its_numbers() {
    let after_one = |pixels| {
        let recipe = Recipe {
            epochs: 1,
            pixels,
            ..Recipe::nielsen(0.0)
        };
        run(recipe)[1].0.training.loss - OVERFITTING.moments[0].training_cost
    };
    let (by_256, by_255) = (after_one(PixelRecipe::By256), after_one(PixelRecipe::By255));
    assert!(by_256.abs() < 5e-6 && by_255.abs() > 3e-5);
}

#[test]
fn a_recipe_that_the_book_does_not_know_is_refused_with_a_reason() {
    let refused = |recipe: Recipe| recipe.validate().expect_err("not in the book").to_string();
    let book = || Recipe::nielsen(0.0);
    let he = Recipe {
        initialisation: InitialisationRecipe::He,
        ..book()
    };
    assert!(refused(he).contains("do not go with this initialisation"));
    let convolution = Recipe {
        layers: Recipe::sheet_cnn(0.0).layers,
        ..book()
    };
    assert!(refused(convolution).contains("do not go with convolutions"));
    let seed = Recipe {
        seed: 1 << 32,
        ..book()
    };
    assert!(refused(seed).contains("from 0 to 4294967295"));
    let other_way = Recipe {
        initialisation: InitialisationRecipe::Nielsen,
        ..book()
    };
    assert!(other_way.validate().is_ok());
}
