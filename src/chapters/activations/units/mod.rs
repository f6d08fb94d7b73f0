//! 3.4 A ReLU network looked into while it trains: what goes into its units, who is silent, who is dead.

mod figures;
mod settings;
mod table;

use leptos::prelude::*;

pub use settings::ID;

use crate::lab::client::Client;
use crate::lab::download::Download;
use crate::ui::divergence::Notices;
use crate::ui::plot::{Plot, half_width};
use crate::ui::presets::Presets;
use crate::ui::slider::{Scale, Slider};
use crate::ui::transport::{Runs, Transport};
use crate::ui::widget::Widget;
use figures::{Share, errors, histogram, history, over_time, sentence};
use settings::{MOST_LAYERS, PRESETS, Settings, default};

/// The run with its figures and numbers.
#[component]
pub fn Units() -> impl IntoView {
    let download = expect_context::<Download>();
    let settings = Settings::declare();
    let client = Client::new("ReLU network", download);
    let recipes = Memo::new(move |_| settings.recipes());
    let runs = Runs::new(vec![client], recipes.into());
    runs.follow_rate(settings.rate);

    let seen = Memo::new(move |_| client.observed.with(|seen| history(seen)));
    let epochs = runs.epochs_shown(settings.epochs);
    let images = Memo::new(move |_| {
        runs.of_started(|recipes| Some(f64::from(recipes.first()?.recipe().training_images)))
            .unwrap_or_else(|| settings.images.get())
    });
    // A network under way may have fewer layers than the one that is set.
    let shown = Memo::new(move |_| {
        let there = seen.with(|seen| seen.first().map(|(_, layers)| layers.len()));
        let there = there.unwrap_or(settings.layers.get() as usize);
        (settings.shown.get() as usize).min(there).max(1) - 1
    });
    let inputs = Memo::new(move |_| seen.with(|seen| histogram(seen, shown.get())));
    let chart =
        move |share| Memo::new(move |_| seen.with(|seen| over_time(share, seen, epochs.get())));
    let error = Memo::new(move |_| client.points.with(|points| errors(points, epochs.get())));
    let words = move || seen.with(|seen| sentence(seen, shown.get(), images.get() as u64));
    let more = move || {
        view! {
            <table::Numbers history=seen />
            <Controls settings />
        }
    };
    view! {
        <Widget id=ID title="ReLU is silent half of the time, at first" sentence=Signal::derive(words) more=more>
            <Presets id=ID presets=PRESETS apart_from=&["shown"] runs />
            <div class="figures two">
                <div>
                    <Plot figure=inputs name="weighted-inputs" height=half_width />
                    <Slider label="Layer shown" name="shown" value=settings.shown scale=Scale::linear(1.0, MOST_LAYERS, 1.0) default=default::SHOWN />
                </div>
                <Plot figure=chart(Share::Silent) name="silence" height=half_width />
                <Plot figure=chart(Share::Dead) name="dead-units" height=half_width />
                <Plot figure=error name="units-error" height=half_width />
            </div>
            <Transport runs />
            <Notices clients=vec![(client, "The network", "units")] />
        </Widget>
    }
}

/// All settings but the shown layer: what a run under way follows, and what the next one uses.
#[component]
fn Controls(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let s = settings;
    view! {
        <div class="controls groups">
            <fieldset>
                <legend>"May change during a run"</legend>
                <Slider label="Learning rate" name="rate" value=s.rate scale=Scale::logarithmic(0.0001, 10.0, 10) default=default::RATE
                    help="Length of a step along the gradient; long steps kill units" />
            </fieldset>
            <fieldset>
                <legend>"Network, from the next start"</legend>
                <Slider label="Hidden layers" name="layers" value=s.layers scale=Scale::linear(1.0, MOST_LAYERS, 1.0) default=default::LAYERS />
                <Slider label="Units a layer" name="width" value=s.width scale=Scale::whole_logarithmic(5.0, 500.0, 20) default=default::WIDTH />
                <Slider label="Seed" name="seed" value=s.seed scale=Scale::linear(0.0, 999.0, 1.0) default=default::SEED
                    help="Source of all chance: initial weights and order of the images" />
            </fieldset>
            <fieldset>
                <legend>"Data and time, from the next start"</legend>
                <Slider label="Training images" name="images" value=s.images scale=Scale::whole_logarithmic(100.0, 5000.0, 20) default=default::IMAGES />
                <Slider label="Epochs" name="epochs" value=s.epochs scale=Scale::whole_logarithmic(1.0, 200.0, 20) default=default::EPOCHS
                    help="Passes over the training images" />
            </fieldset>
        </div>
    }
}
