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

/// -ln p of the label, from the logits where there are some; in the limit c -> infinity p is 0 or one part of 1.
fn cost_of(bench: &Bench, label: usize) -> f64 {
    match bench.scaled() {
        Some(logits) => cross_entropy(&logits, label),
        None => (1.0 / bench.probabilities[label]).ln(),
    }
}

/// p - y, axis (class).
fn slopes_of(bench: &Bench, label: usize) -> Vec<f64> {
    match bench.scaled() {
        Some(logits) => cross_entropy_gradient(&logits, label),
        None => {
            let mut slopes = bench.probabilities.clone();
            slopes[label] -= 1.0;
            slopes
        }
    }
}

fn curve(bench: &Bench, label: usize) -> Curves {
    let cost = cost_of(bench, label);
    // The curve reaches a little further than the point; p = e^-C. A cost without bound has no point.
    let top = if cost.is_finite() {
        (cost * 1.15).max(5.0)
    } else {
        5.0
    };
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
    let slopes = slopes_of(bench, label);
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
    let cost = cost_of(bench, label);
    let even = plain((CLASSES as f64).ln());
    let Some(logits) = bench.scaled() else {
        let winners = bench.winners();
        let price = match (winners.contains(&label), winners.len()) {
            (true, 1) => "nothing: it is sure and right".to_owned(),
            (true, tied) => format!("ln {tied} = {}: {tied} classes share", plain(cost)),
            (false, _) => "without bound: it is sure and wrong".to_owned(),
        };
        return format!(
            "In the limit c \u{2192} \u{221e}, if the digit is a {label}, the network pays {price}. Guessing evenly costs ln 10 = {even}."
        );
    };
    let naive = naive_cross_entropy(&logits.map(|z| z as f32), label);
    let naive = match f64::from(naive) {
        value if value.is_nan() => "is not a number".to_owned(),
        f64::INFINITY => "is infinite".to_owned(),
        value => format!("gives {}", plain(value)),
    };
    format!(
        "If the digit is a {label}, the network pays C = \u{2212}ln {p} = {}; guessing evenly costs ln 10 = {even}. In 32 bits, \u{2212}ln of \
         the naive {p} {naive}; computed from the logits the cost is finite however small {p} is.",
        plain(cost),
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
    fn the_cost_is_that_of_the_shown_limit() {
        let mut logits = [0.0; CLASSES];
        (logits[2], logits[7]) = (3.0, 3.0);
        let at = |shown_c| Bench::new(logits, 0.0, 1.0, shown_c);
        assert!((cost_of(&at(0.0), 2) - 10_f64.ln()).abs() < 1e-12);
        let limit = at(f64::INFINITY);
        assert!((cost_of(&limit, 2) - 2_f64.ln()).abs() < 1e-12);
        assert_eq!(cost_of(&limit, 0), f64::INFINITY);
        assert!(words(&limit, 0).contains("without bound"));
        assert!(words(&limit, 7).contains("ln 2 = 0.6931: 2 classes share"));
        let slopes = slopes_of(&limit, 7);
        assert_eq!((slopes[2], slopes[7], slopes[0]), (0.5, -0.5, 0.0));
        assert!(curve(&limit, 0).y.range.expect("is fixed").1.is_finite());
    }

    #[test]
    fn the_naive_cost_may_be_infinite_where_the_stable_one_is_not() {
        let mut logits = [0.0; CLASSES];
        logits[0] = 10.0;
        let bench = Bench::new(logits, -10.0, 12.0, 12.0);
        assert!(words(&bench, 1).contains("is infinite"));
    }
}
