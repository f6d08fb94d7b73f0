//! Loss and error of a network on the sets of a run, portion by portion.

use crate::data::dataset::Dataset;
use crate::data::digits::CLASSES;
use crate::engine::loss::Loss;
use crate::engine::metrics::Evaluation;
use crate::engine::network::Network;
use crate::engine::trace::Trace;
use crate::lab::construct::Sets;
use crate::lab::message::{Measures, Point};
use ndarray::s;

/// Images measured between two looks at the clock.
const MEASURED_AT_ONCE: usize = 100;

/// Loss and error on all sets, taken portion by portion.
pub struct Measurement {
    /// On training, validation and test images.
    evaluations: [Evaluation; 3],
}

impl Measurement {
    pub fn new(loss: Loss) -> Self {
        Self {
            evaluations: std::array::from_fn(|_| Evaluation::new(loss, CLASSES)),
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
        for (evaluation, set) in self.evaluations.iter_mut().zip(in_order(sets)) {
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
                break;
            }
        }
        self.done(sets) >= 1.0
    }

    pub fn point(&self, epoch: f64, sets: &Sets) -> Point {
        let [training, validation, test] = self.evaluations.each_ref().map(|evaluation| Measures {
            loss: f64::from(evaluation.mean_loss()),
            error: f64::from(evaluation.error()),
        });
        Point {
            epoch,
            training,
            validation: sets.validation.as_ref().map(|_| validation),
            test,
        }
    }
}

fn in_order(sets: &Sets) -> [Option<&Dataset>; 3] {
    [
        Some(&sets.training),
        sets.validation.as_ref(),
        Some(&sets.test),
    ]
}
