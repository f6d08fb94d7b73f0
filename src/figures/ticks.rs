//! Nice tick values and their labels.

use super::mapping::{Scale, sensible_range};
use super::numerals::{fixed, number, superscript};

/// A labelled value on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// The value; lies within the range that was asked for.
    pub value: f64,
    /// The value in plain digits, or as a power of ten where that would be long.
    pub label: String,
}

/// Sorted ticks within `range` (mended by [`sensible_range`]): at least 2, and about `at_most`, which is clamped to
/// 2..=12, never more than 12.
///
/// Linear: multiples of 1, 2 or 5 times a power of ten. Logarithmic: decades, thinned evenly when there are too many;
/// below two decades also 2 and 5 times a decade; below that linear ticks. `whole` asks for whole numbers only
/// (epochs, counts), which a range shorter than 1 cannot give.
pub fn ticks(scale: Scale, range: (f64, f64), at_most: usize, whole: bool) -> Vec<Tick> {
    let (low, high) = sensible_range(scale, range);
    let at_most = at_most.clamp(2, 12);
    match scale {
        Scale::Linear => linear(low, high, at_most, whole),
        Scale::Log10 => logarithmic(low, high, at_most),
    }
}

/// Steps 1, 2, 5 by rank: rank 0 is 1, 1 is 2, 2 is 5, 3 is 10, -1 is 0.5, ...
fn step_of_rank(rank: i32) -> (f64, i32) {
    (
        [1.0, 2.0, 5.0][rank.rem_euclid(3) as usize],
        rank.div_euclid(3),
    )
}

fn multiples(low: f64, high: f64, rank: i32) -> Vec<f64> {
    let (mantissa, exponent) = step_of_rank(rank);
    // Dividing by a power of ten is exact where multiplying by its inverse is not: 3 / 10 is 0.3, 3 * 0.1 is not.
    let place = |count: f64| {
        if exponent < 0 {
            count * mantissa / 10f64.powi(-exponent)
        } else {
            count * mantissa * 10f64.powi(exponent)
        }
    };
    let step = place(1.0);
    let first = (low / step - 1e-9).ceil();
    let last = (high / step + 1e-9).floor();
    let count = (last - first + 1.0).clamp(0.0, 100.0) as usize;
    (0..count)
        .map(|index| place(first + index as f64).clamp(low, high) + 0.0)
        .collect()
}

fn linear(low: f64, high: f64, at_most: usize, whole: bool) -> Vec<Tick> {
    let ideal = ((high - low) / at_most as f64).log10();
    let mut rank = (ideal * 3.0).floor() as i32 - 1;
    if whole && multiples(low, high, 0).len() >= 2 {
        rank = rank.max(0);
    }
    let mut values = multiples(low, high, rank);
    let mut used = rank;
    while values.len() > at_most {
        rank += 1;
        let coarser = multiples(low, high, rank);
        // A coarser step can jump from three ticks to one; three too many is better than one.
        if coarser.len() < 2 {
            break;
        }
        (values, used) = (coarser, rank);
    }
    let (_, exponent) = step_of_rank(used);
    let largest = low.abs().max(high.abs());
    values
        .into_iter()
        .map(|value| Tick {
            value,
            label: linear_label(value, exponent, largest),
        })
        .collect()
}

fn logarithmic(low: f64, high: f64, at_most: usize) -> Vec<Tick> {
    let tolerance = 1e-9;
    let first = (low.log10() - tolerance).ceil() as i32;
    let last = (high.log10() + tolerance).floor() as i32;
    let span = high.log10() - low.log10();
    let candidates: Vec<(i32, i32)> = if span >= 2.0 || last - first >= 2 {
        let decades = (last - first + 1).max(1) as usize;
        let stride = decades.div_ceil(at_most).max(1) as i32;
        // Multiples of the stride, so that 1 stays in sight while the range moves.
        let within: Vec<_> = (first..=last)
            .filter(|e| e.rem_euclid(stride) == 0)
            .collect();
        let chosen = if within.len() >= 2 {
            within
        } else {
            (first..=last)
                .step_by(stride.max(last - first) as usize)
                .collect()
        };
        chosen.into_iter().map(|exponent| (1, exponent)).collect()
    } else {
        let all: Vec<_> = (first - 1..=last)
            .flat_map(|exponent| [1, 2, 5].map(|mantissa| (mantissa, exponent)))
            .filter(|&(mantissa, exponent)| {
                let position = f64::from(mantissa).log10() + f64::from(exponent);
                position >= low.log10() - tolerance && position <= high.log10() + tolerance
            })
            .collect();
        let decades: Vec<_> = all.iter().copied().filter(|tick| tick.0 == 1).collect();
        if all.len() > at_most && decades.len() >= 2 {
            decades
        } else {
            all
        }
    };
    if candidates.len() < 2 {
        return linear(low, high, at_most, false);
    }
    let plain = candidates
        .iter()
        .all(|&(_, exponent)| (-3..=4).contains(&exponent));
    candidates
        .into_iter()
        .map(|(mantissa, exponent)| {
            let power = 10f64.powi(exponent.abs());
            let value = if exponent < 0 {
                f64::from(mantissa) / power
            } else {
                f64::from(mantissa) * power
            };
            let label = if plain || (-1..=1).contains(&exponent) {
                fixed(value, (-exponent).max(0) as usize)
            } else if mantissa == 1 {
                format!("10{}", superscript(exponent))
            } else {
                format!("{mantissa}×10{}", superscript(exponent))
            };
            Tick {
                value: value.clamp(low, high),
                label,
            }
        })
        .collect()
}

/// Unlabelled strokes of a logarithmic axis: 2 to 9 times each decade; beyond six decades, where these would only be a
/// grey wall, the decades.
pub fn minor_strokes(range: (f64, f64)) -> Vec<f64> {
    let (low, high) = sensible_range(Scale::Log10, range);
    let (first, last) = (low.log10().floor() as i32, high.log10().floor() as i32);
    let mantissas = if last - first > 6 { 1..=1 } else { 2..=9 };
    (first..=last)
        .flat_map(|exponent| {
            mantissas
                .clone()
                .map(move |m| f64::from(m) * 10f64.powi(exponent))
        })
        .filter(|value| (low..=high).contains(value))
        .collect()
}

fn linear_label(value: f64, step_exponent: i32, largest: f64) -> String {
    if largest >= 1e6 || step_exponent < -5 {
        return number(value, 4);
    }
    fixed(value, (-step_exponent).max(0) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(scale: Scale, range: (f64, f64), at_most: usize, whole: bool) -> Vec<String> {
        ticks(scale, range, at_most, whole)
            .into_iter()
            .map(|tick| tick.label)
            .collect()
    }

    #[test]
    fn linear_ticks_are_round_and_plain() {
        assert_eq!(
            labels(Scale::Linear, (0.0, 1.0), 6, false),
            ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
        );
        assert_eq!(
            labels(Scale::Linear, (0.0, 100.0), 6, true),
            ["0", "20", "40", "60", "80", "100"]
        );
        assert_eq!(
            labels(Scale::Linear, (-4.0, 4.0), 5, false),
            ["−4", "−2", "0", "2", "4"]
        );
        assert_eq!(
            labels(Scale::Linear, (0.0, 60_000.0), 4, true),
            ["0", "20,000", "40,000", "60,000"]
        );
        assert_eq!(
            labels(Scale::Linear, (0.0, 3e6), 4, false),
            ["0", "10⁶", "2×10⁶", "3×10⁶"]
        );
        assert_eq!(ticks(Scale::Linear, (0.0, 1.0), 6, false)[3].value, 0.6);
    }

    #[test]
    fn whole_axes_have_no_half_epochs() {
        assert_eq!(labels(Scale::Linear, (0.0, 2.0), 8, true), ["0", "1", "2"]);
        assert_eq!(
            labels(Scale::Linear, (0.0, 3.0), 6, true),
            ["0", "1", "2", "3"]
        );
    }

    #[test]
    fn decades_are_plain_when_near_and_powers_when_far() {
        assert_eq!(
            labels(Scale::Log10, (0.01, 10.0), 6, false),
            ["0.01", "0.1", "1", "10"]
        );
        assert_eq!(
            labels(Scale::Log10, (1e-8, 1.0), 5, false),
            ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "1"]
        );
        assert_eq!(
            labels(Scale::Log10, (0.15, 3.0), 8, false),
            ["0.2", "0.5", "1", "2"]
        );
        assert_eq!(
            labels(Scale::Log10, (0.31, 0.39), 5, false),
            ["0.32", "0.34", "0.36", "0.38"]
        );
    }

    #[test]
    fn senseless_ranges_still_have_ticks() {
        for range in [
            (f64::NAN, 1.0),
            (2.0, 2.0),
            (f64::INFINITY, 0.0),
            (1e300, -1e300),
            (0.0, 5e-324),
        ] {
            for scale in [Scale::Linear, Scale::Log10] {
                let count = ticks(scale, range, 6, true).len();
                assert!((2..=12).contains(&count), "{scale:?} {range:?} {count}");
            }
        }
    }
}
