//! Activation functions: accurate everywhere, honest at the ends, and sharpened by c as their bounds say.

use proptest::prelude::*;
use softstep::theory::activation::{Activation, LEAKY_SLOPE, Scaling, sigmoid};

/// One reference: f, x, f(x), f'(x). Made by `tests/oracles/activation.py` with 80 digits of mpmath and rounded once.
struct Reference {
    activation: Activation,
    x: f64,
    value: f64,
    derivative: f64,
}

fn references() -> Vec<Reference> {
    let parsed: Vec<_> = include_str!("../oracles/activation.tsv")
        .lines()
        .map(|line| {
            let columns: Vec<_> = line.split('\t').collect();
            let number = |i: usize| {
                f64::from_bits(u64::from_str_radix(columns[i], 16).expect("bits of an f64"))
            };
            let activation = *Activation::ALL
                .iter()
                .find(|a| a.name() == columns[0])
                .expect("a known name");
            Reference {
                activation,
                x: number(1),
                value: number(2),
                derivative: number(3),
            }
        })
        .collect();
    assert_eq!(parsed.len(), 2676, "six functions at 446 points");
    parsed
}

/// Distance from a reference in units of the last place of an `f64`, infinite for a wrong sign or NaN.
fn ulps_f64(got: f64, expected: f64) -> f64 {
    if got.is_nan() || got.is_sign_negative() != expected.is_sign_negative() {
        return f64::INFINITY;
    }
    got.to_bits().abs_diff(expected.to_bits()) as f64
}

/// Distance from a reference in units of the last place of an `f32`, infinite for a wrong sign or NaN.
fn ulps_f32(got: f32, expected: f64) -> f64 {
    let nearest = expected as f32;
    if got.is_nan() || got.is_sign_negative() != nearest.is_sign_negative() {
        return f64::INFINITY;
    }
    if got == nearest {
        return 0.0;
    }
    let unit = f64::from(nearest.abs().next_up()) - f64::from(nearest.abs());
    (f64::from(got) - expected).abs() / unit
}

/// SiLU' and GELU' cross 0 near these points, where their two terms cancel: there the error is measured in units of the last place of
/// the terms, which lie between 1/8 and 1/4 at both points.
fn where_the_derivative_cancels(activation: Activation, x: f64) -> bool {
    match activation {
        Activation::Silu => (x + 1.278_464_5).abs() < 0.7,
        Activation::Gelu => (x + 0.751_791_5).abs() < 0.4,
        _ => false,
    }
}

const ULP_OF_TERMS_F64: f64 = f64::EPSILON / 8.0;
const ULP_OF_TERMS_F32: f64 = f32::EPSILON as f64 / 8.0;

fn derivative_error_f64(activation: Activation, x: f64, expected: f64) -> f64 {
    let got = activation.derivative(x);
    if where_the_derivative_cancels(activation, x) {
        (got - expected).abs() / ULP_OF_TERMS_F64
    } else {
        ulps_f64(got, expected)
    }
}

fn derivative_error_f32(activation: Activation, x: f32, expected: f64) -> f64 {
    let got = activation.derivative_f32(x);
    if where_the_derivative_cancels(activation, f64::from(x)) {
        (f64::from(got) - expected).abs() / ULP_OF_TERMS_F32
    } else {
        ulps_f32(got, expected)
    }
}

/// The largest error allowed in ulp, of the value and of the derivative.
///
/// Each formula is one exponential (at most 1 ulp from the platform's libm) and two to five rounded operations (1/2 ulp each, up to
/// 1 just above a power of two); SiLU and tanh' square an exponential, which counts its error twice; GELU has two exponentials, one of
/// them squared, and a Chebyshev sum of 1 to 2 ulp. Largest errors seen, over these references, a million arguments in `f32` and 4,000 random ones
/// in `f64`, with glibc and with the libm of WASM:
/// sigmoid 2.0 and 3.6, tanh 2.1 and 4.5, ELU 1 and 1, softplus 1.9 and 2.0, SiLU 3.4 and 5.6, GELU 5.0 and 5.6.
fn bounds(activation: Activation) -> (f64, f64) {
    match activation {
        Activation::Step | Activation::Relu => (0.0, 0.0),
        Activation::LeakyRelu | Activation::Elu => (1.0, 1.0),
        Activation::Softplus => (3.0, 3.0),
        Activation::Sigmoid => (3.0, 5.0),
        Activation::Tanh => (3.0, 5.0),
        Activation::Silu => (4.0, 6.0),
        Activation::Gelu => (6.0, 7.0),
    }
}

#[test]
fn values_and_derivatives_agree_with_80_digit_references_in_both_formats() {
    let mut in_f32 = 0;
    for Reference {
        activation,
        x,
        value,
        derivative,
    } in references()
    {
        let name = activation.name();
        let (value_bound, derivative_bound) = bounds(activation);
        let error = ulps_f64(activation.value(x), value);
        assert!(error <= value_bound, "{name}({x:e}) is {error} ulp off");
        let error = derivative_error_f64(activation, x, derivative);
        assert!(
            error <= derivative_bound,
            "{name}'({x:e}) is {error} ulp off"
        );
        let narrow = x as f32;
        if f64::from(narrow) == x {
            in_f32 += 1;
            let error = ulps_f32(activation.value_f32(narrow), value);
            assert!(
                error <= value_bound,
                "{name}({x:e}) in f32 is {error} ulp off"
            );
            let error = derivative_error_f32(activation, narrow, derivative);
            assert!(
                error <= derivative_bound,
                "{name}'({x:e}) in f32 is {error} ulp off"
            );
        }
    }
    assert!(in_f32 > 1800, "only {in_f32} references are exact in f32");
}

#[test]
fn over_the_whole_f32_range_f32_stays_within_a_few_ulp_of_f64() {
    // Every 4099th bit pattern, a prime, so that all exponents, subnormals, both signs and NaNs come up: a million arguments. The f64
    // value, itself checked above, is the reference; its own error is 1e-9 of an f32 ulp.
    for bits in (0..=u32::MAX).step_by(4099) {
        let x = f32::from_bits(bits);
        for activation in Activation::ALL {
            let name = activation.name();
            let (value_bound, derivative_bound) = bounds(activation);
            if x.is_nan() {
                assert!(
                    activation.value_f32(x).is_nan() && activation.derivative_f32(x).is_nan(),
                    "{name}(NaN)"
                );
                continue;
            }
            let error = ulps_f32(activation.value_f32(x), activation.value(f64::from(x)));
            assert!(error <= value_bound, "{name}({x:e}) is {error} ulp off");
            let error = derivative_error_f32(activation, x, activation.derivative(f64::from(x)));
            assert!(
                error <= derivative_bound,
                "{name}'({x:e}) is {error} ulp off"
            );
        }
    }
}

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
fn the_equation_on_the_page_is_the_function() {
    for a in Activation::ALL {
        for step in -40..=40 {
            let x = f64::from(step) / 10.0;
            // On [-4, 4] the textbook's forms lose at most two digits: 1e-13.
            let value: f64 = a.equation().evaluate(&[("x", x)]);
            assert!(
                (value - a.value(x)).abs() < 1e-13,
                "{}({x}): {value} against {}",
                a.equation(),
                a.value(x)
            );
            let slope: f64 = a.derivative_equation().evaluate(&[("x", x)]);
            assert!(
                (slope - a.derivative(x)).abs() < 1e-13,
                "{}({x}): {slope}",
                a.derivative_equation()
            );
            for c in [0.5, 3.0, 40.0] {
                let scaled: f64 = a.scaled_equation().evaluate(&[("c", c), ("x", x)]);
                assert!(
                    (scaled - a.scaled_value(c, x)).abs() < 1e-13,
                    "{} at {c}, {x}",
                    a.scaled_equation()
                );
            }
        }
    }
}

#[test]
fn equations_read_as_in_the_books() {
    let texts: Vec<_> = Activation::ALL
        .iter()
        .map(|a| a.equation().to_string())
        .collect();
    assert_eq!(
        texts,
        [
            "1 if x > 0, else 0",
            "1/(1 + e^(−x))",
            "(e^x − e^(−x))/(e^x + e^(−x))",
            "max(0, x)",
            "x if x > 0, else 0.01·x",
            "x if x > 0, else e^x − 1",
            "ln(1 + e^x)",
            "x/(1 + e^(−x))",
            "x/2·(1 + erf(x/√2))",
        ]
    );
    assert_eq!(
        Activation::Sigmoid.derivative_equation().to_string(),
        "σ(x)·(1 − σ(x))"
    );
    assert_eq!(
        Activation::Gelu.derivative_equation().to_string(),
        "1/2·(1 + erf(x/√2)) + x·e^(−x²/2)/√(2·π)"
    );
    assert_eq!(
        Activation::Softplus.scaled_equation().to_string(),
        "ln(1 + e^(c·x))/c"
    );
    assert_eq!(
        Activation::Elu.scaled_equation().to_string(),
        "(c·x if c·x > 0, else e^(c·x) − 1)/c"
    );
    assert_eq!(
        Activation::Sigmoid.equation().to_mathml(),
        "<mfrac><mn>1</mn><mrow><mn>1</mn><mo>+</mo><msup><mi>e</mi><mrow><mo>−</mo><mi data-symbol=\"x\">x</mi></mrow></msup></mrow></mfrac>"
    );
}

/// Every element that opens closes, in order, and each `mfrac`, `msup` has exactly the two children that MathML asks for.
fn assert_well_formed(mathml: &str) {
    let mut open: Vec<(String, usize)> = vec![("math".to_owned(), 0)];
    for tag in mathml
        .split('<')
        .skip(1)
        .map(|rest| rest.split('>').next().expect("a tag ends"))
    {
        if let Some(name) = tag.strip_prefix('/') {
            let (opened, children) = open.pop().expect("something is open");
            assert_eq!(opened, name, "in {mathml}");
            if name == "mfrac" || name == "msup" {
                assert_eq!(children, 2, "{name} in {mathml}");
            }
        } else {
            open.last_mut().expect("a parent").1 += 1;
            open.push((tag.split(' ').next().expect("a name").to_owned(), 0));
        }
    }
    assert_eq!(open.len(), 1, "{mathml}");
    assert_eq!(open[0].1, 1, "one element for the whole of {mathml}");
}

#[test]
fn every_equation_is_well_formed_mathml() {
    for a in Activation::ALL {
        for formula in [a.equation(), a.derivative_equation(), a.scaled_equation()] {
            assert_well_formed(&formula.to_mathml());
        }
    }
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
