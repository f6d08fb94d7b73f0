//! One study of a session: a network measured under one condition after another.

use super::Job;
use crate::data::dataset::{Dataset, PixelScale};
use crate::data::digits::{CLASSES, Digits};
use crate::data::split::Part;
use crate::engine::loss::Loss;
use crate::engine::metrics::{CHUNK, Evaluation};
use crate::engine::network::Network;
use crate::engine::trace::Trace;
use crate::lab::message::{Command, Drive, Measures, Report, RunId, RunState};
use crate::lab::study::{Condition, StudiedNetwork, Study, StudyError};
use ndarray::s;

/// A study on its way.
pub struct StudyRun {
    id: RunId,
    network: Network,
    conditions: Vec<Condition>,
    seed: u64,
    images: Dataset,
    trace: Trace,
    /// Number of conditions that are done.
    done: usize,
    current: Option<Current>,
    state: RunState,
    measuring_ms: f64,
}

/// The condition that is being measured.
struct Current {
    network: Network,
    images: Dataset,
    evaluation: Evaluation,
}

impl StudyRun {
    /// At the beginning of `study`.
    pub fn new(id: RunId, study: &Study, digits: &Digits) -> Result<Self, StudyError> {
        let network = study.check()?;
        let images = Part::Test.first(study.images as usize);
        let pixels = match &study.network {
            StudiedNetwork::Parameters { recipe, .. } => recipe.pixels.into(),
            StudiedNetwork::Sheet(_) => PixelScale::default(),
        };
        Ok(Self {
            id,
            trace: Trace::new(&network),
            network,
            conditions: study.conditions.clone(),
            seed: study.seed,
            images: digits.dataset(images, pixels),
            done: 0,
            current: None,
            state: RunState::Running,
            measuring_ms: 0.0,
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

    fn begin(&self, condition: &Condition) -> Current {
        let mut images = self.images.clone();
        condition.change.apply(&mut images, self.seed);
        Current {
            network: condition.silence(&self.network),
            images,
            evaluation: Evaluation::new(Loss::CrossEntropy, CLASSES),
        }
    }

    fn portion(&mut self, reports: &mut Vec<Report>) {
        let Some(condition) = self.conditions.get(self.done) else {
            let checksum = self.network.weights_checksum();
            self.enter(RunState::Completed { checksum }, reports);
            return;
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
            return;
        }
        reports.push(Report::Studied {
            run: self.id,
            condition: self.done as u32,
            measures: Measures {
                loss: f64::from(current.evaluation.mean_loss()),
                error: f64::from(current.evaluation.error()),
            },
        });
        self.done += 1;
    }
}

impl Job for StudyRun {
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
        let part = self.current.as_ref().map_or(0.0, |current| {
            current.evaluation.examples() as f64 / current.images.labels.len() as f64
        });
        let done = (self.done as f64 + part) / (self.conditions.len() as f64).max(1.0);
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
