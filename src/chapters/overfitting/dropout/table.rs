//! The numbers behind the curves, as a table.

use leptos::prelude::*;

use crate::lab::client::{Client, Status};
use crate::lab::message::{Point, RunState};
use crate::ui::number::{grouped, percent, significant};
use crate::ui::twin_curves::Quantity;

/// One row a run: where it is, loss and error on both sets, gaps, best epochs.
#[component]
pub fn Numbers(
    /// The runs with their names and colour classes.
    runs: Vec<(Client, &'static str, &'static str)>,
) -> impl IntoView {
    let rows = runs.into_iter().map(|(client, name, class)| {
        let last = Memo::new(move |_| client.points.with(|points| points.last().copied()));
        let cell = move |of: fn(&Point) -> String| move || last.with(|last| last.as_ref().map_or("\u{2013}".to_owned(), of));
        let best = move |quantity: Quantity| {
            move || {
                client.points.with(|points| {
                    quantity.best(points).map_or("\u{2013}".to_owned(), |point| significant(point.epoch, 4))
                })
            }
        };
        view! {
            <tr data-run=class>
                <th scope="row"><span class=format!("swatch {class}")></span>{name}</th>
                <td data-cell="epoch">{move || significant(client.place.get().epoch, 4)}</td>
                <td data-cell="training-loss">{cell(|point| format!("{:.3}", point.training.loss))}</td>
                <td data-cell="test-loss">{cell(|point| format!("{:.3}", point.test.loss))}</td>
                <td data-cell="loss-gap">{cell(|point| format!("{:.3}", point.test.loss - point.training.loss))}</td>
                <td data-cell="training-error">{cell(|point| percent(point.training.error))}</td>
                <td data-cell="test-error">{cell(|point| percent(point.test.error))}</td>
                <td data-cell="error-gap">{cell(|point| percent(point.test.error - point.training.error))}</td>
                <td data-cell="best-loss">{best(Quantity::Loss)}</td>
                <td data-cell="best-error">{best(Quantity::Error)}</td>
            </tr>
        }
    });
    view! {
        <div class="table" tabindex="0" role="region" aria-label="Numbers of both runs">
            <table>
                <thead>
                    <tr>
                        <td rowspan="2"></td>
                        <th rowspan="2" scope="col">"epoch"</th>
                        <th colspan="3" scope="colgroup">"loss"</th>
                        <th colspan="3" scope="colgroup">"classification error"</th>
                        <th colspan="2" scope="colgroup">"best epoch, test"</th>
                    </tr>
                    <tr>
                        <th scope="col">"training"</th><th scope="col">"test"</th><th scope="col">"gap"</th>
                        <th scope="col">"training"</th><th scope="col">"test"</th><th scope="col">"gap"</th>
                        <th scope="col">"by loss"</th><th scope="col">"by error"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// How a run ended, and its fingerprint.
#[component]
pub fn Ending(
    /// The run.
    client: Client,
    /// Its name in a sentence.
    name: &'static str,
    /// Where it stands in the row of runs, for tests.
    run: &'static str,
) -> impl IntoView {
    let text = move || {
        let Status::Run(state) = client.status.get() else {
            return String::new();
        };
        let parameters = client.parameters.get().map_or(String::new(), |count| {
            format!(" of {} parameters", grouped(count))
        });
        match state {
            RunState::Running | RunState::Diverged { .. } => String::new(),
            RunState::Paused => format!("{name}: paused."),
            RunState::Stopped => format!("{name}: stopped."),
            RunState::Completed { checksum } => {
                format!("{name}: done. Fingerprint{parameters}: {checksum:016x}.")
            }
            RunState::StoppedEarly {
                best_epoch,
                patience,
                checksum,
            } => format!(
                "{name}: stopped early, the validation error has not improved for {patience} epochs; it was best after epoch \
                 {best_epoch}. Fingerprint{parameters}: {checksum:016x}."
            ),
        }
    };
    view! { <p class="ending" data-ending=run>{text}</p> }
}
