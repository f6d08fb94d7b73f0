//! What one forward pass leaves behind: the output of every layer, or what is needed of it.

use super::dense::matrix;
use super::layer::{Layer, Scratch, grow};
use super::network::Network;
use ndarray::ArrayView2;

/// Which layers' outputs a [`Trace`] keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kept {
    /// All of them: to be looked at.
    #[default]
    EveryLayer,
    /// Those that the backward pass reads, and the answer: what a convolution gives is only read by the activation behind it, and
    /// a max-pool remembers where its maxima stood.
    ToLearn,
    /// The last layer's, the network's answer. What the layers before it give is overwritten while it is still in the cache:
    /// a batch of 256 through the homework sheet's network would write 30 MB otherwise.
    LastLayer,
}

/// Layers' outputs for the latest batch, see [`Kept`], and the memory that forward and backward passes work in.
///
/// Belongs to one network. Memory is taken the first time that a batch size is seen; after that, batches of this
/// size or smaller allocate nothing.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    pub(crate) batch: usize,
    /// Features of one example at the input.
    pub(crate) input_features: usize,
    pub(crate) input: Vec<f32>,
    pub(crate) layers: Vec<LayerTrace>,
    /// Gradients of the loss with respect to a layer's output and its input, in turns.
    pub(crate) gradients: [Vec<f32>; 2],
    pub(crate) kept: Kept,
}

/// One layer's part of a trace.
#[derive(Clone, Debug, Default)]
pub(crate) struct LayerTrace {
    /// Features of one example in this layer's output.
    pub features: usize,
    /// The layer gives what it reads (flatten): its output is stored where the layer before it has it.
    pub passes_on: bool,
    /// The output is overwritten by that of the next few examples: nobody reads it after the forward pass.
    pub overwritten: bool,
    pub output: Vec<f32>,
    pub scratch: Scratch,
}

impl Trace {
    /// An empty trace for `network`.
    pub fn new(network: &Network) -> Self {
        let layers = network.layers().iter().zip(network.shapes().skip(1));
        let layers = layers.map(|(layer, shape)| LayerTrace {
            features: shape.size(),
            passes_on: matches!(layer, Layer::Flatten(_)),
            ..LayerTrace::default()
        });
        Self {
            input_features: network.input_shape().size(),
            layers: layers.collect(),
            ..Self::default()
        }
    }

    /// An empty trace for `network` that keeps its answers only, see [`Kept::LastLayer`].
    pub fn of_answers(network: &Network) -> Self {
        Self {
            kept: Kept::LastLayer,
            ..Self::new(network)
        }
    }

    /// An empty trace for `network` that keeps what is needed to learn, see [`Kept::ToLearn`].
    pub fn to_learn(network: &Network) -> Self {
        Self {
            kept: Kept::ToLearn,
            ..Self::new(network)
        }
    }

    /// What the next forward passes leave behind; every layer's output if nobody says otherwise. What the latest one left is
    /// forgotten if it left something else.
    pub fn keep(&mut self, kept: Kept) {
        if self.kept != kept {
            self.batch = 0;
        }
        self.kept = kept;
    }

    /// Number of examples of the latest forward pass.
    pub fn batch(&self) -> usize {
        self.batch
    }

    /// The images of the latest forward pass, (example, feature).
    pub fn input(&self) -> ArrayView2<'_, f32> {
        matrix(
            &self.input[..self.batch * self.input_features],
            self.batch,
            self.input_features,
        )
    }

    /// Room for the images of a batch of `batch` examples, (example, feature), to be written before
    /// [`Network::propagate`].
    pub fn input_mut(&mut self, batch: usize) -> &mut [f32] {
        self.batch = batch;
        grow(&mut self.input, batch * self.input_features);
        &mut self.input[..batch * self.input_features]
    }

    /// Output of layer `index` in the latest forward pass, (example, feature); 0 is the first layer.
    ///
    /// # Panics
    /// If this layer's output was not kept.
    pub fn output(&self, index: usize) -> ArrayView2<'_, f32> {
        self.assert_kept(index);
        let features = self.layers[index].features;
        let output = last_output(&self.input, &self.layers[..=index]);
        matrix(&output[..self.batch * features], self.batch, features)
    }

    /// The factor by which dropout layer `index` multiplied each feature in the latest forward pass,
    /// (example, feature): 0 or 1 / (1 - p) while learning, 1 while predicting. Nothing for other layers.
    pub fn mask(&self, index: usize) -> Option<ArrayView2<'_, f32>> {
        let layer = &self.layers[index];
        let length = self.batch * layer.features;
        (layer.scratch.mask.len() >= length && length > 0)
            .then(|| matrix(&layer.scratch.mask[..length], self.batch, layer.features))
    }

    /// For max-pooling layer `index`, where each output cell's maximum stood in the latest forward pass: its cell
    /// (row * columns + column) within its map of the layer's input. Shape (example, feature) of the layer's output,
    /// row-major. Empty for other layers, and for answers alone.
    ///
    /// # Panics
    /// If this layer's output was not kept.
    pub fn winners(&self, index: usize) -> &[u32] {
        self.assert_kept(index);
        let layer = &self.layers[index];
        let remembered = self.kept != Kept::LastLayer && !layer.scratch.winners.is_empty();
        let length = if remembered {
            self.batch * layer.features
        } else {
            0
        };
        &layer.scratch.winners[..length]
    }

    fn assert_kept(&self, index: usize) {
        assert!(
            self.kept == Kept::EveryLayer || index + 1 == self.layers.len(),
            "{:?} does not keep the output of layer {index} for readers",
            self.kept
        );
    }
}

/// The output of the last of `layers`, the first ones of a network: the latest that was stored, or the images.
pub(crate) fn last_output<'a>(images: &'a [f32], layers: &'a [LayerTrace]) -> &'a [f32] {
    let stored = layers.iter().rev().find(|layer| !layer.passes_on);
    stored.map_or(images, |layer| &layer.output)
}
