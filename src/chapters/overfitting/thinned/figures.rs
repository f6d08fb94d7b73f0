//! Averages of thinned networks against the scaled one, as curves and as a sentence.

use crate::data::split::Part;
use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Line, Rule, Series};
use crate::figures::palette::Role;
use crate::lab::message::Measures;
use crate::lab::study::ensemble::{Member, read};
use crate::ui::number::{grouped, percent, significant};
use crate::ui::twin_curves::Quantity;

/// What was measured so far.
pub type Measured = Option<(Measures, Vec<Member>)>;

/// From the reports of the worker.
pub fn measured(studied: &[Measures]) -> Measured {
    read(studied)
}

/// Averages of 1, 2, ... thinned networks, each network alone, and the scaled one.
pub fn averages(quantity: Quantity, measured: &Measured, members: f64) -> Curves {
    let (title, unit, empty) = match quantity {
        Quantity::Loss => ("test loss", "", "And here their loss."),
        Quantity::Error => (
            "test error",
            "%",
            "Press Run: a network will learn with dropout; then here will stand the error of the average of 1, 2, \u{2026} of its thinned networks.",
        ),
    };
    let mut figure = Curves {
        x: Axis::log("thinned networks averaged").range(1.0, members.max(2.0)),
        y: Axis::linear(title).unit(unit),
        empty: empty.to_owned(),
        ..Curves::default()
    };
    let Some((scaled, members)) = measured else {
        return figure;
    };
    let line = |of: fn(&Member) -> Measures| -> Vec<(f64, f64)> {
        let places = members.iter().enumerate();
        places
            .map(|(index, member)| (index as f64 + 1.0, quantity.of(&of(member))))
            .collect()
    };
    let alone = line(|member| member.alone);
    figure.series = vec![
        Series::dots(Role::Quiet, "one alone", &alone).short("alone"),
        Series::new(
            Line::Reference,
            Role::Further(0),
            "geometric mean",
            line(|member| member.geometric),
        )
        .short("geom."),
        Series::new(
            Line::Test,
            Role::RunB,
            "mean",
            line(|member| member.arithmetic),
        ),
    ];
    figure.rules.push(Rule::at_y(quantity.of(scaled), "scaled"));
    figure
}

/// The sentence under the figures.
pub fn sentence(measured: &Measured, p: f64, training: bool) -> String {
    let Some((scaled, members)) = measured else {
        return if training {
            "The network learns with dropout; its thinned networks are measured when it has finished.".to_owned()
        } else {
            "Nothing measured yet. Press Run: a network will learn with dropout, then its thinned networks are averaged.".to_owned()
        };
    };
    let images = grouped(Part::Test.range().len() as u64);
    let start = format!(
        "The scaled network, all units on, errs on {} of {images} test digits (loss {}).",
        percent(scaled.error),
        significant(scaled.loss, 3),
    );
    let Some(last) = members.last() else {
        return start;
    };
    let count = members.len();
    let alone = members.iter().map(|member| member.alone.error).sum::<f64>() / count as f64;
    format!(
        "{start} One thinned network with p\u{a0}=\u{a0}{} alone errs on {} on average; the mean of {count} of them on {} (loss {}), their geometric mean on {} (loss {}).",
        significant(p, 2),
        percent(alone),
        percent(last.arithmetic.error),
        significant(last.arithmetic.loss, 3),
        percent(last.geometric.error),
        significant(last.geometric.loss, 3),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measures(error: f64) -> Measures {
        Measures {
            loss: 2.0 * error,
            error,
        }
    }

    #[test]
    fn the_sentence_has_the_scaled_network_one_alone_and_the_averages() {
        let studied = [0.1, 0.2, 0.2, 0.2, 0.3, 0.15, 0.11].map(measures);
        let text = sentence(&measured(&studied), 0.5, false);
        for part in [
            "errs on 10.0 % of 4,000",
            "alone errs on 25.0 %",
            "mean of 2 of them on 15.0 % (loss 0.3)",
            "geometric mean on 11.0 %",
        ] {
            assert!(text.contains(part), "{text}");
        }
        assert!(sentence(&measured(&[]), 0.5, false).contains("Press Run"));
    }

    #[test]
    fn the_curves_have_a_point_for_each_number_of_networks() {
        let studied = [0.1, 0.2, 0.2, 0.2, 0.3, 0.15, 0.11].map(measures);
        let figure = averages(Quantity::Error, &measured(&studied), 64.0);
        assert_eq!(figure.series[2].points, [(1.0, 20.0), (2.0, 15.0)]);
        assert_eq!(figure.rules[0].at, 10.0);
    }
}
