//! Sums that observations report: sizes of the weights, and what the units of a layer do together.

use softstep::engine::layer::{Layer, Mode};
use softstep::engine::metrics::prediction;
use softstep::engine::random::Rng;
use softstep::engine::trace::Trace;
use softstep::lab::experiments::coadaptation::Coadapted;
use softstep::lab::message::{Observed, TOGETHER_IMAGES};
use softstep::lab::recipe::{Observation, PenaltiesRecipe, Recipe};

use rand::RngExt;
use rand_xoshiro::rand_core::SeedableRng;

use crate::observation::{beginning, observed, recipe};

#[test]
fn weights_and_penalty_are_those_of_the_network() {
    let recipe = Recipe {
        penalties: PenaltiesRecipe {
            l1: 0.001,
            l2: 0.01,
            max_norm: None,
        },
        ..recipe(Observation::Weights)
    };
    let (network, _) = beginning(recipe.clone());
    let (_, Observed::Weights(seen)) = observed(recipe).swap_remove(0) else {
        panic!("weights are observed");
    };
    // 784 x 20, 20 x 20, 20 x 10, without biases.
    assert_eq!(seen.count, 784 * 20 + 20 * 20 + 20 * 10);
    let biases = 20 + 20 + 10;
    assert_eq!(seen.count + biases, network.parameter_count() as u64);
    // Biases are 0 at the start, so all parameters have the sums of the weights.
    let sum = |of: fn(f64) -> f64| {
        network
            .parameters()
            .iter()
            .map(|&w| of(f64::from(w)))
            .sum::<f64>()
    };
    assert!((seen.squares - sum(|w| w * w)).abs() < 1e-9 * seen.squares);
    assert!((seen.absolutes - sum(f64::abs)).abs() < 1e-9 * seen.absolutes);
    let penalty = 0.005 * seen.squares + 0.001 * seen.absolutes;
    assert!((seen.penalty - penalty).abs() < 1e-5 * penalty);
    assert_eq!(
        u64::from(seen.counts.iter().sum::<u32>() + seen.outside),
        seen.count
    );
}

/// The last hidden layer on the first 1,000 test images, computed in another way.
#[test]
fn units_are_looked_at_together_over_the_first_test_images() {
    let recipe = recipe(Observation::Together);
    let (network, sets) = beginning(recipe.clone());
    let mut trace = Trace::new(&network);
    let images = sets.test.images.slice(ndarray::s![..TOGETHER_IMAGES, ..]);
    network.forward(images, Mode::Predicting, &mut trace);
    let (_, Observed::Together(seen)) = observed(recipe).swap_remove(0) else {
        panic!("units are observed");
    };
    let activations = trace.output(5).mapv(f64::from);
    let zeros = activations.iter().filter(|&&a| a == 0.0).count() as f64;
    assert_eq!(
        (seen.units, seen.zeros),
        (20, zeros / activations.len() as f64)
    );
    assert!((seen.mean - activations.mean().expect("not empty")).abs() < 1e-9);
    let centred: Vec<_> = activations
        .columns()
        .into_iter()
        .map(|column| column.mapv(|a| a - column.mean().expect("not empty")))
        .collect();
    let r = |i: usize, j: usize| {
        let (a, b): (&ndarray::Array1<f64>, _) = (&centred[i], &centred[j]);
        a.dot(b) / (a.dot(a) * b.dot(b)).sqrt()
    };
    let moving: Vec<usize> = (0..20)
        .filter(|&unit| centred[unit].dot(&centred[unit]) > 0.0)
        .collect();
    assert_eq!(seen.still as usize, 20 - moving.len());
    let pairs: Vec<f64> = moving
        .iter()
        .flat_map(|&i| moving.iter().filter(move |&&j| j < i).map(move |&j| (i, j)))
        .map(|(i, j)| r(i, j))
        .collect();
    let mean = pairs.iter().map(|r| r.abs()).sum::<f64>() / pairs.len() as f64;
    assert!(
        (seen.mean_absolute - mean).abs() < 1e-6,
        "{} {mean}",
        seen.mean_absolute
    );
    assert_eq!(seen.correlations.iter().sum::<u32>() as usize, pairs.len());
    let (i, j) = (moving[1], moving[0]);
    assert!((f64::from(seen.corner[i * 20 + j]) - r(i, j)).abs() < 1e-5);
    let wrong = trace
        .output(7)
        .rows()
        .into_iter()
        .zip(&sets.test.labels)
        .filter(|(outputs, label)| {
            prediction(outputs.to_slice().expect("row-major")) != usize::from(**label)
        })
        .count();
    assert_eq!(seen.error, wrong as f64 / TOGETHER_IMAGES as f64);
}

/// A network that has learned a little, on the first test images, by masks that are drawn here: the error with half of the last hidden
/// units silenced, and how many of them speak while the network learns.
#[test]
fn half_of_the_units_silenced_and_all_that_speak_are_as_other_masks_have_them() {
    let p = 0.5;
    let [_, recipe] = Coadapted {
        epochs: 3.0,
        ..Coadapted::DEFAULT
    }
    .recipes();
    let Some((_, Observed::Together(seen))) = observed(recipe.clone()).pop() else {
        panic!("units are observed");
    };
    let (_, sets) = beginning(recipe.clone());
    let mut trainer = recipe.validate().expect("valid").trainer();
    while trainer.epoch() < 3 {
        trainer.step(sets.training.images.view(), &sets.training.labels);
    }
    let network = trainer.network();
    let mut trace = Trace::new(network);
    let images = sets.test.images.slice(ndarray::s![..TOGETHER_IMAGES, ..]);
    network.forward(images, Mode::Predicting, &mut trace);
    // Flatten, dense, ReLU, dropout, dense.
    let activations = trace.output(2).mapv(f64::from);
    let Layer::Dense(last) = &network.layers()[4] else {
        panic!("the last layer is dense");
    };
    let weights = last.weights().mapv(f64::from);
    let biases = last.biases().mapv(f64::from);
    let mut rng = Rng::seed_from_u64(77);
    let (mut wrong, mut speaking) = (0, 0);
    const DRAWS: usize = 20;
    for _ in 0..DRAWS {
        for (activation, label) in activations.rows().into_iter().zip(&sets.test.labels) {
            let masked = activation.mapv(|a| if rng.random::<bool>() { 2.0 * a } else { 0.0 });
            speaking += masked.iter().filter(|&&a| a > 0.0).count();
            let logits = (weights.dot(&masked) + &biases).mapv(|z| z as f32);
            let logits = logits.as_slice().expect("one row");
            wrong += usize::from(prediction(logits) != usize::from(*label));
        }
    }
    let pairs = (DRAWS * activations.len()) as f64;
    let halved = wrong as f64 / (DRAWS * TOGETHER_IMAGES) as f64;
    println!("half silenced {} here {halved}", seen.halved_error);
    // One draw of masks for 1,000 images: four standard deviations.
    let deviation = (halved * (1.0 - halved) / TOGETHER_IMAGES as f64).sqrt();
    assert!((seen.halved_error - halved).abs() < 4.0 * deviation);
    assert!(halved > seen.error + 0.02, "silencing costs something");
    let speaking = speaking as f64 / pairs;
    assert!((seen.speaking(p) - speaking).abs() < 4.0 * (0.25 / pairs).sqrt());
}
