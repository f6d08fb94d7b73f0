//! Sums that observations report: sizes of the weights, and what the units of a layer do together.

use softstep::engine::layer::Mode;
use softstep::engine::metrics::prediction;
use softstep::engine::trace::Trace;
use softstep::lab::message::{Observed, TOGETHER_IMAGES};
use softstep::lab::recipe::{Observation, PenaltiesRecipe, Recipe};

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
