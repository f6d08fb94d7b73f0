//! Some test digits as they come today, and what the network reads.

use leptos::prelude::*;

use super::super::super::reading::Reader;
use super::figures;
use super::settings::Settings;
use crate::data::dataset::PixelScale;
use crate::data::digits::{self, SIDE};
use crate::data::split::Part;
use crate::figures::palette::Palette;
use crate::figures::raster::{ColourMap, Raster};
use crate::lab::download::{Download, Progress};
use crate::ui::pixels::Pixels;
use crate::ui::theme::Themes;
use crate::ui::transport::Loading;

/// Digits shown.
const SHOWN: usize = 24;

/// The first test digits under the change, each with its reading.
#[component]
pub fn DigitsToday(
    /// The settings.
    settings: Settings,
    /// Who reads.
    reader: Reader,
    /// Where the noise comes from, as in the measured digits.
    seed: u64,
) -> impl IntoView {
    let download = expect_context::<Download>();
    let themes = expect_context::<Themes>();
    let first = Memo::new(move |_| {
        let bytes = (download.progress.get() == Progress::Ready).then(|| download.bytes())??;
        let upto = Part::Test.range().start + SHOWN;
        let digits = digits::decode_first(&bytes, upto).ok()?;
        Some(digits.dataset(Part::Test.range().start..upto, PixelScale::default()))
    });
    let labels = Memo::new(move |_| first.with(|set| Some(set.as_ref()?.labels.clone())));
    let today = Memo::new(move |_| {
        let change = settings.change();
        first.with(|set| {
            let mut set = set.clone()?;
            change.apply(&mut set, seed);
            Some(set.images.iter().copied().collect::<Vec<f32>>())
        })
    });
    let read = Memo::new(move |_| today.with(|today| reader.read(today.as_ref()?)));
    let label = move |index: usize| labels.with(|labels| Some(labels.as_ref()?[index]));
    let picture = move |index: usize| {
        let raster = Memo::new(move |_| {
            let palette = Palette::of(themes.theme.get());
            today.with(|today| {
                let pixels = &today.as_ref()?[index * SIDE * SIDE..][..SIDE * SIDE];
                let map = ColourMap::Activation { full: 1.0 };
                Some(Raster::from_values(pixels, SIDE, SIDE, map, palette))
            })
        });
        let reading = move || read.with(|read| Some(read.as_ref()?[index]));
        let description = Signal::derive(move || match (label(index), reading()) {
            (Some(label), Some(reading)) => format!("A handwritten {label}, read as {reading}"),
            (Some(label), None) => format!("A handwritten {label}"),
            _ => String::new(),
        });
        let wrong = move || reading().is_some_and(|reading| Some(reading) != label(index));
        view! {
            <figure title=description>
                <Pixels raster description />
                <figcaption class:wrong=wrong>{move || reading().map(|digit| digit.to_string())}</figcaption>
            </figure>
        }
    };
    let caption = move || {
        let change = figures::described(&settings.change());
        let right = read.with(|read| {
            let read = read.as_ref()?;
            let right = read.iter().enumerate();
            Some(
                right
                    .filter(|(index, read)| label(*index) == Some(**read))
                    .count(),
            )
        });
        match right {
            Some(right) => format!(
                "The first {SHOWN} test digits, {change}; below each stands what the network reads: {right} of {SHOWN} rightly."
            ),
            None => format!("The first {SHOWN} test digits, {change}."),
        }
    };
    view! {
        <div class="samples variants">
            <div class="strip">{(0..SHOWN).map(picture).collect_view()}</div>
            <p role="status" data-number="today">{caption}</p>
            <Loading download=reader.weights />
        </div>
    }
}
