//! What both networks get wrong: which digit is taken for which, and the test digits themselves.

use leptos::prelude::*;

use super::super::reading::{AtRest, Seen};
use super::settings::{KIND, Settings};
use crate::data::digits::{CLASSES, Digits};
use crate::data::split::Part;
use crate::engine::readings::{Mistake, Readings};
use crate::figures::matrix::Matrix;
use crate::figures::palette::Palette;
use crate::figures::raster::{ColourMap, Raster};
use crate::lab::client::Client;
use crate::ui::drag::{Drag, Held, Steps};
use crate::ui::number::{grouped, percent, significant};
use crate::ui::pixels::Pixels;
use crate::ui::plot::Plot;
use crate::ui::slider::{Scale, Slider};
use crate::ui::theme::Themes;
use crate::ui::toggle::Toggle;
use crate::ui::twin_curves::epochs;

/// Digits shown of each network.
const SHOWN: usize = 18;

/// Both networks' confusion and their most confident mistakes.
#[component]
pub fn Mistakes(
    /// The settings.
    settings: Settings,
    /// The runs without and with dropout.
    clients: [Client; 2],
    /// Dropout of the second one.
    #[prop(into)]
    p: Signal<f64>,
) -> impl IntoView {
    let AtRest { there, test, seen } = AtRest::of(clients);
    // One scale for both, so that colours compare.
    let most = Memo::new(move |_| {
        let of = |seen: &Memo<Seen>| {
            seen.with(|seen| {
                seen.as_ref()
                    .map_or(0, |(_, readings)| most_confused(readings))
            })
        };
        seen.iter().map(of).max().unwrap_or(0)
    });
    let titles = [
        Signal::derive(|| "without dropout".to_owned()),
        Signal::derive(move || format!("with dropout p = {}", significant(p.get(), 2))),
    ];
    let names = [("Without dropout", "a"), ("With dropout", "b")];
    let network = move |index: usize| {
        view! { <Network settings seen=seen[index] most test title=titles[index] name=names[index].0 run=names[index].1 /> }
    };
    view! {
        <section class="mistakes" aria-label="Mistakes of both networks">
            <h3>"What they get wrong"</h3>
            <p class="hint" hidden=move || there.get()>
                "When the runs stand still, at their end or at a pause, you see here which digits each network takes for which, and its mistakes on \
                 test digits."
            </p>
            <div hidden=move || !there.get()>
                <div class="networks">{network(0)}{network(1)}</div>
                <div class="controls groups">
                    <fieldset>
                        <Toggle label="Only mistakes of one kind" name="one-kind" value=settings.one_kind
                            help="Or point at a cell" />
                        <Slider label="The digit is" name="label" value=settings.label scale=Scale::linear(0.0, 9.0, 1.0) default=KIND.0 />
                        <Slider label="It is read as" name="read" value=settings.read scale=Scale::linear(0.0, 9.0, 1.0) default=KIND.1 />
                    </fieldset>
                </div>
            </div>
        </section>
    }
}

/// One network's part.
#[component]
fn Network(
    /// The settings.
    settings: Settings,
    /// What it read.
    seen: Memo<Seen>,
    /// The most frequent confusion of both networks.
    most: Memo<u32>,
    /// The digits.
    test: Memo<Option<Digits>>,
    /// Its name over its figure.
    title: Signal<String>,
    /// Its name in a sentence.
    name: &'static str,
    /// Its place in the row of runs, for tests.
    run: &'static str,
) -> impl IntoView {
    let themes = expect_context::<Themes>();
    let kind = Memo::new(move |_| {
        let kind = (settings.label.get() as usize, settings.read.get() as usize);
        settings.one_kind.get().then_some(kind)
    });
    let figure = Memo::new(move |_| {
        seen.with(|seen| matrix(title.get(), seen.as_ref(), most.get(), kind.get()))
    });
    let set = move |label: usize, read: usize| {
        settings.label.set(label as f64);
        settings.read.set(read as f64);
        settings.one_kind.set(true);
    };
    let choose = move |held: Held| {
        let layout =
            figure.with_untracked(|figure| figure.layout(held.width, held.height, &held.style));
        if let Some((row, column)) = layout.cell_at(held.x, held.y) {
            set(row, column);
        }
    };
    let step = move |(right, up): Steps| {
        let moved = |place: RwSignal<f64>, by: i32| {
            (place.get_untracked() + f64::from(by)).clamp(0.0, (CLASSES - 1) as f64) as usize
        };
        set(moved(settings.label, -up), moved(settings.read, right));
        true
    };
    let shown = Memo::new(move |_| {
        seen.with(|seen| {
            let mistakes = seen.iter().flat_map(|(_, readings)| readings.mistakes());
            mistakes
                .filter(|mistake| is_of(mistake, kind.get()))
                .take(SHOWN)
                .copied()
                .collect::<Vec<_>>()
        })
    });
    let digit = move |place: usize| {
        let mistake = move || shown.with(|shown| shown.get(place).copied());
        let raster = Memo::new(move |_| {
            let palette = Palette::of(themes.theme.get());
            let index = Part::Test.range().start + mistake()?.example;
            test.with(|digits| {
                Some(Raster::of_image(
                    digits.as_ref()?.images.image(index),
                    palette,
                ))
            })
        });
        let description = Signal::derive(move || mistake().map_or(String::new(), described));
        let caption = move || {
            mistake().map(
                |Mistake {
                     label, predicted, ..
                 }| format!("{label} \u{2192} {predicted}"),
            )
        };
        view! {
            <figure hidden=move || mistake().is_none() title=description>
                <Pixels raster description />
                <figcaption>{caption}</figcaption>
            </figure>
        }
    };
    let words = move || {
        seen.with(|seen| match seen {
            Some((epoch, readings)) => sentence(name, *epoch, readings, kind.get()),
            None => format!("{name}: not measured at rest yet."),
        })
    };
    view! {
        <div class="network" data-mistakes=run>
            <Drag on_drag=choose on_step=step help="Point at a cell, or move to it with the arrow keys, to see its digits">
                <Plot figure name=if run == "a" { "confusion-without-dropout" } else { "confusion-with-dropout" } height=|width| (width + 48.0).min(340.0) />
            </Drag>
            <p role="status">{words}</p>
            <div class="samples"><div class="strip">{(0..SHOWN).map(digit).collect_view()}</div></div>
        </div>
    }
}

fn is_of(mistake: &Mistake, kind: Option<(usize, usize)>) -> bool {
    let of = (usize::from(mistake.label), usize::from(mistake.predicted));
    kind.is_none_or(|kind| kind == of)
}

/// The largest count off the diagonal.
fn most_confused(readings: &Readings) -> u32 {
    let counts = readings.confusion();
    let wrong = counts
        .indexed_iter()
        .filter(|((row, column), _)| row != column);
    wrong.map(|(_, count)| *count).max().unwrap_or(0)
}

/// Counts of mistakes; what is right, the diagonal, stays empty.
fn matrix(
    name: String,
    seen: Option<&(f64, Readings)>,
    most: u32,
    chosen: Option<(usize, usize)>,
) -> Matrix {
    let names = || (0..CLASSES).map(|class| class.to_string()).collect();
    let values = seen.map_or(Vec::new(), |(_, readings)| {
        let counts = readings.confusion();
        let count = |((row, column), count): ((usize, usize), &u32)| match row == column {
            true => f32::NAN,
            false => *count as f32,
        };
        counts.indexed_iter().map(count).collect()
    });
    Matrix {
        title: format!("mistakes {name}; full ink is {most} of a kind"),
        row_title: "the digit".to_owned(),
        column_title: "read as".to_owned(),
        rows: names(),
        columns: names(),
        values,
        map: ColourMap::Activation {
            full: f64::from(most.max(1)),
        },
        chosen,
    }
}

fn described(mistake: Mistake) -> String {
    format!(
        "A {} read as {} with probability {}",
        mistake.label,
        mistake.predicted,
        percent(f64::from(mistake.probability))
    )
}

fn sentence(name: &str, epoch: f64, readings: &Readings, kind: Option<(usize, usize)>) -> String {
    let after = format!("{name}, after {}", epochs(epoch));
    let wrong = readings.mistakes().len();
    let images = grouped(readings.examples() as u64);
    match kind {
        None => format!(
            "{after}: {wrong} of {images} test digits are read wrongly. Those it was surest of, the digit and what it read:"
        ),
        Some((label, read)) if label == read => format!(
            "{after}: {} of {} digits {label} are read rightly.",
            readings.confusion()[[label, read]],
            readings.of_class(label)
        ),
        Some((label, read)) => format!(
            "{after}: {} of {} digits {label} are read as {read}.",
            readings.confusion()[[label, read]],
            readings.of_class(label)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::loss::Loss;
    use ndarray::Array2;

    /// Three fours, of which one is read as 9, and a right 0.
    fn readings() -> Readings {
        let mut outputs = Array2::zeros((4, CLASSES));
        for (row, read) in [4, 4, 9, 0].into_iter().enumerate() {
            outputs[[row, read]] = 3.0;
        }
        Readings::new(Loss::CrossEntropy, outputs.view(), &[4, 4, 4, 0])
    }

    #[test]
    fn the_matrix_holds_mistakes_only() {
        let name = "without dropout".to_owned();
        let matrix = matrix(name, Some(&(2.0, readings())), 1, Some((4, 9)));
        assert_eq!(
            matrix.title,
            "mistakes without dropout; full ink is 1 of a kind"
        );
        assert_eq!(matrix.values[4 * CLASSES + 9], 1.0);
        assert!(matrix.values[4 * CLASSES + 4].is_nan());
        assert_eq!(most_confused(&readings()), 1);
    }

    #[test]
    fn the_sentence_counts() {
        let says = |kind| sentence("With dropout", 2.0, &readings(), kind);
        assert!(says(None).contains("after 2 epochs: 1 of 4 test digits are read wrongly"));
        assert!(says(Some((4, 9))).ends_with("1 of 3 digits 4 are read as 9."));
        assert!(says(Some((4, 4))).ends_with("2 of 3 digits 4 are read rightly."));
    }
}
