//! 3.1 What the sheet asks: ReLU's equation, and its plot on [-4, 4].

use leptos::prelude::*;

use super::notation::{equation, plain};
use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Line, Mark, Series};
use crate::figures::palette::Role;
use crate::theory::activation::Activation;
use crate::theory::activation::formula::{Formula, integer, symbol};
use crate::ui::drag::{Drag, Held, Steps};
use crate::ui::formula::Equation;
use crate::ui::link::{Codec, Link};
use crate::ui::plot::Plot;
use crate::ui::slider::{Scale, Slider};
use crate::ui::toggle::Toggle;
use crate::ui::widget::Widget;

/// Name in links.
pub const ID: &str = "relu";
/// Inputs shown: from minus this to this, as the sheet asks.
const REACH: f64 = 4.0;
const DEFAULT_X: f64 = 1.5;
/// Step of the slider and of the dragged point.
const STEP: f64 = 0.05;

/// ReLU, its equation and a point that moves on it.
#[component]
pub fn Relu() -> impl IntoView {
    let link = expect_context::<Link>();
    let x = link.field(ID, "x", DEFAULT_X, Codec::within(-REACH..=REACH));
    let slope = link.field(ID, "slope", false, Codec::switch());
    let figure = Memo::new(move |_| figure(x.get(), slope.get()));
    let follow = move |held: Held| {
        let layout =
            figure.with_untracked(|figure| figure.layout(held.width, held.height, &held.style));
        let value = (layout.frame.x.value_at(held.x) / STEP).round() * STEP;
        x.set(crate::ui::slider::round_to(value.clamp(-REACH, REACH), 9));
    };
    let step = move |(right, _): Steps| {
        let value = x.get_untracked() + f64::from(right) * STEP;
        x.set(crate::ui::slider::round_to(value.clamp(-REACH, REACH), 9));
        right != 0
    };
    let cases = Formula::IfPositive {
        subject: Box::new(symbol("x")),
        then: Box::new(symbol("x")),
        otherwise: Box::new(integer(0)),
    };
    let value = format!(
        "<mrow>{}<mo>=</mo>{}</mrow>",
        equation("ReLU", false, &Activation::Relu.equation()),
        cases.to_mathml()
    );
    let derivative = equation("ReLU", true, &Activation::Relu.derivative_equation());
    view! {
        <Widget id=ID title="ReLU is max(0, x)" sentence=Signal::derive(move || sentence(x.get()))>
            <div class="equations" tabindex="0" role="group" aria-label="Equations of ReLU">
                <Equation content=value block=true />
                <div hidden=move || !slope.get()><Equation content=derivative block=true /></div>
            </div>
            <Drag on_drag=follow on_step=step help="Drag the point, or move it with the arrow keys">
                <Plot figure name="relu" height=|width| (0.5 * width).clamp(220.0, 420.0) />
            </Drag>
            <div class="controls">
                <Slider label="Point x" name="x" value=x scale=Scale::linear(-REACH, REACH, STEP) default=DEFAULT_X class="run-a" />
                <Toggle label="Show the derivative" name="slope" value=slope />
            </div>
        </Widget>
    }
}

fn figure(x: f64, slope: bool) -> Curves {
    let relu = Activation::Relu;
    let ends = [-REACH, 0.0, REACH];
    let mut series = vec![
        Series::new(
            Line::Test,
            Role::RunA,
            "ReLU(x) = max(0, x)",
            ends.map(|x| (x, relu.value(x))).to_vec(),
        )
        .short("ReLU"),
    ];
    let at = (x, relu.value(x));
    let label = format!("ReLU({}) = {}", plain(at.0), plain(at.1));
    let mut marks = vec![Mark::new(at, Role::RunA, label).filled().guides()];
    if slope {
        let (left, right) = relu.kink().expect("ReLU has a corner").slopes;
        let points = vec![
            (-REACH, left),
            (0.0, left),
            (f64::NAN, f64::NAN),
            (0.0, right),
            (REACH, right),
        ];
        series.push(
            Series::new(Line::Reference, Role::RunB, "ReLU\u{2032}(x)", points)
                .short("ReLU\u{2032}"),
        );
        marks.push(Mark::new((x, relu.derivative(x)), Role::RunB, "").filled());
    }
    Curves {
        x: Axis::linear("x").range(-REACH, REACH),
        y: Axis::linear(if slope {
            "ReLU(x), and its slope"
        } else {
            "ReLU(x)"
        })
        .range(0.0, REACH),
        series,
        marks,
        ..Curves::default()
    }
}

fn sentence(x: f64) -> String {
    let (value, slope) = (Activation::Relu.value(x), Activation::Relu.derivative(x));
    let at = format!("At x = {} ReLU gives {}", plain(x), plain(value));
    if x > 0.0 {
        return format!(
            "{at} with slope {}: signal and gradient pass unchanged.",
            plain(slope)
        );
    }
    if x < 0.0 {
        return format!(
            "{at} with slope {}: neither signal nor gradient passes.",
            plain(slope)
        );
    }
    let kink = Activation::Relu.kink().expect("ReLU has a corner");
    let slopes = kink.subgradients().expect("the corner is convex");
    format!(
        "{at} and has a corner: there is no derivative, every slope in {slopes} is a subgradient, and {} is used.",
        plain(kink.convention)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plot_is_the_sheets() {
        let figure = figure(DEFAULT_X, false);
        assert_eq!(figure.x.range, Some((-4.0, 4.0)));
        let points = &figure.series[0].points;
        assert_eq!(points, &[(-4.0, 0.0), (0.0, 0.0), (4.0, 4.0)]);
    }

    #[test]
    fn the_sentence_tells_the_three_cases_apart() {
        assert!(sentence(2.0).contains("gives 2 with slope 1"));
        assert!(sentence(-2.0).contains("gives 0 with slope 0"));
        assert!(sentence(0.0).contains("[0, 1]"));
    }
}
