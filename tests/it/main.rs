//! One test binary; its modules are named after what they claim.

mod activation;
mod architecture;
mod determinism;
mod digits;
mod figures;
mod gradients;
mod idx;
mod optimizers;
mod pytorch;
mod softmax;
