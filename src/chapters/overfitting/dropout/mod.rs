//! 4.1 The training panel: two runs that differ in one thing, dropout.

mod controls;
mod figures;
mod mistakes;
mod samples;
mod settings;
mod table;

use leptos::prelude::*;

pub use samples::Samples;
pub use settings::ID;

use crate::figures::curves::Curves;
use crate::figures::palette::Role;
use crate::lab::client::Client;
use crate::lab::download::Download;
use crate::lab::message::{Command, Point};
use crate::ui::divergence::Notices;
use crate::ui::plot::Plot;
use crate::ui::presets::Presets;
use crate::ui::seeds::{PerSeed, SeedButtons, Seeds, band, verdict};
use crate::ui::transport::{Runs, Transport};
use crate::ui::twin_curves::{Names, Quantity, RunCurves, curves_of};
use crate::ui::widget::Widget;
use figures::sentence;
use settings::{PRESETS, Panels, Settings, VIEW};

const NAMES: Names = [("no dropout", "none"), ("dropout", "drop")];

/// Places of the two runs.
const A: usize = 0;
const B: usize = 1;

/// The twin run with all its controls.
#[component]
pub fn DropoutTwin() -> impl IntoView {
    let download = expect_context::<Download>();
    let settings = Settings::declare();
    let (a, b) = (
        Client::new("without dropout", download),
        Client::new("with dropout", download),
    );
    let recipes = Memo::new(move |_| settings.recipes());
    let runs = Runs::new(vec![a, b], recipes.into());
    let seeds = Seeds::follow(runs, settings.seed, settings.shown);
    send_changes(settings, runs);

    let p = move || runs.dropout_followed(B, settings.dropout);
    let words = move || {
        a.points
            .with(|a| b.points.with(|b| sentence(a, b, p(), "without dropout")))
    };
    let together = move || {
        seeds
            .kept
            .with(|kept| verdict(kept, ["without dropout", "with dropout"]))
    };

    let more = move || {
        view! {
            <p class="finding" role="status" data-number="seeds">{together}</p>
            <table::Numbers runs=vec![(a, "without dropout", "run-a"), (b, "with dropout", "run-b")] />
            <PerSeed seeds names=["without dropout", "with dropout"] />
            <controls::Controls settings runs />
            <samples::Samples images=settings.images noise=settings.noise seed=settings.seed />
            <mistakes::Mistakes settings clients=[a, b] p=Signal::derive(p) />
            <div class="endings" role="status">
                <table::Ending client=a name="Without dropout" run="a" />
                <table::Ending client=b name="With dropout" run="b" />
            </div>
        }
    };

    view! {
        <Widget id=ID title="Dropout makes training harder, and the test error smaller" sentence=Signal::derive(words) more=more>
            <Presets id=ID presets=PRESETS apart_from=VIEW runs />
            <Panes settings runs seeds />
            <Transport runs />
            <SeedButtons seeds />
            <controls::Views settings />
            <Notices clients=vec![(a, "Without dropout", "a"), (b, "With dropout", "b")] />
        </Widget>
    }
}

/// Loss and error, of both runs together or of each on its own.
#[component]
fn Panes(
    /// The settings.
    settings: Settings,
    /// The runs.
    runs: Runs,
    /// Their seeds.
    seeds: Seeds,
) -> impl IntoView {
    let epochs = runs.epochs_shown(settings.epochs);
    let pane = move |quantity: Quantity, shown: &'static [usize]| {
        Memo::new(move |_| figure(settings, runs, seeds, quantity, shown, epochs.get()))
    };
    let panes = move || {
        match settings.panels.get() {
        Panels::Shared => view! {
            <Plot figure=pane(Quantity::Loss, &[A, B]) name="dropout-loss" height=plot_height />
            <Plot figure=pane(Quantity::Error, &[A, B]) name="dropout-error" height=plot_height />
        }
        .into_any(),
        Panels::Separate => view! {
            <Plot figure=pane(Quantity::Loss, &[A]) name="loss-without-dropout" height=plot_height />
            <Plot figure=pane(Quantity::Loss, &[B]) name="loss-with-dropout" height=plot_height />
            <Plot figure=pane(Quantity::Error, &[A]) name="error-without-dropout" height=plot_height />
            <Plot figure=pane(Quantity::Error, &[B]) name="error-with-dropout" height=plot_height />
        }
        .into_any(),
    }
    };
    view! { <div class="figures two">{panes}</div> }
}

/// One quantity of the runs in `shown`: their latest curves, or median and range over seeds.
fn figure(
    settings: Settings,
    runs: Runs,
    seeds: Seeds,
    quantity: Quantity,
    shown: &[usize],
    epochs: f64,
) -> Curves {
    let axes = settings.axes.get();
    let clients = runs.clients();
    let points: Vec<Vec<Point>> = shown
        .iter()
        .map(|&index| clients[index].points.get())
        .collect();
    let former: Vec<Vec<Vec<Point>>> = shown.iter().map(|&index| seeds.former(index)).collect();
    let former: Vec<Vec<&[Point]>> = former
        .iter()
        .map(|runs| runs.iter().map(Vec::as_slice).collect())
        .collect();
    let curves: Vec<RunCurves<'_>> = (0..shown.len())
        .map(|place| RunCurves {
            points: &points[place],
            former: &former[place],
            role: Role::nth(shown[place]),
            name: NAMES[shown[place]].0,
            short: NAMES[shown[place]].1,
        })
        .collect();
    if seeds.together() {
        return seeds
            .kept
            .with(|kept| band(quantity, &curves, shown, kept, axes, epochs));
    }
    curves_of(quantity, &curves, axes, epochs)
}

fn plot_height(width: f64) -> f64 {
    (0.66 * width).clamp(240.0, 360.0)
}

/// Learning rate, p, penalties and what is measured reach a run under way from its next mini-batch on.
fn send_changes(settings: Settings, runs: Runs) {
    runs.follow_rate(settings.rate);
    runs.follow_in(
        B,
        move || Command::SetDropout(settings.dropout.get() as f32),
    );
    runs.follow(move || Command::SetPenalties(settings.penalties()));
    Effect::watch(
        move || settings.learning.get(),
        move |on, _, _| runs.send(&Command::MeasureLearning(*on)),
        false,
    );
}
