//! 4.5 A smaller volume of parameters: L2, L1 and max-norm on two weights and on a network.

mod figures;
mod geometry;
mod settings;

use leptos::prelude::*;

pub use settings::ID;

use crate::lab::client::Client;
use crate::lab::download::Download;
use crate::lab::message::{Command, Weights};
use crate::ui::choice::Choice;
use crate::ui::divergence::Notices;
use crate::ui::number::{grouped, percent, significant};
use crate::ui::plot::{Plot, half_width};
use crate::ui::presets::Presets;
use crate::ui::slider::{Scale, Slider};
use crate::ui::transport::{Runs, Transport};
use crate::ui::twin_curves::{Names, Quantity, twin_chart};
use crate::ui::widget::Widget;
use figures::{History, histogram, history, prior, sentence, terms};
use settings::{DEFAULT, Kind, PRESETS, Settings};

const NAMES: Names = [("no penalty", "none"), ("penalty", "pen.")];
/// Settings of the plane: they decide no run.
const PLANE: &[&str] = &["w1", "w2", "strength", "radius", "flat", "angle"];

/// The plane of two weights, and the twin run.
#[component]
pub fn Penalties() -> impl IntoView {
    let download = expect_context::<Download>();
    let settings = Settings::declare();
    let s = settings;
    let a = Client::new("without penalty", download);
    let b = Client::new("with penalty", download);
    let recipes = Memo::new(move |_| settings.recipes());
    let runs = Runs::new(vec![a, b], recipes.into());
    runs.follow_in(1, move || Command::SetPenalties(settings.penalties()));
    let last_epoch = runs.epochs_shown(settings.epochs);
    let figure = move |quantity| twin_chart(quantity, NAMES, [a, b], last_epoch);
    let seen = [a, b].map(|client| Memo::new(move |_| client.observed.with(|seen| history(seen))));
    let [seen_a, seen_b] = seen;
    let weights = Memo::new(move |_| seen_a.with(|a| seen_b.with(|b| histogram([a, b]))));
    let parts = Memo::new(move |_| {
        b.points
            .with(|points| seen_b.with(|seen| terms(points, seen, last_epoch.get())))
    });
    // Of the run that is shown: the plane is free to look at another one.
    let kind = move || {
        runs.of_followed(|recipes| Some(Kind::of(&recipes.get(1)?.penalties)))
            .unwrap_or_else(|| Some(s.kind.get()))
    };
    let words = move || {
        a.points.with(|a| {
            b.points.with(|b| {
                seen_a.with(|of_a| seen_b.with(|of_b| sentence([a, b], [of_a, of_b], kind())))
            })
        })
    };
    let strength = move || match s.kind.get() {
        Kind::L2 => s.l2.get(),
        Kind::L1 => s.l1.get(),
        Kind::MaxNorm => s.bound.get(),
    };
    let belief = move || prior(s.kind.get(), strength(), s.images.get());
    let more = move || {
        view! {
            <Numbers seen />
            <Controls settings />
            <p class="finding" data-number="prior">{belief}</p>
        }
    };
    view! {
        <Widget id=ID title="L2 makes all weights small, L1 brings most of them to within 0.001 of 0" sentence=Signal::derive(words) more=more>
            <Choice label="Kept small by" name="kind" value=s.kind options=vec![
                (Kind::L2, "L2: \u{3bb}/2 \u{2211}w\u{b2}"),
                (Kind::L1, "L1: \u{3bb} \u{2211}|w|"),
                (Kind::MaxNorm, "max-norm: \u{2016}w\u{2016} \u{2264} c"),
            ] />
            <geometry::Geometry settings />
            <h3 class="apart">{move || format!("A network of {} weights", grouped((784 + 10) * s.width.get() as u64))}</h3>
            <Presets id=ID presets=PRESETS apart_from=PLANE runs />
            <div class="figures two">
                <Plot figure=figure(Quantity::Loss) name="penalty-loss" height=half_width />
                <Plot figure=figure(Quantity::Error) name="penalty-error" height=half_width />
                <Plot figure=weights name="weights" height=half_width />
                <Plot figure=parts name="penalty-terms" height=half_width />
            </div>
            <Transport runs />
            <Notices clients=vec![(a, "Without penalty", "a"), (b, "With penalty", "b")] />
        </Widget>
    }
}

/// The numbers behind the figures.
#[component]
fn Numbers(
    /// Sizes of the weights, epoch by epoch, without and with penalty.
    seen: [Memo<History>; 2],
) -> impl IntoView {
    let row = move |network: usize, name: &'static str, class: &'static str| {
        let cell = move |of: fn(&Weights) -> String| {
            move || {
                seen[network].with(|seen| {
                    seen.last()
                        .map_or("\u{2013}".to_owned(), |(_, weights)| of(weights))
                })
            }
        };
        view! {
            <tr data-run=class>
                <th scope="row"><span class=format!("swatch {class}")></span>{name}</th>
                <td data-cell="norm">{cell(|weights| significant(weights.squares.sqrt(), 3))}</td>
                <td data-cell="absolutes">{cell(|weights| significant(weights.absolutes, 3))}</td>
                <td data-cell="small">{cell(|weights| percent(weights.small as f64 / weights.count as f64))}</td>
                <td data-cell="longest">{cell(|weights| significant(weights.longest, 3))}</td>
                <td data-cell="penalty">{cell(|weights| significant(weights.penalty, 3))}</td>
            </tr>
        }
    };
    view! {
        <div class="table" tabindex="0" role="region" aria-label="Weights of both networks">
            <table>
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">"norm of all weights"</th>
                        <th scope="col">"\u{2211}|w|"</th>
                        <th scope="col">"below 0.001"</th>
                        <th scope="col">"longest incoming vector"</th>
                        <th scope="col">"penalty"</th>
                    </tr>
                </thead>
                <tbody>
                    {row(0, "without", "run-a")}
                    {row(1, "with", "run-b")}
                </tbody>
            </table>
        </div>
    }
}

/// Settings of the twin run.
#[component]
fn Controls(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let s = settings;
    let other = move |kind: Kind| move || s.kind.get() != kind;
    view! {
        <div class="controls groups">
            <fieldset>
                <legend>"May change during a run"</legend>
                <div hidden=other(Kind::L2)>
                    <Slider label="L2 penalty \u{3bb}" name="l2" value=s.l2 scale=Scale::logarithmic_with_zero(1e-5, 0.1, 10) default=DEFAULT.l2 class="run-b"
                        help="The loss grows by this times half the sum of squared weights" />
                </div>
                <div hidden=other(Kind::L1)>
                    <Slider label="L1 penalty \u{3bb}" name="l1" value=s.l1 scale=Scale::logarithmic_with_zero(1e-6, 0.01, 10) default=DEFAULT.l1 class="run-b"
                        help="The loss grows by this times the sum of absolute weights" />
                </div>
                <div hidden=other(Kind::MaxNorm)>
                    <Slider label="Bound c" name="bound" value=s.bound scale=Scale::logarithmic(0.1, 10.0, 20) default=DEFAULT.bound class="run-b"
                        help="Longest vector of incoming weights that a unit may have; a longer one is shrunk after each step" />
                </div>
            </fieldset>
            <fieldset>
                <legend>"From the next start"</legend>
                <Slider label="Training images" name="images" value=s.images scale=Scale::whole_logarithmic(10.0, 5000.0, 20) default=DEFAULT.images />
                <Slider label="Hidden units" name="width" value=s.width scale=Scale::whole_logarithmic(5.0, 500.0, 20) default=DEFAULT.width />
            </fieldset>
            <fieldset>
                <legend>"Time, from the next start"</legend>
                <Slider label="Epochs" name="epochs" value=s.epochs scale=Scale::whole_logarithmic(1.0, 200.0, 20) default=DEFAULT.epochs />
                <Slider label="Seed" name="seed" value=s.seed scale=Scale::linear(0.0, 999.0, 1.0) default=DEFAULT.seed />
            </fieldset>
        </div>
    }
}
