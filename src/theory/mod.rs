//! Closed forms: what can be said about a network without training it.

pub mod activation;
pub mod architecture;
pub mod balance;
pub mod cross_correlation;
pub mod deviation;
pub mod dyadic;
pub mod edge;
pub mod equivariance;
mod exponential_series;
mod leading_term;
pub mod limit;
pub mod logic;
pub mod logistic;
pub mod loss_and_error;
pub mod network_edits;
pub mod network_text;
mod neuron_forms;
pub mod perceptron;
pub mod plane;
pub mod resampling;
pub mod sampling;
pub mod scaling;
pub mod sigmoid_network;
pub mod softmax;
pub mod threshold;
pub mod weighted_input;
