//! A network's two passes: forward, from images to outputs, and backward, from the loss's gradient to each parameter's.

use super::dense::matrix;
use super::layer::{Extent, Mode, grow};
use super::network::Network;
use super::parameters::Gradients;
use super::trace::{LayerTrace, Trace};
use ndarray::ArrayView2;

impl Network {
    /// Sends `images` through the network and leaves every layer's output in `trace`.
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
            for (value, &pixel) in row.iter_mut().zip(image) {
                *value = pixel;
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
        let batch = trace.batch;
        for (index, layer) in self.layers().iter().enumerate() {
            let extent = self.extent(index, batch);
            let (before, rest) = trace.layers.split_at_mut(index);
            let input = layer_input(&trace.input, before, extent);
            let LayerTrace {
                output, scratch, ..
            } = &mut rest[0];
            let length = batch * extent.output.size();
            grow(output, length);
            layer.forward(extent, input, &mut output[..length], scratch, &mut mode);
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
        self.descend(0, true, trace, output_gradient, gradients);
        let features = self.input_shape().size();
        matrix(
            &trace.gradients[0][..trace.batch * features],
            trace.batch,
            features,
        )
    }

    /// Walks from the last layer down to layer `lowest`. With `to_input`, the gradient with respect to the input of
    /// layer `lowest` is computed too, and stands in the first of the trace's gradient buffers afterwards.
    fn descend(
        &self,
        lowest: usize,
        to_input: bool,
        trace: &mut Trace,
        output_gradient: ArrayView2<f32>,
        gradients: &mut Gradients,
    ) {
        let Trace {
            batch,
            input: images,
            layers,
            gradients: [current, next],
            ..
        } = trace;
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
        for index in (lowest..self.layers().len()).rev() {
            let extent = self.extent(index, batch);
            let (before, rest) = layers.split_at_mut(index);
            let input = layer_input(images, before, extent);
            let LayerTrace {
                output, scratch, ..
            } = &mut rest[0];
            let (input_length, output_length) = (input.len(), batch * extent.output.size());
            let wanted = index > lowest || to_input;
            if wanted {
                grow(next, input_length);
            }
            self.layers()[index].backward(
                extent,
                input,
                &output[..output_length],
                &current[..output_length],
                wanted.then(|| &mut next[..input_length]),
                scratch,
                &mut gradients.layers[index],
            );
            std::mem::swap(current, next);
        }
    }

    fn extent(&self, index: usize, batch: usize) -> Extent {
        Extent {
            input: self.shape_before(index),
            output: self.layer_shape(index),
            batch,
        }
    }
}

/// What layer `before.len()` reads: the output of the layer before it, or the images.
fn layer_input<'a>(images: &'a [f32], before: &'a [LayerTrace], extent: Extent) -> &'a [f32] {
    let values = before.last().map_or(images, |layer| &layer.output);
    &values[..extent.batch * extent.input.size()]
}
