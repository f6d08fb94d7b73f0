//! IDX files: what is written is read, every lie in a header has its own error, no bytes make the reader panic.

use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;
use softstep::data::dataset::{Dataset, PixelScale};
use softstep::data::idx::{self, Array, IdxError, MAXIMUM_BYTES};
use std::io::Write;

/// An IDX file as its author would write it, or as a liar would: `lengths` need not fit `elements`.
fn write(code: u8, lengths: &[u32], elements: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0, 0, code, lengths.len() as u8];
    lengths
        .iter()
        .for_each(|length| bytes.extend(length.to_be_bytes()));
    bytes.extend(elements);
    bytes
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The error for `bytes`, plain and gzipped alike.
fn error_of(bytes: &[u8]) -> IdxError {
    let plain = idx::read(bytes).unwrap_err();
    assert_eq!(
        plain,
        idx::read(&gzip(bytes)).unwrap_err(),
        "plain and gzipped differ"
    );
    plain
}

#[test]
fn every_lie_of_a_header_has_its_error() {
    use IdxError::*;
    assert_eq!(error_of(&[]), HeaderCutShort);
    assert_eq!(error_of(&[0, 0, 8]), HeaderCutShort);
    assert_eq!(error_of(&write(8, &[2, 2], &[])[..11]), HeaderCutShort);
    assert_eq!(
        error_of(b"PK\x03\x04 and more"),
        NotIdx {
            start: *b"PK\x03\x04"
        }
    );
    assert_eq!(
        error_of(&write(0x0d, &[1], &[0; 4])),
        UnsupportedType { code: 0x0d }
    );
    assert_eq!(
        error_of(&write(8, &[], &[1])),
        WrongNumberOfAxes {
            expected: 0,
            found: 0
        }
    );
    assert_eq!(error_of(&write(8, &[3, 0, 2], &[])), EmptyAxis { axis: 1 });
    assert_eq!(
        error_of(&write(8, &[2, 3], &[1; 5])),
        DataCutShort {
            declared: 6,
            found: 5
        }
    );
    assert_eq!(error_of(&write(8, &[2, 3], &[1; 7])), TrailingBytes);
    let claims: [&[u32]; 3] = [
        &[u32::MAX, u32::MAX, u32::MAX],
        &[u32::MAX],
        &[MAXIMUM_BYTES as u32 + 1],
    ];
    for claim in claims {
        assert_eq!(
            error_of(&write(8, claim, &[1; 9])),
            TooLarge {
                lengths: claim.to_vec(),
                maximum: MAXIMUM_BYTES
            }
        );
    }
    // 255 axes whose product overflows a 64-bit number many times over.
    let claim = [u32::MAX; 255];
    assert_eq!(
        error_of(&write(8, &claim, &[])),
        TooLarge {
            lengths: claim.to_vec(),
            maximum: MAXIMUM_BYTES
        }
    );
    // The largest claim that is allowed, with nothing behind it.
    assert_eq!(
        error_of(&write(8, &[MAXIMUM_BYTES as u32], &[5; 3])),
        DataCutShort {
            declared: MAXIMUM_BYTES,
            found: 3
        }
    );
}

#[test]
fn images_and_labels_insist_on_their_axes() {
    let labels = write(8, &[2], &[7, 1]);
    let images = write(8, &[2, 1, 3], &[1, 2, 3, 4, 5, 6]);
    assert_eq!(
        idx::read_images(&labels),
        Err(IdxError::WrongNumberOfAxes {
            expected: 3,
            found: 1
        })
    );
    assert_eq!(
        idx::read_labels(&images),
        Err(IdxError::WrongNumberOfAxes {
            expected: 1,
            found: 3
        })
    );
    let set = Dataset::from_idx(&images, &gzip(&labels), PixelScale::By255).unwrap();
    assert_eq!((set.labels, set.rows, set.columns), (vec![7, 1], 1, 3));
    let three = write(8, &[3], &[7, 1, 1]);
    assert_eq!(
        Dataset::from_idx(&images, &three, PixelScale::By255),
        Err(IdxError::CountMismatch {
            images: 2,
            labels: 3
        })
    );
}

#[test]
fn a_gzip_bomb_costs_what_it_declares_at_most() {
    // 300 MB of zeros behind a header that declares four bytes: refused at the fifth.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&write(8, &[4], &[])).unwrap();
    let zeros = vec![0; 1 << 20];
    (0..300).for_each(|_| encoder.write_all(&zeros).unwrap());
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < 2 << 20);
    assert_eq!(idx::read(&bomb), Err(IdxError::TrailingBytes));
    // The same with a header that declares them all: refused at the header.
    let all = [300, 1 << 20];
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&write(8, &all, &[])).unwrap();
    (0..300).for_each(|_| encoder.write_all(&zeros).unwrap());
    let bomb = encoder.finish().unwrap();
    assert_eq!(
        idx::read(&bomb),
        Err(IdxError::TooLarge {
            lengths: all.to_vec(),
            maximum: MAXIMUM_BYTES
        })
    );
}

#[test]
fn damaged_gzip_is_told_from_cut_gzip() {
    let whole = gzip(&write(
        8,
        &[1000],
        &std::array::from_fn::<u8, 1000, _>(|place| (place * place) as u8),
    ));
    for end in 2..whole.len() {
        assert_eq!(
            idx::read(&whole[..end]),
            Err(IdxError::DamagedGzip { cut_short: true }),
            "cut at {end}"
        );
    }
    let checksum = whole.len() - 8;
    let mut damaged = whole.clone();
    damaged[checksum] ^= 1;
    assert_eq!(
        idx::read(&damaged),
        Err(IdxError::DamagedGzip { cut_short: false })
    );
    let mut followed = whole;
    followed.extend(b"bytes that start no further member");
    assert_eq!(
        idx::read(&followed),
        Err(IdxError::DamagedGzip { cut_short: false })
    );
}

#[test]
fn gzip_members_one_after_another_are_one_file() {
    let bytes = write(8, &[6], &[1, 2, 3, 4, 5, 6]);
    let members = [gzip(&bytes[..9]), gzip(&bytes[9..])].concat();
    assert_eq!(idx::read(&members), idx::read(&bytes));
}

#[test]
fn messages_say_what_why_and_what_next() {
    let gzip_cut = &gzip(&write(8, &[9], &[1; 9]))[..12];
    let errors = [
        idx::read(&[]).unwrap_err(),
        idx::read(b"PK\x03\x04").unwrap_err(),
        idx::read(&write(0x0c, &[1], &[0; 4])).unwrap_err(),
        idx::read(&write(8, &[], &[])).unwrap_err(),
        idx::read_images(&write(8, &[1], &[1])).unwrap_err(),
        idx::read_labels(&write(8, &[1, 1, 1], &[1])).unwrap_err(),
        idx::read(&write(8, &[0], &[])).unwrap_err(),
        idx::read(&write(8, &[u32::MAX], &[])).unwrap_err(),
        idx::read(&write(8, &[2], &[1])).unwrap_err(),
        idx::read(&write(8, &[1], &[1, 1])).unwrap_err(),
        idx::read(gzip_cut).unwrap_err(),
        IdxError::DamagedGzip { cut_short: false },
        IdxError::CountMismatch {
            images: 1,
            labels: 2,
        },
    ];
    for error in errors {
        let message = error.to_string();
        let next = ["Choose", "Download", "Convert", "cut it"];
        assert!(
            next.iter().any(|word| message.contains(word)),
            "no next step: {message}"
        );
        assert!(
            message.ends_with('.') && !message.contains("  ") && !message.contains('!'),
            "{message}"
        );
    }
    assert_eq!(
        idx::read_images(&write(8, &[1], &[1]))
            .unwrap_err()
            .to_string(),
        "A file of images has three axes (image, row, column); this one has 1. Perhaps it holds the labels. Choose a \
         file in MNIST's format, such as train-images-idx3-ubyte, gzipped or not."
    );
}

/// Lengths of one to four axes, each 1 ..= 9.
fn lengths() -> impl Strategy<Value = Vec<u32>> {
    proptest::collection::vec(1_u32..=9, 1..=4)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(lengths in lengths(), seed in any::<u8>()) {
        let count = lengths.iter().product::<u32>() as usize;
        let elements: Vec<u8> = (0..count).map(|place| (place as u8).wrapping_mul(37).wrapping_add(seed)).collect();
        let bytes = write(8, &lengths, &elements);
        let expected = Array { lengths: lengths.iter().map(|&length| length as usize).collect(), elements };
        let plain = idx::read(&bytes).unwrap();
        let unpacked = idx::read(&gzip(&bytes)).unwrap();
        prop_assert!(plain.elements.capacity() <= count && unpacked.elements.capacity() <= count);
        prop_assert_eq!(&plain, &expected);
        prop_assert_eq!(&unpacked, &expected);
    }

    #[test]
    fn a_file_cut_anywhere_is_an_error(lengths in lengths(), cut in any::<proptest::sample::Index>()) {
        let count = lengths.iter().product::<u32>() as usize;
        let bytes = write(8, &lengths, &vec![3; count]);
        prop_assert!(idx::read(&bytes[..cut.index(bytes.len())]).is_err());
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = idx::read(&bytes);
        let _ = idx::read(&gzip(&bytes));
    }

    /// Bytes that pass the first checks reach the later ones: a valid magic number or gzip header, then anything.
    #[test]
    fn arbitrary_headers_never_panic_nor_read_more_than_is_there(
        axes in 0_u8..6,
        rest in proptest::collection::vec(prop_oneof![Just(0_u8), Just(1), Just(2), any::<u8>()], 0..200),
    ) {
        let mut bytes = vec![0, 0, 8, axes];
        bytes.extend(&rest);
        for array in [idx::read(&bytes), idx::read(&gzip(&bytes))].into_iter().flatten() {
            prop_assert!(array.elements.capacity() <= rest.len());
            prop_assert_eq!(array.lengths.iter().product::<usize>(), array.elements.len());
        }
        let mut damaged = gzip(&bytes);
        damaged.truncate(10);
        damaged.extend(&rest);
        let _ = idx::read(&damaged);
    }
}
