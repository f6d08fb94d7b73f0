//! The homework sheet's network in burn, on its CPU backend `flex`, one thread. For each line on standard input it runs one
//! round of all its cases and answers with one line of JSON. `tests/browser/bench/peers.mjs` asks.

use burn::backend::{Autodiff, Flex};
use burn::module::{AutodiffModule, Module};
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::loss::CrossEntropyLossConfig;
use burn::nn::pool::{MaxPool2d, MaxPool2dConfig};
use burn::nn::{Linear, LinearConfig};
use burn::optim::{GradientsParams, Optimizer, SgdConfig};
use burn::tensor::activation::relu;
use burn::tensor::backend::Backend;
use burn::tensor::{Int, Tensor, TensorData};
use std::hint::black_box;
use std::io::{BufRead, Write};
use std::time::{Duration, Instant};

type Learning = Autodiff<Flex>;

const EXAMPLES: usize = 512;
const LEAST: Duration = Duration::from_millis(150);

#[derive(Module, Debug)]
struct Sheet<B: Backend> {
    convolution: Conv2d<B>,
    pool: MaxPool2d,
    hidden: Linear<B>,
    output: Linear<B>,
}

impl<B: Backend> Sheet<B> {
    fn new(device: &B::Device) -> Self {
        Self {
            convolution: Conv2dConfig::new([1, 20], [5, 5]).init(device),
            pool: MaxPool2dConfig::new([2, 2]).with_strides([2, 2]).init(),
            hidden: LinearConfig::new(2880, 100).init(device),
            output: LinearConfig::new(100, 10).init(device),
        }
    }

    fn forward(&self, images: Tensor<B, 4>) -> Tensor<B, 2> {
        let maps = self.pool.forward(relu(self.convolution.forward(images)));
        let hidden = relu(self.hidden.forward(maps.flatten(1, 3)));
        self.output.forward(hidden)
    }
}

/// Made-up images of which four fifths of the pixels are 0, as in digits: the engine's own workload.
fn images<B: Backend>(device: &B::Device) -> Tensor<B, 4> {
    let brightness = |at: usize| match (at / 784 * 131 + at % 784 * 17) % 101 {
        bright @ 0..20 => bright as f32 / 20.0,
        _ => 0.0,
    };
    let pixels: Vec<f32> = (0..EXAMPLES * 784).map(brightness).collect();
    Tensor::from_data(TensorData::new(pixels, [EXAMPLES, 1, 28, 28]), device)
}

fn labels<B: Backend>(device: &B::Device) -> Tensor<B, 1, Int> {
    let labels: Vec<i64> = (0..EXAMPLES as i64)
        .map(|example| example * 7 % 10)
        .collect();
    Tensor::from_data(TensorData::new(labels, [EXAMPLES]), device)
}

/// An epoch of mini-batches; plain SGD with cross-entropy.
fn train(batch: usize) -> impl FnMut() -> usize {
    let device = Default::default();
    let (images, labels) = (images::<Learning>(&device), labels::<Learning>(&device));
    let mut network = Some(Sheet::<Learning>::new(&device));
    let mut optimizer = SgdConfig::new().init();
    let loss = CrossEntropyLossConfig::new().init(&device);
    let mut multiplier = 1;
    move || {
        // A new order in each epoch: multiples of an odd number pass through all places of a power of two.
        multiplier = (multiplier * 5 + 2) % 512 | 1;
        let order: Vec<i64> = (0..EXAMPLES)
            .map(|place| (place * multiplier % EXAMPLES) as i64)
            .collect();
        for chosen in order.chunks(batch) {
            let chosen = Tensor::<Learning, 1, Int>::from_data(
                TensorData::new(chosen.to_vec(), [chosen.len()]),
                &device,
            );
            let (x, y) = (
                images.clone().select(0, chosen.clone()),
                labels.clone().select(0, chosen),
            );
            let own = network.take().expect("a step puts it back");
            let value = loss.forward(own.forward(x), y);
            let gradients = GradientsParams::from_grads(value.backward(), &own);
            network = Some(optimizer.step(0.01, own, gradients));
        }
        EXAMPLES
    }
}

/// Forward passes without gradients.
fn predict(batch: usize) -> impl FnMut() -> usize {
    let device = Default::default();
    let network = Sheet::<Learning>::new(&device).valid();
    let images = images::<Flex>(&device).narrow(0, 0, batch);
    let times = (64 / batch).max(1);
    move || {
        for _ in 0..times {
            black_box(network.forward(images.clone()).into_data());
        }
        times * batch
    }
}

fn rate(work: &mut dyn FnMut() -> usize) -> f64 {
    let (start, mut samples) = (Instant::now(), 0);
    while start.elapsed() < LEAST {
        samples += work();
    }
    samples as f64 / start.elapsed().as_secs_f64()
}

fn main() {
    let mut cases: Vec<(&str, usize, Box<dyn FnMut() -> usize>)> = Vec::new();
    for batch in [10, 32, 128] {
        cases.push(("train", batch, Box::new(train(batch))));
    }
    for batch in [1, 256] {
        cases.push(("predict", batch, Box::new(predict(batch))));
    }
    for (_, _, work) in &mut cases {
        rate(work);
    }
    println!(r#"{{"ready": "burn 0.21, flex, native, 1 thread"}}"#);
    for line in std::io::stdin().lock().lines() {
        line.expect("standard input is text");
        let rates: Vec<String> = cases
            .iter_mut()
            .map(|(name, batch, work)| {
                format!(
                    r#"{{"name": "{name}", "batch": {batch}, "samples_per_second": {}}}"#,
                    rate(work)
                )
            })
            .collect();
        println!("[{}]", rates.join(", "));
        std::io::stdout()
            .flush()
            .expect("standard output takes text");
    }
}
