//! The least of a penalised quadratic loss meets its conditions, and nothing near it is lower.

use proptest::prelude::*;
use softstep::theory::penalised::{Penalty, Quadratic, norm};

fn quadratics() -> impl Strategy<Value = Quadratic> {
    let number = || -3.0..3.0_f64;
    (number(), number(), 0.2..5.0_f64, 0.2..5.0_f64, 0.0..3.2_f64).prop_map(
        |(x, y, one, other, angle)| Quadratic {
            middle: [x, y],
            curvatures: [one, other],
            angle,
        },
    )
}

/// Everything around `weights` at several distances.
fn around([x, y]: [f64; 2]) -> impl Iterator<Item = [f64; 2]> {
    (0..64).flat_map(move |turn| {
        let (sine, cosine) = (f64::from(turn) * std::f64::consts::TAU / 64.0).sin_cos();
        [1e-4, 1e-2, 1.0].map(|reach| [x + reach * cosine, y + reach * sine])
    })
}

proptest! {
    #[test]
    fn with_l2_the_gradients_cancel(loss in quadratics(), lambda in 0.0..5.0_f64) {
        let least = loss.least(Penalty::L2(lambda));
        let gradient = loss.gradient(least);
        for axis in [0, 1] {
            prop_assert!((gradient[axis] + lambda * least[axis]).abs() < 1e-9);
        }
    }

    #[test]
    fn with_l1_each_weight_is_zero_or_its_gradient_is_lambda(loss in quadratics(), lambda in 0.0..5.0_f64) {
        let least = loss.least(Penalty::L1(lambda));
        let gradient = loss.gradient(least);
        for axis in [0, 1] {
            if least[axis] == 0.0 {
                prop_assert!(gradient[axis].abs() <= lambda + 1e-9);
            } else {
                prop_assert!((gradient[axis] + lambda * least[axis].signum()).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn within_a_ball_the_loss_falls_straight_out_of_it_or_not_at_all(loss in quadratics(), bound in 0.1..3.0_f64) {
        let least = loss.least(Penalty::MaxNorm(bound));
        if norm(loss.middle) <= bound {
            prop_assert_eq!(least, loss.middle);
        } else {
            prop_assert!((norm(least) - bound).abs() < 1e-9 * bound.max(1.0));
            let [x, y] = loss.gradient(least);
            // Parallel to w and pointing inwards.
            prop_assert!((x * least[1] - y * least[0]).abs() < 1e-6);
            prop_assert!(x * least[0] + y * least[1] <= 0.0);
        }
    }

    #[test]
    fn nothing_near_is_lower(loss in quadratics(), strength in 0.05..3.0_f64) {
        for penalty in [Penalty::L2(strength), Penalty::L1(strength), Penalty::MaxNorm(strength)] {
            let least = loss.least(penalty);
            let value = loss.value(least) + penalty.value(least);
            for other in around(least) {
                if matches!(penalty, Penalty::MaxNorm(bound) if norm(other) > bound) {
                    continue;
                }
                prop_assert!(loss.value(other) + penalty.value(other) >= value - 1e-9, "{penalty:?} {least:?} {other:?}");
            }
        }
    }

    /// L2 shrinks and never reaches 0; L1 reaches it at a finite strength, max |(H m)_i|.
    #[test]
    fn l1_puts_weights_to_zero_and_l2_does_not(loss in quadratics()) {
        prop_assume!(loss.middle.iter().all(|weight| weight.abs() > 0.1));
        let strong = 100.0;
        prop_assert!(norm(loss.least(Penalty::L2(strong))) > 0.0);
        prop_assert_eq!(loss.least(Penalty::L1(strong)), [0.0, 0.0]);
    }

    #[test]
    fn a_contour_has_one_level(loss in quadratics(), level in 0.01..4.0_f64) {
        for (x, y) in loss.contour(level, 24) {
            prop_assert!((loss.value([x, y]) - level).abs() < 1e-9 * level.max(1.0));
        }
    }
}

/// The page's first sight: with lambda = 1 L1 leaves one weight of two, L2 both.
#[test]
fn the_default_of_the_page_shows_a_weight_that_is_exactly_zero() {
    let loss = softstep::theory::penalised::Quadratic {
        middle: [2.0, 0.8],
        curvatures: [1.6, 0.6],
        angle: 20.0_f64.to_radians(),
    };
    let [first, second] = loss.least(Penalty::L1(1.0));
    assert!(first > 0.5 && second == 0.0, "{first} {second}");
    let [first, second] = loss.least(Penalty::L2(1.0));
    assert!(first > 0.5 && second > 0.1, "{first} {second}");
}
