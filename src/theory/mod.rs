//! Closed forms: what can be said about a network without training it.

pub mod activation;
pub mod architecture;
pub mod dyadic;
pub mod logic;
pub mod logistic;
pub mod network_text;
pub mod perceptron;
pub mod plane;
pub mod scaling;
pub mod softmax;
pub mod threshold;
