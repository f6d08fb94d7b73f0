//! The runs of a training panel: what they are started with, what reaches them on their way, how long they will take.

use std::time::Duration;

use leptos::prelude::*;

use crate::lab::client::{Client, Status};
use crate::lab::message::{Command, Drive, RunState};
use crate::lab::pace::Pace;
use crate::lab::recipe::{Recipe, RecipeError, ValidRecipe};
use crate::ui::slider::round_to;

/// The page settles before the device is tried.
const TRIAL_DELAY: Duration = Duration::from_millis(500);

/// Learns the device's pace from a trial of a few milliseconds, once the page has settled.
pub fn try_device(pace: RwSignal<Option<Pace>>) {
    let clock = || {
        window()
            .performance()
            .map_or(0.0, |performance| performance.now())
    };
    set_timeout(move || pace.set(Some(Pace::of_trial(clock))), TRIAL_DELAY);
}

/// The runs of a training panel, one worker each, moved together.
#[derive(Clone, Copy)]
pub struct Runs {
    pub(super) clients: StoredValue<Vec<Client>>,
    /// The recipes of the next start, one a client, or why they cannot be trained.
    pub recipes: Signal<Result<Vec<ValidRecipe>, RecipeError>>,
    /// The recipes of the latest start.
    started: RwSignal<Vec<ValidRecipe>>,
    /// The same with every change that has reached the runs since.
    followed: RwSignal<Vec<Recipe>>,
    pace: RwSignal<Option<Pace>>,
    /// Whether the runs are of a series over seeds: no setting reaches them on their way.
    series: RwSignal<bool>,
    /// Whether a setting of the latest start has been changed on its way.
    altered: StoredValue<bool>,
    /// Seconds of work that follows the runs by itself.
    then: StoredValue<Option<Callback<Pace, f64>>>,
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
            followed: RwSignal::new(Vec::new()),
            pace: RwSignal::new(None),
            series: RwSignal::new(false),
            altered: StoredValue::new(false),
            then: StoredValue::new(None),
        }
    }

    /// The same runs, after which work of so many seconds follows by itself: it counts in the time that is shown.
    pub fn then(self, seconds: impl Fn(Pace) -> f64 + Send + Sync + 'static) -> Self {
        self.then.set_value(Some(Callback::new(seconds)));
        self
    }

    /// Seconds of the work that follows the runs.
    pub(super) fn seconds_after(self) -> f64 {
        match (self.then.get_value(), self.pace.get()) {
            (Some(then), Some(pace)) => then.run(pace),
            _ => 0.0,
        }
    }

    fn started_epochs(self) -> Option<f64> {
        self.started.with(|started| {
            started
                .first()
                .map(|recipe| f64::from(recipe.recipe().epochs))
        })
    }

    /// Epochs that figures show: those of the latest start, before the first those that are set.
    pub fn epochs_shown(self, set: RwSignal<f64>) -> Memo<f64> {
        Memo::new(move |_| self.started_epochs().unwrap_or_else(|| set.get()))
    }

    /// What `read` finds in the recipes of the latest start; none before the first.
    pub fn of_started<T>(self, read: impl FnOnce(&[ValidRecipe]) -> Option<T>) -> Option<T> {
        self.started.with(|started| read(started))
    }

    /// What `read` finds in what the runs of the latest start learn with, or learned with last: the recipes of their start with
    /// every change that reached them. A slider that no run follows changes nothing here. None before the first start.
    pub fn of_followed<T>(self, read: impl FnOnce(&[Recipe]) -> Option<T>) -> Option<T> {
        self.followed.with(|followed| read(followed))
    }

    /// Dropout behind the hidden layers with which run `index` learned last, else as it is `set` for the next one.
    pub fn dropout_followed(self, index: usize, set: RwSignal<f64>) -> f64 {
        let of = |recipes: &[Recipe]| Some(f64::from(recipes.get(index)?.hidden_dropout()));
        // What a recipe holds in 32 bits the slider had in 64.
        self.of_followed(of)
            .map_or_else(|| set.get(), |p| round_to(p, 6))
    }

    /// Whether the settings have moved away from those of a run under way, in what a run does not follow.
    pub fn waiting(self) -> bool {
        let series = self.series.get();
        let fixed = |recipes: &[ValidRecipe]| -> Vec<Recipe> {
            let recipes = recipes.iter().map(|recipe| recipe.recipe().clone());
            match series {
                true => recipes.map(Recipe::whatever_seed).collect(),
                false => recipes.map(Recipe::without_live_settings).collect(),
            }
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
        !self.series.get() && self.any(Status::follows_settings)
    }

    /// Whether the runs are of a series over seeds.
    pub fn in_series(self) -> bool {
        self.series.get()
    }

    /// Ends the series, not the run that is under way.
    pub fn end_series(self) {
        self.series.set(false);
    }

    /// Whether the latest start was left to its settings, so that its recipe tells all of it.
    pub fn is_unaltered(self) -> bool {
        !self.altered.get_value()
    }

    /// The clients, one a run.
    pub fn clients(self) -> Vec<Client> {
        self.clients.get_value()
    }

    /// The recipes of the latest start, whatever they were.
    pub fn started(self) -> Vec<ValidRecipe> {
        self.started.get()
    }

    /// Whether any run is training now.
    pub fn running(self) -> bool {
        self.any(|status| matches!(status, Status::Preparing | Status::Run(RunState::Running)))
    }

    /// Sends a command to all runs.
    pub fn send(self, command: &Command) {
        for index in 0..self.clients.with_value(Vec::len) {
            self.send_to(index, command);
        }
    }

    /// Sends a command to one run.
    ///
    /// # Panics
    /// If there is no such run.
    pub fn send_to(self, index: usize, command: &Command) {
        if command.alters_training() {
            self.altered.set_value(true);
        }
        let client = self.clients.with_value(|clients| clients[index]);
        client.send(command);
        // A run that has ended takes no change, though its twin may still go on.
        if client.status.get_untracked().follows_settings() {
            self.followed.update(|followed| {
                if let Some(recipe) = followed.get_mut(index) {
                    command.set_in(recipe);
                }
            });
        }
    }

    /// Sends `command` to all runs under way whenever it changes; they follow it from their next mini-batch on.
    pub fn follow(self, command: impl Fn() -> Command + 'static) {
        self.watch(command, move |command| self.send(command));
    }

    /// As [`Runs::follow`], to one run.
    ///
    /// # Panics
    /// If there is no such run once the command changes.
    pub fn follow_in(self, index: usize, command: impl Fn() -> Command + 'static) {
        self.watch(command, move |command| self.send_to(index, command));
    }

    /// Sends the learning rate to the runs under way whenever it changes.
    pub fn follow_rate(self, rate: RwSignal<f64>) {
        self.follow(move || Command::SetLearningRate(rate.get() as f32));
    }

    fn watch(self, command: impl Fn() -> Command + 'static, send: impl Fn(&Command) + 'static) {
        Effect::watch(
            command,
            move |command, before, _| {
                // What it was made of may have changed without changing it.
                if before != Some(command) && untrack(|| self.follow_settings()) {
                    send(command);
                }
            },
            false,
        );
    }

    /// Learns the device's pace: from a trial of a few milliseconds at first, then from every run.
    pub(super) fn keep_pace(self) {
        try_device(self.pace);
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
    pub(super) fn begun(self) -> bool {
        self.started.with(|started| !started.is_empty())
    }

    /// Seconds that the next start will take on this device: as fast as the latest run, else as a short trial.
    pub(super) fn estimate(self) -> Option<f64> {
        let pace = self.pace.get()?;
        let parallel = window().navigator().hardware_concurrency().max(1.0);
        self.recipes.with(|recipes| {
            let times = recipes
                .as_ref()
                .ok()?
                .iter()
                .map(|recipe| pace.seconds(recipe));
            let turns = (self.clients.with_value(Vec::len) as f64 / parallel).max(1.0);
            Some(times.fold(0.0, f64::max) * turns + self.seconds_after())
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
    pub(super) fn drive(self, drive: Drive) {
        if untrack(|| self.live()) {
            self.send(&Command::Drive(drive));
            return;
        }
        self.start(drive);
    }

    /// Starts all runs anew with the present settings.
    pub fn start(self, drive: Drive) {
        if let Ok(recipes) = self.recipes.get_untracked() {
            self.series.set(false);
            self.start_with(recipes, drive);
        }
    }

    /// Starts all runs as a part of a series over seeds, one recipe a client.
    pub fn start_in_series(self, recipes: Vec<ValidRecipe>) {
        self.series.set(true);
        self.start_with(recipes, Drive::Run);
    }

    fn start_with(self, recipes: Vec<ValidRecipe>, drive: Drive) {
        self.altered.set_value(false);
        for (client, recipe) in self.clients.get_value().into_iter().zip(&recipes) {
            client.start(recipe, drive);
        }
        let followed = recipes.iter().map(|recipe| recipe.recipe().clone());
        self.followed.set(followed.collect());
        self.started.set(recipes);
    }
}
