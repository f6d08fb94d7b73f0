//! The first training digits with the labels that the networks are told.

use leptos::prelude::*;

use crate::data::digits::{self, CLASSES, Digits};
use crate::data::label_noise;
use crate::data::split::Part;
use crate::figures::palette::Palette;
use crate::figures::raster::Raster;
use crate::lab::download::{Download, Progress};
use crate::ui::pixels::Pixels;
use crate::ui::theme::Themes;

/// Digits shown.
const SHOWN: usize = 20;

/// A strip of training digits; a label that was replaced by noise is marked.
#[component]
pub fn Samples(
    /// Training images.
    images: RwSignal<f64>,
    /// Share of replaced labels.
    noise: RwSignal<f64>,
    /// Seed of the replacement.
    seed: RwSignal<f64>,
) -> impl IntoView {
    let download = expect_context::<Download>();
    let themes = expect_context::<Themes>();
    let decoded = Memo::new(move |_| {
        (download.progress.get() == Progress::Ready)
            .then(|| download.bytes())?
            .and_then(|bytes| digits::decode(&bytes).ok())
    });
    let told = Memo::new(move |_| {
        decoded.with(|digits| {
            let range = Part::Train.first(images.get() as usize);
            let mut told = digits.as_ref()?.labels[range].to_vec();
            // As the recipe has it: a number of 32 bits.
            let share = f64::from(noise.get() as f32);
            label_noise::replace_labels(&mut told, share, CLASSES as u8, seed.get() as u64);
            told.truncate(SHOWN);
            Some(told)
        })
    });
    let digit = move |index: usize| {
        let raster = Memo::new(move |_| {
            let palette = Palette::of(themes.theme.get());
            decoded.with(|digits| {
                let digits = digits.as_ref()?;
                Some(Raster::of_image(digits.images.image(index), palette))
            })
        });
        view! {
            <figure>
                <Pixels
                    raster
                    description=Signal::derive(move || decoded.with(|digits| {
                        digits.as_ref().map_or(String::new(), |digits| format!("A handwritten {}", digits.labels[index]))
                    }))
                />
                <figcaption class:wrong=move || wrong(told, decoded, index)>
                    {move || told.with(|told| told.as_ref()?.get(index).map(u8::to_string))}
                </figcaption>
            </figure>
        }
    };
    let caption = move || {
        let images = images.get() as usize;
        let shown = images.min(SHOWN);
        let wrong = (noise.get() * images as f64).round();
        let noise = if wrong > 0.0 {
            format!("; {wrong} of {images} labels are wrong on purpose")
        } else {
            String::new()
        };
        format!(
            "The first {shown} of {images} training digits and what the networks are told{noise}."
        )
    };
    view! {
        <div class="samples">
            <div class="strip">{(0..SHOWN).map(digit).collect_view()}</div>
            <p>{caption}</p>
        </div>
    }
}

fn wrong(told: Memo<Option<Vec<u8>>>, decoded: Memo<Option<Digits>>, index: usize) -> bool {
    let label = told.with(|told| told.as_ref().and_then(|told| told.get(index).copied()));
    decoded.with(|digits| {
        digits
            .as_ref()
            .is_some_and(|digits| label.is_some_and(|label| label != digits.labels[index]))
    })
}
