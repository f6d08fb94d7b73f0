//! One test binary; its modules are named after what they claim.
mod figures;
