//! 4.7 Labels replaced by wrong ones, and learned all the same.

mod settings;

use leptos::prelude::*;

pub use settings::ID;

use crate::chapters::overfitting::dropout::Samples;
use crate::data::split::Part;
use crate::lab::client::Client;
use crate::lab::download::Download;
use crate::lab::message::Point;
use crate::ui::divergence::Notices;
use crate::ui::number::{grouped, percent};
use crate::ui::plot::{Plot, half_width};
use crate::ui::presets::Presets;
use crate::ui::slider::{Scale, Slider};
use crate::ui::transport::{Runs, Transport};
use crate::ui::twin_curves::{Names, Quantity, at_common_epoch, epochs, twin_chart};
use crate::ui::widget::Widget;
use settings::{DEFAULT, PRESETS, Settings};

const NAMES: Names = [("true labels", "true"), ("wrong labels", "wrong")];

/// The twin run.
#[component]
pub fn Noise() -> impl IntoView {
    let download = expect_context::<Download>();
    let settings = Settings::declare();
    let s = settings;
    let a = Client::new("true labels", download);
    let b = Client::new("wrong labels", download);
    let recipes = Memo::new(move |_| settings.recipes());
    let runs = Runs::new(vec![a, b], recipes.into());
    runs.follow_rate(settings.rate);
    let last_epoch = runs.epochs_shown(settings.epochs);
    let figure = move |quantity| twin_chart(quantity, NAMES, [a, b], last_epoch);
    // Of the run that is shown; a slider that moved speaks of the next one.
    let share = move || {
        runs.of_started(|recipes| {
            let recipe = recipes.get(1)?.recipe();
            Some((f64::from(recipe.label_noise), recipe.training_images))
        })
        .unwrap_or_else(|| (s.noise.get(), s.images.get() as u32))
    };
    let words = move || {
        a.points
            .with(|a| b.points.with(|b| sentence(a, b, share())))
    };
    let more = move || {
        view! {
            <Controls settings />
            <Samples images=s.images noise=s.noise seed=s.seed />
        }
    };
    view! {
        <Widget id=ID title="A network can learn noise by heart" sentence=Signal::derive(words) more=more>
            <Presets id=ID presets=PRESETS runs />
            <div class="figures two">
                <Plot figure=figure(Quantity::Error) name="noise-error" height=half_width />
                <Plot figure=figure(Quantity::Loss) name="noise-loss" height=half_width />
            </div>
            <Transport runs />
            <Notices clients=vec![(a, "True labels", "true"), (b, "Wrong labels", "wrong")] />
        </Widget>
    }
}

/// The sentence under the figures.
fn sentence(a: &[Point], b: &[Point], (share, images): (f64, u32)) -> String {
    let wrong = grouped((share * f64::from(images)).round() as u64);
    let images = grouped(u64::from(images));
    let Some([a, b]) = at_common_epoch([a, b]) else {
        return format!(
            "Nothing trained yet. Press Run: two equal networks will learn from the same {images} images, one of them with {wrong} wrong labels."
        );
    };
    let tests = grouped(Part::Test.range().len() as u64);
    format!(
        "After {}, the network with {wrong} wrong labels among {images} disagrees with {} of what it was told and errs on {} of {tests} test digits; with true labels it is \
         {} and {}.",
        epochs(a.epoch),
        percent(b.training.error),
        percent(b.test.error),
        percent(a.training.error),
        percent(a.test.error),
    )
}

/// All settings.
#[component]
fn Controls(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let s = settings;
    view! {
        <div class="controls groups">
            <fieldset>
                <legend>"Data, from the next start"</legend>
                <Slider label="Wrong labels" name="share" value=s.noise scale=Scale::linear(0.0, 1.0, 0.05) default=DEFAULT.noise class="run-b"
                    help="Share of the training labels that are replaced by another digit; the test labels stay true" />
                <Slider label="Training images" name="images" value=s.images scale=Scale::whole_logarithmic(10.0, 5000.0, 20) default=DEFAULT.images />
                <Slider label="Seed" name="seed" value=s.seed scale=Scale::linear(0.0, 999.0, 1.0) default=DEFAULT.seed
                    help="Which labels become wrong, and all other chance" />
            </fieldset>
            <fieldset>
                <legend>"Network and time, from the next start"</legend>
                <Slider label="Hidden units" name="width" value=s.width scale=Scale::whole_logarithmic(1.0, 1000.0, 20) default=DEFAULT.width />
                <Slider label="Epochs" name="epochs" value=s.epochs scale=Scale::whole_logarithmic(1.0, 500.0, 20) default=DEFAULT.epochs
                    help="Learning noise takes longer than learning digits" />
            </fieldset>
            <fieldset>
                <legend>"May change during a run"</legend>
                <Slider label="Learning rate" name="rate" value=s.rate scale=Scale::logarithmic(0.0001, 10.0, 10) default=DEFAULT.rate />
            </fieldset>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::message::Measures;

    #[test]
    fn the_sentence_says_what_was_told_and_what_is_true() {
        let point = |training, test| Point {
            epoch: 2.0,
            training: Measures {
                loss: 1.0,
                error: training,
            },
            validation: None,
            learning: None,
            test: Measures {
                loss: 1.0,
                error: test,
            },
        };
        let text = sentence(&[point(0.0, 0.1)], &[point(0.02, 0.5)], (0.5, 1000));
        assert!(
            text.contains("500 wrong labels among 1,000 disagrees with 2.0 %"),
            "{text}"
        );
        assert!(text.contains("50.0 % of 4,000 test digits"), "{text}");
        assert!(sentence(&[], &[], (0.2, 500)).contains("with 100 wrong labels"));
    }
}
