//! What lesson 4.7 says of wrong labels, by training its presets.

use softstep::data::digits;
use softstep::engine::layer::Mode;
use softstep::engine::metrics::prediction;
use softstep::engine::trace::Trace;
use softstep::lab::experiments::Values;
use softstep::lab::experiments::noise::{A_FIFTH, ALL, HALF, NONE, Noisy, STOP_EARLY, TEN_UNITS};
use softstep::lab::message::{Drive, Point};
use softstep::lab::recipe::Recipe;

use crate::session::Bench;

fn preset(values: Values, seed: u32) -> [Recipe; 2] {
    Noisy {
        seed: f64::from(seed),
        ..Noisy::of(values)
    }
    .recipes()
}

/// The end of the run with wrong labels.
fn end(values: Values, seed: u32) -> Point {
    let [_, noisy] = preset(values, seed);
    let mut bench = Bench::start(noisy, Drive::Run);
    bench.settle().points().pop().expect("a run is measured")
}

#[test]
fn without_wrong_labels_both_runs_are_the_same_bit_for_bit() {
    for seed in 1..=2 {
        let [one, other] = preset(NONE, seed).map(|recipe| {
            let mut bench = Bench::start(recipe, Drive::Run);
            (bench.settle().points(), bench.state())
        });
        // The state holds a hash of all weights.
        assert_eq!(one, other);
        let end = one.0.last().expect("a run is measured");
        assert_eq!(end.training.error, 0.0);
        assert!((0.105..0.125).contains(&end.test.error), "{end:?}");
    }
}

/// Seen with seeds 1, 2, 3: test errors 11.5, 11.7, 11.6 % without wrong labels, 21.5, 24.5, 22.2 % with a fifth of them, 47.6, 48.8, 44.2 % with half,
/// 97.9, 97.4, 97.9 % with all. At the end at most two of the 1,000 images are not read as was told.
#[test]
fn wrong_labels_are_learned_by_heart_and_raise_the_test_error_with_their_share() {
    for seed in 1..=3 {
        let [none, some, half, all] = [NONE, A_FIFTH, HALF, ALL].map(|values| end(values, seed));
        println!("{none:?}\n{some:?}\n{half:?}\n{all:?}");
        for point in [none, some, half, all] {
            assert!(point.training.error < 0.0021, "seed {seed}: {point:?}");
        }
        let ratio = some.test.error / none.test.error;
        assert!((1.8..2.2).contains(&ratio), "seed {seed}: {ratio}");
        assert!((0.43..0.5).contains(&half.test.error), "seed {seed}");
        assert!(all.test.error > 0.95, "seed {seed}");
    }
}

/// Of the 500 wrong labels 58, 49, 54 are learned after two epochs with seeds 1, 2, 3, and 345, 359, 371 of those images are read as what they
/// are; the test error is 28.5, 28.8, 26.4 %.
#[test]
fn digits_are_learned_before_noise() {
    let digits = digits::decode(include_bytes!("../../assets/digits.idx.gz")).expect("whole");
    for seed in 1..=3 {
        let [_, noisy] = preset(STOP_EARLY, seed);
        let recipe = noisy.validate().expect("a preset is valid");
        let training = recipe.sets(&digits).training;
        let mut trainer = recipe.trainer();
        while trainer.epoch() < recipe.recipe().epochs as usize {
            trainer.step(training.images.view(), &training.labels);
        }
        let network = trainer.network();
        let mut trace = Trace::new(network);
        network.forward(training.images.view(), Mode::Predicting, &mut trace);
        let outputs = trace.output(network.layers().len() - 1);
        let told = training.labels.iter().zip(&digits.labels);
        let (mut wrong, mut learned, mut seen_through) = (0, 0, 0);
        for (row, (told, is)) in outputs.rows().into_iter().zip(told) {
            let read = prediction(row.to_slice().expect("row-major"));
            if told != is {
                wrong += 1;
                learned += usize::from(read == usize::from(*told));
                seen_through += usize::from(read == usize::from(*is));
            }
        }
        println!("seed {seed}: {learned} of {wrong} learned, {seen_through} seen through");
        assert_eq!(wrong, 500);
        assert!(learned < 75, "seed {seed}: {learned}");
        assert!(seen_through > 300, "seed {seed}: {seen_through}");
        let early = end(STOP_EARLY, seed);
        assert!(early.test.error < end(HALF, seed).test.error - 0.15);
    }
}

/// Seen with seeds 1, 2, 3: training error 31.6, 26.6, 28.6 %, test error 57.5, 59.7, 57.9 %; with 300 units 47.6, 48.8, 44.2 %.
#[test]
fn a_network_of_ten_units_has_no_room_for_the_noise() {
    for seed in 1..=3 {
        let small = end(TEN_UNITS, seed);
        println!("{small:?}");
        assert!((0.25..0.35).contains(&small.training.error), "seed {seed}");
        assert!(small.test.error > 0.55, "seed {seed}");
    }
}
