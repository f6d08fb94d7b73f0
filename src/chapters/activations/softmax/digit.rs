//! Logits of a real network: trained in a worker on a button, then asked about one test digit.

use leptos::prelude::*;

use super::super::notation::plain;
use super::settings::{CLASSES, MOST_DIGITS, Settings};
use crate::data::digits::{self, Digits};
use crate::data::split::Part;
use crate::figures::palette::Palette;
use crate::figures::raster::Raster;
use crate::lab::client::{Client, Status};
use crate::lab::download::{Download, Progress};
use crate::lab::message::{Drive, Observed, RunState};
use crate::lab::recipe::{Recipe, ValidRecipe};
use crate::theory::softmax::softmax;
use crate::ui::number::percent;
use crate::ui::pixels::Pixels;
use crate::ui::slider::{Scale, Slider, round_to};
use crate::ui::theme::Themes;

/// The network: small enough to be trained while one waits.
fn recipe() -> ValidRecipe {
    let recipe = Recipe::digit_reader();
    recipe.validate().expect("the recipe is valid")
}

/// A button that trains the network, then the digit that goes through it.
#[component]
pub fn FromDigit(
    /// The bench's settings: logits, right class, digit.
    settings: Settings,
) -> impl IntoView {
    let download = expect_context::<Download>();
    let themes = expect_context::<Themes>();
    download.ask();
    let client = Client::new("network that reads digits", download);
    // (image, class) of all test images.
    let outputs = Memo::new(move |_| {
        client.observed.with(|seen| match seen.last() {
            Some((_, Observed::Outputs(values))) => values.clone(),
            _ => Vec::new(),
        })
    });
    let trained = move || outputs.with(|outputs| !outputs.is_empty());
    let test = Memo::new(move |_| {
        let asked = trained() || settings.digit.get() > 0.0;
        (asked && download.progress.get() == Progress::Ready)
            .then(|| download.bytes())?
            .and_then(|bytes| digits::decode(&bytes).ok())
    });
    let chosen = move || (settings.digit.get() as usize).checked_sub(1);
    let logits = move || {
        let index = chosen()?;
        outputs.with(|outputs| logits_of(outputs, index))
    };

    // From the network into the bench, whenever it has learned more or another digit is chosen. A digit comes with its label.
    Effect::watch(
        move || (outputs.get(), settings.digit.get()),
        move |(outputs, digit), _, _| {
            if outputs.is_empty() {
                return;
            }
            let Some(index) = (*digit as usize).checked_sub(1) else {
                return;
            };
            if let Some(found) = logits_of(outputs, index) {
                for (logit, value) in settings.logits.iter().zip(found) {
                    logit.set(round_to(f64::from(value), 2));
                }
            }
            let label = test.with_untracked(|test| label_of(test.as_ref(), index));
            if let Some(label) = label {
                settings.label.set(f64::from(label));
            }
        },
        false,
    );
    let train = move |_| {
        if settings.digit.get_untracked() == 0.0 {
            settings.digit.set(1.0);
        }
        client.start(&recipe(), Drive::Run);
    };
    let busy = move || client.status.get().is_live();
    let next_mistake = move |_| {
        let from = settings.digit.get_untracked() as usize;
        let next = outputs.with_untracked(|outputs| {
            test.with_untracked(|test| next_mistake(outputs, test.as_ref()?, from))
        });
        if let Some(next) = next {
            settings.digit.set((next + 1) as f64);
        }
    };
    let raster = Memo::new(move |_| {
        let palette = Palette::of(themes.theme.get());
        test.with(|test| {
            let index = Part::Test.range().start + chosen()?;
            Some(Raster::of_image(
                test.as_ref()?.images.image(index),
                palette,
            ))
        })
    });
    let label = move || test.with(|test| label_of(test.as_ref(), chosen()?));
    let seen = move || label().map_or(String::new(), |label| format!("A handwritten {label}"));
    let words = move || {
        let error = client
            .points
            .with(|points| points.last().map(|point| point.test.error));
        sentence(logits(), label(), error)
    };
    view! {
        <fieldset class="from-digit">
            <legend>"Logits of a network"</legend>
            <div class="digit" hidden=move || raster.with(Option::is_none)>
                <Pixels raster description=Signal::derive(seen) />
            </div>
            <div class="asked">
                <div class="train">
                    <button type="button" disabled=move || busy() || download.progress.get() != Progress::Ready on:click=train>
                        {move || if trained() { "Train it again" } else { "Train a network" }}
                    </button>
                    <button type="button" disabled=move || !trained() || test.with(Option::is_none) on:click=next_mistake
                        title="The next test digit that the network gets wrong">"Next mistake"</button>
                    <progress max="1" prop:value=move || client.place.get().done aria-label="Share of the training that is done" hidden=move || !busy()></progress>
                </div>
                <div hidden=move || !trained()>
                    <Slider label="Test digit" name="digit" value=settings.digit scale=Scale::linear(0.0, MOST_DIGITS, 1.0) default=0.0
                        help="Which of the 4,000 test digits goes through the network; 0 for none" />
                </div>
                <p class="read">{words}</p>
                <p class="problem" role="alert">{move || if client.status.get() == Status::Failed { client.problem.get() } else { diverged(client.status.get()) }}</p>
            </div>
        </fieldset>
    }
}

fn logits_of(outputs: &[f32], index: usize) -> Option<Vec<f32>> {
    let start = index * CLASSES;
    outputs.get(start..start + CLASSES).map(<[f32]>::to_vec)
}

fn label_of(digits: Option<&Digits>, index: usize) -> Option<u8> {
    let labels = &digits?.labels;
    labels.get(Part::Test.range().start + index).copied()
}

fn winner(logits: &[f32]) -> usize {
    crate::engine::metrics::prediction(logits)
}

/// The first test digit from `from` on, round the end, that is predicted wrongly.
fn next_mistake(outputs: &[f32], digits: &Digits, from: usize) -> Option<usize> {
    let count = outputs.len() / CLASSES;
    let wrong = |index: usize| {
        let label = label_of(Some(digits), index).map(usize::from);
        logits_of(outputs, index).is_some_and(|logits| Some(winner(&logits)) != label)
    };
    (from..from + count)
        .map(|index| index % count)
        .find(|index| wrong(*index))
}

fn diverged(status: Status) -> String {
    match status {
        Status::Run(RunState::Diverged { .. }) => {
            "The training left the numbers; train it again.".to_owned()
        }
        _ => String::new(),
    }
}

fn sentence(logits: Option<Vec<f32>>, label: Option<u8>, error: Option<f64>) -> String {
    let (Some(logits), Some(label), Some(error)) = (logits, label, error) else {
        return "Train a network of 30 ReLU units on 1,000 digits, here and now, and let a digit that it has never seen set the logits."
            .to_owned();
    };
    let winner = winner(&logits);
    let p = f64::from(softmax(&logits)[winner]);
    let verdict = if winner == usize::from(label) {
        format!("It is a {label}.")
    } else {
        format!("It is a {label}: a mistake.")
    };
    format!(
        "The network takes this for a {winner}, with probability {}. {verdict} It errs on {} of the test digits.",
        plain(p),
        percent(error),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_owns_up_to_a_mistake() {
        let mut logits = vec![0.0; CLASSES];
        logits[4] = 30.0;
        let text = sentence(Some(logits.clone()), Some(9), Some(0.125));
        assert!(
            text.contains("takes this for a 4, with probability 1. It is a 9: a mistake."),
            "{text}"
        );
        assert!(
            sentence(Some(logits), Some(4), Some(0.125)).contains("It is a 4. It errs on 12.5 %")
        );
    }

    #[test]
    fn mistakes_are_found_round_the_end() {
        let digits =
            digits::decode(include_bytes!("../../../../assets/digits.idx.gz")).expect("whole");
        let labels = &digits.labels[Part::Test.range()];
        // Three digits, all read rightly but the second.
        let mut outputs = vec![0.0; 3 * CLASSES];
        for index in 0..3 {
            outputs[index * CLASSES + usize::from(labels[index])] = 1.0;
        }
        assert_eq!(next_mistake(&outputs, &digits, 0), None);
        outputs[CLASSES + (usize::from(labels[1]) + 1) % CLASSES] = 2.0;
        assert_eq!(next_mistake(&outputs, &digits, 0), Some(1));
        assert_eq!(next_mistake(&outputs, &digits, 2), Some(1));
    }
}
