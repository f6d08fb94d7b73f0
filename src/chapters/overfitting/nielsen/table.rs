//! Published and measured numbers side by side, one row for each published moment.

use leptos::prelude::*;

use super::comparison::{Moment, at};
use crate::lab::published::PublishedRun;

/// The table; what was not reached yet is a dash.
#[component]
pub fn Numbers(
    /// What was published.
    published: Signal<&'static PublishedRun>,
    /// What was measured here.
    moments: Memo<Vec<Moment>>,
) -> impl IntoView {
    let rows = move || {
        let row = |place: usize| {
            let of = move |read: fn(&Moment) -> String| {
                move || {
                    let theirs = published.get().moments.get(place);
                    moments.with(|moments| {
                        theirs
                            .and_then(|theirs| at(moments, theirs))
                            .map_or("\u{2013}".to_owned(), read)
                    })
                }
            };
            let theirs = published.get().moments[place];
            let difference = move || {
                moments.with(|moments| {
                    at(moments, &theirs).map_or("\u{2013}".to_owned(), |here| {
                        let off = here.training_cost - theirs.training_cost;
                        format!("{off:+.6}").replace('-', "\u{2212}")
                    })
                })
            };
            view! {
                <tr data-epoch=theirs.epoch>
                    <th scope="row">{theirs.epoch}</th>
                    <td>{format!("{:.6}", theirs.training_cost)}</td>
                    <td data-cell="cost">{of(|here| format!("{:.6}", here.training_cost))}</td>
                    <td data-cell="difference">{difference}</td>
                    <td>{theirs.training_correct}</td>
                    <td data-cell="correct">{of(|here| here.training_correct().to_string())}</td>
                    <td>{format!("{:.3}", theirs.test_cost)}</td>
                    <td data-cell="test-cost">{of(|here| format!("{:.3}", here.test_cost))}</td>
                    <td>{format!("{:.1}", 0.01 * f64::from(theirs.test_correct))}</td>
                    <td data-cell="test-correct">{of(|here| format!("{:.1}", 100.0 * (1.0 - here.test_error)))}</td>
                </tr>
            }
        };
        (0..published.get().moments.len()).map(row).collect_view()
    };
    view! {
        <div class="table" tabindex="0" role="region" aria-label="Published and measured numbers">
            <table class="published">
                <thead>
                    <tr>
                        <th rowspan="2" scope="col">"his epoch"</th>
                        <th colspan="3" scope="colgroup">"training cost"</th>
                        <th colspan="2" scope="colgroup">"right of 1,000"</th>
                        <th colspan="2" scope="colgroup">"test cost"</th>
                        <th colspan="2" scope="colgroup">"right in test, %"</th>
                    </tr>
                    <tr>
                        <th scope="col">"book"</th><th scope="col">"here"</th><th scope="col">"difference"</th>
                        <th scope="col">"book"</th><th scope="col">"here"</th>
                        <th scope="col">"his digits"</th><th scope="col">"ours"</th>
                        <th scope="col">"his digits"</th><th scope="col">"ours"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
