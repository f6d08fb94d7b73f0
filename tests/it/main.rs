//! One test binary; its modules are named after what they claim.

mod activation;
mod architecture;
mod digits;
mod figures;
mod idx;
mod softmax;
