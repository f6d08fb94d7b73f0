//! The one check of a recipe, and what passed it.

use std::fmt;

use super::{AugmentationRecipe, LayerRecipe, Recipe};
use crate::data::digits::{CLASSES, SIDE};
use crate::data::split::Part;

/// Why a recipe cannot be trained. Its text is for the person who wrote the recipe.
#[derive(Clone, Debug, PartialEq)]
pub enum RecipeError {
    /// A number is outside its range.
    OutOfRange {
        /// Name of the setting.
        setting: &'static str,
        /// What was given.
        given: String,
        /// What is possible.
        possible: String,
    },
    /// A window does not fit on what it should slide over.
    WindowTooLarge {
        /// Position of the layer, counted from 1.
        layer: usize,
        /// Side of the window.
        window: usize,
        /// Side of its input, padding included.
        side: usize,
    },
    /// The random numbers of the book's programs are asked for where those programs have none.
    NotInTheBook {
        /// What the programs do not know.
        what: &'static str,
    },
    /// The layers do not end in ten values.
    WrongOutput {
        /// What they end in.
        outputs: usize,
    },
    /// More numbers than the page's memory should hold.
    TooManyParameters {
        /// How many.
        parameters: u64,
    },
}

impl fmt::Display for RecipeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange {
                setting,
                given,
                possible,
            } => write!(
                formatter,
                "The {setting} is {given}, but must be {possible}. Change it and press Run again."
            ),
            Self::WindowTooLarge {
                layer,
                window,
                side,
            } => write!(
                formatter,
                "Layer {layer} slides a window of {window} x {window} over only {side} x {side} cells. Make the window \
                 smaller or the padding larger."
            ),
            Self::NotInTheBook { what } => write!(
                formatter,
                "The random numbers of the book\u{2019}s programs do not go with {what}. Change it, or use other random numbers."
            ),
            Self::WrongOutput { outputs } => write!(
                formatter,
                "The last layer gives {outputs} values, but there are ten digits. End with a dense layer of 10 units."
            ),
            Self::TooManyParameters { parameters } => write!(
                formatter,
                "The network would have {parameters} parameters; the page trains at most {MAX_PARAMETERS}. Use fewer or \
                 narrower layers."
            ),
        }
    }
}

impl std::error::Error for RecipeError {}

/// Largest network the page trains: 5 million f32 with gradient, momentum and two snapshots stay below 130 MB.
pub const MAX_PARAMETERS: u64 = 5_000_000;
/// Most layers a recipe may have.
pub const MAX_LAYERS: usize = 64;

/// A recipe that has been checked: whatever takes one cannot fail.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidRecipe {
    recipe: Recipe,
    size: Size,
}

/// How large a network is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Size {
    parameters: u64,
    multiply_adds: u64,
    /// Those of [`Size::multiply_adds`] that come before any dropout.
    before_dropout: Option<u64>,
}

impl ValidRecipe {
    /// The recipe inside.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// Weights and biases of the network.
    pub fn parameters(&self) -> u64 {
        self.size.parameters
    }

    /// Multiply-adds of one image's way through the network (dense layers and convolutions).
    pub fn multiply_adds(&self) -> u64 {
        self.size.multiply_adds
    }

    /// Those of [`ValidRecipe::multiply_adds`] that differ from one thinned network to the next: behind the first dropout; 0 without any.
    pub fn thinned_multiply_adds(&self) -> u64 {
        let Size {
            multiply_adds,
            before_dropout,
            ..
        } = self.size;
        before_dropout.map_or(0, |before| multiply_adds - before)
    }
}

impl Recipe {
    /// Checks every setting once.
    ///
    /// # Errors
    /// The first setting that cannot be trained, as a [`RecipeError`] whose text says what to change.
    pub fn validate(self) -> Result<ValidRecipe, RecipeError> {
        let images = Part::Train.range().len() as u32;
        within("number of training images", self.training_images, 1, images)?;
        within("label noise", self.label_noise, 0.0, 1.0)?;
        self.augmentation.check()?;
        within("batch size", self.batch_size, 1, self.training_images)?;
        within("number of epochs", self.epochs, 1, 100_000)?;
        positive("learning rate", self.learning_rate, 100.0)?;
        within("L1 penalty", self.penalties.l1, 0.0, 10.0)?;
        within("L2 penalty", self.penalties.l2, 0.0, 10.0)?;
        if let Some(limit) = self.penalties.max_norm {
            positive("max-norm limit", limit, 1000.0)?;
        }
        if let Some(patience) = self.patience {
            within("patience of early stopping", patience, 1, 100_000)?;
        }
        within("number of layers", self.layers.len(), 1, MAX_LAYERS)?;
        let size = self.check_layers()?;
        self.check_chance()?;
        Ok(ValidRecipe { recipe: self, size })
    }

    /// Follows the sizes (maps, side) through the layers and adds up what they cost.
    fn check_layers(&self) -> Result<Size, RecipeError> {
        let (mut maps, mut side) = (1_u64, SIDE as u64);
        let mut total = Size::default();
        for (index, layer) in self.layers.iter().enumerate() {
            match *layer {
                LayerRecipe::Dense { units } => {
                    within("number of units in a layer", units, 1, 4096)?;
                    let inputs = maps * side * side;
                    total.parameters += (inputs + 1) * u64::from(units);
                    total.multiply_adds += inputs * u64::from(units);
                    (maps, side) = (u64::from(units), 1);
                }
                LayerRecipe::Convolution {
                    maps: outputs,
                    kernel,
                    stride,
                    padding,
                }
                | LayerRecipe::LocallyConnected {
                    maps: outputs,
                    kernel,
                    stride,
                    padding,
                } => {
                    within("number of feature maps", outputs, 1, 256)?;
                    within("padding", padding, 0, SIDE as u32)?;
                    let places =
                        window_places(index, side + 2 * u64::from(padding), kernel, stride)?;
                    let kernels = match layer {
                        LayerRecipe::Convolution { .. } => u64::from(outputs),
                        _ => u64::from(outputs) * places * places,
                    };
                    let inputs = maps * u64::from(kernel).pow(2);
                    total.parameters += kernels * (inputs + 1);
                    total.multiply_adds += u64::from(outputs) * places * places * inputs;
                    (maps, side) = (u64::from(outputs), places);
                }
                LayerRecipe::MaxPool { window, stride }
                | LayerRecipe::AveragePool { window, stride } => {
                    side = window_places(index, side, window, stride)?;
                }
                LayerRecipe::Flatten => (maps, side) = (maps * side * side, 1),
                LayerRecipe::LeakyRelu { slope } => below_one("slope of the leaky ReLU", slope)?,
                LayerRecipe::Dropout { probability, .. } => {
                    below_one("dropout probability", probability)?;
                    total.before_dropout.get_or_insert(total.multiply_adds);
                }
                LayerRecipe::Relu | LayerRecipe::Sigmoid | LayerRecipe::Tanh => {}
            }
            if total.parameters > MAX_PARAMETERS {
                return Err(RecipeError::TooManyParameters {
                    parameters: total.parameters,
                });
            }
        }
        match (maps * side * side) as usize {
            CLASSES => Ok(total),
            outputs => Err(RecipeError::WrongOutput { outputs }),
        }
    }
}

impl AugmentationRecipe {
    fn check(&self) -> Result<(), RecipeError> {
        within("rotation of the augmentation", self.rotation, 0.0, 180.0)?;
        within(
            "translation of the augmentation",
            self.translation,
            0.0,
            14.0,
        )?;
        within("scaling of the augmentation", self.scale, 0.0, 1.0)?;
        within("shear of the augmentation", self.shear, 0.0, 1.0)?;
        within(
            "perspective of the augmentation",
            self.perspective,
            0.0,
            0.4,
        )?;
        within(
            "elastic deformation of the augmentation",
            self.elastic,
            0.0,
            10.0,
        )?;
        within("noise of the augmentation", self.noise, 0.0, 1.0)?;
        within(
            "erasing of the augmentation",
            self.erasing,
            0.0,
            SIDE as f32,
        )
    }
}

/// Places a window of `window` cells takes along `side` cells: floor((side - window) / stride) + 1.
fn window_places(index: usize, side: u64, window: u32, stride: u32) -> Result<u64, RecipeError> {
    within("side of a window", window, 1, 64)?;
    within("stride", stride, 1, 64)?;
    let window = u64::from(window);
    if window > side {
        return Err(RecipeError::WindowTooLarge {
            layer: index + 1,
            window: window as usize,
            side: side as usize,
        });
    }
    Ok((side - window) / u64::from(stride) + 1)
}

pub(super) fn within<T: PartialOrd + fmt::Display>(
    setting: &'static str,
    given: T,
    least: T,
    most: T,
) -> Result<(), RecipeError> {
    // A NaN is in no range.
    if given >= least && given <= most {
        return Ok(());
    }
    Err(RecipeError::OutOfRange {
        setting,
        given: given.to_string(),
        possible: format!("from {least} to {most}"),
    })
}

fn positive(setting: &'static str, given: f32, most: f32) -> Result<(), RecipeError> {
    if given > 0.0 && given <= most {
        return Ok(());
    }
    let possible = format!("above 0 and at most {most}");
    Err(RecipeError::OutOfRange {
        setting,
        given: given.to_string(),
        possible,
    })
}

fn below_one(setting: &'static str, given: f32) -> Result<(), RecipeError> {
    if (0.0..1.0).contains(&given) {
        return Ok(());
    }
    let possible = "from 0 to below 1".to_owned();
    Err(RecipeError::OutOfRange {
        setting,
        given: given.to_string(),
        possible,
    })
}
