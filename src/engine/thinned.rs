//! Thinned networks: what is left of a network when dropout silences some of its features, the same ones for every image.
//!
//! Under one mask m (a factor 0 or 1 / (1 - p) for each feature) the layer behind a dropout layer gives W (m * x) + b =
//! (W m) x + b, where m scales the columns of W. So a thinned network is a network of its own, without chance.

use super::dense::Dense;
use super::dropout::Dropout;
use super::layer::{Layer, Mode};
use super::loss::Loss;
use super::metrics::prediction;
use super::network::Network;
use super::random::Rng;
use super::trace::Trace;
use ndarray::{ArrayView2, Axis};

/// A network cut before its first dropout layer: what all its thinned networks share, and where they differ.
#[derive(Clone, Debug)]
pub struct Thinning {
    shared: Option<Network>,
    rest: Network,
}

impl Thinning {
    /// Cuts `network`. None if there is nothing to thin, or not by scaling weights: without a dropout layer, or where one is
    /// not followed by a dense layer (flattening may stand between).
    pub fn new(network: &Network) -> Option<Self> {
        let layers = network.layers();
        let is_dropout = |layer: &Layer| matches!(layer, Layer::Dropout(_));
        let first = layers.iter().position(is_dropout)?;
        for (index, _) in layers
            .iter()
            .enumerate()
            .filter(|(_, layer)| is_dropout(layer))
        {
            let mut behind = layers[index + 1..].iter();
            let next = behind.find(|layer| !matches!(layer, Layer::Flatten(_)));
            matches!(next, Some(Layer::Dense(_))).then_some(())?;
        }
        let shared =
            (first > 0).then(|| Network::new(network.input_shape(), layers[..first].to_vec()));
        let shape = shared
            .as_ref()
            .map_or(network.input_shape(), Network::output_shape);
        Some(Self {
            shared,
            rest: Network::new(shape, layers[first..].to_vec()),
        })
    }

    /// The layers before the first dropout layer; none if it comes first.
    pub fn shared(&self) -> Option<&Network> {
        self.shared.as_ref()
    }

    /// The layers from the first dropout layer on: while predicting, the one network with the weights that dropout left as
    /// they are, because training scaled what spoke.
    pub fn rest(&self) -> &Network {
        &self.rest
    }

    /// [`Thinning::rest`] under one mask, drawn as training draws it: no dropout layer is left.
    pub fn thinned(&self, rng: &mut Rng) -> Network {
        let mut layers = Vec::with_capacity(self.rest.layers().len());
        let mut mask: Option<Vec<f32>> = None;
        for (index, layer) in self.rest.layers().iter().enumerate() {
            match (layer, mask.take()) {
                (Layer::Dropout(dropout), waiting) => {
                    let mut drawn = factors(dropout, self.rest.layer_shape(index).size(), rng);
                    for (factor, other) in drawn.iter_mut().zip(waiting.unwrap_or_default()) {
                        *factor *= other;
                    }
                    mask = Some(drawn);
                }
                (Layer::Dense(dense), Some(factors)) => {
                    let mut weights = dense.weights().to_owned();
                    for (mut column, factor) in weights.axis_iter_mut(Axis(1)).zip(factors) {
                        column *= factor;
                    }
                    layers.push(Layer::Dense(Dense::new(weights, dense.biases().to_owned())));
                }
                (other, waiting) => {
                    mask = waiting;
                    layers.push(other.clone());
                }
            }
        }
        Network::new(self.rest.input_shape(), layers)
    }
}

fn factors(dropout: &Dropout, features: usize, rng: &mut Rng) -> Vec<f32> {
    let mut mask = vec![1.0; features];
    dropout.draw(rng, &mut mask);
    mask
}

/// `network` with the weights that read the output of a dropout layer multiplied by `factor`, which is given that layer's p.
///
/// The two conventions of dropout: what inverted dropout learns as W, dropout without scaling learns as W / (1 - p) and multiplies
/// by (1 - p) for predicting (Srivastava et al. 2014).
///
/// # Panics
/// If a dropout layer is not followed by a dense layer.
pub fn scaled_behind_dropout(network: &Network, factor: impl Fn(f32) -> f32) -> Network {
    let mut waiting = None;
    let layers = network.layers().iter().map(|layer| match layer {
        Layer::Dropout(dropout) => {
            waiting = Some(dropout.probability());
            layer.clone()
        }
        Layer::Flatten(_) => layer.clone(),
        Layer::Dense(dense) => match waiting.take() {
            Some(probability) => {
                let weights = &dense.weights() * factor(probability);
                Layer::Dense(Dense::new(weights, dense.biases().to_owned()))
            }
            None => layer.clone(),
        },
        other => {
            assert!(waiting.is_none(), "{other} reads dropout");
            other.clone()
        }
    });
    let layers = layers.collect();
    Network::new(network.input_shape(), layers)
}

/// Whether the two conventions of dropout predict the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conventions {
    /// Images that were asked about.
    pub images: usize,
    /// Images for which both predict the same class.
    pub agreeing: usize,
    /// Largest difference between two probabilities of the same class.
    pub largest_difference: f32,
}

impl Conventions {
    /// Compares `network`, trained with inverted dropout, with the one that dropout without scaling would have trained,
    /// W / (1 - p), and whose weights are multiplied by 1 - p for predicting.
    ///
    /// # Shapes
    /// images (example, feature).
    pub fn new(network: &Network, images: ArrayView2<f32>) -> Self {
        let unscaled = scaled_behind_dropout(network, |p| 1.0 / (1.0 - p));
        let for_predicting = scaled_behind_dropout(&unscaled, |p| 1.0 - p);
        let outputs = |network: &Network| {
            let mut trace = Trace::of_answers(network);
            network.forward(images, Mode::Predicting, &mut trace);
            trace.output(network.layers().len() - 1).to_owned()
        };
        let (one, other) = (outputs(network), outputs(&for_predicting));
        let mut conventions = Self {
            images: images.nrows(),
            agreeing: 0,
            largest_difference: 0.0,
        };
        let classes = network.output_shape().size();
        let (mut p, mut q) = (vec![0.0; classes], vec![0.0; classes]);
        for (one, other) in one.rows().into_iter().zip(other.rows()) {
            let one = one.to_slice().expect("outputs are row-major");
            let other = other.to_slice().expect("outputs are row-major");
            conventions.agreeing += usize::from(prediction(one) == prediction(other));
            Loss::CrossEntropy.probabilities(one, &mut p);
            Loss::CrossEntropy.probabilities(other, &mut q);
            for (p, q) in p.iter().zip(&q) {
                let difference = (p - q).abs();
                conventions.largest_difference = conventions.largest_difference.max(difference);
            }
        }
        conventions
    }
}
