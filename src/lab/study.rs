//! What to measure without training, as data: one network, one set of images, many conditions.

pub mod ensemble;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::recipe::{LayerRecipe, Recipe, RecipeError};
use super::weights::{WeightsError, trained_sheet_network};
use crate::data::dataset::{Dataset, PixelScale};
use crate::data::split::Part;
use crate::data::warp::Affine;
use crate::engine::layer::Layer;
use crate::engine::network::Network;
use crate::engine::random::Rng;
use rand::RngExt;
use rand_distr::StandardNormal;
use rand_xoshiro::rand_core::SeedableRng;

/// Loss and error of one network on the first test images, under one condition after another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Study {
    /// Which network.
    pub network: StudiedNetwork,
    /// The first this many of the test images, 1..=4000.
    pub images: u32,
    /// What is different each time.
    pub conditions: Vec<Condition>,
    /// Where the noise of [`Change::noise`] comes from: every condition draws the same numbers.
    pub seed: u64,
}

/// A network with its weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum StudiedNetwork {
    /// The homework sheet's, with weights in safetensors format.
    Sheet(Vec<u8>),
    /// A recipe's, with all parameters in the order of [`Network::parameters`].
    Parameters {
        /// What the network is built from; how it was trained plays no part.
        recipe: Box<Recipe>,
        /// Weights and biases.
        parameters: Vec<f32>,
    },
}

/// What is different from the network and the images as they are. The default is: nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// Feature maps of the network's first layer, a convolution, that are silenced: their weights and biases are 0, so
    /// that behind a ReLU they are 0 everywhere.
    pub silent_maps: Vec<u32>,
    /// What is done to every image.
    pub change: Change,
}

/// What is done to every image, in this order. The default is: nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Degrees clockwise about the middle.
    pub rotation: f32,
    /// Pixels (to the right, down); what leaves the image is lost and 0, the paper, comes in. Whole numbers move exactly.
    pub shift: [f32; 2],
    /// Standard deviation of normal noise on each pixel; the sum is cut to [0, 1].
    pub noise: f32,
    /// Pixel x becomes 1 - x.
    pub inverted: bool,
}

/// Why a study cannot be done. Its text is for the reader of the page.
#[derive(Clone, Debug, PartialEq)]
pub enum StudyError {
    /// The recipe is none.
    Recipe(RecipeError),
    /// The bytes are not the weights of the sheet's network.
    Weights(WeightsError),
    /// Another number of parameters than the network has.
    ParameterCount {
        /// Of the network.
        expected: usize,
        /// In the study.
        found: usize,
    },
    /// More or fewer images than there are.
    ImageCount(u32),
    /// A map that the first layer does not have.
    NoSuchMap(u32),
    /// A number that is infinite or not a number.
    NotFinite,
    /// No or too many thinned networks.
    MemberCount(u32),
    /// No dropout layer, or one that is not followed by a dense layer.
    NothingToThin,
}

impl fmt::Display for StudyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recipe(error) => error.fmt(formatter),
            Self::Weights(error) => write!(
                formatter,
                "The bundled weights cannot be used: {error}. Reload the page."
            ),
            Self::ParameterCount { expected, found } => write!(
                formatter,
                "The network has {expected} parameters, but {found} were given. Train it again."
            ),
            Self::ImageCount(images) => write!(
                formatter,
                "{images} test images were asked for; there are {}.",
                Part::Test.range().len()
            ),
            Self::NoSuchMap(map) => write!(
                formatter,
                "Feature map {} cannot be silenced: the network's first layer has none of that number.",
                map + 1
            ),
            Self::NotFinite => write!(
                formatter,
                "A rotation, shift or noise is not a finite number. Choose another one."
            ),
            Self::MemberCount(members) => write!(
                formatter,
                "{members} thinned networks were asked for; from 1 to {} can be averaged.",
                ensemble::MOST_MEMBERS
            ),
            Self::NothingToThin => write!(
                formatter,
                "This network has no dropout in front of a dense layer, so it has no thinned networks. Train one with dropout."
            ),
        }
    }
}

impl std::error::Error for StudyError {}

impl Study {
    /// The network that is studied, without any condition.
    ///
    /// # Errors
    /// The first thing that makes the study impossible.
    pub fn check(&self) -> Result<Network, StudyError> {
        if self.images == 0 || self.images as usize > Part::Test.range().len() {
            return Err(StudyError::ImageCount(self.images));
        }
        let network = self.network.build()?;
        let maps = self.network.maps();
        for Condition {
            silent_maps,
            change,
        } in &self.conditions
        {
            if let Some(map) = silent_maps.iter().find(|&&map| map >= maps) {
                return Err(StudyError::NoSuchMap(*map));
            }
            let [x, y] = change.shift;
            if ![change.rotation, x, y, change.noise]
                .iter()
                .all(|number| number.is_finite())
            {
                return Err(StudyError::NotFinite);
            }
        }
        Ok(network)
    }
}

impl StudiedNetwork {
    fn build(&self) -> Result<Network, StudyError> {
        match self {
            Self::Sheet(bytes) => trained_sheet_network(bytes).map_err(StudyError::Weights),
            Self::Parameters { recipe, parameters } => {
                let valid = (**recipe).clone().validate().map_err(StudyError::Recipe)?;
                let mut network = valid.network();
                let (expected, found) = (network.parameter_count(), parameters.len());
                if expected != found {
                    return Err(StudyError::ParameterCount { expected, found });
                }
                network.set_parameters(parameters);
                Ok(network)
            }
        }
    }

    /// How the network reads bytes as pixels.
    pub fn pixels(&self) -> PixelScale {
        match self {
            Self::Parameters { recipe, .. } => recipe.pixels.into(),
            Self::Sheet(_) => PixelScale::default(),
        }
    }

    /// Feature maps of the first layer; 0 where it is not a convolution.
    fn maps(&self) -> u32 {
        match self {
            Self::Sheet(_) => 20,
            Self::Parameters { recipe, .. } => match recipe.layers.first() {
                Some(LayerRecipe::Convolution { maps, .. }) => *maps,
                _ => 0,
            },
        }
    }
}

impl Condition {
    /// `network` with the maps of this condition silenced.
    ///
    /// # Panics
    /// If there are such maps and the first layer is not a convolution that has them.
    pub fn silence(&self, network: &Network) -> Network {
        let mut silenced = network.clone();
        if self.silent_maps.is_empty() {
            return silenced;
        }
        let Layer::Convolution(first) = &network.layers()[0] else {
            panic!("only feature maps can be silenced");
        };
        let (weights, maps) = (first.weights().len(), first.maps());
        let mut parameters = network.parameters();
        for &map in &self.silent_maps {
            let (map, kernel) = (map as usize, weights / maps);
            parameters[map * kernel..(map + 1) * kernel].fill(0.0);
            parameters[weights + map] = 0.0;
        }
        silenced.set_parameters(&parameters);
        silenced
    }
}

impl Change {
    /// Changes all images of `set`; `seed` decides the noise.
    pub fn apply(&self, set: &mut Dataset, seed: u64) {
        let (rows, columns) = (set.rows, set.columns);
        if self.rotation != 0.0 || self.shift != [0.0, 0.0] {
            let warp = Affine::new(self.rotation, self.shift, 1.0, 0.0);
            let mut source = vec![0.0; rows * columns];
            for mut image in set.images.rows_mut() {
                let image = image.as_slice_mut().expect("images are row-major");
                source.copy_from_slice(image);
                warp.apply(&source, rows, columns, image);
            }
        }
        if self.noise > 0.0 {
            let mut rng = Rng::seed_from_u64(seed);
            set.images.mapv_inplace(|pixel| {
                let noise: f32 = rng.sample(StandardNormal);
                (pixel + self.noise * noise).clamp(0.0, 1.0)
            });
        }
        if self.inverted {
            set.images.mapv_inplace(|pixel| 1.0 - pixel);
        }
    }
}
