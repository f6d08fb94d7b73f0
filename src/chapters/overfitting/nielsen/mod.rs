//! 4.2 Nielsen's overfitting run, repeated with his random numbers, over his published curve.

mod comparison;
mod figures;
mod settings;
mod table;

use leptos::prelude::*;

pub use settings::ID;

use crate::lab::client::Client;
use crate::lab::download::Download;
use crate::lab::recipe::{ChanceRecipe, Recipe};
use crate::ui::choice::Choice;
use crate::ui::divergence::Notices;
use crate::ui::plot::Plot;
use crate::ui::presets::Presets;
use crate::ui::slider::{Scale, Slider};
use crate::ui::transport::{Runs, Transport};
use crate::ui::widget::Widget;
use comparison::moments;
use figures::{Quantity, chart, sentence};
use settings::{Epochs, PRESETS, Penalty, Settings, default};

/// The run, its figures and its numbers beside the published ones.
#[component]
pub fn Nielsen() -> impl IntoView {
    let download = expect_context::<Download>();
    let settings = Settings::declare();
    let client = Client::new("Nielsen\u{2019}s run", download);
    let recipes = Memo::new(move |_| settings.recipes());
    let runs = Runs::new(vec![client], recipes.into());

    let published = Signal::derive(move || settings.penalty.get().published());
    // A run of other settings is not what these points are compared with.
    let is_this_run = Memo::new(move |_| {
        let apart_from_length = |recipe: &Recipe| Recipe {
            epochs: 0,
            ..recipe.clone()
        };
        let started = runs.of_started(|started| Some(apart_from_length(started.first()?.recipe())));
        let set = recipes.with(|recipes| {
            let recipe = recipes.as_ref().ok()?.first()?.recipe();
            Some(apart_from_length(recipe))
        });
        started == set
    });
    let measured = Memo::new(move |_| {
        if !is_this_run.get() {
            return Vec::new();
        }
        client
            .points
            .with(|points| client.observed.with(|observed| moments(points, observed)))
    });
    let figure = move |quantity: Quantity| {
        Memo::new(move |_| {
            measured.with(|moments| chart(quantity, published.get(), moments, settings.axis.get()))
        })
    };
    let words = move || {
        if runs.live() && !is_this_run.get() {
            return "The run under way has other settings and is not shown here; press Start over to train with these.".to_owned();
        }
        let his = settings.chance.get() == ChanceRecipe::Book;
        measured.with(|moments| sentence(published.get(), moments, his))
    };
    let more = move || {
        view! {
            <Controls settings />
            <table::Numbers published moments=measured />
            <p class="hint below">
                "784\u{2013}30\u{2013}10 sigmoid units, cross-entropy summed over the ten outputs, weights and biases N(0, 1), \u{3b7} = 0.5, mini-batches of 10, the \
                 first 1,000 training images of MNIST, pixels byte/256. The book counts epochs from 0 and measures after each, so its epoch 14 is 15 \
                 epochs done. Costs hold the penalty \u{3bb}/(2n) \u{3a3}w\u{b2}; as in his program n is the number of images measured on, 1,000 for training and 10,000 for testing. \
                 For our 4,000 test digits n is 10,000 too, so that both test curves hold the same penalty. His test digits are MNIST\u{2019}s 10,000 by other \
                 writers; ours are 4,000 of MNIST\u{2019}s training images that this network never saw: another test set, so those curves need not meet."
            </p>
        }
    };
    view! {
        <Widget id=ID title="The test loss turns early; the test error goes on falling" sentence=Signal::derive(words) more=more>
            <Presets id=ID presets=PRESETS apart_from=&["axis", "epochs"] runs />
            <div class="figures two">
                <Plot figure=figure(Quantity::Cost) name="nielsen-cost" height=plot_height />
                <Plot figure=figure(Quantity::Error) name="nielsen-error" height=plot_height />
            </div>
            <Transport runs />
            <Notices clients=vec![(client, "The run", "nielsen")] />
        </Widget>
    }
}

fn plot_height(width: f64) -> f64 {
    (0.7 * width).clamp(250.0, 360.0)
}

/// Which run, and how it is drawn.
#[component]
fn Controls(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let s = settings;
    view! {
        <div class="controls groups">
            <fieldset>
                <Choice label="Penalty \u{3bb}" name="lambda" value=s.penalty options=vec![
                    (Penalty::None, "0"),
                    (Penalty::Tenth, "0.1"),
                ] help="His L2 penalty: the cost grows by \u{3bb}/(2n) times the sum of squared weights" />
                <Choice label="Axis of the epochs" name="axis" value=s.axis options=vec![
                    (Epochs::Logarithmic, "logarithmic"),
                    (Epochs::Linear, "linear"),
                ] />
            </fieldset>
            <fieldset>
                <Choice label="Random numbers" name="chance" value=s.chance options=vec![
                    (ChanceRecipe::Book, "his"),
                    (ChanceRecipe::Own, "others"),
                ] help="Initial weights and order of the images: as NumPy and Python 2 gave them to him, or other ones" />
                <div hidden=move || s.chance.get() == ChanceRecipe::Book>
                    <Slider label="Seed" name="seed" value=s.seed scale=Scale::linear(0.0, 999.0, 1.0) default=default::SEED
                        help="Source of the other random numbers" />
                </div>
                <Slider label="Epochs" name="epochs" value=s.epochs scale=Scale::whole_logarithmic(1.0, default::EPOCHS, 20) default=default::EPOCHS
                    help="Passes over the 1,000 training images" />
            </fieldset>
        </div>
    }
}
