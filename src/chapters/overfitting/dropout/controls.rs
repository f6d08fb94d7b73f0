//! Controls of the panel.

use leptos::prelude::*;

use super::settings::{DEFAULT, NetworkKind, Panels, Settings};
use crate::lab::recipe::OptimizerRecipe;
use crate::ui::choice::Choice;
use crate::ui::seeds::Shown;
use crate::ui::slider::{Scale, Slider};
use crate::ui::toggle::Toggle;
use crate::ui::transport::Runs;
use crate::ui::twin_curves::AxisKind;

/// All settings: those that a run under way follows, and those that the next one uses.
#[component]
pub fn Controls(
    /// The settings.
    settings: Settings,
    /// The runs.
    runs: Runs,
) -> impl IntoView {
    let s = settings;
    let dense = move || s.network.get() == NetworkKind::Dense;
    let parameters = move || {
        runs.recipes.with(|recipes| {
            let recipes = recipes.as_ref().ok()?;
            Some(format!(
                "{} parameters",
                crate::ui::number::grouped(recipes.first()?.parameters())
            ))
        })
    };
    view! {
        <div class="controls groups">
            <fieldset>
                <legend>"May change during a run"</legend>
                <Slider label="Dropout p" name="p" value=s.dropout scale=Scale::linear(0.0, 0.95, 0.05) default=DEFAULT.dropout
                    help="Probability that a hidden unit is silent for an image; each image of a mini-batch has a mask of its own" class="run-b" />
                <Slider label="Learning rate" name="rate" value=s.rate scale=Scale::logarithmic(0.0001, 10.0, 10) default=DEFAULT.rate
                    help="Length of a step along the gradient" />
                <Slider label="L2 penalty" name="l2" value=s.l2 scale=Scale::logarithmic_with_zero(1e-6, 0.1, 10) default=0.0
                    help="The loss grows by this times half the sum of squared weights" />
                <Slider label="L1 penalty" name="l1" value=s.l1 scale=Scale::logarithmic_with_zero(1e-6, 0.1, 10) default=0.0
                    help="The loss grows by this times the sum of absolute weights" />
                <Slider label="Max-norm" name="max-norm" value=s.max_norm scale=Scale::linear(0.0, 10.0, 0.25) default=0.0
                    help="Longest vector of incoming weights that a unit may have; 0 for no limit" />
                <Toggle label="Training curve with dropout on as well" name="learning" value=s.learning
                    help="From the next measured moment on; measuring changes nothing in the run" />
            </fieldset>
            <fieldset>
                <legend>"Data and time, from the next start"</legend>
                <Slider label="Training images" name="images" value=s.images scale=Scale::whole_logarithmic(10.0, 5000.0, 20) default=DEFAULT.images />
                <Slider label="Epochs" name="epochs" value=s.epochs scale=Scale::whole_logarithmic(1.0, 1000.0, 20) default=DEFAULT.epochs
                    help="Passes over the training images" />
                <Slider label="Mini-batch" name="batch" value=s.batch scale=Scale::whole_logarithmic(1.0, 500.0, 10) default=DEFAULT.batch unit="images" />
                <Slider label="Wrong labels" name="noise" value=s.noise scale=Scale::linear(0.0, 1.0, 0.05) default=0.0
                    help="Share of the training labels that are replaced by another digit" />
                <Slider label="Augmentation" name="augmentation" value=s.augmentation scale=Scale::linear(0.0, 2.0, 0.25) default=0.0
                    help="Both networks see fresh variants of the images in every epoch: at 1 turned by up to 10\u{b0}, moved by 1.5 pixels and bent a little; at 2 twice as much" />
                <Slider label="Patience" name="patience" value=s.patience scale=Scale::linear(0.0, 200.0, 1.0) default=0.0 unit="epochs"
                    help="Early stopping: end when the validation error has not improved for this many epochs; 0 to train all epochs" />
                <Slider label="Seed" name="seed" value=s.seed scale=Scale::linear(0.0, 999.0, 1.0) default=DEFAULT.seed
                    help="Source of all chance: initial weights, order of the images, masks. Same seed, same run, bit for bit" />
            </fieldset>
            <fieldset>
                <legend>"Networks, from the next start"</legend>
                <Choice label="Network" name="network" value=s.network options=vec![
                    (NetworkKind::Dense, "dense"),
                    (NetworkKind::Convolutional, "the sheet\u{2019}s CNN"),
                ] />
                <div hidden=move || !dense()>
                    <Slider label="Units a layer" name="width" value=s.width scale=Scale::whole_logarithmic(1.0, 1000.0, 20) default=DEFAULT.width />
                    <Slider label="Hidden layers" name="depth" value=s.depth scale=Scale::linear(1.0, 4.0, 1.0) default=DEFAULT.depth />
                </div>
                <p class="hint" hidden=dense>"N = 28, M = 20 maps of 5 \u{d7} 5, 2 \u{d7} 2 max-pooling, K = 100, ten outputs; dropout acts on the K dense units."</p>
                <p class="hint">{parameters}</p>
                <Slider label="Pixel dropout" name="input-p" value=s.input_dropout scale=Scale::linear(0.0, 0.9, 0.05) default=0.0
                    help="Probability that a pixel is silent for an image, in the network with dropout; drawn for each image anew" class="run-b" />
                <Choice label="Optimizer" name="optimizer" value=s.optimizer options=vec![
                    (OptimizerRecipe::Sgd, "SGD"),
                    (OptimizerRecipe::Momentum, "momentum"),
                    (OptimizerRecipe::Nesterov, "Nesterov"),
                    (OptimizerRecipe::Adam, "Adam"),
                ] />
            </fieldset>
        </div>
    }
}

/// How the figures are drawn.
#[component]
pub fn Views(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let s = settings;
    view! {
        <div class="views">
            <Choice label="Axes" name="axes" value=s.axes options=vec![
                (AxisKind::Linear, "linear"),
                (AxisKind::Logarithmic, "logarithmic"),
            ] />
            <Choice label="Both runs" name="panels" value=s.panels options=vec![
                (Panels::Shared, "on the same axes"),
                (Panels::Separate, "each on its own"),
            ] />
            <Choice label="Curves" name="curves" value=s.shown options=vec![
                (Shown::Latest, "of the latest run"),
                (Shown::Seeds, "of all seeds"),
            ] help="All seeds: median and range of the test curves, once two seeds are done" />
        </div>
    }
}
