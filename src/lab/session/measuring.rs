//! A job that only measures, portion by portion: studies and ensembles.

use super::Job;
use crate::engine::metrics::Evaluation;
use crate::lab::message::{Command, Drive, Measures, Report, RunId, RunState};

/// What is measured.
pub trait Portions {
    /// Measures one portion; every result that is complete goes to `results`. Whether all is done.
    fn portion(&mut self, results: &mut Vec<Measures>) -> bool;
    /// Share of the whole that is done, in [0, 1].
    fn done(&self) -> f64;
    /// Hash of the network that is measured.
    fn checksum(&self) -> u64;
}

/// Measuring on its way. Results are reported in the order in which they come.
pub struct Measuring<P> {
    id: RunId,
    portions: P,
    state: RunState,
    reported: u32,
    measuring_ms: f64,
}

impl<P: Portions> Measuring<P> {
    /// At the beginning.
    pub fn new(id: RunId, portions: P) -> Self {
        Self {
            id,
            portions,
            state: RunState::Running,
            reported: 0,
            measuring_ms: 0.0,
        }
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
}

impl<P: Portions> Job for Measuring<P> {
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
        let mut results = Vec::new();
        let is_done = self.portions.portion(&mut results);
        self.measuring_ms += clock() - start;
        for measures in results {
            reports.push(Report::Studied {
                run: self.id,
                condition: self.reported,
                measures,
            });
            self.reported += 1;
        }
        if is_done {
            let checksum = self.portions.checksum();
            self.enter(RunState::Completed { checksum }, reports);
        }
    }

    fn look(&mut self, _: f64, reports: &mut Vec<Report>) {
        reports.push(Report::Progress {
            run: self.id,
            epoch: 0.0,
            batch_loss: None,
            training_ms: 0.0,
            measuring_ms: self.measuring_ms,
            done: if self.state.is_final() {
                1.0
            } else {
                self.portions.done()
            },
        });
    }
}

/// What an evaluation found.
pub fn measures(evaluation: &Evaluation) -> Measures {
    Measures {
        loss: f64::from(evaluation.mean_loss()),
        error: f64::from(evaluation.error()),
    }
}
