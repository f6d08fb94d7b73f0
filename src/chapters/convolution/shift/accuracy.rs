//! Errors against shift: two networks are trained in two workers, and each then measures itself on moved test digits.

use leptos::prelude::*;

use super::figures;
use super::settings::{Direction, Settings, default};
use crate::data::split::Part;
use crate::lab::client::{Client, Status};
use crate::lab::download::{Download, Progress};
use crate::lab::message::{Command, Drive, Observed, RunState};
use crate::lab::recipe::Recipe;
use crate::lab::study::{Change, Condition, StudiedNetwork, Study};
use crate::ui::choice::Choice;
use crate::ui::plot::Plot;
use crate::ui::slider::{Scale, Slider};
use crate::ui::transport::Loading;

/// Where one of the two networks is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Idle,
    Training,
    Measuring,
}

/// One network: its worker, and what it has learned.
#[derive(Clone, Copy)]
struct Subject {
    client: Client,
    phase: RwSignal<Phase>,
    trained: StoredValue<Option<(Recipe, Vec<f32>)>>,
}

impl Subject {
    fn new(name: &'static str, download: Download, direction: RwSignal<Direction>) -> Self {
        let subject = Self {
            client: Client::new(name, download),
            phase: RwSignal::new(Phase::Idle),
            trained: StoredValue::new(None),
        };
        let status = subject.client.status;
        Effect::watch(
            move || status.get(),
            move |status, _, _| subject.follow(*status, direction.get_untracked()),
            false,
        );
        subject
    }

    fn train(self, recipe: Recipe) {
        let Ok(valid) = recipe.clone().validate() else {
            return;
        };
        self.trained.set_value(Some((recipe, Vec::new())));
        self.phase.set(Phase::Training);
        self.client.start(&valid, Drive::Run);
    }

    /// What follows from a change of the worker's state.
    fn follow(self, status: Status, direction: Direction) {
        match (status, self.phase.get_untracked()) {
            (Status::Run(RunState::Completed { .. }), Phase::Training) => {
                self.client.observed.with_untracked(|observed| {
                    if let Some((_, Observed::Parameters(parameters))) = observed.last() {
                        self.trained.update_value(|trained| {
                            if let Some((_, kept)) = trained {
                                kept.clone_from(parameters);
                            }
                        });
                    }
                });
                self.measure(direction);
            }
            (Status::Run(state), _) if state.is_final() => self.phase.set(Phase::Idle),
            (Status::Failed, _) => self.phase.set(Phase::Idle),
            _ => {}
        }
    }

    /// Measures the trained network; without one nothing happens.
    fn measure(self, direction: Direction) {
        let Some((recipe, parameters)) = self.trained.get_value() else {
            return;
        };
        if parameters.is_empty() {
            return;
        }
        self.phase.set(Phase::Measuring);
        self.client.study(Study {
            network: StudiedNetwork::Parameters {
                recipe: Box::new(recipe),
                parameters,
            },
            images: Part::Test.range().len() as u32,
            conditions: figures::shifts()
                .map(|pixels| Condition {
                    change: Change {
                        shift: direction.by(pixels),
                        ..Change::default()
                    },
                    ..Condition::default()
                })
                .collect(),
            seed: 0,
        });
    }

    fn done(self) -> f64 {
        let done = self.client.place.get().done;
        match self.phase.get() {
            Phase::Idle => 0.0,
            Phase::Training => 0.5 * done,
            Phase::Measuring => 0.5 + 0.5 * done,
        }
    }
}

/// The figure with its button and controls.
#[component]
pub fn Accuracy(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let download = expect_context::<Download>();
    let s = settings;
    let subjects = [
        Subject::new("CNN, moved digits", download, s.direction),
        Subject::new("dense network, moved digits", download, s.direction),
    ];
    let [cnn, dense] = subjects;
    let busy = move || {
        subjects
            .iter()
            .any(|subject| subject.phase.get() != Phase::Idle)
    };
    // Another direction needs no other networks.
    Effect::watch(
        move || s.direction.get(),
        move |direction, _, _| {
            for subject in subjects {
                if subject.phase.get_untracked() != Phase::Training {
                    subject.measure(*direction);
                }
            }
        },
        false,
    );
    let figure = Memo::new(move |_| {
        cnn.client.studied.with(|a| {
            dense
                .client
                .studied
                .with(|b| figures::errors(a, b, s.direction.get()))
        })
    });
    let press = move |_| {
        if untrack(busy) {
            for subject in subjects {
                subject.client.send(&Command::Stop);
            }
        } else {
            for (subject, recipe) in subjects.into_iter().zip(untrack(|| s.recipes())) {
                subject.train(recipe);
            }
        }
    };
    let state = move || {
        let training = subjects
            .iter()
            .any(|subject| subject.phase.get() == Phase::Training);
        match (busy(), training) {
            (false, _) => "takes some seconds on this device",
            (true, true) => "training",
            (true, false) => "measuring",
        }
    };
    let verdict = move || {
        let images = Part::Test.range().len();
        cnn.client.studied.with(|a| {
            dense
                .client
                .studied
                .with(|b| figures::verdict(a, b, s.direction.get(), images, busy()))
        })
    };
    let problems = move || {
        let failed = subjects
            .iter()
            .filter(|subject| subject.client.status.get() == Status::Failed);
        failed
            .map(|subject| subject.client.problem.get())
            .map(|text| view! { <p>{text}</p> })
            .collect_view()
    };
    view! {
        <div class="accuracy">
            <h3>"And the whole network?"</h3>
            <Plot figure name="errors-against-shift" height=plot_height />
            <div class="transport" role="group" aria-label="Training and measuring">
                <button type="button" class="run" disabled=move || download.progress.get() != Progress::Ready on:click=press>
                    {move || if busy() { "Stop" } else { "Train and measure" }}
                </button>
                <progress max="1" prop:value=move || (cnn.done() + dense.done()) / 2.0 aria-label="Share of the work that is done"></progress>
                <span class="time">{state}</span>
            </div>
            <Loading download />
            <div role="alert" class="problems">{problems}</div>
            <p class="finding" role="status" data-number="verdict">{verdict}</p>
            <div class="controls groups">
                <fieldset>
                    <Choice label="Test digits are moved" name="direction" value=s.direction options=vec![
                        (Direction::Across, "across"),
                        (Direction::Down, "up and down"),
                        (Direction::Diagonal, "diagonally"),
                    ] />
                    <p class="hint">"The sheet\u{2019}s network, 289,630 parameters, and a dense one, 784\u{2013}364\u{2013}10 with 289,390; same images, mini-batches of 10, learning rate 0.05."</p>
                </fieldset>
                <fieldset>
                    <Slider label="Training images" name="images" value=s.images scale=Scale::whole_logarithmic(100.0, 5000.0, 20) default=default::IMAGES />
                    <Slider label="Epochs" name="epochs" value=s.epochs scale=Scale::linear(1.0, 30.0, 1.0) default=default::EPOCHS />
                    <Slider label="Seed" name="seed" value=s.seed scale=Scale::linear(0.0, 999.0, 1.0) default=default::SEED />
                </fieldset>
            </div>
        </div>
    }
}

fn plot_height(width: f64) -> f64 {
    (0.45 * width).clamp(230.0, 340.0)
}
