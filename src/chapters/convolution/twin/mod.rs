//! 2.5 The same architecture with shared and with unshared kernels, trained side by side.

mod settings;

use leptos::prelude::*;

pub use settings::ID;

use crate::data::split::Part;
use crate::lab::client::Client;
use crate::lab::download::Download;
use crate::lab::message::Point;
use crate::ui::divergence::Notices;
use crate::ui::number::{grouped, percent, significant};
use crate::ui::plot::{Plot, half_width};
use crate::ui::presets::Presets;
use crate::ui::slider::{Scale, Slider};
use crate::ui::transport::{Runs, Transport};
use crate::ui::twin_curves::{Names, Quantity, at_common_epoch, epochs, twin_chart};
use crate::ui::widget::Widget;
use settings::{PRESETS, Settings, default};

const NAMES: Names = [("shared", "shared"), ("unshared", "unsh.")];

/// The twin run.
#[component]
pub fn SharingTwin() -> impl IntoView {
    let download = expect_context::<Download>();
    let settings = Settings::declare();
    let shared = Client::new("shared kernels", download);
    let unshared = Client::new("unshared kernels", download);
    let recipes = Memo::new(move |_| settings.recipes());
    let runs = Runs::new(vec![shared, unshared], recipes.into());
    runs.follow_rate(settings.rate);
    let last_epoch = runs.epochs_shown(settings.epochs);
    let figure = move |quantity| twin_chart(quantity, NAMES, [shared, unshared], last_epoch);
    let words = move || {
        shared
            .points
            .with(|a| unshared.points.with(|b| sentence(a, b)))
    };
    let more = move || {
        view! {
            <Numbers shared unshared runs />
            <Controls settings />
        }
    };
    view! {
        <Widget id=ID title="A kernel that is shared learns from every place of every image" sentence=Signal::derive(words) more=more>
            <Presets id=ID presets=PRESETS runs />
            <div class="figures two">
                <Plot figure=figure(Quantity::Loss) name="shared-loss" height=half_width />
                <Plot figure=figure(Quantity::Error) name="shared-error" height=half_width />
            </div>
            <Transport runs />
            <Notices clients=vec![(shared, "Shared kernels", "shared"), (unshared, "Unshared kernels", "unshared")] />
        </Widget>
    }
}

/// The sentence under the figures.
fn sentence(shared: &[Point], unshared: &[Point]) -> String {
    let Some([a, b]) = at_common_epoch([shared, unshared]) else {
        return "Nothing trained yet. Press Run: two networks that differ in their first layer only will learn from the same images.".to_owned();
    };
    let images = grouped(Part::Test.range().len() as u64);
    format!(
        "After {}, the network with shared kernels errs on {} of {images} test digits, the one with a kernel for every place on {}; on the training digits {} and {}.",
        epochs(a.epoch),
        percent(a.test.error),
        percent(b.test.error),
        percent(a.training.error),
        percent(b.training.error),
    )
}

/// Parameters, loss and error of both networks.
#[component]
fn Numbers(
    /// With shared kernels.
    shared: Client,
    /// With unshared ones.
    unshared: Client,
    /// Both runs.
    runs: Runs,
) -> impl IntoView {
    let row = move |index: usize, client: Client, name: &'static str, swatch: &'static str| {
        let all = move || {
            runs.recipes.with(|recipes| {
                let recipes = recipes.as_ref().ok()?;
                Some(grouped(recipes.get(index)?.parameters()))
            })
        };
        let first = move || {
            runs.recipes.with(|recipes| {
                let network = recipes.as_ref().ok()?.get(index)?.network();
                let layer = network.layers().first()?.parameters()?.len();
                Some(grouped(layer as u64))
            })
        };
        let last = move |of: fn(&Point) -> String| {
            let dash = || "\u{2013}".to_owned();
            client
                .points
                .with(|points| points.last().map_or_else(dash, of))
        };
        view! {
            <tr data-run=swatch>
                <th scope="row"><span class=format!("swatch {}", if index == 0 { "run-a" } else { "run-b" })></span>{name}</th>
                <td data-cell="first">{first}</td>
                <td data-cell="parameters">{all}</td>
                <td data-cell="test-loss">{move || last(|point| significant(point.test.loss, 3))}</td>
                <td data-cell="test-error">{move || last(|point| percent(point.test.error))}</td>
                <td data-cell="training-error">{move || last(|point| percent(point.training.error))}</td>
            </tr>
        }
    };
    view! {
        <div class="table" role="region" aria-label="Numbers of both networks" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Kernels"</th>
                        <th scope="col">"Parameters, first layer"</th>
                        <th scope="col">"Parameters, in all"</th>
                        <th scope="col">"Test loss"</th>
                        <th scope="col">"Test error"</th>
                        <th scope="col">"Training error"</th>
                    </tr>
                </thead>
                <tbody>
                    {row(0, shared, "shared", "shared")}
                    {row(1, unshared, "unshared", "unshared")}
                </tbody>
            </table>
        </div>
    }
}

/// What both networks share.
#[component]
fn Controls(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let s = settings;
    view! {
        <div class="controls groups">
            <fieldset>
                <legend>"From the next start"</legend>
                <Slider label="Training images" name="images" value=s.images scale=Scale::whole_logarithmic(10.0, 5000.0, 20) default=default::IMAGES />
                <Slider label="Feature maps M" name="maps" value=s.maps scale=Scale::linear(1.0, 40.0, 1.0) default=default::MAPS />
                <Slider label="Epochs" name="epochs" value=s.epochs scale=Scale::whole_logarithmic(1.0, 200.0, 20) default=default::EPOCHS />
                <Slider label="Seed" name="seed" value=s.seed scale=Scale::linear(0.0, 999.0, 1.0) default=default::SEED />
            </fieldset>
            <fieldset>
                <legend>"May change during a run"</legend>
                <Slider label="Learning rate" name="rate" value=s.rate scale=Scale::logarithmic(0.0001, 10.0, 10) default=default::RATE />
                <p class="hint">"Both: kernels of 5 \u{d7} 5, ReLU, 2 \u{d7} 2 max-pooling, K = 100 dense units, ten outputs; mini-batches of 10."</p>
            </fieldset>
        </div>
    }
}
