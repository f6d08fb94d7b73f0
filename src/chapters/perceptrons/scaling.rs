//! 1.1 Multiply every weight and bias by c > 0: nothing changes.

mod compared;
mod factors;
mod proof;
mod words;

use leptos::prelude::*;

use super::bench::{Bench, Presets};
use super::maps::{self, Maps, SIDE};
use super::table::{Outputs, Table};
use crate::theory::logic;
use crate::theory::scaling::ScaledNetwork;
use crate::theory::threshold::ThresholdNetwork;
use crate::ui::network_diagram::{NetworkDiagram, Shown};
use crate::ui::network_editor::NetworkEditor;
use crate::ui::widget::Widget;
use compared::Compared;
use factors::{FactorControls, FactorSettings};

/// The widget's name in links.
pub const ID: &str = "scaling";

const KEYS: &[&str] = &["neuron", "nand", "xor", "half-adder", "triangle", "edge"];

/// Two networks side by side, one with all its numbers scaled.
#[component]
pub fn Scaling() -> impl IntoView {
    let bench = Bench::declare(ID, logic::half_adder(), vec![1.0, 0.0]);
    let editing = bench.editing;
    let settings = FactorSettings::declare(ID);
    let proof = proof::Settings::declare(ID);
    let network = editing.network;

    let scaled = Memo::new(move |_| {
        network.with(|network| ScaledNetwork::new(network.clone(), settings.factors(network)))
    });
    let original_trace =
        Memo::new(move |_| network.with(|network| network.trace(&editing.input())));
    let scaled_trace = Memo::new(move |_| scaled.with(|scaled| scaled.trace(&editing.input())));
    let scaled_shown = Memo::new(move |_| {
        // The page keeps weights and factors so small that every product is a number that a network may hold.
        scaled.with(|scaled| {
            scaled
                .rounded()
                .unwrap_or_else(|_| scaled.network().clone())
        })
    });
    let original_table = Memo::new(move |_| network.with(Outputs::of));
    let scaled_table = Memo::new(move |_| scaled.with(Outputs::of));
    let still = maps::still_inputs(editing);
    let maps = Maps::new(
        bench,
        Memo::new(move |_| network.with(|network| maps::bits(network, &still.get()))),
        Memo::new(move |_| scaled.with(|scaled| maps::bits(scaled, &still.get()))),
    );
    let compared = Memo::new(move |_| Compared {
        inputs: original_table.with(|original| original.table.rows()),
        agreeing: original_table.with(|original| {
            scaled_table.with(|scaled| original.table.agreeing_rows(&scaled.table))
        }),
        pixels: maps
            .difference
            .get()
            .map(|differing| (differing, SIDE * SIDE)),
    });

    let lit = proof.lit(network);
    let original = Shown {
        lit,
        ..Shown::new(network.into(), original_trace.into())
    };
    let factor_notes = Signal::derive(move || scaled.with(factors::notes));
    let scaled_view = Shown {
        lit,
        notes: factor_notes,
        ..Shown::new(scaled_shown.into(), scaled_trace.into())
    };
    let sentence = Signal::derive(move || {
        scaled.with(|scaled| words::sentence(scaled, &settings, &compared.get()))
    });

    view! {
        <Widget id=ID title="Multiply every weight and bias by c > 0, and no output changes" sentence>
            <Presets bench keys=KEYS />
            <FactorControls settings network />
            <div class="pair">
                <figure>
                    <figcaption>"Original"</figcaption>
                    <NetworkDiagram label="The original network" shown=original editing />
                </figure>
                <figure>
                    <figcaption>{move || words::caption(&settings)}</figcaption>
                    <NetworkDiagram label="The scaled network" shown=scaled_view editing fixed=true />
                </figure>
            </div>
            <NetworkEditor editing />
            <p class="verdict" role="status">{move || compared.get().verdict()}</p>
            <div class="evidence">
                <Table editing one=original_table other=scaled_table names=["original", "scaled"] />
                <maps::View maps names=["original", "scaled"] traces=[original_trace, scaled_trace] />
            </div>
            <proof::Proof settings=proof network />
        </Widget>
    }
}
