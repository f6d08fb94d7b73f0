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
                        difference(here.training_cost - theirs.training_cost)
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

/// A difference to the six decimals of the book, with its sign; without one where they are all 0.
fn difference(off: f64) -> String {
    let written = format!("{:.6}", off.abs());
    let sign = match written.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        false => "",
        true if off < 0.0 => "\u{2212}",
        true => "+",
    };
    format!("{sign}{written}")
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn a_difference_has_a_sign_where_it_shows() {
        assert_eq!(difference(-4e-7), "0.000000");
        assert_eq!(difference(-6e-7), "\u{2212}0.000001");
        assert_eq!(difference(0.0123), "+0.012300");
    }
}
