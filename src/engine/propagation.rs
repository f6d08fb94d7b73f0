//! A network's two passes: forward, from images to outputs, and backward, from the loss's gradient to each parameter's.

use super::activation::Activation;
use super::dense::matrix;
use super::layer::{Extent, Layer, Mode, grow};
use super::network::Network;
use super::parameters::Gradients;
use super::pool::{Pool, PoolKind};
use super::trace::{Kept, LayerTrace, Trace, last_output};
use ndarray::ArrayView2;
use std::ops::Range;

/// Features of all layers of a run that examples leave behind before the next ones follow, 256 kB: a quarter to a half of a
/// second-level cache.
const CACHED_FEATURES: usize = 64 * 1024;

impl Network {
    /// Sends `images` through the network and leaves what the trace keeps in `trace`: every layer's output, if nobody said
    /// otherwise.
    ///
    /// # Shapes
    /// images (example, feature).
    pub fn forward(&self, images: ArrayView2<f32>, mode: Mode, trace: &mut Trace) {
        assert_eq!(
            images.ncols(),
            self.input_shape().size(),
            "the network reads images of {}",
            self.input_shape()
        );
        let input = trace.input_mut(images.nrows());
        for (row, image) in input.chunks_exact_mut(images.ncols()).zip(images.rows()) {
            match image.to_slice() {
                Some(image) => row.copy_from_slice(image),
                None => row
                    .iter_mut()
                    .zip(image)
                    .for_each(|(value, &pixel)| *value = pixel),
            }
        }
        self.propagate(mode, trace);
    }

    /// [`Network::forward`] for images that were written to [`Trace::input_mut`] before.
    pub fn propagate(&self, mut mode: Mode, trace: &mut Trace) {
        assert_eq!(
            trace.layers.len(),
            self.layers().len(),
            "the trace belongs to another network"
        );
        let Trace {
            batch,
            input: images,
            layers,
            kept,
            ..
        } = trace;
        let batch = *batch;
        let mut start = 0;
        while start < self.layers().len() {
            let run = start..self.end_of_run(start);
            let at_once = self.examples_at_once(run.clone(), batch);
            // What leaves the run is kept in any case.
            let last = run.clone().rev().find(|&index| !layers[index].passes_on);
            for index in run.clone() {
                let kept = match kept {
                    Kept::EveryLayer => true,
                    Kept::ToLearn => self.is_read_backwards(index),
                    Kept::LastLayer => false,
                };
                let layer = &mut layers[index];
                layer.overwritten = !kept && Some(index) != last;
                let examples = if layer.overwritten { at_once } else { batch };
                if !layer.passes_on {
                    grow(&mut layer.output, examples * self.layer_shape(index).size());
                }
            }
            for first in (0..batch).step_by(at_once) {
                // Where the examples that the next layer reads stand.
                let mut read = first;
                for index in run.clone() {
                    let waits =
                        |index: usize| layers[index].overwritten && self.can_wait_for_pool(index);
                    if layers[index].passes_on || waits(index) {
                        continue;
                    }
                    let waited = index > run.start && waits(index - 1);
                    let extent = Extent {
                        first,
                        traced: if layers[index].overwritten { 0 } else { first },
                        batch: at_once.min(batch - first),
                        learns: *kept != Kept::LastLayer,
                        ..self.extent(index, batch)
                    };
                    let (before, rest) = layers.split_at_mut(index);
                    let before = &before[..index - usize::from(waited)];
                    let input = &last_output(images, before)[read * extent.input.size()..];
                    let input = &input[..extent.batch * extent.input.size()];
                    let LayerTrace {
                        output, scratch, ..
                    } = &mut rest[0];
                    let output = &mut output[extent.traced * extent.output.size()..];
                    let output = &mut output[..extent.batch * extent.output.size()];
                    self.layers()[index].forward(extent, input, output, scratch, &mut mode);
                    if waited {
                        for value in output {
                            *value = Activation::Relu.value(*value);
                        }
                    }
                    read = extent.traced;
                }
            }
            start = run.end;
        }
    }

    /// Gradient of a loss with respect to every parameter, from its gradient with respect to the output of the
    /// latest forward pass in `trace`. Overwrites `gradients`.
    ///
    /// # Shapes
    /// output_gradient (example, feature of the last layer).
    pub fn backward(
        &self,
        trace: &mut Trace,
        output_gradient: ArrayView2<f32>,
        gradients: &mut Gradients,
    ) {
        // Below the first layer with parameters nobody reads a gradient.
        let lowest = self
            .layers()
            .iter()
            .position(|layer| layer.parameters().is_some())
            .unwrap_or(self.layers().len());
        self.descend(lowest, false, trace, output_gradient, gradients);
    }

    /// [`Network::backward`], and the gradient with respect to the images, (example, feature).
    pub fn backward_to_input<'trace>(
        &self,
        trace: &'trace mut Trace,
        output_gradient: ArrayView2<f32>,
        gradients: &mut Gradients,
    ) -> ArrayView2<'trace, f32> {
        let buffer = self.descend(0, true, trace, output_gradient, gradients);
        let features = self.input_shape().size();
        matrix(
            &trace.gradients[buffer][..trace.batch * features],
            trace.batch,
            features,
        )
    }

    /// Walks from the last layer down to layer `lowest`. With `to_input`, the gradient with respect to the input of
    /// layer `lowest` is computed too. Says in which of the trace's gradient buffers it stands afterwards.
    fn descend(
        &self,
        lowest: usize,
        to_input: bool,
        trace: &mut Trace,
        output_gradient: ArrayView2<f32>,
        gradients: &mut Gradients,
    ) -> usize {
        assert_ne!(
            trace.kept,
            Kept::LastLayer,
            "a network learns from what its layers gave"
        );
        let Trace {
            batch,
            input: images,
            layers,
            gradients: [first, second],
            ..
        } = trace;
        // In turn, beginning with the same one each time: no buffer becomes larger than in the first pass.
        let (mut current, mut next, mut turns) = (first, second, 0);
        let batch = *batch;
        let classes = self.output_shape().size();
        assert_eq!(
            output_gradient.dim(),
            (batch, classes),
            "one number for each output of the latest forward pass"
        );
        assert_eq!(
            gradients.layers.len(),
            self.layers().len(),
            "the gradients belong to another network"
        );
        grow(current, batch * classes);
        for (value, &gradient) in current.iter_mut().zip(output_gradient) {
            *value = gradient;
        }
        let mut index = self.layers().len();
        while index > lowest {
            index -= 1;
            if layers[index].passes_on {
                continue;
            }
            if let Some(pooled) = self.pooled_convolution(index, lowest) {
                let wanted = pooled.index > lowest || to_input;
                let gradient = &mut gradients.layers[pooled.index];
                let extent = self.extent(pooled.index, batch);
                pooled.backward(extent, images, layers, current, next, wanted, gradient);
                (current, next, turns) = (next, current, turns + 1);
                index = pooled.index;
                continue;
            }
            let extent = self.extent(index, batch);
            let (input_length, output_length) =
                (batch * extent.input.size(), batch * extent.output.size());
            if let Layer::Activation(activation) = &self.layers()[index] {
                let output = &layers[index].output[..output_length];
                activation.backward(output, &mut current[..output_length]);
                continue;
            }
            let (before, rest) = layers.split_at_mut(index);
            let input = last_output(images, before);
            let wanted = index > lowest || to_input;
            if wanted {
                grow(next, input_length);
            }
            self.layers()[index].backward(
                extent,
                // What a pool reads may not be there any more.
                &input[..input_length.min(input.len())],
                &current[..output_length],
                wanted.then(|| &mut next[..input_length]),
                &mut rest[0].scratch,
                &mut gradients.layers[index],
            );
            (current, next, turns) = (next, current, turns + 1);
        }
        turns % 2
    }

    /// Whether the backward pass reads what layer `index` gives.
    fn is_read_backwards(&self, index: usize) -> bool {
        let in_pooled_convolution = (index..self.layers().len().min(index + 3)).any(|pool| {
            let pooled = self.pooled_convolution(pool, 0);
            pooled.is_some_and(|pooled| pooled.index <= index && index < pool)
        });
        let layers = &self.layers()[index..];
        match layers {
            [
                Layer::Convolution(_) | Layer::LocallyConnected(_),
                Layer::Activation(_) | Layer::Pool(_),
                ..,
            ] => false,
            _ => !in_pooled_convolution,
        }
    }

    fn extent(&self, index: usize, batch: usize) -> Extent {
        Extent {
            input: self.shape_before(index),
            output: self.layer_shape(index),
            batch,
            first: 0,
            traced: 0,
            learns: true,
        }
    }

    /// Whether layer `index` is a ReLU under a max-pool, with nobody to see what it gives: the maximum of a window is the same
    /// before and after it, so that only maxima need to pass. Where no number of a window is above 0 another one wins, but
    /// its gradient is 0.
    fn can_wait_for_pool(&self, index: usize) -> bool {
        let max = |pool: &Pool| pool.kind() == PoolKind::Max;
        matches!(&self.layers()[index..], [Layer::Activation(Activation::Relu), Layer::Pool(pool), ..] if max(pool))
    }

    /// The end of the run of layers from `index` on that keep an image's places, one layer at least: within it a few examples
    /// go through all layers before the next, so that what one layer writes the other finds in the cache.
    fn end_of_run(&self, index: usize) -> usize {
        let keeps_places = |layer: &Layer| match layer {
            Layer::Convolution(_) | Layer::LocallyConnected(_) | Layer::Pool(_) => true,
            Layer::Activation(_) | Layer::Flatten(_) => true,
            // A dense layer is faster for many examples at once; dropout draws its masks layer by layer.
            Layer::Dense(_) | Layer::Dropout(_) => false,
        };
        let run = self.layers()[index..]
            .iter()
            .take_while(|layer| keeps_places(layer));
        index + run.count().max(1)
    }

    /// How many examples go at once through the layers `run`.
    fn examples_at_once(&self, run: Range<usize>, batch: usize) -> usize {
        if run.len() == 1 {
            return batch.max(1);
        }
        let features: usize = run.map(|index| self.layer_shape(index).size()).sum();
        (CACHED_FEATURES / features).max(1)
    }
}
