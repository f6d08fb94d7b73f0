//! The digits that cost most: what they are, and what the network took them for.

use leptos::prelude::*;

use super::Test;
use crate::data::split::Part;
use crate::engine::loss::Loss;
use crate::engine::metrics::prediction;
use crate::figures::palette::Palette;
use crate::figures::raster::Raster;
use crate::ui::number::{grouped, percent, significant};
use crate::ui::pixels::Pixels;
use crate::ui::theme::Themes;

use super::Measured;

/// Digits shown.
pub const SHOWN: usize = 10;

/// One of them.
#[derive(Clone, Debug, PartialEq)]
struct Mistake {
    /// Place among the test digits.
    example: usize,
    label: u8,
    taken_for: usize,
    /// Probability of what it was taken for.
    surely: f32,
    loss: f64,
}

fn mistakes(measured: &Measured, labels: &[u8]) -> Vec<Mistake> {
    let classes = crate::data::digits::CLASSES;
    let worst = measured.losses.worst(SHOWN).into_iter();
    worst
        .map(|example| {
            let outputs = &measured.outputs[example * classes..][..classes];
            let mut probabilities = [0.0; crate::data::digits::CLASSES];
            Loss::CrossEntropy.probabilities(outputs, &mut probabilities);
            let taken_for = prediction(outputs);
            Mistake {
                example,
                label: labels[example],
                taken_for,
                surely: probabilities[taken_for],
                loss: measured.losses.loss(example),
            }
        })
        .collect()
}

/// A strip of digits, the most expensive first; nothing before the first run.
#[component]
pub fn Worst(
    /// The test digits.
    test: Test,
    /// The latest measured moment.
    measured: Memo<Option<Measured>>,
) -> impl IntoView {
    let themes = expect_context::<Themes>();
    let worst = Memo::new(move |_| {
        measured
            .with(|measured| {
                test.with(|digits| {
                    let labels = &digits.as_ref()?.labels[Part::Test.range()];
                    Some(mistakes(measured.as_ref()?, labels))
                })
            })
            .unwrap_or_default()
    });
    let digit = move |place: usize| {
        let one = Memo::new(move |_| worst.with(|worst| worst.get(place).cloned()));
        let raster = Memo::new(move |_| {
            let palette = Palette::of(themes.theme.get());
            let example = one.with(|one| one.as_ref().map(|one| one.example))?;
            test.with(|digits| {
                let image = digits
                    .as_ref()?
                    .images
                    .image(Part::Test.range().start + example);
                Some(Raster::of_image(image, palette))
            })
        });
        let seen = move || {
            one.with(|one| {
                one.as_ref()
                    .map_or(String::new(), |one| format!("A handwritten {}", one.label))
            })
        };
        let said = move || {
            one.with(|one| {
                one.as_ref().map_or(String::new(), |one| {
                    format!(
                        "a {}, read as {} with {}: loss {}",
                        one.label,
                        one.taken_for,
                        percent(f64::from(one.surely)).replace(' ', "\u{a0}"),
                        significant(one.loss, 3)
                    )
                })
            })
        };
        view! {
            <figure data-worst=place + 1>
                <Pixels raster description=Signal::derive(seen) />
                <figcaption>{said}</figcaption>
            </figure>
        }
    };
    let caption = move || {
        measured.with(|measured| {
            measured.as_ref().map_or(String::new(), |measured| {
                let share = measured.losses.share_of_worst(SHOWN);
                format!(
                    "The {SHOWN} of {} test digits that cost most; together they carry {} of the loss.",
                    grouped(measured.losses.len() as u64),
                    percent(share)
                )
            })
        })
    };
    view! {
        <div class="samples worst" hidden=move || worst.with(Vec::is_empty)>
            <div class="strip">{(0..SHOWN).map(digit).collect_view()}</div>
            <p>{caption}</p>
        </div>
    }
}
