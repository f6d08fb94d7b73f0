//! What a recipe's observation reports is what the network does, and observing changes nothing.

use crate::session::Bench;
use softstep::data::digits;
use softstep::engine::layer::Mode;
use softstep::engine::metrics::prediction;
use softstep::engine::trace::Trace;
use softstep::lab::construct::Sets;
use softstep::lab::message::{
    Drive, LayerGradient, LayerUnits, Observed, Report, RunState, WEIGHTED_INPUT_BINS,
    WEIGHTED_INPUT_RANGE,
};
use softstep::lab::recipe::{LayerRecipe, Observation, Recipe};

/// What was observed, with its epoch.
pub fn observed(recipe: Recipe) -> Vec<(f64, Observed)> {
    let mut bench = Bench::start(recipe, Drive::Run);
    bench.settle();
    let observed = bench.heard.into_iter().filter_map(|report| match report {
        Report::Observed {
            epoch, observed, ..
        } => Some((epoch, observed)),
        _ => None,
    });
    observed.collect()
}

/// Gradients of all measured moments.
pub fn gradients(recipe: Recipe) -> Vec<(f64, Vec<LayerGradient>)> {
    let all = observed(Recipe {
        observation: Observation::Gradients,
        ..recipe
    });
    all.into_iter()
        .map(|(epoch, observed)| match observed {
            Observed::Gradients(layers) => (epoch, layers),
            other => panic!("{other:?} are no gradients"),
        })
        .collect()
}

/// Units of all measured moments.
pub fn units(recipe: Recipe) -> Vec<(f64, Vec<LayerUnits>)> {
    let all = observed(Recipe {
        observation: Observation::Units,
        ..recipe
    });
    all.into_iter()
        .map(|(epoch, observed)| match observed {
            Observed::Units(layers) => (epoch, layers),
            other => panic!("{other:?} are no units"),
        })
        .collect()
}

/// Dropout is in it, so that an observation that forgot to switch it off would be found out; 250 images are no whole
/// number of portions.
pub fn recipe(observation: Observation) -> Recipe {
    Recipe {
        training_images: 250,
        epochs: 2,
        observation,
        ..Recipe::dense(20, 2, 0.5)
    }
}

/// The network of `recipe` before its first step and its sets.
pub fn beginning(recipe: Recipe) -> (softstep::engine::network::Network, Sets) {
    let bytes = include_bytes!("../../assets/digits.idx.gz");
    let digits = digits::decode(bytes).expect("the bundled file is whole");
    let recipe = recipe.validate().expect("the recipe is valid");
    (recipe.network(), recipe.sets(&digits))
}

#[test]
fn observing_changes_no_bit() {
    let end = |observation| {
        Bench::start(recipe(observation), Drive::Run)
            .settle()
            .state()
    };
    let alone = end(Observation::Nothing);
    for observation in [
        Observation::Gradients,
        Observation::Units,
        Observation::Outputs,
        Observation::OutputsAtRest,
        Observation::Parameters,
        Observation::Weights,
        Observation::Together,
    ] {
        assert_eq!(end(observation), alone, "{observation:?}");
    }
    let noisy = Recipe {
        measure_learning: true,
        ..recipe(Observation::Nothing)
    };
    assert_eq!(Bench::start(noisy, Drive::Run).settle().state(), alone);
}

#[test]
fn every_measured_moment_is_observed() {
    for observation in [
        Observation::Gradients,
        Observation::Units,
        Observation::Outputs,
        Observation::Weights,
        Observation::Together,
    ] {
        let seen = observed(recipe(observation));
        let epochs: Vec<f64> = seen.iter().map(|(epoch, _)| *epoch).collect();
        assert_eq!(epochs, [0.0, 1.0, 2.0], "{observation:?}");
    }
    assert!(observed(recipe(Observation::Nothing)).is_empty());
}

#[test]
fn the_gradient_is_that_of_the_mean_loss_over_all_training_images() {
    let recipe = recipe(Observation::Gradients);
    let (network, sets) = beginning(recipe.clone());
    // All images at once, instead of in portions.
    let mut trace = Trace::new(&network);
    network.forward(sets.training.images.view(), Mode::Predicting, &mut trace);
    let last = network.layers().len() - 1;
    let mut output_gradient = ndarray::Array2::zeros(trace.output(last).dim());
    let loss = softstep::engine::loss::Loss::CrossEntropy;
    loss.of_batch(
        trace.output(last),
        &sets.training.labels,
        output_gradient.view_mut(),
    );
    let mut expected = network.zero_gradients();
    network.backward(&mut trace, output_gradient.view(), &mut expected);

    let (_, seen) = gradients(recipe).swap_remove(0);
    // Flatten, then (dense, ReLU, dropout) twice, then dense.
    let dense = [1, 4, 7];
    assert_eq!(seen.len(), dense.len());
    for (layer, seen) in dense.into_iter().zip(&seen) {
        let norm = expected.norm(layer);
        // Sums of 250 terms in another order: some roundings of 2^-24 each.
        assert!(
            (seen.norm - norm).abs() < 1e-5 * norm,
            "layer {layer}: {} instead of {norm}",
            seen.norm
        );
    }
    // ReLU's mean slope is the share of positive weighted inputs.
    for (place, weighted) in [(0, 1), (1, 4)] {
        let inputs = trace.output(weighted);
        let positive = inputs.iter().filter(|&&z| z > 0.0).count() as f32 / inputs.len() as f32;
        let slope = seen[place].mean_slope.expect("a ReLU layer is behind");
        assert!((slope - positive).abs() < 1e-6, "{slope} and {positive}");
    }
    assert_eq!(seen[2].mean_slope, None);
}

#[test]
fn units_are_counted_over_all_training_images() {
    let recipe = recipe(Observation::Units);
    let (network, sets) = beginning(recipe.clone());
    let mut trace = Trace::new(&network);
    network.forward(sets.training.images.view(), Mode::Predicting, &mut trace);
    let (_, seen) = units(recipe).swap_remove(0);
    assert_eq!(seen.len(), 2);
    for (layer, seen) in [1, 4].into_iter().zip(&seen) {
        let inputs = trace.output(layer);
        let pairs = inputs.len() as f64;
        let silent = inputs.iter().filter(|&&z| z <= 0.0).count() as f64 / pairs;
        assert!((seen.silent - silent).abs() < 1e-12);
        let dead = inputs
            .columns()
            .into_iter()
            .filter(|column| column.iter().all(|&z| z <= 0.0))
            .count();
        assert_eq!((seen.units, seen.dead), (20, dead as u32));
        assert_eq!(seen.counts.len(), WEIGHTED_INPUT_BINS);
        let all: u32 = seen.counts.iter().sum::<u32>() + seen.below + seen.above;
        assert_eq!(f64::from(all), pairs);
        // 0 is an edge: the bins left of it hold what is below 0.
        let left: u32 = seen.counts[..WEIGHTED_INPUT_BINS / 2].iter().sum();
        let negative = inputs.iter().filter(|&&z| z < 0.0).count() as u32;
        assert_eq!(left + seen.below, negative);
        let (low, high) = WEIGHTED_INPUT_RANGE;
        let inside = inputs.iter().filter(|&&z| (low..high).contains(&z)).count();
        assert_eq!(seen.counts.iter().sum::<u32>(), inside as u32);
    }
}

#[test]
fn the_outputs_predict_what_the_measured_error_says() {
    let mut bench = Bench::start(recipe(Observation::Outputs), Drive::Run);
    bench.settle();
    let (_, sets) = beginning(recipe(Observation::Outputs));
    let point = bench.points().pop().expect("the end is measured");
    let outputs = bench.heard.iter().rev().find_map(|report| match report {
        Report::Observed {
            observed: Observed::Outputs(values),
            ..
        } => Some(values),
        _ => None,
    });
    let outputs = outputs.expect("the end is observed");
    assert_eq!(outputs.len(), sets.test.labels.len() * digits::CLASSES);
    let wrong = outputs
        .chunks_exact(digits::CLASSES)
        .zip(&sets.test.labels)
        .filter(|(outputs, label)| prediction(outputs) != usize::from(**label))
        .count();
    // The engine reports shares in 32 bits.
    let share = (wrong as f64 / sets.test.labels.len() as f64) as f32;
    assert_eq!(f64::from(share), point.test.error);
}

#[test]
fn deep_networks_differ_in_their_function_only() {
    let recipe = Recipe::deep(LayerRecipe::Relu, 30, 3);
    let mut expected = Recipe::dense(30, 3, 0.0);
    expected
        .layers
        .retain(|layer| !matches!(layer, LayerRecipe::Dropout { .. }));
    assert_eq!(recipe, expected);
    let sigmoid = Recipe::deep(LayerRecipe::Sigmoid, 30, 3);
    let weights = |recipe: Recipe| beginning(recipe).0.weights_checksum();
    assert_eq!(weights(recipe), weights(sigmoid));
}

/// Before the first step, in between, and at the end: the last report is the network that the run ended with.
#[test]
fn parameters_are_reported_from_the_first_to_the_last() {
    let recipe = recipe(Observation::Parameters);
    let first = beginning(recipe.clone()).0.parameters();
    let mut bench = Bench::start(recipe.clone(), Drive::Run);
    bench.settle();
    let RunState::Completed { checksum } = bench.state() else {
        panic!("the run is completed");
    };
    let seen: Vec<(f64, Vec<f32>)> = bench
        .heard
        .into_iter()
        .filter_map(|report| match report {
            Report::Observed {
                epoch,
                observed: Observed::Parameters(parameters),
                ..
            } => Some((epoch, parameters)),
            _ => None,
        })
        .collect();
    assert_eq!(seen[0], (0.0, first));
    assert!(seen.is_sorted_by(|a, b| a.0 < b.0), "no moment twice");
    assert!(seen.len() > 2, "between first and last too");
    let (epoch, last) = seen.last().expect("there are some");
    assert_eq!(*epoch, f64::from(recipe.epochs));
    let mut network = beginning(recipe).0;
    network.set_parameters(last);
    assert_eq!(network.weights_checksum(), checksum);
}
