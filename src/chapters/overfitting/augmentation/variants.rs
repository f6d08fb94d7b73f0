//! One training digit and fresh variants of it, with what a trained network still reads in them.

use leptos::prelude::*;

use super::super::reading::Reader;
use super::settings::Settings;
use crate::data::augmentation::Augmenter;
use crate::data::digits::{self, Digits, SIDE};
use crate::engine::random::Stream;
use crate::figures::palette::Palette;
use crate::figures::raster::{ColourMap, Raster};
use crate::lab::download::{Download, Progress};
use crate::ui::pixels::Pixels;
use crate::ui::theme::Themes;
use crate::ui::transport::Loading;

/// Variants shown.
const SHOWN: usize = 23;

/// The digit and its variants.
#[derive(Clone, PartialEq)]
struct Family {
    label: u8,
    /// (image, pixel), row-major; the digit itself comes first.
    images: Vec<f32>,
}

/// A digit, its variants, and how many of them are still what their label says.
#[component]
pub fn Variants(
    /// The ranges.
    settings: Settings,
) -> impl IntoView {
    let digits = expect_context::<Download>();
    let reader = Reader::new();
    let themes = expect_context::<Themes>();
    let decoded = Memo::new(move |_| {
        (digits.progress.get() == Progress::Ready)
            .then(|| digits.bytes())?
            .and_then(|bytes| digits::decode(&bytes).ok())
    });
    let family = Memo::new(move |_| {
        decoded.with(|digits| digits.as_ref().map(|digits| family(digits, settings)))
    });
    let read = Memo::new(move |_| family.with(|family| reader.read(&family.as_ref()?.images)));
    let picture = move |index: usize| {
        let raster = Memo::new(move |_| {
            let palette = Palette::of(themes.theme.get());
            family.with(|family| {
                let pixels = &family.as_ref()?.images[index * SIDE * SIDE..][..SIDE * SIDE];
                let map = ColourMap::Activation { full: 1.0 };
                Some(Raster::from_values(pixels, SIDE, SIDE, map, palette))
            })
        });
        let reading = move || read.with(|read| Some(read.as_ref()?[index]));
        let wrong = move || {
            let label = family.with(|family| Some(family.as_ref()?.label));
            reading().is_some_and(|reading| Some(reading) != label)
        };
        let description = Signal::derive(move || match (index, reading()) {
            (0, _) => "The training digit as it is".to_owned(),
            (_, Some(reading)) => format!("Variant {index}, read as {reading}"),
            (_, None) => format!("Variant {index}"),
        });
        view! {
            <figure class:original=index == 0>
                <Pixels raster description />
                <figcaption class:wrong=wrong>{move || reading().map(|digit| digit.to_string())}</figcaption>
            </figure>
        }
    };
    let caption = move || {
        family.with(|family| {
            read.with(|read| match (family, read) {
                (Some(family), Some(read)) => {
                    let kept = read[1..].iter().filter(|&&digit| digit == family.label).count();
                    format!(
                        "A {label}, framed, and {SHOWN} variants of it as the network would get them, all with the label {label}. Below each \
                         stands what a network trained on unchanged digits reads: {kept} of {SHOWN} are still a {label} to it.",
                        label = family.label,
                    )
                }
                (Some(family), None) => format!(
                    "A {label}, framed, and {SHOWN} variants of it as the network would get them, all with the label {label}.",
                    label = family.label,
                ),
                (None, _) => "The digits are on their way.".to_owned(),
            })
        })
    };
    view! {
        <div class="samples variants">
            <div class="strip">{(0..=SHOWN).map(picture).collect_view()}</div>
            <p role="status" data-number="kept">{caption}</p>
            <Loading download=reader.weights />
        </div>
    }
}

fn family(digits: &Digits, settings: Settings) -> Family {
    let index = settings.digit.get() as usize - 1;
    let ink = digits.images.image(index).iter();
    let digit: Vec<f32> = ink.map(|&ink| f32::from(ink) / 255.0).collect();
    let mut augmenter = Augmenter::new(settings.augmentation(), SIDE, SIDE);
    let mut rng = Stream::Augmentation.rng(settings.draw.get() as u64);
    let mut images = digit.clone();
    images.resize((SHOWN + 1) * SIDE * SIDE, 0.0);
    for variant in images.chunks_exact_mut(SIDE * SIDE).skip(1) {
        augmenter.vary(&digit, &mut rng, variant);
    }
    Family {
        label: digits.labels[index],
        images,
    }
}
