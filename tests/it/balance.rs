//! The chain of sigmoid neurons and the logistic equation.

use softstep::theory::balance::*;
use softstep::theory::logistic::sigmoid;

/// (c, lower fixed point, upper, slope at both), by
///
/// ```text
/// from mpmath import mp, mpf, findroot, coth, exp, sqrt      # mpmath 1.4.1, Python 3
/// mp.dps = 60
/// sigma = lambda t: 1 / (1 + exp(-t))
/// for c in [4.000000000001, 4.0001, 4.4, 5.0, 10.0, 100.0, 1400.0]:
///     k = mpf(c) / 4
///     u = findroot(lambda u: u * coth(u) - k, (sqrt(3 * (k - 1)), k), solver="anderson", tol=1e-110)
///     x = sigma(-2 * u)
///     assert abs(sigma(mpf(c) * (x - mpf(1)/2)) - x) < mpf(10)**-50
///     print(c, float(x), float(1 - x), float(mpf(c) * x * (1 - x)))
/// ```
const PAIRS: &[(f64, f64, f64, f64)] = &[
    (
        4.000000000001,
        0.499999566968051,
        0.500000433031949,
        0.9999999999995,
    ),
    (
        4.0001,
        0.49566997040648775,
        0.5043300295935123,
        0.9999500014999615,
    ),
    (
        4.4,
        0.24852971252767908,
        0.7514702874723209,
        0.8217558558817885,
    ),
    (
        5.0,
        0.1447941082560648,
        0.8552058917439351,
        0.619143872351979,
    ),
    (
        10.0,
        0.007188064182671623,
        0.9928119358173284,
        0.07136395915977416,
    ),
    (100.0, 1.9287498479639178e-22, 1.0, 1.9287498479639178e-20),
    (1400.0, 9.85967654375977e-305, 1.0, 1.380354716126368e-301),
];

#[test]
fn fixed_points_to_the_last_digits() {
    for &(c, low, high, slope) in PAIRS {
        let points = fixed_points(c);
        let found: Vec<f64> = points.iter().map(|point| point.x).collect();
        // x = sigma(-2u): a relative error of u, a few 2^-53, moves x by 2u (1 - x) as much, relatively; 2u is c/2
        // for large c.
        let close = |a: f64, b: f64| (a / b - 1.0).abs() < 4.0 * f64::EPSILON * (1.0 + c / 2.0);
        assert!(
            close(found[0], low) && found[1] == 0.5 && close(found[2], high),
            "{c}: {found:?}"
        );
        assert!(
            close(points[0].slope, slope) && points[0].slope == points[2].slope,
            "{c}: {points:?}"
        );
        let stability: Vec<_> = points.iter().map(|point| point.stability).collect();
        assert_eq!(
            stability,
            [Stability::Stable, Stability::Unstable, Stability::Stable]
        );
        assert_eq!(points[1].slope, c / 4.0);
    }
}

#[test]
fn up_to_four_a_half_is_alone() {
    for (c, stability) in [
        (0.0, Stability::Stable),
        (3.999, Stability::Stable),
        (4.0, Stability::Neutral),
    ] {
        let points = fixed_points(c);
        assert_eq!(
            points,
            [FixedPoint {
                x: 0.5,
                slope: c / 4.0,
                stability
            }]
        );
    }
    assert_eq!(fixed_points(4.0f64.next_up()).len(), 3);
}

/// Each point is a fixed point, there are no others (f(x) - x changes sign just there), and stable means what it says.
#[test]
fn fixed_points_are_fixed_and_all() {
    for k in 0..4000 {
        let c = f64::from(k) * 0.01;
        let points = fixed_points(c);
        for point in &points {
            assert!((chain_step(c, point.x) - point.x).abs() < 1e-14 * (1.0 + c));
        }
        assert!(points.windows(2).all(|pair| pair[0].x < pair[1].x));
        let steps = 1000;
        let signs: Vec<bool> = (0..=steps)
            .map(|i| (f64::from(i) + 0.37) / f64::from(steps + 1))
            .filter(|x| points.iter().all(|point| (point.x - x).abs() > 1e-6))
            .map(|x| chain_step(c, x) > x)
            .collect();
        let changes = signs.windows(2).filter(|pair| pair[0] != pair[1]).count();
        // A pair nearer to 1/2 or to 0 and 1 than the steps hides between two of them, without a change of sign to see.
        let visible = points
            .iter()
            .filter(|point| point.x > 0.37 / 1001.0 && point.x < 1.0 - 0.63 / 1001.0)
            .count();
        assert!(
            changes == visible || points.len() == 3 && points[2].x < 0.502 && changes == 1,
            "{c}: {changes} {points:?}"
        );
    }
}

/// x = 1/2 +- sqrt(3 (c/4 - 1)) / 2 (1 + O(c - 4)): from u^2 = 3 e + ..., e = c/4 - 1, and x - 1/2 = tanh(u) / 2.
#[test]
fn the_pair_splits_off_like_a_square_root() {
    for k in 3..40 {
        let c = 4.0 + 2f64.powi(-k);
        let e = c / 4.0 - 1.0;
        let points = fixed_points(c);
        let ratio = (points[2].x - 0.5) / ((3.0 * e).sqrt() / 2.0);
        // u coth u - 1 = u^2/3 - u^4/45 gives u = sqrt(3e) (1 + e/10), tanh u = u (1 - u^2/3): together 1 - 9e/10;
        // and x - 1/2 loses digits to the 1/2.
        assert!(
            (ratio - 1.0 + 0.9 * e).abs() < 2.0 * e * e + 1e-15 / e.sqrt(),
            "{c}: {ratio}"
        );
    }
}

#[test]
fn orbits_go_where_stability_says() {
    for c in [1.0, 3.0, 5.0, 12.0] {
        let points = fixed_points(c);
        let end = |x: f64| orbit(c, x, 400)[400];
        // The slowest rate here is 3/4 a step: 400 steps leave 1e-50 of the distance.
        assert!((end(0.5001) - points[points.len() - 1].x).abs() < 1e-14);
        assert!((end(0.4999) - points[0].x).abs() < 1e-14);
        assert_eq!(end(0.5), 0.5);
    }
    let path = cobweb(5.0, 0.3, 3);
    let o = orbit(5.0, 0.3, 3);
    assert_eq!(
        path,
        [
            (o[0], 0.0),
            (o[0], o[1]),
            (o[1], o[1]),
            (o[1], o[2]),
            (o[2], o[2]),
            (o[2], o[3]),
            (o[3], o[3])
        ]
    );
}

#[test]
fn branches_follow_c() {
    let points = branches([2.0, 4.0, 5.0]);
    assert_eq!(
        (points[0].pair, points[0].middle),
        (None, Stability::Stable)
    );
    assert_eq!(
        (points[1].pair, points[1].middle),
        (None, Stability::Neutral)
    );
    let (low, high) = points[2].pair.unwrap();
    assert!(
        points[2].middle == Stability::Unstable && low < 0.5 && (low + high - 1.0).abs() < 1e-15
    );
    let last = fixed_points(MAX_C);
    assert_eq!((last[0].x, last[2].x), (0.0, 1.0));
}

#[test]
fn the_sigmoid_solves_the_logistic_equation() {
    for k in -400..=400 {
        let t = f64::from(k) * 0.1;
        let s = logistic_solution(0.5, t).unwrap();
        assert!((s / sigmoid(t) - 1.0).abs() < 1e-15, "{t}");
        // Central difference with step h: error h^2/6 |s'''| <= h^2/6 * 1/8 and rounding 2^-53/h, both below 1e-10 at
        // h = 1e-5.
        let h = 1e-5;
        let slope = (sigmoid(t + h) - sigmoid(t - h)) / (2.0 * h);
        assert!((slope - logistic_velocity(s)).abs() < 1e-10, "{t}");
    }
}

#[test]
fn the_equilibria_are_zero_and_one() {
    for equilibrium in LOGISTIC_EQUILIBRIA {
        assert_eq!(logistic_velocity(equilibrium.s), 0.0);
        for t in [-1e3, 0.0, 1e3] {
            assert_eq!(logistic_solution(equilibrium.s, t), Some(equilibrium.s));
        }
        // A small distance after time 1 has grown by e^rate, up to a relative error of the order of itself.
        for distance in [1e-7, -1e-7] {
            let moved = logistic_solution(equilibrium.s + distance, 1.0).unwrap() - equilibrium.s;
            assert!((moved / distance / equilibrium.rate.exp() - 1.0).abs() < 1e-6);
        }
        assert_eq!(
            equilibrium.stability == Stability::Stable,
            equilibrium.rate < 0.0
        );
    }
    assert_ne!(logistic_velocity(0.5), 0.0);
    // From -1, s = -1 / (-1 + 2 e^-t) ends at t = ln 2; from 2, s = 2 / (2 - e^-t) begins at -ln 2.
    assert!(logistic_solution(-1.0, 0.69).unwrap() < -100.0);
    assert_eq!(logistic_solution(-1.0, 0.70), None);
    assert!(logistic_solution(2.0, -0.69).unwrap() > 100.0);
    assert_eq!(logistic_solution(2.0, -0.70), None);
    assert_eq!(logistic_solution(2.0, 1e9), Some(1.0));
}
