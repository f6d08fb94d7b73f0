//! Activation functions: accurate everywhere, honest at the ends, and sharpened by c as their bounds say.

mod accuracy;
mod equation;
mod scale;

use softstep::theory::activation::{Activation, LEAKY_SLOPE, sigmoid};

#[test]
fn special_arguments_give_what_is_documented() {
    for a in Activation::ALL {
        let name = a.name();
        assert!(
            a.value(f64::NAN).is_nan() && a.derivative(f64::NAN).is_nan(),
            "{name}(NaN)"
        );
        let (left, right) = a.value_limits();
        assert_eq!(
            (a.value(f64::NEG_INFINITY), a.value(f64::INFINITY)),
            (left, right),
            "{name}"
        );
        assert_eq!(
            (a.value_f32(f32::NEG_INFINITY), a.value_f32(f32::INFINITY)),
            (left as f32, right as f32),
            "{name}"
        );
        let (left, right) = a.derivative_limits();
        assert_eq!(
            (a.derivative(f64::NEG_INFINITY), a.derivative(f64::INFINITY)),
            (left, right),
            "{name}'"
        );
        let narrow = (
            a.derivative_f32(f32::NEG_INFINITY),
            a.derivative_f32(f32::INFINITY),
        );
        assert_eq!(narrow, (left as f32, right as f32), "{name}'");
        // The limits are limits: far out the function is there, to 1e-8 relative or absolute.
        for (x, limit) in [(-1e9, a.value_limits().0), (1e9, a.value_limits().1)] {
            let there = if limit.is_infinite() {
                a.value(x) * limit.signum() > 1e6
            } else {
                (a.value(x) - limit).abs() < 1e-8
            };
            assert!(there, "{name}({x}) against its limit {limit}");
        }
        // The sign of zero.
        let keeps = !matches!(
            a,
            Activation::Step | Activation::Relu | Activation::Sigmoid | Activation::Softplus
        );
        assert_eq!(a.value(-0.0).is_sign_negative(), keeps, "{name}(-0)");
        assert_eq!(
            a.value_f32(-0.0).is_sign_negative(),
            keeps,
            "{name}(-0) in f32"
        );
        assert_eq!(a.value(-0.0), a.value(0.0), "{name}(±0)");
        assert_eq!(a.derivative(-0.0), a.derivative(0.0), "{name}'(±0)");
    }
    assert_eq!(sigmoid(0.0), 0.5);
    assert_eq!(sigmoid(-745.0), 5e-324, "the smallest subnormal, not 0");
    assert!(sigmoid(f64::NAN).is_nan());
}

#[test]
fn a_careful_form_keeps_what_the_textbook_form_loses_in_f32() {
    let textbook = |a: Activation, x: f32| a.equation().evaluate(&[("x", x)]);
    let textbook_slope = |a: Activation, x: f32| a.derivative_equation().evaluate(&[("x", x)]);
    // softplus(-20) = e^-20 = 2.06e-9; ln(1 + e^-20) rounds its argument to 1.
    assert_eq!(textbook(Activation::Softplus, -20.0), 0.0);
    assert!((Activation::Softplus.value_f32(-20.0) / 2.061_153_6e-9 - 1.0).abs() < 1e-6);
    assert_eq!(textbook(Activation::Softplus, 100.0), f32::INFINITY);
    assert_eq!(Activation::Softplus.value_f32(100.0), 100.0);
    // sigma(1 - sigma) is 0 as soon as sigma rounds to 1.
    assert_eq!(textbook_slope(Activation::Sigmoid, 17.0), 0.0);
    assert!((Activation::Sigmoid.derivative_f32(17.0) / 4.139_937e-8 - 1.0).abs() < 1e-6);
    assert!(
        textbook(Activation::Tanh, 100.0).is_nan(),
        "infinity / infinity"
    );
    assert_eq!(Activation::Tanh.value_f32(100.0), 1.0);
    // 1 + erf cancels: GELU(-6) = -5.92e-9.
    assert_eq!(textbook(Activation::Gelu, -6.0), 0.0);
    assert!((Activation::Gelu.value_f32(-6.0) / -5.919_526e-9 - 1.0).abs() < 1e-6);
}

#[test]
fn the_derivative_is_the_slope_and_at_a_kink_the_convention() {
    for a in Activation::ALL {
        for step in -60..=60 {
            let x = f64::from(step) / 10.0;
            let Some(kink) = a.kink().filter(|kink| kink.at == x) else {
                // Central difference, h = 1e-5: h^2/6 |f'''| < 4e-11 (|f'''| <= 2), rounding 6 * 2e-16 / h = 1e-10; ELU's second derivative
                // jumps by 1 at 0, which costs h/2 there.
                let slope = (a.value(x + 1e-5) - a.value(x - 1e-5)) / 2e-5;
                let tolerance = if a == Activation::Elu && x == 0.0 {
                    1e-5
                } else {
                    3e-10
                };
                assert!(
                    (slope - a.derivative(x)).abs() < tolerance,
                    "{}'({x}) against {slope}",
                    a.name()
                );
                continue;
            };
            assert_eq!(a.derivative(x), kink.convention);
            // Beside the kink the pieces are linear, so one-sided differences are exact to rounding: 1e-12.
            let h = 1e-3;
            assert!(
                ((a.value(x - h) - kink.sides.0) / -h - kink.slopes.0).abs() < 1e-12,
                "{}",
                a.name()
            );
            assert!(
                ((a.value(x + h) - kink.sides.1) / h - kink.slopes.1).abs() < 1e-12,
                "{}",
                a.name()
            );
            if let Some(subgradients) = kink.subgradients() {
                assert!(subgradients.contains(kink.convention));
            }
        }
    }
    assert_eq!(Activation::Relu.derivative(0.0), 0.0);
    assert_eq!(Activation::LeakyRelu.derivative(0.0), LEAKY_SLOPE);
}

#[test]
fn ranges_are_neither_left_nor_needlessly_wide() {
    for a in Activation::ALL {
        let range = a.range();
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        // Within [-16, 16] no value rounds to an end that is not reached (tanh would at 19).
        for step in -160_000..=160_000 {
            let value = a.value(f64::from(step) / 1e4);
            // The dips of SiLU and GELU may round an ulp below the rounded end.
            assert!(
                range.contains(value) || (value - range.low).abs() < 1e-16,
                "{} reaches {value}",
                a.name()
            );
            (least, most) = (least.min(value), most.max(value));
        }
        // Step 1e-4: quadratic at a dip, so 1e-8; e^-16 = 1.1e-7 from an asymptote.
        if range.low.is_finite() {
            assert!(least - range.low < 2e-7, "{}: {least}", a.name());
        }
        if range.high.is_finite() {
            assert!(range.high - most < 2e-7, "{}: {most}", a.name());
        }
    }
}

#[test]
fn saturation_is_where_the_derivative_is_below_one_percent_and_nowhere_else() {
    for a in Activation::ALL {
        let saturated = a.saturation();
        for step in -100_000..=100_000 {
            let x = f64::from(step) / 1e4;
            let inside = saturated.iter().any(|interval| interval.contains(x));
            assert_eq!(
                inside,
                a.derivative(x).abs() < 0.01,
                "{}'({x}) = {}",
                a.name(),
                a.derivative(x)
            );
        }
        // The ends to the last digits: a step of 1e-12 across (slope of f' there at most 0.5, so it moves by >= 1e-15) changes sides.
        for end in saturated
            .iter()
            .flat_map(|i| [i.low, i.high])
            .filter(|end| end.is_finite() && *end != 0.0)
        {
            let (before, after) = (
                a.derivative(end - 1e-12).abs(),
                a.derivative(end + 1e-12).abs(),
            );
            assert!((before < 0.01) != (after < 0.01), "{} at {end}", a.name());
        }
    }
}
