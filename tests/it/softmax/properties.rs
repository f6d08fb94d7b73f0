//! What holds for any logits.

use proptest::prelude::*;
use softstep::theory::activation::sigmoid;
use softstep::theory::softmax::{
    NaiveOutcome, ScaleLimit, cross_entropy, cross_entropy_gradient, jacobian, log_softmax,
    log_sum_exp, naive_softmax, scaled_softmax, softmax,
};

fn logits() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-40.0_f64..40.0, 2..12)
}

/// Logits on a grid of 1/1024, so that sums and differences are exact even in `f32` (|a| < 128 needs 17 bits).
fn grid_logits() -> impl Strategy<Value = Vec<f32>> {
    prop::collection::vec((-65_536_i32..65_536).prop_map(|a| a as f32 / 1024.0), 1..12)
}

proptest! {
    #[test]
    fn the_components_sum_to_1_and_lie_between_0_and_1(logits in prop::collection::vec(-1e4_f32..1e4, 1..40)) {
        let p = softmax(&logits);
        // The divisor's n - 1 roundings, n quotients and this sum, each half an epsilon: n epsilon in all.
        let n = logits.len() as f32;
        prop_assert!((p.iter().sum::<f32>() - 1.0).abs() <= n * f32::EPSILON);
        prop_assert!(p.iter().all(|p| (0.0..=1.0).contains(p)));
        let wide: Vec<f64> = logits.iter().map(|&a| f64::from(a)).collect();
        prop_assert!((softmax(&wide).iter().sum::<f64>() - 1.0).abs() <= f64::from(n) * f64::EPSILON);
    }

    #[test]
    fn components_are_strictly_between_0_and_1_where_the_format_can_say_so(logits in prop::collection::vec(-17.0_f64..17.0, 2..12)) {
        // Logits at most 34 apart: the smaller ones add at least e^-34 = 1.7e-15 > 2^-53 to the largest.
        prop_assert!(softmax(&logits).iter().all(|&p| 0.0 < p && p < 1.0));
    }

    #[test]
    fn adding_a_constant_changes_nothing(logits in grid_logits(), shift in -65_536_i32..65_536) {
        // The shifted logits are exact, so the same differences arise: not close, but the same bits.
        let shift = shift as f32 / 1024.0;
        let shifted: Vec<f32> = logits.iter().map(|a| a + shift).collect();
        prop_assert_eq!(softmax(&shifted), softmax(&logits));
        prop_assert_eq!(log_softmax(&shifted), log_softmax(&logits));
    }

    #[test]
    fn where_the_naive_form_is_sound_both_agree(logits in prop::collection::vec(-80.0_f32..80.0, 1..12)) {
        let naive = naive_softmax(&logits);
        prop_assert_eq!(naive.outcome, NaiveOutcome::Sound);
        for (p, q) in softmax(&logits).iter().zip(&naive.probabilities) {
            // a - m rounds: up to 160 * 6e-8 in the exponent, relative in the result; subnormals absolutely.
            prop_assert!((p - q).abs() <= 1.2e-5 * q + f32::MIN_POSITIVE, "{} {}", p, q);
        }
    }

    #[test]
    fn a_component_grows_with_its_own_logit_and_shrinks_with_another(logits in logits(), more in 0.01_f64..5.0, at in 0..100_usize) {
        let i = at % logits.len();
        let mut raised = logits.clone();
        raised[i] += more;
        let (before, after) = (softmax(&logits), softmax(&raised));
        for j in 0..logits.len() {
            // Logits are at most 80 apart; rounding is (80 + n) epsilon = 2e-14 of the value, a real change may be smaller.
            if i == j {
                prop_assert!(after[j] >= before[j] * (1.0 - 2e-14));
            } else {
                prop_assert!(after[j] <= before[j] * (1.0 + 2e-14));
            }
        }
        // Seen from the odds, p_i / p_j grows by exactly e^more: strict.
        let j = (i + 1) % logits.len();
        let growth = (after[i] / after[j]) / (before[i] / before[j]);
        prop_assert!((growth / more.exp() - 1.0).abs() < 1e-13, "{}", growth);
    }

    #[test]
    fn jacobian_rows_sum_to_0_and_agree_with_finite_differences(logits in prop::collection::vec(-6.0_f64..6.0, 2..12)) {
        let jacobian = jacobian(&softmax(&logits));
        let h = 1e-5;
        for j in 0..logits.len() {
            // Terms up to 1/4, n of them.
            prop_assert!(jacobian.row(j).sum().abs() < 1e-15 && jacobian.column(j).sum().abs() < 1e-15);
            let (mut up, mut down) = (logits.clone(), logits.clone());
            up[j] += h;
            down[j] -= h;
            let (up, down) = (softmax(&up), softmax(&down));
            for i in 0..logits.len() {
                prop_assert_eq!(jacobian[[i, j]], jacobian[[j, i]]);
                // h^2/6 times a third derivative below 1, and rounding 1e-16 * 10 / h.
                prop_assert!(((up[i] - down[i]) / (2.0 * h) - jacobian[[i, j]]).abs() < 2e-10);
            }
        }
    }

    #[test]
    fn the_gradient_of_the_cross_entropy_is_p_minus_one_hot(logits in prop::collection::vec(-6.0_f64..6.0, 2..12), at in 0..100_usize) {
        let label = at % logits.len();
        let (gradient, p) = (cross_entropy_gradient(&logits, label), softmax(&logits));
        prop_assert!(gradient.iter().sum::<f64>().abs() < 1e-15);
        for i in 0..logits.len() {
            let one_hot = if i == label { 1.0 } else { 0.0 };
            prop_assert!((gradient[i] - (p[i] - one_hot)).abs() < 1e-15);
            let (mut up, mut down) = (logits.clone(), logits.clone());
            up[i] += 1e-5;
            down[i] -= 1e-5;
            // Losses up to 15: rounding 4e-15 / 2e-5 = 2e-10; h^2/6 = 2e-11.
            let slope = (cross_entropy(&up, label) - cross_entropy(&down, label)) / 2e-5;
            prop_assert!((slope - gradient[i]).abs() < 1e-9);
        }
    }

    #[test]
    fn log_sum_exp_is_a_smooth_maximum(logits in logits()) {
        let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let value = log_sum_exp(&logits);
        prop_assert!(largest <= value && value <= largest + (logits.len() as f64).ln() + 1e-14);
    }

    #[test]
    fn a_large_c_meets_the_argmax_limit_within_the_bound(logits in prop::collection::vec(-5..5_i32, 2..11), c in 0.1_f64..60.0) {
        // Whole numbers tie often.
        let logits: Vec<f64> = logits.into_iter().map(f64::from).collect();
        let limit = ScaleLimit::of(&logits);
        let deviation = |c: f64| {
            scaled_softmax(&logits, c).iter().zip(&limit.argmax).map(|(p, l)| (p - l).abs()).fold(0.0, f64::max)
        };
        // Components are rounded to 1e-16.
        prop_assert!(deviation(c) <= limit.deviation_bound(c) + 1e-15);
        let enough = limit.scale_for_deviation(1e-6);
        prop_assert!(deviation(enough) <= 1e-6 * (1.0 + 1e-9));
        prop_assert_eq!(deviation(800.0), 0.0, "e^-800 is 0 in f64");
        prop_assert_eq!(deviation(f64::INFINITY), 0.0);
    }

    #[test]
    fn a_small_c_meets_the_uniform_limit_linearly(logits in prop::collection::vec(-5.0_f64..5.0, 2..11)) {
        let n = logits.len() as f64;
        let mean = logits.iter().sum::<f64>() / n;
        let c = 1e-6;
        for (p, a) in scaled_softmax(&logits, c).iter().zip(&logits) {
            // p = 1/n + c (a - mean) / n + O(c^2 100 / n).
            prop_assert!((p - 1.0 / n - c * (a - mean) / n).abs() < 1e-10);
        }
    }

    #[test]
    fn two_classes_are_a_sigmoid_of_the_difference(a in -40.0_f64..40.0, b in -40.0_f64..40.0) {
        // Both round a - b once (the same way) and then agree to 3 ulp.
        let p = softmax(&[a, b]);
        prop_assert!((p[0] / sigmoid(a - b) - 1.0).abs() < 1e-15);
    }
}
