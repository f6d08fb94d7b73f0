//! What learns: layers, losses, optimizers, and the loop that joins them.
//!
//! # Notation
//!
//! | symbol | in code | meaning |
//! |---|---|---|
//! | x, y | `input`, `output` | what a layer reads and gives, for a batch of examples |
//! | w, b | `weights`, `biases` | what a layer learns |
//! | z | `outputs` | output of the last layer; logits for the two cross-entropies |
//! | g | `gradient` | derivative of the mean loss of a mini-batch with respect to the quantity named |
//! | eta | `learning_rate` | step length |
//! | mu | `mu` | share of the velocity kept from step to step |
//! | p | `probability` | probability that dropout silences a feature |
//! | s, p | `stride`, `padding` | of a sliding window, in pixels |
//!
//! | quantity | axes, slowest first |
//! |---|---|
//! | image, feature maps | (channel, row, column) |
//! | batch | (example, feature), feature = (channel * rows + row) * columns + column |
//! | dense weights, biases | (output, input), (output) |
//! | convolution weights, biases | (map, channel, kernel_row, kernel_column), (map) |
//! | locally connected weights, biases | (map, channel, kernel_row, kernel_column, row, column), (map, row, column) |
//! | patches of one image | (kernel weight, output cell) |
//! | confusion counts | (label, prediction) |
//!
//! Rows count downwards, columns to the right, classes and layers from 0. All memory is row-major: the last axis is
//! contiguous. Numbers are `f32`; sums over examples for reporting are `f64`.
//!
//! # How it goes together
//!
//! A [`network::Network`] is a row of [`layer::Layer`]s. Its forward pass fills a [`trace::Trace`] with every layer's
//! output; its backward pass reads the trace and fills [`parameters::Gradients`]. A [`trainer::Trainer`] repeats
//! forward, [`loss::Loss`], backward, [`optimizer::Optimizer`]; a [`metrics::Evaluation`], [`readings::Readings`] and an
//! [`activity::Activity`] measure. Nothing here
//! fails after construction: a shape that does not fit is a mistake in the program and panics.
//!
//! All chance comes from [`random::Stream`]s of one seed; [`book_chance`] repeats that of other programs.

pub mod activation;
pub mod activity;
pub mod averaged;
pub mod benchmark;
pub mod book_chance;
pub mod coadaptation;
pub mod convolution;
pub mod dense;
pub mod dropout;
pub mod flatten;
pub mod initialisation;
pub mod kernel;
pub mod layer;
pub mod locally_connected;
pub mod loss;
pub mod masked_value;
pub mod mersenne_twister;
pub mod metrics;
pub mod network;
pub mod optimizer;
pub mod parameters;
pub mod penalties;
pub mod pool;
mod pooled_convolution;
mod products;
mod propagation;
pub mod random;
pub mod readings;
pub mod sample_losses;
pub mod shape;
pub mod snapshot;
pub mod thinned;
pub mod trace;
pub mod trainer;
pub mod weight_sizes;
