//! When a run's loss left the numbers: what happened, why, and the way back.

use leptos::prelude::*;

use crate::lab::client::{Client, Status};
use crate::lab::message::{Command, RunState};
use crate::ui::number::significant;

/// A notice for each run that diverged.
#[component]
pub fn Notices(
    /// The runs with their names and marks.
    clients: Vec<(Client, &'static str, &'static str)>,
) -> impl IntoView {
    let notices = clients.into_iter().map(|(client, name, mark)| {
        move || {
            let Status::Run(RunState::Diverged { epoch, loss, last_good_epoch }) = client.status.get() else { return None };
            let seen = if loss.is_finite() { format!("rose to {}", significant(f64::from(loss), 3)) } else { "is not a number any more".to_owned() };
            Some(view! {
                <div class="note" data-diverged=mark>
                    <p>
                        {format!(
                            "{name}: after {} epochs the loss {seen}, so the run was stopped. The steps are too long for this network: \
                             lower the learning rate, or the penalties where there are any, then go back to the weights of epoch {last_good_epoch}, or start over.",
                            significant(epoch, 3),
                        )}
                    </p>
                    <button type="button" on:click=move |_| client.send(&Command::ReturnToLastGood)>
                        {format!("Back to epoch {last_good_epoch}")}
                    </button>
                </div>
            })
        }
    });
    view! { <div class="notices" role="alert">{notices.collect_view()}</div> }
}
