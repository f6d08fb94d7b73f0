//! The parameter c sharpens each function as its bounds say.

use proptest::prelude::*;
use softstep::theory::activation::{Activation, Scaling};

#[test]
fn the_scaled_sigmoid_and_softplus_keep_the_stated_bounds() {
    // |sigma(cx) - step(x)| = 1 / (1 + e^(c|x|)) and |softplus(cx)/c - ReLU(x)| <= ln 2 / c, reached at 0.
    for c in [0.1, 1.0, 7.5, 1e3, 1e6] {
        for step in -400..=400 {
            let x = f64::from(step) / 100.0;
            if x != 0.0 {
                let gap =
                    (Activation::Sigmoid.scaled_value(c, x) - Activation::Step.value(x)).abs();
                // 1 - sigma rounds to a multiple of 1e-16.
                assert!(
                    (gap - 1.0 / (1.0 + (c * x.abs()).exp())).abs() < 3e-16,
                    "c = {c}, x = {x}"
                );
            }
            let gap = (Activation::Softplus.scaled_value(c, x) - Activation::Relu.value(x)).abs();
            assert!(
                gap <= std::f64::consts::LN_2 / c + 1e-15,
                "c = {c}, x = {x}: {gap}"
            );
        }
        assert_eq!(
            Activation::Softplus.scaled_deviation(c, 0.0),
            Activation::Softplus.scaled_uniform_bound(c)
        );
    }
    assert_eq!(
        Activation::Sigmoid.scaled_limit(0.0),
        0.5,
        "the edge stays at 1/2 for every c"
    );
    assert_eq!(Activation::Sigmoid.scaled_value(1e300, 0.0), 0.5);
    assert!(
        Activation::Sigmoid.scaled_deviation(1e3, 0.1) > 0.0,
        "e^-100, where 1 - sigma is 0 in f64"
    );
}

proptest! {
    #[test]
    fn the_deviation_from_the_limit_is_exact_and_below_the_uniform_bound(c in 0.01_f64..1e4, x in -8.0_f64..8.0) {
        for a in Activation::ALL {
            let deviation = a.scaled_deviation(c, x);
            let difference = (a.scaled_value(c, x) - a.scaled_limit(x)).abs();
            // The difference of two numbers up to 8 (or 1 / c, where that is large) loses 4 ulp of them.
            let rounding = 4.0 * f64::EPSILON * (8.0 + 1.0 / c);
            prop_assert!((deviation - difference).abs() <= rounding, "{} {deviation} {difference}", a.name());
            prop_assert!(deviation <= a.scaled_uniform_bound(c) * (1.0 + 1e-15), "{}: {deviation}", a.name());
        }
    }

    #[test]
    fn a_larger_c_never_moves_away_from_the_limit(c in 0.01_f64..1e3, factor in 1.0_f64..100.0, x in -8.0_f64..8.0) {
        // SiLU and GELU dip: their deviation at one x may grow first, their uniform bound may not.
        for a in [Activation::Sigmoid, Activation::Tanh, Activation::Softplus, Activation::Elu] {
            let (before, after) = (a.scaled_deviation(c, x), a.scaled_deviation(c * factor, x));
            prop_assert!(after <= before * (1.0 + 1e-14), "{}: {before} then {after}", a.name());
        }
        for a in Activation::ALL {
            prop_assert!(a.scaled_uniform_bound(c * factor) <= a.scaled_uniform_bound(c));
        }
    }

    #[test]
    fn step_and_the_relus_cannot_tell_c(c in 1e-3_f64..1e3, x in -8.0_f64..8.0) {
        prop_assert_eq!(Activation::Step.scaling(), Scaling::Argument);
        prop_assert_eq!(Activation::Step.scaled_value(c, x), Activation::Step.value(x));
        for a in [Activation::Relu, Activation::LeakyRelu] {
            // One product, one quotient: 1 ulp each.
            prop_assert!((a.scaled_value(c, x) - a.value(x)).abs() <= 2.0 * f64::EPSILON * x.abs());
        }
    }

    #[test]
    fn the_scaled_derivative_is_the_slope_of_the_scaled_value(c in 0.1_f64..5.0, x in -4.0_f64..4.0) {
        prop_assume!(x.abs() > 1e-3);
        for a in Activation::ALL {
            let h = 1e-6;
            let slope = (a.scaled_value(c, x + h) - a.scaled_value(c, x - h)) / (2.0 * h);
            // h^2/6 c^3 |f'''| <= 5e-11, rounding 40 * 1e-16 / h = 4e-9.
            prop_assert!((slope - a.scaled_derivative(c, x)).abs() < 1e-8, "{} at {c}, {x}", a.name());
        }
    }
}
