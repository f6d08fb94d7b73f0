//! Small goals: what the reader brings about, checked against the start and ticked with numbers.

use leptos::prelude::*;

use super::figures::{Samples, percent_wrong};
use super::settings::Settings;
use crate::figures::numerals::fixed;
use crate::theory::loss_and_error::{Goal, START, mean_loss, mistakes};

fn asked(goal: Goal) -> &'static str {
    match goal {
        Goal::SameErrorDoubleLoss => "Same error, double loss",
        Goal::LowerLossHigherError => "Lower loss, higher error",
        Goal::HigherLossLowerError => "Higher loss, lower error",
    }
}

/// Name of a goal for tests.
fn slug(goal: Goal) -> &'static str {
    match goal {
        Goal::SameErrorDoubleLoss => "double",
        Goal::LowerLossHigherError => "lower-loss",
        Goal::HigherLossLowerError => "higher-loss",
    }
}

/// Loss and error at the start and when a goal was reached.
pub fn reached_with(samples: &Samples) -> String {
    format!(
        "reached: loss {} \u{2192} {}, error {}\u{a0}% \u{2192} {}\u{a0}%",
        fixed(mean_loss(&START), 3),
        fixed(mean_loss(samples), 3),
        percent_wrong(mistakes(&START)),
        percent_wrong(mistakes(samples)),
    )
}

/// The goals, each ticked when it is reached first; back at the start all are open again.
#[component]
pub fn Goals(
    /// The settings.
    settings: Settings,
    /// What is said now.
    samples: Memo<Samples>,
) -> impl IntoView {
    let ticked = Goal::ALL.map(|_| RwSignal::new(None::<Samples>));
    Effect::new(move |_| {
        let now = samples.get();
        for (goal, ticked) in Goal::ALL.into_iter().zip(ticked) {
            if now == START {
                ticked.set(None);
            } else if goal.is_reached(&START, &now) && ticked.with_untracked(Option::is_none) {
                ticked.set(Some(now));
            }
        }
    });
    let items = Goal::ALL.into_iter().zip(ticked).map(|(goal, ticked)| {
        let done = move || ticked.with(Option::is_some);
        let said = move || {
            ticked.with(|ticked| {
                ticked.as_ref().map_or("not reached yet".to_owned(), reached_with)
            })
        };
        view! {
            <li data-goal=slug(goal) class:reached=done>
                <span class="tick" aria-hidden="true">{move || if done() { "\u{2713}" } else { "\u{25cb}" }}</span>
                <span class="asked">{asked(goal)}</span>
                <span class="state" role="status">{said}</span>
                <button type="button" on:click=move |_| settings.set(&goal.one_way())>"Show one way"</button>
            </li>
        }
    });
    view! {
        <section class="goals" aria-label="Goals">
            <h3>"Can you make it so?"</h3>
            <ul>{items.collect_view()}</ul>
        </section>
    }
}
