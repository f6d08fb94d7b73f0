//! The list of [`super::benchmark`] for a browser's clock: what `tests/browser/bench.mjs` calls from JavaScript. Only in a
//! page built with the feature `bench`.

use super::benchmark::{Workload, cases, peer_cases, table};
use crate::engine::benchmark::multiply_add_limit;
use wasm_bindgen::prelude::*;

/// Floating-point operations of `iterations` rounds of [`multiply_add_limit`], which are done.
#[wasm_bindgen]
pub fn bench_limit(iterations: u32) -> f64 {
    multiply_add_limit(iterations as usize) as f64
}

/// The names of all cases.
#[wasm_bindgen]
pub fn bench_names() -> Vec<String> {
    cases().into_iter().map(|case| case.name).collect()
}

/// The cases that peers are measured on too, each as "train 32 0": work, images at once, place in the list.
#[wasm_bindgen]
pub fn bench_peer_cases() -> Vec<String> {
    let cases = peer_cases().into_iter();
    cases
        .map(|(work, images, place)| format!("{work} {images} {place}"))
        .collect()
}

/// A case at work, as an object of JavaScript.
#[wasm_bindgen]
pub struct BenchWorkload(Workload);

#[wasm_bindgen]
impl BenchWorkload {
    /// The case of this place in the list.
    #[wasm_bindgen(constructor)]
    pub fn new(case: usize) -> Self {
        Self(Workload::new(&cases()[case]))
    }

    /// Does the work `times` times; the number of samples.
    pub fn run(&mut self, times: u32) -> u32 {
        self.0.run(times as usize) as u32
    }
}

/// The table of what was measured.
///
/// # Shapes
/// limit (round): operations per second; rates (case, round), row by row: samples per second.
#[wasm_bindgen]
pub fn bench_table(limit: &[f64], rates: &[f64]) -> String {
    let rates: Vec<Vec<f64>> = rates.chunks(limit.len()).map(<[f64]>::to_vec).collect();
    table(&cases(), limit, &rates)
}
