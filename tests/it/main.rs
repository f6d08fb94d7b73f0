//! One test binary; its modules are named after what they claim.

mod activation;
mod architecture;
mod balance;
mod depth;
mod determinism;
mod deviation;
mod digit_logits;
mod digits;
mod edge;
mod figures;
mod gradients;
mod idx;
mod layers;
mod learning;
mod limit;
mod observation;
mod optimizers;
mod perceptron;
mod preparation;
mod pytorch;
mod recipe;
mod scaling;
mod session;
mod silence;
mod softmax;
mod weights;
