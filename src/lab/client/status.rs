//! What the page knows of a run: what it is doing, and where it is.

use crate::lab::message::RunState;

/// What the page knows of its run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Status {
    /// Nothing was started yet.
    Idle,
    /// The worker wakes and reads the digits.
    Preparing,
    /// As the worker says.
    Run(RunState),
    /// Worker or recipe failed; the text is in [`Client::problem`].
    Failed,
}

impl Status {
    /// Whether a run exists that can go on.
    pub fn is_live(self) -> bool {
        match self {
            Self::Preparing => true,
            Self::Run(state) => !state.is_final(),
            Self::Idle | Self::Failed => false,
        }
    }

    /// Whether a run came to an end by itself or by the page.
    pub fn is_finished(self) -> bool {
        matches!(self, Self::Run(state) if state.is_final())
    }

    /// Whether a change of settings still reaches the run: one that diverged can go back and on, with gentler ones.
    pub fn follows_settings(self) -> bool {
        self.is_live() || matches!(self, Self::Run(RunState::Diverged { .. }))
    }
}

/// Where a run is, as the last report had it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// Epochs done, with the fraction of the current one.
    pub epoch: f64,
    /// Mean loss of the last mini-batch.
    pub batch_loss: Option<f32>,
    /// Milliseconds of training so far.
    pub training_ms: f64,
    /// Milliseconds of measuring so far.
    pub measuring_ms: f64,
    /// Share of the whole run that is done, in [0, 1].
    pub done: f64,
}

impl Place {
    /// Seconds until the end at the speed so far; none before the speed is known.
    pub fn seconds_left(&self) -> Option<f64> {
        let spent = (self.training_ms + self.measuring_ms) / 1000.0;
        (self.done > 0.0 && spent > 0.05).then(|| spent * (1.0 - self.done) / self.done)
    }
}
