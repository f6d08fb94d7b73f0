//! How long a recipe takes on this device, from how long earlier work took.

use super::construct::Sets;
use super::recipe::{Observation, Recipe, ValidRecipe};
use crate::data::digits::SIDE;
use ndarray::Array2;

/// A step costs three times its forward pass: one for the output, two backwards (weights and inputs).
const STEP_COST: f64 = 3.0;

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
        let learning = if recipe.recipe().measure_learning {
            images
        } else {
            0.0
        };
        Self {
            training: STEP_COST * forward * images * epochs,
            measuring: forward * (measured + backward + learning) * (epochs + 1.0),
        }
    }
}
