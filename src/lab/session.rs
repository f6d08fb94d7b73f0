//! A training session: a state machine without a thread and without a clock. Commands go in, reports come out; time
//! passes only in [`Session::advance`], which the worker calls again and again.

mod ensemble_run;
mod measurement;
mod measuring;
mod observer;
mod run;
mod study_run;
mod together;
pub(super) mod variants;

use super::message::{Command, Drive, Report, RunId, RunState};
use super::recipe::Recipe;
use super::study::StudyError;
use crate::data::digits::{self, Digits};
use ensemble_run::EnsembleRun;
use measuring::{Measuring, Portions};
use run::Run;
use study_run::StudyRun;

/// A worker's state: the digits and at most one run.
#[derive(Default)]
pub struct Session {
    digits: Option<Digits>,
    job: Option<Box<dyn Job>>,
}

/// Work that takes more than a moment.
trait Job {
    /// Takes a command about it.
    fn handle(&mut self, command: &Command) -> Vec<Report>;
    /// Whether there is something to do now.
    fn is_busy(&self) -> bool;
    /// A small piece of it, timed by `clock` (milliseconds from any origin).
    fn work(&mut self, clock: &dyn Fn() -> f64, reports: &mut Vec<Report>);
    /// Where it is, after some pieces.
    fn look(&mut self, now_ms: f64, reports: &mut Vec<Report>);
}

impl Session {
    /// Takes a command; the reports that answer it.
    pub fn handle(&mut self, command: Command) -> Vec<Report> {
        match command {
            Command::Digits(bytes) => self.read_digits(&bytes),
            Command::Start { run, recipe, drive } => self.start(run, *recipe, drive),
            Command::Study { run, study } => {
                self.measure(run, |digits| StudyRun::new(&study, digits))
            }
            Command::Ensemble { run, ensemble } => {
                self.measure(run, |digits| EnsembleRun::new(&ensemble, digits))
            }
            other => self
                .job
                .as_mut()
                .map_or_else(Vec::new, |job| job.handle(&other)),
        }
    }

    /// Whether [`Session::advance`] has something to do.
    pub fn is_busy(&self) -> bool {
        self.job.as_ref().is_some_and(|job| job.is_busy())
    }

    /// Works for about `budget_ms` milliseconds of `clock` (milliseconds from any origin), at least one mini-batch or
    /// one portion of measuring; the reports of what happened.
    pub fn advance(&mut self, budget_ms: f64, clock: &dyn Fn() -> f64) -> Vec<Report> {
        let mut reports = Vec::new();
        if let Some(job) = &mut self.job {
            let end = clock() + budget_ms;
            while job.is_busy() {
                job.work(clock, &mut reports);
                if clock() >= end {
                    break;
                }
            }
            job.look(clock(), &mut reports);
        }
        reports
    }

    fn read_digits(&mut self, bytes: &[u8]) -> Vec<Report> {
        match digits::decode(bytes) {
            Ok(digits) => {
                self.digits = Some(digits);
                vec![Report::Ready]
            }
            Err(error) => vec![Report::Refused {
                run: None,
                message: error.to_string(),
            }],
        }
    }

    fn start(&mut self, id: RunId, recipe: Recipe, drive: Drive) -> Vec<Report> {
        self.job = None;
        let Some(digits) = &self.digits else {
            return refused(id, NO_DIGITS);
        };
        match recipe.validate() {
            Ok(recipe) => {
                let run = Run::new(id, &recipe, recipe.sets(digits), drive);
                let started = run.started();
                self.job = Some(Box::new(run));
                vec![started, running(id)]
            }
            Err(error) => refused(id, error),
        }
    }

    /// Begins what `prepare` makes of the digits.
    fn measure<P: Portions + 'static>(
        &mut self,
        id: RunId,
        prepare: impl FnOnce(&Digits) -> Result<P, StudyError>,
    ) -> Vec<Report> {
        self.job = None;
        let Some(digits) = &self.digits else {
            return refused(id, NO_DIGITS);
        };
        match prepare(digits) {
            Ok(portions) => {
                self.job = Some(Box::new(Measuring::new(id, portions)));
                vec![running(id)]
            }
            Err(error) => refused(id, error),
        }
    }
}

const NO_DIGITS: &str = "The digits have not arrived yet; wait for them and press Run again.";

fn refused(run: RunId, reason: impl ToString) -> Vec<Report> {
    vec![Report::Refused {
        run: Some(run),
        message: reason.to_string(),
    }]
}

fn running(run: RunId) -> Report {
    Report::State {
        run,
        state: RunState::Running,
    }
}
