//! 1.2 Sigmoid neurons become perceptrons as c grows.

mod figures;
mod words;

use leptos::prelude::*;

use super::bench::{Bench, Presets};
use super::maps::{self, AtThePoint, OutputButtons, PlaneMap};
use crate::figures::field::{Cells, Field};
use crate::theory::deviation::DeviationStudy;
use crate::theory::logic;
use crate::theory::perceptron::{NeuronId, PerceptronNetwork};
use crate::theory::sigmoid_network::SigmoidNetwork;
use crate::theory::threshold::ThresholdNetwork;
use crate::ui::link::{Codec, Link};
use crate::ui::network_diagram::{NetworkDiagram, Part, Shown};
use crate::ui::network_editor::NetworkEditor;
use crate::ui::play::{Play, Sweep};
use crate::ui::plot::Plot;
use crate::ui::slider::{Scale, Slider};
use crate::ui::widget::Widget;
use figures::{Measured, Now};

/// The widget's name in links.
pub const ID: &str = "sigmoid";

const KEYS: &[&str] = &["neuron", "nand", "xor", "half-adder", "triangle"];
const DEFAULT_C: f64 = 10.0;
const DEFAULT_EPSILON: f64 = 0.01;
/// Smallest and largest c.
pub const C: (f64, f64) = (0.1, 1e6);
/// Pixels on each side of the maps of sigmoid networks.
const SIDE: usize = 128;

/// The same network with sigmoid neurons, and how far it is from perceptrons.
#[component]
pub fn Sigmoid() -> impl IntoView {
    let link = expect_context::<Link>();
    let bench = Bench::declare(ID, logic::half_adder(), vec![1.0, 0.0]);
    let editing = bench.editing;
    let network = editing.network;
    let c = link.field(ID, "c", DEFAULT_C, Codec::within(C.0..=C.1));
    let epsilon = link.field(ID, "eps", DEFAULT_EPSILON, Codec::within(1e-12..=0.4));

    let trace = Memo::new(move |_| {
        network.with(|network| SigmoidNetwork::new(network, c.get()).trace(&editing.input()))
    });
    let perceptrons = Memo::new(move |_| network.with(|network| network.trace(&editing.input())));
    let shown = Shown::new(network.into(), trace.into());
    let compared = Shown::new(network.into(), perceptrons.into());

    let neuron = Memo::new(move |_| {
        let id = match editing.selected.get() {
            Part::Weight { to, .. } => to,
            Part::Bias(of) => of,
            Part::Input(_) => NeuronId {
                layer: 0,
                neuron: 0,
            },
        };
        let there = network.with(|network| Part::Bias(id).exists_in(network));
        if there {
            id
        } else {
            NeuronId {
                layer: 0,
                neuron: 0,
            }
        }
    });
    let z = Memo::new(move |_| {
        let id = neuron.get();
        trace.with(|trace| trace.layers[id.layer].weighted_inputs[id.neuron])
    });
    let curve = Memo::new(move |_| {
        figures::curve(
            c.get(),
            z.get(),
            network.with(|network| network.layers().len()),
            neuron.get(),
        )
    });

    let measured = Memo::new(move |_| network.with(Measured::of));
    let sufficient = Memo::new(move |_| {
        network.with(|network| DeviationStudy::boolean(network).sufficient_c(epsilon.get()))
    });
    let worst =
        Memo::new(move |_| network.with(|network| DeviationStudy::boolean(network).worst(c.get())));
    let now = move || Now {
        c: c.get(),
        worst: worst.get(),
        epsilon: epsilon.get(),
        sufficient: sufficient.get(),
    };
    let deviation =
        Memo::new(move |_| measured.with(|measured| figures::deviation(measured, &now())));

    let output = Memo::new(move |_| {
        let outputs = network.with(PerceptronNetwork::outputs);
        (bench.output.get() as usize).clamp(1, outputs) - 1
    });
    let still = maps::still_inputs(editing);
    let sigmoid_cells = Memo::new(move |_| {
        maps::grid(&still.get(), SIDE).map(|grid| {
            let values = network.with(|network| {
                SigmoidNetwork::new(network, c.get()).output_map(&grid, output.get())
            });
            maps::cells(values.into_iter().map(|value| value as f32).collect(), SIDE)
        })
    });
    let step_cells = Memo::new(move |_| {
        network
            .with(|network| maps::bits(network, &still.get()))
            .map(|bits| maps::cells(maps::output_of(&bits, output.get()), maps::SIDE))
    });
    let map = move |cells: Memo<Option<Cells>>, of: &'static str| {
        Memo::new(move |_| Field {
            cells: cells.get(),
            ..maps::plane(
                &editing.input(),
                format!("Output {} of the {of} over the plane.", output.get() + 1),
            )
        })
    };
    let sigmoid_map = map(sigmoid_cells, "sigmoid network");
    let step_map = map(step_cells, "perceptrons");
    let flat = move || network.with(|network| network.inputs() < 2);
    let sentence =
        Signal::derive(move || measured.with(|measured| words::sentence(measured, &now())));
    let sweep = Sweep {
        from: C.0,
        to: C.1,
        logarithmic: true,
    };

    view! {
        <Widget id=ID title="The larger c, the more a sigmoid network is a network of perceptrons" sentence>
            <Presets bench keys=KEYS />
            <div class="play-row">
                <Slider label="Steepness c" name="c" value=c scale=Scale::logarithmic(C.0, C.1, 20) default=DEFAULT_C class="run-a" />
                <Play value=c sweep what="c" />
            </div>
            <div class="pair">
                <figure>
                    <figcaption>"Sigmoid neurons: \u{3c3}(c\u{b7}z)"</figcaption>
                    <NetworkDiagram label="The network of sigmoid neurons" shown editing />
                </figure>
                <figure>
                    <figcaption>"Perceptrons"</figcaption>
                    <NetworkDiagram label="The network of perceptrons" shown=compared editing />
                </figure>
            </div>
            <NetworkEditor editing />
            <div class="figures two">
                <figure class="plain"><figcaption>{move || words::curve_caption(neuron.get(), editing.depth())}</figcaption>
                    <Plot figure=curve name="sigmoid-curve" height=plot_height />
                </figure>
                <figure class="plain"><figcaption>"Largest deviation over all Boolean inputs"</figcaption>
                    <Plot figure=deviation name="sigmoid-deviation" height=plot_height />
                </figure>
            </div>
            <div class="controls">
                <Slider label="Deviation \u{3b5} wanted" name="eps" value=epsilon scale=Scale::logarithmic(1e-12, 0.1, 10) default=DEFAULT_EPSILON class="run-b" />
            </div>
            <p class="verdict" role="status">{move || measured.with(|measured| words::answer(measured, &now()))}</p>
            <p class="hint" hidden=move || !flat()>"A map of the plane needs two inputs: add one."</p>
            <div class="map-row two" hidden=flat>
                <figure class="plain"><figcaption>"Sigmoid neurons"</figcaption><PlaneMap editing figure=sigmoid_map name="map-sigmoid" of="the sigmoid neurons" /></figure>
                <figure class="plain"><figcaption>"Perceptrons"</figcaption><PlaneMap editing figure=step_map name="map-perceptrons" of="the perceptrons" /></figure>
                <AtThePoint editing names=["sigmoid neurons", "perceptrons"] traces=[trace, perceptrons] />
            </div>
            <OutputButtons bench />
        </Widget>
    }
}

fn plot_height(width: f64) -> f64 {
    (0.6 * width).clamp(230.0, 340.0)
}
