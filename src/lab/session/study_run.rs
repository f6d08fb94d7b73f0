//! One study of a session: a network measured under one condition after another.

use super::measuring::{Portions, measures};
use crate::data::dataset::Dataset;
use crate::data::digits::{CLASSES, Digits};
use crate::data::split::Part;
use crate::engine::loss::Loss;
use crate::engine::metrics::{CHUNK, Evaluation};
use crate::engine::network::Network;
use crate::engine::trace::Trace;
use crate::lab::message::Measures;
use crate::lab::study::{Condition, Study, StudyError};
use ndarray::s;

/// A study on its way.
pub struct StudyRun {
    network: Network,
    conditions: Vec<Condition>,
    seed: u64,
    images: Dataset,
    trace: Trace,
    /// Number of conditions that are done.
    done: usize,
    current: Option<Current>,
}

/// The condition that is being measured.
struct Current {
    network: Network,
    images: Dataset,
    evaluation: Evaluation,
}

impl StudyRun {
    /// At the beginning of `study`.
    pub fn new(study: &Study, digits: &Digits) -> Result<Self, StudyError> {
        let network = study.check()?;
        let images = Part::Test.first(study.images as usize);
        Ok(Self {
            trace: Trace::of_answers(&network),
            network,
            conditions: study.conditions.clone(),
            seed: study.seed,
            images: digits.dataset(images, study.network.pixels()),
            done: 0,
            current: None,
        })
    }

    fn begin(&self, condition: &Condition) -> Current {
        let mut images = self.images.clone();
        condition.change.apply(&mut images, self.seed);
        Current {
            network: condition.silence(&self.network),
            images,
            evaluation: Evaluation::new(Loss::CrossEntropy, CLASSES),
        }
    }
}

impl Portions for StudyRun {
    fn portion(&mut self, results: &mut Vec<Measures>) -> bool {
        let Some(condition) = self.conditions.get(self.done) else {
            return true;
        };
        let mut current = match self.current.take() {
            Some(current) => current,
            None => self.begin(condition),
        };
        let labels = &current.images.labels;
        let from = current.evaluation.examples();
        let to = (from + CHUNK).min(labels.len());
        current.evaluation.add(
            &current.network,
            current.images.images.slice(s![from..to, ..]),
            &labels[from..to],
            &mut self.trace,
        );
        if to < labels.len() {
            self.current = Some(current);
            return false;
        }
        results.push(measures(&current.evaluation));
        self.done += 1;
        self.done == self.conditions.len()
    }

    fn done(&self) -> f64 {
        let part = self.current.as_ref().map_or(0.0, |current| {
            current.evaluation.examples() as f64 / current.images.labels.len() as f64
        });
        (self.done as f64 + part) / (self.conditions.len() as f64).max(1.0)
    }

    fn checksum(&self) -> u64 {
        self.network.weights_checksum()
    }
}
