//! 1.4 1/2 is a balance that tips: the chain of sigmoid neurons, and the logistic equation.

use leptos::prelude::*;

use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Line, Mark, Rule, Series};
use crate::figures::field::{Field, FieldLine, FieldPoint};
use crate::figures::numerals::number;
use crate::figures::palette::Role;
use crate::figures::sheet::Shape;
use crate::theory::balance::{
    Stability, branches, chain_step, cobweb, fixed_points, logistic_solution, orbit,
};
use crate::ui::link::{Codec, Link};
use crate::ui::play::{Play, Sweep};
use crate::ui::plot::Plot;
use crate::ui::slider::{Scale, Slider};
use crate::ui::widget::Widget;

/// The widget's name in links.
pub const ID: &str = "balance";

const DEFAULT_C: f64 = 6.0;
const DEFAULT_START: f64 = 0.52;
const DEFAULT_NEURONS: f64 = 20.0;
const MOST_C: f64 = 20.0;
/// Time shown of the logistic equation.
const TIME: f64 = 8.0;

/// Cobweb, bifurcation diagram and logistic equation.
#[component]
pub fn Balance() -> impl IntoView {
    let link = expect_context::<Link>();
    let c = link.field(ID, "c", DEFAULT_C, Codec::within(0.0..=MOST_C));
    let start = link.field(ID, "start", DEFAULT_START, Codec::within(0.0..=1.0));
    let neurons = link.field(ID, "neurons", DEFAULT_NEURONS, Codec::whole(1.0..=60.0));

    let web = Memo::new(move |_| web(c.get(), start.get(), neurons.get() as usize));
    let diagram = Memo::new(move |_| bifurcation(c.get()));
    let chain = Memo::new(move |_| chain(c.get(), start.get(), neurons.get() as usize));
    let logistic = Memo::new(move |_| logistic(start.get()));
    let sentence = Signal::derive(move || words(c.get(), start.get(), neurons.get() as usize));
    let sweep = Sweep {
        from: 1.0,
        to: MOST_C,
        logarithmic: true,
    };
    view! {
        <Widget id=ID title="Up to c = 4 a chain of sigmoid neurons settles at 1/2; beyond, 1/2 tips towards 0 or 1" sentence>
            <div class="play-row">
                <Slider label="Steepness c" name="c" value=c scale=Scale::linear(0.0, MOST_C, 0.1) default=DEFAULT_C class="run-a" />
                <Play value=c sweep what="c" />
            </div>
            <div class="figures two">
                <figure class="plain"><figcaption>"Cobweb: up to the curve, across to the diagonal"</figcaption>
                    <Plot figure=web name="cobweb" height=|width| width.clamp(230.0, 460.0) />
                </figure>
                <figure class="plain"><figcaption>"Fixed points against c"</figcaption>
                    <Plot figure=diagram name="bifurcation" height=|width| width.clamp(230.0, 460.0) />
                </figure>
                <figure class="plain"><figcaption>"Along the chain"</figcaption>
                    <Plot figure=chain name="chain" height=|width| (0.55 * width).clamp(200.0, 280.0) />
                </figure>
                <figure class="plain"><figcaption>"The logistic equation s\u{2032} = s(1 \u{2212} s)"</figcaption>
                    <Plot figure=logistic name="logistic" height=|width| (0.55 * width).clamp(200.0, 280.0) />
                </figure>
            </div>
            <div class="controls groups">
                <Slider label="Start x" name="start" value=start scale=Scale::linear(0.0, 1.0, 0.01) default=DEFAULT_START class="run-b" />
                <Slider label="Neurons" name="neurons" value=neurons scale=Scale::linear(1.0, 60.0, 1.0) default=DEFAULT_NEURONS />
            </div>
        </Widget>
    }
}

fn web(c: f64, start: f64, neurons: usize) -> Field {
    let unit = |steps: i32, of: &dyn Fn(f64) -> f64| -> Vec<(f64, f64)> {
        (0..=steps)
            .map(|step| f64::from(step) / f64::from(steps))
            .map(|x| (x, of(x)))
            .collect()
    };
    let points = fixed_points(c).into_iter().map(|point| FieldPoint {
        at: (point.x, point.x),
        label: String::new(),
        role: Role::Ink,
        filled: point.stability == Stability::Stable,
        shape: Shape::Circle,
    });
    let mut points: Vec<FieldPoint> = points.collect();
    points.push(FieldPoint {
        at: (start, 0.0),
        label: "start".to_owned(),
        role: Role::RunB,
        filled: true,
        shape: Shape::Diamond,
    });
    Field {
        x: Axis::linear("output of one neuron").range(0.0, 1.0),
        y: Axis::linear("output of the next").range(0.0, 1.0),
        cells: None,
        lines: vec![
            FieldLine::new(Line::Bound, Role::Quiet, unit(1, &|x| x)),
            FieldLine::new(Line::Test, Role::RunA, unit(400, &|x| chain_step(c, x))),
            FieldLine::new(Line::Reference, Role::RunB, cobweb(c, start, neurons)),
        ],
        points,
        sentence: words(c, start, neurons),
    }
}

fn bifurcation(c: f64) -> Curves {
    let upto = |count: i32, from: f64, to: f64| -> Vec<f64> {
        (0..=count)
            .map(|step| from + (to - from) * f64::from(step) / f64::from(count))
            .collect()
    };
    // Close steps where the pair splits off like a square root.
    let cs = upto(200, 0.0, 1.0)
        .into_iter()
        .map(|share| 4.0 + (MOST_C - 4.0) * share * share);
    let pairs: Vec<(f64, (f64, f64))> = branches(cs)
        .into_iter()
        .map(|point| (point.c, point.pair.unwrap_or((0.5, 0.5))))
        .collect();
    let branch =
        |of: fn(&(f64, f64)) -> f64| pairs.iter().map(|(c, pair)| (*c, of(pair))).collect();
    let marks = fixed_points(c).into_iter().map(|point| {
        let mark = Mark::new((c, point.x), Role::RunA, String::new());
        if point.stability == Stability::Stable {
            mark.filled()
        } else {
            mark
        }
    });
    Curves {
        x: Axis::linear("c").range(0.0, MOST_C),
        y: Axis::linear("fixed point").range(0.0, 1.0),
        series: vec![
            Series::new(Line::Test, Role::RunA, "", vec![(0.0, 0.5), (4.0, 0.5)]),
            Series::new(
                Line::Bound,
                Role::RunB,
                "unstable",
                vec![(4.0, 0.5), (MOST_C, 0.5)],
            ),
            Series::new(Line::Test, Role::RunA, "stable", branch(|pair| pair.1)),
            Series::new(Line::Test, Role::RunA, "stable", branch(|pair| pair.0)),
        ],
        rules: vec![Rule::at_x(c, format!("c = {}", number(c, 3)))],
        marks: marks.collect(),
        ..Curves::default()
    }
}

fn chain(c: f64, start: f64, neurons: usize) -> Curves {
    let outputs = orbit(c, start, neurons);
    let points: Vec<(f64, f64)> = outputs
        .iter()
        .enumerate()
        .map(|(neuron, x)| (neuron as f64, *x))
        .collect();
    let marks = points
        .iter()
        .map(|at| Mark::new(*at, Role::RunB, String::new()).filled())
        .collect();
    Curves {
        x: Axis::linear("neuron")
            .whole()
            .range(0.0, neurons.max(2) as f64),
        y: Axis::linear("output").range(0.0, 1.0),
        series: vec![Series::new(Line::Reference, Role::RunB, "", points)],
        rules: vec![Rule::at_y(0.5, "")],
        marks,
        ..Curves::default()
    }
}

fn logistic(start: f64) -> Curves {
    let line = |start: f64| -> Vec<(f64, f64)> {
        (0..=160)
            .map(|step| f64::from(step) / 160.0 * TIME)
            .map(|time| (time, logistic_solution(start, time).unwrap_or(f64::NAN)))
            .collect()
    };
    let mut series: Vec<Series> = [0.002, 0.02, 0.1, 0.3, 0.5, 0.75, 1.15, 1.3]
        .into_iter()
        .map(|start| Series::new(Line::Reference, Role::Quiet, "", line(start)))
        .collect();
    series.push(Series::new(
        Line::Bound,
        Role::RunB,
        "0: unstable",
        vec![(0.0, 0.0), (TIME, 0.0)],
    ));
    series.push(Series::new(
        Line::Test,
        Role::RunA,
        "1: stable",
        vec![(0.0, 1.0), (TIME, 1.0)],
    ));
    series.push(Series::new(
        Line::Test,
        Role::RunB,
        format!("from {}", number(start, 3)),
        line(start),
    ));
    Curves {
        x: Axis::linear("time").range(0.0, TIME),
        y: Axis::linear("s").range(0.0, 1.4),
        series,
        ..Curves::default()
    }
}

fn words(c: f64, start: f64, neurons: usize) -> String {
    let end = orbit(c, start, neurons).last().copied().unwrap_or(start);
    let points = fixed_points(c);
    let middle = format!(
        "The slope of the curve at 1/2 is c/4 = {}",
        number(c / 4.0, 3)
    );
    let fate = match points.as_slice() {
        [low, _, high] => format!(
            "{middle}, above 1: 1/2 is unstable, and the stable fixed points are {} and {}.",
            number(low.x, 3),
            number(high.x, 3)
        ),
        _ if c == 4.0 => format!(
            "{middle}: it decides nothing, and the chain creeps to 1/2 slower than any exponential."
        ),
        _ => format!("{middle}, below 1: the only fixed point is 1/2, and it is stable."),
    };
    format!(
        "{fate} From {} the chain of {neurons} {} comes to {}.",
        number(start, 3),
        if neurons == 1 { "neuron" } else { "neurons" },
        number(end, 3)
    )
}
