//! Run, pause, one mini-batch, one epoch, start over, stop: the buttons of one or more training runs.

mod runs;

use leptos::prelude::*;

pub use runs::{Runs, try_device};

use crate::lab::client::Status;
use crate::lab::download::{Download, Progress};
use crate::lab::message::{Command, Drive};
use crate::ui::number;

/// The buttons, the progress bar and what went wrong.
#[component]
pub fn Transport(
    /// The runs that the buttons move.
    runs: Runs,
) -> impl IntoView {
    let download = expect_context::<Download>();
    download.ask();
    runs.keep_pace();
    let ready = move || download.progress.get() == Progress::Ready;
    let refused = move || {
        runs.recipes
            .with(|recipes| recipes.as_ref().err().map(ToString::to_string))
    };
    let blocked = move || !ready() || (refused().is_some() && !runs.live());
    let main = move || match (runs.running(), runs.live()) {
        (true, _) => "Pause",
        (false, true) => "Go on",
        (false, false) => "Run",
    };
    let press_main = move |_| {
        let drive = if untrack(|| runs.running()) {
            Drive::Pause
        } else {
            Drive::Run
        };
        runs.drive(drive);
    };
    let clients = runs.clients.get_value();
    let estimate = move || runs.estimate();
    let lasting = clients.clone();
    let done = move || {
        let sum: f64 = lasting.iter().map(|client| client.place.get().done).sum();
        sum / lasting.len() as f64
    };
    let timed = clients.clone();
    let time = move || {
        let left = timed
            .iter()
            .filter_map(|client| client.place.get().seconds_left())
            .fold(None, |most, seconds| Some(seconds.max(most.unwrap_or(0.0))));
        match (runs.live(), left, estimate()) {
            (true, Some(left), _) => {
                format!("{} left", number::duration(left + runs.seconds_after()))
            }
            (true, None, _) => "starting".to_owned(),
            (false, _, Some(seconds)) => number::takes(seconds),
            (false, _, None) => String::new(),
        }
    };
    let problems = move || {
        let failed = clients
            .iter()
            .filter(|client| client.status.get() == Status::Failed);
        failed
            .map(|client| client.problem.get())
            .chain(refused())
            .collect::<Vec<_>>()
    };
    let bar = done.clone();

    view! {
        <div class="transport" role="group" aria-label="Training">
            <button type="button" class="run" disabled=blocked on:click=press_main>{main}</button>
            <button type="button" disabled=move || blocked() || runs.running() on:click=move |_| runs.drive(Drive::OneBatch)
                title="Train on one mini-batch, then measure and pause">"One mini-batch"</button>
            <button type="button" disabled=move || blocked() || runs.running() on:click=move |_| runs.drive(Drive::OneEpoch)
                title="Train to the end of the epoch, then pause">"One epoch"</button>
            <button type="button" disabled=move || blocked() || !runs.begun() on:click=move |_| runs.start(Drive::Run)
                title="Begin again with the present settings">"Start over"</button>
            <button type="button" disabled=move || !runs.live() on:click=move |_| runs.send(&Command::Stop)
                title="End the run; what was measured stays until the next start">"Stop"</button>
            <progress max="1" prop:value=bar aria-label="Share of the run that is done"></progress>
            <span class="time">{time}</span>
        </div>
        <Loading download />
        <div role="alert" class="problems">
            {move || problems().into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
        </div>
    }
}

/// A download while it lasts, and what to do when it failed.
#[component]
pub fn Loading(
    /// Of which file.
    download: Download,
) -> impl IntoView {
    let size = download.file.size;
    let holds = download.file.holds;
    move || match download.progress.get() {
        Progress::Unasked | Progress::Ready => ().into_any(),
        Progress::Loading { received } => view! {
            <p class="loading">
                <label>"Loading "{holds}" "
                    <progress max=size value=received></progress>
                </label>
            </p>
        }
        .into_any(),
        Progress::Failed => view! {
            <p class="loading" role="alert">
                {download.problem.get()}" "
                <button type="button" on:click=move |_| download.ask()>"Try again"</button>
            </p>
        }
        .into_any(),
    }
}
