//! 2.3 A digit on its way through the sheet's network: all feature maps, live; the sum behind any cell; maps silenced.

mod controls;
mod figures;
mod model;
mod scene;
mod settings;
mod silencing;

use leptos::prelude::*;

pub use settings::ID;

use crate::data::digits::{self, Digits};
use crate::data::preparation::{Steps, prepare};
use crate::data::split::Part;
use crate::figures::cell_grid::CellGrid;
use crate::figures::map_grid::MapGrid;
use crate::lab::download::{Download, Progress};
use crate::ui::drag::{Drag, Held};
use crate::ui::draw_pad::{DrawPad, Ink, PAD_SIDE, blank};
use crate::ui::plot::Plot;
use crate::ui::widget::Widget;
use controls::{CellControls, DigitControls, PreparationControls};
use model::Model;
use scene::{Place, Scene, Sum};
use settings::{Settings, Source, Stage};
use silencing::Silencing;

/// The bench.
#[component]
pub fn Maps() -> impl IntoView {
    let download = expect_context::<Download>();
    download.ask();
    let settings = Settings::declare();
    let model = Model::new(download, settings);
    let ink = RwSignal::new(blank());
    // Who draws wants to see the drawing read.
    Effect::watch(
        move || ink.get(),
        move |_, _, _| settings.source.set(Source::Drawing),
        false,
    );
    let test = test_digits(download);
    let digit = move || Part::Test.range().start + settings.digit.get() as usize - 1;
    let pixels = Memo::new(move |_| match settings.source.get() {
        Source::Digit => test.with(|test| Some(pixels_of(test.as_ref()?, digit()))),
        Source::Drawing => prepared(ink, settings.steps()).map(|prepared| prepared.pixels),
    });
    let label = move || match settings.source.get() {
        Source::Digit => test.with(|test| Some(test.as_ref()?.labels[digit()])),
        Source::Drawing => None,
    };
    let scene = Memo::new(move |_| {
        let network = model.silenced.get()?;
        Some(Scene::new(&network, pixels.get()?))
    });
    let place = Memo::new(move |_| Place::new(settings.stage.get(), settings.cell()));
    let sum = Memo::new(move |_| {
        let network = model.silenced.get()?;
        scene.with(|scene| Some(Sum::new(&network, scene.as_ref()?, &place.get())))
    });
    let input =
        Memo::new(move |_| scene.with(|scene| figures::input(scene.as_ref(), &place.get())));
    let dense = Memo::new(move |_| scene.with(|scene| figures::dense(scene.as_ref())));
    let bars = Memo::new(move |_| scene.with(|scene| figures::probabilities(scene.as_ref())));
    let words = move || match (model.problem(), model.ready()) {
        (Some(problem), _) => problem,
        (None, false) => "The trained network is on its way.".to_owned(),
        (None, true) => scene.with(|scene| figures::sentence(scene.as_ref(), label())),
    };
    let sum_words = move || {
        scene.with(|scene| {
            sum.with(|sum| match (scene, sum) {
                (Some(scene), Some(sum)) => figures::sum_sentence(scene, sum, &place.get()),
                _ => String::new(),
            })
        })
    };
    let grid = move |stage: Stage, name: &'static str, help: &'static str| {
        view! { <StageMaps settings scene place stage name help /> }
    };
    let step = move |index: usize| {
        let figure = Memo::new(move |_| {
            let chosen = settings.steps();
            let (done, on) = match index {
                0 => (
                    Steps {
                        fit: false,
                        centre: false,
                    },
                    true,
                ),
                1 => (
                    Steps {
                        centre: false,
                        ..chosen
                    },
                    chosen.fit,
                ),
                _ => (chosen, chosen.centre),
            };
            figures::preparation(index, on, prepared(ink, done).as_ref())
        });
        let name = ["prepared-pad", "prepared-cut", "prepared-centred"][index];
        view! { <Plot figure name height=CellGrid::height /> }
    };
    let preparation_words = move || {
        let Steps { fit, centre } = settings.steps();
        figures::preparation_words(
            prepared(ink, settings.steps()).as_ref(),
            fit,
            centre,
            PAD_SIDE,
        )
    };
    let kernels = Memo::new(move |_| {
        let network = model.silenced.get();
        let first = network.as_ref().and_then(|network| {
            network
                .layers()
                .first()?
                .parameters()
                .map(|first| first.weights.clone())
        });
        figures::kernels(first.as_deref())
    });
    let summand = move |which: usize| {
        let figure = Memo::new(move |_| sum.with(|sum| figures::summand(which, sum.as_ref())));
        let name = ["cell-pixels", "cell-kernel", "cell-products"][which];
        view! { <div><Plot figure name height=CellGrid::height /></div> }
    };
    view! {
        <Widget id=ID title="Twenty maps of one digit, and what they are good for" sentence=Signal::derive(words)>
            <div class="maps-top">
                <DrawPad ink width=settings.pen />
                <div class="maps-input"><Plot figure=input name="maps-input" height=CellGrid::height /></div>
                <div class="maps-probabilities"><Plot figure=bars name="maps-probabilities" height=|_| 300.0 /></div>
            </div>
            <DigitControls settings model test />
            <div class="maps-preparation" hidden=move || settings.source.get() != Source::Drawing>
                <div class="steps">{step(0)}{step(1)}{step(2)}</div>
                <p class="hint" data-number="preparation">{preparation_words}</p>
                <PreparationControls settings />
            </div>
            <div class="maps-kernels"><Plot figure=kernels name="maps-kernels" height=|width| 11.0 / 59.0 * width + 24.0 /></div>
            <div class="maps-grids">
                {grid(Stage::Convolution, "maps-convolution", "Point at a cell after the convolution")}
                {grid(Stage::Relu, "maps-relu", "Point at a cell after ReLU")}
                {grid(Stage::Pooling, "maps-pooling", "Point at a cell after pooling")}
            </div>
            <p class="hint">"Each layer has one scale for all its maps. Orange is above 0, blue below, paper is 0; after ReLU and pooling, the more ink the larger."</p>
            <div class="maps-dense"><Plot figure=dense name="maps-dense" height=|width| 0.25 * width + 24.0 /></div>
            <Silencing settings model />
            <CellControls settings />
            <p class="cell-sum" data-number="cell-sum">{sum_words}</p>
            <div class="maps-sum">{summand(0)}<span class="sign">"\u{d7}"</span>{summand(1)}<span class="sign">"="</span>{summand(2)}</div>
        </Widget>
    }
}

/// All maps behind one layer, to be pointed at and walked over with the arrow keys.
#[component]
fn StageMaps(
    /// The settings.
    settings: Settings,
    /// The forward pass.
    scene: Memo<Option<Scene>>,
    /// The chosen cell.
    place: Memo<Place>,
    /// The layer.
    stage: Stage,
    /// Name of the exported file.
    name: &'static str,
    /// What pointing does.
    help: &'static str,
) -> impl IntoView {
    let figure = Memo::new(move |_| {
        scene.with(|scene| {
            settings
                .silent
                .with(|silent| figures::maps(stage, scene.as_ref(), &place.get(), silent))
        })
    });
    let on_drag = move |held: Held| {
        let cell =
            figure.with_untracked(|grid| grid.cell_at((held.x, held.y), held.width, &held.style));
        if let Some(cell) = cell {
            settings.go(stage, cell);
        }
    };
    let on_step = Callback::new(move |(steps,)| {
        settings.step(stage, steps);
        true
    });
    view! {
        <Drag on_drag on_step help><Plot figure name height=MapGrid::height_of_twenty /></Drag>
    }
}

/// All digits, once they are there.
fn test_digits(download: Download) -> Memo<Option<Digits>> {
    Memo::new(move |_| {
        let bytes = (download.progress.get() == Progress::Ready).then(|| download.bytes())??;
        digits::decode(&bytes).ok()
    })
}

/// Pixels of a digit, 0 is paper, 1 is ink.
fn pixels_of(digits: &Digits, index: usize) -> Vec<f32> {
    let pixels = digits.images.image(index).iter();
    pixels.map(|pixel| f32::from(*pixel) / 255.0).collect()
}

fn prepared(ink: RwSignal<Ink>, steps: Steps) -> Option<crate::data::preparation::Prepared> {
    ink.with(|ink| prepare(ink, PAD_SIDE, steps))
}
