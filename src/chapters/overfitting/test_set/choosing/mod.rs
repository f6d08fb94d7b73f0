//! 4.3 Choosing the best of several networks flatters it; three sets, so that it does no harm.

mod figures;
mod settings;

use leptos::prelude::*;

pub use settings::ID;

use super::networks::{Networks, Train, recipe};
use crate::data::split::Part;
use crate::ui::plot::{Plot, half_width};
use crate::ui::presets::Presets;
use crate::ui::slider::{Scale, Slider};
use crate::ui::widget::Widget;
use settings::{DEFAULT, MOST, PRESETS, Settings};

/// The errors of the chosen network, and what the three sets are for.
#[component]
pub fn Choosing() -> impl IntoView {
    let settings = Settings::declare();
    let networks = Networks::new("networks to choose among");
    let done = networks.done;
    let chosen = Memo::new(move |_| {
        let images = settings.images.get() as usize;
        done.with(|done| figures::chosen(done, images))
    });
    let flatteries = Memo::new(move |_| {
        // Of all networks, once they are there.
        let busy = networks.busy();
        done.with(|done| {
            if busy {
                Vec::new()
            } else {
                figures::flatteries(done)
            }
        })
    });
    let against_networks = Memo::new(move |_| {
        let most = (settings.networks.get() as usize).max(done.with(Vec::len));
        chosen.with(|chosen| figures::against_networks(chosen.as_ref(), most))
    });
    let against_images = Memo::new(move |_| {
        flatteries.with(|flatteries| {
            chosen.with(|chosen| figures::against_images(flatteries, chosen.as_ref()))
        })
    });
    let words = move || chosen.with(|chosen| figures::sentence(chosen.as_ref()));
    let recipes = move || {
        let first = settings.seed.get() as u64;
        let count = settings.networks.get() as u64;
        (first..first + count)
            .map(|seed| recipe(settings.epochs.get(), seed))
            .collect()
    };
    let more = move || {
        view! {
            <div class="controls groups">
                <fieldset>
                    <Slider label="Choose by" name="images" value=settings.images scale=Scale::whole_logarithmic(10.0, 3000.0, 20) default=DEFAULT.images unit="digits"
                        help="Drawn from the 4,000 test digits; all others are fresh" />
                </fieldset>
                <fieldset>
                    <legend>"The networks, when they are trained anew"</legend>
                    <Slider label="Networks" name="networks" value=settings.networks scale=Scale::linear(2.0, MOST, 1.0) default=DEFAULT.networks />
                    <Slider label="Epochs" name="epochs" value=settings.epochs scale=Scale::linear(1.0, 50.0, 1.0) default=DEFAULT.epochs />
                    <Slider label="First seed" name="seed" value=settings.seed scale=Scale::linear(0.0, 999.0, 1.0) default=DEFAULT.seed
                        help="The others have the seeds after it" />
                    <p class="hint">"30 ReLU units, 1,000 training digits, learning rate 0.05, mini-batches of 10."</p>
                </fieldset>
            </div>
            <h3>"Three sets"</h3>
            <ThreeSets chosen settings />
        }
    };
    view! {
        <Widget id=ID title="The best of many looks better than it is" sentence=Signal::derive(words) more=more>
            <Presets id=ID presets=PRESETS settings=Signal::derive(move || settings.track()) />
            <div class="figures two">
                <Plot figure=against_networks name="choosing-networks" height=half_width />
                <Plot figure=against_images name="choosing-images" height=half_width />
            </div>
            <Train networks label="Train the networks" recipes=Signal::derive(recipes) />
        </Widget>
    }
}

/// What each set is for, with its number.
#[component]
fn ThreeSets(
    /// The choice.
    chosen: Memo<Option<figures::Chosen>>,
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let rows = move || {
        let images = settings.images.get() as usize;
        let all = Part::Test.range().len();
        let rows = chosen.with(|chosen| figures::three_sets(chosen.as_ref(), images, all));
        rows.into_iter()
            .map(|[name, size, purpose, error]| {
                let set = name.clone();
                view! {
                    <tr data-set=set>
                        <th scope="row">{name}</th>
                        <td data-cell="size">{size}</td>
                        <td data-cell="error">{error}</td>
                        <td class="purpose">{purpose}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <div class="table three-sets" tabindex="0" role="region" aria-label="Three sets">
            <table>
                <thead>
                    <tr><th scope="col">"set"</th><th scope="col">"digits"</th><th scope="col">"error here"</th><th scope="col" class="purpose">"what it is for"</th></tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
