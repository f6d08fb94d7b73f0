//! Maps of the plane of the first two inputs: two networks of perceptrons and where they differ, counted exactly.

use std::sync::Arc;

use leptos::prelude::*;

use super::bench::Bench;
use crate::figures::axes::Axis;
use crate::figures::field::{Cells, Field, FieldPoint};
use crate::figures::numerals::number;
use crate::figures::palette::Role;
use crate::figures::raster::ColourMap;
use crate::figures::sheet::Shape;
use crate::theory::perceptron::PerceptronNetwork;
use crate::theory::plane::{PlaneGrid, differing_pixels, output_map};
use crate::theory::threshold::{ThresholdNetwork, Trace};
use crate::ui::drag::Held;
use crate::ui::network_diagram::{Editing, Part, subscript};
use crate::ui::number::grouped;
use crate::ui::plane_point::{PlanePoint, PointField};
use crate::ui::plot::Plot;

/// Pixels on each side of a map.
pub const SIDE: usize = 256;
/// The plane is shown from the first to the second of these, in both directions.
pub const RANGE: (f64, f64) = (-1.0, 2.0);
/// A value of 1 is shown at 1 / this of full ink, so that points on it stay visible.
const FULL: f64 = 1.7;

/// The inputs of which a map depends: those that stand still in it. The first two are 0 here, so a point that moves in the plane
/// changes no map.
pub fn still_inputs(editing: Editing) -> Memo<Vec<f64>> {
    Memo::new(move |_| {
        let mut input = editing.input();
        input.iter_mut().take(2).for_each(|value| *value = 0.0);
        input
    })
}

/// The grid of the plane for a network's first two inputs; none if it has only one.
pub fn grid(still: &[f64], side: usize) -> Option<PlaneGrid> {
    (still.len() >= 2).then(|| PlaneGrid {
        base: still.to_vec(),
        ..PlaneGrid::new(RANGE, RANGE, side, side)
    })
}

/// All outputs at every pixel as bits; none for a network with one input.
pub fn bits(network: &impl ThresholdNetwork, still: &[f64]) -> Option<Arc<Vec<u8>>> {
    grid(still, SIDE).map(|grid| Arc::new(output_map(network, &grid)))
}

/// One output of a map of bits, as values.
pub fn output_of(bits: &[u8], output: usize) -> Vec<f32> {
    bits.iter()
        .map(|bits| f32::from(bits >> output & 1))
        .collect()
}

/// Two maps and their difference.
#[derive(Clone, Copy)]
pub struct Maps {
    bench: Bench,
    one: Memo<Option<Arc<Vec<u8>>>>,
    other: Memo<Option<Arc<Vec<u8>>>>,
    /// In how many pixels some output differs.
    pub difference: Memo<Option<usize>>,
}

impl Maps {
    /// Compares two maps.
    pub fn new(
        bench: Bench,
        one: Memo<Option<Arc<Vec<u8>>>>,
        other: Memo<Option<Arc<Vec<u8>>>>,
    ) -> Self {
        let difference = Memo::new(move |_| {
            one.with(|one| {
                other.with(|other| {
                    one.as_ref()
                        .zip(other.as_ref())
                        .map(|(one, other)| differing_pixels(one, other))
                })
            })
        });
        Self {
            bench,
            one,
            other,
            difference,
        }
    }
}

/// The plane without cells: axes, the four Boolean inputs, the present one.
pub fn plane(input: &[f64], sentence: String) -> Field {
    let corner = |x: f64, y: f64| FieldPoint {
        at: (x, y),
        label: String::new(),
        role: Role::Quiet,
        filled: false,
        shape: Shape::Circle,
    };
    let mut points = vec![
        corner(0.0, 0.0),
        corner(0.0, 1.0),
        corner(1.0, 0.0),
        corner(1.0, 1.0),
    ];
    if let [x, y, ..] = input {
        points.push(FieldPoint {
            at: (*x, *y),
            label: String::new(),
            role: Role::RunB,
            filled: true,
            shape: Shape::Diamond,
        });
    }
    Field {
        x: Axis::linear(format!("x{}", subscript(1))).range(RANGE.0, RANGE.1),
        y: Axis::linear(format!("x{}", subscript(2))).range(RANGE.0, RANGE.1),
        points,
        sentence,
        ..Field::default()
    }
}

/// Values as cells of the plane: 0 is paper, 1 a clear grey.
pub fn cells(values: Vec<f32>, side: usize) -> Cells {
    Cells {
        values: Arc::new(values),
        columns: side,
        rows: side,
        map: ColourMap::Activation { full: FULL },
    }
}

/// Height of a map of the plane: square.
pub fn map_height(width: f64) -> f64 {
    width.clamp(150.0, 420.0)
}

/// A map whose point is the input that both networks of the widget see: it can be moved.
#[component]
pub fn PlaneMap(
    /// Where the input is.
    editing: Editing,
    /// The map.
    figure: Memo<Field>,
    /// Name of the exported file, without ending.
    name: &'static str,
    /// What it is a map of, for screen readers.
    of: &'static str,
) -> impl IntoView {
    let at = move || match editing.input()[..] {
        [x, y, ..] => (x, y),
        _ => (0.0, 0.0),
    };
    let put = move |((x, y),): ((f64, f64),)| {
        let mut input = untrack(move || editing.input());
        if input.len() >= 2 {
            (input[0], input[1]) = (x, y);
            editing.input.set(input);
        }
    };
    let point = PlanePoint {
        at: Signal::derive(at),
        set: Callback::new(put),
        range: RANGE,
        step: Part::Input(0).step(),
    };
    let to_plane = |held: &Held| {
        let frame = plane(&[], String::new()).frame(held.width, held.height, &held.style);
        (frame.x.value_at(held.x), frame.y.value_at(held.y))
    };
    view! {
        <PointField point to_plane of>
            <Plot figure name height=map_height />
        </PointField>
    }
}

/// What both networks say at the point of their maps.
#[component]
pub fn AtThePoint(
    /// Where the input is.
    editing: Editing,
    /// What the networks are called.
    names: [&'static str; 2],
    /// What they do with the input.
    traces: [Memo<Trace>; 2],
) -> impl IntoView {
    let list = |values: &[f64], text: fn(f64) -> String| {
        let all: Vec<String> = values.iter().map(|value| text(*value)).collect();
        all.join(", ")
    };
    let outputs = move |trace: Memo<Trace>| trace.with(|trace| list(trace.outputs(), output_text));
    let text = move || {
        let input = list(&editing.input(), |value| number(value, 4));
        format!(
            "At the point, x = ({input}): {} {}; {} {}. Drag the point, or move it with the arrow keys.",
            names[0],
            outputs(traces[0]),
            names[1],
            outputs(traces[1])
        )
    };
    view! { <p class="at-the-point">{text}</p> }
}

/// An output with the digits that tell it from 0, 1/2 and 1.
pub fn output_text(value: f64) -> String {
    if value > 0.9995 && value < 1.0 {
        return format!("1 \u{2212} {}", number(1.0 - value, 2));
    }
    let from_half = value - 0.5;
    if from_half != 0.0 && from_half.abs() < 0.0005 {
        let sign = if from_half < 0.0 { "\u{2212}" } else { "+" };
        return format!("0.5 {sign} {}", number(from_half.abs(), 2));
    }
    number(value, 4)
}

/// Both maps of the chosen output and the pixels in which any output differs.
#[component]
pub fn View(
    /// What is compared.
    maps: Maps,
    /// What the networks are called.
    names: [&'static str; 2],
    /// What they do with the input.
    traces: [Memo<Trace>; 2],
) -> impl IntoView {
    let editing = maps.bench.editing;
    let input = Memo::new(move |_| editing.input());
    let outputs = Memo::new(move |_| editing.network.with(PerceptronNetwork::outputs));
    let chosen = maps.bench.output;
    let output = Memo::new(move |_| (chosen.get() as usize).clamp(1, outputs.get()) - 1);
    let picture = move |source: Memo<Option<Arc<Vec<u8>>>>, name: &'static str| {
        Memo::new(move |_| {
            let output = output.get();
            let sentence = format!(
                "Output {} of the {name} network over the plane of the first two inputs.",
                output + 1
            );
            let mut field = input.with(|input| plane(input, sentence));
            field.cells = source.with(|bits| {
                bits.as_ref()
                    .map(|bits| cells(output_of(bits, output), SIDE))
            });
            field
        })
    };
    let difference = Memo::new(move |_| {
        let count = maps.difference.get().unwrap_or(0);
        let sentence = format!("{} pixels differ.", grouped(count as u64));
        let mut field = input.with(|input| plane(input, sentence));
        field.cells = maps.one.with(|one| {
            maps.other.with(|other| {
                let (one, other) = one.as_ref().zip(other.as_ref())?;
                let values = one
                    .iter()
                    .zip(other.iter())
                    .map(|(a, b)| f32::from(u8::from(a != b)))
                    .collect();
                Some(Cells {
                    map: ColourMap::Diverging { bound: 1.0 },
                    ..cells(values, SIDE)
                })
            })
        });
        field
    });
    let flat = move || input.with(|input| input.len() < 2);
    view! {
        <div class="maps">
            <p class="hint" hidden=move || !flat()>"A map of the plane needs two inputs: add one."</p>
            <div class="map-row" hidden=flat>
                <figure><figcaption>{names[0]}</figcaption><PlaneMap editing figure=picture(maps.one, names[0]) name="map-one" of="the original network" /></figure>
                <figure><figcaption>{names[1]}</figcaption><PlaneMap editing figure=picture(maps.other, names[1]) name="map-other" of="the scaled network" /></figure>
                <figure><figcaption>"where they differ"</figcaption><PlaneMap editing figure=difference name="map-difference" of="the difference" /></figure>
                <AtThePoint editing names traces />
            </div>
            <OutputButtons bench=maps.bench />
        </div>
    }
}

/// Which output the maps show, where there are several.
#[component]
pub fn OutputButtons(
    /// The network.
    bench: Bench,
) -> impl IntoView {
    let outputs = Memo::new(move |_| bench.editing.network.with(PerceptronNetwork::outputs));
    let now = move || (bench.output.get() as usize).clamp(1, outputs.get());
    let buttons = move || {
        let all = (1..=outputs.get()).map(|output| {
            view! {
                <button type="button" aria-pressed=move || (now() == output).to_string()
                    on:click=move |_| bench.output.set(output as f64)>{format!("y{}", subscript(output))}</button>
            }
            .into_any()
        });
        all.collect::<Vec<_>>()
    };
    view! {
        <div class="outputs" role="group" aria-label="Output that the maps show" hidden=move || outputs.get() == 1>
            <span>"The maps show output"</span>
            {buttons}
        </div>
    }
}
