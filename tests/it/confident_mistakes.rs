//! What lesson 4.2 says of the losses of single test digits, by training its presets.

use crate::observation::observed;
use softstep::data::digits;
use softstep::data::split::Part;
use softstep::engine::loss::Loss;
use softstep::engine::sample_losses::SampleLosses;
use softstep::lab::message::Observed;
use softstep::lab::recipe::{LayerRecipe, Observation, PenaltiesRecipe, Recipe};

/// The widget's default, with a penalty.
fn preset(l2: f32, seed: u64) -> Recipe {
    Recipe {
        learning_rate: 0.1,
        epochs: 60,
        seed,
        penalties: PenaltiesRecipe {
            l2,
            ..PenaltiesRecipe::default()
        },
        observation: Observation::Outputs,
        ..Recipe::deep(LayerRecipe::Relu, 100, 1)
    }
}

/// Losses of all test digits after each epoch, from the first weights on.
fn losses(recipe: Recipe) -> Vec<SampleLosses> {
    let bytes = include_bytes!("../../assets/digits.idx.gz");
    let digits = digits::decode(bytes).expect("the bundled file is whole");
    let labels = &digits.labels[Part::Test.range()];
    let seen = observed(recipe).into_iter();
    seen.map(|(_, observed)| match observed {
        Observed::Outputs(outputs) => SampleLosses::new(Loss::CrossEntropy, &outputs, labels),
        other => panic!("{other:?} are no outputs"),
    })
    .collect()
}

/// Mean loss of the digits read wrongly.
fn mean_wrong(losses: &SampleLosses) -> f64 {
    losses.of(false).sum::<f64>() / losses.wrong() as f64
}

fn error(losses: &SampleLosses) -> f64 {
    losses.wrong() as f64 / losses.len() as f64
}

/// The epoch of the lowest test loss.
fn turn(epochs: &[SampleLosses]) -> usize {
    let all = 0..epochs.len();
    all.min_by(|a, b| epochs[*a].total().total_cmp(&epochs[*b].total()))
        .expect("the start is measured")
}

/// Seen with seeds 1, 2, 3: the loss is lowest after 5, 6, 6 epochs, then rises by 27, 23, 30 %; the error goes from 13.3, 13.0, 11.9
/// to 11.8, 11.8, 11.9 %; a wrong digit costs 1.70, 1.55, 1.54 times as much. At the end the wrong ones carry 94 % of the loss,
/// the worst 1 % of all digits 23 %, the worst 5 % 69 %. With the penalty the turn is at 39 to 47 epochs, a wrong digit costs 2.28, 2.25,
/// 2.39 instead of 4.32, 4.42, 4.32 at the end, and the error is 11.5, 12.1, 12.2 %. An error measured on 4,000 digits has a
/// spread of 0.5 points; a point is two of them.
#[test]
fn from_the_lowest_loss_on_the_mistakes_cost_more_and_are_not_more() {
    for seed in 1..=3 {
        let epochs = losses(preset(0.0, seed));
        let best = turn(&epochs);
        let (then, end) = (&epochs[best], &epochs[60]);
        let place = format!("seed {seed}, lowest after {best} epochs");
        assert!((3..=12).contains(&best), "{place}");
        assert!(end.total() > 1.15 * then.total(), "{place}");
        assert!(error(end) < error(then) + 0.005, "{place}");
        assert!(mean_wrong(end) > 1.4 * mean_wrong(then), "{place}");
        assert!(end.share_of_wrong() > 0.9, "{place}");
        let digits = end.len();
        assert!(end.share_of_worst(digits / 100) > 0.18, "{place}");
        assert!(end.share_of_worst(digits / 20) > 0.6, "{place}");

        let penalised = losses(preset(0.01, seed));
        let penalised = &penalised[60];
        assert!(mean_wrong(penalised) < 0.65 * mean_wrong(end), "{place}");
        assert!((error(penalised) - error(end)).abs() < 0.01, "{place}");
        assert!(penalised.share_of_wrong() < 0.8, "{place}");
    }
}
