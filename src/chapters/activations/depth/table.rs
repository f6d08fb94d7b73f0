//! The numbers behind the figures: each layer's gradient and slope, in both networks.

use leptos::prelude::*;

use super::figures::{History, written};
use super::settings::Rival;
use crate::chapters::activations::notation::slug;
use crate::lab::message::LayerGradient;
use crate::theory::activation::Activation;

/// One row a layer; nothing before the first run.
#[component]
pub fn Numbers(
    /// Gradients of the ReLU network.
    relu: Memo<History>,
    /// Gradients of the network beside it.
    rival: Memo<History>,
    /// Its function.
    #[prop(into)]
    function: Signal<Rival>,
) -> impl IntoView {
    let latest = |history: Memo<History>| {
        Memo::new(move |_| {
            history.with(|history| {
                history
                    .last()
                    .map_or(Vec::new(), |(_, layers)| layers.clone())
            })
        })
    };
    let (relu, rival) = (latest(relu), latest(rival));
    let count = Memo::new(move |_| rival.with(Vec::len).min(relu.with(Vec::len)));
    let cell =
        |layers: Memo<Vec<LayerGradient>>, row: usize, of: fn(&LayerGradient) -> Option<f32>| {
            move || layers.with(|layers| written(layers.get(row).and_then(of)))
        };
    let rows = move || {
        let count = count.get();
        let row = |row: usize| {
            let name = if row + 1 == count {
                "output".to_owned()
            } else {
                (row + 1).to_string()
            };
            view! {
                <tr data-layer=row + 1>
                    <th scope="row">{name}</th>
                    <td data-cell="rival-norm">{cell(rival, row, |layer| Some(layer.norm))}</td>
                    <td data-cell="rival-slope">{cell(rival, row, |layer| layer.mean_slope)}</td>
                    <td data-cell="relu-norm">{cell(relu, row, |layer| Some(layer.norm))}</td>
                    <td data-cell="relu-slope">{cell(relu, row, |layer| layer.mean_slope)}</td>
                </tr>
            }
        };
        (0..count).map(row).collect_view()
    };
    let head = |function: Activation| {
        view! { <span class=format!("swatch {}", slug(function))></span>{function.name()} }
    };
    view! {
        <div class="table" tabindex="0" role="region" aria-label="Gradients layer by layer" hidden=move || count.get() == 0>
            <table class="layers">
                <thead>
                    <tr>
                        <th rowspan="2" scope="col">"layer"</th>
                        <th colspan="2" scope="colgroup">{move || head(function.get().function())}</th>
                        <th colspan="2" scope="colgroup">{head(Activation::Relu)}</th>
                    </tr>
                    <tr>
                        <th scope="col">"gradient norm"</th><th scope="col">"mean slope"</th>
                        <th scope="col">"gradient norm"</th><th scope="col">"mean slope"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
