//! What a run shows of itself besides its measures: where it is, its parameters, and what is seen of it at rest.

use super::Run;
use crate::lab::message::{Observed, Report, RunState};
use crate::lab::recipe::Observation;

/// Time between two reports of all parameters while steps follow one another, milliseconds: often enough to look like
/// motion, seldom enough that the page has time for everything else.
const PARAMETERS_EVERY_MS: f64 = 200.0;

impl Run {
    pub(super) fn progress(&self) -> Report {
        // Every epoch is trained and measured, the first weights are measured too.
        let epochs = f64::from(self.recipe.epochs);
        let measured = match &self.measurement {
            Some(measurement) if self.trainer.position_in_epoch() == 0 => {
                self.trainer.epoch() as f64 + measurement.done(&self.sets)
            }
            _ => self.trainer.epoch() as f64 + 1.0,
        };
        let done = (self.epoch() + measured) / (2.0 * epochs + 1.0);
        Report::Progress {
            run: self.id,
            epoch: self.epoch(),
            batch_loss: self.batch_loss,
            training_ms: self.training_ms,
            measuring_ms: self.measuring_ms,
            done: if self.state.is_final() { 1.0 } else { done },
        }
    }

    /// Reports all parameters, where the recipe asks for it and they are not what was reported last.
    pub(super) fn show_parameters(&mut self, now_ms: f64, reports: &mut Vec<Report>) {
        let epoch = self.epoch();
        let due = self.parameters_shown.is_none_or(|(shown, at)| {
            let still = self.state != RunState::Running;
            shown != epoch && (still || now_ms - at >= PARAMETERS_EVERY_MS)
        });
        if self.recipe.observation == Observation::Parameters && due {
            self.parameters_shown = Some((epoch, now_ms));
            reports.push(Report::Observed {
                run: self.id,
                epoch,
                observed: Observed::Parameters(self.trainer.network().parameters()),
            });
        }
    }

    /// Whoever hears that the run stands still has already been told how it stands.
    pub(super) fn show_at_rest(&mut self, reports: &mut Vec<Report>) {
        self.show_parameters(self.parameters_shown.map_or(0.0, |(_, at)| at), reports);
        if let Some((epoch, observed)) = self.kept.take() {
            reports.push(Report::Observed {
                run: self.id,
                epoch,
                observed,
            });
        }
    }
}
