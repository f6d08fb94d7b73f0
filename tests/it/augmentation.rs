//! What augmentation does to training: more data from the same data, and data whose labels are no longer true.

use softstep::data::digits;
use softstep::data::split::Part;
use softstep::engine::loss::Loss;
use softstep::engine::readings::Readings;
use softstep::lab::message::{Command, Drive, Observed, Point, Report};
use softstep::lab::recipe::{AugmentationRecipe, Observation, Recipe};

use crate::session::Bench;

/// 500 images, 100 ReLU units, 60 epochs.
fn recipe(augmentation: AugmentationRecipe, seed: u64) -> Recipe {
    Recipe {
        training_images: 500,
        epochs: 60,
        augmentation,
        seed,
        ..Recipe::dense(100, 1, 0.0)
    }
}

fn end(recipe: Recipe) -> Point {
    let mut bench = Bench::start(recipe, Drive::Run);
    *bench.settle().points().last().expect("a run is measured")
}

/// What a hand could have done: the ranges that the page begins with.
fn gentle() -> AugmentationRecipe {
    AugmentationRecipe::gentle(1.0)
}

/// With seeds 1, 2, 3 the test error falls from 15.2, 15.0, 15.4 % to 9.3, 9.5, 9.4 % and the test loss from 0.60 to 0.32,
/// while the training error no longer reaches 0: the differences are six points, the bounds half of that.
#[test]
fn more_data_from_the_same_data_closes_a_part_of_the_gap() {
    for seed in 1..=3 {
        let plain = end(recipe(AugmentationRecipe::default(), seed));
        let augmented = end(recipe(gentle(), seed));
        assert!(
            augmented.test.error < plain.test.error - 0.03,
            "seed {seed}: {plain:?} {augmented:?}"
        );
        assert!(augmented.test.loss < 0.75 * plain.test.loss);
        assert!(augmented.training.loss > 2.0 * plain.training.loss);
    }
}

/// A 6 turned half round is a 9. With seeds 1, 2, 3 the test error rises from 15 to 30 %.
#[test]
fn a_label_that_stops_being_true_hurts() {
    let upside_down = AugmentationRecipe {
        rotation: 180.0,
        ..AugmentationRecipe::default()
    };
    for seed in 1..=3 {
        let plain = end(recipe(AugmentationRecipe::default(), seed));
        let turned = end(recipe(upside_down, seed));
        assert!(
            turned.test.error > plain.test.error + 0.07,
            "seed {seed}: {plain:?} {turned:?}"
        );
    }
}

/// Sixes read as nines and nines as sixes, of all test digits.
fn six_for_nine(augmentation: AugmentationRecipe, seed: u64) -> u32 {
    let observed = Recipe {
        observation: Observation::OutputsAtRest,
        ..recipe(augmentation, seed)
    };
    let mut bench = Bench::start(observed, Drive::Run);
    bench.settle();
    let outputs = bench.heard.iter().find_map(|report| match report {
        Report::Observed {
            observed: Observed::Outputs(outputs),
            ..
        } => Some(outputs),
        _ => None,
    });
    let outputs = outputs.expect("a run at rest shows its outputs");
    let bytes = include_bytes!("../../assets/digits.idx.gz");
    let digits = digits::decode(bytes).expect("the bundled file is whole");
    let labels = &digits.labels[Part::Test.range()];
    let outputs = ndarray::ArrayView2::from_shape((labels.len(), 10), outputs).expect("all images");
    let confusion = Readings::new(Loss::CrossEntropy, outputs, labels)
        .confusion()
        .to_owned();
    confusion[[6, 9]] + confusion[[9, 6]]
}

/// It is the sixes and nines that are lost: of 4,000 test digits about 780 are one of both. Seen with seed 1: 2 of them are
/// taken for the other after gentle variants, 58 after variants that were turned any way round.
#[test]
fn a_six_turned_half_round_is_taken_for_a_nine() {
    let upside_down = AugmentationRecipe {
        rotation: 180.0,
        ..AugmentationRecipe::default()
    };
    for seed in 1..=3 {
        let (gently, turned) = (
            six_for_nine(gentle(), seed),
            six_for_nine(upside_down, seed),
        );
        println!("seed {seed}: {gently} gently, {turned} turned");
        assert!(turned > 30 && turned > 8 * gently, "{gently} {turned}");
    }
}

/// With seeds 1, 2, 3 the test error goes from 15.2, 15.0, 15.4 % to 15.8, 15.9, 15.9 %.
#[test]
fn noise_alone_gains_nothing() {
    let noise = AugmentationRecipe {
        noise: 0.2,
        ..AugmentationRecipe::default()
    };
    for seed in 1..=3 {
        let plain = end(recipe(AugmentationRecipe::default(), seed));
        let noisy = end(recipe(noise, seed));
        let difference = noisy.test.error - plain.test.error;
        assert!((-0.005..0.02).contains(&difference), "{difference}");
    }
}

/// The first weights and their measures are the same with and without: augmentation has its own stream of chance, and measuring
/// sees the images as they are. The same recipe gives the same bits, in one go or in single steps.
#[test]
fn augmentation_changes_training_only_and_repeats() {
    let short = |augmentation| Recipe {
        training_images: 105,
        epochs: 2,
        augmentation,
        ..recipe(augmentation, 4)
    };
    let points = |recipe| Bench::start(recipe, Drive::Run).settle().points();
    let (plain, augmented) = (
        points(short(AugmentationRecipe::default())),
        points(short(gentle())),
    );
    assert_eq!(plain[0], augmented[0]);
    assert_ne!(plain[1], augmented[1]);
    assert_eq!(augmented, points(short(gentle())));
    let mut bench = Bench::start(short(gentle()), Drive::OneBatch);
    while !bench.settle().state().is_final() {
        bench.tell(Command::Drive(Drive::OneBatch));
    }
    assert_eq!(bench.points().last(), augmented.last());
}
