//! The mini-batches of a run whose training images are augmented: fresh variants of the upcoming images.

use crate::data::augmentation::Augmenter;
use crate::data::dataset::Dataset;
use crate::engine::random::{Rng, Stream};
use crate::engine::trainer::{StepOutcome, Trainer};
use crate::lab::recipe::ValidRecipe;
use ndarray::{Array2, s};

/// Room for one mini-batch, and the chance of the variants.
pub struct Variants {
    augmenter: Augmenter,
    rng: Rng,
    /// (example of the mini-batch, pixel)
    images: Array2<f32>,
    labels: Vec<u8>,
}

impl Variants {
    /// For the training images of `recipe`; none where it augments nothing.
    pub fn new(recipe: &ValidRecipe, training: &Dataset) -> Option<Self> {
        let augmentation = recipe.augmentation();
        let batch = recipe.recipe().batch_size as usize;
        (!augmentation.is_nothing()).then(|| Self {
            augmenter: Augmenter::new(augmentation, training.rows, training.columns),
            rng: Stream::Augmentation.rng(recipe.recipe().seed),
            images: Array2::zeros((batch, training.rows * training.columns)),
            labels: vec![0; batch],
        })
    }

    /// Learns from variants of the next mini-batch.
    pub fn step(&mut self, trainer: &mut Trainer, training: &Dataset) -> StepOutcome {
        let upcoming = trainer.upcoming_examples();
        let count = upcoming.len();
        for ((&example, mut variant), label) in upcoming
            .iter()
            .zip(self.images.rows_mut())
            .zip(&mut self.labels)
        {
            let image = training.images.row(example as usize);
            self.augmenter.vary(
                image.to_slice().expect("images are row-major"),
                &mut self.rng,
                variant.as_slice_mut().expect("variants are row-major"),
            );
            *label = training.labels[example as usize];
        }
        trainer.step_on(self.images.slice(s![..count, ..]), &self.labels[..count])
    }
}
