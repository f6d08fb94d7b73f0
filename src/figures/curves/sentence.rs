//! A line chart in one sentence.

use super::layout::shows;
use super::{Curves, Series};
use crate::figures::mapping::Scale;
use crate::figures::numerals::number;

/// "test loss against epoch (logarithmic): dropout off, test goes from 2.3 at 0 to 0.45 at 100, lowest 0.41 at 14; ...".
pub(super) fn describe(chart: &Curves) -> String {
    let named = |axis: &crate::figures::axes::Axis| {
        let heading = axis.heading();
        match axis.scale {
            Scale::Linear => heading,
            Scale::Log10 => format!("{heading}, logarithmic"),
        }
    };
    // Beside curves with names, those without are only their background.
    let nameless = chart.series.iter().all(|series| series.label.is_empty());
    let mut parts: Vec<String> = chart
        .series
        .iter()
        .filter(|series| nameless || !series.label.is_empty())
        .filter_map(|series| of_series(chart, series))
        .collect();
    let what = format!("{} against {}", named(&chart.y), named(&chart.x));
    if parts.is_empty() {
        let hint = if chart.empty.is_empty() {
            String::new()
        } else {
            format!(" {}", chart.empty)
        };
        return format!("{what}: nothing to show yet.{hint}");
    }
    for mark in chart.marks.iter().filter(|mark| !mark.label.is_empty()) {
        parts.push(format!(
            "marked: {} ({} at {})",
            mark.label,
            number(mark.at.1, 3),
            number(mark.at.0, 3)
        ));
    }
    for rule in chart.rules.iter().filter(|rule| !rule.label.is_empty()) {
        parts.push(format!("line at {}: {}", number(rule.at, 3), rule.label));
    }
    format!("{what}: {}.", parts.join("; "))
}

fn of_series(chart: &Curves, series: &Series) -> Option<String> {
    let shown: Vec<&(f64, f64)> = series
        .points
        .iter()
        .filter(|point| shows(chart.x.scale, point.0) && shows(chart.y.scale, point.1))
        .collect();
    let (first, last) = (shown.first()?, shown.last()?);
    let lowest = shown.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    let at = |point: &(f64, f64)| format!("{} at {}", number(point.1, 3), number(point.0, 4));
    Some(if shown.len() == 1 {
        format!("{} is {}", series.label, at(first))
    } else if lowest.1 < first.1.min(last.1) {
        format!(
            "{} goes from {} to {}, lowest {}",
            series.label,
            at(first),
            at(last),
            at(lowest)
        )
    } else {
        format!("{} goes from {} to {}", series.label, at(first), at(last))
    })
}
