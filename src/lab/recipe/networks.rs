//! The networks that the page trains, as recipes, and what is changed about them.

use super::{
    AugmentationRecipe, ChanceRecipe, InitialisationRecipe, LayerRecipe, LossRecipe, Observation,
    OptimizerRecipe, PenaltiesRecipe, PixelRecipe, Recipe,
};
use crate::data::digits::CLASSES;

impl Recipe {
    /// The recipe of the training panel's default run on a dense network: `depth` hidden layers of `width` ReLU units,
    /// dropout with probability `probability` behind each, ten logits (numbers of the default: test error about 11.8 %
    /// with p = 0, 10.7 % with p = 0.5).
    pub fn dense(width: u32, depth: u32, probability: f32) -> Self {
        let mut layers = vec![LayerRecipe::Flatten];
        for _ in 0..depth {
            layers.extend([
                LayerRecipe::Dense { units: width },
                LayerRecipe::Relu,
                LayerRecipe::Dropout {
                    probability,
                    on_input: false,
                },
            ]);
        }
        layers.push(LayerRecipe::Dense {
            units: CLASSES as u32,
        });
        Self::with_layers(layers)
    }

    /// The same for `images` training images, in mini-batches of ten or of all if there are fewer, for `epochs` epochs with all
    /// chance from `seed`; whole numbers, as sliders give them.
    pub fn trained(self, images: f64, epochs: f64, seed: f64) -> Self {
        let images = images as u32;
        Self {
            training_images: images,
            batch_size: 10.min(images),
            epochs: epochs as u32,
            seed: seed as u64,
            ..self
        }
    }

    /// `depth` hidden layers of `width` units with activation function `function`, without dropout; else as
    /// [`Recipe::dense`].
    pub fn deep(function: LayerRecipe, width: u32, depth: u32) -> Self {
        let mut layers = vec![LayerRecipe::Flatten];
        for _ in 0..depth {
            layers.extend([LayerRecipe::Dense { units: width }, function]);
        }
        layers.push(LayerRecipe::Dense {
            units: CLASSES as u32,
        });
        Self::with_layers(layers)
    }

    /// A network that is trained in a second or two and reads seven of eight digits: 30 ReLU units, 1,000 images, ten epochs.
    /// Its outputs for the test images are reported.
    pub fn digit_reader() -> Self {
        Self {
            epochs: 10,
            observation: Observation::Outputs,
            ..Self::deep(LayerRecipe::Relu, 30, 1)
        }
    }

    /// The recipe of the homework sheet's CNN, N = 28, M = 20, K = 100: 5 x 5 convolution, 2 x 2 max-pooling, a dense
    /// layer with dropout, ten logits.
    pub fn sheet_cnn(probability: f32) -> Self {
        Self::with_layers(vec![
            LayerRecipe::Convolution {
                maps: 20,
                kernel: 5,
                stride: 1,
                padding: 0,
            },
            LayerRecipe::Relu,
            LayerRecipe::MaxPool {
                window: 2,
                stride: 2,
            },
            LayerRecipe::Flatten,
            LayerRecipe::Dense { units: 100 },
            LayerRecipe::Relu,
            LayerRecipe::Dropout {
                probability,
                on_input: false,
            },
            LayerRecipe::Dense {
                units: CLASSES as u32,
            },
        ])
    }

    /// Puts all dropout behind hidden layers to `probability`.
    pub fn set_dropout(&mut self, new_probability: f32) {
        for layer in &mut self.layers {
            if let LayerRecipe::Dropout {
                probability,
                on_input: false,
            } = layer
            {
                *probability = new_probability;
            }
        }
    }

    /// Probability of the first dropout behind a hidden layer; 0 without one.
    pub fn hidden_dropout(&self) -> f32 {
        let hidden = self.layers.iter().find_map(|layer| match layer {
            LayerRecipe::Dropout {
                probability,
                on_input: false,
            } => Some(*probability),
            _ => None,
        });
        hidden.unwrap_or(0.0)
    }

    /// The same recipe with dropout of the image's pixels.
    pub fn with_input_dropout(mut self, probability: f32) -> Self {
        self.layers.insert(
            0,
            LayerRecipe::Dropout {
                probability,
                on_input: true,
            },
        );
        self
    }

    /// The recipe with everything that a run under way follows set to nothing: what is left needs a new start.
    pub fn without_live_settings(mut self) -> Self {
        self.learning_rate = 1.0;
        self.penalties = PenaltiesRecipe::default();
        self.measure_learning = false;
        self.set_dropout(0.0);
        self
    }

    /// The recipe without its seed and without what is only looked at: equal for runs that differ in chance alone.
    pub fn whatever_seed(mut self) -> Self {
        self.seed = 0;
        self.observation = Observation::Nothing;
        self.measure_learning = false;
        self
    }

    fn with_layers(layers: Vec<LayerRecipe>) -> Self {
        Self {
            layers,
            loss: LossRecipe::SoftmaxCrossEntropy,
            initialisation: InitialisationRecipe::He,
            chance: ChanceRecipe::Own,
            pixels: PixelRecipe::By255,
            training_images: 1000,
            label_noise: 0.0,
            augmentation: AugmentationRecipe::default(),
            optimizer: OptimizerRecipe::Sgd,
            learning_rate: 0.05,
            batch_size: 10,
            epochs: 100,
            penalties: PenaltiesRecipe::default(),
            patience: None,
            observation: Observation::Nothing,
            measure_learning: false,
            seed: 1,
        }
    }
}
