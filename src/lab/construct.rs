//! From a checked recipe to a network and a trainer. It cannot fail: [`ValidRecipe`] has been checked.

use super::recipe::{
    AugmentationRecipe, InitialisationRecipe, LayerRecipe, LossRecipe, OptimizerRecipe,
    PenaltiesRecipe, ValidRecipe,
};
use crate::data::augmentation::Augmentation;
use crate::data::dataset::Dataset;
use crate::data::digits::Digits;
use crate::data::digits::{CLASSES, SIDE};
use crate::data::label_noise;
use crate::data::split::Part;
use crate::data::warp::AffineRange;
use crate::engine::activation::Activation;
use crate::engine::book_chance::{Shuffler, initial_parameters};
use crate::engine::convolution::Convolution;
use crate::engine::dense::Dense;
use crate::engine::dropout::{Dropout, DropoutKind};
use crate::engine::flatten::Flatten;
use crate::engine::initialisation::Initialisation;
use crate::engine::kernel::Kernel;
use crate::engine::layer::Layer;
use crate::engine::locally_connected::LocallyConnected;
use crate::engine::loss::Loss;
use crate::engine::network::Network;
use crate::engine::optimizer::Optimizer;
use crate::engine::penalties::Penalties;
use crate::engine::pool::{Pool, PoolKind};
use crate::engine::random::{Rng, Stream};
use crate::engine::shape::Shape;
use crate::engine::trainer::{Trainer, TrainerSettings};

/// The three sets of images of one run.
pub struct Sets {
    /// What is learned from, with the noise of the recipe on its labels.
    pub training: Dataset,
    /// What early stopping looks at; none where the recipe has no early stopping.
    pub validation: Option<Dataset>,
    /// What nobody looks at while learning.
    pub test: Dataset,
}

impl ValidRecipe {
    /// The network with its initial weights, drawn from the recipe's seed.
    pub fn network(&self) -> Network {
        let recipe = self.recipe();
        let mut rng = Stream::Initialisation.rng(recipe.seed);
        let input = Shape {
            channels: 1,
            rows: SIDE,
            columns: SIDE,
        };
        let mut shape = input;
        let mut layers = Vec::with_capacity(recipe.layers.len());
        for layer in &recipe.layers {
            let layer = build_layer(*layer, shape, recipe.initialisation.into(), &mut rng);
            shape = layer.output_shape(shape);
            layers.push(layer);
        }
        let mut network = Network::new(input, layers);
        if let Some((weights, seed)) = recipe.book_chance() {
            let mut sizes = vec![input.size()];
            sizes.extend(recipe.layers.iter().filter_map(|layer| match layer {
                LayerRecipe::Dense { units } => Some(*units as usize),
                _ => None,
            }));
            network.set_parameters(&initial_parameters(&sizes, weights, seed));
        }
        network
    }

    /// A trainer at the start of its first epoch.
    pub fn trainer(&self) -> Trainer {
        let recipe = self.recipe();
        let settings = TrainerSettings {
            batch_size: recipe.batch_size as usize,
            optimizer: recipe.optimizer.into(),
            learning_rate: recipe.learning_rate,
            penalties: recipe.penalties.into(),
            loss: self.loss(),
            seed: recipe.seed,
        };
        let images = recipe.training_images as usize;
        let trainer = Trainer::new(self.network(), settings, images);
        match recipe.book_chance() {
            Some((_, seed)) => trainer.in_order_of(Shuffler::python(seed)),
            None => trainer,
        }
    }

    /// The loss that is minimised and measured.
    pub fn loss(&self) -> Loss {
        match self.recipe().loss {
            LossRecipe::SoftmaxCrossEntropy => Loss::CrossEntropy,
            LossRecipe::SigmoidCrossEntropy => Loss::SigmoidCrossEntropy,
            LossRecipe::Quadratic => Loss::Quadratic,
        }
    }

    /// What is done to the training images at random.
    pub fn augmentation(&self) -> Augmentation {
        self.recipe().augmentation.into()
    }

    /// The images that the recipe asks for, out of the bundled digits.
    pub fn sets(&self, digits: &Digits) -> Sets {
        let recipe = self.recipe();
        let images = |range| digits.dataset(range, recipe.pixels.into());
        let mut training = images(Part::Train.first(recipe.training_images as usize));
        let noise = f64::from(recipe.label_noise);
        label_noise::replace_labels(&mut training.labels, noise, CLASSES as u8, recipe.seed);
        Sets {
            training,
            validation: recipe.patience.map(|_| images(Part::Validate.range())),
            test: images(Part::Test.range()),
        }
    }
}

impl Sets {
    /// Images that every measurement of a recipe looks at besides the training images.
    pub fn measured_beside_training(recipe: &ValidRecipe) -> usize {
        let validation = recipe
            .recipe()
            .patience
            .map_or(0, |_| Part::Validate.range().len());
        validation + Part::Test.range().len()
    }
}

impl From<AugmentationRecipe> for Augmentation {
    fn from(recipe: AugmentationRecipe) -> Self {
        Self {
            affine: AffineRange {
                rotation: recipe.rotation,
                translation: recipe.translation,
                scale: recipe.scale,
                shear: recipe.shear,
            },
            perspective: recipe.perspective,
            elastic: recipe.elastic,
            noise: recipe.noise,
            erasing: recipe.erasing,
        }
    }
}

fn build_layer(
    recipe: LayerRecipe,
    input: Shape,
    initialisation: Initialisation,
    rng: &mut Rng,
) -> Layer {
    let kernel = |size: u32, stride: u32, padding: u32| Kernel {
        size: size as usize,
        stride: stride as usize,
        padding: padding as usize,
    };
    match recipe {
        LayerRecipe::Dense { units } => Layer::Dense(Dense::initialised(
            input.size(),
            units as usize,
            initialisation,
            rng,
        )),
        LayerRecipe::Convolution {
            maps,
            kernel: size,
            stride,
            padding,
        } => Layer::Convolution(Convolution::initialised(
            input.channels,
            maps as usize,
            kernel(size, stride, padding),
            initialisation,
            rng,
        )),
        LayerRecipe::LocallyConnected {
            maps,
            kernel: size,
            stride,
            padding,
        } => Layer::LocallyConnected(LocallyConnected::initialised(
            input,
            maps as usize,
            kernel(size, stride, padding),
            initialisation,
            rng,
        )),
        LayerRecipe::MaxPool { window, stride } => {
            Layer::Pool(Pool::new(PoolKind::Max, window as usize, stride as usize))
        }
        LayerRecipe::AveragePool { window, stride } => Layer::Pool(Pool::new(
            PoolKind::Average,
            window as usize,
            stride as usize,
        )),
        LayerRecipe::Flatten => Layer::Flatten(Flatten),
        LayerRecipe::Relu => Layer::Activation(Activation::Relu),
        LayerRecipe::LeakyRelu { slope } => Layer::Activation(Activation::LeakyRelu { slope }),
        LayerRecipe::Sigmoid => Layer::Activation(Activation::Sigmoid),
        LayerRecipe::Tanh => Layer::Activation(Activation::Tanh),
        LayerRecipe::Dropout {
            probability,
            on_input,
        } => {
            let kind = if on_input {
                DropoutKind::Input
            } else {
                DropoutKind::Hidden
            };
            Layer::Dropout(Dropout::new(kind, probability))
        }
    }
}

impl From<InitialisationRecipe> for Initialisation {
    fn from(recipe: InitialisationRecipe) -> Self {
        match recipe {
            InitialisationRecipe::He => Self::He,
            InitialisationRecipe::Xavier => Self::Xavier,
            InitialisationRecipe::Nielsen => Self::NielsenNew,
            InitialisationRecipe::NielsenLarge => Self::NielsenLarge,
        }
    }
}

impl From<OptimizerRecipe> for Optimizer {
    fn from(recipe: OptimizerRecipe) -> Self {
        match recipe {
            OptimizerRecipe::Sgd => Self::Sgd,
            OptimizerRecipe::Momentum => Self::Momentum { mu: 0.9 },
            OptimizerRecipe::Nesterov => Self::Nesterov { mu: 0.9 },
            OptimizerRecipe::Adam => Self::ADAM,
        }
    }
}

impl From<PenaltiesRecipe> for Penalties {
    fn from(recipe: PenaltiesRecipe) -> Self {
        Self {
            l1: recipe.l1,
            l2: recipe.l2,
            max_norm: recipe.max_norm,
        }
    }
}
