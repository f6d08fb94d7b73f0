//! One image on its way through the network: what every layer makes of it, and the sum behind one cell.

use ndarray::{Array2, ArrayView2, aview1};

use super::settings::{MAP_SIDE, Stage};
use crate::data::digits;
use crate::engine::layer::{Layer, Mode};
use crate::engine::metrics::prediction;
use crate::engine::network::Network;
use crate::engine::trace::Trace;
use crate::theory::cross_correlation::products;
use crate::theory::softmax::softmax;

/// Rows, and columns, of a kernel.
pub const KERNEL_SIDE: usize = 5;

/// Everything that one forward pass leaves, shapes (map, row, column) in row-major order.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The network's input (row, column), 28 x 28.
    pub pixels: Vec<f32>,
    /// After the convolution, 20 x 24 x 24.
    pub convolved: Vec<f32>,
    /// After ReLU, 20 x 24 x 24.
    pub rectified: Vec<f32>,
    /// After pooling, 20 x 12 x 12.
    pub pooled: Vec<f32>,
    /// The 100 dense neurons after their ReLU.
    pub dense: Vec<f32>,
    /// The ten probabilities.
    pub probabilities: Vec<f32>,
}

impl Scene {
    /// Sends an image through the sheet's network.
    ///
    /// # Panics
    /// If `network` is another one or `pixels` no image of 28 x 28.
    pub fn new(network: &Network, pixels: Vec<f32>) -> Self {
        let mut trace = Trace::new(network);
        let image = aview1(&pixels);
        let image = image.to_shape((1, pixels.len())).expect("one row");
        network.forward(image.view(), Mode::Predicting, &mut trace);
        let output = |layer: usize| trace.output(layer).iter().copied().collect::<Vec<f32>>();
        Self {
            convolved: output(0),
            rectified: output(1),
            pooled: output(2),
            dense: output(4),
            probabilities: softmax(&output(5)),
            pixels,
        }
    }

    /// The class with the largest probability.
    pub fn prediction(&self) -> usize {
        prediction(&self.probabilities)
    }
}

/// Where the chosen cell stands behind each layer, and what it sees of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Behind which layer it was chosen.
    pub stage: Stage,
    /// Its map, from 0.
    pub map: usize,
    /// Its row after the convolution; for a pooled cell that of its window's first.
    pub row: usize,
    /// Its column likewise.
    pub column: usize,
}

impl Place {
    /// The cell (map, row, column) after the convolution, or the pooled cell that it belongs to.
    pub fn new(stage: Stage, (map, row, column): (usize, usize, usize)) -> Self {
        let whole = |index: usize| match stage {
            Stage::Pooling => index / 2 * 2,
            Stage::Convolution | Stage::Relu => index,
        };
        Self {
            stage,
            map,
            row: whole(row),
            column: whole(column),
        }
    }

    /// Cells of the convolution's map, down and across, that it is made from.
    pub fn cells(&self) -> usize {
        if self.stage == Stage::Pooling { 2 } else { 1 }
    }

    /// Rows, and columns, of the input that it sees.
    pub fn field(&self) -> usize {
        KERNEL_SIDE + self.cells() - 1
    }
}

/// The sum behind one cell of the convolution.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// The pixels in the window (row, column).
    pub seen: Vec<f32>,
    /// The kernel (row, column).
    pub kernel: Vec<f32>,
    /// Pixel times weight (row, column).
    pub products: Vec<f32>,
    /// The bias.
    pub bias: f32,
    /// Row of the cell after the convolution.
    pub row: usize,
    /// Column of the cell after the convolution.
    pub column: usize,
    /// The cell's value in the network.
    pub output: f32,
}

impl Sum {
    /// The sum of the chosen cell; for a pooled cell, of the largest of its window, the first one among equals.
    pub fn new(network: &Network, scene: &Scene, place: &Place) -> Self {
        let Layer::Convolution(layer) = &network.layers()[0] else {
            panic!("the sheet's network begins with a convolution");
        };
        let weights = layer.weights();
        let kernel = weights.slice(ndarray::s![place.map, 0, .., ..]);
        let value = |row: usize, column: usize| {
            scene.convolved[(place.map * MAP_SIDE + row) * MAP_SIDE + column]
        };
        let (mut row, mut column) = (place.row, place.column);
        for down in 0..place.cells() {
            for right in 0..place.cells() {
                let (r, c) = (place.row + down, place.column + right);
                if value(r, c) > value(row, column) {
                    (row, column) = (r, c);
                }
            }
        }
        let side = digits::SIDE;
        let image = ArrayView2::from_shape((side, side), &scene.pixels).expect("28 x 28 pixels");
        let of = |values: Array2<f32>| values.iter().copied().collect::<Vec<f32>>();
        let ends = (row + KERNEL_SIDE, column + KERNEL_SIDE);
        Self {
            seen: of(image
                .slice(ndarray::s![row..ends.0, column..ends.1])
                .to_owned()),
            products: of(products(image, kernel, (row, column))),
            kernel: of(kernel.to_owned()),
            bias: layer.biases()[place.map],
            row,
            column,
            output: value(row, column),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::weights::trained_sheet_network;

    fn network() -> Network {
        trained_sheet_network(include_bytes!(
            "../../../../assets/sheet-network.safetensors"
        ))
        .expect("the bundled weights")
    }

    fn digit() -> Vec<f32> {
        let bytes = include_bytes!("../../../../assets/digits.idx.gz");
        let digits = digits::decode_first(bytes, 1).expect("whole");
        let pixels = digits.images.image(0).iter();
        pixels.map(|pixel| f32::from(*pixel) / 255.0).collect()
    }

    #[test]
    fn products_and_bias_add_up_to_every_cell_that_the_network_computed() {
        let network = network();
        let scene = Scene::new(&network, digit());
        for map in 0..20 {
            for (row, column) in [(0, 0), (7, 9), (10, 10), (12, 5), (23, 23)] {
                let place = Place::new(Stage::Convolution, (map, row, column));
                let sum = Sum::new(&network, &scene, &place);
                let total: f32 = sum.products.iter().sum::<f32>() + sum.bias;
                // 26 roundings of numbers below 4.
                assert!((total - sum.output).abs() < 1e-5, "{total} {}", sum.output);
            }
        }
    }

    #[test]
    fn a_pooled_cell_is_the_rectified_largest_of_its_window() {
        let network = network();
        let scene = Scene::new(&network, digit());
        for map in 0..20 {
            for (row, column) in [(0, 0), (6, 8), (11, 11)] {
                let place = Place::new(Stage::Pooling, (map, 2 * row + 1, 2 * column));
                assert_eq!((place.row, place.field()), (2 * row, 6));
                let sum = Sum::new(&network, &scene, &place);
                let pooled = scene.pooled[(map * 12 + row) * 12 + column];
                assert_eq!(pooled, sum.output.max(0.0));
            }
        }
    }
}
