//! A hidden layer under a mask.

use softstep::figures::Style;
use softstep::figures::palette::Theme;
use softstep::figures::thinned_network::{HiddenUnit, ThinnedNetwork};

use super::check;

#[test]
fn a_mask_over_nine_units() {
    let units = [
        (1.2, 2.0),
        (0.4, 0.0),
        (0.0, 2.0),
        (2.1, 2.0),
        (1.0, 0.0),
        (0.3, 2.0),
        (0.0, 0.0),
        (0.8, 2.0),
        (1.6, 0.0),
    ];
    let image = (0..784).map(|cell| {
        let (row, column) = ((cell / 28) as f32 - 13.5, (cell % 28) as f32 - 13.5);
        (1.0 - ((row * row + column * column).sqrt() - 8.0).abs() / 2.0).max(0.0)
    });
    let weights = (0..90).map(|index| (index as f32 * 0.7).sin());
    let mut outputs = vec![0.02; 10];
    outputs[0] = 0.82;
    let figure = ThinnedNetwork {
        image: image.collect(),
        units: units
            .map(|(activation, factor)| HiddenUnit { activation, factor })
            .to_vec(),
        weights: weights.collect(),
        outputs,
        label: 0,
        chosen: Some(3),
        sentence: "four of nine units are silenced".to_owned(),
        empty: String::new(),
    };
    check("thinned_network", &figure, 600.0, 400.0, &Style::default());
    check(
        "thinned_network_310",
        &figure,
        310.0,
        280.0,
        &Style::themed(Theme::Dark),
    );
}
