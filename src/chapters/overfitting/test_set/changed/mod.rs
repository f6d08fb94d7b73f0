//! 4.3 The world changes: the error of a network that stays as it is, on test digits that come otherwise.

mod digits_today;
mod figures;
mod settings;

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;

pub use settings::ID;

use super::super::reading::Reader;
use crate::data::split::Part;
use crate::lab::client::{Client, Status};
use crate::lab::download::{Download, Progress};
use crate::lab::message::{Command, Measures, RunState};
use crate::lab::study::{Change, Condition, StudiedNetwork, Study};
use crate::ui::plot::Plot;
use crate::ui::presets::Presets;
use crate::ui::slider::{Scale, Slider};
use crate::ui::toggle::Toggle;
use crate::ui::transport::Loading;
use crate::ui::twin_curves::Quantity;
use crate::ui::widget::Widget;
use figures::Measured;
use settings::{PRESETS, REACH, Settings};

/// A slider that rests this long has come to where it was meant to.
const REST: Duration = Duration::from_millis(150);
/// Where the noise comes from.
const NOISE_SEED: u64 = 1;

/// Reported and present numbers, and the digits as they come today.
#[component]
pub fn Changed() -> impl IntoView {
    let download = expect_context::<Download>();
    download.ask();
    let settings = Settings::declare();
    let reader = Reader::new();
    let client = Client::new("test digits of a changed world", download);
    let measured = RwSignal::new(None::<Measured>);
    let asked = StoredValue::new(Change::default());
    let images = Part::Test.range().len();
    measure_at_rest(settings, reader, client, asked, measured);

    let bars = move |quantity: Quantity| {
        Memo::new(move |_| {
            measured.with(|measured| figures::bars(quantity, measured.as_ref(), images))
        })
    };
    let words = move || measured.with(|measured| figures::sentence(measured.as_ref(), images));
    let busy = move || client.status.get().is_live();
    let state = move || match client.status.get() {
        Status::Failed => client.problem.get(),
        _ if busy() => "measuring".to_owned(),
        Status::Run(RunState::Stopped) => {
            "stopped; change the world again to measure it".to_owned()
        }
        _ => String::new(),
    };
    let more = move || {
        view! {
            <div class="controls groups">
                <fieldset>
                    <Slider label="To the right" name="right" value=settings.right scale=Scale::linear(-REACH, REACH, 1.0) default=0.0 unit="pixels" />
                    <Slider label="Down" name="down" value=settings.down scale=Scale::linear(-REACH, REACH, 1.0) default=0.0 unit="pixels" />
                    <Slider label="Turned" name="rotation" value=settings.rotation scale=Scale::linear(-180.0, 180.0, 1.0) default=0.0 unit="\u{b0}" />
                </fieldset>
                <fieldset>
                    <Slider label="Noise" name="noise" value=settings.noise scale=Scale::linear(0.0, 1.0, 0.05) default=0.0
                        help="Standard deviation of normal noise on each pixel; paper is 0, ink 1" />
                    <Toggle label="White on black" name="inverted" value=settings.inverted />
                </fieldset>
            </div>
            <digits_today::DigitsToday settings reader seed=NOISE_SEED />
        }
    };
    view! {
        <Widget id=ID title="The world changes, the reported error stands still" sentence=Signal::derive(words) more=more>
            <Presets id=ID presets=PRESETS settings=Signal::derive(move || { settings.change(); }) />
            <div class="figures two">
                <Plot figure=bars(Quantity::Error) name="changed-error" height=|_| 96.0 />
                <Plot figure=bars(Quantity::Loss) name="changed-loss" height=|_| 96.0 />
            </div>
            <p class="hint">"\u{b1} is twice the standard deviation of an error counted on 4,000 digits."</p>
            <div class="measuring">
                <progress max="1" prop:value=move || client.place.get().done hidden=move || !busy() aria-label="Share of the test digits that is measured"></progress>
                <button type="button" hidden=move || !busy() on:click=move |_| client.send(&Command::Stop)>"Stop"</button>
                <span class="time" role="status">{state}</span>
            </div>
            <Loading download />
        </Widget>
    }
}

/// Measures the network on changed digits whenever the settings have come to rest; untouched settings ask for nothing.
fn measure_at_rest(
    settings: Settings,
    reader: Reader,
    client: Client,
    asked: StoredValue<Change>,
    measured: RwSignal<Option<Measured>>,
) {
    let digits = expect_context::<Download>();
    let ready = Memo::new(move |_| {
        digits.progress.get() == Progress::Ready && reader.weights.progress.get() == Progress::Ready
    });
    let change = Memo::new(move |_| settings.change());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let start = move || {
        let Some(bytes) = reader.weights.bytes() else {
            return;
        };
        let change = change.get_untracked();
        asked.set_value(change);
        client.study(Study {
            network: StudiedNetwork::Sheet(bytes.to_vec()),
            images: Part::Test.range().len() as u32,
            conditions: conditions(change, measured.get_untracked().is_some()),
            seed: NOISE_SEED,
        });
    };
    Effect::new(move |_| {
        let change = change.get();
        let before = untrack(|| measured.get());
        let known = before.is_some_and(|before| before.change == change);
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        if !ready.get() || known || (before.is_none() && change == Change::default()) {
            return;
        }
        timer.set_value(set_timeout_with_handle(start, REST).ok());
    });
    Effect::watch(
        move || client.status.get(),
        move |status, _, _| {
            if !matches!(status, Status::Run(RunState::Completed { .. })) {
                return;
            }
            let studied = client.studied.get_untracked();
            let reported = measured.get_untracked().map(|measured| measured.reported);
            if let Some((reported, now)) = read(&studied, reported) {
                measured.set(Some(Measured {
                    reported,
                    change: asked.get_value(),
                    now,
                }));
            }
        },
        false,
    );
}

/// What has to be measured: the unchanged digits only while nobody knows them.
fn conditions(change: Change, reported: bool) -> Vec<Condition> {
    let of = |change| Condition {
        change,
        ..Condition::default()
    };
    match reported {
        true => vec![of(change)],
        false => vec![Condition::default(), of(change)],
    }
}

/// Reported and present measures from what a study of [`conditions`] measured.
fn read(studied: &[Measures], reported: Option<Measures>) -> Option<(Measures, Measures)> {
    match (studied, reported) {
        ([now], Some(reported)) => Some((reported, *now)),
        ([reported, now], None) => Some((*reported, *now)),
        _ => None,
    }
}
