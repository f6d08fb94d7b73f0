//! The measured rates as a table: medians, spread, what was reached and what was to be reached.

use super::{Case, Target, Work};
use crate::engine::benchmark::{forward_operations, training_operations};
use std::fmt::Write as _;

/// The limit, in operations per second, that [`Target::Microseconds`] speaks of.
const REFERENCE_LIMIT: f64 = 59e9;

/// A table in the format of Markdown.
///
/// # Shapes
/// limit (round): operations per second; rates (case, round): samples per second.
///
/// # Panics
/// If there is no round, or not as many rounds and cases everywhere.
pub fn table(cases: &[Case], limit: &[f64], rates: &[Vec<f64>]) -> String {
    assert_eq!(cases.len(), rates.len(), "rates for each case");
    let (low, middle, high) = quartiles(limit);
    let giga = |rate: f64| rate / 1e9;
    let mut text = format!(
        "limit: {:.1} GFLOP/s (f32x4 multiply and add, one core; half of {} rounds {:.1} to {:.1})\n\n\
         | | samples/s (half of the rounds) | reached | to reach | |\n|---|---|---|---|---|\n",
        giga(middle),
        limit.len(),
        giga(low),
        giga(high)
    );
    let mut any = Vec::new();
    for (case, own) in cases.iter().zip(rates) {
        if let Target::Any(wanted) = case.target {
            any.push((share_of_limit(case, limit, own), wanted, &case.name));
            continue;
        }
        let (low, middle, high) = quartiles(own);
        let (reached, wanted, kept) = verdict(case, cases, limit, own, rates);
        let mark = if kept { "" } else { "**missed**" };
        writeln!(
            text,
            "| {} | {middle:.0} ({low:.0} to {high:.0}) | {reached} | {wanted} | {mark} |",
            case.name
        )
        .expect("a string takes text");
    }
    if !any.is_empty() {
        text += &any_table(any);
    }
    text
}

/// The least and the middle of many, and who missed.
fn any_table(mut any: Vec<(f64, f64, &String)>) -> String {
    any.sort_by(|a, b| a.0.total_cmp(&b.0));
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    let shares: Vec<f64> = any.iter().map(|&(share, ..)| share).collect();
    let (low, middle, high) = quartiles(&shares);
    let missed: Vec<String> = any
        .iter()
        .filter(|(share, wanted, _)| share < wanted)
        .map(|(share, _, name)| format!("{} ({name})", percent(*share)))
        .collect();
    format!(
        "\n{} convolutions, mini-batch 32: least {} ({}), half of them {} to {}, median {}. {} of {} reach {}.{}\n",
        any.len(),
        percent(any[0].0),
        any[0].2,
        percent(low),
        percent(high),
        percent(middle),
        any.len() - missed.len(),
        any.len(),
        percent(any[0].1),
        if missed.is_empty() {
            String::new()
        } else {
            format!(" **Missed**: {}.", missed.join("; "))
        }
    )
}

/// The median of a case's shares of the limit, round by round.
fn share_of_limit(case: &Case, limit: &[f64], own: &[f64]) -> f64 {
    let operations = operations(case);
    let shares = own.iter().zip(limit);
    let shares: Vec<f64> = shares
        .map(|(rate, limit)| rate * operations / limit)
        .collect();
    quartiles(&shares).1
}

/// What was reached and what was to be reached, in words, and whether it was. Ratios are medians of the rounds' ratios.
fn verdict(
    case: &Case,
    cases: &[Case],
    limit: &[f64],
    own: &[f64],
    rates: &[Vec<f64>],
) -> (String, String, bool) {
    let ratio =
        |of: &dyn Fn(usize) -> f64| quartiles(&(0..own.len()).map(of).collect::<Vec<f64>>()).1;
    let share = share_of_limit(case, limit, own);
    match case.target {
        Target::Limit(wanted) | Target::Any(wanted) => (
            format!("{:.0} % of the limit", 100.0 * share),
            format!("{:.0} %", 100.0 * wanted),
            share >= wanted,
        ),
        Target::Case(name, wanted) => {
            let place = cases.iter().position(|other| other.name == name);
            let other = &rates[place.expect("the other case is in the list")];
            let share = ratio(&|round| own[round] / other[round]);
            (
                format!("{share:.2} of plain"),
                format!("{wanted}"),
                share >= wanted,
            )
        }
        Target::Microseconds(wanted) => {
            let time = 1e6 * operations(case) / (share * REFERENCE_LIMIT);
            (
                format!("{time:.0} µs at {} GFLOP/s", REFERENCE_LIMIT / 1e9),
                format!("{wanted} µs"),
                time <= wanted,
            )
        }
    }
}

/// Floating-point operations of a case for each sample.
fn operations(case: &Case) -> f64 {
    let recipe = case.recipe.clone().validate();
    let network = recipe.expect("the list's recipes are valid").network();
    let operations = match case.work {
        Work::Train => training_operations(&network),
        Work::Predict(..) => forward_operations(&network),
    };
    operations as f64
}

/// Lower quartile, median, upper quartile; between two values the outer one, so that at least half of all lie between.
pub fn quartiles(values: &[f64]) -> (f64, f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len() - 1;
    (
        sorted[last / 4],
        sorted[last.div_ceil(2)],
        sorted[(3 * last).div_ceil(4)],
    )
}
