//! Loss and error of a network on the sets of a run, and what its recipe's observation sees, portion by portion.

use super::observer::Observer;
use crate::data::dataset::Dataset;
use crate::data::digits::CLASSES;
use crate::engine::layer::Layer;
use crate::engine::loss::Loss;
use crate::engine::metrics::{CHUNK, Evaluation};
use crate::engine::network::Network;
use crate::engine::penalties::Penalties;
use crate::engine::random::{Rng, Stream};
use crate::engine::trace::Trace;
use crate::lab::construct::Sets;
use crate::lab::message::{Measures, Observed, Point};
use crate::lab::recipe::Recipe;
use ndarray::s;

/// Images measured between two looks at the clock: one forward pass, whose trace is all of them.
const MEASURED_AT_ONCE: usize = CHUNK;

/// Loss and error on all sets, taken portion by portion.
pub struct Measurement {
    /// On training, validation and test images.
    evaluations: [Evaluation; 3],
    learning: Learning,
    observer: Observer,
}

/// The training images once more, with dropout on.
enum Learning {
    /// Nobody asked.
    Unasked,
    /// No dropout is at work, so that it would be the same.
    Same,
    /// Measured with masks of their own chance, the same ones at every moment.
    Measured(Box<Evaluation>, Rng),
}

impl Measurement {
    pub fn new(loss: Loss, recipe: &Recipe, network: &Network, sets: &Sets) -> Self {
        let images = [&sets.training, &sets.test].map(|set| set.labels.len());
        let evaluation = || Evaluation::new(loss, CLASSES);
        let learning = match (recipe.measure_learning, drops(network)) {
            (false, _) => Learning::Unasked,
            (true, false) => Learning::Same,
            (true, true) => {
                Learning::Measured(Box::new(evaluation()), Stream::Measuring.rng(recipe.seed))
            }
        };
        Self {
            evaluations: std::array::from_fn(|_| evaluation()),
            learning,
            observer: Observer::new(recipe.observation, network, loss, images),
        }
    }

    /// Share of the images that have been measured.
    pub fn done(&self, sets: &Sets) -> f64 {
        let total: usize = in_order(sets)
            .into_iter()
            .flatten()
            .map(|set| set.labels.len())
            .sum();
        let measured: usize = self.evaluations.iter().map(Evaluation::examples).sum();
        measured as f64 / total as f64
    }

    /// Measures one portion; whether all is measured.
    pub fn advance(&mut self, network: &Network, sets: &Sets, trace: &mut Trace) -> bool {
        trace.keep(self.observer.reads());
        for (part, (evaluation, set)) in self.evaluations.iter_mut().zip(in_order(sets)).enumerate()
        {
            let Some(set) = set else { continue };
            let from = evaluation.examples();
            if from < set.labels.len() {
                let to = (from + MEASURED_AT_ONCE).min(set.labels.len());
                evaluation.add(
                    network,
                    set.images.slice(s![from..to, ..]),
                    &set.labels[from..to],
                    trace,
                );
                match part {
                    TRAINING => {
                        let labels = &set.labels[from..to];
                        self.observer.see_training(network, trace, labels);
                        if let Learning::Measured(evaluation, rng) = &mut self.learning {
                            let images = set.images.slice(s![from..to, ..]);
                            evaluation.add_learning(rng, network, images, labels, trace);
                        }
                    }
                    TEST => self
                        .observer
                        .see_test(network, trace, &set.labels[from..to]),
                    _ => {}
                }
                break;
            }
        }
        self.done(sets) >= 1.0
    }

    /// What the recipe's observation saw, once all is measured.
    pub fn observed(&self, network: &Network, penalties: &Penalties) -> Option<Observed> {
        self.observer.observed(network, penalties)
    }

    pub fn point(&self, epoch: f64, sets: &Sets) -> Point {
        let measures = |evaluation: &Evaluation| Measures {
            loss: f64::from(evaluation.mean_loss()),
            error: f64::from(evaluation.error()),
        };
        let [training, validation, test] = self.evaluations.each_ref().map(measures);
        Point {
            epoch,
            training,
            learning: match &self.learning {
                Learning::Unasked => None,
                Learning::Same => Some(training),
                Learning::Measured(evaluation, _) => Some(measures(evaluation)),
            },
            validation: sets.validation.as_ref().map(|_| validation),
            test,
        }
    }
}

/// Whether any dropout is at work.
fn drops(network: &Network) -> bool {
    network
        .layers()
        .iter()
        .any(|layer| matches!(layer, Layer::Dropout(dropout) if dropout.probability() > 0.0))
}

/// Places of two sets in [`in_order`].
const TRAINING: usize = 0;
const TEST: usize = 2;

fn in_order(sets: &Sets) -> [Option<&Dataset>; 3] {
    [
        Some(&sets.training),
        sets.validation.as_ref(),
        Some(&sets.test),
    ]
}
