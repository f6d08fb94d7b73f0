//! The same runs with other seeds: one after another in the same workers, what all of them measured, side by side.

mod band;
mod table;

use leptos::prelude::*;

pub use band::{band, verdict};
pub use table::PerSeed;

use super::number::significant;
use super::transport::Runs;
use crate::lab::client::Status;
use crate::lab::message::{Command, Drive, Point, RunState};
use crate::lab::recipe::{Recipe, ValidRecipe};

/// Seeds in a series.
const SERIES: u64 = 5;
/// The last seed that a link can hold.
pub const LAST: f64 = 999_999.0;

/// Finished runs of one seed.
#[derive(Clone, Debug, PartialEq)]
pub struct SeedRun {
    /// The seed.
    pub seed: u64,
    /// What each run measured, first run first.
    pub points: Vec<Vec<Point>>,
}

impl SeedRun {
    /// The last measured moment of each run; none while one of them has none.
    pub fn ends(&self) -> Option<Vec<Point>> {
        self.points
            .iter()
            .map(|points| points.last().copied())
            .collect()
    }
}

/// Which curves a panel shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Those of the latest run; finished runs with other seeds thin behind them.
    Latest,
    /// Median and range over all seeds that were trained.
    Seeds,
}

/// The runs of a panel over seeds. Finished runs are kept while nothing but the seed changes.
#[derive(Clone, Copy)]
pub struct Seeds {
    runs: Runs,
    /// The panel's seed.
    seed: RwSignal<f64>,
    /// Which curves are shown.
    pub shown: RwSignal<Shown>,
    /// Finished runs of the same settings, by ascending seed.
    pub kept: RwSignal<Vec<SeedRun>>,
    /// The settings of the kept runs.
    settings: StoredValue<Vec<Recipe>>,
    /// Seeds that are still to be trained, the present one first; the recipes they are trained with.
    coming: RwSignal<Vec<u64>>,
    recipes: StoredValue<Vec<ValidRecipe>>,
}

impl Seeds {
    /// Follows `runs`.
    pub fn follow(runs: Runs, seed: RwSignal<f64>, shown: RwSignal<Shown>) -> Self {
        let seeds = Self {
            runs,
            seed,
            shown,
            kept: RwSignal::new(Vec::new()),
            settings: StoredValue::new(Vec::new()),
            coming: RwSignal::new(Vec::new()),
            recipes: StoredValue::new(Vec::new()),
        };
        let states = Memo::new(move |_| -> Vec<Status> {
            let clients = runs.clients().into_iter();
            clients.map(|client| client.status.get()).collect()
        });
        Effect::watch(
            move || states.get(),
            move |states, _, _| seeds.hear(states),
            false,
        );
        Effect::watch(
            move || runs.in_series(),
            move |in_series, _, _| {
                if !in_series {
                    seeds.coming.set(Vec::new());
                }
            },
            false,
        );
        seeds
    }

    /// What follows from the runs' states.
    fn hear(self, states: &[Status]) {
        if states.iter().any(|status| status.is_live()) {
            return;
        }
        let whole = states.iter().all(|status| {
            matches!(
                status,
                Status::Run(RunState::Completed { .. } | RunState::StoppedEarly { .. })
            )
        });
        if whole && self.runs.is_unaltered() {
            self.keep();
        }
        if !untrack(|| self.runs.in_series()) {
            return;
        }
        self.coming.update(|coming| {
            coming.drain(..coming.len().min(1));
        });
        let next = self.coming.with_untracked(|coming| coming.first().copied());
        match next {
            Some(seed) if whole => self.start(seed),
            _ => self.runs.end_series(),
        }
    }

    /// Keeps the runs that have just ended.
    fn keep(self) {
        let started = untrack(|| self.runs.started());
        let Some(seed) = started.first().map(|recipe| recipe.recipe().seed) else {
            return;
        };
        self.forget_others(&started);
        let clients = self.runs.clients().into_iter();
        let run = SeedRun {
            seed,
            points: clients
                .map(|client| client.points.get_untracked())
                .collect(),
        };
        self.kept.update(|kept| {
            kept.retain(|kept| kept.seed != seed);
            kept.push(run);
            kept.sort_by_key(|kept| kept.seed);
        });
    }

    /// Forgets what was kept of other settings than those of `recipes`.
    fn forget_others(self, recipes: &[ValidRecipe]) {
        let settings = whatever_seed(recipes);
        if self.settings.with_value(|kept| *kept != settings) {
            self.settings.set_value(settings);
            self.kept.set(Vec::new());
        }
    }

    /// Trains the next seed that has not been trained yet.
    fn again(self) {
        let kept = |seed: f64| {
            self.kept
                .with_untracked(|kept| kept.iter().any(|run| run.seed == seed as u64))
        };
        let mut next = self.seed.get_untracked() + 1.0;
        while kept(next) {
            next += 1.0;
        }
        self.seed.set(next);
        self.shown.set(Shown::Latest);
        self.runs.start(Drive::Run);
    }

    /// Trains the seeds from the panel's on, those that have not been trained yet, and shows them together.
    fn series(self) {
        let Ok(recipes) = self.runs.recipes.get_untracked() else {
            return;
        };
        self.forget_others(&recipes);
        let first = self.seed.get_untracked() as u64;
        let kept = self.kept.get_untracked();
        let coming: Vec<u64> = (first..first + SERIES)
            .filter(|seed| kept.iter().all(|run| run.seed != *seed))
            .collect();
        self.shown.set(Shown::Seeds);
        self.recipes.set_value(recipes);
        let next = coming.first().copied();
        self.coming.set(coming);
        if let Some(seed) = next {
            self.start(seed);
        }
    }

    fn start(self, seed: u64) {
        let recipes = self.recipes.get_value().into_iter().map(|recipe| {
            let recipe = Recipe {
                seed,
                ..recipe.recipe().clone()
            };
            recipe.validate().expect("any seed can be trained")
        });
        self.runs.start_in_series(recipes.collect());
    }

    /// Whether median and range are to be shown, and there are some.
    pub fn together(self) -> bool {
        self.shown.get() == Shown::Seeds && self.kept.with(|kept| kept.len() > 1)
    }

    /// What run `index` measured with other seeds than the latest, if they are to stand behind it.
    pub fn former(self, index: usize) -> Vec<Vec<Point>> {
        let latest = self
            .runs
            .of_started(|started| Some(started.first()?.recipe().seed));
        let same = self.runs.of_started(|started| {
            Some(
                self.settings
                    .with_value(|kept| *kept == whatever_seed(started)),
            )
        });
        self.kept.with(|kept| {
            let others = kept.iter().filter(|run| Some(run.seed) != latest);
            others
                .filter(|_| same == Some(true))
                .map(|run| run.points[index].clone())
                .collect()
        })
    }
}

fn whatever_seed(recipes: &[ValidRecipe]) -> Vec<Recipe> {
    recipes
        .iter()
        .map(|recipe| recipe.recipe().clone().whatever_seed())
        .collect()
}

/// Buttons for other seeds, and how far a series is.
#[component]
pub fn SeedButtons(
    /// The seeds.
    seeds: Seeds,
) -> impl IntoView {
    let runs = seeds.runs;
    let blocked = move || runs.recipes.with(Result::is_err) || runs.in_series();
    let last = move || seeds.seed.get() >= LAST;
    let press = move |_| {
        if untrack(|| runs.in_series()) {
            runs.send(&Command::Stop);
            runs.end_series();
        } else {
            seeds.series();
        }
    };
    let coming = move || seeds.coming.with(Vec::len);
    // Of the seeds that this series trains.
    let done = move || {
        let clients = runs.clients();
        let sum: f64 = clients.iter().map(|client| client.place.get().done).sum();
        sum / clients.len() as f64
    };
    let left = move || {
        let seconds = runs
            .clients()
            .iter()
            .filter_map(|client| {
                let place = client.place.get();
                let whole = place.seconds_left()? / (1.0 - place.done).max(1e-3);
                (place.done < 1.0).then_some(whole)
            })
            .reduce(f64::max)?;
        let runs = coming() as f64 - done();
        Some(seconds * runs)
    };
    let text = move || {
        if !runs.in_series() {
            return String::new();
        }
        let seed = seeds.coming.with(|coming| coming.first().copied());
        let seed = seed.map_or(String::new(), |seed| format!("seed {seed}, "));
        let time = left().map_or(String::new(), |left| {
            format!(", {} left for all", super::number::duration(left))
        });
        format!("{seed}{} to go{time}", significant(coming() as f64, 3))
    };
    view! {
        <div class="seeds" role="group" aria-label="Other seeds">
            <button type="button" disabled=move || blocked() || last() on:click=move |_| seeds.again()
                title="Begin again with the next seed; finished curves stay, thin">"Again with another seed"</button>
            <button type="button" disabled=move || runs.recipes.with(Result::is_err) on:click=press
                title="Train this seed and the four after it, one after the other, and show them together">
                {move || if runs.in_series() { "Stop the series" } else { "Five seeds" }}
            </button>
            <span class="time" role="status">{text}</span>
        </div>
    }
}
