//! Closed forms: what can be said about a network without training it.

pub mod activation;
pub mod architecture;
pub mod softmax;
