//! # softstep
//!
//! A laboratory for the theory of deep learning that runs in the browser. The crate reads like the book it is:
//!
//! | module | voice | knows |
//! |---|---|---|
//! | [`theory`] | closed forms; nothing is trained | std, ndarray, seeded chance, exact numbers |
//! | [`engine`] | what learns | std, ndarray, seeded chance |
//! | [`data`] | examples to learn from | std, ndarray, seeded chance, gzip |
//! | [`figures`] | ink: values in, drawing out | plotters and the three above |
//! | [`lab`] | a training session and its two ends | theory, engine, data, serde; its shells the browser |
//! | `ui` | signals and DOM | leptos, web-sys, figures, lab |
//! | `chapters` | the book | everything above, no other chapter |
//!
//! Filing rule: **formula -> theory or engine, ink -> figures, bytes and time -> lab, signal -> ui or chapters.**
//! `ARCHITECTURE.md` holds the invariants; `tests/it/layers.rs` checks them.

pub use softstep_science::{data, engine, figures, theory};

pub mod lab;

#[cfg(feature = "app")]
pub mod chapters;
#[cfg(feature = "app")]
pub mod ui;
