//! A training session and its two ends.
//!
//! [`recipe`] says what to train, [`study`] what to measure, [`message`] what page and worker tell each other (the only
//! serialisable modules), [`session`] is the state machine in between, without a thread or a clock of its own. With the feature
//! `app`, `worker` is its shell in a web worker, `client` the page's end, and `download` brings the digits. [`benchmark`]
//! is what the engine's speed is measured with, natively and, with the feature `bench`, in a browser.

pub mod benchmark;
pub mod construct;
pub mod experiments;
pub mod message;
pub mod mini_batch;
pub mod pace;
pub mod published;
pub mod recipe;
pub mod session;
pub mod study;
pub mod weights;

#[cfg(feature = "bench")]
pub mod bench;
#[cfg(feature = "app")]
pub mod client;
#[cfg(feature = "app")]
pub mod download;
#[cfg(feature = "app")]
pub mod store;
#[cfg(feature = "app")]
pub mod worker;
