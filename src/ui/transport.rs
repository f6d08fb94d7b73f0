//! Run, pause, one mini-batch, one epoch, start over, stop: the buttons of one or more training runs.

use std::time::Duration;

use leptos::prelude::*;

use crate::lab::client::{Client, Status};
use crate::lab::download::{Download, Progress};
use crate::lab::message::{Command, Drive, RunState};
use crate::lab::pace::Pace;
use crate::lab::recipe::{Recipe, RecipeError, ValidRecipe};
use crate::ui::number;

/// The page settles before the device is tried.
const TRIAL_DELAY: Duration = Duration::from_millis(500);

/// The runs of a training panel, one worker each, moved together.
#[derive(Clone, Copy)]
pub struct Runs {
    clients: StoredValue<Vec<Client>>,
    /// The recipes of the next start, one a client, or why they cannot be trained.
    pub recipes: Signal<Result<Vec<ValidRecipe>, RecipeError>>,
    /// The recipes of the latest start.
    started: RwSignal<Vec<ValidRecipe>>,
    pace: RwSignal<Option<Pace>>,
}

impl Runs {
    /// Runs that have not started.
    pub fn new(
        clients: Vec<Client>,
        recipes: Signal<Result<Vec<ValidRecipe>, RecipeError>>,
    ) -> Self {
        Self {
            clients: StoredValue::new(clients),
            recipes,
            started: RwSignal::new(Vec::new()),
            pace: RwSignal::new(None),
        }
    }

    /// Epochs of the latest start.
    pub fn started_epochs(self) -> Option<f64> {
        self.started.with(|started| {
            started
                .first()
                .map(|recipe| f64::from(recipe.recipe().epochs))
        })
    }

    /// What `read` finds in the recipes of the latest start; none before the first.
    pub fn of_started<T>(self, read: impl FnOnce(&[ValidRecipe]) -> Option<T>) -> Option<T> {
        self.started.with(|started| read(started))
    }

    /// Whether the settings have moved away from those of a run under way, in what a run does not follow.
    pub fn waiting(self) -> bool {
        let fixed = |recipes: &[ValidRecipe]| -> Vec<Recipe> {
            recipes
                .iter()
                .map(|recipe| recipe.recipe().clone().without_live_settings())
                .collect()
        };
        self.live()
            && self.started.with(|started| {
                self.recipes.with(|next| {
                    next.as_ref()
                        .is_ok_and(|next| fixed(next) != fixed(started))
                })
            })
    }

    /// Whether any run can go on.
    pub fn live(self) -> bool {
        self.any(Status::is_live)
    }

    /// Whether a change of settings still reaches any run.
    pub fn follow_settings(self) -> bool {
        self.any(Status::follows_settings)
    }

    /// Whether any run is training now.
    pub fn running(self) -> bool {
        self.any(|status| matches!(status, Status::Preparing | Status::Run(RunState::Running)))
    }

    /// Sends a command to all runs.
    pub fn send(self, command: &Command) {
        for client in self.clients.get_value() {
            client.send(command);
        }
    }

    /// Sends the learning rate to the runs under way whenever it changes; they use it from their next mini-batch on.
    pub fn follow_rate(self, rate: RwSignal<f64>) {
        Effect::watch(
            move || rate.get(),
            move |rate, _, _| {
                if untrack(|| self.follow_settings()) {
                    self.send(&Command::SetLearningRate(*rate as f32));
                }
            },
            false,
        );
    }

    /// Learns the device's pace: from a trial of a few milliseconds at first, then from every run.
    fn keep_pace(self) {
        let clock = || {
            window()
                .performance()
                .map_or(0.0, |performance| performance.now())
        };
        set_timeout(
            move || self.pace.set(Some(Pace::of_trial(clock))),
            TRIAL_DELAY,
        );
        let clients = self.clients.get_value();
        Effect::new(move |_| {
            let paces = clients
                .iter()
                .enumerate()
                .filter(|(_, client)| client.status.get().is_finished());
            let slowest = paces.filter_map(|(index, client)| {
                let place = client.place.get_untracked();
                self.started.with_untracked(|started| {
                    Pace::of_run(
                        started.get(index)?,
                        place.epoch,
                        place.training_ms,
                        place.measuring_ms,
                    )
                })
            });
            if let Some(pace) = slowest.reduce(|a, b| if a.training > b.training { a } else { b }) {
                self.pace.set(Some(pace));
            }
        });
    }

    /// Whether there is anything to start over from.
    fn begun(self) -> bool {
        self.started.with(|started| !started.is_empty())
    }

    /// Seconds that the next start will take on this device: as fast as the latest run, else as a short trial.
    fn estimate(self) -> Option<f64> {
        let pace = self.pace.get()?;
        let parallel = window().navigator().hardware_concurrency().max(1.0);
        self.recipes.with(|recipes| {
            let times = recipes
                .as_ref()
                .ok()?
                .iter()
                .map(|recipe| pace.seconds(recipe));
            let turns = (self.clients.with_value(Vec::len) as f64 / parallel).max(1.0);
            Some(times.fold(0.0, f64::max) * turns)
        })
    }

    fn any(self, test: impl Fn(Status) -> bool) -> bool {
        // Every status is read, so that a change of any is noticed.
        self.clients
            .get_value()
            .into_iter()
            .map(|client| test(client.status.get()))
            .fold(false, |any, is| any | is)
    }

    /// Goes on, or starts where nothing can go on.
    fn drive(self, drive: Drive) {
        if untrack(|| self.live()) {
            self.send(&Command::Drive(drive));
            return;
        }
        self.start(drive);
    }

    /// Starts all runs anew with the present settings.
    fn start(self, drive: Drive) {
        if let Ok(recipes) = self.recipes.get_untracked() {
            self.started.set(recipes.clone());
            for (client, recipe) in self.clients.get_value().into_iter().zip(&recipes) {
                client.start(recipe, drive);
            }
        }
    }
}

/// The buttons, the progress bar and what went wrong.
#[component]
pub fn Transport(
    /// The runs that the buttons move.
    runs: Runs,
) -> impl IntoView {
    let download = expect_context::<Download>();
    download.ask();
    runs.keep_pace();
    let ready = move || download.progress.get() == Progress::Ready;
    let refused = move || {
        runs.recipes
            .with(|recipes| recipes.as_ref().err().map(ToString::to_string))
    };
    let blocked = move || !ready() || (refused().is_some() && !runs.live());
    let main = move || match (runs.running(), runs.live()) {
        (true, _) => "Pause",
        (false, true) => "Go on",
        (false, false) => "Run",
    };
    let press_main = move |_| {
        let drive = if untrack(|| runs.running()) {
            Drive::Pause
        } else {
            Drive::Run
        };
        runs.drive(drive);
    };
    let clients = runs.clients.get_value();
    let estimate = move || runs.estimate();
    let lasting = clients.clone();
    let done = move || {
        let sum: f64 = lasting.iter().map(|client| client.place.get().done).sum();
        sum / lasting.len() as f64
    };
    let timed = clients.clone();
    let time = move || {
        let left = timed
            .iter()
            .filter_map(|client| client.place.get().seconds_left())
            .fold(None, |most, seconds| Some(seconds.max(most.unwrap_or(0.0))));
        match (runs.live(), left, estimate()) {
            (true, Some(left), _) => format!("{} left", number::duration(left)),
            (true, None, _) => "starting".to_owned(),
            (false, _, Some(seconds)) => {
                format!("takes about {} on this device", number::duration(seconds))
            }
            (false, _, None) => String::new(),
        }
    };
    let problems = move || {
        let failed = clients
            .iter()
            .filter(|client| client.status.get() == Status::Failed);
        failed
            .map(|client| client.problem.get())
            .chain(refused())
            .collect::<Vec<_>>()
    };
    let bar = done.clone();

    view! {
        <div class="transport" role="group" aria-label="Training">
            <button type="button" class="run" disabled=blocked on:click=press_main>{main}</button>
            <button type="button" disabled=move || blocked() || runs.running() on:click=move |_| runs.drive(Drive::OneBatch)
                title="Train on one mini-batch, then measure and pause">"One mini-batch"</button>
            <button type="button" disabled=move || blocked() || runs.running() on:click=move |_| runs.drive(Drive::OneEpoch)
                title="Train to the end of the epoch, then pause">"One epoch"</button>
            <button type="button" disabled=move || blocked() || !runs.begun() on:click=move |_| runs.start(Drive::Run)
                title="Begin again with the present settings">"Start over"</button>
            <button type="button" disabled=move || !runs.live() on:click=move |_| runs.send(&Command::Stop)
                title="End the run; what was measured stays until the next start">"Stop"</button>
            <progress max="1" prop:value=bar aria-label="Share of the run that is done"></progress>
            <span class="time">{time}</span>
        </div>
        <Loading download />
        <div role="alert" class="problems">
            {move || problems().into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
        </div>
    }
}

/// A download while it lasts, and what to do when it failed.
#[component]
pub fn Loading(
    /// Of which file.
    download: Download,
) -> impl IntoView {
    let size = download.file.size;
    let holds = download.file.holds;
    move || match download.progress.get() {
        Progress::Unasked | Progress::Ready => ().into_any(),
        Progress::Loading { received } => view! {
            <p class="loading">
                <label>"Loading "{holds}" "
                    <progress max=size value=received></progress>
                </label>
            </p>
        }
        .into_any(),
        Progress::Failed => view! {
            <p class="loading" role="alert">
                {download.problem.get()}" "
                <button type="button" on:click=move |_| download.ask()>"Try again"</button>
            </p>
        }
        .into_any(),
    }
}
