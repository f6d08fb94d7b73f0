//! Pictures from elsewhere: on light and on dark paper, transparent, blank, tiny.

use softstep::data::picture::{PictureError, ink_of};

/// A picture of `side` x `side` with a square of another colour in its middle.
fn square(side: usize, paper: [u8; 4], ink: [u8; 4]) -> Vec<u8> {
    let middle = side / 4..side - side / 4;
    (0..side * side)
        .flat_map(|index| {
            let inside = middle.contains(&(index / side)) && middle.contains(&(index % side));
            if inside { ink } else { paper }
        })
        .collect()
}

#[test]
fn paper_may_be_light_or_dark_or_nothing() {
    let expected: Vec<f32> = square(16, [0; 4], [1; 4])
        .chunks(4)
        .map(|pixel| f32::from(pixel[0]))
        .collect();
    for (paper, ink) in [
        ([255, 255, 255, 255], [0, 0, 0, 255]),
        ([0, 0, 0, 255], [255, 255, 255, 255]),
        ([230, 220, 200, 255], [40, 40, 120, 255]),
        ([0, 0, 0, 0], [0, 0, 0, 255]),
    ] {
        let found = ink_of(&square(16, paper, ink), 16, 16).expect("there is ink");
        let close = found
            .iter()
            .zip(&expected)
            // A few roundings of numbers up to 1.
            .all(|(found, expected)| (found - expected).abs() < 1e-5);
        assert!(close, "{paper:?} {ink:?}");
    }
}

#[test]
fn shade_on_the_paper_is_no_ink() {
    let mut picture = square(16, [250, 250, 250, 255], [10, 10, 10, 255]);
    picture[4 * 17..4 * 17 + 3].fill(200); // A shadow in row 1, column 1: 50 of the 240 to the ink.
    let ink = ink_of(&picture, 16, 16).expect("there is ink");
    assert_eq!(ink[17], 0.0);
}

#[test]
fn what_shows_no_digit_says_why() {
    let grey = [128, 128, 128, 255];
    assert_eq!(
        ink_of(&square(16, grey, grey), 16, 16),
        Err(PictureError::Blank)
    );
    assert_eq!(
        ink_of(&square(4, grey, [0; 4]), 4, 4),
        Err(PictureError::TooSmall(4, 4))
    );
}
