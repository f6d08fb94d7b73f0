//! 2.2 The kernel slides over a digit: 25 products, their sum, one cell of the feature map.

mod figures;
mod kernels;
mod settings;

use leptos::prelude::*;
use ndarray::Array2;

pub use kernels::{KERNELS, Kernel, SIDE as KERNEL_SIDE, presets};
pub use settings::ID;

use crate::data::digits;
use crate::figures::cell_grid::CellGrid;
use crate::figures::numerals::number;
use crate::lab::download::{Download, Progress, SheetNetwork};
use crate::lab::weights::trained_sheet_network;
use crate::ui::choice::Choice;
use crate::ui::drag::{Drag, Held};
use crate::ui::number_grid::NumberGrid;
use crate::ui::play::PlayPlaces;
use crate::ui::plot::Plot;
use crate::ui::slider::{Scale, Slider};
use crate::ui::transport::Loading;
use crate::ui::widget::Widget;
use figures::Scene;
use kernels::{SIDE, learned};
use settings::{DIGITS, MAP_SIDE, REACH, Settings, Shown, default};

/// Pixels and label of a digit.
type Digit = (Array2<f32>, u8);

/// The window with its numbers.
#[component]
pub fn Window() -> impl IntoView {
    let download = expect_context::<Download>();
    download.ask();
    let settings = Settings::declare();
    let scene = scene(download, settings);
    let input = Memo::new(move |_| scene.with(|scene| figures::digit(scene.as_ref())));
    let seen = Memo::new(move |_| scene.with(|scene| figures::seen(scene.as_ref())));
    let products = Memo::new(move |_| scene.with(|scene| figures::product_cells(scene.as_ref())));
    let map = Memo::new(move |_| scene.with(|scene| scene.as_ref().map(figures::whole_map)));
    let output = Memo::new(move |_| {
        scene.with(|scene| {
            map.with(|map| figures::output(scene.as_ref(), map.as_ref(), settings.shown.get()))
        })
    });
    let cell = |figure: Memo<CellGrid>, held: &Held| {
        let size = (held.width, held.height);
        figure.with_untracked(|figure| figure.cell_at((held.x, held.y), size, &held.style))
    };
    // On the digit the window is taken by its middle.
    let on_digit = move |held: Held| {
        if let Some((row, column)) = cell(input, &held) {
            settings.go(
                row.saturating_sub(SIDE / 2),
                column.saturating_sub(SIDE / 2),
            );
        }
    };
    let on_map = move |held: Held| {
        if let Some((row, column)) = cell(output, &held) {
            settings.go(row, column);
        }
    };
    let words = move || scene.with(|scene| figures::sentence(scene.as_ref()));
    let sum = move || {
        scene.with(|scene| {
            scene
                .as_ref()
                .map_or(String::new(), |scene| number(f64::from(scene.output()), 4))
        })
    };
    let bias = move || {
        let bias = settings.bias.get();
        let sign = if bias < 0.0 { '\u{2212}' } else { '+' };
        format!("{sign} {}", number(bias.abs(), 4))
    };
    view! {
        <Widget id=ID title="One small window makes a whole feature map" sentence=Signal::derive(words)>
            <Presets settings />
            <Learned settings />
            <div class="window-maps">
                <Drag on_drag=on_digit help="Drag the window">
                    <Plot figure=input name="window-input" height=CellGrid::height />
                </Drag>
                <Drag on_drag=on_map help="Point at an output">
                    <Plot figure=output name="window-feature-map" height=CellGrid::height />
                </Drag>
            </div>
            <Controls settings />
            <div class="window-sum">
                <div class="seen"><Plot figure=seen name="window-pixels" height=CellGrid::height /></div>
                <span class="sign times">"\u{d7}"</span>
                <div class="kernel">
                    <p>"kernel w, type into it"</p>
                    <NumberGrid label="Kernel" name="weights" value=settings.weights columns=SIDE reach=REACH step=0.01 />
                </div>
                <span class="sign equals">"="</span>
                <div class="products"><Plot figure=products name="window-products" height=CellGrid::height /></div>
                <p class="total">
                    "sum "<span class="bias">{bias}</span>" ="
                    <output data-number="sum">{sum}</output>
                </p>
            </div>
            <p class="hint">"Numbers in cells are rounded to two decimals, sums are not. Orange is above 0, blue below, paper is 0."</p>
            <Loading download />
        </Widget>
    }
}

/// The digit under the kernel, once the digits are there.
fn scene(download: Download, settings: Settings) -> Memo<Option<Scene>> {
    let digits = Memo::new(move |_| {
        let bytes = (download.progress.get() == Progress::Ready).then(|| download.bytes())??;
        digits::decode_first(&bytes, DIGITS).ok()
    });
    let digit = Memo::new(move |_| {
        let index = settings.digit.get() as usize;
        digits.with(|digits| -> Option<Digit> {
            let digits = digits.as_ref()?;
            let pixels = digits.images.image(index).iter();
            let values = pixels.map(|pixel| f32::from(*pixel) / 255.0).collect();
            let image = Array2::from_shape_vec((digits::SIDE, digits::SIDE), values).ok()?;
            Some((image, digits.labels[index]))
        })
    });
    Memo::new(move |_| {
        let weights = settings.weights.get();
        let weights = weights.into_iter().map(|weight| weight as f32).collect();
        let kernel = Array2::from_shape_vec((SIDE, SIDE), weights).ok()?;
        let (image, label) = digit.get()?;
        Some(Scene {
            image,
            label,
            kernel,
            bias: settings.bias.get() as f32,
            at: settings.place(),
        })
    })
}

/// Kernels to begin with.
#[component]
fn Presets(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let kernels = presets();
    let claims: Vec<_> = kernels.iter().map(|kernel| kernel.claim).collect();
    let chosen = {
        let kernels = kernels.clone();
        Memo::new(move |_| {
            kernels.iter().position(|kernel| {
                settings.weights.with(|weights| *weights == kernel.weights)
                    && settings.bias.get() == kernel.bias
            })
        })
    };
    let buttons = kernels.into_iter().enumerate().map(|(index, kernel)| {
        let title = kernel.title;
        let press = move |_| {
            settings.weights.set(kernel.weights.clone());
            settings.bias.set(kernel.bias);
        };
        view! {
            <button type="button" aria-pressed=move || (chosen.get() == Some(index)).to_string() on:click=press>{title}</button>
        }
    });
    let claim = move || {
        chosen
            .get()
            .map_or("A kernel of your own.", |index| claims[index])
    };
    view! {
        <div class="presets" role="group" aria-label="Kernels to begin with">
            {buttons.collect_view()}
            <p class="claim">{claim}</p>
        </div>
    }
}

/// Where the window is, which digit, which bias.
#[component]
fn Controls(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let last = (MAP_SIDE - 1) as f64;
    let count = MAP_SIDE * MAP_SIDE;
    let place = Signal::derive(move || {
        let (row, column) = settings.place();
        row * MAP_SIDE + column
    });
    let go = move |place: usize| settings.go(place / MAP_SIDE, place % MAP_SIDE);
    let step = move |by: usize| go((place.get_untracked() + by) % count);
    view! {
        <div class="walk-row">
            <PlayPlaces place go last=count - 1 what="the window" />
            <button type="button" on:click=move |_| step(count - 1)>"Step back"</button>
            <button type="button" on:click=move |_| step(1)>"Step"</button>
            <Choice label="Feature map" name="map" value=settings.shown options=vec![
                (Shown::Whole, "whole"),
                (Shown::Passed, "up to the window"),
            ] />
        </div>
        <div class="controls groups">
            <fieldset>
                <Slider label="Row" name="row" value=settings.row scale=Scale::linear(0.0, last, 1.0) default=default::ROW class="run-b" />
                <Slider label="Column" name="column" value=settings.column scale=Scale::linear(0.0, last, 1.0) default=default::COLUMN class="run-b" />
            </fieldset>
            <fieldset>
                <Slider label="Digit" name="digit" value=settings.digit scale=Scale::linear(0.0, (DIGITS - 1) as f64, 1.0) default=0.0
                    help="Number of the digit in the bundled file" />
                <Slider label="Bias b" name="bias" value=settings.bias scale=Scale::linear(-REACH, REACH, 0.1) default=0.0 />
            </fieldset>
        </div>
    }
}

/// The kernels that the sheet's network has learned.
#[component]
fn Learned(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let SheetNetwork(weights) = expect_context();
    weights.ask();
    let kernels = Memo::new(move |_| {
        let ready = weights.progress.get() == Progress::Ready;
        let bytes = ready.then(|| weights.bytes()).flatten();
        bytes
            .and_then(|bytes| trained_sheet_network(&bytes).ok())
            .map(|network| learned(&network))
    });
    let buttons = move || {
        let kernels = kernels.get().unwrap_or_default();
        let button = |(index, (weights, bias)): (usize, (Vec<f64>, f64))| {
            let set = {
                let weights = weights.clone();
                move || settings.weights.with(|now| *now == weights) && settings.bias.get() == bias
            };
            let press = move |_| {
                settings.weights.set(weights.clone());
                settings.bias.set(bias);
            };
            view! {
                <button type="button" aria-label=format!("Learned kernel {}", index + 1) aria-pressed=move || set().to_string() on:click=press>
                    {index + 1}
                </button>
            }
        };
        kernels.into_iter().enumerate().map(button).collect_view()
    };
    view! {
        <div class="presets learned" role="group" aria-label="Kernels that a network has learned">
            <p class="hint">"The 20 kernels of the sheet\u{2019}s network, learned from 5,000 digits:"</p>
            {buttons}
            <Loading download=weights />
        </div>
    }
}
