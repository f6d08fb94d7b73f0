//! The same network with sigmoid neurons, a = sigma(c (w.x + b)), at a given c > 0.

use super::logistic::{sigmoid, sigmoid_in_place};
use super::perceptron::{MAX_NEURONS, PerceptronNetwork};
use super::plane::PlaneGrid;
use super::threshold::{LayerTrace, Trace};
use super::weighted_input::weighted_input;

/// A network whose neurons are sigmoid neurons with all weights and biases times c.
#[derive(Clone, Copy, Debug)]
pub struct SigmoidNetwork<'a> {
    network: &'a PerceptronNetwork,
    c: f64,
}

/// Pixels that go through the network together: long enough for SIMD, short enough that all values stay in the
/// first-level cache.
const BLOCK: usize = 64;

impl<'a> SigmoidNetwork<'a> {
    /// The network at c. Panics unless c is finite and above 0.
    pub fn new(network: &'a PerceptronNetwork, c: f64) -> Self {
        assert!(c > 0.0 && c.is_finite(), "c is a number above 0, not {c}");
        SigmoidNetwork { network, c }
    }

    /// z and a of every neuron at `input`, shape (input). The weighted inputs are z = w.a + b, before the
    /// multiplication by c.
    ///
    /// Exact is the sign of z for the `f64` outputs of the layer before; these are rounded, in particular to 1 above
    /// sigma(37).
    pub fn trace(&self, input: &[f64]) -> Trace {
        assert_eq!(input.len(), self.network.inputs(), "one value an input");
        let mut layers: Vec<LayerTrace> = Vec::with_capacity(self.network.layers().len());
        for units in self.network.layers() {
            let seen = layers.last().map_or(input, |before| &before.outputs);
            let weighted_inputs: Vec<f64> = units
                .iter()
                .map(|unit| weighted_input(1.0, &unit.weights, unit.bias, seen))
                .collect();
            let outputs = weighted_inputs
                .iter()
                .map(|z| sigmoid(self.c * z))
                .collect();
            layers.push(LayerTrace {
                weighted_inputs,
                outputs,
            });
        }
        Trace {
            input: input.to_vec(),
            layers,
        }
    }

    /// Output `output` at the middle of every pixel of `grid`, shape (row, column) flattened.
    pub fn output_map(&self, grid: &PlaneGrid, output: usize) -> Vec<f64> {
        let mut map = vec![0.0; grid.pixels()];
        self.output_map_into(grid, output, &mut map);
        map
    }

    /// [`output_map`](Self::output_map) into `map`, shape (row, column) flattened. Allocates only one row of
    /// coordinates.
    pub fn output_map_into(&self, grid: &PlaneGrid, output: usize, map: &mut [f64]) {
        grid.check(self.network.inputs());
        assert_eq!(map.len(), grid.pixels(), "one value a pixel");
        assert!(
            output < self.network.outputs(),
            "there are {} outputs",
            self.network.outputs()
        );
        let across: Vec<f64> = (0..grid.columns)
            .map(|column| grid.horizontal_at(column))
            .collect();
        let mut buffers = [[[0.0; BLOCK]; MAX_NEURONS]; 2];
        for (row, pixels) in map.chunks_exact_mut(grid.columns).enumerate() {
            let mut still = [0.0; MAX_NEURONS];
            let y = grid.vertical_at(row);
            for (sum, unit) in still.iter_mut().zip(&self.network.layers()[0]) {
                *sum = unit.bias;
                for (i, (&weight, &base)) in unit.weights.iter().zip(&grid.base).enumerate() {
                    if i != grid.axes.0 {
                        *sum += weight * if i == grid.axes.1 { y } else { base };
                    }
                }
            }
            for (pixels, across) in pixels.chunks_mut(BLOCK).zip(across.chunks(BLOCK)) {
                let found = self.block(grid.axes.0, output, &still, across, &mut buffers);
                pixels.copy_from_slice(&found[..pixels.len()]);
            }
        }
    }

    /// Output `output` for up to [`BLOCK`] pixels of one row.
    fn block<'b>(
        &self,
        axis: usize,
        output: usize,
        still: &[f64; MAX_NEURONS],
        across: &[f64],
        buffers: &'b mut [[[f64; BLOCK]; MAX_NEURONS]; 2],
    ) -> &'b [f64; BLOCK] {
        let [mut values, mut next] = buffers.each_mut();
        let last = self.network.layers().len() - 1;
        for (layer, units) in self.network.layers().iter().enumerate() {
            // Of the last layer only one neuron is wanted.
            let wanted = if layer == last {
                output..output + 1
            } else {
                0..units.len()
            };
            for (place, neuron) in wanted.enumerate() {
                let unit = &units[neuron];
                let sums = &mut next[place];
                if layer == 0 {
                    for (sum, &x) in sums.iter_mut().zip(across) {
                        *sum = still[neuron] + unit.weights[axis] * x;
                    }
                } else {
                    weighted_sums(&unit.weights, unit.bias, values, sums);
                }
                sigmoid_in_place(self.c, sums);
            }
            std::mem::swap(&mut values, &mut next);
        }
        &values[0]
    }
}

/// b + w.a for each pixel of a block; a few pixels at a time, so that their sums stay in registers.
fn weighted_sums(
    weights: &[f64],
    bias: f64,
    values: &[[f64; BLOCK]; MAX_NEURONS],
    sums: &mut [f64; BLOCK],
) {
    const TOGETHER: usize = 8;
    for (start, sums) in sums.chunks_exact_mut(TOGETHER).enumerate() {
        let start = start * TOGETHER;
        let mut total = [bias; TOGETHER];
        for (&weight, value) in weights.iter().zip(values) {
            let value: &[f64] = &value[start..start + TOGETHER];
            for (total, a) in total.iter_mut().zip(value) {
                *total += weight * a;
            }
        }
        sums.copy_from_slice(&total);
    }
}
