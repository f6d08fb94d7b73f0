//! The leading terms of the approach to the limit c -> infinity: truncated exact sums, as [`super::limit`] describes
//! and proves.

use super::dyadic::Dyadic;
use super::exponential_series::{Budget, ExponentialTerm, Series, Spent};
use super::limit::{Approach, TERM_BUDGET};
use super::neuron_forms::{Class, Layer, Neuron, forms};
use super::perceptron::PerceptronNetwork;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Computes leading terms, class by class.
pub(super) struct Solver {
    layers: Vec<Layer>,
    /// The approach of each class, (layer)(class).
    leading: Vec<Vec<Approach>>,
    /// The deviation of a class from its limit, with all terms up to a rate, by layer and class.
    known: BTreeMap<(usize, usize), (Dyadic, Series)>,
}

impl Solver {
    /// A solver for `network` at `input`, shape (input), that has not looked at any layer yet.
    pub fn new(network: &PerceptronNetwork, input: &[f64]) -> Self {
        Solver {
            layers: forms(network, input),
            leading: Vec::new(),
            known: BTreeMap::new(),
        }
    }

    /// Finds the approach of every class of layer `l`, after those of all layers before.
    pub fn lead(&mut self, l: usize) {
        let found = (0..self.layers[l].classes.len())
            .map(|k| self.lead_class(l, k))
            .collect();
        self.leading.push(found);
    }

    /// The approach of a neuron of a layer that has been led.
    pub fn approach(&self, l: usize, neuron: usize) -> Approach {
        match self.layers[l].neurons[neuron] {
            Neuron::AlwaysHalf => Approach::Exact,
            Neuron::Is {
                class,
                opposite: false,
            } => self.leading[l][class].clone(),
            Neuron::Is {
                class,
                opposite: true,
            } => match self.leading[l][class].clone() {
                Approach::Leading(term) => Approach::Leading(ExponentialTerm {
                    coefficient: -term.coefficient,
                    ..term
                }),
                other => other,
            },
        }
    }

    fn lead_class(&mut self, l: usize, k: usize) -> Approach {
        let class = &self.layers[l].classes[k];
        let minus_one = || -BigRational::one();
        match class.limit.sign() {
            Ordering::Greater => Approach::Leading(ExponentialTerm {
                coefficient: minus_one(),
                power: 0,
                rate: class.limit.abs(),
            }),
            Ordering::Less => Approach::Leading(ExponentialTerm {
                coefficient: BigRational::one(),
                power: 0,
                rate: class.limit.abs(),
            }),
            Ordering::Equal => {
                let rates =
                    class
                        .weights
                        .iter()
                        .map(|&(before, _)| match &self.leading[l - 1][before] {
                            Approach::Leading(term) => term.rate.clone(),
                            Approach::Undecided { cancelled } => cancelled.clone(),
                            Approach::Exact => unreachable!("a class is not constant"),
                        });
                let mut upto = rates
                    .min()
                    .expect("a form with limit 0 that is not 0 has classes");
                let mut cancelled = Dyadic::zero();
                let mut budget = Budget(TERM_BUDGET);
                if upto.is_zero() {
                    return Approach::Undecided { cancelled };
                }
                loop {
                    match self.weighted_deviation(l, k, &upto, &mut budget) {
                        Err(Spent) => return Approach::Undecided { cancelled },
                        Ok(series) => match series.leading() {
                            Some(term) => {
                                let quarter = BigRational::new(1.into(), 4.into());
                                return Approach::Leading(ExponentialTerm {
                                    coefficient: term.coefficient * quarter,
                                    power: term.power + 1,
                                    rate: term.rate,
                                });
                            }
                            None => {
                                let next = &upto * &Dyadic::from_f64(1.5);
                                cancelled = std::mem::replace(&mut upto, next);
                            }
                        },
                    }
                }
            }
        }
    }

    /// z - z* of class `k` of layer `l`: the terms with rate <= upto.
    fn weighted_deviation(
        &mut self,
        l: usize,
        k: usize,
        upto: &Dyadic,
        budget: &mut Budget,
    ) -> Result<Series, Spent> {
        let mut sum = Series::default();
        for (before, weight) in self.layers[l].classes[k].weights.clone() {
            sum.add_times(
                &weight.to_rational(),
                &self.deviation(l - 1, before, upto, budget)?,
            );
        }
        Ok(sum)
    }

    /// a - a* of class `k` of layer `l`: the terms with rate <= upto.
    fn deviation(
        &mut self,
        l: usize,
        k: usize,
        upto: &Dyadic,
        budget: &mut Budget,
    ) -> Result<Series, Spent> {
        if let Some((reach, series)) = self.known.get(&(l, k))
            && reach >= upto
        {
            return Ok(series.truncated(upto));
        }
        let Class { limit, .. } = self.layers[l].classes[k].clone();
        let series = if limit.is_zero() {
            let scaled = self
                .weighted_deviation(l, k, upto, budget)?
                .times_c(&BigRational::one());
            scaled.composed(sigmoid_coefficients(), upto, budget)?
        } else {
            let rate = limit.abs();
            if rate > *upto {
                return Ok(Series::default());
            }
            let minus_sign = BigRational::from_integer(
                if limit.sign() == Ordering::Greater {
                    -1
                } else {
                    1
                }
                .into(),
            );
            // u = e^{-|z*| c} (1 + y), y = e^{-+ c s} - 1; y is needed only up to what is left of the rate.
            let rest = upto - &rate;
            let exponent = self
                .weighted_deviation(l, k, &rest, budget)?
                .times_c(&minus_sign);
            let y = exponent.composed(exponential_coefficients(), &rest, budget)?;
            let u = y.one_more_times_exponential(&rate);
            let alternating = std::iter::successors(Some(minus_sign), |a| Some(-a));
            u.composed(alternating, upto, budget)?
        };
        self.known.insert((l, k), (upto.clone(), series.clone()));
        Ok(series)
    }
}

/// 1/n! for n = 1, 2, ...: e^t - 1.
fn exponential_coefficients() -> impl Iterator<Item = BigRational> {
    let mut a = BigRational::one();
    (1u32..).map(move |n| {
        a /= BigRational::from_integer(n.into());
        a.clone()
    })
}

/// The coefficients of sigma(t) - 1/2 = t/4 - t^3/48 + ...: with d' = 1/4 - d^2, (n + 1) d_{n+1} = -sum_{i+j=n} d_i
/// d_j from d_1 = 1/4 on.
fn sigmoid_coefficients() -> impl Iterator<Item = BigRational> {
    let mut d = vec![BigRational::zero()];
    std::iter::from_fn(move || {
        let n = d.len() - 1;
        let next = if n == 0 {
            BigRational::new(1.into(), 4.into())
        } else {
            let square: BigRational = (1..n).map(|i| &d[i] * &d[n - i]).sum();
            -square / BigRational::from_integer((n + 1).into())
        };
        d.push(next.clone());
        Some(next)
    })
}
