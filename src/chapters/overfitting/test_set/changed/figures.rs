//! The reported and the present error and loss as bars, and in words.

use crate::figures::axes::Axis;
use crate::figures::bars::{Bar, Bars};
use crate::figures::palette::Role;
use crate::lab::message::Measures;
use crate::lab::study::Change;
use crate::theory::sampling::standard_error;
use crate::ui::number::{grouped, percent, significant};
use crate::ui::twin_curves::Quantity;

/// What was reported, and what a change makes of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// On the test images as they are.
    pub reported: Measures,
    /// The change.
    pub change: Change,
    /// On the changed images.
    pub now: Measures,
}

/// Two bars: what stands in the report, and what is.
pub fn bars(quantity: Quantity, measured: Option<&Measured>, images: usize) -> Bars {
    let (title, unit, decimals) = match quantity {
        Quantity::Loss => ("loss", "", 3),
        Quantity::Error => ("classification error", "%", 1),
    };
    let bar = |label: &str, of: fn(&Measured) -> Measures, role: Role| {
        let Some(measures) = measured.map(of) else {
            return Bar::new(label, f64::NAN, role);
        };
        let bar = Bar::new(label, quantity.of(&measures), role);
        match quantity {
            Quantity::Loss => bar,
            Quantity::Error => {
                let off = 200.0 * standard_error(measures.error, images);
                let error = 100.0 * measures.error;
                bar.interval(
                    (error - off).max(0.0),
                    (error + off).min(100.0),
                    format!("\u{b1} {}", significant(off, 2)),
                )
            }
        }
    };
    let axis = Axis::linear(title).unit(unit);
    Bars {
        axis: match quantity {
            Quantity::Error => axis.range(0.0, 100.0),
            Quantity::Loss => axis,
        },
        decimals,
        bars: vec![
            bar("reported", |measured| measured.reported, Role::RunA),
            bar("today", |measured| measured.now, Role::RunB).strong(),
        ],
    }
}

/// The change in words: "moved by 4 pixels to the right, turned by 30 degrees".
pub fn described(change: &Change) -> String {
    let mut parts = Vec::new();
    let [right, down] = change.shift;
    for (pixels, ahead, back) in [(right, "to the right", "to the left"), (down, "down", "up")] {
        if pixels != 0.0 {
            let noun = if pixels.abs() == 1.0 {
                "pixel"
            } else {
                "pixels"
            };
            let way = if pixels > 0.0 { ahead } else { back };
            parts.push(format!("moved by {} {noun} {way}", pixels.abs()));
        }
    }
    if change.rotation != 0.0 {
        let way = if change.rotation > 0.0 {
            ""
        } else {
            " to the left"
        };
        parts.push(format!("turned by {} degrees{way}", change.rotation.abs()));
    }
    if change.noise > 0.0 {
        parts.push(format!(
            "noisy by {}",
            significant(f64::from(change.noise), 2)
        ));
    }
    if change.inverted {
        parts.push("white on black".to_owned());
    }
    match parts.as_slice() {
        [] => "as they were".to_owned(),
        parts => parts.join(", "),
    }
}

/// What is seen, in words.
pub fn sentence(measured: Option<&Measured>, images: usize) -> String {
    let images = grouped(images as u64);
    match measured {
        None => format!(
            "Nothing measured yet. Change the world with a slider: the sheet\u{2019}s trained network will read all {images} test digits as they come then."
        ),
        Some(Measured {
            reported,
            change,
            now,
        }) => format!(
            "The report says {} error and a loss of {}. With digits {} the same network errs on {}, with a loss of {}; the report does not know.",
            percent(reported.error),
            significant(reported.loss, 3),
            described(change),
            percent(now.error),
            significant(now.loss, 3),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_described() {
        let change = Change {
            rotation: -30.0,
            shift: [1.0, -2.0],
            noise: 0.25,
            inverted: true,
        };
        assert_eq!(
            described(&change),
            "moved by 1 pixel to the right, moved by 2 pixels up, turned by 30 degrees to the left, noisy by 0.25, white on black"
        );
        assert_eq!(described(&Change::default()), "as they were");
    }

    #[test]
    fn the_sentence_keeps_report_and_present_apart() {
        let measures = |error, loss| Measures { loss, error };
        let measured = Measured {
            reported: measures(0.018, 0.07),
            change: Change {
                rotation: 30.0,
                ..Change::default()
            },
            now: measures(0.2, 0.9),
        };
        let text = sentence(Some(&measured), 4000);
        assert!(text.contains("says 1.8 % error"), "{text}");
        assert!(
            text.contains("turned by 30 degrees the same network errs on 20.0 %"),
            "{text}"
        );
        let bars = bars(Quantity::Error, Some(&measured), 4000);
        // Percent of a share: rounded once.
        for (bar, percent) in bars.bars.iter().zip([1.8, 20.0]) {
            assert!((bar.value - percent).abs() < 1e-9, "{bar:?}");
        }
        assert!(
            self::bars(Quantity::Loss, None, 4000).bars[0]
                .value
                .is_nan()
        );
    }
}
