//! Softmax: a distribution whatever the logits, with the limits, the derivative and the breakdowns that the text claims.

use proptest::prelude::*;
use softstep::theory::activation::sigmoid;
use softstep::theory::softmax::{
    NaiveOutcome, ScaleLimit, cross_entropy, cross_entropy_gradient, jacobian, log_softmax,
    log_sum_exp, naive_breaks_at, naive_cross_entropy, naive_softmax, scaled_softmax, sigmoids,
    softmax,
};

/// |got - expected| in units of the relative spacing `epsilon`, absolutely below the smallest normal number of the format.
fn assert_close(got: f64, expected: f64, epsilon: f64, smallest_normal: f64, what: &str) {
    // An exponential of an exact difference (1 ulp), a sum of up to ten positive terms (each 1/2 ulp, together at most 5), a quotient
    // or logarithm (1 ulp): 8 epsilon. Subnormals have an absolute spacing of epsilon times the smallest normal.
    let tolerance = 8.0 * epsilon * expected.abs().max(smallest_normal);
    assert!(
        (got - expected).abs() <= tolerance,
        "{what}: {got:e} instead of {expected:e}"
    );
}

#[test]
fn values_agree_with_50_digit_references_in_both_formats() {
    // tests/oracles/softmax.py
    let tiny = 2.859_991_425_549_872e-39;
    let mut one_large = vec![0.0; 10];
    one_large[0] = 88.75;
    let mut one_large_p = vec![tiny; 10];
    one_large_p[0] = 1.0;
    let mut one_large_log = vec![-88.75; 10];
    one_large_log[0] = -2.573_992_282_994_885e-38;
    let cases = [
        (
            vec![0.0, 1.0, 2.0],
            vec![
                0.090_030_573_170_380_46,
                0.244_728_471_054_797_65,
                0.665_240_955_774_821_9,
            ],
            vec![
                -2.407_605_964_444_380_5,
                -1.407_605_964_444_380_3,
                -0.407_605_964_444_380_3,
            ],
            2.407_605_964_444_380_5,
        ),
        (
            vec![-3.5, 0.25, 0.25, 7.0, -0.125],
            vec![
                2.744_932_440_625_708e-5,
                0.001_167_174_973_924_782,
                0.001_167_174_973_924_782,
                0.996_836_013_881_692_5,
                0.000_802_186_846_051_635_2,
            ],
            vec![
                -10.503_169_002_105_523,
                -6.753_169_002_105_523,
                -6.753_169_002_105_523,
                -0.003_169_002_105_522_879,
                -7.128_169_002_105_523,
            ],
            7.003_169_002_105_523,
        ),
        (
            vec![1000.0, 999.0, -1000.0],
            vec![0.731_058_578_630_004_9, 0.268_941_421_369_995_1, 0.0],
            vec![
                -0.313_261_687_518_222_8,
                -1.313_261_687_518_222_8,
                -2_000.313_261_687_518_2,
            ],
            1_000.313_261_687_518_2,
        ),
        (
            vec![-200.0, -200.5, -203.0],
            vec![
                0.603_748_896_148_625_8,
                0.366_192_216_281_800_2,
                0.030_058_887_569_574_02,
            ],
            vec![
                -0.504_596_902_342_283_5,
                -1.004_596_902_342_283_5,
                -3.504_596_902_342_283_5,
            ],
            -199.495_403_097_657_72,
        ),
        (
            vec![30.0, -10.0],
            vec![1.0, 4.248_354_255_291_589e-18],
            vec![-4.248_354_255_291_589e-18, -40.0],
            30.0,
        ),
        (one_large, one_large_p, one_large_log, 88.75),
    ];
    for (logits, p, log_p, log_sum) in cases {
        let narrow: Vec<f32> = logits.iter().map(|&a| a as f32).collect();
        let (e64, n64) = (f64::EPSILON, f64::MIN_POSITIVE);
        let (e32, n32) = (f64::from(f32::EPSILON), f64::from(f32::MIN_POSITIVE));
        for i in 0..logits.len() {
            assert_close(softmax(&logits)[i], p[i], e64, n64, "softmax");
            assert_close(softmax(&narrow)[i].into(), p[i], e32, n32, "softmax in f32");
            assert_close(log_softmax(&logits)[i], log_p[i], e64, n64, "log-softmax");
            assert_close(
                log_softmax(&narrow)[i].into(),
                log_p[i],
                e32,
                n32,
                "log-softmax in f32",
            );
            assert_close(
                cross_entropy(&logits, i),
                -log_p[i],
                e64,
                n64,
                "cross-entropy",
            );
        }
        assert_close(log_sum_exp(&logits), log_sum, e64, n64, "log-sum-exp");
        assert_close(
            log_sum_exp(&narrow).into(),
            log_sum,
            e32,
            n32,
            "log-sum-exp in f32",
        );
    }
}

#[test]
fn naive_evaluation_breaks_where_the_text_says() {
    // ln of the largest f32 is 88.7228390521, of a tenth of it 86.4202539591, of half the smallest subnormal -103.972077084 (tests/oracles/
    // softmax.py). exp is good to 1 ulp, 1.2e-7 of its value, so the border moves by 1.2e-7; t itself has a spacing of 7.6e-6.
    let spacing = 7.63e-6 + 1.2e-7;
    let breaks = |direction: &[f32]| naive_breaks_at(direction).expect("it breaks");
    let mut one = [0.0; 10];
    one[3] = 1.0;
    let (t, outcome) = breaks(&one);
    assert!((f64::from(t) - 88.722_839_052_1).abs() <= spacing, "{t}");
    assert_eq!(outcome, NaiveOutcome::ExponentialOverflow);
    assert!(naive_softmax(&[t, 0.0]).probabilities[0].is_nan());
    assert_eq!(naive_softmax(&[t, 0.0]).probabilities[1], 0.0);

    // The sum of ten rounds nine times, by at most 6e-8 of its value each.
    let (t, outcome) = breaks(&[1.0; 10]);
    assert!(
        (f64::from(t) - 86.420_253_959_1).abs() <= spacing + 9.0 * 6e-8,
        "{t}"
    );
    assert_eq!(outcome, NaiveOutcome::SumOverflow);
    assert_eq!(
        naive_softmax(&[t; 10]).probabilities,
        [0.0; 10],
        "finite / infinity: all 0, and they sum to 0"
    );

    // Near half of the smallest subnormal the rounding of exp is the border itself.
    let (t, outcome) = breaks(&[-1.0; 10]);
    assert!((f64::from(t) - 103.972_077_084).abs() <= spacing, "{t}");
    assert_eq!(outcome, NaiveOutcome::Underflow);
    assert!(
        naive_softmax(&[-t; 10])
            .probabilities
            .iter()
            .all(|p| p.is_nan()),
        "0 / 0"
    );

    assert_eq!(
        naive_breaks_at(&[0.0, -1.0]),
        None,
        "e^0 = 1 keeps the sum away from 0 and from infinity"
    );
    // The stable form does not notice any of these.
    for t in [86.5_f32, 88.75, 1e30, -104.0, -1e30] {
        assert_eq!(softmax(&[t; 10]), [0.1; 10]);
    }
    assert_eq!(
        naive_softmax(&[f32::NAN, 0.0]).outcome,
        NaiveOutcome::NotANumber
    );
    assert_eq!(
        naive_cross_entropy(&[0.0_f32, 80.0, -80.0], 2),
        f32::INFINITY
    );
    assert_eq!(cross_entropy(&[0.0_f32, 80.0, -80.0], 2), 160.0);
}

#[test]
fn special_logits_give_what_is_documented() {
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    let all_nan = |p: Vec<f64>| p.iter().all(|p| p.is_nan());
    assert_eq!(softmax(&[-inf, 0.0, 0.0]), [0.0, 0.5, 0.5]);
    assert_eq!(log_softmax(&[-inf, 3.0]), [-inf, 0.0]);
    assert_eq!(scaled_softmax(&[-inf, 0.0, 5.0], 0.0), [0.0, 0.5, 0.5]);
    for bad in [
        [inf, 0.0],
        [-inf, -inf],
        [nan, 0.0],
        [0.0, nan],
        [inf, -inf],
    ] {
        assert!(
            all_nan(softmax(&bad))
                && all_nan(log_softmax(&bad))
                && all_nan(scaled_softmax(&bad, 2.0)),
            "{bad:?}"
        );
        assert!(log_sum_exp(&bad).is_nan());
    }
    assert!(all_nan(scaled_softmax(&[0.0, 1.0], nan)));
    assert!(
        all_nan(scaled_softmax(&[-inf, 0.0], -1.0)),
        "the sign changed makes it infinity"
    );
    assert_eq!(softmax(&[7.5]), [1.0]);
    assert_eq!(softmax(&[f64::MAX, -f64::MAX]), [1.0, 0.0]);
    assert_eq!(scaled_softmax(&[f64::MAX, -f64::MAX], 0.0), [0.5, 0.5]);
}

#[test]
fn f32_may_round_a_component_to_0_or_to_1() {
    assert_eq!(softmax(&[0.0_f32, -104.0])[1], 0.0);
    assert!(softmax(&[0.0_f32, -103.9])[1] > 0.0);
    assert_eq!(
        softmax(&[17.0_f32, 0.0])[0],
        1.0,
        "e^-17 = 4.1e-8 is below 2^-24 = 6.0e-8"
    );
    assert!(softmax(&[16.5_f32, 0.0])[0] < 1.0);
}

#[test]
fn c_runs_from_uniform_to_argmax_and_a_tie_stays_a_tie() {
    let logits = [2.0, -1.0, 2.0, 0.5];
    assert_eq!(scaled_softmax(&logits, f64::INFINITY), [0.5, 0.0, 0.5, 0.0]);
    assert_eq!(
        scaled_softmax(&logits, f64::NEG_INFINITY),
        [0.0, 1.0, 0.0, 0.0]
    );
    assert_eq!(scaled_softmax(&logits, 0.0), [0.25; 4]);
    assert_eq!(scaled_softmax(&logits, 1.0), softmax(&logits));
    let limit = ScaleLimit::of(&logits);
    assert_eq!((limit.ties, limit.gap), (2, Some(1.5)));
    let all_equal = ScaleLimit::of(&[3.0; 5]);
    assert_eq!(
        (
            all_equal.gap,
            all_equal.deviation_bound(1.0),
            all_equal.scale_for_deviation(1e-9)
        ),
        (None, 0.0, 0.0)
    );
    assert_eq!(all_equal.argmax, all_equal.uniform);
    assert_eq!(
        scaled_softmax(&[1.0, 1.0, 0.0], 1e6),
        [0.5, 0.5, 0.0],
        "the echo of sigma(0) = 1/2"
    );
}

#[test]
fn ten_sigmoids_are_not_a_distribution() {
    assert_eq!(sigmoids(&[0.0; 10]).iter().sum::<f64>(), 5.0);
    // n epsilon, as in the property below.
    assert!((softmax(&[0.0; 10]).iter().sum::<f64>() - 1.0).abs() <= 10.0 * f64::EPSILON);
    assert!(sigmoids(&[3.0; 10]).iter().sum::<f64>() > 9.5);
}

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
