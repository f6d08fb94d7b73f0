//! Which image, which weights, which steps of the preparation, which cell.

use leptos::prelude::*;

use super::model::Model;
use super::pixels_of;
use super::scene::Scene;
use super::settings::{DIGITS, MAP_SIDE, MAPS, Settings, Source, Stage, default};
use crate::data::digits::Digits;
use crate::data::split::Part;
use crate::engine::network::Network;
use crate::ui::choice::Choice;
use crate::ui::slider::{Scale, Slider};
use crate::ui::toggle::Toggle;

/// The image and the weights.
#[component]
pub fn DigitControls(
    /// The settings.
    settings: Settings,
    /// The network.
    model: Model,
    /// All digits.
    test: Memo<Option<Digits>>,
) -> impl IntoView {
    let step = move |by: usize| {
        let from = settings.digit.get_untracked() as usize - 1;
        settings.digit.set(((from + by) % DIGITS + 1) as f64);
        settings.source.set(Source::Digit);
    };
    let mistake = move |_| {
        let from = settings.digit.get_untracked() as usize;
        let network = model.silenced.get_untracked();
        let found = test.with_untracked(|test| next_mistake(&*network?, test.as_ref()?, from));
        if let Some(index) = found {
            settings.digit.set((index + 1) as f64);
            settings.source.set(Source::Digit);
        }
    };
    let progress = move || model.client.place.get().done;
    let state = move || match (model.own.get(), model.training()) {
        (false, _) => "Bundled weights, trained on 5,000 digits.",
        (true, true) => "Training here, in a worker: maps and kernels follow.",
        (true, false) => "Weights trained here.",
    };
    let absent = move || test.with(Option::is_none) || !model.ready();
    view! {
        <div class="walk-row">
            <Choice label="The network reads" name="source" value=settings.source options=vec![
                (Source::Digit, "a test digit"),
                (Source::Drawing, "your drawing"),
            ] />
            <button type="button" on:click=move |_| step(DIGITS - 1)>"Previous digit"</button>
            <button type="button" on:click=move |_| step(1)>"Next digit"</button>
            <button type="button" disabled=absent on:click=mistake title="The next test digit that the network gets wrong">"Next mistake"</button>
        </div>
        <div class="controls groups">
            <fieldset>
                <Slider label="Test digit" name="digit" value=settings.digit scale=Scale::linear(1.0, DIGITS as f64, 1.0) default=default::DIGIT
                    help="Number of the digit among the 4,000 that were not trained on" />
            </fieldset>
            <fieldset class="weights">
                <div class="train">
                    <button type="button" disabled=move || absent() || model.training() on:click=move |_| model.train()>"Train it here"</button>
                    <button type="button" disabled=move || !model.own.get() on:click=move |_| model.restore()>"Bundled weights again"</button>
                    <button type="button" hidden=move || !model.missing() on:click=move |_| model.ask_again()>"Try again"</button>
                </div>
                <p class="hint" role="status">{state}</p>
                <progress max="1" prop:value=progress aria-label="Share of the training that is done" hidden=move || !model.training()></progress>
            </fieldset>
        </div>
    }
}

/// The first test digit from `from` on, round the end, that `network` reads wrongly; counted from 0.
fn next_mistake(network: &Network, digits: &Digits, from: usize) -> Option<usize> {
    let first = Part::Test.range().start;
    let wrong = |index: &usize| {
        let scene = Scene::new(network, pixels_of(digits, first + index));
        scene.prediction() != usize::from(digits.labels[first + index])
    };
    (from..from + DIGITS)
        .map(|index| index % DIGITS)
        .find(wrong)
}

/// The steps of the preparation, each by itself.
#[component]
pub fn PreparationControls(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    view! {
        <div class="walk-row">
            <Toggle label="Cut out and scale to 20 × 20" name="fit" value=settings.fit />
            <Toggle label="Move the centre of mass to the middle" name="centre" value=settings.centre />
        </div>
    }
}

/// The chosen cell.
#[component]
pub fn CellControls(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let last = (MAP_SIDE - 1) as f64;
    view! {
        <div class="walk-row">
            <Choice label="Cell" name="stage" value=settings.stage options=vec![
                (Stage::Convolution, "after convolution"),
                (Stage::Relu, "after ReLU"),
                (Stage::Pooling, "after pooling"),
            ] />
        </div>
        <div class="controls groups">
            <fieldset>
                <Slider label="Map" name="map" value=settings.map scale=Scale::linear(1.0, MAPS as f64, 1.0) default=default::MAP class="run-b" />
            </fieldset>
            <fieldset>
                <Slider label="Row after convolution" name="row" value=settings.row scale=Scale::linear(0.0, last, 1.0) default=default::ROW class="run-b" />
                <Slider label="Column after convolution" name="column" value=settings.column scale=Scale::linear(0.0, last, 1.0) default=default::COLUMN class="run-b" />
            </fieldset>
        </div>
    }
}
