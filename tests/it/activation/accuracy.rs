//! Values and derivatives within a few ulp of references, over the whole range of both formats.

use softstep::theory::activation::Activation;

/// One reference: f, x, f(x), f'(x). Made by `tests/oracles/activation.py` with 80 digits of mpmath and rounded once.
struct Reference {
    activation: Activation,
    x: f64,
    value: f64,
    derivative: f64,
}

fn references() -> Vec<Reference> {
    let parsed: Vec<_> = include_str!("../../oracles/activation.tsv")
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
