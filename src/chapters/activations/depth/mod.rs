//! 3.3 Two deep networks that differ in their function: what of the gradient reaches the first layer.

mod controls;
mod figures;
mod settings;
mod table;

use leptos::prelude::*;

pub use settings::ID;

use crate::lab::client::Client;
use crate::lab::download::Download;
use crate::theory::activation::Activation;
use crate::ui::divergence::Notices;
use crate::ui::plot::{Plot, half_width};
use crate::ui::presets::Presets;
use crate::ui::transport::{Runs, Transport};
use crate::ui::widget::Widget;
use figures::{Network, by_layer, errors, history, over_time, sentence, shared_range};
use settings::{PRESETS, Rival, Settings};

const RELU: Network = Network(Activation::Relu);

/// The twin run with its figures and numbers.
#[component]
pub fn Depth() -> impl IntoView {
    let download = expect_context::<Download>();
    let settings = Settings::declare();
    let relu = Client::new("deep ReLU network", download);
    let rival = Client::new("deep network beside it", download);
    let recipes = Memo::new(move |_| settings.recipes());
    let runs = Runs::new(vec![relu, rival], recipes.into());
    runs.follow_rate(settings.rate);

    // What the figures show is what was started, not what is set for the next start.
    let started = Memo::new(move |_| {
        let set = (settings.rival.get(), settings.layers.get() as usize);
        runs.of_started(|recipes| Rival::of(recipes.get(1)?.recipe()))
            .unwrap_or(set)
    });
    let rival_network = move || Network(started.get().0.function());
    let layers = move || started.get().1 + 1;
    let epochs = runs.epochs_shown(settings.epochs);
    let relu_history = Memo::new(move |_| relu.observed.with(|seen| history(seen)));
    let rival_history = Memo::new(move |_| rival.observed.with(|seen| history(seen)));

    let profile = Memo::new(move |_| {
        relu_history.with(|relu| {
            rival_history
                .with(|rival| by_layer(&[(rival_network(), rival), (RELU, relu)], layers()))
        })
    });
    let range = Memo::new(move |_| {
        relu_history.with(|relu| rival_history.with(|rival| shared_range(&[relu, rival])))
    });
    let relu_lines = Memo::new(move |_| {
        relu_history.with(|history| over_time(RELU, history, range.get(), epochs.get()))
    });
    let rival_lines = Memo::new(move |_| {
        rival_history.with(|history| over_time(rival_network(), history, range.get(), epochs.get()))
    });
    let error = Memo::new(move |_| {
        relu.points.with(|a| {
            rival
                .points
                .with(|b| errors(&[(rival_network(), b), (RELU, a)], epochs.get()))
        })
    });
    let words = move || {
        relu_history.with(|relu_history| {
            rival_history.with(|rival_history| {
                relu.points.with(|a| {
                    rival.points.with(|b| {
                        let (function, layers) = started.get();
                        sentence((relu_history, a), (function, rival_history, b), layers)
                    })
                })
            })
        })
    };
    let more = move || {
        view! {
            <table::Numbers relu=relu_history rival=rival_history function=Signal::derive(move || started.get().0) />
            <controls::Controls settings />
        }
    };
    view! {
        <Widget id=ID title="Through many sigmoids hardly any gradient comes back" sentence=Signal::derive(words) more=more>
            <Presets id=ID presets=PRESETS runs />
            <div class="figures two">
                <Plot figure=profile name="gradients-by-layer" height=half_width />
                <Plot figure=error name="depth-error" height=half_width />
                <Plot figure=rival_lines name="gradients-beside" height=half_width />
                <Plot figure=relu_lines name="gradients-relu" height=half_width />
            </div>
            <Transport runs />
            <Notices clients=vec![(relu, "The ReLU network", "relu"), (rival, "The network beside it", "rival")] />
        </Widget>
    }
}
