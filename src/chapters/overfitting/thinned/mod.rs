//! 4.6 Many thinned networks averaged against the one scaled network.

mod figures;
mod settings;

use leptos::prelude::*;

pub use settings::ID;

use crate::data::split::Part;
use crate::lab::client::{Client, Status};
use crate::lab::download::Download;
use crate::lab::message::{Command, Observed, RunState};
use crate::lab::recipe::Recipe;
use crate::lab::study::StudiedNetwork;
use crate::lab::study::ensemble::Ensemble;
use crate::ui::divergence::Notices;
use crate::ui::plot::{Plot, half_width};
use crate::ui::presets::Presets;
use crate::ui::slider::{Scale, Slider};
use crate::ui::transport::{Runs, Transport};
use crate::ui::twin_curves::Quantity;
use crate::ui::widget::Widget;
use settings::{DEFAULT, MOST_MEMBERS, PRESETS, Settings};

/// The training run, then the ensemble.
#[component]
pub fn Thinned() -> impl IntoView {
    let download = expect_context::<Download>();
    let settings = Settings::declare();
    let s = settings;
    let client = Client::new("network with dropout", download);
    let averaging = Client::new("average of thinned networks", download);
    let recipes = Memo::new(move |_| settings.recipes());
    let images = Part::Test.range().len();
    let runs = Runs::new(vec![client], recipes.into()).then(move |pace| {
        let members = s.members.get() as u32;
        recipes.with(|recipes| match recipes.as_ref().map(Vec::as_slice) {
            Ok([recipe]) => pace.averaging_seconds(recipe, images, members),
            _ => 0.0,
        })
    });
    // The network that was trained to its end.
    let trained = Memo::new(move |_| trained(client, runs));
    let average = move || {
        let Some((recipe, parameters)) = trained.get_untracked() else {
            return;
        };
        averaging.ensemble(Ensemble {
            network: StudiedNetwork::Parameters {
                recipe: Box::new(recipe),
                parameters,
            },
            images: images as u32,
            members: s.members.get_untracked() as u32,
            seed: s.seed.get_untracked() as u64,
        });
    };
    // It was asked for with the run; a new run makes the old averages void.
    Effect::watch(
        move || trained.with(Option::is_some),
        move |is_trained, before, _| match (*is_trained, before) {
            (true, _) => average(),
            (false, Some(true)) => averaging.send(&Command::Stop),
            _ => {}
        },
        false,
    );
    let measured = Memo::new(move |_| {
        let there = trained.with(Option::is_some);
        averaging
            .studied
            .with(|studied| figures::measured(if there { studied } else { &[] }))
    });
    let figure = move |quantity: Quantity| {
        Memo::new(move |_| {
            measured.with(|measured| figures::averages(quantity, measured, s.members.get()))
        })
    };
    let p = move || runs.dropout_followed(0, s.dropout);
    let words = move || measured.with(|measured| figures::sentence(measured, p(), runs.live()));
    let more = move || view! { <Averaging averaging trained=Signal::derive(move || trained.with(Option::is_some)) again=Callback::new(move |()| average()) /> <Controls settings /> };
    view! {
        <Widget id=ID title="One network with all units stands for all its thinned ones" sentence=Signal::derive(words) more=more>
            <Presets id=ID presets=PRESETS apart_from=&["members"] runs />
            <div class="figures two">
                <Plot figure=figure(Quantity::Error) name="thinned-error" height=half_width />
                <Plot figure=figure(Quantity::Loss) name="thinned-loss" height=half_width />
            </div>
            <Transport runs />
            <Notices clients=vec![(client, "The network", "thinned")] />
        </Widget>
    }
}

/// Recipe and last parameters of a run that is done; none before.
fn trained(client: Client, runs: Runs) -> Option<(Recipe, Vec<f32>)> {
    let Status::Run(RunState::Completed { .. }) = client.status.get() else {
        return None;
    };
    let recipe = runs.of_started(|recipes| Some(recipes.first()?.recipe().clone()))?;
    client.observed.with(|observed| match observed.last() {
        // The parameters of the end are reported a moment after the end itself.
        Some((epoch, Observed::Parameters(parameters))) if *epoch >= f64::from(recipe.epochs) => {
            Some((recipe, parameters.clone()))
        }
        _ => None,
    })
}

/// How far the averaging is; its buttons.
#[component]
fn Averaging(
    /// The worker that averages.
    averaging: Client,
    /// Whether there is a network to average.
    trained: Signal<bool>,
    /// Averages anew.
    again: Callback<()>,
) -> impl IntoView {
    let running = move || {
        matches!(
            averaging.status.get(),
            Status::Preparing | Status::Run(RunState::Running)
        )
    };
    let state = move || match (averaging.status.get(), trained.get()) {
        (Status::Failed, _) => "failed",
        (_, false) => "waits for a trained network",
        (Status::Run(RunState::Stopped), _) => "stopped",
        (Status::Run(RunState::Completed { .. }), _) => "done",
        _ => "averaging",
    };
    let problem = move || {
        (averaging.status.get() == Status::Failed)
            .then(|| view! { <p>{averaging.problem.get()}</p> })
    };
    let press = move |_| {
        if untrack(running) {
            averaging.send(&Command::Stop);
        } else {
            again.run(());
        }
    };
    view! {
        <div class="transport averaging" role="group" aria-label="Averaging thinned networks">
            <button type="button" disabled=move || !trained.get() on:click=press>
                {move || if running() { "Stop averaging" } else { "Average again" }}
            </button>
            <progress max="1" prop:value=move || if trained.get() { averaging.place.get().done } else { 0.0 } aria-label="Share of the averaging that is done"></progress>
            <span class="time" data-number="averaging">{state}</span>
        </div>
        <div role="alert" class="problems">{problem}</div>
    }
}

/// All settings.
#[component]
fn Controls(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let s = settings;
    view! {
        <div class="controls groups">
            <fieldset>
                <legend>"Averaging"</legend>
                <Slider label="Thinned networks" name="members" value=s.members scale=Scale::whole_logarithmic(1.0, MOST_MEMBERS, 20) default=DEFAULT.members
                    help="How many thinned networks are averaged; each has one mask for all test images" />
                <p class="hint">"Measured on the 4,000 test digits. Dots: each thinned network alone."</p>
            </fieldset>
            <fieldset>
                <legend>"Network, from the next start"</legend>
                <Slider label="Dropout p" name="p" value=s.dropout scale=Scale::linear(0.0, 0.9, 0.05) default=DEFAULT.dropout class="run-b" />
                <Slider label="Hidden units" name="width" value=s.width scale=Scale::whole_logarithmic(5.0, 500.0, 20) default=DEFAULT.width />
            </fieldset>
            <fieldset>
                <legend>"Data and time, from the next start"</legend>
                <Slider label="Training images" name="images" value=s.images scale=Scale::whole_logarithmic(10.0, 5000.0, 20) default=DEFAULT.images />
                <Slider label="Epochs" name="epochs" value=s.epochs scale=Scale::whole_logarithmic(1.0, 200.0, 20) default=DEFAULT.epochs />
                <Slider label="Seed" name="seed" value=s.seed scale=Scale::linear(0.0, 999.0, 1.0) default=DEFAULT.seed />
            </fieldset>
        </div>
    }
}
