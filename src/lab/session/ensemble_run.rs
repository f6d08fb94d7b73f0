//! One ensemble of a session: thinned networks, one after another, and the averages of what they say.

use super::Job;
use crate::data::dataset::{Dataset, PixelScale};
use crate::data::digits::{CLASSES, Digits};
use crate::data::split::Part;
use crate::engine::layer::Mode;
use crate::engine::loss::Loss;
use crate::engine::metrics::{CHUNK, prediction};
use crate::engine::network::Network;
use crate::engine::random::{Rng, Stream};
use crate::engine::thinned::Thinning;
use crate::engine::trace::Trace;
use crate::lab::message::{Command, Drive, Measures, Report, RunId, RunState};
use crate::lab::study::StudyError;
use crate::lab::study::ensemble::Ensemble;
use ndarray::{Array2, ArrayView2, s};

/// An ensemble on its way.
pub struct EnsembleRun {
    id: RunId,
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
    /// Number of networks that are done, and of images of the one under way.
    done: u32,
    seen: usize,
    tally: Tally,
    /// Sums over the members so far, (image, class).
    probabilities: Array2<f64>,
    logits: Array2<f64>,
    reported: u32,
    state: RunState,
    measuring_ms: f64,
}

/// Loss and error of some predictions, image after image.
#[derive(Clone, Copy, Default)]
struct Tally {
    loss: f64,
    wrong: usize,
}

impl Tally {
    fn measures(self, images: usize) -> Measures {
        Measures {
            loss: self.loss / images as f64,
            error: self.wrong as f64 / images as f64,
        }
    }
}

impl EnsembleRun {
    /// At the beginning of `ensemble`.
    pub fn new(id: RunId, ensemble: &Ensemble, digits: &Digits) -> Result<Self, StudyError> {
        let thinning = ensemble.check()?;
        let count = ensemble.images as usize;
        let images = digits.dataset(Part::Test.first(count), PixelScale::default());
        let network = thinning.rest().clone();
        Ok(Self {
            id,
            features: Array2::zeros((count, network.input_shape().size())),
            members: ensemble.members,
            rng: Stream::Dropout.rng(ensemble.seed),
            shared_trace: thinning.shared().map(Trace::new),
            trace: Trace::new(&network),
            network,
            done: 0,
            seen: 0,
            tally: Tally::default(),
            probabilities: Array2::zeros((count, CLASSES)),
            logits: Array2::zeros((count, CLASSES)),
            reported: 0,
            state: RunState::Running,
            measuring_ms: 0.0,
            thinning,
            images,
        })
    }

    fn enter(&mut self, state: RunState, reports: &mut Vec<Report>) {
        if self.state != state {
            self.state = state;
            reports.push(Report::State {
                run: self.id,
                state,
            });
        }
    }

    /// Sends the next images through the network under way.
    fn portion(&mut self, reports: &mut Vec<Report>) {
        let count = self.images.labels.len();
        let (from, to) = (self.seen, (self.seen + CHUNK).min(count));
        if self.done == 0 {
            self.read_features(from, to);
        }
        let features = self.features.slice(s![from..to, ..]);
        self.network
            .forward(features, Mode::Predicting, &mut self.trace);
        let last = self.network.layers().len() - 1;
        let outputs = self.trace.output(last);
        self.tally.add(outputs, &self.images.labels[from..to]);
        if self.done > 0 {
            let mut row = [0.0; CLASSES];
            for (image, outputs) in (from..to).zip(outputs.rows()) {
                let outputs = outputs.to_slice().expect("outputs are row-major");
                Loss::CrossEntropy.probabilities(outputs, &mut row);
                for class in 0..CLASSES {
                    self.probabilities[[image, class]] += f64::from(row[class]);
                    self.logits[[image, class]] += f64::from(outputs[class]);
                }
            }
        }
        self.seen = to;
        if to == count {
            self.close_network(reports);
        }
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

    /// Reports the network under way and begins the next one.
    fn close_network(&mut self, reports: &mut Vec<Report>) {
        let count = self.images.labels.len();
        self.report(self.tally.measures(count), reports);
        if self.done > 0 {
            let members = f64::from(self.done);
            let (mut arithmetic, mut geometric) = (Tally::default(), Tally::default());
            for (image, &label) in self.images.labels.iter().enumerate() {
                let mean = |sums: &Array2<f64>| -> [f64; CLASSES] {
                    std::array::from_fn(|class| sums[[image, class]] / members)
                };
                arithmetic.add_probabilities(mean(&self.probabilities), label);
                geometric.add_probabilities(softmax(mean(&self.logits)), label);
            }
            self.report(arithmetic.measures(count), reports);
            self.report(geometric.measures(count), reports);
        }
        self.tally = Tally::default();
        self.seen = 0;
        if self.done == self.members {
            let checksum = self.thinning.rest().weights_checksum();
            self.enter(RunState::Completed { checksum }, reports);
            return;
        }
        self.done += 1;
        self.network = self.thinning.thinned(&mut self.rng);
        self.trace = Trace::new(&self.network);
    }

    fn report(&mut self, measures: Measures, reports: &mut Vec<Report>) {
        reports.push(Report::Studied {
            run: self.id,
            condition: self.reported,
            measures,
        });
        self.reported += 1;
    }
}

impl Tally {
    fn add(&mut self, outputs: ArrayView2<f32>, labels: &[u8]) {
        for (outputs, &label) in outputs.rows().into_iter().zip(labels) {
            let outputs = outputs.to_slice().expect("outputs are row-major");
            self.loss += f64::from(Loss::CrossEntropy.of_example(outputs, label));
            self.wrong += usize::from(prediction(outputs) != usize::from(label));
        }
    }

    fn add_probabilities(&mut self, probabilities: [f64; CLASSES], label: u8) {
        // A probability below what an f32 can hold is counted as the smallest that it can.
        let own = probabilities[usize::from(label)].max(f64::from(f32::MIN_POSITIVE));
        self.loss -= own.ln();
        let best = (0..CLASSES).fold(0, |best, class| {
            if probabilities[class] > probabilities[best] {
                class
            } else {
                best
            }
        });
        self.wrong += usize::from(best != usize::from(label));
    }
}

fn softmax(logits: [f64; CLASSES]) -> [f64; CLASSES] {
    let largest = logits.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let weights = logits.map(|z| (z - largest).exp());
    let sum: f64 = weights.iter().sum();
    weights.map(|weight| weight / sum)
}

impl Job for EnsembleRun {
    fn handle(&mut self, command: &Command) -> Vec<Report> {
        let mut reports = Vec::new();
        if !self.state.is_final() {
            match command {
                Command::Drive(Drive::Pause) => self.enter(RunState::Paused, &mut reports),
                Command::Drive(_) => self.enter(RunState::Running, &mut reports),
                Command::Stop => self.enter(RunState::Stopped, &mut reports),
                _ => {}
            }
        }
        reports
    }

    fn is_busy(&self) -> bool {
        self.state == RunState::Running
    }

    fn work(&mut self, clock: &dyn Fn() -> f64, reports: &mut Vec<Report>) {
        let start = clock();
        self.portion(reports);
        self.measuring_ms += clock() - start;
    }

    fn look(&mut self, _: f64, reports: &mut Vec<Report>) {
        let part = self.seen as f64 / self.images.labels.len() as f64;
        let done = (f64::from(self.done) + part) / (f64::from(self.members) + 1.0);
        reports.push(Report::Progress {
            run: self.id,
            epoch: 0.0,
            batch_loss: None,
            training_ms: 0.0,
            measuring_ms: self.measuring_ms,
            done: if self.state.is_final() { 1.0 } else { done },
        });
    }
}
