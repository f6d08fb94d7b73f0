//! Figures: what the pictures look like, byte for byte, and what must hold for every input.
//!
//! The golden files are looked at by a person before they are committed. After a wanted change run the tests once with
//! `SOFTSTEP_BLESS=1` and look at the difference.

use std::path::PathBuf;

use softstep::figures::axes::{Axis, Frame};
use softstep::figures::bars::{Bar, Bars};
use softstep::figures::cell_grid::Window;
use softstep::figures::curves::{Curves, Gap, Line, Mark, Rule, Series};
use softstep::figures::histogram::{Counts, Curve, Histogram, equal_edges};
use softstep::figures::map_grid::MapGrid;
use softstep::figures::matrix::Matrix;
use softstep::figures::neuron_curve::neuron_curve;
use softstep::figures::palette::{Role, Theme};
use softstep::figures::raster::{ColourMap, PlacedRaster, Raster};
use softstep::figures::sheet::Shape;
use softstep::figures::{Drawn, Figure, Sheet, Style, export_svg};

mod layer_diagram;
mod properties;
mod shares;
mod thinned_network;

/// Compares the SVG of `figure` with `golden/{name}.svg`; writes that file instead if `SOFTSTEP_BLESS` is set.
fn check(name: &str, figure: &impl Figure, width: f64, height: f64, style: &Style) {
    let drawn = export_svg(figure, "", width, height, style);
    let path: PathBuf = [
        env!("CARGO_MANIFEST_DIR"),
        "tests",
        "it",
        "golden",
        &format!("{name}.svg"),
    ]
    .iter()
    .collect();
    if std::env::var_os("SOFTSTEP_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("has a folder")).expect("can be made");
        std::fs::write(&path, &drawn).expect("can be written");
        return;
    }
    let golden = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; SOFTSTEP_BLESS=1 writes it", path.display()));
    let first_difference = drawn
        .lines()
        .zip(golden.lines())
        .find(|(new, old)| new != old);
    assert!(
        drawn == golden,
        "{name} differs from its golden file, first in {first_difference:?}"
    );
}

/// A loss curve: falls towards `floor` at `rate`, then rises by `rise` an epoch; `wobble` is its noise; never
/// negative, as a loss is.
fn falling(
    epochs: u32,
    start: f64,
    floor: f64,
    rate: f64,
    rise: f64,
    wobble: f64,
) -> Vec<(f64, f64)> {
    (1..=epochs)
        .map(|epoch| {
            let t = f64::from(epoch);
            // Two incommensurate sines: irregular to the eye, the same on every machine to the eighth of a pixel.
            let noise = wobble * ((t * 2.399).sin() + (t * 5.13).sin()) / (1.0 + t / 40.0);
            let loss = floor + (start - floor) * (-rate * t).exp() + rise * t + noise;
            (t, loss.max(0.5 * floor))
        })
        .collect()
}

fn lowest(points: &[(f64, f64)]) -> (f64, f64) {
    *points
        .iter()
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .expect("not empty")
}

fn twin_run() -> Curves {
    let a_train = falling(100, 2.3, 0.015, 0.09, 0.0, 0.012);
    let a_test = falling(100, 2.2, 0.36, 0.13, 0.0021, 0.018);
    let b_train = falling(100, 2.3, 0.06, 0.06, 0.0, 0.016);
    let b_test = falling(100, 2.25, 0.335, 0.085, 0.0003, 0.016);
    let (a_best, b_best) = (lowest(&a_test), lowest(&b_test));
    Curves {
        x: Axis::linear("epoch").range(0.0, 100.0).whole(),
        y: Axis::linear("loss").from_zero(),
        series: vec![
            Series::new(Line::Training, Role::RunA, "no dropout, training", a_train)
                .short("A train"),
            Series::new(Line::Test, Role::RunA, "no dropout, test", a_test).short("A test"),
            Series::new(Line::Training, Role::RunB, "dropout, training", b_train).short("B train"),
            Series::new(Line::Test, Role::RunB, "dropout, test", b_test).short("B test"),
        ],
        gaps: vec![
            Gap {
                between: 0,
                and: 1,
                role: Role::RunA,
            },
            Gap {
                between: 2,
                and: 3,
                role: Role::RunB,
            },
        ],
        marks: vec![
            Mark::new(a_best, Role::RunA, format!("best loss, epoch {}", a_best.0))
                .short(format!("best: {}", a_best.0)),
            Mark::new(b_best, Role::RunB, format!("best loss, epoch {}", b_best.0))
                .short(format!("best: {}", b_best.0))
                .shape(Shape::Diamond),
        ],
        rules: Vec::new(),
        empty: String::new(),
    }
}

fn still_training() -> Curves {
    let mut chart = twin_run();
    for (index, series) in chart.series.iter_mut().enumerate() {
        series.points.truncate(if index < 2 { 42 } else { 40 });
    }
    chart.marks.clear();
    chart.rules.push(Rule::at_x(42.0, "now"));
    chart
}

fn log_log() -> Curves {
    let deviation = |margin: f64| -> Vec<(f64, f64)> {
        (0..=400)
            .map(|i| {
                let c = 10f64.powf(-1.0 + f64::from(i) * 0.01);
                (c, 1.0 / (1.0 + (c * margin).exp()))
            })
            .collect()
    };
    let bound: Vec<_> = deviation(0.1)
        .iter()
        .map(|&(c, _)| (c, (-c * 0.1).exp()))
        .collect();
    Curves {
        x: Axis::log("c").range(0.1, 1000.0),
        y: Axis::log("largest deviation").range(1e-8, 1.0),
        series: vec![
            Series::new(Line::Test, Role::RunA, "margin 0.1", deviation(0.1)),
            Series::new(Line::Test, Role::RunB, "margin 0.01", deviation(0.01)),
            Series::new(Line::Bound, Role::Quiet, "bound", bound),
        ],
        rules: vec![Rule::at_y(1e-4, "ε = 10⁻⁴")],
        ..Curves::default()
    }
}

fn activation_functions() -> Curves {
    let sampled = |f: fn(f64) -> f64| -> Vec<(f64, f64)> {
        (0..=800)
            .map(|i| {
                let x = -4.0 + f64::from(i) * 0.01;
                (x, f(x))
            })
            .collect()
    };
    let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
    Curves {
        x: Axis::linear("x").range(-4.0, 4.0),
        y: Axis::linear("activation").range(-1.0, 2.0).grid(),
        series: vec![
            Series::new(Line::Test, Role::RunA, "ReLU", sampled(|x| x.max(0.0))),
            Series::new(Line::Reference, Role::RunB, "sigmoid", sampled(sigmoid)),
            Series::new(
                Line::Reference,
                Role::Further(0),
                "tanh",
                sampled(f64::tanh),
            ),
            Series::new(
                Line::Reference,
                Role::Quiet,
                "step",
                vec![(-4.0, 0.0), (0.0, 0.0), (0.0, 1.0), (4.0, 1.0)],
            ),
        ],
        marks: vec![
            Mark::new((1.3, 1.3), Role::RunA, "ReLU(1.3) = 1.3")
                .filled()
                .guides(),
        ],
        ..Curves::default()
    }
}

#[test]
fn twin_run_wide() {
    check("twin_run_720", &twin_run(), 720.0, 360.0, &Style::default());
}

#[test]
fn twin_run_narrow() {
    check("twin_run_340", &twin_run(), 340.0, 260.0, &Style::default());
    check("twin_run_300", &twin_run(), 300.0, 240.0, &Style::default());
}

#[test]
fn twin_run_dark() {
    check(
        "twin_run_dark",
        &twin_run(),
        720.0,
        360.0,
        &Style::themed(Theme::Dark),
    );
}

#[test]
fn twin_run_projector() {
    let style = Style {
        scale: 1.6,
        ..Style::themed(Theme::Projector)
    };
    check("twin_run_projector", &twin_run(), 1100.0, 560.0, &style);
}

#[test]
fn a_run_in_progress() {
    check(
        "still_training",
        &still_training(),
        720.0,
        320.0,
        &Style::default(),
    );
}

#[test]
fn both_axes_logarithmic() {
    check("log_log", &log_log(), 620.0, 340.0, &Style::default());
}

/// A step, the sigmoid at c = 50, and the deviation measured at eight c, a dot each; values by the formulas.
#[test]
fn a_neuron_becomes_a_perceptron_and_measured_dots() {
    let sigmoid = |z: f64| 1.0 / (1.0 + (-50.0 * z).exp());
    let points = (-200..=200)
        .map(|i| f64::from(i) / 100.0)
        .map(|z| (z, sigmoid(z)))
        .collect();
    let curve = neuron_curve("weighted input", 2.0, 50.0, points);
    check("neuron_curve", &curve, 520.0, 260.0, &Style::default());
    let deviation: Vec<(f64, f64)> = (0..8)
        .map(|i| 10f64.powf(-1.0 + f64::from(i) / 3.0))
        .map(|c| (c, 1.0 / (1.0 + c.exp())))
        .collect();
    let chart = Curves {
        x: Axis::log("c").range(0.1, 100.0),
        y: Axis::log("largest deviation").range(1e-12, 1.0),
        series: vec![Series::dots(Role::RunA, "measured", &deviation)],
        ..Curves::default()
    };
    check("dots", &chart, 420.0, 260.0, &Style::default());
}

#[test]
fn functions_with_a_movable_point() {
    check(
        "activation_functions",
        &activation_functions(),
        520.0,
        340.0,
        &Style::default(),
    );
}

#[test]
fn nothing_to_show_yet() {
    let chart = Curves {
        x: Axis::linear("epoch").range(0.0, 100.0).whole(),
        y: Axis::linear("classification error")
            .unit("%")
            .range(0.0, 100.0),
        empty:
            "Press Run: both networks train on the same mini-batches, and their errors appear here."
                .into(),
        ..Curves::default()
    };
    check("empty", &chart, 480.0, 260.0, &Style::default());
    assert!(chart.describe().contains("Press Run"));
}

#[test]
fn one_point() {
    let chart = Curves {
        x: Axis::linear("epoch").whole(),
        y: Axis::linear("loss"),
        series: vec![Series::new(
            Line::Test,
            Role::RunA,
            "test",
            vec![(1.0, 2.25)],
        )],
        ..Curves::default()
    };
    check("single_point", &chart, 360.0, 220.0, &Style::default());
}

#[test]
fn gaps_and_zeros() {
    let mut points = falling(60, 1.0, 0.0, 0.12, 0.0, 0.0);
    points[20].1 = f64::NAN;
    points[22].1 = f64::NAN;
    for point in &mut points[50..55] {
        point.1 = 0.0;
    }
    points[57].1 = -1.0;
    points[59].1 = f64::INFINITY;
    let chart = Curves {
        x: Axis::linear("epoch").whole(),
        y: Axis::log("training loss"),
        series: vec![Series::new(Line::Test, Role::RunB, "with gaps", points)],
        ..Curves::default()
    };
    check("gaps_and_zeros", &chart, 420.0, 260.0, &Style::default());
}

#[test]
fn two_distributions() {
    let edges = equal_edges(-3.0, 3.0, 40);
    let bell = |mean: f64, spread: f64, total: f64| -> Vec<f64> {
        edges
            .windows(2)
            .map(|bin| {
                let z = ((bin[0] + bin[1]) / 2.0 - mean) / spread;
                (total * (-z * z / 2.0).exp()).round()
            })
            .collect()
    };
    let figure = Histogram {
        curve: None,
        x: Axis::linear("weight"),
        y: Axis::linear("weights").from_zero().whole(),
        series: vec![
            Counts {
                label: "without penalty".into(),
                role: Role::RunA,
                counts: bell(0.1, 0.9, 2400.0),
            },
            Counts {
                label: "L2".into(),
                role: Role::RunB,
                counts: bell(0.0, 0.45, 4300.0),
            },
        ],
        edges: edges.clone(),
        empty: String::new(),
    };
    check("histogram", &figure, 480.0, 280.0, &Style::default());
    check(
        "histogram_300",
        &figure,
        300.0,
        220.0,
        &Style::themed(Theme::Dark),
    );
    assert!(figure.describe().contains("L2"));
}

/// What goes into ReLU units, before and after training.
#[test]
fn weighted_inputs_under_their_function() {
    let edges = equal_edges(-8.0, 8.0, 64);
    let bell = |mean: f64, spread: f64| -> Vec<f64> {
        edges
            .windows(2)
            .map(|bin| {
                let z = ((bin[0] + bin[1]) / 2.0 - mean) / spread;
                10.0 * (-z * z / 2.0).exp() / spread
            })
            .collect()
    };
    let figure = Histogram {
        x: Axis::linear("weighted input z, layer 1").range(-8.0, 8.0),
        y: Axis::linear("share of all z").unit("%").from_zero(),
        series: vec![
            Counts {
                label: "after 20 epochs".into(),
                role: Role::RunA,
                counts: bell(-2.5, 2.0),
            },
            Counts {
                label: "start".into(),
                role: Role::Ink,
                counts: bell(0.0, 0.5),
            },
        ],
        curve: Some(Curve {
            label: "ReLU(z)".into(),
            role: Role::Quiet,
            points: vec![(-8.0, 0.0), (0.0, 0.0), (8.0, 0.9)],
        }),
        edges: edges.clone(),
        empty: String::new(),
    };
    check("histogram_curve", &figure, 480.0, 280.0, &Style::default());
    check(
        "histogram_curve_300",
        &figure,
        300.0,
        220.0,
        &Style::themed(Theme::Dark),
    );
}

/// The slopes of softmax: p_i (delta_ij - p_j).
#[test]
fn a_jacobian() {
    let p = [0.02, 0.6, 0.3, 0.08_f32];
    let names = || (0..p.len()).map(|class| class.to_string()).collect();
    let values = p.iter().enumerate().flat_map(|(i, a)| {
        let row = p.iter().enumerate();
        row.map(move |(j, b)| if i == j { a * (1.0 - b) } else { -a * b })
    });
    let figure = Matrix {
        title: "slope of probability i by logit j".into(),
        row_title: "i".into(),
        column_title: "j".into(),
        rows: names(),
        columns: names(),
        values: values.collect(),
        map: ColourMap::Diverging { bound: 0.25 },
        chosen: Some((1, 2)),
    };
    check("matrix", &figure, 320.0, 320.0, &Style::default());
    check(
        "matrix_220",
        &figure,
        220.0,
        260.0,
        &Style::themed(Theme::Dark),
    );
}

#[test]
fn ten_probabilities() {
    let logits = [0.2, -1.4, 0.9, 3.1, -0.3, 2.2, -2.0, 0.1, 1.6, 0.4_f64];
    let sum: f64 = logits.iter().map(|z| z.exp()).sum();
    let bars = |values: &mut dyn Iterator<Item = f64>| -> Vec<Bar> {
        values
            .enumerate()
            .map(|(digit, value)| {
                let bar = Bar::new(digit.to_string(), value, Role::RunA);
                if digit == 3 { bar.strong() } else { bar }
            })
            .collect()
    };
    let figure = Bars {
        axis: Axis::linear("probability").range(0.0, 1.0),
        decimals: 3,
        bars: bars(&mut logits.iter().map(|z| z.exp() / sum)),
    };
    check("probabilities", &figure, 320.0, 260.0, &Style::default());
    let figure = Bars {
        axis: Axis::linear("logit"),
        decimals: 1,
        bars: bars(&mut logits.iter().copied()),
    };
    check("logits", &figure, 320.0, 260.0, &Style::default());
}

#[test]
fn errors_with_intervals() {
    let run = |label: &str, role, value: f64, half: f64| {
        let note = format!("{:.1} to {:.1}", value - half, value + half);
        Bar::new(label, value, role).interval(value - half, value + half, note)
    };
    let figure = Bars {
        axis: Axis::linear("test error").unit("%"),
        decimals: 1,
        bars: vec![
            run("no dropout", Role::RunA, 11.8, 0.6),
            run("dropout 0.5", Role::RunB, 10.2, 0.6),
            run("dropout and L2", Role::Further(0), 10.4, 0.6),
        ],
    };
    check("error_intervals", &figure, 460.0, 130.0, &Style::default());
    assert_eq!(
        figure.describe(),
        "test error (%): no dropout 11.8 (11.2 to 12.4), dropout 0.5 10.2 (9.6 to 10.8), dropout and L2 10.4 (9.8 to 11.0)."
    );
}

/// A field of cells under axes: how figures place a raster.
struct Field;

impl Field {
    fn frame(width: f64, height: f64, style: &Style) -> Frame {
        let (x, y) = (Axis::linear("x"), Axis::linear("y"));
        Frame::lay_out(
            (width, height),
            style,
            (&x, (-1.0, 1.0)),
            (&y, (-1.0, 1.0)),
            0.0,
        )
    }
}

impl Figure for Field {
    fn draw(&self, sheet: &Sheet<'_>) -> Drawn {
        let frame = Self::frame(sheet.width(), sheet.height(), sheet.style());
        frame.draw(sheet)?;
        for (index, shape) in [
            Shape::Circle,
            Shape::Square,
            Shape::Triangle,
            Shape::Diamond,
        ]
        .into_iter()
        .enumerate()
        {
            let x = frame.x.position_of(-0.6 + 0.4 * index as f64);
            let colour = sheet.palette().mark(Role::Ink);
            sheet.marker((x, frame.y.position_of(0.4)), shape, 5.0, colour, None)?;
            sheet.marker(
                (x, frame.y.position_of(-0.4)),
                shape,
                5.0,
                colour,
                Some(1.5),
            )?;
        }
        Ok(())
    }

    fn describe(&self) -> String {
        "x times y: negative < 0 & positive > 0.".into()
    }

    fn cells(&self, width: f64, height: f64, style: &Style) -> Vec<PlacedRaster> {
        let values: Vec<f32> = (0..16 * 16)
            .map(|i| ((i % 16) as f32 / 7.5 - 1.0) * (1.0 - (i / 16) as f32 / 7.5))
            .collect();
        let raster = Raster::from_values(
            &values,
            16,
            16,
            ColourMap::diverging_over(&values),
            style.palette(),
        );
        let place = Self::frame(width, height, style).plot;
        vec![PlacedRaster { raster, place }]
    }
}

#[test]
fn cells_under_ink() {
    check("field", &Field, 260.0, 260.0, &Style::default());
}

#[test]
fn twenty_feature_maps_one_chosen_and_two_silenced() {
    // Map k is a slope in a direction of its own; the silenced ones are 0.
    let silent: Vec<bool> = (0..20).map(|map| map == 3 || map == 12).collect();
    let values = (0..20 * 144).map(|index| {
        let (map, row, column) = (index / 144, index / 12 % 12, index % 12);
        let slope = (row as f32 - 5.5) * (map as f32 - 9.5) + (column as f32 - 5.5) * 6.0;
        if silent[map] { 0.0 } else { slope / 90.0 }
    });
    let figure = MapGrid {
        title: "after pooling, 20 × 12 × 12".into(),
        values: values.collect(),
        side: 12,
        map: ColourMap::Diverging { bound: 1.0 },
        silent: silent.clone(),
        chosen: (
            6,
            Window {
                row: 4,
                column: 7,
                side: 1,
            },
        ),
        sentence: String::new(),
        empty: String::new(),
    };
    let height = MapGrid::height_of_twenty(320.0);
    check("map_grid", &figure, 320.0, height, &Style::default());
}
