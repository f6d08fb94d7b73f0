//! 4.4 More data from the same data: variants of one digit, and two runs with and without them.

mod settings;
mod variants;

use leptos::prelude::*;

pub use settings::ID;

use super::reading::AtRest;
use crate::data::split::Part;
use crate::engine::readings::Readings;
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
use settings::{DEFAULT, DIGITS, PRESETS, Settings, default};

const NAMES: Names = [("as they are", "plain"), ("augmented", "augm.")];

/// The variants and the twin run.
#[component]
pub fn Augmentation() -> impl IntoView {
    let download = expect_context::<Download>();
    let settings = Settings::declare();
    let plain = Client::new("images as they are", download);
    let augmented = Client::new("augmented images", download);
    let recipes = Memo::new(move |_| settings.recipes());
    let runs = Runs::new(vec![plain, augmented], recipes.into());
    let last_epoch = runs.epochs_shown(settings.epochs);
    let figure = move |quantity| twin_chart(quantity, NAMES, [plain, augmented], last_epoch);
    let words = move || {
        plain
            .points
            .with(|a| augmented.points.with(|b| sentence(a, b)))
    };
    let AtRest {
        seen: [plain_read, augmented_read],
        ..
    } = AtRest::of([plain, augmented]);
    let turned = move || {
        plain_read.with(|plain| {
            augmented_read.with(|augmented| six_for_nine(plain.as_ref()?, augmented.as_ref()?))
        })
    };
    let more = move || {
        view! {
            <p class="finding" role="status" data-number="six-nine">{turned}</p>
            <variants::Variants settings />
            <Controls settings />
        }
    };
    view! {
        <Widget id=ID title="A digit that is turned a little is another example of the same digit" sentence=Signal::derive(words) more=more>
            <Presets id=ID presets=PRESETS apart_from=&["digit", "draw"] runs />
            <div class="figures two">
                <Plot figure=figure(Quantity::Loss) name="augmentation-loss" height=half_width />
                <Plot figure=figure(Quantity::Error) name="augmentation-error" height=half_width />
            </div>
            <Transport runs />
            <Notices clients=vec![(plain, "Without augmentation", "plain"), (augmented, "With augmentation", "augmented")] />
        </Widget>
    }
}

/// The sentence under the figures.
fn sentence(plain: &[Point], augmented: &[Point]) -> String {
    let Some([a, b]) = at_common_epoch([plain, augmented]) else {
        return "Nothing trained yet. Press Run: two equal networks will learn from the same images, one of them from fresh variants in every epoch."
            .to_owned();
    };
    let images = grouped(Part::Test.range().len() as u64);
    format!(
        "After {}, the network that saw the images as they are errs on {} of its training digits and {} of {images} test digits; the one that saw variants \
         on {} and {}.",
        epochs(a.epoch),
        percent(a.training.error),
        percent(a.test.error),
        percent(b.training.error),
        percent(b.test.error),
    )
}

/// How often a 6 is taken for a 9 or a 9 for a 6: the labels that stop being true under half a turn, a small part of all mistakes.
fn six_for_nine(plain: &(f64, Readings), augmented: &(f64, Readings)) -> Option<String> {
    let of = |readings: &Readings| {
        let counts = readings.confusion();
        counts[[6, 9]] + counts[[9, 6]]
    };
    let (plain, augmented) = (&plain.1, &augmented.1);
    let both = plain.of_class(6) + plain.of_class(9);
    Some(format!(
        "A 6 read as 9 or a 9 read as 6, of {both} test digits: {} times by the network that saw the images as they are, {} times by the other one.",
        of(plain),
        of(augmented)
    ))
}

/// Ranges, the digit that is looked at, and the runs.
#[component]
fn Controls(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let s = settings;
    let again = move |_| s.draw.update(|draw| *draw = *draw % 9999.0 + 1.0);
    view! {
        <div class="controls groups">
            <fieldset>
                <legend>"Geometry: up to"</legend>
                <Slider label="Rotation" name="rotation" value=s.rotation scale=Scale::linear(0.0, 180.0, 1.0) default=DEFAULT.rotation unit="\u{b0}" />
                <Slider label="Translation" name="translation" value=s.translation scale=Scale::linear(0.0, 14.0, 0.5) default=DEFAULT.translation unit="pixels" />
                <Slider label="Scaling" name="scale" value=s.scale scale=Scale::linear(0.0, 1.0, 0.05) default=DEFAULT.scale
                    help="Sizes are multiplied by a factor between 1/(1 + this) and 1 + this" />
                <Slider label="Shear" name="shear" value=s.shear scale=Scale::linear(0.0, 1.0, 0.05) default=DEFAULT.shear
                    help="Rows slide by up to this many pixels for each pixel of height" />
                <Slider label="Perspective" name="perspective" value=s.perspective scale=Scale::linear(0.0, 0.4, 0.05) default=0.0
                    help="Sizes at the edges change by up to this share in each direction: a projective warp" />
                <Slider label="Elastic" name="elastic" value=s.elastic scale=Scale::linear(0.0, 10.0, 0.5) default=DEFAULT.elastic unit="pixels"
                    help="A smooth random field moves every pixel by up to this far" />
            </fieldset>
            <fieldset>
                <legend>"Damage"</legend>
                <Slider label="Noise" name="noise" value=s.noise scale=Scale::linear(0.0, 1.0, 0.05) default=0.0
                    help="Standard deviation of normal noise on each pixel; paper is 0, ink 1" />
                <Slider label="Erasing" name="erasing" value=s.erasing scale=Scale::linear(0.0, 28.0, 1.0) default=0.0 unit="pixels"
                    help="Largest side of a square patch of paper somewhere in the image" />
                <Slider label="Training digit" name="digit" value=s.digit scale=Scale::linear(1.0, DIGITS as f64, 1.0) default=default::DIGIT
                    help="The digit whose variants are shown" />
                <button type="button" on:click=again>"Fresh variants"</button>
            </fieldset>
            <fieldset>
                <legend>"Both runs, from the next start"</legend>
                <Slider label="Training images" name="images" value=s.images scale=Scale::whole_logarithmic(10.0, 5000.0, 20) default=DEFAULT.images />
                <Slider label="Epochs" name="epochs" value=s.epochs scale=Scale::whole_logarithmic(1.0, 500.0, 20) default=DEFAULT.epochs />
                <Slider label="Seed" name="seed" value=s.seed scale=Scale::linear(0.0, 999.0, 1.0) default=DEFAULT.seed />
                <p class="hint">"100 ReLU units, learning rate 0.05, mini-batches of 10. Loss and error are measured on the images as they are."</p>
            </fieldset>
        </div>
    }
}
