//! The network of a widget: where it comes from, how it is edited, at which input it is seen.

use leptos::prelude::*;

use crate::theory::logic::{PRESETS, WeightKind, random_network};
use crate::theory::network_text;
use crate::theory::perceptron::PerceptronNetwork;
use crate::ui::link::{Codec, Link};
use crate::ui::network_diagram::Editing;
use crate::ui::network_diagram::part::MOST;
use crate::ui::slider::{Scale, Slider};

/// Most values of an input vector in a link.
const LONGEST_INPUT: usize = 8;

/// A widget's network and input, both in the link.
#[derive(Clone, Copy)]
pub struct Bench {
    /// What the diagrams change.
    pub editing: Editing,
    /// Which output the maps show, counted from 1; read as the nearest one that there is.
    pub output: RwSignal<f64>,
    /// Seed of the next random network.
    pub seed: RwSignal<f64>,
    /// Layers of the next random network.
    pub layers: RwSignal<f64>,
    /// Neurons in each of its layers.
    pub width: RwSignal<f64>,
}

impl Bench {
    /// Declares the settings of widget `id`, with a network and an input to start from.
    pub fn declare(id: &'static str, network: PerceptronNetwork, input: Vec<f64>) -> Self {
        let link = expect_context::<Link>();
        let whole = |key, default, least: f64, most: f64| {
            link.field(id, key, default, Codec::whole(least..=most))
        };
        Self {
            editing: Editing::new(
                link.field(id, "net", network, network_codec()),
                link.field(id, "at", input, input_codec()),
            ),
            output: whole("output", 1.0, 1.0, 8.0),
            seed: whole("seed", 1.0, 0.0, 999_999.0),
            layers: whole("layers", 4.0, 1.0, 6.0),
            width: whole("width", 8.0, 1.0, 8.0),
        }
    }
}

/// A network as text; numbers beyond what the page lets one set are refused, so that every product with c stays finite.
fn network_codec() -> Codec<PerceptronNetwork> {
    let within = |network: &PerceptronNetwork| {
        network.neurons().all(|id| {
            let unit = network.neuron(id);
            let mut numbers = unit.weights.iter().chain([&unit.bias]);
            numbers.all(|value| value.abs() <= MOST)
        })
    };
    Codec::new(
        network_text::write,
        move |text| network_text::read(text).ok().filter(within),
        format!("a network as this page writes it, with numbers between -{MOST} and {MOST}"),
    )
}

fn input_codec() -> Codec<Vec<f64>> {
    let read = |text: &str| {
        let numbers: Option<Vec<f64>> = text
            .split(',')
            .map(|part| part.parse().ok().filter(|x: &f64| x.abs() <= MOST))
            .collect();
        numbers.filter(|numbers| numbers.len() <= LONGEST_INPUT)
    };
    Codec::new(
        |input: &Vec<f64>| {
            let parts: Vec<String> = input.iter().map(f64::to_string).collect();
            parts.join(",")
        },
        read,
        format!("up to {LONGEST_INPUT} numbers with commas between them"),
    )
}

/// Buttons for the networks to start from, and the controls of a random one.
#[component]
pub fn Presets(
    /// The network that they replace.
    bench: Bench,
    /// Keys of the presets on offer.
    keys: &'static [&'static str],
) -> impl IntoView {
    let network = bench.editing.network;
    let offered = PRESETS.iter().filter(|preset| keys.contains(&preset.key));
    let is_now = move |build: fn() -> PerceptronNetwork| network.with(|now| *now == build());
    let buttons: Vec<_> = offered
        .clone()
        .map(|preset| {
            let build = preset.build;
            view! {
                <button type="button" data-preset=preset.key aria-pressed=move || is_now(build).to_string()
                    on:click=move |_| network.set(build())>
                    {preset.name}
                </button>
            }
        })
        .collect();
    let offered: Vec<_> = offered.collect();
    let about = move || {
        let preset = offered.iter().find(|preset| is_now(preset.build));
        preset.map_or("Your own network.", |preset| preset.about)
    };
    let draw = move |_| {
        let (layers, width) = (
            bench.layers.get_untracked() as usize,
            bench.width.get_untracked() as usize,
        );
        let widths = vec![width; layers];
        // Sliders keep the numbers within the bounds of a network.
        if let Ok(random) = random_network(
            bench.seed.get_untracked() as u64,
            network.with_untracked(PerceptronNetwork::inputs),
            &widths,
            WeightKind::Integer,
        ) {
            network.set(random);
        }
    };
    view! {
        <div class="presets" role="group" aria-label="Networks to start from">
            {buttons}
            <p class="claim">{about}</p>
        </div>
        <details class="random">
            <summary>"A random network"</summary>
            <div class="controls groups">
                <Slider label="Seed" name="seed" value=bench.seed scale=Scale::linear(0.0, 999.0, 1.0) default=1.0 />
                <Slider label="Layers" name="layers" value=bench.layers scale=Scale::linear(1.0, 6.0, 1.0) default=4.0 />
                <Slider label="Neurons a layer" name="width" value=bench.width scale=Scale::linear(1.0, 8.0, 1.0) default=8.0 />
                <button type="button" data-preset="random" on:click=draw>"Draw this network"</button>
            </div>
        </details>
    }
}
