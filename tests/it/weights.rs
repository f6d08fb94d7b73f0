//! Weights as safetensors: there and back, the bundled ones and their stated accuracy, and files that are something else.

use ndarray::s;
use proptest::prelude::*;
use softstep::data::dataset::PixelScale;
use softstep::data::digits;
use softstep::data::split::Part;
use softstep::engine::benchmark::{dense_network, sheet_network};
use softstep::engine::layer::Mode;
use softstep::engine::metrics::prediction;
use softstep::engine::trace::Trace;
use softstep::lab::weights::{WeightsError, fill, to_safetensors, trained_sheet_network};

const BUNDLED: &[u8] = include_bytes!("../../assets/sheet-network.safetensors");
const DIGITS: &[u8] = include_bytes!("../../assets/digits.idx.gz");

#[test]
fn the_bundled_network_reads_98_2_percent_of_the_test_digits() {
    let network = trained_sheet_network(BUNDLED).expect("the bundled file");
    let digits = digits::decode(DIGITS).expect("the bundled digits");
    let test = digits.dataset(Part::Test.first(4000), PixelScale::By255);
    let mut trace = Trace::new(&network);
    let mut correct = 0;
    for start in (0..4000).step_by(100) {
        let images = test.images.slice(s![start..start + 100, ..]);
        network.forward(images, Mode::Predicting, &mut trace);
        let outputs = trace.output(network.layers().len() - 1);
        for (row, label) in outputs.outer_iter().zip(&test.labels[start..]) {
            let row = row.to_slice().expect("outputs are row-major");
            correct += usize::from(prediction(row) == usize::from(*label));
        }
    }
    // The page and `assets/README.md` say 98.2 %. One digit on the edge may fall either way with the order of sums.
    assert!((3926..=3930).contains(&correct), "{correct} of 4000");
}

/// Values of `tests/oracles/sheet_network.py`.
#[test]
fn the_bundled_networks_logits_are_pytorchs() {
    let expected: [(usize, [f32; 10]); 3] = [
        (
            6000,
            [
                -0.11781, -5.726322, -1.535384, -7.061369, 0.882977, 7.760071, 24.194428,
                -14.778801, 2.431482, -5.824977,
            ],
        ),
        (
            6001,
            [
                17.06421, -8.760823, -1.744065, -5.675453, -1.626811, -4.82388, 0.112175,
                -1.719363, -0.66721, 4.93197,
            ],
        ),
        (
            9999,
            [
                -1.001727, 2.738147, 6.602683, 5.544146, -7.264895, -7.364108, -14.382151,
                18.678548, -4.059767, 9.02843,
            ],
        ),
    ];
    let network = trained_sheet_network(BUNDLED).expect("the bundled file");
    let digits = digits::decode(DIGITS).expect("the bundled digits");
    let mut trace = Trace::new(&network);
    for (example, logits) in expected {
        let digit = digits.dataset(example..example + 1, PixelScale::By255);
        network.forward(digit.images.view(), Mode::Predicting, &mut trace);
        let found = trace.output(network.layers().len() - 1);
        for (found, expected) in found.iter().zip(logits) {
            // Sums of up to 2880 products of size up to about 1 in f32; the reference is in f64, printed to 1e-6.
            assert!(
                (found - expected).abs() < 3e-5,
                "digit {example}: {found}, PyTorch {expected}"
            );
        }
    }
}

#[test]
fn there_and_back_loses_only_the_rounding_to_f16() {
    for network in [sheet_network(3), dense_network(30, 20, 0.5, 3)] {
        let bytes = to_safetensors(&network);
        let mut copy = network.clone();
        copy.set_parameters(&vec![0.25; network.parameter_count()]);
        fill(&mut copy, &bytes).expect("just written");
        for (before, after) in network.parameters().iter().zip(copy.parameters()) {
            // Half a unit in the last of 11 bits; below 2^-14 the steps of f16 are 2^-24.
            let bound = (before.abs() / 2048.0).max(1.0 / 33_554_432.0);
            assert!(
                (before - after).abs() <= bound,
                "{before} came back as {after}"
            );
        }
        assert_eq!(to_safetensors(&copy), bytes, "what was rounded stays");
    }
}

#[test]
fn what_does_not_fit_is_named_and_changes_nothing() {
    let mut network = dense_network(30, 20, 0.0, 1);
    let before = network.parameters();
    let other = to_safetensors(&dense_network(30, 21, 0.0, 1));
    let error = fill(&mut network, &other).expect_err("21 units are not 20");
    let expected = WeightsError::Shape {
        tensor: "0.weight".into(),
        found: vec![21, 30],
        expected: vec![20, 30],
    };
    assert_eq!(error, expected);
    assert_eq!(
        error.to_string(),
        "the tensor 0.weight has shape [21, 30]; the network needs [20, 30]"
    );
    // The sheet's network has a layer 0 of four axes.
    assert!(matches!(
        fill(&mut network, BUNDLED),
        Err(WeightsError::Shape { .. })
    ));
    let mut infinite = network.clone();
    let mut values = before.clone();
    values[7] = 1e6; // More than f16 holds: 65,504.
    infinite.set_parameters(&values);
    assert_eq!(
        fill(&mut network, &to_safetensors(&infinite)),
        Err(WeightsError::NotFinite("0.weight".into()))
    );
    assert!(matches!(
        fill(&mut network, b"{}"),
        Err(WeightsError::Format(_))
    ));
    assert_eq!(network.parameters(), before);
}

/// A file of one f32 tensor, written by hand as the format's description says.
#[test]
fn a_file_of_f32_made_elsewhere_is_read() {
    let mut network = dense_network(1, 1, 0.0, 1);
    let header = r#"{"0.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"0.bias":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"3.weight":{"dtype":"F32","shape":[10,1],"data_offsets":[8,48]},"3.bias":{"dtype":"F32","shape":[10],"data_offsets":[48,88]}}"#;
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.as_bytes());
    for index in 0..22 {
        bytes.extend((index as f32 / 3.0).to_le_bytes());
    }
    fill(&mut network, &bytes).expect("a file of the format");
    let expected: Vec<f32> = (0..22).map(|index| index as f32 / 3.0).collect();
    assert_eq!(network.parameters(), expected);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_panics(place in 0_usize..2000, byte: u8, length in 0_usize..2000) {
        let mut network = dense_network(8, 4, 0.0, 1);
        let good = to_safetensors(&network);
        let mut damaged = good.clone();
        let place = place % good.len();
        damaged[place] = byte;
        let _ = fill(&mut network, &damaged);
        let length = length % good.len();
        prop_assert!(fill(&mut network, &good[..length]).is_err(), "a cut file was taken");
        prop_assert!(network.parameters().iter().all(|value| value.is_finite()));
    }
}
