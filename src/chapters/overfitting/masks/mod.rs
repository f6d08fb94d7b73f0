//! 4.6 The masks of real mini-batches over a small network, and what scaling keeps.

mod figures;
mod scaling;
mod settings;

use leptos::prelude::*;

pub use settings::ID;

use crate::data::dataset::PixelScale;
use crate::data::digits;
use crate::data::split::Part;
use crate::lab::download::{Download, Progress};
use crate::lab::mini_batch::MiniBatch;
use crate::ui::drag::{Drag, Held, Steps};
use crate::ui::play::PlayPlaces;
use crate::ui::plot::Plot;
use crate::ui::slider::{Scale, Slider};
use crate::ui::transport::Loading;
use crate::ui::widget::Widget;
use settings::{BATCH, IMAGES, MOST_BATCHES, MOST_UNITS, Settings, default};

/// The network, all masks of the mini-batch, and the count.
#[component]
pub fn Masks() -> impl IntoView {
    let download = expect_context::<Download>();
    download.ask();
    let settings = Settings::declare();
    let s = settings;
    let training = Memo::new(move |_| {
        let bytes = (download.progress.get() == Progress::Ready).then(|| download.bytes())??;
        let digits = digits::decode_first(&bytes, IMAGES).ok()?;
        Some(digits.dataset(Part::Train.first(IMAGES), PixelScale::default()))
    });
    let seen = Memo::new(move |_| {
        training.with(|training| {
            let number = s.number.get() as usize;
            Some(MiniBatch::new(&s.recipe()?, training.as_ref()?, number))
        })
    });
    let network = Memo::new(move |_| {
        let (chosen, p) = (s.chosen(), s.dropout.get());
        seen.with(|seen| {
            training.with(|training| figures::network(seen.as_ref(), training.as_ref(), chosen, p))
        })
    });
    let masks = Memo::new(move |_| {
        seen.with(|seen| figures::masks(seen.as_ref(), s.chosen(), s.units.get() as usize))
    });
    let words =
        move || seen.with(|seen| figures::sentence(seen.as_ref(), s.chosen().0, s.dropout.get()));
    let choose = move |held: Held| {
        let layout =
            masks.with_untracked(|masks| masks.layout(held.width, held.height, &held.style));
        if let Some((image, unit)) = layout.cell_at(held.x, held.y) {
            s.image.set(image as f64 + 1.0);
            s.unit.set(unit as f64 + 1.0);
        }
    };
    let step = move |(right, up): Steps| {
        let (image, unit) = untrack(|| s.chosen());
        let moved = |place: usize, by: i32, most: f64| {
            (place as f64 + 1.0 + f64::from(by)).clamp(1.0, most)
        };
        s.image.set(moved(image, -up, f64::from(BATCH)));
        s.unit.set(moved(unit, right, s.units.get_untracked()));
        true
    };
    let next = move |_| {
        s.number
            .update(|number| *number = *number % MOST_BATCHES as f64 + 1.0)
    };
    let more = move || view! { <scaling::Scaling settings seen training /> };
    view! {
        <Widget id=ID title="Each image of a mini-batch trains another thinned network" sentence=Signal::derive(words) more=more>
            <div class="masks">
                <Plot figure=network name="thinned-network" height=|width| (0.72 * width).clamp(280.0, 400.0) />
                <div>
                    <Drag on_drag=choose on_step=step help="Point at an image and a unit, or move to them with the arrow keys">
                        <Plot figure=masks name="masks" height=|width| width.clamp(280.0, 400.0) />
                    </Drag>
                    <p class="hint">"Paper: silenced by chance. Blue: silent by its own weighted input, below 0. Orange: speaks."</p>
                </div>
            </div>
            <div class="walk-row">
                <PlayPlaces place=Signal::derive(move || s.number.get() as usize - 1) go=move |place| s.number.set(place as f64 + 1.0)
                    last=MOST_BATCHES - 1 what="the training" />
                <button type="button" on:click=next>"Next mini-batch"</button>
            </div>
            <Loading download />
            <div class="controls groups">
                <fieldset>
                    <Slider label="Dropout p" name="p" value=s.dropout scale=Scale::linear(0.0, 0.9, 0.05) default=default::DROPOUT class="run-b"
                        help="Probability that a hidden unit is silent for an image" />
                    <Slider label="Mini-batch" name="batch" value=s.number scale=Scale::linear(1.0, MOST_BATCHES as f64, 1.0) default=default::NUMBER
                        help="The network has learned from all mini-batches before this one" />
                    <Slider label="Image" name="image" value=s.image scale=Scale::linear(1.0, f64::from(BATCH), 1.0) default=default::IMAGE
                        help="Which image of the mini-batch goes through the network" />
                </fieldset>
                <fieldset>
                    <Slider label="Hidden units" name="units" value=s.units scale=Scale::linear(2.0, MOST_UNITS, 1.0) default=default::UNITS />
                    <Slider label="Seed" name="seed" value=s.seed scale=Scale::linear(0.0, 999.0, 1.0) default=default::SEED />
                    <p class="hint">"A real run: 1,000 digits, mini-batches of 10, learning rate 0.05; the masks are those that training draws."</p>
                </fieldset>
            </div>
        </Widget>
    }
}
