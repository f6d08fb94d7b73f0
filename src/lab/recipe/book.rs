//! What it takes to repeat a run of Nielsen's "Neural Networks and Deep Learning": its random numbers and its pixels.

use super::validate::within;
use super::{
    ChanceRecipe, InitialisationRecipe, LayerRecipe, LossRecipe, Observation, PenaltiesRecipe,
    PixelRecipe, Recipe, RecipeError,
};
use crate::data::dataset::PixelScale;
use crate::engine::book_chance::BookWeights;

/// The seed of his overfitting run, for NumPy and for Python.
pub const NIELSEN_SEED: u64 = 12_345_678;

impl Recipe {
    /// Nielsen's overfitting run (chapter 3, `overfitting.py`; with `lambda` above 0 its regularised twin): 784-30-10 sigmoid
    /// units, cross-entropy summed over the ten outputs, weights and biases N(0, 1), the first 1,000 images, eta = 0.5,
    /// mini-batches of 10, 400 epochs, his random numbers. His penalty is lambda / (2 n) times the sum of squared weights.
    pub fn nielsen(lambda: f32) -> Self {
        let images = 1000;
        Self {
            loss: LossRecipe::SigmoidCrossEntropy,
            initialisation: InitialisationRecipe::NielsenLarge,
            chance: ChanceRecipe::Book,
            pixels: PixelRecipe::By256,
            training_images: images,
            learning_rate: 0.5,
            epochs: 400,
            penalties: PenaltiesRecipe {
                l2: lambda / images as f32,
                ..PenaltiesRecipe::default()
            },
            observation: Observation::Weights,
            seed: NIELSEN_SEED,
            ..Self::deep(LayerRecipe::Sigmoid, 30, 1)
        }
    }

    /// The book's programs know dense layers, two ways to begin, and seeds of 32 bits.
    pub(super) fn check_chance(&self) -> Result<(), RecipeError> {
        if self.chance == ChanceRecipe::Own {
            return Ok(());
        }
        let foreign = self.layers.iter().any(|layer| {
            matches!(
                layer,
                LayerRecipe::Convolution { .. } | LayerRecipe::LocallyConnected { .. }
            )
        });
        if foreign {
            return Err(RecipeError::NotInTheBook {
                what: "convolutions or locally connected layers",
            });
        }
        if matches!(
            self.initialisation,
            InitialisationRecipe::He | InitialisationRecipe::Xavier
        ) {
            return Err(RecipeError::NotInTheBook {
                what: "this initialisation",
            });
        }
        within("seed", self.seed, 0, u64::from(u32::MAX))
    }

    /// How the book's programs scale their weights, and their seed; none where the chance is the engine's own.
    pub(in crate::lab) fn book_chance(&self) -> Option<(BookWeights, u32)> {
        let weights = match (self.chance, self.initialisation) {
            (ChanceRecipe::Book, InitialisationRecipe::NielsenLarge) => BookWeights::Large,
            (ChanceRecipe::Book, _) => BookWeights::Default,
            (ChanceRecipe::Own, _) => return None,
        };
        let seed = u32::try_from(self.seed).expect("the recipe was checked");
        Some((weights, seed))
    }
}

impl From<PixelRecipe> for PixelScale {
    fn from(recipe: PixelRecipe) -> Self {
        match recipe {
            PixelRecipe::By255 => Self::By255,
            PixelRecipe::By256 => Self::By256,
        }
    }
}
