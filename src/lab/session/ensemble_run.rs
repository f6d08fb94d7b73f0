//! One ensemble of a session: thinned networks, one after another, and the averages of what they say.

use super::measuring::{Portions, measures};
use crate::data::dataset::Dataset;
use crate::data::digits::{CLASSES, Digits};
use crate::data::split::Part;
use crate::engine::averaged::Averaged;
use crate::engine::layer::Mode;
use crate::engine::loss::Loss;
use crate::engine::metrics::{CHUNK, Evaluation};
use crate::engine::network::Network;
use crate::engine::random::{Rng, Stream};
use crate::engine::thinned::Thinning;
use crate::engine::trace::Trace;
use crate::lab::message::Measures;
use crate::lab::study::StudyError;
use crate::lab::study::ensemble::Ensemble;
use ndarray::{Array2, s};

/// An ensemble on its way.
pub struct EnsembleRun {
    thinning: Thinning,
    images: Dataset,
    /// What all thinned networks read, (image, feature), as far as it was computed.
    features: Array2<f32>,
    members: u32,
    rng: Rng,
    /// Of [`Thinning::shared`] and of what follows it.
    shared_trace: Option<Trace>,
    trace: Trace,
    /// The network under way: the scaled one first, then the members.
    network: Network,
    /// Number of networks that are done.
    done: u32,
    /// Of the network under way.
    evaluation: Evaluation,
    /// The members so far.
    averaged: Averaged,
}

impl EnsembleRun {
    /// At the beginning of `ensemble`.
    pub fn new(ensemble: &Ensemble, digits: &Digits) -> Result<Self, StudyError> {
        let thinning = ensemble.check()?;
        let count = ensemble.images as usize;
        let network = thinning.rest().clone();
        Ok(Self {
            images: digits.dataset(Part::Test.first(count), ensemble.network.pixels()),
            features: Array2::zeros((count, network.input_shape().size())),
            members: ensemble.members,
            rng: Stream::Dropout.rng(ensemble.seed),
            shared_trace: thinning.shared().map(Trace::of_answers),
            trace: Trace::of_answers(&network),
            network,
            done: 0,
            evaluation: fresh(),
            averaged: Averaged::new(count, CLASSES),
            thinning,
        })
    }

    fn read_features(&mut self, from: usize, to: usize) {
        let images = self.images.images.slice(s![from..to, ..]);
        let mut features = self.features.slice_mut(s![from..to, ..]);
        match (self.thinning.shared(), &mut self.shared_trace) {
            (Some(shared), Some(trace)) => {
                shared.forward(images, Mode::Predicting, trace);
                features.assign(&trace.output(shared.layers().len() - 1));
            }
            _ => features.assign(&images),
        }
    }

    /// Gives the results of the network under way, and of the averages with it, and begins the next one. Whether it was the last.
    fn close_network(&mut self, results: &mut Vec<Measures>) -> bool {
        results.push(measures(&self.evaluation));
        if self.done > 0 {
            self.averaged.close_network();
            let labels = &self.images.labels;
            for (loss, error) in [
                self.averaged.arithmetic(labels),
                self.averaged.geometric(labels),
            ] {
                results.push(Measures {
                    loss: f64::from(loss),
                    error: f64::from(error),
                });
            }
        }
        self.evaluation = fresh();
        let is_last = self.done == self.members;
        self.done += 1;
        if !is_last {
            self.network = self.thinning.thinned(&mut self.rng);
            self.trace = Trace::of_answers(&self.network);
        }
        is_last
    }
}

fn fresh() -> Evaluation {
    Evaluation::new(Loss::CrossEntropy, CLASSES)
}

impl Portions for EnsembleRun {
    /// Sends the next images through the network under way.
    fn portion(&mut self, results: &mut Vec<Measures>) -> bool {
        let count = self.images.labels.len();
        let from = self.evaluation.examples();
        let to = (from + CHUNK).min(count);
        if self.done == 0 {
            self.read_features(from, to);
        }
        self.evaluation.add(
            &self.network,
            self.features.slice(s![from..to, ..]),
            &self.images.labels[from..to],
            &mut self.trace,
        );
        if self.done > 0 {
            let last = self.network.layers().len() - 1;
            self.averaged.add(from, self.trace.output(last));
        }
        to == count && self.close_network(results)
    }

    fn done(&self) -> f64 {
        let part = self.evaluation.examples() as f64 / self.images.labels.len() as f64;
        (f64::from(self.done) + part) / (f64::from(self.members) + 1.0)
    }

    fn checksum(&self) -> u64 {
        self.thinning.rest().weights_checksum()
    }
}
