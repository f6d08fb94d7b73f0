//! The network: the bundled weights, or those of a run that goes on here; some maps silenced.

use std::sync::Arc;

use leptos::prelude::*;

use super::settings::{Settings, numbers};
use crate::engine::network::Network;
use crate::lab::client::{Client, Status};
use crate::lab::download::{Download, Progress, SheetNetwork};
use crate::lab::message::{Drive, Observed};
use crate::lab::recipe::{Observation, Recipe};
use crate::lab::study::Condition;
use crate::lab::weights::trained_sheet_network;

/// Where the weights come from, and the network that they make.
#[derive(Clone, Copy)]
pub struct Model {
    /// The run that trains here.
    pub client: Client,
    /// Whether the weights of that run are shown.
    pub own: RwSignal<bool>,
    /// The network with all its maps.
    pub whole: Memo<Option<Arc<Network>>>,
    /// The network without the silenced maps.
    pub silenced: Memo<Option<Arc<Network>>>,
    bundled: Download,
}

/// The sheet's network with another start than the bundled weights had, showing its parameters while it learns.
pub fn recipe() -> Recipe {
    Recipe {
        observation: Observation::Parameters,
        ..Recipe::sheet_cnn(0.0)
    }
}

impl Model {
    /// Fetches the bundled weights; trains nothing yet.
    pub fn new(download: Download, settings: Settings) -> Self {
        let SheetNetwork(bundled) = expect_context();
        bundled.ask();
        let client = Client::new("feature maps", download);
        let own = RwSignal::new(false);
        let trained = Memo::new(move |_| {
            let bytes = (bundled.progress.get() == Progress::Ready).then(|| bundled.bytes())??;
            trained_sheet_network(&bytes).ok().map(Arc::new)
        });
        let whole = Memo::new(move |_| {
            let trained = trained.get()?;
            if !own.get() {
                return Some(trained);
            }
            client.observed.with(|observed| match observed.last() {
                Some((_, Observed::Parameters(parameters))) => {
                    let mut network = (*trained).clone();
                    network.set_parameters(parameters);
                    Some(Arc::new(network))
                }
                _ => Some(Arc::clone(&trained)),
            })
        });
        let silenced = Memo::new(move |_| {
            let network = whole.get()?;
            let silent = settings.silent.with(|silent| numbers(silent));
            if silent.is_empty() {
                return Some(network);
            }
            let condition = Condition {
                silent_maps: silent.iter().map(|map| *map as u32 - 1).collect(),
                ..Condition::default()
            };
            Some(Arc::new(condition.silence(&network)))
        });
        Self {
            client,
            own,
            whole,
            silenced,
            bundled,
        }
    }

    /// Trains the network anew, here, in a worker.
    pub fn train(self) {
        let recipe = recipe().validate().expect("the recipe is valid");
        self.client.start(&recipe, Drive::Run);
        self.own.set(true);
    }

    /// Goes back to the bundled weights; a run ends.
    pub fn restore(self) {
        if self.client.status.get_untracked().is_live() {
            self.client.send(&crate::lab::message::Command::Stop);
        }
        self.own.set(false);
    }

    /// Whether there is a network.
    pub fn ready(self) -> bool {
        self.whole.with(Option::is_some)
    }

    /// Whether it is learning now.
    pub fn training(self) -> bool {
        self.own.get() && self.client.status.get().is_live()
    }

    /// What went wrong, if anything did.
    pub fn problem(self) -> Option<String> {
        if self.bundled.progress.get() == Progress::Failed {
            return Some(self.bundled.problem.get());
        }
        (self.own.get() && self.client.status.get() == Status::Failed)
            .then(|| self.client.problem.get())
    }

    /// Asks again for the bundled weights after a failure.
    pub fn ask_again(self) {
        self.bundled.ask();
    }

    /// Whether the bundled weights could not be had.
    pub fn missing(self) -> bool {
        self.bundled.progress.get() == Progress::Failed
    }
}
