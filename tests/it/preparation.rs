//! What is drawn anywhere and in any size comes to the network as MNIST's own digits do.

use ndarray::s;
use proptest::prelude::*;
use softstep::data::dataset::PixelScale;
use softstep::data::digits;
use softstep::data::preparation::{Bounds, SIDE, Steps, prepare};
use softstep::data::split::Part;
use softstep::data::warp::Affine;
use softstep::engine::layer::Mode;
use softstep::engine::metrics::prediction;
use softstep::engine::trace::Trace;
use softstep::lab::weights::trained_sheet_network;

/// A drawing of `side` x `side` with full ink in a rectangle.
fn rectangle(side: usize, bounds: Bounds) -> Vec<f32> {
    let mut drawing = vec![0.0; side * side];
    for row in bounds.top..bounds.bottom {
        drawing[row * side + bounds.left..row * side + bounds.right].fill(1.0);
    }
    drawing
}

#[test]
fn an_empty_pad_gives_nothing() {
    for steps in [
        Steps::default(),
        Steps {
            fit: false,
            centre: false,
        },
    ] {
        assert_eq!(prepare(&[0.0; 100], 10, steps), None);
        assert_eq!(
            prepare(&[0.04; 100], 10, steps),
            None,
            "a breath of ink is paper"
        );
    }
}

#[test]
fn a_box_of_ink_by_hand() {
    let bounds = Bounds {
        left: 200,
        top: 10,
        right: 240,
        bottom: 90,
    };
    let prepared = prepare(&rectangle(280, bounds), 280, Steps::default()).expect("there is ink");
    assert_eq!(prepared.bounds, bounds);
    // 40 x 80 becomes 10 x 20, in the middle of 28 x 28.
    assert_eq!(prepared.scaled, (10, 20));
    assert_eq!(prepared.moved, (0, 0));
    assert_eq!(prepared.centre_of_mass, (14.0, 14.0));
    let middle = Bounds {
        left: 9,
        top: 4,
        right: 19,
        bottom: 24,
    };
    assert_eq!(prepared.pixels, rectangle(SIDE, middle));
    // Without fitting a tenth of its size, where it was; the mass is 8 pixels right of and 9 above the middle.
    let still = prepare(
        &rectangle(280, bounds),
        280,
        Steps {
            fit: false,
            centre: false,
        },
    );
    let small = Bounds {
        left: 20,
        top: 1,
        right: 24,
        bottom: 9,
    };
    assert_eq!(still.expect("there is ink").pixels, rectangle(SIDE, small));
    let centred = prepare(
        &rectangle(280, bounds),
        280,
        Steps {
            fit: false,
            centre: true,
        },
    );
    assert_eq!(centred.expect("there is ink").moved, (-8, 9));
}

#[test]
fn one_point_of_ink_becomes_a_box() {
    let mut drawing = vec![0.0; 100];
    drawing[99] = 1.0;
    let prepared = prepare(&drawing, 10, Steps::default()).expect("there is ink");
    assert_eq!(prepared.scaled, (20, 20));
    assert_eq!(prepared.pixels.iter().sum::<f32>(), 400.0);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn place_and_size_do_not_matter(seed in 0_u64..1000, left in 0_usize..120, top in 0_usize..120, factor in 1_usize..=3) {
        // A random drawing of 40 x 40 cells, once in a corner and once elsewhere, each cell `factor` pixels wide.
        let cell = |row: usize, column: usize| {
            let mixed = (seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (row * 41 + column) as u64;
            if mixed.wrapping_mul(0xD134_2543_DE82_EF95) >> 61 == 0 { 1.0 } else { 0.0 }
        };
        let draw = |left: usize, top: usize, factor: usize| {
            let mut drawing = vec![0.0_f32; 240 * 240];
            for row in 0..40 * factor {
                for column in 0..40 * factor {
                    drawing[(top + row) * 240 + left + column] = cell(row / factor, column / factor);
                }
            }
            drawing
        };
        let one = prepare(&draw(0, 0, 1), 240, Steps::default());
        let other = prepare(&draw(left, top, factor), 240, Steps::default());
        match (one, other) {
            (Some(one), Some(other)) => {
                for (a, b) in one.pixels.iter().zip(&other.pixels) {
                    prop_assert!((a - b).abs() < 1e-4, "{a} and {b}");
                }
                prop_assert!((one.centre_of_mass.0 - 14.0).abs() <= 0.5 + 1e-3);
                prop_assert!((one.centre_of_mass.1 - 14.0).abs() <= 0.5 + 1e-3);
            }
            (one, other) => prop_assert_eq!(one, other),
        }
    }

    #[test]
    fn ink_stays_ink(pixels in prop::collection::vec(0.0_f32..=1.0, 30 * 30), fit: bool, centre: bool) {
        if let Some(prepared) = prepare(&pixels, 30, Steps { fit, centre }) {
            prop_assert_eq!(prepared.pixels.len(), SIDE * SIDE);
            prop_assert!(prepared.pixels.iter().all(|ink| (0.0..=1.0).contains(ink)));
        }
    }
}

/// The claim of lesson 2.3: digits in a corner or of half the size are read only with the preparation.
#[test]
fn digits_in_a_corner_and_small_ones_are_read_as_well_as_prepared_ones() {
    let network = trained_sheet_network(include_bytes!("../../assets/sheet-network.safetensors"))
        .expect("the bundled file");
    let digits = digits::decode(include_bytes!("../../assets/digits.idx.gz")).expect("bundled");
    let test = digits.dataset(Part::Test.first(1000), PixelScale::By255);
    let mut trace = Trace::new(&network);
    let mut correct = |change: &dyn Fn(&[f32]) -> Vec<f32>| {
        let mut images = test.images.clone();
        for mut image in images.outer_iter_mut() {
            let changed = change(image.as_slice().expect("row-major"));
            image
                .as_slice_mut()
                .expect("row-major")
                .copy_from_slice(&changed);
        }
        let mut correct = 0;
        for start in (0..1000).step_by(100) {
            network.forward(
                images.slice(s![start..start + 100, ..]),
                Mode::Predicting,
                &mut trace,
            );
            let outputs = trace.output(network.layers().len() - 1);
            for (row, label) in outputs.outer_iter().zip(&test.labels[start..]) {
                let row = row.to_slice().expect("row-major");
                correct += usize::from(prediction(row) == usize::from(*label));
            }
        }
        correct
    };
    let warped = |map: Affine, image: &[f32]| {
        let mut result = vec![0.0; SIDE * SIDE];
        map.apply(image, SIDE, SIDE, &mut result);
        result
    };
    let prepared = |image: Vec<f32>| prepare(&image, SIDE, Steps::default()).expect("ink").pixels;
    let corner = Affine::new(0.0, [4.0, 4.0], 1.0, 0.0);
    let small = Affine::new(0.0, [-5.0, 5.0], 0.5, 0.0);

    let plain = correct(&|image| prepared(image.to_vec()));
    let in_corner = correct(&|image| warped(corner, image));
    let in_corner_prepared = correct(&|image| prepared(warped(corner, image)));
    let made_small = correct(&|image| warped(small, image));
    let made_small_prepared = correct(&|image| prepared(warped(small, image)));
    println!("{plain} {in_corner} {in_corner_prepared} {made_small} {made_small_prepared}");
    // Already prepared digits lose nothing to speak of by being prepared again.
    assert!(plain >= 970, "{plain} of 1000");
    assert!(
        in_corner < 700 && in_corner_prepared >= 960,
        "{in_corner}, {in_corner_prepared}"
    );
    assert!(
        made_small < 500 && made_small_prepared >= 900,
        "{made_small}, {made_small_prepared}"
    );
}
