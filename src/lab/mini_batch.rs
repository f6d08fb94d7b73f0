//! One mini-batch of a real training run, looked into: which images, which masks, what the units said.

use super::recipe::ValidRecipe;
use crate::data::dataset::Dataset;
use crate::engine::layer::Layer;
use crate::engine::loss::Loss;
use crate::engine::network::Network;
use ndarray::Array2;

/// What the last of some steps did, in a network with one hidden layer and dropout behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct MiniBatch {
    /// Number of the mini-batch, counted from 1.
    pub number: usize,
    /// Which training images, and what they show.
    pub examples: Vec<u32>,
    /// Labels of the examples.
    pub labels: Vec<u8>,
    /// Weighted inputs z of the hidden units, (example, unit).
    pub weighted_inputs: Array2<f32>,
    /// Activations before the mask, (example, unit).
    pub activations: Array2<f32>,
    /// The mask: 0 or 1 / (1 - p), (example, unit).
    pub mask: Array2<f32>,
    /// Probabilities of the classes with the mask on, (example, class).
    pub probabilities: Array2<f32>,
    /// Mean loss with the mask on.
    pub loss: f32,
    /// The network that this mini-batch went through, before it learned from it.
    pub network: Network,
}

impl MiniBatch {
    /// Trains from the recipe's first weights on and looks into mini-batch `number`. The same code and the same chance as in any run of
    /// this recipe.
    ///
    /// # Panics
    /// If `number` is 0, `training` is not the recipe's, or the network has no hidden activation layer with dropout behind it.
    pub fn new(recipe: &ValidRecipe, training: &Dataset, number: usize) -> Self {
        assert!(number > 0, "mini-batches are counted from 1");
        let mut trainer = recipe.trainer();
        for _ in 1..number {
            trainer.step(training.images.view(), &training.labels);
        }
        let network = trainer.network().clone();
        let examples = trainer.upcoming_examples().to_vec();
        trainer.keep_every_layer();
        let loss = trainer.step(training.images.view(), &training.labels).loss;
        let layers = network.layers();
        let dropout = layers
            .iter()
            .rposition(|layer| matches!(layer, Layer::Dropout(_)))
            .expect("there is dropout");
        let trace = trainer.trace();
        let outputs = trace.output(layers.len() - 1);
        let mut probabilities = Array2::zeros(outputs.dim());
        for (outputs, mut row) in outputs.rows().into_iter().zip(probabilities.rows_mut()) {
            Loss::CrossEntropy.probabilities(
                outputs.to_slice().expect("outputs are row-major"),
                row.as_slice_mut().expect("probabilities are row-major"),
            );
        }
        let labels = examples
            .iter()
            .map(|&example| training.labels[example as usize]);
        Self {
            number,
            labels: labels.collect(),
            weighted_inputs: trace.output(dropout - 2).to_owned(),
            activations: trace.output(dropout - 1).to_owned(),
            mask: trace
                .mask(dropout)
                .expect("a dropout layer has a mask")
                .to_owned(),
            probabilities,
            loss,
            examples,
            network,
        }
    }
}
