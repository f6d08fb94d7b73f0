//! Softmax: a distribution whatever the logits, with the limits, the derivative and the breakdowns that the text claims.

mod properties;

use softstep::theory::softmax::{
    NaiveOutcome, ScaleLimit, cross_entropy, log_softmax, log_sum_exp, naive_breaks_at,
    naive_cross_entropy, naive_softmax, scaled_softmax, sigmoids, softmax,
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
