//! 4.3 A measured error is a draw: how far it is off on n images.

mod figures;
mod settings;

use leptos::prelude::*;

pub use settings::ID;

use super::networks::{Networks, Train, recipe};
use crate::ui::plot::{Plot, half_width};
use crate::ui::presets::Presets;
use crate::ui::slider::{Scale, Slider};
use crate::ui::widget::Widget;
use settings::{DEFAULT, PRESETS, Settings};

/// The histogram, the spread against n, and the network.
#[component]
pub fn Spread() -> impl IntoView {
    let settings = Settings::declare();
    let networks = Networks::new("network whose error is counted");
    let mistakes = Memo::new(move |_| {
        networks
            .done
            .with(|done| done.first().map(|trained| trained.mistakes.clone()))
    });
    let draw = move || settings.draw.get() as u64;
    let draws = Memo::new(move |_| {
        mistakes.with(|mistakes| {
            let images = settings.images.get() as usize;
            Some(figures::draws(mistakes.as_ref()?, images, draw()))
        })
    });
    let spreads = Memo::new(move |_| {
        mistakes.with(|mistakes| {
            mistakes
                .as_ref()
                .map_or(Vec::new(), |mistakes| figures::spreads(mistakes, draw()))
        })
    });
    let histogram = Memo::new(move |_| draws.with(|draws| figures::histogram(draws.as_ref())));
    let against = Memo::new(move |_| {
        let error = mistakes.with(|mistakes| mistakes.as_ref().map(|mistakes| mistakes.error()));
        let images = settings.images.get() as usize;
        spreads.with(|spreads| figures::against_images(error, spreads, images))
    });
    let words = move || draws.with(|draws| figures::sentence(draws.as_ref()));
    let recipes = move || vec![recipe(settings.epochs.get(), settings.seed.get() as u64)];
    let again = move |_| settings.draw.update(|draw| *draw = *draw % 9999.0 + 1.0);
    let more = move || {
        view! {
            <div class="controls groups">
                <fieldset>
                    <Slider label="Images n" name="images" value=settings.images scale=Scale::whole_logarithmic(10.0, 4000.0, 20) default=DEFAULT.images
                        help="Test digits that the error is counted on, drawn at random, the same one perhaps twice" />
                    <button type="button" on:click=again>"Draw again"</button>
                </fieldset>
                <fieldset>
                    <legend>"The network, when it is trained anew"</legend>
                    <Slider label="Epochs" name="epochs" value=settings.epochs scale=Scale::linear(1.0, 50.0, 1.0) default=DEFAULT.epochs />
                    <Slider label="Seed" name="seed" value=settings.seed scale=Scale::linear(0.0, 999.0, 1.0) default=DEFAULT.seed />
                    <p class="hint">"30 ReLU units, 1,000 training digits, learning rate 0.05, mini-batches of 10."</p>
                </fieldset>
            </div>
        }
    };
    view! {
        <Widget id=ID title="A measured error is a draw, and n images say how far it may be off" sentence=Signal::derive(words) more=more>
            <Presets id=ID presets=PRESETS apart_from=&["draw"] settings=Signal::derive(move || settings.track()) />
            <div class="figures two">
                <Plot figure=histogram name="spread-histogram" height=half_width />
                <Plot figure=against name="spread-against-images" height=half_width />
            </div>
            <Train networks label="Train a network" recipes=Signal::derive(recipes) />
        </Widget>
    }
}
