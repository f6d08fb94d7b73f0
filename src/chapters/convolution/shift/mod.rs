//! 2.4 Move the digit, and its feature map moves with it.

mod accuracy;
mod figures;
mod settings;

use leptos::prelude::*;
use ndarray::Array2;

pub use settings::ID;

use super::window::{KERNEL_SIDE, presets};
use crate::data::digits;
use crate::figures::cell_grid::CellGrid;
use crate::lab::download::{Download, Progress};
use crate::theory::equivariance::{Comparison, shifted};
use crate::ui::choice::Choice;
use crate::ui::drag::{Drag, Held, Steps};
use crate::ui::plot::Plot;
use crate::ui::slider::{Scale, Slider};
use crate::ui::widget::Widget;
use figures::{Scene, Shown};
use settings::{DIGITS, REACH, Settings, default};

/// The digit that is moved, the two ways, and the measured errors.
#[component]
pub fn Shift() -> impl IntoView {
    let download = expect_context::<Download>();
    download.ask();
    let settings = Settings::declare();
    let scene = scene(download, settings);
    let cells = move |shown: Shown| {
        Memo::new(move |_| scene.with(|scene| figures::cells(scene.as_ref(), shown)))
    };
    let go = move |right: i32, down: i32| {
        settings.right.set(f64::from(right.clamp(-REACH, REACH)));
        settings.down.set(f64::from(down.clamp(-REACH, REACH)));
    };
    let digit = cells(Shown::Digit);
    // Where the pointer took hold, and the shift at that moment.
    let taken = StoredValue::new(None::<((usize, usize), (i32, i32))>);
    let on_drag = move |held: Held| {
        let size = (held.width, held.height);
        let cell =
            digit.with_untracked(|figure| figure.cell_at((held.x, held.y), size, &held.style));
        let Some(cell) = cell else { return };
        if held.first {
            taken.set_value(Some((cell, untrack(|| settings.shift()))));
        }
        if let Some(((row, column), (right, down))) = taken.get_value() {
            let by = |now: usize, then: usize| now as i32 - then as i32;
            go(right + by(cell.1, column), down + by(cell.0, row));
        }
    };
    let on_step = Callback::new(move |((across, up),): (Steps,)| {
        let (right, down) = untrack(|| settings.shift());
        go(right + across, down - up);
        true
    });
    let words = move || scene.with(|scene| figures::sentence(scene.as_ref()));
    let pooling = move || scene.with(|scene| figures::pooling(scene.as_ref()));
    let kernels = || -> Vec<(usize, &'static str)> {
        let kernels = presets().into_iter().enumerate();
        kernels
            .map(|(index, kernel)| (index, kernel.title))
            .collect()
    };
    let reach = f64::from(REACH);
    let more = move || {
        view! {
            <div class="controls groups">
                <fieldset>
                    <Slider label="To the right" name="right" value=settings.right scale=Scale::linear(-reach, reach, 1.0) default=default::RIGHT unit="pixels" />
                    <Slider label="Down" name="down" value=settings.down scale=Scale::linear(-reach, reach, 1.0) default=default::DOWN unit="pixels" />
                    <Slider label="Digit" name="digit" value=settings.digit scale=Scale::linear(0.0, (DIGITS - 1) as f64, 1.0) default=0.0
                        help="Number of the digit in the bundled file" />
                </fieldset>
                <fieldset>
                    <Choice label="Kernel" name="kernel" value=settings.kernel options=kernels() />
                </fieldset>
            </div>
            <h3>"Pooled, 12 \u{d7} 12"</h3>
            <div class="pooled">
                <Plot figure=cells(Shown::PooledBefore) name="pooled-before" height=CellGrid::height />
                <Plot figure=cells(Shown::PooledAfter) name="pooled-after" height=CellGrid::height />
                <Plot figure=cells(Shown::PooledDifference) name="pooled-difference" height=CellGrid::height />
            </div>
            <p class="finding" role="status" data-number="pooling">{pooling}</p>
            <accuracy::Accuracy settings />
        }
    };
    view! {
        <Widget id=ID title="Move the digit, and its map moves with it" sentence=Signal::derive(words) more=more>
            <div class="two-ways">
                <Drag on_drag=on_drag on_step=on_step help="Drag the digit">
                    <Plot figure=digit name="shifted-digit" height=CellGrid::height />
                </Drag>
                <Plot figure=cells(Shown::OfShifted) name="map-of-shifted" height=CellGrid::height />
                <Plot figure=cells(Shown::Shifted) name="shifted-map" height=CellGrid::height />
                <Plot figure=cells(Shown::Difference) name="shift-difference" height=CellGrid::height />
            </div>
            <p class="hint">"S moves. conv(S x) is first moved, then convolved; S conv(x) is first convolved, then moved. Orange is above 0, blue below, paper is 0."</p>
        </Widget>
    }
}

/// The digit and both ways, once the digits are there.
fn scene(download: Download, settings: Settings) -> Memo<Option<Scene>> {
    let digits = Memo::new(move |_| {
        let bytes = (download.progress.get() == Progress::Ready).then(|| download.bytes())??;
        digits::decode_first(&bytes, DIGITS).ok()
    });
    Memo::new(move |_| {
        let index = settings.digit.get() as usize;
        let shift = settings.shift();
        let kernel = settings.chosen();
        let weights = kernel.weights.iter().map(|weight| *weight as f32).collect();
        let weights = Array2::from_shape_vec((KERNEL_SIDE, KERNEL_SIDE), weights).ok()?;
        digits.with(|digits| {
            let digits = digits.as_ref()?;
            let pixels = digits.images.image(index).iter();
            let values = pixels.map(|pixel| f32::from(*pixel) / 255.0).collect();
            let image = Array2::from_shape_vec((digits::SIDE, digits::SIDE), values).ok()?;
            let bias = kernel.bias as f32;
            Some(Scene {
                moved: shifted(image.view(), shift, 0.0),
                label: digits.labels[index],
                shift,
                bias,
                comparison: Comparison::new(image.view(), weights.view(), bias, shift),
            })
        })
    })
}
