//! The standard normal distribution, as far as GELU needs it. The standard library has no error function.

/// 1 / sqrt(2 pi), the height of the normal density at 0.
const DENSITY_AT_ZERO: f64 = 0.398_942_280_401_432_7;

/// Beyond this the tail, even times x, is below half of the smallest `f64`: 40 e^(-800) / sqrt(2 pi) < 2^-1075.
const FARTHEST: f64 = 40.0;

/// Chebyshev coefficients of (1 + 3x/2) e^(x^2/2) Phi(-x) in t = (x - 4) / (x + 4), made by `tests/oracles/normal_tail.py`.
/// The form is Schonfelder's (Mathematics of Computation 32, 1978) for the scaled complementary error function, with the
/// normal's own variable, so that no sqrt(2) is rounded before the exponential magnifies it.
const TAIL: [f64; 26] = [
    0.6142357987329512,
    0.018222274267689572,
    -0.05565144194041054,
    0.0291468022007014,
    -0.009201804482926653,
    0.0018524054300923605,
    -0.00018225868810885687,
    -1.4564875466078954e-05,
    6.599323382530046e-06,
    -2.23036832649009e-07,
    -1.885355697544479e-07,
    1.7008867630151896e-08,
    6.122873011623381e-09,
    -7.185911638952919e-10,
    -2.4171646283631864e-10,
    2.524580596534321e-11,
    1.1122160552634161e-11,
    -6.274017352297264e-13,
    -5.473184564463709e-13,
    -7.443302910205839e-15,
    2.6269546899417257e-14,
    2.7236199383812837e-15,
    -1.0941476743590973e-15,
    -2.6398060283064537e-16,
    2.8749769753621344e-17,
    1.8390278438818243e-17,
];

/// The normal tail and the density at |x|, both with the factor e^(-x^2/2) taken out.
///
/// Phi(-|x|) = `ratio` * `half_decay`^2 and phi(x) = `DENSITY_AT_ZERO` * `half_decay`^2. The factor is kept as a root because
/// a product such as x Phi(x) may be a normal number where Phi(x) itself is already subnormal and has lost its digits.
struct Tail {
    ratio: f64,
    half_decay: f64,
}

impl Tail {
    fn at(x: f64) -> Tail {
        let distance = x.abs();
        let t = (distance - 4.0) / (distance + 4.0);
        // Clenshaw's recurrence: sum of TAIL[i] T_i(t).
        let (mut next, mut after) = (0.0, 0.0);
        for &coefficient in TAIL[1..].iter().rev() {
            (next, after) = (coefficient + 2.0 * t * next - after, next);
        }
        let ratio = (TAIL[0] + t * next - after) / (1.0 + 1.5 * distance);
        // x^2 rounded would spoil e^(-x^2/2) by x^2/2 ulp: square the upper half of x, which is exact, and correct by the rest.
        let upper = f64::from_bits(distance.to_bits() & !0x0fff_ffff);
        let half_decay =
            (-0.25 * upper * upper).exp() * (0.25 * (upper - distance) * (upper + distance)).exp();
        Tail { ratio, half_decay }
    }
}

/// GELU(x) = x Phi(x), for any x that is not NaN; the limits 0 and infinity at the infinite ends.
pub(super) fn gelu(x: f64) -> f64 {
    if x < -FARTHEST {
        return -0.0;
    }
    if x > FARTHEST {
        return x;
    }
    let tail = Tail::at(x);
    if x > 0.0 {
        x * (1.0 - tail.ratio * tail.half_decay * tail.half_decay)
    } else {
        x * tail.ratio * tail.half_decay * tail.half_decay
    }
}

/// GELU'(x) = Phi(x) + x phi(x), for any x that is not NaN.
pub(super) fn gelu_derivative(x: f64) -> f64 {
    if x < -FARTHEST {
        return -0.0;
    }
    if x > FARTHEST {
        return 1.0;
    }
    let tail = Tail::at(x);
    if x > 0.0 {
        1.0 + (x * DENSITY_AT_ZERO - tail.ratio) * tail.half_decay * tail.half_decay
    } else {
        (x * DENSITY_AT_ZERO + tail.ratio) * tail.half_decay * tail.half_decay
    }
}

/// The error function, erf(y) = 2 Phi(sqrt(2) y) - 1, to about 1e-15 of its value.
pub(super) fn erf(y: f64) -> f64 {
    if y.is_nan() {
        return y;
    }
    if y.abs() < 0.5 {
        // Maclaurin series; at 1/2 the 16th term is below 1e-19.
        let square = y * y;
        let (mut power, mut sum) = (y, y);
        for n in 1..16 {
            power *= -square / f64::from(n);
            sum += power / f64::from(2 * n + 1);
        }
        return std::f64::consts::FRAC_2_SQRT_PI * sum;
    }
    let x = y * std::f64::consts::SQRT_2;
    if x.abs() > FARTHEST {
        return y.signum();
    }
    let tail = Tail::at(x);
    y.signum() * (1.0 - 2.0 * tail.ratio * tail.half_decay * tail.half_decay)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_function_agrees_with_references_on_both_sides_of_the_seam() {
        // mpmath 1.3.0, mp.dps = 30: [mp.nstr(mp.erf(mp.mpf(y)), 17) for y in ("0.1", "0.49", "0.5", "1", "2")]. A few ulp of 1
        // (2.2e-16 each) are the tail, the square root and the subtraction.
        let references = [
            (0.1, 0.112_462_916_018_284_89),
            (0.49, 0.511_668_261_188_523_1),
            (0.5, 0.520_499_877_813_046_5),
            (1.0, 0.842_700_792_949_714_9),
            (2.0, 0.995_322_265_018_952_7),
        ];
        for (y, expected) in references {
            assert!(
                (erf(y) - expected).abs() < 1e-15,
                "erf({y}) = {}, not {expected}",
                erf(y)
            );
            assert_eq!(erf(-y), -erf(y));
        }
        assert_eq!(
            (erf(f64::INFINITY), erf(f64::NEG_INFINITY), erf(0.0)),
            (1.0, -1.0, 0.0)
        );
    }
}
