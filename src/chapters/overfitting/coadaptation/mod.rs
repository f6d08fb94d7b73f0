//! 4.6 What dropout does to the hidden units: how they go together, how often they speak, whether they can be spared.

mod figures;
mod settings;

use leptos::prelude::*;

pub use settings::ID;

use crate::figures::cell_grid::CellGrid;
use crate::lab::client::Client;
use crate::lab::download::Download;
use crate::lab::message::{Command, Together};
use crate::ui::divergence::Notices;
use crate::ui::number::{percent, significant};
use crate::ui::plot::{Plot, half_width};
use crate::ui::presets::Presets;
use crate::ui::slider::{Scale, Slider};
use crate::ui::transport::{Runs, Transport};
use crate::ui::widget::Widget;
use figures::{History, Share, corner, correlations, history, means, over_time, sentence};
use settings::{DEFAULT, PRESETS, Settings};

/// The twin run with its figures and numbers.
#[component]
pub fn Coadaptation() -> impl IntoView {
    let download = expect_context::<Download>();
    let settings = Settings::declare();
    let a = Client::new("units without dropout", download);
    let b = Client::new("units with dropout", download);
    let recipes = Memo::new(move |_| settings.recipes());
    let runs = Runs::new(vec![a, b], recipes.into());
    runs.follow_rate(settings.rate);
    runs.follow_in(
        1,
        move || Command::SetDropout(settings.dropout.get() as f32),
    );
    let last_epoch = runs.epochs_shown(settings.epochs);
    let seen = [a, b].map(|client| Memo::new(move |_| client.observed.with(|seen| history(seen))));
    let [seen_a, seen_b] = seen;
    let histogram = move |of: fn([&History; 2]) -> crate::figures::histogram::Histogram| {
        Memo::new(move |_| seen_a.with(|a| seen_b.with(|b| of([a, b]))))
    };
    let chart = move |share: Share| {
        Memo::new(move |_| {
            seen_a.with(|a| seen_b.with(|b| over_time(share, [a, b], last_epoch.get())))
        })
    };
    let cells =
        move |network: usize| Memo::new(move |_| seen[network].with(|seen| corner(seen, network)));
    let p = move || runs.dropout_followed(1, settings.dropout);
    let words = move || seen_a.with(|a| seen_b.with(|b| sentence([a, b], p())));
    let more = move || {
        view! {
            <Numbers seen />
            <div class="corners">
                <Plot figure=cells(0) name="correlations-without" height=CellGrid::height />
                <Plot figure=cells(1) name="correlations-with" height=CellGrid::height />
                <p class="hint">"Correlations r among the first units, each of them a row and a column. Orange: two units speak for the same digits. Blue: one is silent where the other speaks. Paper: nothing in common."</p>
            </div>
            <Controls settings />
        }
    };
    view! {
        <Widget id=ID title="With dropout fewer units speak, and losing half of them hurts less" sentence=Signal::derive(words) more=more>
            <Presets id=ID presets=PRESETS runs />
            <div class="figures two">
                <Plot figure=chart(Share::Error) name="half-silenced" height=half_width />
                <Plot figure=chart(Share::Zeros) name="zeros" height=half_width />
                <Plot figure=histogram(means) name="mean-activations" height=half_width />
                <Plot figure=histogram(correlations) name="correlations" height=half_width />
            </div>
            <Transport runs />
            <Notices clients=vec![(a, "Without dropout", "a"), (b, "With dropout", "b")] />
        </Widget>
    }
}

/// The numbers behind the figures.
#[component]
fn Numbers(
    /// What the units did, epoch by epoch, without and with dropout.
    seen: [Memo<History>; 2],
) -> impl IntoView {
    let row = move |network: usize, name: &'static str, class: &'static str| {
        let cell = move |of: fn(&Together) -> String| {
            move || {
                seen[network].with(|seen| {
                    seen.last()
                        .map_or("\u{2013}".to_owned(), |(_, together)| of(together))
                })
            }
        };
        view! {
            <tr data-run=class>
                <th scope="row"><span class=format!("swatch {class}")></span>{name}</th>
                <td data-cell="zeros">{cell(|seen| percent(seen.zeros))}</td>
                <td data-cell="mean">{cell(|seen| significant(seen.mean, 3))}</td>
                <td data-cell="correlation">{cell(|seen| significant(seen.mean_absolute, 3))}</td>
                <td data-cell="still">{cell(|seen| format!("{} of {}", seen.still, seen.units))}</td>
                <td data-cell="error">{cell(|seen| percent(seen.error))}</td>
                <td data-cell="halved">{cell(|seen| percent(seen.halved_error))}</td>
            </tr>
        }
    };
    view! {
        <div class="table" tabindex="0" role="region" aria-label="Hidden units of both networks">
            <table>
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">"zeros"</th>
                        <th scope="col">"mean activation"</th>
                        <th scope="col">"mean |r|"</th>
                        <th scope="col">"units that never change"</th>
                        <th scope="col">"error"</th>
                        <th scope="col">"error, half silenced"</th>
                    </tr>
                </thead>
                <tbody>
                    {row(0, "without dropout", "run-a")}
                    {row(1, "with dropout", "run-b")}
                </tbody>
            </table>
        </div>
        <p class="hint">"On the first 1,000 test digits, dropout off. For the last column a random half of the hidden units is silenced for each image and the others doubled, the same halves \
            in both networks."</p>
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
                <legend>"May change during a run"</legend>
                <Slider label="Dropout p" name="p" value=s.dropout scale=Scale::linear(0.0, 0.9, 0.05) default=DEFAULT.dropout class="run-b" />
                <Slider label="Learning rate" name="rate" value=s.rate scale=Scale::logarithmic(0.0001, 10.0, 10) default=DEFAULT.rate />
            </fieldset>
            <fieldset>
                <legend>"From the next start"</legend>
                <Slider label="Hidden units" name="width" value=s.width scale=Scale::whole_logarithmic(5.0, 300.0, 20) default=DEFAULT.width />
                <Slider label="Training images" name="images" value=s.images scale=Scale::whole_logarithmic(10.0, 5000.0, 20) default=DEFAULT.images />
            </fieldset>
            <fieldset>
                <legend>"Time, from the next start"</legend>
                <Slider label="Epochs" name="epochs" value=s.epochs scale=Scale::whole_logarithmic(1.0, 200.0, 20) default=DEFAULT.epochs />
                <Slider label="Seed" name="seed" value=s.seed scale=Scale::linear(0.0, 999.0, 1.0) default=DEFAULT.seed />
            </fieldset>
        </div>
    }
}
