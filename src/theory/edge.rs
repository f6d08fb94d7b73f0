//! Where in the plane of two inputs the limit c -> infinity is not what the perceptrons say.
//!
//! A neuron of the first layer is on its edge on the line w.x + b = 0: a set of measure zero. Away from all these
//! lines the first layer tends to the perceptrons' outputs; yet a later neuron may be on its edge for these outputs,
//! and then the limit differs on a whole region between lines. Both are computed exactly here: the regions as a map,
//! the lines as segments between their crossings, on each of which all limits are constant (the finitely many
//! crossings are left out).

use super::dyadic::Dyadic;
use super::limit::{LimitValue, limits_after};
use super::perceptron::{Perceptron, PerceptronNetwork};
use super::plane::{FirstLayer, PlaneGrid, first_layer_map};
use super::threshold::ThresholdNetwork;
use super::weighted_input::exact_weighted_input;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A piece of a line on which neurons of the first layer are on their edge, between two crossings with other such
/// lines or the rectangle's border.
#[derive(Clone, Debug, PartialEq)]
pub struct EdgeSegment {
    /// The neurons of the first layer that are on their edge here.
    pub neurons: Vec<usize>,
    /// One end, (horizontal, vertical).
    pub from: (f64, f64),
    /// The other end.
    pub to: (f64, f64),
    /// The limits of the outputs on the piece without its ends, shape (output).
    pub limits: Vec<LimitValue>,
    /// What the perceptrons say there, shape (output).
    pub perceptrons: Vec<bool>,
}

impl EdgeSegment {
    /// Whether the limit of output `output` is not what the perceptron says.
    pub fn differs(&self, output: usize) -> bool {
        !self.limits[output].agrees_with(self.perceptrons[output])
    }
}

/// The limit of output `output` at the middle of every pixel, shape (row, column) flattened; exact.
pub fn limit_map(network: &PerceptronNetwork, grid: &PlaneGrid, output: usize) -> Vec<LimitValue> {
    assert!(
        output < network.outputs(),
        "there are {} outputs",
        network.outputs()
    );
    let mut known: BTreeMap<FirstLayer, LimitValue> = BTreeMap::new();
    // Neighbouring pixels mostly lie between the same lines.
    let mut last = None;
    let look_up = |first: FirstLayer| match last {
        Some((same, limit)) if same == first => limit,
        _ => {
            let limit = *known.entry(first).or_insert_with(|| {
                let limits = first_limits(network, first);
                limits_after(network, limits)[network.layers().len() - 1][output]
            });
            last = Some((first, limit));
            limit
        }
    };
    first_layer_map(network, grid)
        .into_iter()
        .map(look_up)
        .collect()
}

fn first_limits(network: &PerceptronNetwork, first: FirstLayer) -> Vec<LimitValue> {
    let neurons = 0..network.layers()[0].len();
    neurons
        .map(|j| match (first.fires >> j & 1, first.edges >> j & 1) {
            (1, _) => LimitValue::One,
            (_, 1) => LimitValue::Half,
            _ => LimitValue::Zero,
        })
        .collect()
}

/// A half-plane's boundary p x + q y + k = 0 with exact coefficients.
struct Line {
    p: Dyadic,
    q: Dyadic,
    k: Dyadic,
}

/// Where a value a + b t of t crosses 0: -a/b, b != 0.
fn root(a: &Dyadic, b: &Dyadic) -> BigRational {
    -(a.to_rational() / b.to_rational())
}

/// a b - c d.
fn cross(a: &Dyadic, b: &Dyadic, c: &Dyadic, d: &Dyadic) -> Dyadic {
    &(a * b) - &(c * d)
}

/// Every piece of an edge line of the first layer inside the grid's rectangle. Neurons that do not depend on the two
/// inputs have no line.
pub fn edge_segments(network: &PerceptronNetwork, grid: &PlaneGrid) -> Vec<EdgeSegment> {
    grid.check(network.inputs());
    let mut others = grid.base.clone();
    (others[grid.axes.0], others[grid.axes.1]) = (0.0, 0.0);
    let line = |unit: &Perceptron| Line {
        p: Dyadic::from_f64(unit.weights[grid.axes.0]),
        q: Dyadic::from_f64(unit.weights[grid.axes.1]),
        k: exact_weighted_input(1.0, &unit.weights, unit.bias, &others),
    };
    let lines: Vec<Line> = network.layers()[0].iter().map(line).collect();
    let is_line = |line: &Line| !(line.p.is_zero() && line.q.is_zero());
    let mut segments = Vec::new();
    for (j, line) in lines.iter().enumerate() {
        let same = |other: &Line| {
            is_line(other)
                && cross(&line.p, &other.q, &line.q, &other.p).is_zero()
                && cross(&line.p, &other.k, &line.k, &other.p).is_zero()
                && cross(&line.q, &other.k, &line.k, &other.q).is_zero()
        };
        // The same line is drawn once, for its first neuron.
        if is_line(line) && !lines[..j].iter().any(same) {
            cut(network, grid, &lines, line, &mut segments);
        }
    }
    segments
}

/// Cuts one line at the rectangle and at the other lines.
///
/// With n = p^2 + q^2 its points are (x, y) = (-k p - t q, -k q + t p) / n, and n times another line's value there is
/// a + b t with dyadic a and b: its sign between two crossings is known from b and the side of its own crossing.
fn cut(
    network: &PerceptronNetwork,
    grid: &PlaneGrid,
    lines: &[Line],
    Line { p, q, k }: &Line,
    segments: &mut Vec<EdgeSegment>,
) {
    let n = &(p * p) + &(q * q);
    let mut range: Option<(BigRational, BigRational)> = None;
    for (start, step, (low, high)) in [
        (-&(k * p), -q, grid.horizontal),
        (-&(k * q), p.clone(), grid.vertical),
    ] {
        let low = &start - &(&n * &Dyadic::from_f64(low));
        let high = &start - &(&n * &Dyadic::from_f64(high));
        if step.is_zero() {
            if low.sign() == Ordering::Less || high.sign() == Ordering::Greater {
                return;
            }
            continue;
        }
        let (a, b) = (root(&low, &step), root(&high, &step));
        let (a, b) = if a < b { (a, b) } else { (b, a) };
        range = Some(match range {
            None => (a, b),
            Some((from, to)) => (from.max(a), to.min(b)),
        });
    }
    let (from, to) = range.expect("a line runs along at least one axis");
    if from >= to {
        return;
    }
    // Each line's b, and its crossing; for a parallel line b = 0 and a's sign holds everywhere.
    let crossings: Vec<(Ordering, Result<BigRational, Ordering>)> = lines
        .iter()
        .map(|other| {
            let a = &(&other.k * &n) - &(k * &(&(&other.p * p) + &(&other.q * q)));
            let b = cross(&other.q, p, &other.p, q);
            (
                b.sign(),
                if b.is_zero() {
                    Err(a.sign())
                } else {
                    Ok(root(&a, &b))
                },
            )
        })
        .collect();
    let inside = crossings
        .iter()
        .filter_map(|(_, crossing)| crossing.as_ref().ok());
    let mut cuts: Vec<&BigRational> = inside.filter(|t| **t > from && **t < to).collect();
    cuts.extend([&from, &to]);
    cuts.sort();
    cuts.dedup();
    let [from_k, from_q, from_p, size] = [k, q, p, &n].map(Dyadic::to_rational);
    let point = |t: &BigRational| {
        let x = (-(&from_k * &from_p) - t * &from_q) / &size;
        let y = (t * &from_p - &from_k * &from_q) / &size;
        let rounded = |value: BigRational| value.to_f64().expect("inside the rectangle");
        (rounded(x), rounded(y))
    };
    let ends: Vec<(f64, f64)> = cuts.iter().map(|t| point(t)).collect();
    for (piece, ends) in cuts.windows(2).zip(ends.windows(2)) {
        let mut first = FirstLayer::default();
        for (j, (slope, crossing)) in crossings.iter().enumerate() {
            let sign = match crossing {
                Err(sign) => *sign,
                Ok(t) if t <= piece[0] => *slope,
                Ok(_) => slope.reverse(),
            };
            first.fires |= u8::from(sign == Ordering::Greater) << j;
            first.edges |= u8::from(sign == Ordering::Equal) << j;
        }
        let mut layers = limits_after(network, first_limits(network, first));
        let bits = network.later_bits(first.fires);
        segments.push(EdgeSegment {
            neurons: (0..lines.len())
                .filter(|&j| first.edges >> j & 1 == 1)
                .collect(),
            from: ends[0],
            to: ends[1],
            limits: layers.pop().expect("a network has layers"),
            perceptrons: (0..network.outputs())
                .map(|output| bits >> output & 1 == 1)
                .collect(),
        });
    }
}
