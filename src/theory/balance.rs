//! 1/2 is a balance that tips: the chain of sigmoid neurons x -> f(x) = sigma(c (x - 1/2)), and the logistic
//! equation.
//!
//! **The chain.** f(1/2) = 1/2 for every c, and f'(1/2) = c/4. With x = sigma(2u) a fixed point satisfies 2u = c
//! (sigma(2u) - 1/2) = (c/2) tanh u, so u = 0 or u coth u = c/4. As u coth u grows from 1 to infinity with |u|, there
//! is nothing but 1/2 up to c = 4, and for c > 4 a pair x = sigma(-2u), sigma(2u), symmetric about 1/2, besides. Near
//! c = 4, u^2 = 3 (c/4 - 1) + ..., so the pair splits off like a square root: x = 1/2 -+ sqrt(3 (c/4 - 1)) / 2 + ...
//! (a pitchfork bifurcation). 1/2 is stable for |c| < 4 and unstable for |c| > 4; the pair is always stable, with f'
//! = c x (1 - x) = 2u / sinh 2u < 1. At c = 4 the slope at 1/2 is 1 and decides nothing; f(x) - x = -(4/3) (x -
//! 1/2)^3 + ... still draws everything in, but slowly.
//!
//! **The logistic equation** s' = s (1 - s), which the sigmoid solves, has the equilibria 0, unstable, and 1, stable.
//! 1/2 is none.

use super::logistic::sigmoid;

/// What a fixed point or an equilibrium does to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stability {
    /// Draws them in: |f'| < 1 for a map, derivative < 0 for an equation.
    Stable,
    /// The linear part decides nothing: |f'| = 1, or derivative 0.
    Neutral,
    /// Drives them away.
    Unstable,
}

impl Stability {
    fn of_slope(slope: f64) -> Self {
        match slope.abs() {
            s if s < 1.0 => Stability::Stable,
            s if s > 1.0 => Stability::Unstable,
            _ => Stability::Neutral,
        }
    }
}

/// A fixed point of the chain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FixedPoint {
    /// x = f(x).
    pub x: f64,
    /// f'(x) = c x (1 - x).
    pub slope: f64,
    /// What the slope means.
    pub stability: Stability,
}

/// The largest c that is taken, so that nothing overflows.
pub const MAX_C: f64 = 1e12;

/// One neuron of the chain, f(x) = sigma(c (x - 1/2)).
pub fn chain_step(c: f64, x: f64) -> f64 {
    sigmoid(c * (x - 0.5))
}

/// Every fixed point of x -> sigma(c (x - 1/2)), in increasing order: 1/2, and for c > 4 a pair around it.
///
/// Relative errors of a few 2^-53; the lower point keeps them down to e^{-c/2} of about 1e-308 and is 0 beyond c =
/// 1490. Panics unless 0 <= c <= [`MAX_C`].
pub fn fixed_points(c: f64) -> Vec<FixedPoint> {
    assert!((0.0..=MAX_C).contains(&c), "c is in [0, {MAX_C}], not {c}");
    let middle = FixedPoint {
        x: 0.5,
        slope: c / 4.0,
        stability: Stability::of_slope(c / 4.0),
    };
    match pair_angle(c) {
        None => vec![middle],
        Some(u) => {
            // c x (1 - x) with c = 4 u coth u and x (1 - x) = 1 / (4 cosh^2 u); e^-2u keeps it from overflowing.
            let e = (-2.0 * u).exp();
            let slope = c * e / ((1.0 + e) * (1.0 + e));
            // By 2u < sinh 2u the slope is below 1, whatever its rounding says right at c = 4.
            let at = |x| FixedPoint {
                x,
                slope,
                stability: Stability::Stable,
            };
            vec![at(sigmoid(-2.0 * u)), middle, at(sigmoid(2.0 * u))]
        }
    }
}

/// u > 0 with u coth u = c/4, if c > 4.
fn pair_angle(c: f64) -> Option<f64> {
    // c - 4 is exact near 4 (Sterbenz), where all depends on it.
    let excess = (c - 4.0) / 4.0;
    if excess <= 0.0 {
        return None;
    }
    // u coth u - 1 is at most u^2 / 3 and at most u, and at least u - 1: the root is bracketed.
    let (mut low, mut high) = ((3.0 * excess).sqrt().max(excess), 1.0 + excess);
    let mut u = low;
    // Safe Newton: a step that leaves the bracket is replaced by its middle.
    for _ in 0..100 {
        let (value, derivative) = coth_excess(u);
        let residual = value - excess;
        if residual < 0.0 {
            low = low.max(u)
        } else {
            high = high.min(u)
        }
        let mut next = u - residual / derivative;
        if !(low..=high).contains(&next) {
            next = low + (high - low) / 2.0;
        }
        if (next - u).abs() <= u * f64::EPSILON {
            return Some(next);
        }
        u = next;
    }
    Some(u)
}

/// u coth u - 1 and its derivative, without cancellation for small u.
fn coth_excess(u: f64) -> (f64, f64) {
    if u < 0.1 {
        // u coth u - 1 = u^2/3 - u^4/45 + 2 u^6/945 - u^8/4725 + 2 u^10/93555 - ...; at u = 0.1 the next term is
        // below 2^-53 of the first.
        const SERIES: [f64; 6] = [
            1.0 / 3.0,
            -1.0 / 45.0,
            2.0 / 945.0,
            -1.0 / 4_725.0,
            2.0 / 93_555.0,
            -1_382.0 / 638_512_875.0,
        ];
        let square = u * u;
        let (mut value, mut derivative) = (0.0, 0.0);
        for (k, a) in SERIES.iter().enumerate().rev() {
            value = value * square + a;
            derivative = derivative * square + 2.0 * (k + 1) as f64 * a;
        }
        return (value * square, derivative * u);
    }
    let tanh = u.tanh();
    // d/du (u coth u) = coth u - u / sinh^2 u, with 1 / sinh^2 = coth^2 - 1 = (1 - tanh^2) / tanh^2 and 1 - tanh^2 =
    // 4 e^-2u / (1 + e^-2u)^2.
    let e = (-2.0 * u).exp();
    let inverse_square = 4.0 * e / ((1.0 - e) * (1.0 - e));
    (u / tanh - 1.0, 1.0 / tanh - u * inverse_square)
}

/// One point of the bifurcation diagram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BranchPoint {
    /// c.
    pub c: f64,
    /// The lower and the upper stable fixed point; none up to c = 4, where 1/2 is the only one.
    pub pair: Option<(f64, f64)>,
    /// What 1/2 is.
    pub middle: Stability,
}

/// The bifurcation diagram at each c, in the order given. Panics unless each is in [0, [`MAX_C`]].
pub fn branches(cs: impl IntoIterator<Item = f64>) -> Vec<BranchPoint> {
    let point = |c| match fixed_points(c).as_slice() {
        [low, middle, high] => BranchPoint {
            c,
            pair: Some((low.x, high.x)),
            middle: middle.stability,
        },
        points => BranchPoint {
            c,
            pair: None,
            middle: points[0].stability,
        },
    };
    cs.into_iter().map(point).collect()
}

/// The orbit x_0, x_1 = f(x_0), ..., x_n: `neurons` + 1 numbers.
pub fn orbit(c: f64, x: f64, neurons: usize) -> Vec<f64> {
    std::iter::successors(Some(x), |&x| Some(chain_step(c, x)))
        .take(neurons + 1)
        .collect()
}

/// The corners of the cobweb of an orbit: (x_0, 0), (x_0, x_1), (x_1, x_1), (x_1, x_2), ...: up to the curve, across
/// to the diagonal.
pub fn cobweb(c: f64, x: f64, neurons: usize) -> Vec<(f64, f64)> {
    let orbit = orbit(c, x, neurons);
    let mut path = vec![(x, 0.0)];
    for pair in orbit.windows(2) {
        path.extend([(pair[0], pair[1]), (pair[1], pair[1])]);
    }
    path
}

/// An equilibrium of the logistic equation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Equilibrium {
    /// s with s (1 - s) = 0.
    pub s: f64,
    /// d/ds s (1 - s) = 1 - 2 s: how fast a small distance from it grows, per unit of time.
    pub rate: f64,
    /// What the rate means.
    pub stability: Stability,
}

/// The equilibria of s' = s (1 - s): 0, unstable, and 1, stable.
pub const LOGISTIC_EQUILIBRIA: [Equilibrium; 2] = [
    Equilibrium {
        s: 0.0,
        rate: 1.0,
        stability: Stability::Unstable,
    },
    Equilibrium {
        s: 1.0,
        rate: -1.0,
        stability: Stability::Stable,
    },
];

/// s' = s (1 - s).
pub fn logistic_velocity(s: f64) -> f64 {
    s * (1.0 - s)
}

/// The solution of s' = s (1 - s) with s(0) = `start` at `time`: start / (start + (1 - start) e^-t); for start = 1/2
/// it is sigma(t).
///
/// None where there is no solution any more: from below 0 it falls to -infinity at t = ln(1 - 1/start), and from
/// above 1 it comes from infinity at t = ln(1 - 1/start) < 0.
pub fn logistic_solution(start: f64, time: f64) -> Option<f64> {
    // At an equilibrium the exponentials cancel, but would underflow first.
    if start == 0.0 || start == 1.0 {
        return Some(start);
    }
    // For t > 0 through e^-t, for t < 0 through e^t: neither overflows.
    let decay = (-time.abs()).exp();
    let (numerator, denominator) = if time >= 0.0 {
        (start, start + (1.0 - start) * decay)
    } else {
        (start * decay, start * decay + 1.0 - start)
    };
    // The denominator is positive at time 0 (it is 1, times a positive number) and vanishes where the solution ends.
    (denominator > 0.0).then(|| numerator / denominator)
}
