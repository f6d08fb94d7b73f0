//! 4.1 The training panel: two runs that differ in one thing, dropout.

mod controls;
mod figures;
mod samples;
mod settings;
mod table;

use leptos::prelude::*;

pub use samples::Samples;
pub use settings::ID;

use crate::lab::client::Client;
use crate::lab::download::Download;
use crate::lab::message::Command;
use crate::ui::divergence::Notices;
use crate::ui::plot::Plot;
use crate::ui::presets::Presets;
use crate::ui::transport::{Runs, Transport};
use crate::ui::twin_curves::{Names, Quantity, curves};
use crate::ui::widget::Widget;
use figures::sentence;
use settings::{PRESETS, Settings};

const NAMES: Names = [("no dropout", "none"), ("dropout", "drop")];

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
    send_changes(settings, runs, b);

    let epochs = Memo::new(move |_| {
        runs.started_epochs()
            .unwrap_or_else(|| settings.epochs.get())
    });
    let figure = move |quantity: Quantity| {
        Memo::new(move |_| {
            a.points.with(|a| {
                b.points
                    .with(|b| curves(quantity, NAMES, [a, b], settings.axes.get(), epochs.get()))
            })
        })
    };
    let words = move || {
        a.points.with(|a| {
            b.points
                .with(|b| sentence(a, b, settings.dropout.get(), "without dropout"))
        })
    };

    let more = move || {
        view! {
            <table::Numbers runs=vec![(a, "without dropout", "run-a"), (b, "with dropout", "run-b")] />
            <controls::Controls settings runs />
            <samples::Samples images=settings.images noise=settings.noise seed=settings.seed />
            <div class="endings" role="status">
                <table::Ending client=a name="Without dropout" run="a" />
                <table::Ending client=b name="With dropout" run="b" />
            </div>
        }
    };

    view! {
        <Widget id=ID title="Dropout makes training harder, and the test error smaller" sentence=Signal::derive(words) more=more>
            <Presets id=ID presets=PRESETS apart_from=&["axes"] runs />
            <div class="figures two">
                <Plot figure=figure(Quantity::Loss) name="dropout-loss" height=plot_height />
                <Plot figure=figure(Quantity::Error) name="dropout-error" height=plot_height />
            </div>
            <Transport runs />
            <Notices clients=vec![(a, "Without dropout", "a"), (b, "With dropout", "b")] />
        </Widget>
    }
}

fn plot_height(width: f64) -> f64 {
    (0.66 * width).clamp(240.0, 360.0)
}

/// Learning rate, p and penalties reach a run under way from its next mini-batch on.
fn send_changes(settings: Settings, runs: Runs, with_dropout: Client) {
    let followed = move || untrack(|| runs.follow_settings());
    runs.follow_rate(settings.rate);
    Effect::watch(
        move || settings.dropout.get(),
        move |p, _, _| {
            if followed() {
                with_dropout.send(&Command::SetDropout(*p as f32))
            }
        },
        false,
    );
    Effect::watch(
        move || settings.penalties(),
        move |penalties, _, _| {
            if followed() {
                runs.send(&Command::SetPenalties(*penalties))
            }
        },
        false,
    );
}
