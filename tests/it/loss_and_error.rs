//! What lesson 4.2 says of loss and error on a handful of predictions, for every prediction.

use proptest::prelude::*;
use softstep::theory::loss_and_error::{Goal, Prediction, START, mean_loss, mistakes};

/// Probabilities that the page lets one set: 0.001 to 0.999.
fn prediction() -> impl Strategy<Value = Prediction> {
    (0.001_f64..=0.999, 0.0_f64..=1.0).prop_map(|(right, first_of_rest)| Prediction {
        right,
        first_of_rest,
    })
}

fn samples() -> impl Strategy<Value = Vec<Prediction>> {
    prop::collection::vec(prediction(), 2..=8)
}

/// `samples` with the right class of sample `which` at p.
fn moved(samples: &[Prediction], which: usize, p: f64) -> Vec<Prediction> {
    let mut moved = samples.to_vec();
    moved[which].right = p;
    moved
}

proptest! {
    /// Between p and q the mean loss changes by |ln p - ln q| / n, and that by |p - q| / (n min(p, q)) at most: no jump anywhere.
    #[test]
    fn the_loss_is_continuous_and_falls_as_the_right_class_grows(samples in samples(), which in any::<prop::sample::Index>(), p in 0.001_f64..0.999, step in 0.0_f64..0.01) {
        let which = which.index(samples.len());
        let q = (p + step).min(0.999);
        let (before, after) = (mean_loss(&moved(&samples, which, p)), mean_loss(&moved(&samples, which, q)));
        let bound = (q - p) / (samples.len() as f64 * p);
        prop_assert!(after <= before + 1e-12);
        prop_assert!(before - after <= bound + 1e-12);
    }

    /// As p of one sample goes from 0 to 1 the error is constant but for one place, p*, where it falls by one sample.
    #[test]
    fn the_error_is_constant_but_for_one_jump(samples in samples(), which in any::<prop::sample::Index>(), p in 0.001_f64..0.999) {
        let which = which.index(samples.len());
        let tipping = samples[which].tipping_point();
        let wrong = |p: f64| mistakes(&moved(&samples, which, p));
        let (low, high) = (wrong(0.001), wrong(0.999));
        prop_assert_eq!(low, high + 1);
        // Rounding may decide within an ulp or two of p*.
        if (p - tipping).abs() > 1e-12 {
            prop_assert_eq!(wrong(p), if p < tipping { low } else { high });
        }
    }
}

/// From where the page begins; one goal at a time, so each way shows what it is to show.
#[test]
fn every_goal_can_be_reached_and_none_is_reached_at_the_start() {
    for goal in Goal::ALL {
        assert!(!goal.is_reached(&START, &START), "{goal:?}");
        for other in Goal::ALL {
            let way = goal.one_way();
            assert_eq!(
                other.is_reached(&START, &way),
                other == goal,
                "{goal:?} {other:?}"
            );
            // The sliders go from 0.01 to 0.99.
            assert!(
                way.iter()
                    .all(|sample| (0.01..=0.99).contains(&sample.right))
            );
        }
    }
}

/// The first goal by moving one sample alone: the wrong one, whose loss has no bound, so it can outweigh any mean.
#[test]
fn one_sample_can_double_the_mean_loss() {
    let doubled = moved(&START, 4, 0.02);
    assert_eq!(mistakes(&doubled), mistakes(&START));
    assert!(mean_loss(&doubled) > 2.0 * mean_loss(&START));
}
