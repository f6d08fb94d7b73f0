//! The numbers behind the figures, layer by layer.

use leptos::prelude::*;

use super::figures::History;
use crate::lab::message::LayerUnits;
use crate::ui::number::percent;

/// One row a hidden layer; nothing before the first run.
#[component]
pub fn Numbers(
    /// What the layers did, epoch by epoch.
    history: Memo<History>,
) -> impl IntoView {
    let ends = Memo::new(move |_| {
        history.with(|history| {
            let layers = |moment: Option<&(f64, Vec<LayerUnits>)>| {
                moment.map_or(Vec::new(), |(_, layers)| layers.clone())
            };
            (layers(history.first()), layers(history.last()))
        })
    });
    let count = Memo::new(move |_| ends.with(|(start, _)| start.len()));
    let rows = move || {
        let row = |row: usize| {
            let cell = move |of: fn(&LayerUnits, &LayerUnits) -> String| {
                move || {
                    ends.with(|(start, now)| match (start.get(row), now.get(row)) {
                        (Some(start), Some(now)) => of(start, now),
                        _ => "\u{2013}".to_owned(),
                    })
                }
            };
            view! {
                <tr data-layer=row + 1>
                    <th scope="row">{row + 1}</th>
                    <td data-cell="start">{cell(|start, _| percent(start.silent))}</td>
                    <td data-cell="silent">{cell(|_, now| percent(now.silent))}</td>
                    <td data-cell="dead">{cell(|_, now| now.dead.to_string())}</td>
                    <td data-cell="units">{cell(|_, now| now.units.to_string())}</td>
                </tr>
            }
        };
        (0..count.get()).map(row).collect_view()
    };
    view! {
        <div class="table" tabindex="0" role="region" aria-label="Silent and dead units layer by layer" hidden=move || count.get() == 0>
            <table class="layers">
                <thead>
                    <tr>
                        <th scope="col">"layer"</th>
                        <th scope="col">"zeros at the start"</th>
                        <th scope="col">"zeros now"</th>
                        <th scope="col">"dead units"</th>
                        <th scope="col">"units"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
