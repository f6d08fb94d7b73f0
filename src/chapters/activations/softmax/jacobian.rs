//! How every probability answers to every logit, as cells.

use leptos::prelude::*;

use super::super::notation::{lowered, plain};
use super::settings::{Bench, CLASSES, Settings, default};
use crate::figures::matrix::Matrix;
use crate::figures::raster::ColourMap;
use crate::ui::drag::{Drag, Held, Steps};
use crate::ui::plot::Plot;
use crate::ui::slider::{Scale, Slider};

/// No entry is larger: p (1 - p) is at most 1/4.
const LARGEST: f64 = 0.25;

/// The Jacobian with one entry worked out.
#[component]
pub fn Jacobian(
    /// The settings.
    settings: Settings,
    /// What follows from them.
    bench: Memo<Bench>,
) -> impl IntoView {
    let cell = move || (settings.row.get() as usize, settings.column.get() as usize);
    let figure = Memo::new(move |_| bench.with(|bench| figure(bench, cell())));
    let choose = move |held: Held| {
        let layout =
            figure.with_untracked(|figure| figure.layout(held.width, held.height, &held.style));
        if let Some((row, column)) = layout.cell_at(held.x, held.y) {
            settings.row.set(row as f64);
            settings.column.set(column as f64);
        }
    };
    let step = move |(right, up): Steps| {
        for (place, by) in [(settings.row, -up), (settings.column, right)] {
            let next = place.get_untracked() + f64::from(by);
            place.set(next.clamp(0.0, (CLASSES - 1) as f64));
        }
        true
    };
    let words = move || bench.with(|bench| words(bench, cell()));
    view! {
        <div class="jacobian">
            <Drag on_drag=choose on_step=step help="Point at an entry, or move to it with the arrow keys">
                <Plot figure name="softmax-jacobian" height=|width| width.min(380.0) />
            </Drag>
            <div>
                <Slider label="Probability i" name="row" value=settings.row scale=Scale::linear(0.0, 9.0, 1.0) default=default::CELL.0 />
                <Slider label="Logit j" name="column" value=settings.column scale=Scale::linear(0.0, 9.0, 1.0) default=default::CELL.1 />
                <p class="entry" aria-live="polite">{move || words().0}</p>
                <p>{move || words().1}</p>
                <p class="hint">
                    "Orange is above 0, blue below, paper is 0; full colour is 1/4, the most that p(1\u{2009}\u{2212}\u{2009}p) can be. Where \
                     softmax is sure, all cells are pale: it hardly answers any more."
                </p>
            </div>
        </div>
    }
}

fn figure(bench: &Bench, chosen: (usize, usize)) -> Matrix {
    let names = || (0..CLASSES).map(|class| class.to_string()).collect();
    Matrix {
        title: "slope of probability i by logit j".to_owned(),
        row_title: "i".to_owned(),
        column_title: "j".to_owned(),
        rows: names(),
        columns: names(),
        values: bench
            .jacobian()
            .into_iter()
            .map(|entry| entry as f32)
            .collect(),
        map: ColourMap::Diverging { bound: LARGEST },
        chosen: Some(chosen),
    }
}

/// The chosen entry worked out, and what the whole matrix keeps.
fn words(bench: &Bench, (i, j): (usize, usize)) -> (String, String) {
    let entries = bench.jacobian();
    let (p, q) = (bench.probabilities[i], bench.probabilities[j]);
    let entry = plain(entries[i * CLASSES + j]);
    let (below_i, below_j) = (lowered(i), lowered(j));
    let slope = format!("\u{2202}p{below_i}/\u{2202}z{below_j}");
    let worked = if i == j {
        format!(
            "{slope} = p{below_i}(1 \u{2212} p{below_i}) = {} \u{b7} {} = {entry}",
            plain(p),
            plain(1.0 - p)
        )
    } else {
        format!(
            "{slope} = \u{2212}p{below_i} \u{b7} p{below_j} = \u{2212}{} \u{b7} {} = {entry}",
            plain(p),
            plain(q)
        )
    };
    let row_sums = entries
        .chunks(CLASSES)
        .map(|row| row.iter().sum::<f64>().abs());
    let kept = format!(
        "Every row sums to 0 (at most {} off, by rounding): adding the same to all logits changes nothing. What one class gains, the others lose.",
        plain(row_sums.fold(0.0, f64::max))
    );
    (worked, kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_worked_out() {
        let bench = Bench::new([0.0; CLASSES], 0.0, 1.0, 1.0);
        assert!(words(&bench, (3, 3)).0.ends_with("0.1 \u{b7} 0.9 = 0.09"));
        assert!(
            words(&bench, (3, 5))
                .0
                .ends_with("0.1 \u{b7} 0.1 = \u{2212}0.01")
        );
    }
}
