//! The arithmetic of softstep, a crate of its own so that it is compiled for speed and the page around it for size.
//! The modules are described in `lib.rs`.

pub mod data;
pub mod engine;
pub mod figures;
pub mod theory;
