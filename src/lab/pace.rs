//! How long a recipe takes on this device, from how long earlier work took.

use super::construct::Sets;
use super::recipe::{Observation, Recipe, ValidRecipe};
use crate::data::digits::SIDE;
use ndarray::Array2;

/// A step costs three times its forward pass: one for the output, two backwards (weights and inputs).
const STEP_COST: f64 = 3.0;

/// What a fresh variant of one training image costs beside the step that learns from it, in millions of multiply-adds at the pace of
/// training: as much as a quarter of a step of 784-300-10 units, 3 x 0.238 million. Measured in Chromium, bent, turned and moved.
const VARIANT_COST: f64 = 0.25 * STEP_COST * 0.238;

/// What averaging costs for each thinned network and image beside its forward pass, in millions of multiply-adds: two softmaxes and the
/// measures of two averages. Measured natively as 0.7 microseconds, where a million multiply-adds took 80.
const AVERAGE_COST: f64 = 0.008;

/// Speed of training and of measuring, in milliseconds for a million multiply-adds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Of training.
    pub training: f64,
    /// Of measuring.
    pub measuring: f64,
}

impl Pace {
    /// The pace of a run that has done `epochs` epochs of `recipe`; none before there is enough to tell.
    pub fn of_run(
        recipe: &ValidRecipe,
        epochs: f64,
        training_ms: f64,
        measuring_ms: f64,
    ) -> Option<Self> {
        let work = Work::of(recipe, epochs);
        (epochs >= 1.0 && training_ms > 0.0 && measuring_ms > 0.0).then(|| Self {
            training: training_ms / work.training,
            measuring: measuring_ms / work.measuring,
        })
    }

    /// The pace of a short trial: a small dense network on blank images, a few milliseconds of `clock` (milliseconds).
    pub fn of_trial(clock: impl Fn() -> f64) -> Self {
        const STEPS: usize = 20;
        let recipe = Recipe {
            training_images: 10,
            ..Recipe::dense(100, 1, 0.0)
        };
        let recipe = recipe.validate().expect("the trial's recipe is valid");
        let mut trainer = recipe.trainer();
        let (images, labels) = (Array2::from_elem((10, SIDE * SIDE), 0.5_f32), [0; 10]);
        trainer.step(images.view(), &labels); // The first step takes memory, which later ones do not.
        let start = clock();
        for _ in 0..STEPS {
            trainer.step(images.view(), &labels);
        }
        // A clock that browsers have made coarse may not have moved.
        let milliseconds = (clock() - start).max(0.1);
        let training = milliseconds / Work::of(&recipe, STEPS as f64).training;
        Self {
            training,
            measuring: training,
        }
    }

    /// Seconds that `recipe` takes from start to end, alone on one core.
    pub fn seconds(&self, recipe: &ValidRecipe) -> f64 {
        let work = Work::of(recipe, f64::from(recipe.recipe().epochs));
        (work.training * self.training + work.measuring * self.measuring) / 1000.0
    }

    /// Seconds that averaging `members` thinned networks of `recipe` on `images` images takes, alone on one core.
    pub fn averaging_seconds(&self, recipe: &ValidRecipe, images: usize, members: u32) -> f64 {
        let thinned = recipe.thinned_multiply_adds() as f64 / 1e6;
        let shared = recipe.multiply_adds() as f64 / 1e6 - thinned;
        // The scaled network is measured first.
        let networks = f64::from(members) + 1.0;
        let work = images as f64 * (shared + networks * (thinned + AVERAGE_COST));
        work * self.measuring / 1000.0
    }
}

/// Millions of multiply-adds.
struct Work {
    training: f64,
    measuring: f64,
}

impl Work {
    fn of(recipe: &ValidRecipe, epochs: f64) -> Self {
        let images = f64::from(recipe.recipe().training_images);
        let measured = images + Sets::measured_beside_training(recipe) as f64;
        let forward = recipe.multiply_adds() as f64 / 1e6;
        // A gradient goes back through the training images as a step does; all else reads what measuring leaves.
        let backward = match recipe.recipe().observation {
            Observation::Gradients => (STEP_COST - 1.0) * images,
            Observation::Nothing
            | Observation::Units
            | Observation::Outputs
            | Observation::OutputsAtRest
            | Observation::Parameters
            | Observation::Weights
            | Observation::Together => 0.0,
        };
        let variant = if recipe.augmentation().is_nothing() {
            0.0
        } else {
            VARIANT_COST
        };
        let learning = if recipe.recipe().measure_learning {
            images
        } else {
            0.0
        };
        Self {
            training: (STEP_COST * forward + variant) * images * epochs,
            measuring: forward * (measured + backward + learning) * (epochs + 1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::experiments::augmentation::Augmented;
    use crate::lab::experiments::thinned::Thinned;

    const PACE: Pace = Pace {
        training: 0.1,
        measuring: 0.05,
    };

    fn valid(recipe: Recipe) -> ValidRecipe {
        recipe.validate().expect("the recipe is valid")
    }

    /// 784-100-10: 79,400 multiply-adds. 500 images, 60 epochs of 30,000 steps on one image each; 4,500 images measured 61 times.
    #[test]
    fn a_variant_costs_a_quarter_of_a_step_of_300_units() {
        let [plain, augmented] = Augmented::DEFAULT.recipes().map(valid);
        let (plain, augmented) = (PACE.seconds(&plain), PACE.seconds(&augmented));
        let expected = (3.0 * 0.0794 * 30_000.0 * 0.1 + 0.0794 * 4500.0 * 61.0 * 0.05) / 1000.0;
        assert!((plain - expected).abs() < 1e-9, "{plain} {expected}");
        let variants = 30_000.0 * 0.25 * 3.0 * 0.238 * 0.1 / 1000.0;
        assert!((augmented - plain - variants).abs() < 1e-9, "{augmented}");
    }

    /// Whatever was trained, the same device has the same pace: after a run on variants a plain one is not estimated too long.
    #[test]
    fn a_run_on_variants_teaches_the_pace_of_a_plain_one() {
        for recipe in Augmented::DEFAULT.recipes().map(valid) {
            let epochs = f64::from(recipe.recipe().epochs);
            let work = Work::of(&recipe, epochs);
            let spent = (
                work.training * PACE.training,
                work.measuring * PACE.measuring,
            );
            let pace = Pace::of_run(&recipe, epochs, spent.0, spent.1).expect("a whole run");
            assert!((pace.training - PACE.training).abs() < 1e-12);
            assert!((pace.measuring - PACE.measuring).abs() < 1e-12);
        }
    }

    /// The first layer of 78,400 multiply-adds is computed once for each image, the last of 1,000 for each network.
    #[test]
    fn thinned_networks_share_what_comes_before_the_dropout() {
        let recipe = valid(Thinned::DEFAULT.recipe());
        assert_eq!(recipe.thinned_multiply_adds(), 1000);
        let seconds = PACE.averaging_seconds(&recipe, 4000, 64);
        let expected = 4000.0 * (0.0784 + 65.0 * (0.001 + 0.008)) * 0.05 / 1000.0;
        assert!((seconds - expected).abs() < 1e-12, "{seconds} {expected}");
        let pixels_too = valid(Thinned::DEFAULT.recipe().with_input_dropout(0.2));
        assert_eq!(pixels_too.thinned_multiply_adds(), 79_400);
    }
}
