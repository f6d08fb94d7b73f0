//! 4.2 Who carries the loss: a network's losses on single test digits while it trains.

mod figures;
mod history;
mod settings;
mod worst;

use leptos::prelude::*;

pub use settings::ID;

use crate::data::digits::{self, Digits};
use crate::data::split::Part;
use crate::engine::loss::Loss;
use crate::engine::sample_losses::SampleLosses;
use crate::lab::client::Client;
use crate::lab::download::{Download, Progress};
use crate::lab::message::{Command, Observed};
use crate::lab::recipe::PenaltiesRecipe;
use crate::ui::divergence::Notices;
use crate::ui::plot::Plot;
use crate::ui::presets::Presets;
use crate::ui::slider::{Scale, Slider};
use crate::ui::transport::{Runs, Transport};
use crate::ui::widget::Widget;
use figures::{Held, errors, histogram, means, sentence};
use history::{Summary, append};
use settings::{DEFAULT, PRESETS, Settings};

/// The bundled digits, once they are there and asked for.
type Test = Memo<Option<Digits>>;

/// One measured moment.
#[derive(Clone, Debug, PartialEq)]
struct Measured {
    /// Epochs done.
    epoch: f64,
    /// Logits (test digit, class), row-major.
    outputs: Vec<f32>,
    /// What each test digit costs.
    losses: SampleLosses,
}

/// The run, its histograms and the digits that cost most.
#[component]
pub fn ConfidentMistakes() -> impl IntoView {
    let download = expect_context::<Download>();
    let settings = Settings::declare();
    let client = Client::new("network and its mistakes", download);
    let recipes = Memo::new(move |_| settings.recipes());
    let runs = Runs::new(vec![client], recipes.into());
    runs.follow_rate(settings.rate);
    runs.follow(move || {
        Command::SetPenalties(PenaltiesRecipe {
            l2: settings.l2.get() as f32,
            ..PenaltiesRecipe::default()
        })
    });

    let asked = Memo::new(move |_| client.observed.with(|seen| !seen.is_empty()));
    let test: Test = Memo::new(move |_| {
        (asked.get() && download.progress.get() == Progress::Ready)
            .then(|| download.bytes())?
            .and_then(|bytes| digits::decode(&bytes).ok())
    });
    let measured = Memo::new(move |_| {
        client.observed.with(|seen| {
            let (epoch, Observed::Outputs(outputs)) = seen.last()? else {
                return None;
            };
            test.with(|digits| {
                let labels = &digits.as_ref()?.labels[Part::Test.range()];
                Some(Measured {
                    epoch: *epoch,
                    outputs: outputs.clone(),
                    losses: SampleLosses::new(Loss::CrossEntropy, outputs, labels),
                })
            })
        })
    });
    // Of the outputs only the latest are kept, of each moment these few numbers.
    let history = RwSignal::new(Vec::<Summary>::new());
    Effect::new(move |_| {
        measured.with(|measured| match measured {
            Some(measured) => {
                let summary = Summary::new(measured.epoch, &measured.losses);
                history.update(|history| append(history, summary));
            }
            None => history.update(Vec::clear),
        });
    });
    let last_epoch = runs.epochs_shown(settings.epochs);
    let bins = move |held: Held| {
        Memo::new(move |_| {
            measured.with(|measured| {
                let none = SampleLosses::default();
                histogram(
                    measured.as_ref().map_or(&none, |measured| &measured.losses),
                    held,
                )
            })
        })
    };
    let error = Memo::new(move |_| history.with(|history| errors(history, last_epoch.get())));
    let mean = Memo::new(move |_| history.with(|history| means(history, last_epoch.get())));
    let words = move || history.with(|history| sentence(history));
    let more = move || {
        view! {
            <p class="hint below">"A loss below 10\u{207b}\u{2075} is counted in the first bin. Wrong digits are those for which another one got the highest probability."</p>
            <worst::Worst test measured />
            <Controls settings />
        }
    };
    view! {
        <Widget id=ID title="A few confident mistakes carry the loss" sentence=Signal::derive(words) more=more>
            <Presets id=ID presets=PRESETS runs />
            <div class="figures two">
                <Plot figure=bins(Held::Digits) name="losses-of-digits" height=plot_height />
                <Plot figure=bins(Held::Loss) name="loss-carried" height=plot_height />
                <Plot figure=error name="mistakes-error" height=plot_height />
                <Plot figure=mean name="mistakes-loss" height=plot_height />
            </div>
            <Transport runs />
            <Notices clients=vec![(client, "The network", "mistakes")] />
        </Widget>
    }
}

fn plot_height(width: f64) -> f64 {
    (0.55 * width).clamp(220.0, 300.0)
}

/// What a run under way follows, and what the next one uses.
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
                <Slider label="Learning rate" name="rate" value=s.rate scale=Scale::logarithmic(0.0001, 10.0, 10) default=DEFAULT.rate
                    help="Length of a step along the gradient" />
                <Slider label="L2 penalty" name="l2" value=s.l2 scale=Scale::logarithmic_with_zero(1e-6, 0.1, 10) default=DEFAULT.l2
                    help="The loss that is minimised grows by this times half the sum of squared weights; the losses shown are without it" />
            </fieldset>
            <fieldset>
                <legend>"From the next start"</legend>
                <Slider label="Hidden units" name="width" value=s.width scale=Scale::whole_logarithmic(5.0, 500.0, 20) default=DEFAULT.width />
                <Slider label="Training images" name="images" value=s.images scale=Scale::whole_logarithmic(100.0, 5000.0, 20) default=DEFAULT.images />
            </fieldset>
            <fieldset>
                <legend>"\u{a0}"</legend>
                <Slider label="Epochs" name="epochs" value=s.epochs scale=Scale::whole_logarithmic(1.0, 500.0, 20) default=DEFAULT.epochs
                    help="Passes over the training images" />
                <Slider label="Seed" name="seed" value=s.seed scale=Scale::linear(0.0, 999.0, 1.0) default=DEFAULT.seed
                    help="Source of all chance: initial weights and order of the images" />
            </fieldset>
        </div>
    }
}
