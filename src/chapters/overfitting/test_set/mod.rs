//! 4.3 What the test set can and cannot tell: how far a measured error is off, what choosing by it does to it, and what it
//! knows of a world that changes.

pub mod changed;
pub mod choosing;
mod networks;
pub mod spread;
