//! One run of a session: one network on its way from its first weights to its end.

mod shown;

use super::Job;
use super::measurement::Measurement;
use super::variants::Variants;
use crate::engine::dropout::DropoutKind;
use crate::engine::snapshot::Snapshot;
use crate::engine::trace::Trace;
use crate::engine::trainer::Trainer;
use crate::lab::construct::Sets;
use crate::lab::message::{Command, Drive, Observed, Point, Report, RunId, RunState};
use crate::lab::recipe::{Observation, PenaltiesRecipe, Recipe, ValidRecipe};

/// A loss this large means that the run has exploded: guessing among ten classes costs ln 10 = 2.3, and a network
/// that is sure and always wrong, with logits 100 apart, costs 100.
const EXPLODED: f32 = 1000.0;

/// One network on its way.
pub struct Run {
    id: RunId,
    recipe: Recipe,
    sets: Sets,
    trainer: Trainer,
    /// Where training images are augmented.
    variants: Option<Variants>,
    /// Of the measuring network; apart from the trainer's, whose batches are smaller.
    trace: Trace,
    measurement: Option<Measurement>,
    drive: Drive,
    /// Whether a step was made since the last word on how far to go.
    stepped: bool,
    state: RunState,
    batch_loss: Option<f32>,
    training_ms: f64,
    measuring_ms: f64,
    /// The last end of an epoch whose measures were sound.
    last_good: Option<Snapshot>,
    /// Epoch and validation error of the best epoch so far.
    best: Option<(u32, f64)>,
    /// Epoch and time in milliseconds of the last report of all parameters.
    parameters_shown: Option<(f64, f64)>,
    /// What the page gets to see when the run stands still, with its epoch.
    kept: Option<(f64, Observed)>,
}

impl Run {
    pub fn new(id: RunId, recipe: &ValidRecipe, sets: Sets, drive: Drive) -> Self {
        let trainer = recipe.trainer();
        let measurement =
            Measurement::new(recipe.loss(), recipe.recipe(), trainer.network(), &sets);
        Self {
            id,
            recipe: recipe.recipe().clone(),
            variants: Variants::new(recipe, &sets.training),
            trace: Trace::new(trainer.network()),
            // Epoch 0, before any step, is measured too: a curve begins where the network begins.
            measurement: Some(measurement),
            sets,
            trainer,
            drive,
            stepped: false,
            state: RunState::Running,
            batch_loss: None,
            training_ms: 0.0,
            measuring_ms: 0.0,
            last_good: None,
            best: None,
            parameters_shown: None,
            kept: None,
        }
    }

    pub fn started(&self) -> Report {
        Report::Started {
            run: self.id,
            parameters: self.trainer.network().parameter_count() as u64,
            steps_per_epoch: self.trainer.steps_in_epoch() as u32,
        }
    }

    /// Epochs done, with the fraction of the current one.
    fn epoch(&self) -> f64 {
        let steps = self.trainer.steps_in_epoch() as f64;
        self.trainer.epoch() as f64 + self.trainer.position_in_epoch() as f64 / steps
    }

    /// Changes the recipe of the run under way, if what comes out is still a valid one.
    fn adjust(&mut self, change: impl FnOnce(&mut Recipe)) -> Vec<Report> {
        let mut recipe = self.recipe.clone();
        change(&mut recipe);
        match recipe.validate() {
            Ok(valid) => {
                self.recipe = valid.recipe().clone();
                self.trainer.set_learning_rate(self.recipe.learning_rate);
                self.trainer
                    .set_penalties(PenaltiesRecipe::into(self.recipe.penalties));
                self.trainer
                    .set_dropout_probability(DropoutKind::Hidden, self.recipe.hidden_dropout());
                Vec::new()
            }
            Err(error) => vec![Report::Refused {
                run: Some(self.id),
                message: error.to_string(),
            }],
        }
    }

    fn return_to_last_good(&mut self) -> Vec<Report> {
        let (RunState::Diverged { .. }, Some(snapshot)) = (self.state, &self.last_good) else {
            return Vec::new();
        };
        self.trainer.restore(snapshot);
        self.batch_loss = None;
        self.measurement = None;
        self.kept = None;
        self.drive = Drive::Pause;
        let mut reports = self.enter(RunState::Paused);
        reports.push(self.progress());
        reports
    }

    fn enter(&mut self, state: RunState) -> Vec<Report> {
        if self.state == state {
            return Vec::new();
        }
        self.state = state;
        let mut reports = Vec::new();
        if state != RunState::Running {
            self.show_at_rest(&mut reports);
        }
        reports.push(Report::State {
            run: self.id,
            state,
        });
        reports
    }

    fn step(&mut self, reports: &mut Vec<Report>) {
        let training = &self.sets.training;
        let outcome = match &mut self.variants {
            Some(variants) => variants.step(&mut self.trainer, training),
            None => self.trainer.step(training.images.view(), &training.labels),
        };
        self.batch_loss = Some(outcome.loss);
        self.stepped = true;
        if !sound(outcome.loss) {
            reports.extend(self.diverge(outcome.loss));
        } else if outcome.epoch_finished || self.drive == Drive::OneBatch {
            self.measurement = Some(Measurement::new(
                self.trainer.settings().loss,
                &self.recipe,
                self.trainer.network(),
                &self.sets,
            ));
        }
    }

    fn measure(&mut self, reports: &mut Vec<Report>) {
        let Some(mut measurement) = self.measurement.take() else {
            return;
        };
        if !measurement.advance(self.trainer.network(), &self.sets, &mut self.trace) {
            self.measurement = Some(measurement);
            return;
        }
        let point = measurement.point(self.epoch(), &self.sets);
        reports.push(Report::Measured {
            run: self.id,
            point,
        });
        let loss = point.training.loss as f32;
        if !sound(loss) {
            reports.extend(self.diverge(loss));
            return;
        }
        match measurement.observed(self.trainer.network(), &self.trainer.settings().penalties) {
            Some(observed) if self.recipe.observation == Observation::OutputsAtRest => {
                self.kept = Some((point.epoch, observed));
            }
            Some(observed) => reports.push(Report::Observed {
                run: self.id,
                epoch: point.epoch,
                observed,
            }),
            None => {}
        }
        if self.trainer.position_in_epoch() == 0 {
            reports.extend(self.close_epoch(&point));
        }
        let reached = match self.drive {
            Drive::Run => false,
            Drive::Pause => true,
            Drive::OneBatch => self.stepped,
            Drive::OneEpoch => self.stepped && self.trainer.position_in_epoch() == 0,
        };
        if reached && !self.state.is_final() {
            self.drive = Drive::Pause;
            reports.extend(self.enter(RunState::Paused));
        }
    }

    /// What an epoch's end decides: whether it was good, the best, or the last one.
    fn close_epoch(&mut self, point: &Point) -> Vec<Report> {
        let epoch = self.trainer.epoch() as u32;
        // The former one goes first, so that the new one finds its memory.
        self.last_good = None;
        self.last_good = Some(self.trainer.snapshot());
        let checksum = self.trainer.network().weights_checksum();
        if let (Some(patience), Some(validation)) = (self.recipe.patience, point.validation) {
            match self.best {
                Some((best_epoch, error)) if validation.error >= error => {
                    if epoch - best_epoch >= patience {
                        return self.enter(RunState::StoppedEarly {
                            best_epoch,
                            patience,
                            checksum,
                        });
                    }
                }
                _ => self.best = Some((epoch, validation.error)),
            }
        }
        if epoch >= self.recipe.epochs {
            return self.enter(RunState::Completed { checksum });
        }
        Vec::new()
    }

    fn diverge(&mut self, loss: f32) -> Vec<Report> {
        let last_good_epoch = self
            .last_good
            .as_ref()
            .map_or(0, |snapshot| snapshot.epoch() as u32);
        let epoch = self.epoch();
        self.enter(RunState::Diverged {
            epoch,
            loss,
            last_good_epoch,
        })
    }
}

impl Job for Run {
    fn is_busy(&self) -> bool {
        self.state == RunState::Running
    }

    fn handle(&mut self, command: &Command) -> Vec<Report> {
        match command {
            Command::Drive(drive) if !self.state.is_final() => {
                self.drive = *drive;
                self.stepped = false;
                if *drive != Drive::Pause {
                    return self.enter(RunState::Running);
                }
                if self.measurement.is_none() {
                    return self.enter(RunState::Paused);
                }
                // A pause waits for the measures that are being taken: a moment, and the curve has no holes.
                Vec::new()
            }
            Command::Stop if !self.state.is_final() => self.enter(RunState::Stopped),
            Command::SetLearningRate(_)
            | Command::SetDropout(_)
            | Command::SetPenalties(_)
            | Command::MeasureLearning(_) => self.adjust(|recipe| command.set_in(recipe)),
            Command::ReturnToLastGood => self.return_to_last_good(),
            _ => Vec::new(),
        }
    }

    /// One mini-batch, or one portion of measuring.
    fn work(&mut self, clock: &dyn Fn() -> f64, reports: &mut Vec<Report>) {
        let start = clock();
        if self.measurement.is_some() {
            self.measure(reports);
            self.measuring_ms += clock() - start;
        } else {
            self.step(reports);
            self.training_ms += clock() - start;
        }
    }

    fn look(&mut self, now_ms: f64, reports: &mut Vec<Report>) {
        reports.push(self.progress());
        self.show_parameters(now_ms, reports);
    }
}

fn sound(loss: f32) -> bool {
    // A NaN is not below anything.
    loss < EXPLODED
}
