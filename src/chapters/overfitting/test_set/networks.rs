//! Small networks that differ in their seed alone, trained one after another in one worker, and what each of them gets wrong.

use leptos::prelude::*;
use ndarray::ArrayView2;

use crate::data::digits::{self, CLASSES};
use crate::data::split::Part;
use crate::engine::metrics::prediction;
use crate::lab::client::{Client, Status};
use crate::lab::download::{Download, Progress};
use crate::lab::experiments::choosing::network;
use crate::lab::message::{Command, Drive, Observed, RunState};
use crate::lab::pace::Pace;
use crate::lab::recipe::ValidRecipe;
use crate::theory::resampling::Mistakes;
use crate::ui::number::{duration, takes};
use crate::ui::transport::{Loading, try_device};

/// A trained network, as far as it matters here.
#[derive(Clone, Debug, PartialEq)]
pub struct Trained {
    /// Error on its training images.
    pub training_error: f64,
    /// Which test images it gets wrong.
    pub mistakes: Mistakes,
}

/// The networks of one widget.
#[derive(Clone, Copy)]
pub struct Networks {
    client: Client,
    download: Download,
    /// Those that are done.
    pub done: RwSignal<Vec<Trained>>,
    /// Those that are still to be trained, the present one first.
    coming: RwSignal<Vec<ValidRecipe>>,
    /// All of the latest start.
    started: RwSignal<Vec<ValidRecipe>>,
    /// Labels of the test images.
    labels: StoredValue<Vec<u8>>,
    /// Of the device: from a trial at first, then from every network.
    pace: RwSignal<Option<Pace>>,
}

/// The recipe of one of them.
pub fn recipe(epochs: f64, seed: u64) -> ValidRecipe {
    let recipe = network(epochs, seed);
    recipe.validate().expect("the recipe is valid")
}

impl Networks {
    /// None yet. `name` is the worker's.
    pub fn new(name: &'static str) -> Self {
        let download = expect_context::<Download>();
        download.ask();
        let networks = Self {
            client: Client::new(name, download),
            download,
            done: RwSignal::new(Vec::new()),
            coming: RwSignal::new(Vec::new()),
            started: RwSignal::new(Vec::new()),
            labels: StoredValue::new(Vec::new()),
            pace: RwSignal::new(None),
        };
        try_device(networks.pace);
        let status = networks.client.status;
        Effect::watch(
            move || status.get(),
            move |status, _, _| networks.hear(*status),
            false,
        );
        networks
    }

    /// Whether networks are being trained.
    pub fn busy(self) -> bool {
        self.coming.with(|coming| !coming.is_empty())
    }

    /// Trains these networks anew.
    fn train(self, recipes: Vec<ValidRecipe>) {
        let bytes = self.download.bytes();
        let Some(digits) = bytes.and_then(|bytes| digits::decode(&bytes).ok()) else {
            return;
        };
        self.labels
            .set_value(digits.labels[Part::Test.range()].to_vec());
        self.done.set(Vec::new());
        self.started.set(recipes.clone());
        self.coming.set(recipes);
        self.next();
    }

    fn next(self) {
        let next = self.coming.with_untracked(|coming| coming.first().cloned());
        if let Some(recipe) = next {
            self.client.start(&recipe, Drive::Run);
        }
    }

    fn stop(self) {
        self.coming.set(Vec::new());
        self.client.send(&Command::Stop);
    }

    /// What follows from the worker's state.
    fn hear(self, status: Status) {
        if !untrack(|| self.busy()) {
            return;
        }
        match status {
            Status::Run(RunState::Completed { .. }) => {
                if let Some(trained) = self.trained() {
                    self.done.update(|done| done.push(trained));
                }
                self.learn_pace();
                self.coming.update(|coming| {
                    coming.remove(0);
                });
                self.next();
            }
            Status::Run(state) if state.is_final() => self.coming.set(Vec::new()),
            Status::Failed => self.coming.set(Vec::new()),
            _ => {}
        }
    }

    /// From the network that has just ended.
    fn learn_pace(self) {
        let place = self.client.place.get_untracked();
        let pace = self.coming.with_untracked(|coming| {
            let (training, measuring) = (place.training_ms, place.measuring_ms);
            Pace::of_run(coming.first()?, place.epoch, training, measuring)
        });
        if pace.is_some() {
            self.pace.set(pace);
        }
    }

    /// Seconds that training these networks one after another takes on this device; none before the device was tried.
    fn seconds(self, recipes: &[ValidRecipe]) -> Option<f64> {
        let pace = self.pace.get()?;
        Some(recipes.iter().map(|recipe| pace.seconds(recipe)).sum())
    }

    /// Seconds until all networks are trained.
    fn seconds_left(self) -> Option<f64> {
        self.coming.with(|coming| {
            let (present, later) = coming.split_first()?;
            let place = self.client.place.get();
            let left = place
                .seconds_left()
                .or_else(|| self.seconds(std::slice::from_ref(present)));
            Some(left? + self.seconds(later)?)
        })
    }

    /// The network that has just ended.
    fn trained(self) -> Option<Trained> {
        let end = self
            .client
            .points
            .with_untracked(|points| points.last().copied())?;
        self.client
            .observed
            .with_untracked(|seen| match seen.last() {
                Some((_, Observed::Outputs(outputs))) => Some(Trained {
                    training_error: end.training.error,
                    mistakes: self.labels.with_value(|labels| mistakes(outputs, labels)),
                }),
                _ => None,
            })
    }
}

/// Which images are predicted wrongly.
///
/// # Shapes
/// outputs (image, class), labels (image).
fn mistakes(outputs: &[f32], labels: &[u8]) -> Mistakes {
    let outputs =
        ArrayView2::from_shape((labels.len(), CLASSES), outputs).expect("all test images");
    let rows = outputs.rows().into_iter().zip(labels);
    Mistakes::new(rows.map(|(row, label)| {
        prediction(row.to_slice().expect("outputs are row-major")) != usize::from(*label)
    }))
}

/// The button that trains the networks or stops, how far they are, and what went wrong.
#[component]
pub fn Train(
    /// The networks.
    networks: Networks,
    /// What the button says before anything is trained.
    label: &'static str,
    /// The recipes that it trains.
    #[prop(into)]
    recipes: Signal<Vec<ValidRecipe>>,
) -> impl IntoView {
    let Networks {
        client, download, ..
    } = networks;
    let count = move || networks.coming.with(Vec::len);
    let there = move || networks.done.with(Vec::len);
    let press = move |_| {
        if untrack(|| networks.busy()) {
            networks.stop();
        } else {
            networks.train(recipes.get_untracked());
        }
    };
    let done = move || {
        let all = networks.started.with(Vec::len).max(1) as f64;
        let part = if networks.busy() {
            client.place.get().done
        } else {
            0.0
        };
        (there() as f64 + part) / all
    };
    let waiting = move || {
        let next = recipes.get();
        networks.started.with(|started| *started != next)
    };
    let estimate = move || networks.seconds(&recipes.get()).map(takes);
    let text = move || match (networks.busy(), there()) {
        (true, there) => {
            let place = format!("network {} of {}", there + 1, there + count());
            match networks.seconds_left() {
                Some(left) => format!("{place}, {} left", duration(left)),
                None => place,
            }
        }
        (false, 0) => estimate().unwrap_or_default(),
        (false, _) if waiting() => {
            let takes = estimate().map_or(String::new(), |takes| format!(", which {takes}"));
            format!("the new settings wait for Train anew{takes}")
        }
        (false, 1) => "1 network trained".to_owned(),
        (false, there) => format!("{there} networks trained"),
    };
    let face = move || match (networks.busy(), there()) {
        (true, _) => "Stop",
        (false, 0) => label,
        (false, _) => "Train anew",
    };
    view! {
        <div class="transport" role="group" aria-label="Training">
            <button type="button" class="run" disabled=move || download.progress.get() != Progress::Ready on:click=press>{face}</button>
            <progress max="1" prop:value=done aria-label="Share of the work that is done"></progress>
            <span class="time" role="status">{text}</span>
        </div>
        <Loading download />
        <div role="alert" class="problems">
            {move || (client.status.get() == Status::Failed).then(|| view! { <p>{client.problem.get()}</p> })}
        </div>
    }
}
