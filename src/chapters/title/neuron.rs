//! One sigmoid neuron beside the perceptron that it becomes: a taste of 1.2, where whole networks do it.

use leptos::prelude::*;

use crate::figures::curves::Curves;
use crate::figures::neuron_curve::neuron_curve;
use crate::figures::numerals::number;
use crate::theory::deviation::one_neuron_c;
use crate::theory::logistic::steep_graph;
use crate::ui::link::{Codec, Link};
use crate::ui::plot::Plot;
use crate::ui::slider::{Scale, Slider};
use crate::ui::widget::Widget;

const ID: &str = "neuron";
const DEFAULT_C: f64 = 3.0;
/// Inputs shown: from minus this to this.
const REACH: f64 = 2.0;
/// The deviation of which the sentence speaks.
const DEVIATION: f64 = 0.01;

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
            <p class="onward"><a href="#/perceptrons/sigmoid">"Whole networks do it too: chapter 1.2"</a></p>
        </Widget>
    }
}

fn figure(c: f64) -> Curves {
    neuron_curve(
        "weighted input w\u{b7}x + b",
        REACH,
        c,
        steep_graph(c, REACH),
    )
}

/// The margin at which c is just enough for a deviation is what a margin of 1 would ask of c, divided by c.
fn sentence(c: f64) -> String {
    let reach = one_neuron_c(1.0, DEVIATION).map_or(f64::INFINITY, |enough| enough / c);
    format!(
        "With c = {} the sigmoid neuron differs from the perceptron by more than {DEVIATION} only where |w\u{b7}x + b| < {}. At \
         w\u{b7}x + b = 0 it says 1/2, whatever c is.",
        number(c, 3),
        number(reach, 2),
    )
}
