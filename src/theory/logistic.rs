//! The logistic sigmoid, one value at a time and in bulk.
//!
//! sigma(t) = 1 / (1 + e^-t). Evaluated through e^-|t|, nothing overflows and both tails keep their relative
//! accuracy: for t > 0 what is missing to 1 is sigma(-t), and should be asked for as that.

pub use super::activation::sigmoid;

/// t with sigma(t) = p: ln(p / (1 - p)), for p in ]0, 1[; accurate near 1/2 as well.
pub fn logit(p: f64) -> f64 {
    // ln(p / (1-p)) = 2 artanh(2p - 1); near 1/2 the quotient would be rounded to 1.
    if (0.25..=0.75).contains(&p) {
        2.0 * (2.0 * p - 1.0).atanh()
    } else {
        (p / (1.0 - p)).ln()
    }
}

/// The graph of z -> sigma(c z) on [-reach, reach] as points (z, sigma(c z)) by ascending z: at even steps, and at even steps of
/// c z where the curve rises, so that straight lines between them look smooth at any c > 0.
///
/// Panics unless c and reach are finite and above 0.
pub fn steep_graph(c: f64, reach: f64) -> Vec<(f64, f64)> {
    assert!(
        c > 0.0 && c.is_finite() && reach > 0.0 && reach.is_finite(),
        "c and reach are numbers above 0, not {c} and {reach}"
    );
    let even = (-300..=300).map(|step| f64::from(step) / 300.0 * reach);
    let rising = (-60..=60)
        .map(|step| f64::from(step) / 5.0 / c)
        .filter(|z| z.abs() <= reach);
    let mut all: Vec<f64> = even.chain(rising).collect();
    all.sort_by(f64::total_cmp);
    all.into_iter().map(|z| (z, sigmoid(c * z))).collect()
}

/// Above 708, e^-x leaves the normal doubles; the bulk version takes it as 0.
const FLUSH: f64 = 708.0;

/// Replaces every t by sigma(scale t). Relative error below 2^-50 where |scale t| <= 708; beyond, exactly 0 or 1.
///
/// Written without branches or library calls so that the compiler makes SIMD of it, natively and in WASM, with the
/// same bits.
pub fn sigmoid_in_place(scale: f64, values: &mut [f64]) {
    for value in values {
        *value = branchless_sigmoid(scale * *value);
    }
}

/// With x = |t| = k ln 2 - r, |r| <= (ln 2)/2, e^-x = 2^-k e^r. The Pade approximant e^r = (p + o) / (p - o), p even and
/// o odd in r, of degree 6 over 6 has a relative error below 2e-19. Hence, with one division in all,
/// sigma(x) = (p - o) / ((p - o) + 2^-k (p + o)).
#[inline(always)]
fn branchless_sigmoid(t: f64) -> f64 {
    const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
    const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    // Adding and subtracting 1.5 * 2^52 rounds to an integer and leaves it in the low bits, without a rounding
    // instruction.
    const SHIFTER: f64 = 6_755_399_441_055_744.0;
    let size = t.abs();
    let x = if size < FLUSH { size } else { FLUSH };
    let shifted = x * std::f64::consts::LOG2_E + SHIFTER;
    let k = shifted - SHIFTER;
    // The high part of ln 2 has 21 trailing zero bits: k times it is exact.
    let r = (k * LN_2_HIGH - x) + k * LN_2_LOW;
    let square = r * r;
    let p = 1.0 + square * (5.0 / 44.0 + square * (1.0 / 792.0 + square * (1.0 / 665_280.0)));
    let odd = r * (0.5 + square * (1.0 / 66.0 + square * (1.0 / 15_840.0)));
    // 2^-k through the exponent bits; 0 <= k <= 1022, so the exponent stays normal.
    let power = f64::from_bits(1023u64.wrapping_sub(shifted.to_bits()) << 52);
    let power = if size < FLUSH { power } else { 0.0 };
    let (above, below) = (p - odd, power * (p + odd));
    let numerator = if t >= 0.0 { above } else { below };
    numerator / (above + below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bulk_and_single_agree() {
        let scale = 0.7;
        let ts: Vec<f64> = (-200_000..200_000).map(|i| i as f64 * 0.005).collect();
        let mut bulk = ts.clone();
        sigmoid_in_place(scale, &mut bulk);
        for (&t, &s) in ts.iter().zip(&bulk) {
            let one = sigmoid(scale * t);
            if (scale * t).abs() < FLUSH {
                // Two evaluations, each with an error of a few units in the last place (2^-53 relative each).
                assert!((s - one).abs() <= one * 2f64.powi(-50), "{t}: {s} {one}");
            } else {
                assert_eq!(s, if t > 0.0 { 1.0 } else { 0.0 });
            }
        }
    }

    #[test]
    fn huge_arguments_saturate_and_zero_is_exact() {
        let mut values = [0.0, -0.0, 1e300, -1e300, f64::INFINITY, f64::NEG_INFINITY];
        sigmoid_in_place(1e6, &mut values);
        assert_eq!(values, [0.5, 0.5, 1.0, 0.0, 1.0, 0.0]);
        assert_eq!(sigmoid(1e300), 1.0);
        assert_eq!(sigmoid(-1e300), 0.0);
        assert_eq!(sigmoid(0.0), 0.5);
    }

    #[test]
    fn the_graph_ascends_and_rises_in_small_steps_at_any_c() {
        for c in [1e-3, 0.1, 1.0, 37.0, 1e3, 1e6, 1e12] {
            let graph = steep_graph(c, 2.0);
            assert_eq!((graph[0].0, graph[graph.len() - 1].0), (-2.0, 2.0));
            for pair in graph.windows(2) {
                let ((z, low), (next, high)) = (pair[0], pair[1]);
                // sigma' <= 1/4, and c z moves by at most 1/5 where the curve rises.
                assert!(
                    z <= next && low <= high && high - low <= 0.05,
                    "c = {c}, z = {z}"
                );
            }
        }
    }

    #[test]
    fn logit_undoes_sigmoid() {
        for t in [-700.0, -30.0, -1.0, -1e-9, 0.0, 1e-9, 0.3, 2.0] {
            // p = sigma(t) is rounded, which moves t by 2^-53 / (1 - p) at most, relative to p; the rest is the
            // logarithm's rounding.
            assert!(
                (logit(sigmoid(t)) - t).abs() <= 1e-15 * (1.0 + t.abs()),
                "{t}"
            );
        }
    }
}
