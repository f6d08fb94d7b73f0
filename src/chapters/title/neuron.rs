//! One sigmoid neuron beside the perceptron that it becomes.

use leptos::prelude::*;

use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Line, Series};
use crate::figures::palette::Role;
use crate::theory::activation::sigmoid;
use crate::ui::link::{Codec, Link};
use crate::ui::number::significant;
use crate::ui::plot::Plot;
use crate::ui::slider::{Scale, Slider};
use crate::ui::widget::Widget;

const ID: &str = "neuron";
const DEFAULT_C: f64 = 3.0;
/// Inputs shown: from minus this to this.
const REACH: f64 = 2.0;

/// The c-slider of one sigmoid neuron.
#[component]
pub fn Neuron() -> impl IntoView {
    let link = expect_context::<Link>();
    let c = link.field(ID, "c", DEFAULT_C, Codec::within(0.1..=1e6));
    let figure = Memo::new(move |_| figure(c.get()));
    view! {
        <Widget id=ID title="The steeper a sigmoid neuron, the more it is a perceptron" sentence=Signal::derive(move || sentence(c.get()))>
            <Plot figure name="sigmoid-neuron" height=|width| (0.5 * width).clamp(200.0, 340.0) />
            <div class="controls">
                <Slider label="Steepness c" name="c" value=c scale=Scale::logarithmic(0.1, 1e6, 20) default=DEFAULT_C class="run-a" />
            </div>
        </Widget>
    }
}

fn figure(c: f64) -> Curves {
    let step = [
        (-REACH, 0.0),
        (0.0, 0.0),
        (f64::NAN, f64::NAN),
        (0.0, 1.0),
        (REACH, 1.0),
    ];
    Curves {
        x: Axis::linear("weighted input w\u{b7}x + b").range(-REACH, REACH),
        y: Axis::linear("output").range(0.0, 1.0),
        series: vec![
            Series::new(Line::Reference, Role::RunB, "perceptron", step.to_vec()),
            Series::new(
                Line::Test,
                Role::RunA,
                format!("\u{3c3}(c\u{b7}z), c = {}", significant(c, 3)),
                sigmoid_points(c),
            )
            .short("sigmoid"),
        ],
        ..Curves::default()
    }
}

/// The curve at even steps, and at even steps of its own argument where it rises: smooth at any c.
fn sigmoid_points(c: f64) -> Vec<(f64, f64)> {
    let even = (-300..=300).map(|step| f64::from(step) / 300.0 * REACH);
    let rising = (-60..=60)
        .map(|step| f64::from(step) / 5.0 / c)
        .filter(|x| x.abs() <= REACH);
    let mut inputs: Vec<f64> = even.chain(rising).collect();
    inputs.sort_by(f64::total_cmp);
    inputs.into_iter().map(|x| (x, sigmoid(c * x))).collect()
}

/// Beyond |z| = ln(99) / c both differ by less than 1/100, since 1 / (1 + e^(c|z|)) = 1/100 there.
fn sentence(c: f64) -> String {
    let reach = 99.0_f64.ln() / c;
    format!(
        "With c = {} the sigmoid neuron differs from the perceptron by more than 0.01 only where |w\u{b7}x + b| < {}. At \
         w\u{b7}x + b = 0 it says 1/2, whatever c is.",
        significant(c, 3),
        significant(reach, 2),
    )
}
