//! One step of a network: the closed list of layers and what each of them can do.

use super::activation::Activation;
use super::convolution::Convolution;
use super::dense::Dense;
use super::dropout::Dropout;
use super::flatten::Flatten;
use super::locally_connected::LocallyConnected;
use super::parameters::Parameters;
use super::pool::Pool;
use super::products::correlation::Correlation;
use super::products::packing::Packing;
use super::products::transposed::Transposed;
use super::products::turned::Turned;
use super::products::windows::Windows;
use super::random::Rng;
use super::shape::Shape;
use std::fmt;

/// Whether a network is learning or only asked.
///
/// A network that predicts cannot be random: there is no generator to draw from.
#[derive(Debug)]
pub enum Mode<'a> {
    /// Dropout draws its masks from this generator.
    Learning(&'a mut Rng),
    /// Dropout passes everything on; the answer is a function of parameters and images alone.
    Predicting,
}

/// One layer of a [`Network`](super::network::Network).
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each variant is documented at its type")]
pub enum Layer {
    Dense(Dense),
    Convolution(Convolution),
    LocallyConnected(LocallyConnected),
    Pool(Pool),
    Flatten(Flatten),
    Activation(Activation),
    Dropout(Dropout),
}

/// Shapes of one layer at work: what an example looks like before and after it, and how many examples there are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    pub input: Shape,
    pub output: Shape,
    pub batch: usize,
    /// Where in the batch the first of these examples stands.
    pub first: usize,
    /// Where in the trace it stands: there too, or at the beginning, in the place of those before.
    pub traced: usize,
    /// Whether somebody reads what the backward pass needs: where a max-pool's maxima stood.
    pub learns: bool,
}

/// What a layer writes down in the forward pass to find again in the backward pass, and its working memory.
/// Grown on first use for a batch size, then reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    /// Dropout: the factor of each feature, 0 or 1 / (1 - p); shape (example, feature).
    pub mask: Vec<f32>,
    /// Max-pooling: where in the example's input the maximum of each output cell stands; shape (example, feature).
    pub winners: Vec<u32>,
    /// Locally connected: patches of one example, shape (kernel weight, output cell).
    pub patches: Vec<f32>,
    /// Dense: factors of matrix products.
    pub packing: Packing,
    /// Convolution: a few examples' images and the kernels, as products read them.
    pub correlation: Correlation,
    /// Convolution: the gradient with respect to a few examples' maps and the kernels, as the two ways back read them.
    pub turned: Turned,
    pub transposed: Transposed,
    /// Convolution under a max-pool: one example's image, and the gradient with respect to its maps.
    pub image: Windows,
    pub maps_gradient: Vec<f32>,
}

/// Makes `buffer` at least `length` long. Allocates only the first time that a length is needed.
pub(crate) fn grow<T: Clone + Default>(buffer: &mut Vec<T>, length: usize) {
    if buffer.len() < length {
        buffer.resize(length, T::default());
    }
}

impl Layer {
    /// The shape of this layer's output for an input of shape `input`.
    ///
    /// # Panics
    /// If the layer cannot take `input`.
    pub fn output_shape(&self, input: Shape) -> Shape {
        match self {
            Layer::Dense(layer) => layer.output_shape(input),
            Layer::Convolution(layer) => layer.output_shape(input),
            Layer::LocallyConnected(layer) => layer.output_shape(input),
            Layer::Pool(layer) => layer.output_shape(input),
            Layer::Flatten(_) => Shape::flat(input.size()),
            Layer::Activation(_) | Layer::Dropout(_) => input,
        }
    }

    /// What this layer learns, if it learns anything.
    pub fn parameters(&self) -> Option<&Parameters> {
        match self {
            Layer::Dense(layer) => Some(layer.parameters()),
            Layer::Convolution(layer) => Some(layer.parameters()),
            Layer::LocallyConnected(layer) => Some(layer.parameters()),
            Layer::Pool(_) | Layer::Flatten(_) | Layer::Activation(_) | Layer::Dropout(_) => None,
        }
    }

    /// What this layer learns, to be changed in place.
    pub fn parameters_mut(&mut self) -> Option<&mut Parameters> {
        match self {
            Layer::Dense(layer) => Some(layer.parameters_mut()),
            Layer::Convolution(layer) => Some(layer.parameters_mut()),
            Layer::LocallyConnected(layer) => Some(layer.parameters_mut()),
            Layer::Pool(_) | Layer::Flatten(_) | Layer::Activation(_) | Layer::Dropout(_) => None,
        }
    }

    /// Shrinks the incoming weight vector of every unit whose Euclidean norm is above `bound` to that norm.
    pub(crate) fn bound_norms(&mut self, bound: f32) {
        match self {
            Layer::Dense(layer) => layer.bound_norms(bound),
            Layer::Convolution(layer) => layer.bound_norms(bound),
            Layer::LocallyConnected(layer) => layer.bound_norms(bound),
            Layer::Pool(_) | Layer::Flatten(_) | Layer::Activation(_) | Layer::Dropout(_) => {}
        }
    }

    /// Output for a batch. `input` and `output` are row-major matrices (example, feature). Not for a layer that passes on what
    /// it reads, see [`LayerTrace`](super::trace::LayerTrace).
    pub(crate) fn forward(
        &self,
        extent: Extent,
        input: &[f32],
        output: &mut [f32],
        scratch: &mut Scratch,
        mode: &mut Mode,
    ) {
        debug_assert_eq!(input.len(), extent.batch * extent.input.size());
        debug_assert_eq!(output.len(), extent.batch * extent.output.size());
        match self {
            Layer::Dense(layer) => layer.forward(extent, input, output),
            Layer::Convolution(layer) => layer.forward(extent, input, output, scratch),
            Layer::LocallyConnected(layer) => layer.forward(extent, input, output, scratch),
            Layer::Pool(layer) => layer.forward(extent, input, output, scratch),
            Layer::Flatten(_) => unreachable!("what flatten gives is what it reads"),
            Layer::Activation(layer) => layer.forward(input, output),
            Layer::Dropout(layer) => layer.forward(input, output, scratch, mode),
        }
    }

    /// Gradient with respect to the parameters (overwrites `gradient`) and, if asked for, to the input. Not for an activation,
    /// whose gradient takes the place of that with respect to its output, see [`Activation::backward`].
    pub(crate) fn backward(
        &self,
        extent: Extent,
        input: &[f32],
        output_gradient: &[f32],
        input_gradient: Option<&mut [f32]>,
        scratch: &mut Scratch,
        gradient: &mut Parameters,
    ) {
        debug_assert_eq!(output_gradient.len(), extent.batch * extent.output.size());
        match self {
            Layer::Dense(layer) => layer.backward(
                extent,
                input,
                output_gradient,
                input_gradient,
                scratch,
                gradient,
            ),
            Layer::Convolution(layer) => {
                layer.backward(
                    extent,
                    input,
                    output_gradient,
                    input_gradient,
                    scratch,
                    gradient,
                );
            }
            Layer::LocallyConnected(layer) => {
                layer.backward(
                    extent,
                    input,
                    output_gradient,
                    input_gradient,
                    scratch,
                    gradient,
                );
            }
            Layer::Pool(layer) => {
                if let Some(input_gradient) = input_gradient {
                    layer.backward(extent, output_gradient, input_gradient, scratch);
                }
            }
            Layer::Flatten(_) | Layer::Activation(_) => {
                unreachable!("flatten passes on, an activation works in place")
            }
            Layer::Dropout(_) => {
                if let Some(input_gradient) = input_gradient {
                    Dropout::backward(output_gradient, input_gradient, scratch);
                }
            }
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Layer::Dense(layer) => layer.fmt(formatter),
            Layer::Convolution(layer) => layer.fmt(formatter),
            Layer::LocallyConnected(layer) => layer.fmt(formatter),
            Layer::Pool(layer) => layer.fmt(formatter),
            Layer::Flatten(layer) => layer.fmt(formatter),
            Layer::Activation(layer) => layer.fmt(formatter),
            Layer::Dropout(layer) => layer.fmt(formatter),
        }
    }
}

/// Shrinks the vector that `weights` yields to Euclidean norm `bound` if it is longer.
pub(crate) fn bound_norm<'a>(weights: impl Iterator<Item = &'a mut f32>, squares: f64, bound: f32) {
    let norm = squares.sqrt();
    if norm > f64::from(bound) {
        let factor = (f64::from(bound) / norm) as f32;
        for weight in weights {
            *weight *= factor;
        }
    }
}

/// Sum of squares in f64.
pub(crate) fn squares<'a>(weights: impl Iterator<Item = &'a f32>) -> f64 {
    weights
        .map(|&weight| f64::from(weight) * f64::from(weight))
        .sum()
}
