//! Trains the homework sheet's network on the 5,000 training digits and writes the weights that the page brings along:
//!
//! ```text
//! cargo run --release --no-default-features --example train_weights
//! ```
//!
//! Under a minute; the same bytes every time on one platform. Each epoch sees every digit once, turned, moved, scaled and
//! sheared by another small random amount, so that digits drawn by hand are read as well as those of the data set;
//! dropout on the hidden units; the learning rate falls in a straight line. The amounts are round numbers, not tuned; the
//! 4,000 test digits are counted at the end and decide nothing.

use std::path::Path;

use ndarray::s;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;
use softstep::data::dataset::{Dataset, PixelScale};
use softstep::data::digits;
use softstep::data::split::Part;
use softstep::data::warp::{Affine, AffineRange};
use softstep::engine::benchmark::sheet_network;
use softstep::engine::dropout::{Dropout, DropoutKind};
use softstep::engine::layer::{Layer, Mode};
use softstep::engine::loss::Loss;
use softstep::engine::metrics::prediction;
use softstep::engine::network::Network;
use softstep::engine::optimizer::Optimizer;
use softstep::engine::penalties::Penalties;
use softstep::engine::trace::Trace;
use softstep::engine::trainer::{Trainer, TrainerSettings};
use softstep::lab::weights;

const SEED: u64 = 1;
const EPOCHS: usize = 40;
const LEARNING_RATE: f32 = 0.02;
const LAST_LEARNING_RATE: f32 = 0.0005;
const VARIATION: AffineRange = AffineRange {
    rotation: 10.0,
    translation: 1.5,
    scale: 0.12,
    shear: 0.15,
};

fn main() {
    let digits =
        digits::decode(include_bytes!("../../assets/digits.idx.gz")).expect("bundled digits");
    let set = |part: Part, count| digits.dataset(part.first(count), PixelScale::By255);
    let network = train(&set(Part::Train, 5000));
    let bytes = weights::to_safetensors(&network);
    // What the page will read, rounding included.
    let bundled = weights::trained_sheet_network(&bytes).expect("just written");
    for (name, part, count) in [
        ("training", Part::Train, 5000),
        ("validation", Part::Validate, 1000),
        ("test", Part::Test, 4000),
    ] {
        let wrong = mistakes(&bundled, &set(part, count));
        println!("{name}: {wrong} of {count} wrong");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets")
        .join(weights::FILE_NAME);
    std::fs::write(&path, &bytes).expect("assets can be written");
    println!("{}: {} bytes", path.display(), bytes.len());
}

/// The sheet's network without the dropout it was trained with.
fn train(digits: &Dataset) -> Network {
    let untrained = sheet_network(SEED);
    let mut layers = untrained.layers().to_vec();
    layers.insert(
        layers.len() - 1,
        Layer::Dropout(Dropout::new(DropoutKind::Hidden, 0.5)),
    );
    let settings = TrainerSettings {
        batch_size: 32,
        optimizer: Optimizer::Momentum { mu: 0.9 },
        learning_rate: LEARNING_RATE,
        penalties: Penalties::default(),
        loss: Loss::CrossEntropy,
        seed: SEED,
    };
    let network = Network::new(untrained.input_shape(), layers);
    let mut trainer = Trainer::new(network, settings, digits.len());
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(SEED);
    let mut varied = digits.images.clone();
    for epoch in 0..EPOCHS {
        let progress = epoch as f32 / (EPOCHS - 1) as f32;
        trainer.set_learning_rate(LEARNING_RATE + progress * (LAST_LEARNING_RATE - LEARNING_RATE));
        for (source, mut result) in digits.images.outer_iter().zip(varied.outer_iter_mut()) {
            let source = source.to_slice().expect("images are row-major");
            let result = result.as_slice_mut().expect("images are row-major");
            Affine::random(&VARIATION, &mut rng).apply(source, digits.rows, digits.columns, result);
        }
        while !trainer.step(varied.view(), &digits.labels).epoch_finished {}
    }
    let mut trained = untrained;
    trained.set_parameters(&trainer.network().parameters());
    trained
}

fn mistakes(network: &Network, digits: &Dataset) -> usize {
    let mut trace = Trace::new(network);
    let mut wrong = 0;
    for start in (0..digits.len()).step_by(200) {
        let part = start..start + 200;
        let images = digits.images.slice(s![part.clone(), ..]);
        network.forward(images, Mode::Predicting, &mut trace);
        let outputs = trace.output(network.layers().len() - 1);
        for (row, label) in outputs.outer_iter().zip(&digits.labels[part]) {
            let row = row.to_slice().expect("outputs are row-major");
            wrong += usize::from(prediction(row) != usize::from(*label));
        }
    }
    wrong
}
