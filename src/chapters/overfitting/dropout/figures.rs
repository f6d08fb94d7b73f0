//! What two runs measured, as a sentence.

use crate::data::split::Part;
use crate::lab::message::Point;
use crate::ui::number::{grouped, percent, significant};
use crate::ui::twin_curves::{at_common_epoch, epochs};

/// The sentence under the figures.
pub fn sentence(a: &[Point], b: &[Point], probability: f64, a_name: &str) -> String {
    let Some([point_a, point_b]) = at_common_epoch([a, b]) else {
        return format!(
            "Nothing trained yet. Press Run: both networks will learn from the same images, one with dropout p\u{a0}=\u{a0}{}.",
            significant(probability, 2)
        );
    };
    let images = grouped(Part::Test.range().len() as u64);
    let gap = |point: &Point| percent((point.test.error - point.training.error).max(0.0));
    let verdict = {
        let difference = 100.0 * (point_a.test.error - point_b.test.error);
        match difference {
            difference if difference >= 0.05 => {
                format!("dropout gains {} points", significant(difference, 2))
            }
            difference if difference <= -0.05 => {
                format!("dropout loses {} points", significant(-difference, 2))
            }
            _ => "no difference".to_owned(),
        }
    };
    format!(
        "After {}, {a_name} errs on {} of {images} test digits (gap {}), with dropout p\u{a0}=\u{a0}{} on {} (gap {}): {verdict}.",
        epochs(point_a.epoch),
        percent(point_a.test.error),
        gap(&point_a),
        significant(probability, 2),
        percent(point_b.test.error),
        gap(&point_b),
    )
}
