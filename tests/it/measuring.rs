//! What a run shows when it stands still, and what its training measures are with dropout on.

use crate::observation::{beginning, observed, recipe};
use crate::session::Bench;
use softstep::engine::layer::Mode;
use softstep::engine::metrics::prediction;
use softstep::engine::random::Stream;
use softstep::engine::trace::Trace;
use softstep::lab::message::{Command, Drive, Report, RunState};
use softstep::lab::recipe::{Observation, Recipe};

/// The outputs of the last measured moment, once for each rest, and before the word that the run rests.
#[test]
fn outputs_at_rest_come_when_the_run_stands_still() {
    let at_every_moment = observed(recipe(Observation::Outputs));
    let mut bench = Bench::start(recipe(Observation::OutputsAtRest), Drive::OneEpoch);
    bench.settle().tell(Command::Drive(Drive::Run)).settle();
    let seen: Vec<&Report> = bench
        .heard
        .iter()
        .filter(|report| matches!(report, Report::Observed { .. } | Report::State { .. }))
        .collect();
    let [running, first, paused, again, last, completed] = seen.as_slice() else {
        panic!("{} reports", seen.len());
    };
    let of = |report: &Report| match report {
        Report::Observed {
            epoch, observed, ..
        } => (*epoch, observed.clone()),
        other => panic!("{other:?}"),
    };
    let state = |report: &Report| match report {
        Report::State { state, .. } => *state,
        other => panic!("{other:?}"),
    };
    assert_eq!(state(running), RunState::Running);
    assert_eq!(
        (of(first), state(paused)),
        (at_every_moment[1].clone(), RunState::Paused)
    );
    assert_eq!(state(again), RunState::Running);
    assert_eq!(of(last), at_every_moment[2]);
    assert!(matches!(state(completed), RunState::Completed { .. }));
}

/// With dropout on, a network that has learned is worse on its training images; without dropout there is nothing to tell apart; and
/// nobody who has not asked gets it.
#[test]
fn training_measures_with_dropout_on_are_those_of_masked_networks() {
    let points = |recipe| Bench::start(recipe, Drive::Run).settle().points();
    let asked = |probability| Recipe {
        measure_learning: true,
        training_images: 250,
        epochs: 6,
        ..Recipe::dense(50, 1, probability)
    };
    for point in points(asked(0.5)).iter().skip(3) {
        let learning = point.learning.expect("it was asked for");
        assert!(learning.loss > 1.1 * point.training.loss, "{point:?}");
        assert!(learning.error > point.training.error, "{point:?}");
    }
    for point in points(asked(0.0)) {
        assert_eq!(point.learning, Some(point.training));
    }
    let unasked = Recipe {
        measure_learning: false,
        ..asked(0.5)
    };
    assert!(points(unasked).iter().all(|point| point.learning.is_none()));

    // The first weights, masked by hand.
    let (network, sets) = beginning(asked(0.5));
    let mut rng = Stream::Measuring.rng(asked(0.5).seed);
    let (mut loss, mut wrong) = (0.0, 0);
    for portion in 0..3 {
        let range = 100 * portion..(100 * portion + 100).min(250);
        let mut trace = Trace::new(&network);
        let images = sets.training.images.slice(ndarray::s![range.clone(), ..]);
        network.forward(images, Mode::Learning(&mut rng), &mut trace);
        let outputs = trace.output(network.layers().len() - 1);
        for (row, label) in outputs.rows().into_iter().zip(&sets.training.labels[range]) {
            let row = row.to_vec();
            let exponentials: Vec<f64> = row.iter().map(|z| f64::from(*z).exp()).collect();
            let sum: f64 = exponentials.iter().sum();
            loss -= (exponentials[usize::from(*label)] / sum).ln() / 250.0;
            wrong += usize::from(prediction(&row) != usize::from(*label));
        }
    }
    let first = points(asked(0.5))[0].learning.expect("it was asked for");
    // Losses are reported with 24 bits.
    assert!(
        (first.loss - loss).abs() < 1e-5 * loss,
        "{} {loss}",
        first.loss
    );
    assert!((first.error - wrong as f64 / 250.0).abs() < 1e-6);
}

/// Asked for on the way, it comes from the next measured moment on, and goes again.
#[test]
fn measuring_with_dropout_on_can_be_switched_on_the_way() {
    let mut bench = Bench::start(recipe(Observation::Nothing), Drive::OneEpoch);
    bench.settle().tell(Command::MeasureLearning(true));
    bench.tell(Command::Drive(Drive::OneEpoch)).settle();
    let asked: Vec<bool> = bench
        .points()
        .iter()
        .map(|point| point.learning.is_some())
        .collect();
    assert_eq!(asked, [false, false, true]);
}
