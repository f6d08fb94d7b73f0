//! The bundled digits are MNIST's first 10,000, whole and in order, and damage does not pass unseen.

use sha2::{Digest, Sha256};
use softstep::data::dataset::PixelScale;
use softstep::data::digits::{self, COUNT, Digits, DigitsError};
use softstep::data::idx::{IdxError, Reader};
use softstep::data::split::Part;

const FILE: &[u8] = include_bytes!("../../assets/digits.idx.gz");

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn all() -> Digits {
    digits::decode(FILE).expect("the bundled file is whole")
}

/// Pinned when the file was compared byte for byte with train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz:
///
/// ```python
/// import gzip, hashlib
/// images = gzip.open("train-images-idx3-ubyte.gz").read()[16:][:10_000 * 784]
/// labels = gzip.open("train-labels-idx1-ubyte.gz").read()[8:][:10_000]
/// print(hashlib.sha256(images).hexdigest(), hashlib.sha256(labels).hexdigest())
/// ```
#[test]
fn the_digits_are_mnists_first_ten_thousand() {
    let digits = all();
    assert_eq!(
        (
            digits.images.count,
            digits.images.rows,
            digits.images.columns
        ),
        (COUNT, 28, 28)
    );
    assert_eq!(
        sha256(&digits.images.pixels),
        "2f7182bf021ffc5c1f62db987487f14d899b5c639f421a80f3095affc09a7db2"
    );
    assert_eq!(
        sha256(&digits.labels),
        "2f345bad07338ec537641465e169cc4b7288a44244f251211c7f842641e7d927"
    );
}

#[test]
fn the_file_is_the_one_the_script_builds_and_small_enough() {
    assert_eq!(
        sha256(FILE),
        "2aa29ccd50b95a950180a591d563c991b9691acbaf64f008fa7c53dee4525a8e"
    );
    assert!(FILE.len() <= 1_700_000, "{} bytes", FILE.len());
}

#[test]
fn the_script_reads_the_same_order_of_labels() {
    let order = include_str!("../../tools/digit-order.txt");
    let order: Vec<u8> = order
        .bytes()
        .filter(u8::is_ascii_digit)
        .map(|digit| digit - b'0')
        .collect();
    assert_eq!(all().labels, order);
}

#[test]
fn the_class_sizes_are_the_known_ones() {
    let labels = all().dataset(0..COUNT, PixelScale::By255);
    assert_eq!(
        labels.class_sizes(),
        [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]
    );
}

#[test]
fn every_part_has_every_class_in_nearly_its_share() {
    let digits = all();
    for part in Part::ALL {
        let set = digits.dataset(part.range(), PixelScale::By255);
        assert_eq!(set.len(), part.range().len());
        for (class, size) in set.class_sizes().into_iter().enumerate() {
            let share = size as f64 / set.len() as f64;
            // Shares of the whole lie in 0.086 ... 0.113; a part of 1,000 scatters by 0.01, three times that is allowed.
            assert!(
                (0.056..0.143).contains(&share),
                "{part:?}, class {class}: {share}"
            );
        }
        assert_eq!(set.class_count(), 10);
    }
}

#[test]
fn a_dataset_is_the_bytes_over_255_or_256() {
    let digits = all();
    let range = Part::Validate.first(50);
    for (scale, divisor) in [(PixelScale::By255, 255.0), (PixelScale::By256, 256.0)] {
        let set = digits.dataset(range.clone(), scale);
        for (example, digit) in range.clone().enumerate() {
            assert_eq!(set.labels[example], digits.labels[digit]);
            let expected: Vec<f32> = digits
                .images
                .image(digit)
                .iter()
                .map(|&byte| f32::from(byte) / divisor)
                .collect();
            assert_eq!(set.images.row(example).to_vec(), expected);
        }
    }
}

#[test]
fn the_first_digits_are_the_beginning_of_all() {
    let whole = all();
    for count in [0, 1, 1000, COUNT] {
        let first = digits::decode_first(FILE, count).unwrap();
        assert_eq!(first.labels, whole.labels[..count]);
        assert_eq!(first.images.pixels, whole.images.pixels[..count * 784]);
    }
}

#[test]
fn the_first_digits_need_only_the_beginning_of_the_file() {
    let beginning = &FILE[..FILE.len() / 8];
    let first = digits::decode_first(beginning, 1000).unwrap();
    assert_eq!(first.images.pixels, all().images.pixels[..784_000]);
    assert_eq!(
        digits::decode(beginning),
        Err(DigitsError::Damaged(IdxError::DamagedGzip {
            cut_short: true
        }))
    );
}

#[test]
fn a_changed_byte_is_noticed_wherever_it_is() {
    // Byte 9 of a gzip header names an operating system and byte 8 the effort: neither changes what is read.
    let places = (0..8)
        .filter(|&place| !(4..8).contains(&place))
        .chain((10..FILE.len()).step_by(40_007));
    for place in places.chain(FILE.len() - 8..FILE.len()) {
        let mut damaged = FILE.to_vec();
        damaged[place] ^= 0x10;
        assert!(digits::decode(&damaged).is_err(), "byte {place}");
    }
}

#[test]
fn another_file_in_its_place_is_named_as_such() {
    let mut other = vec![0, 0, 8, 1, 0, 0, 0, 3];
    other.extend([1, 2, 3]);
    assert_eq!(digits::decode(&other), Err(DigitsError::NotTheDigits));
    let message = digits::decode(b"<!doctype html>").unwrap_err().to_string();
    assert!(
        message.contains("not an IDX file") && message.ends_with("Reload the page."),
        "{message}"
    );
}

#[test]
fn an_impossible_label_is_refused() {
    let mut plain = Vec::new();
    let mut reader = Reader::new(FILE);
    let header = |plain: &mut Vec<u8>, lengths: &[usize]| {
        plain.extend([0, 0, 8, lengths.len() as u8]);
        lengths
            .iter()
            .for_each(|&length| plain.extend((length as u32).to_be_bytes()));
        lengths.iter().product::<usize>()
    };
    for _ in 0..2 {
        let lengths = reader.header().unwrap();
        let count = header(&mut plain, &lengths);
        plain.extend(reader.elements(count).unwrap());
    }
    assert_eq!(
        digits::decode(&plain),
        Ok(all()),
        "the file unpacked reads the same"
    );
    plain[8 + 4321] = 10;
    assert_eq!(digits::decode(&plain), Err(DigitsError::NotTheDigits));
}
