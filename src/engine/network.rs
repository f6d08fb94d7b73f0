//! A row of layers.

use super::layer::Layer;
use super::parameters::{Gradients, Parameters};
use super::shape::Shape;
use std::fmt;

/// A network without branches: each layer reads the output of the one before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    layers: Vec<Layer>,
    /// Shape of the input, then of each layer's output.
    shapes: Vec<Shape>,
}

impl Network {
    /// Joins `layers` behind an input of shape `input`.
    ///
    /// # Panics
    /// If a layer cannot take the shape that reaches it, or there is no layer.
    pub fn new(input: Shape, layers: Vec<Layer>) -> Self {
        assert!(!layers.is_empty(), "a network has layers");
        let mut shapes = vec![input];
        for layer in &layers {
            let shape = shapes[shapes.len() - 1];
            shapes.push(layer.output_shape(shape));
        }
        Self { layers, shapes }
    }

    /// The layers, first to last.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The layers, to change parameters in place. A layer must keep its shapes.
    pub(crate) fn layers_mut(&mut self) -> &mut [Layer] {
        &mut self.layers
    }

    /// Shape of one input image.
    pub fn input_shape(&self) -> Shape {
        self.shapes[0]
    }

    /// Shape of the last layer's output for one image.
    pub fn output_shape(&self) -> Shape {
        self.shapes[self.layers.len()]
    }

    /// Shape of layer `index`'s output for one image.
    pub fn layer_shape(&self, index: usize) -> Shape {
        self.shapes[index + 1]
    }

    /// Shape of what layer `index` reads for one image.
    pub(crate) fn shape_before(&self, index: usize) -> Shape {
        self.shapes[index]
    }

    /// Shape of the input, then of each layer's output.
    pub(crate) fn shapes(&self) -> impl Iterator<Item = Shape> + '_ {
        self.shapes.iter().copied()
    }

    /// Number of weights and biases.
    pub fn parameter_count(&self) -> usize {
        self.layers
            .iter()
            .filter_map(Layer::parameters)
            .map(Parameters::len)
            .sum()
    }

    /// All weights and biases in layer order, each layer's weights before its biases.
    pub fn parameters(&self) -> Vec<f32> {
        let layers = self.layers.iter().filter_map(Layer::parameters);
        layers
            .flat_map(|layer| layer.weights.iter().chain(&layer.biases))
            .copied()
            .collect()
    }

    /// Sets all weights and biases, in the order of [`Network::parameters`].
    ///
    /// # Panics
    /// If `values` does not hold [`Network::parameter_count`] numbers.
    pub fn set_parameters(&mut self, values: &[f32]) {
        assert_eq!(
            values.len(),
            self.parameter_count(),
            "one number for each parameter"
        );
        let mut rest = values;
        for layer in self.layers.iter_mut().filter_map(Layer::parameters_mut) {
            for target in [&mut layer.weights, &mut layer.biases] {
                let (head, tail) = rest.split_at(target.len());
                target.copy_from_slice(head);
                rest = tail;
            }
        }
    }

    /// FNV-1a hash, 64 bits, over the bits of every parameter in the order of [`Network::parameters`]:
    /// equal for two networks that hold the same bits.
    pub fn weights_checksum(&self) -> u64 {
        let layers = self.layers.iter().filter_map(Layer::parameters);
        let bytes = layers
            .flat_map(|layer| layer.weights.iter().chain(&layer.biases))
            .flat_map(|value| value.to_bits().to_le_bytes());
        bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }

    /// Zeros, one for each parameter.
    pub fn zero_gradients(&self) -> Gradients {
        let layers = self.layers.iter().map(|layer| {
            layer
                .parameters()
                .map(Parameters::zeros_like)
                .unwrap_or_default()
        });
        Gradients {
            layers: layers.collect(),
        }
    }
}

impl fmt::Display for Network {
    /// The input's shape, then a line for each layer: what it is and the shape that it gives.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Input {}", self.input_shape())?;
        for (layer, shape) in self.layers.iter().zip(&self.shapes[1..]) {
            write!(formatter, "\n{layer} -> {shape}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Network;
    use crate::engine::activation::Activation;
    use crate::engine::convolution::Convolution;
    use crate::engine::dense::Dense;
    use crate::engine::initialisation::Initialisation;
    use crate::engine::kernel::Kernel;
    use crate::engine::layer::Layer;
    use crate::engine::pool::{Pool, PoolKind};
    use crate::engine::random::Stream;
    use crate::engine::shape::Shape;

    fn sheet() -> Network {
        let mut rng = Stream::Initialisation.rng(1);
        let he = Initialisation::He;
        Network::new(
            Shape::new(1, 28, 28),
            vec![
                Layer::Convolution(Convolution::initialised(
                    1,
                    20,
                    Kernel::plain(5),
                    he,
                    &mut rng,
                )),
                Layer::Activation(Activation::Relu),
                Layer::Pool(Pool::new(PoolKind::Max, 2, 2)),
                Layer::Dense(Dense::initialised(2880, 100, he, &mut rng)),
                Layer::Activation(Activation::Relu),
                Layer::Dense(Dense::initialised(100, 10, he, &mut rng)),
            ],
        )
    }

    #[test]
    fn describes_itself_with_the_sheets_shapes_and_counts() {
        let network = sheet();
        assert_eq!(
            network.to_string(),
            "Input 1x28x28\n\
             Convolution(1 -> 20 maps, kernel 5x5, stride 1, padding 0) -> 20x24x24\n\
             ReLU -> 20x24x24\n\
             MaxPool(2x2, stride 2) -> 20x12x12\n\
             Dense(2880 -> 100) -> 100\n\
             ReLU -> 100\n\
             Dense(100 -> 10) -> 10"
        );
        assert_eq!(network.parameter_count(), 289_630);
        assert_eq!(network.output_shape(), Shape::flat(10));
    }

    #[test]
    fn parameters_go_out_and_in_and_the_checksum_sees_a_single_bit() {
        let network = sheet();
        let mut other = network.clone();
        let mut values = network.parameters();
        other.set_parameters(&values);
        assert_eq!(other.weights_checksum(), network.weights_checksum());
        values[123_456] = f32::from_bits(values[123_456].to_bits() ^ 1);
        other.set_parameters(&values);
        assert_ne!(other.weights_checksum(), network.weights_checksum());
    }

    #[test]
    #[should_panic(expected = "Dense(5 -> 2) cannot take 3")]
    fn layers_that_do_not_fit_are_refused() {
        let mut rng = Stream::Initialisation.rng(1);
        let layer = Dense::initialised(5, 2, Initialisation::He, &mut rng);
        Network::new(Shape::flat(3), vec![Layer::Dense(layer)]);
    }
}
