//! The weighted input z = w.x + b with its true sign.
//!
//! A perceptron asks one question, the sign of w.x + b, and rounding may answer it wrongly where the sum nearly
//! vanishes. [`weighted_input`] answers it truly: in `f64` where an error bound settles the sign, in exact arithmetic
//! elsewhere.

use super::dyadic::Dyadic;

/// factor * (w.x + b) in exact arithmetic: the sum of the exact products factor * w_i * x_i and factor * b.
pub fn exact_weighted_input(factor: f64, weights: &[f64], bias: f64, x: &[f64]) -> Dyadic {
    assert_eq!(weights.len(), x.len(), "one weight an input");
    let factor = Dyadic::from_f64(factor);
    let mut sum = &factor * &Dyadic::from_f64(bias);
    for (&weight, &input) in weights.iter().zip(x) {
        if weight != 0.0 && input != 0.0 {
            sum = &sum + &(&(&factor * &Dyadic::from_f64(weight)) * &Dyadic::from_f64(input));
        }
    }
    sum
}

/// A bound on the relative rounding error of a weighted input in `f64`: |fl(z) - z| <= 2^-49 * fl(sum of the
/// |terms|).
///
/// Each of up to 9 terms passes at most 2 products and 9 additions, so (1 + 2^-53)^11 - 1 < 12 * 2^-53 bounds the
/// error relative to the exact sum of the |terms|; that sum as computed is smaller by at most as much again; 16 *
/// 2^-53 covers both.
const ROUNDING: f64 = 1.0 / (1u64 << 49) as f64;

/// Below this a product may have underflowed and [`ROUNDING`] says nothing: exact arithmetic decides.
const UNDERFLOW: f64 = 1e-270;

/// z = factor * (w.x + b) as an `f64` **with the sign of the exact value** (0 only if that is exactly 0).
///
/// Shapes: `weights` (input), `x` (input), at most 8 inputs. All numbers finite, |x| <= 1e12. Away from 0 it is the
/// rounded sum, with an error of at most 2^-49 (|b| + sum |w_i x_i|) |factor|; where that cannot settle the sign, the
/// exact sum rounded once. With factor = c, it is the weighted input of the neuron whose weights are the exact
/// products c w_i and c b.
pub fn weighted_input(factor: f64, weights: &[f64], bias: f64, x: &[f64]) -> f64 {
    assert_eq!(weights.len(), x.len(), "one weight an input");
    let mut z = factor * bias;
    let mut size = z.abs();
    for (&weight, &input) in weights.iter().zip(x) {
        let term = factor * weight * input;
        z += term;
        size += term.abs();
    }
    // Not `<=` negated: an overflow makes NaN or infinity, which must fail the test.
    if z.abs() > size * ROUNDING + UNDERFLOW && z.is_finite() {
        return z;
    }
    exact_by_luck(factor, weights, bias, x)
        .unwrap_or_else(|| exact_weighted_input(factor, weights, bias, x).to_f64())
}

/// The sum in `f64` if no step of it rounds, as with small integers: then it is exact and big integers can rest.
fn exact_by_luck(factor: f64, weights: &[f64], bias: f64, x: &[f64]) -> Option<f64> {
    let product = |a: f64, b: f64| {
        let p = a * b;
        let representable = p == 0.0 && (a == 0.0 || b == 0.0) || p.abs() > UNDERFLOW;
        (representable && a.mul_add(b, -p) == 0.0).then_some(p)
    };
    let mut sum = product(factor, bias)?;
    for (&weight, &input) in weights.iter().zip(x) {
        let term = product(product(factor, weight)?, input)?;
        // Knuth's TwoSum: total + error = sum + term exactly.
        let total = sum + term;
        let part = total - sum;
        let error = (sum - (total - part)) + (term - part);
        if error != 0.0 {
            return None;
        }
        sum = total;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_sign_is_true_where_rounding_lies() {
        // In units of 2^-56 the doubles 0.1, 0.2, 0.3 are 7205759403792794, 14411518807585588 and 21617278211378380:
        // the exact sum is 2 units, 2^-55. A sum rounded from left to right gives 2^-54.
        assert_eq!(
            weighted_input(1.0, &[0.1, 0.2, -0.3], 0.0, &[1.0; 3]),
            2f64.powi(-55)
        );
        // Rounding loses the 1 entirely; the sum is not 0 but 1.
        assert_eq!(
            weighted_input(1.0, &[1e300, 1.0, -1e300], 0.0, &[1.0; 3]),
            1.0
        );
        // A product below the smallest double keeps its sign.
        assert!(weighted_input(1.0, &[-1e-300], 0.0, &[1e-300]) < 0.0);
        // An overflow on the way is none in the end.
        assert_eq!(weighted_input(1e300, &[1e10, -1e10], 1.0, &[1.0; 2]), 1e300);
        assert_eq!(weighted_input(0.1, &[3.0, -1.0, -2.0], 0.0, &[1.0; 3]), 0.0);
    }

    proptest! {
        #[test]
        fn the_weighted_input_has_the_exact_sign(
            factor in -3i32..=3,
            weights in prop::collection::vec(-4i32..=4, 3),
            bias in -6i32..=6,
            x in prop::collection::vec(-4i32..=4, 3),
        ) {
            // Tenths and sevenths round; exact arithmetic on their doubles is the reference.
            let factor = factor as f64 / 7.0;
            let weights: Vec<f64> = weights.iter().map(|&w| w as f64 / 10.0).collect();
            let x: Vec<f64> = x.iter().map(|&v| v as f64 / 5.0).collect();
            let bias = bias as f64 / 10.0;
            let z = weighted_input(factor, &weights, bias, &x);
            let exact = exact_weighted_input(factor, &weights, bias, &x);
            prop_assert_eq!(z.partial_cmp(&0.0), Some(exact.sign()));
        }
    }
}
