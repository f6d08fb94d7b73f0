//! Limits in words.

use crate::figures::numerals::number;
use crate::theory::limit::{Approach, Fate, LimitValue, NeuronLimit};

/// Above a neuron.
pub fn short(fate: Fate) -> &'static str {
    match fate {
        Fate::Undisturbed => "as before",
        Fate::Absorbed => "absorbed",
        Fate::Half => "1/2",
        Fate::DecidedUp => "decided: 1",
        Fate::DecidedDown => "decided: 0",
    }
}

/// In the table.
pub fn long(fate: Fate) -> &'static str {
    match fate {
        Fate::Undisturbed => "sees what the perceptron sees, says what it says",
        Fate::Absorbed => "sees a 1/2 or a changed value, but still agrees",
        Fate::Half => "its weighted input vanishes in the limit: it says 1/2",
        Fate::DecidedUp => "says 1 where the perceptron says 0",
        Fate::DecidedDown => "says 0 where the perceptron says 1",
    }
}

/// 0, 1/2 or 1.
pub fn limit_value(value: LimitValue) -> &'static str {
    match value {
        LimitValue::Zero => "0",
        LimitValue::Half => "1/2",
        LimitValue::One => "1",
    }
}

/// Output minus limit for large c.
pub fn approach(approach: &Approach) -> String {
    match approach {
        Approach::Exact => "0, for every c".to_owned(),
        Approach::Leading(term) => {
            let coefficient = term.coefficient();
            let sign = if coefficient < 0.0 { "\u{2212}" } else { "" };
            let exact = term.exact_coefficient();
            let size = exact.trim_start_matches('-');
            let factor = match (size, term.power()) {
                ("1", 0) => String::new(),
                ("1", 1) => "c ".to_owned(),
                ("1", power) => format!("c{} ", raised(power)),
                (size, power) => {
                    let size = if size.len() > 9 {
                        number(coefficient.abs(), 3)
                    } else {
                        size.to_owned()
                    };
                    match power {
                        0 => format!("{size} "),
                        1 => format!("{size} c "),
                        power => format!("{size} c{} ", raised(power)),
                    }
                }
            };
            let rate = number(term.rate(), 4);
            let rate = if rate == "1" { String::new() } else { rate };
            format!("{sign}{factor}exp(\u{2212}{rate}c)")
        }
        Approach::Undecided { .. } => "too many terms cancel to say".to_owned(),
    }
}

/// A power as raised digits.
fn raised(power: u32) -> String {
    const DIGITS: [char; 10] = [
        '\u{2070}', '\u{b9}', '\u{b2}', '\u{b3}', '\u{2074}', '\u{2075}', '\u{2076}', '\u{2077}',
        '\u{2078}', '\u{2079}',
    ];
    let digit = |digit: char| {
        digit
            .to_digit(10)
            .map_or(digit, |index| DIGITS[index as usize])
    };
    power.to_string().chars().map(digit).collect()
}

/// The sentence under the widget.
pub fn sentence(limits: &[Vec<NeuronLimit>]) -> String {
    let all: Vec<&NeuronLimit> = limits.iter().flatten().collect();
    let count = |fate: Fate| all.iter().filter(|one| one.fate == fate).count();
    let outputs = limits.last().map_or(&[] as &[NeuronLimit], Vec::as_slice);
    let wrong = outputs
        .iter()
        .filter(|one| !one.value.agrees_with(one.perceptron))
        .count();
    let verdict = format!(
        "{} of {} outputs tend to what the perceptrons say.",
        outputs.len() - wrong,
        outputs.len()
    );
    let halves = count(Fate::Half);
    if halves == 0 && wrong == 0 {
        return format!("At this input no neuron is on its edge. {verdict}");
    }
    format!(
        "At this input {} of {} neurons {} to 1/2; later neurons absorb it {}, decide it up {} and down {}. {verdict}",
        halves,
        all.len(),
        if halves == 1 { "tends" } else { "tend" },
        times(count(Fate::Absorbed)),
        times(count(Fate::DecidedUp)),
        times(count(Fate::DecidedDown)),
    )
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}
