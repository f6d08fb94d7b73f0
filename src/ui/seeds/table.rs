//! The numbers of every seed.

use leptos::prelude::*;

use super::{SeedRun, Seeds};
use crate::lab::message::Point;
use crate::theory::sampling::median;
use crate::ui::number::percent;

/// One row a seed, and one for their medians: how both runs ended.
#[component]
pub fn PerSeed(
    /// The seeds.
    seeds: Seeds,
    /// Names of the two runs.
    names: [&'static str; 2],
) -> impl IntoView {
    let ends = Memo::new(move |_| seeds.kept.with(|kept| rows(kept)));
    let body = move || {
        let rows = ends.get();
        let medians = medians(&rows);
        rows.into_iter()
            .map(|(seed, ends)| (seed.to_string(), ends))
            .chain(medians.map(|medians| ("median".to_owned(), medians)))
            .map(|(name, [a, b, gain, loss_a, loss_b])| {
                let seed = name.clone();
                view! {
                    <tr data-seed=seed>
                        <th scope="row">{name}</th>
                        <td data-cell="error-a">{percent(a)}</td>
                        <td data-cell="error-b">{percent(b)}</td>
                        <td data-cell="gain">{signed(gain)}</td>
                        <td data-cell="loss-a">{format!("{loss_a:.3}")}</td>
                        <td data-cell="loss-b">{format!("{loss_b:.3}")}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <div class="table per-seed" tabindex="0" role="region" aria-label="Numbers of every seed" hidden=move || ends.with(Vec::is_empty)>
            <table>
                <thead>
                    <tr>
                        <th rowspan="2" scope="col">"seed"</th>
                        <th colspan="3" scope="colgroup">"test error at the end"</th>
                        <th colspan="2" scope="colgroup">"test loss at the end"</th>
                    </tr>
                    <tr>
                        <th scope="col">{names[0]}</th><th scope="col">{names[1]}</th><th scope="col">"gain, points"</th>
                        <th scope="col">{names[0]}</th><th scope="col">{names[1]}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

/// Errors of both runs, the second one's gain in points, then losses.
type Ends = [f64; 5];

fn rows(kept: &[SeedRun]) -> Vec<(u64, Ends)> {
    let row = |run: &SeedRun| {
        let ends: Vec<Point> = run.ends()?;
        let [a, b] = ends.as_slice() else { return None };
        Some((
            run.seed,
            [
                a.test.error,
                b.test.error,
                100.0 * (a.test.error - b.test.error),
                a.test.loss,
                b.test.loss,
            ],
        ))
    };
    kept.iter().filter_map(row).collect()
}

fn medians(rows: &[(u64, Ends)]) -> Option<Ends> {
    if rows.len() < 2 {
        return None;
    }
    let mut medians = Ends::default();
    for (index, place) in medians.iter_mut().enumerate() {
        let column: Vec<f64> = rows.iter().map(|(_, ends)| ends[index]).collect();
        *place = median(&column)?;
    }
    Some(medians)
}

/// With its sign, one decimal.
pub fn signed(points: f64) -> String {
    let text = format!("{:.1}", points.abs());
    match points {
        _ if text == "0.0" => text,
        points if points < 0.0 => format!("\u{2212}{text}"),
        _ => format!("+{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_need_two_seeds() {
        let row = |seed: u64, error: f64| (seed, [error, 2.0 * error, -error, 1.0, 3.0]);
        assert_eq!(medians(&[row(1, 0.1)]), None);
        let found = medians(&[row(1, 0.1), row(2, 0.3)]).expect("two rows");
        assert!((found[0] - 0.2).abs() < 1e-12 && (found[1] - 0.4).abs() < 1e-12);
    }

    #[test]
    fn a_gain_has_a_sign() {
        assert_eq!(signed(1.24), "+1.2");
        assert_eq!(signed(-0.3), "\u{2212}0.3");
        assert_eq!(signed(-0.01), "0.0");
    }
}
