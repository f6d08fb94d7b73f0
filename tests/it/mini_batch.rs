//! What the page shows of a mini-batch is what training did with it.

use softstep::data::dataset::{Dataset, PixelScale};
use softstep::data::digits;
use softstep::data::split::Part;
use softstep::engine::dropout::{Dropout, DropoutKind};
use softstep::engine::masked_value::MaskedValue;
use softstep::engine::random::Stream;
use softstep::engine::thinned::{Conventions, scaled_behind_dropout};
use softstep::lab::mini_batch::MiniBatch;
use softstep::lab::recipe::{Recipe, ValidRecipe};

fn training() -> Dataset {
    let digits = digits::decode(include_bytes!("../../assets/digits.idx.gz")).expect("whole");
    digits.dataset(Part::Train.first(1000), PixelScale::default())
}

fn recipe(p: f32) -> ValidRecipe {
    Recipe::dense(9, 1, p).validate().expect("valid")
}

#[test]
fn masks_activations_and_images_are_those_of_the_training_run() {
    let (training, recipe) = (training(), recipe(0.5));
    let mut trainer = recipe.trainer();
    trainer.keep_every_layer();
    for number in 1..=12 {
        let seen = MiniBatch::new(&recipe, &training, number);
        assert_eq!(seen.examples, trainer.upcoming_examples());
        assert_eq!(seen.network, *trainer.network());
        let outcome = trainer.step(training.images.view(), &training.labels);
        assert_eq!(seen.loss, outcome.loss);
        // Flatten, dense, ReLU, dropout, dense.
        assert_eq!(seen.mask, trainer.trace().mask(3).expect("a mask"));
        assert_eq!(seen.weighted_inputs, trainer.trace().output(1));
        assert_eq!(seen.activations, trainer.trace().output(2));
        for (&example, &label) in seen.examples.iter().zip(&seen.labels) {
            assert_eq!(training.labels[example as usize], label);
        }
        for row in seen.probabilities.rows() {
            assert!((row.sum() - 1.0).abs() < 1e-5);
        }
    }
}

#[test]
fn each_image_has_a_mask_of_its_own_and_without_dropout_all_speak() {
    let training = training();
    let seen = MiniBatch::new(&recipe(0.5), &training, 1);
    let masks: std::collections::HashSet<Vec<u32>> = seen
        .mask
        .rows()
        .into_iter()
        .map(|row| row.iter().map(|factor| factor.to_bits()).collect())
        .collect();
    // Ten draws from 512 masks: two equal ones would be a coincidence of this seed, one mask for all a mistake.
    assert!(masks.len() > 5);
    let all_on = MiniBatch::new(&recipe(0.0), &training, 1);
    assert!(all_on.mask.iter().all(|&factor| factor == 1.0));
    assert_eq!(all_on.examples, seen.examples);
}

/// Rounding twice moves a weight by 2^-23 of itself at most; nine of them and a softmax, slope at most 1/4, stay far below 1e-5.
#[test]
fn both_conventions_of_dropout_predict_the_same() {
    let training = training();
    for p in [0.2, 0.5, 0.9] {
        let seen = MiniBatch::new(&recipe(p), &training, 20);
        let found = Conventions::new(&seen.network, training.images.view());
        assert_eq!((found.images, found.agreeing), (1000, 1000), "p = {p}");
        assert!(found.largest_difference < 1e-5, "{found:?}");
    }
    // The comparison can fail: without the factor for predicting, answers differ.
    let seen = MiniBatch::new(&recipe(0.5), &training, 20);
    let unscaled = scaled_behind_dropout(&seen.network, |p| 1.0 / (1.0 - p));
    assert_ne!(unscaled, seen.network);
}

#[test]
fn a_masked_value_is_counted_as_drawn() {
    let dropout = Dropout::new(DropoutKind::Hidden, 0.75);
    let counted = MaskedValue::new(2.0, &dropout, 10_000, &mut Stream::Dropout.rng(1));
    let expected = 8.0 * (counted.masks - counted.silent) as f64 / 10_000.0;
    assert!((counted.mean - expected).abs() < 1e-9);
    assert_eq!(counted.running.last(), Some(&(10_000, counted.mean)));
    assert!(counted.running.is_sorted_by(|a, b| a.0 < b.0));
    let still = MaskedValue::new(
        2.0,
        &Dropout::new(DropoutKind::Hidden, 0.0),
        10,
        &mut Stream::Dropout.rng(1),
    );
    assert_eq!((still.mean, still.deviation, still.silent), (2.0, 0.0, 0));
}
