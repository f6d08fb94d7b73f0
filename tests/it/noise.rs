//! What lesson 4.7 says of wrong labels, by training its presets.

use softstep::lab::message::{Drive, Point};
use softstep::lab::recipe::Recipe;

use crate::session::Bench;

/// The widget's recipe at its end.
fn end(label_noise: f32, units: u32, seed: u64) -> Point {
    ends(label_noise, units, seed)
        .pop()
        .expect("a run is measured")
}

/// All its measures.
fn ends(label_noise: f32, units: u32, seed: u64) -> Vec<Point> {
    let recipe = Recipe {
        label_noise,
        learning_rate: 0.1,
        epochs: 60,
        seed,
        ..Recipe::dense(units, 1, 0.0)
    };
    let mut bench = Bench::start(recipe, Drive::Run);
    bench.settle().points()
}

/// The default network: whatever it is told, it learns by heart. Seen: a test error of 97.9 %.
#[test]
fn all_labels_wrong_are_learned_by_heart() {
    let end = end(1.0, 300, 1);
    println!("{end:?}");
    assert_eq!(end.training.error, 0.0);
    assert!(end.test.error > 0.95);
}

/// Seen: 11.5, 21.4, 47.6 %; with half of the labels wrong 28.5 % after two epochs, when 50.7 % of what it was told is not learned.
#[test]
fn the_test_error_rises_with_the_share_of_wrong_labels() {
    let [none, some, half] = [0.0, 0.2, 0.5].map(|share| end(share, 300, 1));
    println!("{none:?}\n{some:?}\n{half:?}");
    // Digits before noise.
    let early = ends(0.5, 300, 1)[2];
    println!("{early:?}");
    assert!(early.training.error > 0.4 && early.test.error < half.test.error - 0.1);
    for point in [none, some, half] {
        assert_eq!(point.training.error, 0.0);
    }
    assert!((0.09..0.13).contains(&none.test.error));
    assert!((0.17..0.30).contains(&some.test.error));
    assert!((0.40..0.57).contains(&half.test.error));
}

/// Seen with seeds 1, 2, 3: training error 31.6, 26.6, 28.6 %, test error 57.5, 59.7, 57.9 %.
#[test]
fn a_network_of_ten_units_has_no_room_for_the_noise() {
    for seed in 1..=3 {
        let small = end(0.5, 10, seed);
        println!("{small:?}");
        assert!((0.2..0.5).contains(&small.training.error), "seed {seed}");
        // The large network: 47.6 % with seed 1.
        assert!(small.test.error > 0.5, "seed {seed}");
    }
}
