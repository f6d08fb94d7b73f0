//! The factors c: one for the network, one for each layer, or one for each neuron; above 0, 0, or below.

use leptos::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::figures::numerals::number;
use crate::theory::perceptron::{MAX_LAYERS, PerceptronNetwork};
use crate::theory::scaling::{Factors, ScaledNetwork};
use crate::theory::threshold::ThresholdNetwork;
use crate::ui::choice::Choice;
use crate::ui::link::{Codec, Link};
use crate::ui::play::{Play, Sweep};
use crate::ui::slider::{Scale, Slider};

/// What has a factor of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One c.
    Network,
    /// One c a layer.
    Layers,
    /// One c a neuron, drawn by chance.
    Neurons,
}

/// On which side of 0 the factors lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// As the theorem asks.
    Positive,
    /// All are 0.
    Zero,
    /// All are below 0.
    Negative,
}

const SCOPES: &[(&str, Scope)] = &[
    ("network", Scope::Network),
    ("layers", Scope::Layers),
    ("neurons", Scope::Neurons),
];
const SIGNS: &[(&str, Sign)] = &[
    ("positive", Sign::Positive),
    ("zero", Sign::Zero),
    ("negative", Sign::Negative),
];

/// Smallest and largest |c|.
const LEAST_C: f64 = 0.001;
const MOST_C: f64 = 1000.0;
/// The first c that the reader meets.
pub const DEFAULT_C: f64 = 100.0;
const DEFAULT_SPREAD: f64 = 100.0;

/// Settings of the factors, all in the link.
#[derive(Clone, Copy)]
pub struct FactorSettings {
    /// What has a factor of its own.
    pub scope: RwSignal<Scope>,
    /// On which side of 0 they lie.
    pub sign: RwSignal<Sign>,
    /// |c| of the network.
    pub c: RwSignal<f64>,
    /// |c| of each layer.
    pub layers: [RwSignal<f64>; MAX_LAYERS],
    /// The neurons' |c| lie between 1/spread and spread.
    pub spread: RwSignal<f64>,
    /// The draw of the neurons' factors.
    pub draw: RwSignal<f64>,
}

impl FactorSettings {
    /// Declares them for widget `id`.
    pub fn declare(id: &'static str) -> Self {
        let link = expect_context::<Link>();
        let factor =
            |key: &str, default| link.field(id, key, default, Codec::within(LEAST_C..=MOST_C));
        Self {
            scope: link.field(id, "scope", Scope::Network, Codec::one_of(SCOPES)),
            sign: link.field(id, "sign", Sign::Positive, Codec::one_of(SIGNS)),
            c: factor("c", DEFAULT_C),
            layers: std::array::from_fn(|layer| {
                factor(&format!("c{}", layer + 1), layer_default(layer))
            }),
            spread: link.field(id, "spread", DEFAULT_SPREAD, Codec::within(1.0..=1000.0)),
            draw: link.field(id, "draw", 1.0, Codec::whole(0.0..=999.0)),
        }
    }

    /// The factors for a network of this shape.
    pub fn factors(&self, network: &PerceptronNetwork) -> Factors {
        let sign = match self.sign.get() {
            Sign::Positive => 1.0,
            Sign::Zero => 0.0,
            Sign::Negative => -1.0,
        };
        match self.scope.get() {
            Scope::Network => Factors::Network(sign * self.c.get()),
            Scope::Layers => Factors::Layers(
                (0..network.layers().len())
                    .map(|layer| sign * self.layers[layer].get())
                    .collect(),
            ),
            Scope::Neurons => {
                let mut rng = Xoshiro256PlusPlus::seed_from_u64(self.draw.get() as u64);
                let spread = self.spread.get();
                let mut factor = || sign * spread.powf(rng.random_range(-1.0..=1.0));
                let layers = network.layers().iter();
                Factors::Neurons(
                    layers
                        .map(|layer| layer.iter().map(|_| factor()).collect())
                        .collect(),
                )
            }
        }
    }
}

fn layer_default(layer: usize) -> f64 {
    [0.01, 1000.0, 5.0, 0.2, 50.0, 0.05][layer % MAX_LAYERS]
}

/// Above each neuron: its weighted input, and its factor where neurons have their own.
pub fn notes(scaled: &ScaledNetwork) -> Vec<Vec<String>> {
    if matches!(scaled.factors(), Factors::Network(_)) {
        return Vec::new();
    }
    let network = scaled.network();
    let mut notes: Vec<Vec<String>> = vec![Vec::new(); network.layers().len()];
    for id in network.neurons() {
        notes[id.layer].push(format!("c = {}", number(scaled.factor(id), 3)));
    }
    notes
}

/// Choices and sliders of the factors.
#[component]
pub fn FactorControls(
    settings: FactorSettings,
    network: RwSignal<PerceptronNetwork>,
) -> impl IntoView {
    let scale = || Scale::logarithmic(LEAST_C, MOST_C, 20);
    let off = move || settings.sign.get() == Sign::Zero;
    let layers = move || {
        let depth = network.with(|network| network.layers().len());
        let sliders = (0..depth).map(|layer| {
            view! {
                <Slider label=format!("c of layer {}", layer + 1) name="layer-c" value=settings.layers[layer]
                    scale=scale() default=layer_default(layer) class="run-b" />
            }
            .into_any()
        });
        sliders.collect::<Vec<_>>()
    };
    // Gone where there is no such slider: a hidden button would play on unseen.
    let plays = Memo::new(move |_| settings.scope.get() == Scope::Network && !off());
    let sweep = Sweep {
        from: LEAST_C,
        to: MOST_C,
        logarithmic: true,
    };
    let play = move || {
        plays
            .get()
            .then(|| view! { <Play value=settings.c sweep what="c" /> })
    };
    view! {
        <div class="controls factor-controls">
            <Choice label="One factor for" name="scope" value=settings.scope options=vec![
                (Scope::Network, "the network"),
                (Scope::Layers, "each layer"),
                (Scope::Neurons, "each neuron"),
            ] />
            <Choice label="Its sign" name="sign" value=settings.sign options=vec![
                (Sign::Positive, "c > 0"),
                (Sign::Zero, "c = 0"),
                (Sign::Negative, "c < 0"),
            ] />
            <div class="factor-sliders" class:off=off>
                <div class="play-row" hidden=move || settings.scope.get() != Scope::Network>
                    <Slider label=Signal::derive(move || if settings.sign.get() == Sign::Negative { "\u{2212}c".to_owned() } else { "Factor c".to_owned() })
                        name="c" value=settings.c scale=scale() default=DEFAULT_C class="run-b" />
                    {play}
                </div>
                <div hidden=move || settings.scope.get() != Scope::Layers>{layers}</div>
                <div hidden=move || settings.scope.get() != Scope::Neurons>
                    <Slider label="Largest c" name="spread" value=settings.spread scale=Scale::logarithmic(1.0, 1000.0, 20)
                        default=DEFAULT_SPREAD class="run-b" help="The factors are drawn between 1 divided by this and this, evenly on a logarithmic scale" />
                    <Slider label="Draw number" name="draw" value=settings.draw scale=Scale::linear(0.0, 99.0, 1.0) default=1.0 />
                </div>
            </div>
        </div>
    }
}
