//! What variants keep and what they change.

use super::{Augmentation, Augmenter};
use crate::data::warp::AffineRange;
use rand::TryRng;
use std::convert::Infallible;

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

const SIDE: usize = 28;

/// Ink everywhere but at the border.
fn block() -> Vec<f32> {
    let inner = 8..20;
    let ink = |index: &usize| inner.contains(&(index % SIDE)) && inner.contains(&(index / SIDE));
    (0..SIDE * SIDE)
        .map(|index| f32::from(u8::from(ink(&index))))
        .collect()
}

fn variants(augmentation: Augmentation, count: usize, seed: u64) -> Vec<Vec<f32>> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut augmenter = Augmenter::new(augmentation, SIDE, SIDE);
    let mut vary = || {
        let mut result = vec![f32::NAN; SIDE * SIDE];
        augmenter.vary(&block(), &mut rng, &mut result);
        result
    };
    (0..count).map(|_| vary()).collect()
}

/// Every kind alone, gently.
fn kinds() -> Vec<Augmentation> {
    let affine = |affine| Augmentation {
        affine,
        ..Augmentation::default()
    };
    let none = AffineRange::default();
    vec![
        affine(AffineRange {
            rotation: 15.0,
            ..none
        }),
        affine(AffineRange {
            translation: 2.0,
            ..none
        }),
        affine(AffineRange { scale: 0.2, ..none }),
        affine(AffineRange { shear: 0.2, ..none }),
        Augmentation {
            perspective: 0.2,
            ..Augmentation::default()
        },
        Augmentation {
            elastic: 3.0,
            ..Augmentation::default()
        },
        Augmentation {
            noise: 0.2,
            ..Augmentation::default()
        },
        Augmentation {
            erasing: 10.0,
            ..Augmentation::default()
        },
    ]
}

#[test]
fn nothing_asked_changes_no_bit() {
    assert!(Augmentation::default().is_nothing());
    assert_eq!(variants(Augmentation::default(), 3, 1), vec![block(); 3]);
}

/// The whole way through warp, field and noise, by ranges that rounding nearly swallows.
#[test]
fn next_to_nothing_changes_next_to_nothing() {
    let tiny = 1e-6;
    let all = Augmentation {
        affine: AffineRange {
            rotation: tiny,
            translation: tiny,
            scale: tiny,
            shear: tiny,
        },
        perspective: tiny,
        elastic: tiny,
        noise: tiny,
        erasing: 0.0,
    };
    for image in variants(all, 20, 9) {
        let near = |(one, other): (&f32, f32)| (one - other).abs() < 3e-5;
        assert!(image.iter().zip(block()).all(near));
    }
}

#[test]
fn every_kind_repeats_for_a_seed_differs_from_time_to_time_and_stays_between_paper_and_ink() {
    for kind in kinds() {
        // A patch of paper may fall on paper: not every variant differs.
        let drawn = variants(kind, 8, 7);
        assert!(drawn == variants(kind, 8, 7), "{kind:?}");
        assert!(drawn != variants(kind, 8, 8), "{kind:?}");
        let mut different = drawn.clone();
        different.dedup();
        assert!(different.len() > 2, "{kind:?}");
        let pixels = || drawn.iter().flatten();
        assert!(pixels().all(|pixel| (0.0..=1.0).contains(pixel)));
    }
}

/// Chance that was written down: 32 random bits after another.
struct Written<I>(I);

impl<I: Iterator<Item = u32>> TryRng for Written<I> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.0.next().expect("enough was written down"))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unreachable!("single precision draws 32 bits")
    }

    fn try_fill_bytes(&mut self, _: &mut [u8]) -> Result<(), Infallible> {
        unreachable!("single precision draws 32 bits")
    }
}

/// `image` bent by a field whose control points, counted row by row over a grid of 7 x 7, are moved by `control` (x, y): each between
/// -1 and 1, in units of `elastic` pixels.
fn bent(image: &[f32], elastic: f32, control: fn(usize) -> [f64; 2]) -> Vec<f32> {
    // Rotation, translation twice, scale, shear and two tilts come first; here they have no range.
    let before = std::iter::repeat_n(0.0, 7);
    let controls = (0..7 * 7).flat_map(control);
    let drawn = before.chain(controls).map(|amount| {
        // An amount is 2 v - 1, and v the upper 24 bits as a fraction.
        ((amount + 1.0) / 2.0 * 4_294_967_296.0_f64) as u32
    });
    let kind = Augmentation {
        elastic,
        ..Augmentation::default()
    };
    let mut result = vec![f32::NAN; SIDE * SIDE];
    Augmenter::new(kind, SIDE, SIDE).vary_by(image, &mut Written(drawn), &mut result);
    result
}

/// An image that grows by 1/60 from one column to the next and by 1/120 from row to row: bilinear interpolation is exact on it.
fn ramp(x: f32, y: f32) -> f32 {
    (1.0 + x + y / 2.0) / 60.0
}

fn ramps() -> Vec<f32> {
    let pixels = 0..SIDE * SIDE;
    pixels
        .map(|pixel| ramp((pixel % SIDE) as f32, (pixel / SIDE) as f32))
        .collect()
}

/// A field that is the same everywhere: each pixel of the result looks that far to the right or down in the image.
#[test]
fn an_even_field_moves_the_image_the_other_way() {
    let image = ramps();
    let left = bent(&image, 2.0, |_| [0.5, 0.0]);
    let up = bent(&image, 2.0, |_| [0.0, 0.5]);
    for row in 0..SIDE - 1 {
        for column in 0..SIDE - 1 {
            let at = row * SIDE + column;
            assert!((left[at] - image[at + 1]).abs() < 1e-5, "{row} {column}");
            assert!((up[at] - image[at + SIDE]).abs() < 1e-5, "{row} {column}");
        }
        // Beyond the edge lies paper.
        assert_eq!(left[row * SIDE + SIDE - 1], 0.0);
        assert_eq!(up[(SIDE - 1) * SIDE + row], 0.0);
    }
}

/// Controls that grow by a quarter of 4 pixels from one to the next, 0 at the fourth: splines reproduce the straight line, so pixel c
/// along that axis is displaced by (1 + c/7) - 3 pixels. In the first case columns are drawn apart, in the second rows.
#[test]
fn a_field_that_grows_stretches_the_image_along_its_own_axis() {
    let image = ramps();
    let across = bent(&image, 4.0, |index| [((index % 7) as f64 - 3.0) / 4.0, 0.0]);
    let down = bent(&image, 4.0, |index| [0.0, ((index / 7) as f64 - 3.0) / 4.0]);
    let seen_at = |pixel: f32| pixel + pixel / 7.0 - 2.0;
    let inside = 0.0..=27.0;
    let mut compared = 0;
    for pixel in 0..SIDE * SIDE {
        let (x, y) = ((pixel % SIDE) as f32, (pixel / SIDE) as f32);
        if inside.contains(&seen_at(x)) {
            let expected = ramp(seen_at(x), y);
            assert!((across[pixel] - expected).abs() < 1e-5, "{x} {y}");
            compared += 1;
        }
        if inside.contains(&seen_at(y)) {
            let expected = ramp(x, seen_at(y));
            assert!((down[pixel] - expected).abs() < 1e-5, "{x} {y}");
        }
    }
    assert!(compared > 600, "{compared}");
}

/// Under a perspective along x, a column at distance d from the middle is seen from d / (1 + tilt d): what is nearer is
/// larger, and the middle stays.
#[test]
fn perspective_keeps_the_middle_and_trades_one_side_for_the_other() {
    let kind = Augmentation {
        perspective: 0.4,
        ..Augmentation::default()
    };
    let mut wider = [0; 2];
    for image in variants(kind, 50, 2) {
        assert!((image[13 * SIDE + 13] - 1.0).abs() < 1e-6);
        let row = &image[14 * SIDE..15 * SIDE];
        let (left, right): (f32, f32) = (row[..14].iter().sum(), row[14..].iter().sum());
        if (left - right).abs() > 0.1 {
            wider[usize::from(left > right)] += 1;
        }
    }
    assert!(wider.iter().all(|&count| count > 5), "{wider:?}");
}

#[test]
fn noise_has_the_standard_deviation_that_was_asked_for() {
    let kind = Augmentation {
        noise: 0.1,
        ..Augmentation::default()
    };
    // On paper the lower half is cut off: the mean of max(0, z) is 0.1 / sqrt(2 pi) = 0.0399.
    let images = variants(kind, 50, 3);
    let paper = images.iter().flat_map(|image| &image[..8 * SIDE]);
    let mean = paper.sum::<f32>() / (50 * 8 * SIDE) as f32;
    assert!((mean - 0.0399).abs() < 0.002, "{mean}");
}

#[test]
fn what_is_erased_is_a_square_up_to_the_largest_side() {
    let kind = Augmentation {
        erasing: 6.0,
        ..Augmentation::default()
    };
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(4);
    let mut augmenter = Augmenter::new(kind, SIDE, SIDE);
    let mut sides = [0; 7];
    for _ in 0..700 {
        let mut result = vec![0.0; SIDE * SIDE];
        augmenter.vary(&[1.0; SIDE * SIDE], &mut rng, &mut result);
        let erased = result.iter().filter(|&&pixel| pixel == 0.0).count();
        let side = erased.isqrt();
        assert_eq!(side * side, erased);
        sides[side] += 1;
    }
    // Each side is drawn about 100 times of 700: 60 is four standard deviations away.
    assert!(sides.iter().all(|&count| count > 60), "{sides:?}");
}
