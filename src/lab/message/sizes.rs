//! Observations that are sums: how large a network's weights are, and what the units of a layer do together.

use serde::{Deserialize, Serialize};

/// Images that [`Together`] is measured on.
pub const TOGETHER_IMAGES: usize = 1000;
/// Units of which [`Together::corner`] holds the correlations.
pub const TOGETHER_CORNER: usize = 40;
/// Number of bins of r from -1 to 1 in [`Together::correlations`]; 0 is an edge.
pub const CORRELATION_BINS: usize = 40;
/// Units' mean activations in [`Together::means`] reach from 0 to this.
pub const MEAN_ACTIVATION_REACH: f32 = 3.0;
/// Number of bins in [`Together::means`].
pub const MEAN_ACTIVATION_BINS: usize = 30;

/// What the units of one layer do together: see [`Coadaptation`](crate::engine::coadaptation::Coadaptation). Dropout is off, except
/// where said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Together {
    /// Number of units.
    pub units: u32,
    /// Units that say the same for every image: they have no correlation.
    pub still: u32,
    /// Share of (image, unit) pairs whose activation is 0.
    pub zeros: f64,
    /// Mean activation over units and images.
    pub mean: f64,
    /// Mean of |r| over all pairs of units.
    pub mean_absolute: f64,
    /// Number of pairs with r in each of [`CORRELATION_BINS`] equal bins.
    pub correlations: Vec<u32>,
    /// Number of units whose mean activation lies in each of [`MEAN_ACTIVATION_BINS`] equal bins; the last one takes what is above.
    pub means: Vec<u32>,
    /// r among the first [`TOGETHER_CORNER`] units or fewer, (unit, unit) row-major; not a number where a unit stands still.
    pub corner: Vec<f32>,
    /// Share of wrong predictions.
    pub error: f64,
    /// Share of wrong predictions with a random half of these units silenced for each image, the others doubled.
    pub halved_error: f64,
}

impl Together {
    /// Share of (image, unit) pairs that speak while the network learns: those that ReLU lets through and dropout with probability `p`
    /// does not silence, (1 - zeros)(1 - p).
    pub fn speaking(&self, p: f64) -> f64 {
        (1.0 - self.zeros) * (1.0 - p)
    }
}

/// Below this |w| a weight counts as small in [`Weights`].
pub const SMALL_WEIGHT: f32 = 0.001;
/// Weights in [`Weights::counts`] reach from minus this to this.
pub const WEIGHT_REACH: f32 = 0.25;
/// Number of bins in [`Weights::counts`]; odd, so that the middle one is around 0.
pub const WEIGHT_BINS: usize = 51;

/// How large the weights are: see [`WeightSizes`](crate::engine::weight_sizes::WeightSizes).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    /// Number of weights.
    pub count: u64,
    /// sum w^2
    pub squares: f64,
    /// sum |w|
    pub absolutes: f64,
    /// Largest norm of the weights into one unit.
    pub longest: f64,
    /// Number of weights with |w| < [`SMALL_WEIGHT`].
    pub small: u64,
    /// Number of weights in each of [`WEIGHT_BINS`] equal bins.
    pub counts: Vec<u32>,
    /// Number of weights outside of the bins.
    pub outside: u32,
    /// What the penalties of the recipe add to the loss: l2 / 2 sum w^2 + l1 sum |w|.
    pub penalty: f64,
}
