//! Logits, probabilities and sigmoids as bars; probabilities against c; the sentence.

use super::super::notation::plain;
use super::settings::{At, Bench, CLASSES, MOST_C, NEAR, REACH};
use crate::figures::axes::Axis;
use crate::figures::bars::{Bar, Bars};
use crate::figures::curves::{Curves, Line, Rule, Series};
use crate::figures::palette::Role;
use crate::theory::softmax::scaled_softmax;

/// The smallest c of the chart; the slider's 0 stands at its edge.
const LEAST_C: f64 = 0.01;

/// The logits a: what is dragged, and the bar that was held last set bold.
pub fn logit_bars(bench: &Bench, held: Option<usize>) -> Bars {
    let inside = bench.logits.iter().all(|logit| logit.abs() <= NEAR);
    let reach = if inside { NEAR } else { REACH };
    Bars {
        axis: Axis::linear("logits a").range(-reach, reach),
        decimals: 1,
        bars: named(&bench.logits, Role::Ink, held.as_slice()),
    }
}

/// The probabilities.
pub fn probability_bars(bench: &Bench) -> Bars {
    let title = match bench.shown_c {
        f64::INFINITY => "softmax(c(a + k)) for c \u{2192} \u{221e}".to_owned(),
        0.0 => "softmax(c(a + k)) for c \u{2192} 0".to_owned(),
        _ => "softmax(c(a + k))".to_owned(),
    };
    Bars {
        axis: Axis::linear(title).range(0.0, 1.0),
        decimals: 4,
        bars: named(&bench.probabilities, Role::RunA, &bench.winners()),
    }
}

/// A sigmoid of each logit by itself.
pub fn sigmoid_bars(bench: &Bench) -> Bars {
    Bars {
        axis: Axis::linear(match bench.shown_c {
            f64::INFINITY => "\u{3c3}(c(a + k)) for c \u{2192} \u{221e}",
            0.0 => "\u{3c3}(c(a + k)) for c \u{2192} 0",
            _ => "\u{3c3}(c(a + k)), each by itself",
        })
        .range(0.0, 1.0),
        decimals: 4,
        bars: named(&bench.sigmoids, Role::RunB, &[]),
    }
}

fn named(values: &[f64], role: Role, strong: &[usize]) -> Vec<Bar> {
    let bars = values.iter().enumerate().map(|(class, value)| {
        let bar = Bar::new(class.to_string(), *value, role);
        if strong.contains(&class) {
            bar.strong()
        } else {
            bar
        }
    });
    bars.collect()
}

/// Every probability against c, from nearly uniform to nearly argmax.
pub fn limit_curves(bench: &Bench) -> Curves {
    let factors: Vec<f64> = (0..=250)
        .map(|step| LEAST_C * 10_f64.powf(f64::from(step) / 50.0))
        .collect();
    let columns: Vec<Vec<f64>> = factors
        .iter()
        .map(|c| scaled_softmax(&bench.logits, *c))
        .collect();
    let winners = bench.winners();
    // In the order of the logits, so that the runners-up have the colours that are told apart best.
    let mut order: Vec<usize> = (0..CLASSES).collect();
    order.sort_by(|i, j| bench.logits[*j].total_cmp(&bench.logits[*i]).then(i.cmp(j)));
    let series = order.iter().enumerate().rev().map(|(rank, &class)| {
        let points = factors
            .iter()
            .zip(&columns)
            .map(|(c, p)| (*c, p[class]))
            .collect();
        let line = if winners.contains(&class) {
            Line::Test
        } else {
            Line::Reference
        };
        let role = if rank < 4 {
            Role::nth(rank)
        } else {
            Role::Quiet
        };
        // The last ones lie on the floor, one over another: their bars have their names.
        let label = if rank < 4 {
            format!("class {class}")
        } else {
            String::new()
        };
        Series::new(line, role, label, points).short(if rank < 4 {
            class.to_string()
        } else {
            String::new()
        })
    });
    let mut rules = vec![Rule::at_y(0.1, "uniform: 1/10")];
    if bench.shown_c.is_finite() && bench.shown_c >= LEAST_C {
        rules.push(Rule::at_x(
            bench.shown_c,
            format!("c = {}", plain(bench.shown_c)),
        ));
    }
    Curves {
        x: Axis::log("factor c").range(LEAST_C, MOST_C),
        y: Axis::linear("probability").range(0.0, 1.0),
        series: series.collect(),
        rules,
        ..Curves::default()
    }
}

/// The sentence under the figures.
pub fn sentence(bench: &Bench, at: At) -> String {
    let smallest = bench.probabilities.iter().copied().fold(f64::MAX, f64::min);
    let largest = bench.probabilities.iter().copied().fold(f64::MIN, f64::max);
    let sum: f64 = bench.sigmoids.iter().sum();
    let here = match at {
        At::Slider => format!("With c = {} all ten", plain(bench.c)),
        At::Zero => "In the limit c \u{2192} 0 all ten".to_owned(),
        At::Infinity => "In the limit c \u{2192} \u{221e} all ten".to_owned(),
    };
    let constant = if bench.added == 0.0 {
        String::new()
    } else {
        format!(
            " Adding {} to every logit moved no probability by more than {}.",
            plain(bench.added),
            plain(bench.moved_by_constant)
        )
    };
    let winners: Vec<String> = bench.winners().iter().map(usize::to_string).collect();
    let growing = match (winners.as_slice(), bench.limit.gap) {
        (_, None) => "All logits are equal, so c changes nothing.".to_owned(),
        ([winner], Some(_)) => format!(
            "As c grows, class {winner} takes all: from c = {} on no probability is further than 0.01 from its limit.",
            plain(bench.limit.scale_for_deviation(0.01))
        ),
        (tied, Some(_)) => format!(
            "Classes {} tie: as c grows they share, 1/{} each, from c = {} on up to 0.01.",
            tied.join(" and "),
            tied.len(),
            plain(bench.limit.scale_for_deviation(0.01))
        ),
    };
    format!(
        "{here} lie between {} and {} and sum to {}; ten sigmoids of the same logits sum to {}.{constant} {growing}",
        plain(smallest),
        plain(largest),
        plain(bench.probabilities.iter().sum()),
        plain(sum),
    )
}

#[cfg(test)]
mod tests {
    use super::super::settings::default;
    use super::*;

    #[test]
    fn a_tie_is_shared_in_the_limit_and_in_the_sentence() {
        let mut logits = default::LOGITS;
        logits[5] = logits[3];
        let bench = Bench::new(logits, 0.0, 1.0, f64::INFINITY);
        assert_eq!(bench.probabilities[3], 0.5);
        assert_eq!(bench.probabilities[5], 0.5);
        let text = sentence(&bench, At::Infinity);
        assert!(
            text.contains("Classes 3 and 5 tie") && text.contains("1/2 each"),
            "{text}"
        );
    }

    #[test]
    fn equal_logits_are_uniform_at_every_c() {
        let bench = Bench::new([0.7; CLASSES], 0.0, 5.0, 5.0);
        assert!(bench.probabilities.iter().all(|p| *p == 0.1));
        assert!(sentence(&bench, At::Slider).contains("c changes nothing"));
    }

    #[test]
    fn the_sigmoids_stand_in_the_same_limit_as_the_probabilities() {
        let mut logits = default::LOGITS;
        logits[0] = 0.0;
        let at = |shown_c| Bench::new(logits, 0.0, 1.0, shown_c).sigmoids;
        assert!(at(0.0).iter().all(|sigmoid| *sigmoid == 0.5));
        // Step functions, but 1/2 at 0.
        assert_eq!(at(f64::INFINITY)[..3], [0.5, 1.0, 1.0]);
        assert_eq!(at(f64::INFINITY)[4], 0.0);
    }

    #[test]
    fn the_bars_make_room_for_large_logits() {
        let mut logits = default::LOGITS;
        let range = |logits| {
            logit_bars(&Bench::new(logits, 0.0, 1.0, 1.0), None)
                .axis
                .range
        };
        assert_eq!(range(logits), Some((-10.0, 10.0)));
        logits[7] = -10.5;
        assert_eq!(range(logits), Some((-20.0, 20.0)));
    }

    #[test]
    fn the_curves_end_at_both_limits() {
        let figure = limit_curves(&Bench::new(default::LOGITS, 0.0, 1.0, 1.0));
        let winner = figure.series.last().expect("ten series");
        assert_eq!(winner.label, "class 3");
        assert!(winner.points[winner.points.len() - 1].1 > 0.999);
        assert!((winner.points[0].1 - 0.1).abs() < 0.01);
    }
}
