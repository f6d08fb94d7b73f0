//! The plane of two inputs as a grid of pixels, and exact maps of a network of threshold units on it.
//!
//! The first layer of such a network cuts the plane by lines; everything behind it sees at most 8 bits. So a map is 8
//! signs a pixel and a table from the first layer's bits to the outputs, filled as patterns turn up.

use super::perceptron::NeuronId;
use super::threshold::ThresholdNetwork;
use std::cmp::Ordering;

/// A rectangle of two inputs cut into pixels; the other inputs stand still.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaneGrid {
    /// From left to right: the lowest and highest value of the horizontal input.
    pub horizontal: (f64, f64),
    /// From bottom to top: the lowest and highest value of the vertical input.
    pub vertical: (f64, f64),
    /// Pixels across.
    pub columns: usize,
    /// Pixels down; row 0 is the top.
    pub rows: usize,
    /// Which inputs run horizontally and vertically.
    pub axes: (usize, usize),
    /// x, shape (input): the values of all inputs that are not on an axis.
    pub base: Vec<f64>,
}

impl PlaneGrid {
    /// A grid over the first two inputs of a network that has just these two.
    pub fn new(horizontal: (f64, f64), vertical: (f64, f64), columns: usize, rows: usize) -> Self {
        PlaneGrid {
            horizontal,
            vertical,
            columns,
            rows,
            axes: (0, 1),
            base: vec![0.0; 2],
        }
    }

    /// The number of pixels.
    pub fn pixels(&self) -> usize {
        self.columns * self.rows
    }

    /// The horizontal input at the middle of column `column`.
    pub fn horizontal_at(&self, column: usize) -> f64 {
        let (low, high) = self.horizontal;
        low + (column as f64 + 0.5) * ((high - low) / self.columns as f64)
    }

    /// The vertical input at the middle of row `row`; row 0 is the top.
    pub fn vertical_at(&self, row: usize) -> f64 {
        let (low, high) = self.vertical;
        low + ((self.rows - 1 - row) as f64 + 0.5) * ((high - low) / self.rows as f64)
    }

    /// x, shape (input), at the middle of a pixel.
    pub fn input_at(&self, column: usize, row: usize) -> Vec<f64> {
        let mut input = self.base.clone();
        input[self.axes.0] = self.horizontal_at(column);
        input[self.axes.1] = self.vertical_at(row);
        input
    }

    pub(super) fn check(&self, inputs: usize) {
        assert_eq!(self.base.len(), inputs, "one base value an input");
        assert!(
            self.axes.0 < inputs && self.axes.1 < inputs && self.axes.0 != self.axes.1,
            "two different inputs as axes"
        );
        assert!(self.columns > 0 && self.rows > 0, "a grid has pixels");
        assert!(
            self.horizontal.0 <= self.horizontal.1,
            "the lowest value comes first"
        );
    }
}

/// The outputs of `network` at the middle of every pixel, as bits (bit k: output k), shape (row, column) flattened;
/// exact.
///
/// Panics if the grid does not fit the network's inputs.
pub fn output_map(network: &impl ThresholdNetwork, grid: &PlaneGrid) -> Vec<u8> {
    let mut table: [Option<u8>; 256] = [None; 256];
    let look_up = |first: FirstLayer| {
        *table[usize::from(first.fires)].get_or_insert_with(|| network.later_bits(first.fires))
    };
    first_layer_map(network, grid)
        .into_iter()
        .map(look_up)
        .collect()
}

/// What the first layer says at a point, as bits: bit j is neuron j.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FirstLayer {
    /// z > 0.
    pub fires: u8,
    /// z = 0.
    pub edges: u8,
}

/// What the first layer says at every pixel, shape (row, column) flattened; exact.
///
/// Along a row a neuron's z = (still) + w x is monotonic in x, so its exact sign changes where a bisection finds it: about log2 of
/// the columns evaluations a row and neuron instead of one a pixel.
pub fn first_layer_map(network: &impl ThresholdNetwork, grid: &PlaneGrid) -> Vec<FirstLayer> {
    let units = &network.network().layers()[0];
    grid.check(network.network().inputs());
    let mut map = vec![FirstLayer::default(); grid.pixels()];
    let across: Vec<f64> = (0..grid.columns)
        .map(|column| grid.horizontal_at(column))
        .collect();
    for (neuron, unit) in units.iter().enumerate() {
        let id = NeuronId { layer: 0, neuron };
        // The exact product is 0 only if one factor is.
        let falls = (network.factor(id) < 0.0) != (unit.weights[grid.axes.0] < 0.0);
        let mut input = grid.base.clone();
        for (row, pixels) in map.chunks_exact_mut(grid.columns).enumerate() {
            input[grid.axes.1] = grid.vertical_at(row);
            let mut sign_at = |x: f64| {
                input[grid.axes.0] = x;
                let z = network.weighted_input(id, &input);
                z.partial_cmp(&0.0).expect("a weighted input is a number")
            };
            let (from, to) = if falls {
                (Ordering::Greater, Ordering::Less)
            } else {
                (Ordering::Less, Ordering::Greater)
            };
            let start = across.partition_point(|&x| sign_at(x) == from);
            let rest = &across[start..];
            let length = match rest.first().map(|&x| sign_at(x)) {
                Some(Ordering::Equal) => rest.partition_point(|&x| sign_at(x) != to),
                _ => 0,
            };
            let (before, rest) = pixels.split_at_mut(start);
            let (on_edge, after) = rest.split_at_mut(length);
            for pixel in on_edge {
                pixel.edges |= 1 << neuron;
            }
            for pixel in if falls { before } else { after } {
                pixel.fires |= 1 << neuron;
            }
        }
    }
    map
}

/// In how many pixels two maps of the same grid differ.
pub fn differing_pixels(one: &[u8], other: &[u8]) -> usize {
    assert_eq!(one.len(), other.len(), "maps of the same grid");
    one.iter().zip(other).filter(|(a, b)| a != b).count()
}
