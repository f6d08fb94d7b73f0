//! Predictions as divided bars.

use super::check;
use softstep::figures::Style;
use softstep::figures::shares::{Row, Shares};
use softstep::theory::loss_and_error::START;

fn predictions() -> Shares {
    Shares {
        title: "right class | two others".to_owned(),
        names: ["right", "first", "second"].map(str::to_owned).to_vec(),
        notes: "\u{2212}ln p".to_owned(),
        rows: START
            .iter()
            .enumerate()
            .map(|(index, sample)| Row {
                label: format!("sample {}", index + 1),
                shares: sample.probabilities().to_vec(),
                note: format!("{:.2}", sample.loss()),
                alarming: !sample.is_right(),
                strong: index == 4,
            })
            .collect(),
    }
}

#[test]
fn predictions_look_as_they_did() {
    check("shares", &predictions(), 480.0, 230.0, &Style::default());
    check(
        "shares_300",
        &predictions(),
        300.0,
        230.0,
        &Style::default(),
    );
}
