//! Sigmoid networks as c -> infinity, computed exactly (Nielsen, chapter 1, exercise "Sigmoid neurons simulating
//! perceptrons, part II").
//!
//! The neurons are a_j(c) = sigma(c z_j(c)), z_j(c) = b_j + sum_i w_ji a_i(c), with the network's own `f64` weights,
//! which are dyadic rationals, and a fixed input of `f64` numbers.
//!
//! # The limits
//!
//! **Theorem 1.** Every a_j(c) tends to 0, 1/2 or 1, and the limits obey the network's own equations, with
//! z_j* = b_j + sum_i w_ji a_i*: a_j* = 1 if z_j* > 0, 0 if z_j* < 0, **1/2 if z_j* = 0**.
//!
//! *Proof.* Call a function *small* if for large c it is a convergent sum of terms q c^k e^{-r c}, rational q, whole
//! k >= 0, rates r > 0 from a set with finitely many below any bound. Small functions tend to 0, also when multiplied
//! by c; sums and products of small functions are small, and so is F(s) for small s and a power series F without
//! constant term and with rational coefficients that converges near 0. Claim: a_j = a_j* + small. By induction over
//! the layers z_j = z_j* + s, s small (0 in the first layer). If z_j* > 0, put u = e^{-c z_j} = e^{-c z_j*} (1 +
//! (e^{-c s} - 1)), which is small; a_j = 1/(1 + u) = 1 - u + u^2 - ... . If z_j* < 0, likewise with u = e^{c z_j}:
//! a_j = u - u^2 + ... . If z_j* = 0, then a_j = sigma(c s) = 1/2 + c s/4 - (c s)^3/48 + ..., and c s is small. QED.
//!
//! So a limit other than 0, 1/2, 1 would need c z_j(c) to tend to a number that is not 0, a deviation of order 1/c,
//! and none arises: all deviations are exponentially small. A sum that vanishes only in the limit does not decide
//! anything either: c times an exponentially small number still tends to 0, and the neuron tends to 1/2. What the
//! sign of that number decides is the side from which. The limits thus need one exact sign for each neuron, as for
//! perceptrons: [`limit_values`].
//!
//! # The approach
//!
//! [`limit`] also gives the leading term of a_j - a_j*. If z_j* != 0 the proof shows it: -e^{-c z_j*} or e^{c z_j*}.
//! If z_j* = 0 it is c/4 times the leading term of z_j, unless z_j is 0 for every c; then a_j is 1/2 for every c. Two
//! things must be computed: whether z_j vanishes identically, and if not, its leading term, where the first terms may
//! cancel.
//!
//! **Identical zeros.** By sigma(-t) = 1 - sigma(t), a neuron whose z is minus another's can be expressed by the
//! other. So collect the neurons of each layer into *classes*: z is written as constant + sum_k W_k sigma(c z_k) over
//! the classes k of the layer before, equal forms are one class, opposite forms are one class, and the form 0 (output
//! 1/2) is a constant.
//!
//! **Theorem 2.** A form vanishes identically only if its constant and all its W_k are 0. So the comparison of forms
//! decides identity.
//!
//! *Proof.* By induction over the layers the functions g_k = c z_k of one layer are not 0 and no two are equal or
//! opposite (two opposite or equal forms differ by, or add up to, a form that vanishes). Let e_1, ..., e_r be a basis
//! of the rational vector space that all exponents c z of all layers span. No rational combination of them, other
//! than the trivial one, is a constant: at c = 0 all of them are 0. So Ax's theorem (On Schanuel's conjectures,
//! Annals of Mathematics 93, 1971) gives the field C(e_1, ..., e_r, exp e_1, ..., exp e_r) a transcendence degree of
//! at least r + 1 over C. Every exponent and every exponential is algebraic over C(c, exp e_1, ..., exp e_r), by
//! induction over the layers; so exp e_1, ..., exp e_r are algebraically independent over C. Now choose the basis so
//! that it contains a lattice basis of the group that the g_k of the layer in question generate. Then exp g_k is a
//! monomial M_k in independent variables, with exponent vectors that are not 0 and pairwise not equal or opposite,
//! and the vanishing form is an identity constant + sum_k W_k M_k / (1 + M_k) = 0 of rational functions. Write the
//! exponent vector of M_k as d times a primitive vector, d >= 1 (turning its sign by sigma(-t) = 1 - sigma(t) where
//! needed), so M_k = P^d. Among the k with the same P take the one with the largest d. It has a pole where P = e^{i
//! pi/d}. There P^{d'} = e^{i pi d'/d} != -1 for the smaller d' < d, and monomials with another P are not constant on
//! this set; so no other summand has a pole along it, and W_k = 0. Repeat until no class is left; then the constant
//! is 0. QED.
//!
//! **Leading terms.** The proof of theorem 1 is an algorithm on truncated sums: all terms with rate <= R of z_j and
//! a_j follow, exactly, from those of the layer before. Start with R = the least leading rate among the classes of
//! z_j; while everything up to R cancels, take 3/2 R. This ends: z_j is analytic and, by theorem 2, not 0, so its
//! convergent sum has a first term. But it may be far out, and the number of terms below it is not bounded by the
//! size of the network: with weights of very different magnitude, such as 1 and 2^-40, there are 2^40 multiples of
//! the small rate below the large one. So the work is bounded by [`TERM_BUDGET`], and beyond it the answer is
//! [`Approach::Undecided`]. The limit itself is never undecided.

use super::dyadic::Dyadic;
use super::leading_term::Solver;
use super::perceptron::PerceptronNetwork;
use super::threshold::ThresholdNetwork;
use std::cmp::Ordering;

pub use super::exponential_series::ExponentialTerm;

/// How many products of terms may be formed for one neuron's leading term.
pub const TERM_BUDGET: u64 = 20_000;

/// What a sigmoid neuron's output tends to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LimitValue {
    /// 0.
    Zero,
    /// 1/2.
    Half,
    /// 1.
    One,
}

impl LimitValue {
    /// The limit for a weighted input whose limit is `z`.
    pub fn of(z: f64) -> Self {
        match z.partial_cmp(&0.0) {
            Some(Ordering::Greater) => LimitValue::One,
            Some(Ordering::Less) => LimitValue::Zero,
            _ => LimitValue::Half,
        }
    }

    /// 0, 0.5 or 1.
    pub fn value(self) -> f64 {
        match self {
            LimitValue::Zero => 0.0,
            LimitValue::Half => 0.5,
            LimitValue::One => 1.0,
        }
    }

    /// Whether it is what the perceptron says.
    pub fn agrees_with(self, perceptron: bool) -> bool {
        self == if perceptron {
            LimitValue::One
        } else {
            LimitValue::Zero
        }
    }
}

/// How a neuron's output comes to its limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Approach {
    /// It is 1/2 for every c.
    Exact,
    /// Output minus limit is this term, up to a factor that tends to 1.
    Leading(ExponentialTerm),
    /// It is not 1/2 for every c, but all terms with a rate up to this one cancel, and the budget ends here.
    Undecided {
        /// The rate, exactly; 0 if the budget did not even reach the first possible rate.
        cancelled: Dyadic,
    },
}

/// What the 1/2s and changed outputs before a neuron have done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// All that it listens to tends to what the perceptrons say, and so does it.
    Undisturbed,
    /// It listens to something else than the perceptron does, and still tends to what the perceptron says.
    Absorbed,
    /// Its weighted input is 0 in the limit: it tends to 1/2.
    Half,
    /// It tends to 1 where the perceptron says 0.
    DecidedUp,
    /// It tends to 0 where the perceptron says 1.
    DecidedDown,
}

/// One neuron in the limit.
#[derive(Clone, Debug, PartialEq)]
pub struct NeuronLimit {
    /// z*, the limit of its weighted input; the sign is exact.
    pub weighted_input: f64,
    /// a*, the limit of its output.
    pub value: LimitValue,
    /// How the output comes there.
    pub approach: Approach,
    /// What the perceptron with the same weights says.
    pub perceptron: bool,
    /// The two compared.
    pub fate: Fate,
}

/// The limits of all neurons, (layer)(neuron), given those of the first layer, shape (neuron). Exact, and cheap.
pub fn limits_after(network: &PerceptronNetwork, first: Vec<LimitValue>) -> Vec<Vec<LimitValue>> {
    assert_eq!(
        first.len(),
        network.layers()[0].len(),
        "one limit a neuron of the first layer"
    );
    let mut layers = vec![first];
    for units in &network.layers()[1..] {
        let seen: Vec<f64> = layers[layers.len() - 1]
            .iter()
            .map(|limit| limit.value())
            .collect();
        layers.push(
            units
                .iter()
                .map(|unit| LimitValue::of(weighted(unit, &seen)))
                .collect(),
        );
    }
    layers
}

/// The limits of all neurons at `input`, shape (input): (layer)(neuron). Exact, and cheap.
pub fn limit_values(network: &PerceptronNetwork, input: &[f64]) -> Vec<Vec<LimitValue>> {
    let first = network.layers()[0]
        .iter()
        .map(|unit| LimitValue::of(weighted(unit, input)))
        .collect();
    limits_after(network, first)
}

fn weighted(unit: &super::perceptron::Perceptron, seen: &[f64]) -> f64 {
    super::weighted_input::weighted_input(1.0, &unit.weights, unit.bias, seen)
}

/// Every neuron's limit, approach and fate at `input`, shape (input): (layer)(neuron).
pub fn limit(network: &PerceptronNetwork, input: &[f64]) -> Vec<Vec<NeuronLimit>> {
    let trace = network.trace(input);
    let values = limit_values(network, input);
    let mut solver = Solver::new(network, input);
    let mut layers = Vec::with_capacity(values.len());
    for (l, units) in network.layers().iter().enumerate() {
        solver.lead(l);
        let seen: Vec<f64> = if l == 0 {
            input.to_vec()
        } else {
            values[l - 1].iter().map(|limit| limit.value()).collect()
        };
        let neurons = units.iter().enumerate().map(|(j, unit)| {
            let (value, perceptron) = (values[l][j], trace.layers[l].outputs[j] == 1.0);
            let disturbed = unit
                .weights
                .iter()
                .zip(trace.seen_by(l))
                .zip(&seen)
                .any(|((&w, y), a)| w != 0.0 && y != a);
            let fate = match (value, perceptron) {
                (LimitValue::Half, _) => Fate::Half,
                (LimitValue::One, false) => Fate::DecidedUp,
                (LimitValue::Zero, true) => Fate::DecidedDown,
                _ if disturbed => Fate::Absorbed,
                _ => Fate::Undisturbed,
            };
            NeuronLimit {
                weighted_input: weighted(unit, &seen),
                value,
                approach: solver.approach(l, j),
                perceptron,
                fate,
            }
        });
        layers.push(neurons.collect());
    }
    layers
}
