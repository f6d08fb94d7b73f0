//! Strokes of a pen, and what the bundled network makes of digits that are drawn with them.

use proptest::prelude::*;
use softstep::data::brush::{Stroke, press};
use softstep::data::preparation::{SIDE, Steps, prepare};
use softstep::engine::layer::Mode;
use softstep::engine::metrics::prediction;
use softstep::engine::network::Network;
use softstep::engine::trace::Trace;
use softstep::lab::weights::trained_sheet_network;

/// Pixels along a side of the page's pad.
const PAD: usize = 112;

fn network() -> Network {
    trained_sheet_network(include_bytes!("../../assets/sheet-network.safetensors"))
        .expect("the bundled weights")
}

fn circle(centre: (f32, f32), radius: (f32, f32)) -> Vec<(f32, f32)> {
    let angle = |step: u8| std::f32::consts::TAU * f32::from(step) / 32.0;
    (0..=32)
        .map(|step| {
            let (sine, cosine) = angle(step).sin_cos();
            (centre.0 + radius.0 * cosine, centre.1 + radius.1 * sine)
        })
        .collect()
}

/// Digits as a person draws them, within a box of 100 x 100.
fn digits() -> Vec<(usize, Vec<(f32, f32)>)> {
    vec![
        (0, circle((50.0, 50.0), (32.0, 45.0))),
        (1, vec![(52.0, 5.0), (48.0, 95.0)]),
        (
            2,
            vec![
                (20.0, 28.0),
                (32.0, 10.0),
                (55.0, 6.0),
                (74.0, 18.0),
                (74.0, 38.0),
                (50.0, 64.0),
                (20.0, 92.0),
                (50.0, 92.0),
                (82.0, 90.0),
            ],
        ),
        (
            3,
            vec![
                (22.0, 14.0),
                (50.0, 6.0),
                (74.0, 18.0),
                (70.0, 38.0),
                (44.0, 48.0),
                (72.0, 58.0),
                (78.0, 78.0),
                (54.0, 94.0),
                (20.0, 88.0),
            ],
        ),
        (
            7,
            vec![(18.0, 10.0), (80.0, 10.0), (58.0, 50.0), (42.0, 95.0)],
        ),
    ]
}

/// What the network reads in a digit drawn at `size` times its box from `left`, `top` on.
fn read(
    points: &[(f32, f32)],
    size: f32,
    (left, top): (f32, f32),
    radius: f32,
    steps: Steps,
) -> usize {
    let stroke = Stroke {
        points: points
            .iter()
            .map(|(x, y)| (left + size * x, top + size * y))
            .collect(),
        radius,
    };
    let mut ink = vec![0.0; PAD * PAD];
    stroke.draw(&mut ink, PAD);
    let prepared = prepare(&ink, PAD, steps).expect("there is ink");
    let network = network();
    let mut trace = Trace::new(&network);
    trace.input_mut(1).copy_from_slice(&prepared.pixels);
    assert_eq!(prepared.pixels.len(), SIDE * SIDE);
    network.propagate(Mode::Predicting, &mut trace);
    prediction(trace.output(5).row(0).as_slice().expect("one row"))
}

#[test]
fn drawn_digits_are_read_in_the_middle_in_a_corner_huge_and_tiny() {
    for (digit, points) in digits() {
        for (what, size, at, radius) in [
            ("in the middle", 0.75, (18.0, 18.0), 5.5),
            ("in a corner", 0.4, (3.0, 3.0), 3.0),
            ("in the other corner", 0.4, (70.0, 70.0), 3.0),
            ("huge", 1.06, (3.0, 3.0), 7.0),
            ("tiny", 0.25, (60.0, 20.0), 2.0),
        ] {
            let found = read(&points, size, at, radius, Steps::default());
            assert_eq!(found, digit, "{digit} {what}");
        }
    }
}

#[test]
fn without_the_preparation_digits_in_a_corner_are_not_read() {
    let steps = Steps {
        fit: false,
        centre: false,
    };
    let wrong = digits()
        .iter()
        .filter(|(digit, points)| read(points, 0.4, (3.0, 3.0), 3.0, steps) != *digit)
        .count();
    assert!(wrong >= 3, "{wrong} of 5 are misread");
}

#[test]
fn a_dot_by_hand() {
    let mut ink = vec![0.0; 25];
    // Middle of the middle pixel; its neighbours' middles are at distance 1.
    press(&mut ink, 5, (2.5, 2.5), (2.5, 2.5), 1.0);
    assert_eq!((ink[12], ink[11], ink[7], ink[10]), (1.0, 0.5, 0.5, 0.0));
    assert!((ink[6] - (1.5 - 2.0_f32.sqrt())).abs() < 1e-6);
}

proptest! {
    #[test]
    fn ink_only_grows_and_stays_ink(
        places in proptest::collection::vec((-200.0_f32..200.0, -200.0_f32..200.0), 1..6),
        radius in 0.5_f32..30.0,
    ) {
        let mut ink = vec![0.0; 40 * 40];
        for ends in places.windows(2) {
            let before = ink.clone();
            press(&mut ink, 40, ends[0], ends[1], radius);
            prop_assert!(before.iter().zip(&ink).all(|(old, new)| old <= new && *new <= 1.0));
        }
    }

    #[test]
    fn a_line_is_the_same_in_both_directions(
        from in (0.0_f32..40.0, 0.0_f32..40.0),
        to in (0.0_f32..40.0, 0.0_f32..40.0),
    ) {
        let (mut there, mut back) = (vec![0.0; 40 * 40], vec![0.0; 40 * 40]);
        press(&mut there, 40, from, to, 3.0);
        press(&mut back, 40, to, from, 3.0);
        // Two ways round the same few operations on numbers below 64.
        prop_assert!(there.iter().zip(&back).all(|(one, other)| (one - other).abs() < 1e-4));
    }
}
