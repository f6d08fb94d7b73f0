//! Maps switched off, and what that costs: the test error, measured in a worker.

use leptos::prelude::*;

use super::model::{Model, recipe};
use super::settings::{DIGITS, MAPS, Settings, numbers};
use crate::lab::client::{Client, Status};
use crate::lab::download::{Download, Progress};
use crate::lab::message::Measures;
use crate::lab::study::{Condition, StudiedNetwork, Study};
use crate::ui::number::{grouped, percent};

/// A switch for each map, and the test error without and with those that are off.
#[component]
pub fn Silencing(
    /// The settings.
    settings: Settings,
    /// The network.
    model: Model,
) -> impl IntoView {
    let download = expect_context::<Download>();
    let client = Client::new("test error without some maps", download);
    // While the network learns there is no one network to be measured.
    Effect::new(move |_| {
        let silent = settings.silent.with(|silent| numbers(silent));
        let idle = download.progress.get() == Progress::Ready && !model.training();
        let network = if idle { model.whole.get() } else { None };
        if let (false, Some(network)) = (silent.is_empty(), network) {
            let without = Condition {
                silent_maps: silent.iter().map(|map| *map as u32 - 1).collect(),
                ..Condition::default()
            };
            client.study(Study {
                network: StudiedNetwork::Parameters {
                    recipe: Box::new(recipe()),
                    parameters: network.parameters(),
                },
                images: DIGITS as u32,
                conditions: vec![Condition::default(), without],
                seed: 0,
            });
        }
    });
    let toggle = move |map: usize| settings.silent.update(|silent| silent[map] = !silent[map]);
    let buttons = (0..MAPS).map(|map| {
        let off = move || settings.silent.with(|silent| silent[map]);
        view! {
            <button type="button" data-map=map + 1 aria-pressed=move || off().to_string()
                aria-label=format!("Switch map {} off", map + 1) on:click=move |_| toggle(map)>{map + 1}</button>
        }
    });
    let all = move |off: bool| settings.silent.set(vec![off; MAPS]);
    let words = move || {
        let silent = settings.silent.with(|silent| numbers(silent));
        if client.status.get() == Status::Failed {
            return client.problem.get();
        }
        client
            .studied
            .with(|studied| error_words(&silent, studied, model.training()))
    };
    view! {
        <fieldset class="silencing">
            <legend>"Switch maps off"</legend>
            <div class="switches">{buttons.collect_view()}</div>
            <div class="all">
                <button type="button" on:click=move |_| all(false)>"All on"</button>
                <button type="button" on:click=move |_| all(true)>"All off"</button>
            </div>
            <p class="test-error" role="status">{words}</p>
        </fieldset>
    }
}

/// The test error in words. `studied` holds the measures of the whole network, then those without the silent maps.
fn error_words(silent: &[usize], studied: &[Measures], training: bool) -> String {
    if silent.is_empty() {
        return "A map that is off is 0 everywhere. The probabilities answer at once, the test error a moment later.".to_owned();
    }
    if training {
        return "The test error is measured when the training has ended.".to_owned();
    }
    let off = match silent.len() {
        1 => format!("map {} off", silent[0]),
        MAPS => "all maps off".to_owned(),
        count => format!("{count} maps off"),
    };
    let count = grouped(DIGITS as u64);
    match studied {
        [whole, without, ..] => format!(
            "On {count} test digits the error is {} with all maps and {} with {off}.",
            percent(whole.error),
            percent(without.error)
        ),
        _ => format!("Measuring {count} test digits with {off}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_named_with_what_it_was_measured_of() {
        let measures = |error| Measures { loss: 0.1, error };
        let both = [measures(0.018), measures(0.25)];
        assert_eq!(
            error_words(&[3], &both, false),
            "On 4,000 test digits the error is 1.8 % with all maps and 25.0 % with map 3 off."
        );
        assert!(error_words(&[1, 2], &both[..1], false).starts_with("Measuring"));
        assert!(error_words(&[1, 2], &both, true).contains("when the training has ended"));
    }
}
