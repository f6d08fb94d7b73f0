//! What the probability of the right class costs: the cross-entropy, and the gradient that it sends back.

use leptos::prelude::*;

use super::super::notation::{lowered, plain};
use super::settings::{Bench, CLASSES, Settings, default};
use crate::figures::axes::Axis;
use crate::figures::bars::{Bar, Bars};
use crate::figures::curves::{Curves, Line, Mark, Series};
use crate::figures::palette::Role;
use crate::theory::softmax::{cross_entropy, cross_entropy_gradient, naive_cross_entropy};
use crate::ui::plot::Plot;
use crate::ui::slider::{Scale, Slider};

/// The loss of one label, on its curve and as a gradient.
#[component]
pub fn CrossEntropy(
    /// The settings.
    settings: Settings,
    /// What follows from them.
    bench: Memo<Bench>,
) -> impl IntoView {
    let label = move || settings.label.get() as usize;
    let curve = Memo::new(move |_| bench.with(|bench| curve(bench, label())));
    let gradient = Memo::new(move |_| bench.with(|bench| gradient(bench, label())));
    view! {
        <div class="controls">
            <Slider label="Right class" name="label" value=settings.label scale=Scale::linear(0.0, 9.0, 1.0) default=default::LABEL />
        </div>
        <div class="figures two">
            <Plot figure=curve name="cross-entropy" height=|width| (0.66 * width).clamp(220.0, 330.0) />
            <Plot figure=gradient name="cross-entropy-gradient" height=|width| (0.66 * width).clamp(220.0, 330.0) />
        </div>
        <p class="cost">{move || bench.with(|bench| words(bench, label()))}</p>
    }
}

/// z = c (a + k) with the slider's c: a limit has no logits.
fn logits(bench: &Bench) -> [f64; CLASSES] {
    bench.logits.map(|a| bench.c * (a + bench.added))
}

fn curve(bench: &Bench, label: usize) -> Curves {
    let cost = cross_entropy(&logits(bench), label);
    // The curve reaches a little further than the point; p = e^-C.
    let top = (cost * 1.15).max(5.0);
    let points: Vec<(f64, f64)> = (0..=300)
        .map(|step| top * f64::from(300 - step) / 300.0)
        .map(|cost| ((-cost).exp(), cost))
        .collect();
    let at = ((-cost).exp(), cost);
    Curves {
        x: Axis::linear("probability of the right class").range(0.0, 1.0),
        y: Axis::linear("cross-entropy \u{2212}ln p").range(0.0, top),
        series: vec![Series::new(Line::Test, Role::RunA, "", points)],
        marks: vec![
            Mark::new(
                at,
                Role::RunA,
                format!("p{} = {}, C = {}", lowered(label), plain(at.0), plain(at.1)),
            )
            .filled()
            .guides(),
        ],
        ..Curves::default()
    }
}

fn gradient(bench: &Bench, label: usize) -> Bars {
    let slopes = cross_entropy_gradient(&logits(bench), label);
    Bars {
        axis: Axis::linear("gradient \u{2202}C/\u{2202}z = p \u{2212} y").range(-1.0, 1.0),
        decimals: 4,
        bars: slopes
            .iter()
            .enumerate()
            .map(|(class, slope)| {
                let role = if *slope < 0.0 {
                    Role::Negative
                } else {
                    Role::Positive
                };
                let bar = Bar::new(class.to_string(), *slope, role);
                if class == label { bar.strong() } else { bar }
            })
            .collect(),
    }
}

fn words(bench: &Bench, label: usize) -> String {
    let p = format!("p{}", lowered(label));
    let cost = cross_entropy(&logits(bench), label);
    let naive = naive_cross_entropy(&bench.scaled_f32(), label);
    let naive = match f64::from(naive) {
        value if value.is_nan() => "is not a number".to_owned(),
        f64::INFINITY => "is infinite".to_owned(),
        value => format!("gives {}", plain(value)),
    };
    format!(
        "If the digit is a {label}, the network pays C = \u{2212}ln {p} = {}; guessing evenly costs ln 10 = {}. In 32 bits, \u{2212}ln of \
         the naive {p} {naive}; computed from the logits the cost is finite however small {p} is.",
        plain(cost),
        plain((CLASSES as f64).ln()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_logits_cost_ln_ten() {
        let bench = Bench::new([0.0; CLASSES], 0.0, 1.0, 1.0);
        assert!(words(&bench, 4).contains("= 2.303; guessing evenly costs ln 10 = 2.303"));
        let slopes = gradient(&bench, 4);
        assert!((slopes.bars[4].value + 0.9).abs() < 1e-12);
        assert!((slopes.bars[0].value - 0.1).abs() < 1e-12);
    }

    #[test]
    fn the_naive_cost_may_be_infinite_where_the_stable_one_is_not() {
        let mut logits = [0.0; CLASSES];
        logits[0] = 10.0;
        let bench = Bench::new(logits, -10.0, 12.0, 12.0);
        assert!(words(&bench, 1).contains("is infinite"));
    }
}
