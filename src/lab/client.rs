//! The page's end of a training run: starts the worker, sends commands, turns reports into signals.

mod status;

pub use status::{Place, Status};

use leptos::leptos_dom::helpers::{IntervalHandle, set_interval_with_handle};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker};

use super::download::Download;
use super::message::{
    Command, Drive, Measures, Observed, Point, Report, RunId, RunState, decode, encode,
};
use super::recipe::ValidRecipe;
use super::study::Study;
use super::study::ensemble::Ensemble;

#[wasm_bindgen]
extern "C" {
    /// Offered by `assets/boot.js`: a worker with the module that this page runs.
    #[wasm_bindgen(js_namespace = softstep)]
    fn spawn_worker(name: &str) -> Worker;
}

/// A training worker that says nothing for this long while a run goes on is taken for dead, milliseconds.
const SILENCE_MS: f64 = 10_000.0;

/// One run at a time in one worker. Dropping the owner of the signals ends the worker.
#[derive(Clone, Copy)]
pub struct Client {
    /// What the run is doing.
    pub status: RwSignal<Status>,
    /// What went wrong, for the reader of the page.
    pub problem: RwSignal<String>,
    /// Where the run is.
    pub place: RwSignal<Place>,
    /// Everything measured so far.
    pub points: RwSignal<Vec<Point>>,
    /// What the recipe's observation saw, with its epoch, by ascending epoch. Of [`Observed::Outputs`] and
    /// [`Observed::Parameters`] the latest only: they are large.
    pub observed: RwSignal<Vec<(f64, Observed)>>,
    /// What a study measured, one for each condition that is done, in their order; or an ensemble.
    pub studied: RwSignal<Vec<Measures>>,
    /// Weights and biases of the run's network.
    pub parameters: RwSignal<Option<u64>>,
    name: &'static str,
    download: Download,
    inner: StoredValue<Inner, LocalStorage>,
}

#[derive(Default)]
struct Inner {
    worker: Option<Live>,
    run: RunId,
    last_heard_ms: f64,
    watch: Option<IntervalHandle>,
}

/// A worker with the closures that listen to it.
struct Live {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Drop for Live {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Client {
    /// A client without a worker: the first start brings one. `name` is the run's name in messages and the worker's in the
    /// browser's tools.
    pub fn new(name: &'static str, download: Download) -> Self {
        let client = Self {
            status: RwSignal::new(Status::Idle),
            problem: RwSignal::new(String::new()),
            place: RwSignal::new(Place::default()),
            points: RwSignal::new(Vec::new()),
            observed: RwSignal::new(Vec::new()),
            studied: RwSignal::new(Vec::new()),
            parameters: RwSignal::new(None),
            name,
            download,
            inner: StoredValue::new_local(Inner::default()),
        };
        let inner = client.inner;
        on_cleanup(move || {
            // The store may be gone already when the whole page closes.
            inner.try_update_value(|inner| {
                inner.worker = None;
                if let Some(watch) = inner.watch.take() {
                    watch.clear();
                }
            });
        });
        client
    }

    /// Starts a run; an earlier one is forgotten. Without the digits nothing happens.
    pub fn start(self, recipe: &ValidRecipe, drive: Drive) {
        let recipe = Box::new(recipe.recipe().clone());
        self.order(|run| Command::Start { run, recipe, drive });
    }

    /// Starts a study; an earlier run is forgotten. Without the digits nothing happens.
    pub fn study(self, study: Study) {
        let study = Box::new(study);
        self.order(|run| Command::Study { run, study });
    }

    /// Starts to average thinned networks; an earlier run is forgotten. Without the digits nothing happens.
    pub fn ensemble(self, ensemble: Ensemble) {
        let ensemble = Box::new(ensemble);
        self.order(|run| Command::Ensemble { run, ensemble });
    }

    fn order(self, command: impl FnOnce(RunId) -> Command) {
        if let Some(run) = self.begin() {
            self.send(&command(run));
            self.watch();
        }
    }

    /// Forgets the earlier run and has a worker with the digits; the new run's number.
    fn begin(self) -> Option<RunId> {
        let bytes = self.download.bytes()?;
        self.status.set(Status::Preparing);
        self.problem.set(String::new());
        self.place.set(Place::default());
        self.points.set(Vec::new());
        self.observed.set(Vec::new());
        self.studied.set(Vec::new());
        self.parameters.set(None);
        let fresh = self.inner.with_value(|inner| inner.worker.is_none());
        if fresh {
            let live = self.spawn();
            self.inner.update_value(|inner| inner.worker = Some(live));
            self.send(&Command::Digits(bytes.to_vec()));
        }
        self.inner.try_update_value(|inner| {
            inner.run += 1;
            inner.run
        })
    }

    /// Sends a command about the present run; without a worker it does nothing.
    pub fn send(self, command: &Command) {
        self.inner.update_value(|inner| {
            inner.last_heard_ms = now();
            if let Some(live) = &inner.worker {
                let bytes = js_sys::Uint8Array::from(encode(command).as_slice());
                live.worker
                    .post_message(&bytes)
                    .expect("bytes can always be posted");
            }
        });
    }

    fn spawn(self) -> Live {
        let on_message = Closure::new(move |event: MessageEvent| self.hear(&event.data()));
        let on_error = Closure::new(move |event: ErrorEvent| {
            event.prevent_default();
            let message = event.message();
            self.fail(&format!(
                "The training worker stopped with an error: {message}"
            ));
        });
        let worker = spawn_worker(self.name);
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Live {
            worker,
            _on_message: on_message,
            _on_error: on_error,
        }
    }

    fn hear(self, data: &JsValue) {
        if let Some(panic) = data.as_string() {
            self.fail(&format!(
                "The training worker stopped with an error: {panic}"
            ));
            return;
        }
        self.inner.update_value(|inner| inner.last_heard_ms = now());
        match decode(&js_sys::Uint8Array::new(data).to_vec()) {
            Ok(report) => self.take(report),
            Err(_) => self.fail(
                "The page and its training worker are of different versions. Reload the page.",
            ),
        }
    }

    fn take(self, report: Report) {
        let current = self.inner.with_value(|inner| inner.run);
        match report {
            Report::Awake | Report::Ready => {}
            Report::Refused { run, message } if run.is_none_or(|run| run == current) => {
                self.fail(&message)
            }
            Report::Started {
                run, parameters, ..
            } if run == current => self.parameters.set(Some(parameters)),
            Report::Progress {
                run,
                epoch,
                batch_loss,
                training_ms,
                measuring_ms,
                done,
            } if run == current => {
                self.place.set(Place {
                    epoch,
                    batch_loss,
                    training_ms,
                    measuring_ms,
                    done,
                });
            }
            Report::Measured { run, point } if run == current => self.points.update(|points| {
                points.push(point);
            }),
            Report::Observed {
                run,
                epoch,
                observed,
            } if run == current => self.observed.update(|all| {
                if matches!(observed, Observed::Outputs(_) | Observed::Parameters(_)) {
                    all.clear();
                }
                all.push((epoch, observed));
            }),
            Report::Studied { run, measures, .. } if run == current => {
                self.studied.update(|studied| studied.push(measures));
            }
            Report::State { run, state } if run == current => {
                if let (
                    Status::Run(RunState::Diverged {
                        last_good_epoch, ..
                    }),
                    RunState::Paused,
                ) = (self.status.get_untracked(), state)
                {
                    let last = f64::from(last_good_epoch);
                    self.points
                        .update(|points| points.retain(|point| point.epoch <= last));
                    self.observed
                        .update(|all| all.retain(|(epoch, _)| *epoch <= last));
                }
                self.status.set(Status::Run(state));
            }
            // Reports of an earlier run that were still on their way.
            Report::Refused { .. }
            | Report::Started { .. }
            | Report::Progress { .. }
            | Report::Measured { .. }
            | Report::Observed { .. }
            | Report::Studied { .. }
            | Report::State { .. } => {}
        }
    }

    /// Ends the worker and says why; the next start brings a new one.
    fn fail(self, message: &str) {
        // Outside the update: dropping the worker may call back into this client.
        let dead = self
            .inner
            .try_update_value(|inner| (inner.worker.take(), inner.watch.take()));
        if let Some((_, Some(watch))) = &dead {
            watch.clear();
        }
        // A closure must not free itself while it runs.
        if let Some((Some(live), _)) = dead {
            set_timeout(move || drop(live), Duration::ZERO);
        }
        self.problem.set(format!(
            "The run \u{201c}{}\u{201d}: {message} What was measured is kept; press Start over to begin again.",
            self.name
        ));
        self.status.set(Status::Failed);
    }

    /// Looks every second whether a worker that should be training still speaks.
    fn watch(self) {
        let watching = self.inner.with_value(|inner| inner.watch.is_some());
        if watching {
            return;
        }
        let look = move || {
            let training = matches!(
                self.status.get_untracked(),
                Status::Preparing | Status::Run(RunState::Running)
            );
            let silent = self.inner.with_value(|inner| now() - inner.last_heard_ms);
            if training && silent > SILENCE_MS {
                let seconds = SILENCE_MS / 1000.0;
                self.fail(&format!(
                    "The training worker has not answered for {seconds} seconds."
                ));
            }
        };
        let handle = set_interval_with_handle(look, Duration::from_secs(1)).ok();
        self.inner.update_value(|inner| {
            inner.last_heard_ms = now();
            inner.watch = handle;
        });
    }
}

fn now() -> f64 {
    js_sys::Date::now()
}
