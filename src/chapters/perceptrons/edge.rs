//! 1.3 Where it fails: w.x + b = 0, and what a 1/2 does downstream.

mod plane;
mod words;

use leptos::prelude::*;

use super::bench::{Bench, Presets};
use super::maps::{self, AtThePoint, OutputButtons, PlaneMap};
use crate::figures::numerals::number;
use crate::theory::limit::{NeuronLimit, limit};
use crate::theory::logic;
use crate::theory::perceptron::{NeuronId, PerceptronNetwork};
use crate::theory::sigmoid_network::SigmoidNetwork;
use crate::theory::threshold::{LayerTrace, ThresholdNetwork, Trace};
use crate::ui::link::{Codec, Link};
use crate::ui::network_diagram::{NetworkDiagram, Part, Shown};
use crate::ui::network_editor::NetworkEditor;
use crate::ui::play::{Play, Sweep};
use crate::ui::slider::{Scale, Slider};
use crate::ui::widget::Widget;

/// The widget's name in links.
pub const ID: &str = "edge";

const KEYS: &[&str] = &["edge", "edge-deep", "half-adder", "triangle"];
const C: (f64, f64) = (0.1, 1e6);
const DEFAULT_C: f64 = 20.0;

/// Perceptrons and the limit of sigmoid neurons, neuron by neuron.
#[component]
pub fn Edge() -> impl IntoView {
    let link = expect_context::<Link>();
    let bench = Bench::declare(ID, logic::on_the_edge_deep(), vec![0.0, 1.0]);
    let editing = bench.editing;
    let network = editing.network;
    let c = link.field(ID, "c", DEFAULT_C, Codec::within(C.0..=C.1));

    let limits = Memo::new(move |_| network.with(|network| limit(network, &editing.input())));
    let perceptrons = Memo::new(move |_| network.with(|network| network.trace(&editing.input())));
    let at_c = Memo::new(move |_| {
        network.with(|network| SigmoidNetwork::new(network, c.get()).trace(&editing.input()))
    });
    let in_limit = Memo::new(move |_| limits.with(|limits| trace_of(limits, editing.input())));
    let notes = Signal::derive(move || {
        limits.with(|limits| {
            let row = |layer: &Vec<NeuronLimit>| {
                layer
                    .iter()
                    .map(|one| words::short(one.fate).to_owned())
                    .collect()
            };
            limits.iter().map(row).collect()
        })
    });
    let disturbed = Signal::derive(move || {
        limits.with(|limits| {
            let ids = network.with(|network| network.neurons().collect::<Vec<NeuronId>>());
            ids.into_iter()
                .filter(|id| {
                    let one = limits.get(id.layer).and_then(|layer| layer.get(id.neuron));
                    one.is_some_and(|one| !one.value.agrees_with(one.perceptron))
                })
                .collect()
        })
    });
    let of_perceptrons = Shown::new(network.into(), perceptrons.into());
    let of_limit = Shown {
        notes,
        lit: disturbed,
        ..Shown::new(network.into(), in_limit.into())
    };

    let output = Memo::new(move |_| {
        let outputs = network.with(PerceptronNetwork::outputs);
        (bench.output.get() as usize).clamp(1, outputs) - 1
    });
    let still = maps::still_inputs(editing);
    let map = Memo::new(move |_| {
        network.with(|network| plane::Differing::of(network, &still.get(), output.get()))
    });
    let field = Memo::new(move |_| map.with(|map| map.field(&editing.input(), output.get())));
    let flat = move || network.with(|network| network.inputs() < 2);
    let sentence = Signal::derive(move || limits.with(|limits| words::sentence(limits)));
    let sweep = Sweep {
        from: C.0,
        to: C.1,
        logarithmic: true,
    };
    let rows = move || {
        let count = network.with(|network| network.neurons().collect::<Vec<_>>());
        count
            .into_iter()
            .map(|id| row(editing.selected, limits, at_c, id))
            .collect::<Vec<_>>()
    };

    view! {
        <Widget id=ID title="On the edge a sigmoid neuron says 1/2 forever, and later neurons must live with it" sentence>
            <Presets bench keys=KEYS />
            <div class="pair">
                <figure>
                    <figcaption>"Perceptrons"</figcaption>
                    <NetworkDiagram label="The network of perceptrons" shown=of_perceptrons editing />
                </figure>
                <figure>
                    <figcaption>"Sigmoid neurons, c \u{2192} \u{221e}"</figcaption>
                    <NetworkDiagram label="The limit of the network of sigmoid neurons" shown=of_limit editing />
                </figure>
            </div>
            <NetworkEditor editing />
            <div class="play-row">
                <Slider label="Steepness c" name="c" value=c scale=Scale::logarithmic(C.0, C.1, 20) default=DEFAULT_C class="run-a" />
                <Play value=c sweep what="c" />
            </div>
            <div class="table limits" tabindex="0" role="region" aria-label="Limits, neuron by neuron">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Neuron"</th>
                            <th scope="col">"perceptron"</th>
                            <th scope="col" class="run-a">{move || format!("sigmoid, c = {}", number(c.get(), 3))}</th>
                            <th scope="col">"limit of z"</th>
                            <th scope="col">"limit"</th>
                            <th scope="col">"output \u{2212} limit \u{2248}"</th>
                            <th scope="col" class="words">"what happened"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="hint" hidden=move || !flat()>"A map of the plane needs two inputs: add one."</p>
            <div class="edge-map" hidden=flat>
                <figure class="plain"><figcaption>"The limit over the plane"</figcaption><PlaneMap editing figure=field name="limit-map" of="the limit" /></figure>
                <div>
                    <p>{move || map.with(plane::Differing::words)}</p>
                    <AtThePoint editing names=["perceptrons", "limit"] traces=[perceptrons, in_limit] />
                </div>
            </div>
            <OutputButtons bench />
        </Widget>
    }
}

/// Limits as the trace that a diagram shows.
fn trace_of(limits: &[Vec<NeuronLimit>], input: Vec<f64>) -> Trace {
    let layers = limits.iter().map(|layer| LayerTrace {
        weighted_inputs: layer.iter().map(|one| one.weighted_input).collect(),
        outputs: layer.iter().map(|one| one.value.value()).collect(),
    });
    Trace {
        input,
        layers: layers.collect(),
    }
}

fn row(
    selected: RwSignal<Part>,
    limits: Memo<Vec<Vec<NeuronLimit>>>,
    at_c: Memo<Trace>,
    id: NeuronId,
) -> AnyView {
    let one = Memo::new(move |_| {
        limits.with(|limits| {
            limits
                .get(id.layer)
                .and_then(|layer| layer.get(id.neuron).cloned())
        })
    });
    let text = move |of: fn(&NeuronLimit) -> String| {
        move || one.with(|one| one.as_ref().map(of).unwrap_or_default())
    };
    let sigmoid = move || {
        at_c.with(|trace| {
            let layer = trace.layers.get(id.layer);
            let value = layer.and_then(|layer| layer.outputs.get(id.neuron).copied());
            value.map_or(String::new(), maps::output_text)
        })
    };
    let differs = move || {
        one.with(|one| {
            one.as_ref()
                .is_some_and(|one| !one.value.agrees_with(one.perceptron))
        })
    };
    let name = format!("layer {}, neuron {}", id.layer + 1, id.neuron + 1);
    view! {
        <tr class:differs=differs class:now=move || selected.get() == Part::Bias(id)>
            <th scope="row"><button type="button" class="plain" on:click=move |_| selected.set(Part::Bias(id))>{name}</button></th>
            <td>{text(|one| u8::from(one.perceptron).to_string())}</td>
            <td class="run-a">{sigmoid}</td>
            <td>{text(|one| number(one.weighted_input, 4))}</td>
            <td class="limit">{text(|one| words::limit_value(one.value).to_owned())}</td>
            <td>{text(|one| words::approach(&one.approach))}</td>
            <td class="words">{text(|one| words::long(one.fate).to_owned())}</td>
        </tr>
    }
    .into_any()
}
