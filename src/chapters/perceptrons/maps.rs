//! Maps of the plane of the first two inputs: two networks of perceptrons and where they differ, counted exactly.

use std::sync::Arc;

use leptos::prelude::*;

use super::bench::Bench;
use crate::figures::axes::Axis;
use crate::figures::field::{Cells, Field, FieldPoint};
use crate::figures::palette::Role;
use crate::figures::raster::ColourMap;
use crate::figures::sheet::Shape;
use crate::theory::perceptron::PerceptronNetwork;
use crate::theory::plane::{PlaneGrid, differing_pixels, output_map};
use crate::theory::threshold::ThresholdNetwork;
use crate::ui::network_diagram::subscript;
use crate::ui::number::grouped;
use crate::ui::plot::Plot;

/// Pixels on each side of a map.
pub const SIDE: usize = 256;
/// The plane is shown from the first to the second of these, in both directions.
pub const RANGE: (f64, f64) = (-1.0, 2.0);
/// A value of 1 is shown at 1 / this of full ink, so that points on it stay visible.
const FULL: f64 = 1.7;

/// The grid of the plane for a network's first two inputs; none if it has only one.
pub fn grid(input: &[f64], side: usize) -> Option<PlaneGrid> {
    (input.len() >= 2).then(|| PlaneGrid {
        base: input.to_vec(),
        ..PlaneGrid::new(RANGE, RANGE, side, side)
    })
}

/// All outputs at every pixel as bits; none for a network with one input.
pub fn bits(network: &impl ThresholdNetwork, input: &[f64]) -> Option<Arc<Vec<u8>>> {
    grid(input, SIDE).map(|grid| Arc::new(output_map(network, &grid)))
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

/// Both maps of the chosen output and the pixels in which any output differs.
#[component]
pub fn View(
    /// What is compared.
    maps: Maps,
    /// What the networks are called.
    names: [&'static str; 2],
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
                bits.as_ref().map(|bits| {
                    let values = bits.iter().map(|bits| f32::from(bits >> output & 1));
                    cells(values.collect(), SIDE)
                })
            });
            field
        })
    };
    let difference = Memo::new(move |_| {
        let count = maps.difference.get().unwrap_or(0);
        let sentence = format!("{} pixels differ.", grouped(count as u64));
        let mut field = plane(&[], sentence);
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
                <figure><figcaption>{names[0]}</figcaption><Plot figure=picture(maps.one, names[0]) name="map-one" height=map_height /></figure>
                <figure><figcaption>{names[1]}</figcaption><Plot figure=picture(maps.other, names[1]) name="map-other" height=map_height /></figure>
                <figure><figcaption>"where they differ"</figcaption><Plot figure=difference name="map-difference" height=map_height /></figure>
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
