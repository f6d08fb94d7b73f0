//! A training session: a state machine without a thread and without a clock. Commands go in, reports come out; time
//! passes only in [`Session::advance`], which the worker calls again and again.

mod measurement;
mod observer;
mod run;

use super::message::{Command, Drive, Report, RunId, RunState};
use super::recipe::Recipe;
use crate::data::digits::{self, Digits};
use run::Run;

/// A worker's state: the digits and at most one run.
#[derive(Default)]
pub struct Session {
    digits: Option<Digits>,
    run: Option<Run>,
}

impl Session {
    /// Takes a command; the reports that answer it.
    pub fn handle(&mut self, command: Command) -> Vec<Report> {
        match command {
            Command::Digits(bytes) => self.read_digits(&bytes),
            Command::Start { run, recipe, drive } => self.start(run, *recipe, drive),
            other => self
                .run
                .as_mut()
                .map_or_else(Vec::new, |run| run.handle(&other)),
        }
    }

    /// Whether [`Session::advance`] has something to do.
    pub fn is_busy(&self) -> bool {
        self.run.as_ref().is_some_and(Run::is_busy)
    }

    /// Works for about `budget_ms` milliseconds of `clock` (milliseconds from any origin), at least one mini-batch or
    /// one portion of measuring; the reports of what happened.
    pub fn advance(&mut self, budget_ms: f64, clock: &dyn Fn() -> f64) -> Vec<Report> {
        let mut reports = Vec::new();
        if let Some(run) = &mut self.run {
            let end = clock() + budget_ms;
            while run.is_busy() {
                run.work(clock, &mut reports);
                if clock() >= end {
                    break;
                }
            }
            reports.push(run.progress());
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
        self.run = None;
        let refused = |message: String| {
            vec![Report::Refused {
                run: Some(id),
                message,
            }]
        };
        let Some(digits) = &self.digits else {
            return refused(
                "The digits have not arrived yet; wait for them and press Run again.".to_owned(),
            );
        };
        match recipe.validate() {
            Ok(recipe) => {
                let run = Run::new(id, &recipe, recipe.sets(digits), drive);
                let started = run.started();
                self.run = Some(run);
                vec![
                    started,
                    Report::State {
                        run: id,
                        state: RunState::Running,
                    },
                ]
            }
            Err(error) => refused(error.to_string()),
        }
    }
}
