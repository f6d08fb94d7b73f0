//! The state of a training run, to be kept and returned to.

use super::book_chance::Shuffler;
use super::network::Network;
use super::optimizer::OptimizerState;
use super::random::Rng;

/// Everything that decides how a run goes on. A trainer that returns to a snapshot repeats the steps after it bit
/// for bit (if settings are not changed meanwhile).
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    pub(crate) progress: Progress,
}

impl Snapshot {
    /// The network as it was.
    pub fn network(&self) -> &Network {
        &self.progress.network
    }

    /// Number of epochs that were finished.
    pub fn epoch(&self) -> usize {
        self.progress.epoch
    }
}

/// The state of a run between two steps.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Progress {
    pub network: Network,
    pub optimizer: OptimizerState,
    /// The order of examples in this epoch.
    pub order: Vec<u32>,
    /// Examples of this epoch that were seen.
    pub seen: usize,
    pub epoch: usize,
    pub shuffle: Shuffler,
    pub dropout: Rng,
}
