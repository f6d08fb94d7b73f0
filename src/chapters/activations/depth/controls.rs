//! Controls of the two deep networks.

use leptos::prelude::*;

use super::settings::{Rival, Settings, default};
use crate::lab::recipe::InitialisationRecipe;
use crate::ui::choice::Choice;
use crate::ui::slider::{Scale, Slider};

/// All settings: what a run under way follows, and what the next one uses.
#[component]
pub fn Controls(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let s = settings;
    view! {
        <div class="controls groups">
            <fieldset>
                <legend>"Both networks, from the next start"</legend>
                <Slider label="Hidden layers" name="layers" value=s.layers scale=Scale::linear(1.0, 8.0, 1.0) default=default::LAYERS />
                <Slider label="Units a layer" name="width" value=s.width scale=Scale::whole_logarithmic(10.0, 200.0, 20) default=default::WIDTH />
                <Choice label="Weights at the start, n inputs" name="start" value=s.start options=vec![
                    (InitialisationRecipe::He, "variance 2/n"),
                    (InitialisationRecipe::Xavier, "2/(n + outputs)"),
                    (InitialisationRecipe::NielsenLarge, "1"),
                ] help="Normal distribution around 0: He; Glorot, called Xavier; and large weights, for which the biases have variance 1 too" />
            </fieldset>
            <fieldset>
                <legend>"Training"</legend>
                <Slider label="Learning rate" name="rate" value=s.rate scale=Scale::logarithmic(0.0001, 10.0, 10) default=default::RATE
                    help="Length of a step along the gradient; may change during a run" />
                <Slider label="Training images" name="images" value=s.images scale=Scale::whole_logarithmic(100.0, 5000.0, 20) default=default::IMAGES />
                <Slider label="Epochs" name="epochs" value=s.epochs scale=Scale::whole_logarithmic(1.0, 200.0, 20) default=default::EPOCHS
                    help="Passes over the training images" />
                <Slider label="Seed" name="seed" value=s.seed scale=Scale::linear(0.0, 999.0, 1.0) default=default::SEED
                    help="Source of all chance: initial weights and order of the images" />
            </fieldset>
            <fieldset>
                <legend>"Beside ReLU"</legend>
                <Choice label="Function of the other network" name="beside" value=s.rival options=vec![
                    (Rival::Sigmoid, "sigmoid"),
                    (Rival::Tanh, "tanh"),
                ] />
            </fieldset>
        </div>
    }
}
