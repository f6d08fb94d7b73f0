//! The engine's workloads for a browser's clock: what `tests/browser/bench.mjs` calls from JavaScript. Only in a page
//! built with the feature `bench`; the work itself is [`crate::engine::benchmark`]'s.

use wasm_bindgen::prelude::*;

use crate::engine::benchmark::{
    Workload, dense_network, multiply_add_limit, sheet_network, training_operations,
};

/// Floating-point operations of `iterations` rounds of [`multiply_add_limit`], which are done.
#[wasm_bindgen]
pub fn bench_limit(iterations: u32) -> f64 {
    multiply_add_limit(iterations as usize).0 as f64
}

/// A workload by name, as an object of JavaScript.
#[wasm_bindgen]
pub struct BenchWorkload {
    workload: Workload,
    operations: u64,
}

#[wasm_bindgen]
impl BenchWorkload {
    /// `cnn`: the homework sheet's network; `dense`: 784-300-10 with dropout 0.5.
    ///
    /// # Errors
    /// Another name.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str, batch_size: u32) -> Result<Self, JsError> {
        let network = match name {
            "cnn" => sheet_network(1),
            "dense" => dense_network(784, 300, 0.5, 1),
            _ => return Err(JsError::new(&format!("there is no workload {name}"))),
        };
        Ok(Self {
            operations: training_operations(&network),
            workload: Workload::new(network, batch_size as usize),
        })
    }

    /// Does `steps` training steps; the number of examples learned from.
    pub fn train(&mut self, steps: u32) -> u32 {
        self.workload.train(steps as usize).0 as u32
    }

    /// Predicts `batch` images, `times` times; the number of images.
    pub fn predict(&mut self, batch: u32, times: u32) -> u32 {
        self.workload.predict(batch as usize, times as usize).0 as u32
    }

    /// Floating-point operations of one training step for each example, see [`training_operations`].
    pub fn training_operations(&self) -> f64 {
        self.operations as f64
    }
}
