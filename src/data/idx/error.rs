//! Why a file could not be read as IDX, in words for the person who chose it.

use std::fmt;

/// What is wrong with bytes that were offered as an IDX file. `Display` says what, why, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdxError {
    /// The bytes end inside the header.
    HeaderCutShort,
    /// The first two bytes are not zero, so this is no IDX file.
    NotIdx {
        /// The first four bytes.
        start: [u8; 4],
    },
    /// An IDX file, but its elements are not unsigned bytes.
    UnsupportedType {
        /// The type byte: 0x08 would be unsigned bytes.
        code: u8,
    },
    /// A different number of axes than asked for: images have three, labels one.
    WrongNumberOfAxes {
        /// Axes that the caller can use; 0 stands for "at least one".
        expected: usize,
        /// Axes in the header.
        found: usize,
    },
    /// The header declares an axis of length zero, so there is nothing to read.
    EmptyAxis {
        /// Which axis, counted from 0.
        axis: usize,
    },
    /// The header declares more bytes than this reader unpacks, or a number that no memory could hold.
    TooLarge {
        /// The lengths of the axes as declared.
        lengths: Vec<u32>,
        /// Bytes that were still allowed.
        maximum: usize,
    },
    /// The data end before the declared number of bytes.
    DataCutShort {
        /// Bytes that the header declares.
        declared: usize,
        /// Bytes that were there.
        found: usize,
    },
    /// There are more data than the header declares.
    TrailingBytes,
    /// The gzip stream ends early, fails its checksum or does not follow the format.
    DamagedGzip {
        /// Whether the stream simply stops, as after an interrupted download.
        cut_short: bool,
    },
    /// Images and labels do not belong together.
    CountMismatch {
        /// Number of images.
        images: usize,
        /// Number of labels.
        labels: usize,
    },
}

impl fmt::Display for IdxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const CHOOSE: &str =
            "Choose a file in MNIST's format, such as train-images-idx3-ubyte, gzipped or not.";
        const FETCH_AGAIN: &str = "Download or copy the file again.";
        match self {
            Self::HeaderCutShort => {
                write!(
                    f,
                    "The file ends inside its header, so it was cut or is something else. {FETCH_AGAIN}"
                )
            }
            Self::NotIdx {
                start: [a, b, c, d],
            } => write!(
                f,
                "This is not an IDX file: it starts with the bytes {a:02x} {b:02x} {c:02x} {d:02x}, where two zeros belong \
                 first. Unpack archives before. {CHOOSE}"
            ),
            Self::UnsupportedType { code } => write!(
                f,
                "The elements of this IDX file are {}, and only unsigned bytes can be used as pixels or labels. \
                 Convert the file to unsigned bytes (type 08).",
                type_name(*code)
            ),
            Self::WrongNumberOfAxes { expected: 3, found } => write!(
                f,
                "A file of images has three axes (image, row, column); this one has {found}. {} {CHOOSE}",
                if *found == 1 {
                    "Perhaps it holds the labels."
                } else {
                    "Images with colours are not supported."
                }
            ),
            Self::WrongNumberOfAxes { expected: 1, found } => write!(
                f,
                "A file of labels has one axis; this one has {found}. {}Choose a file such as train-labels-idx1-ubyte.",
                if *found == 3 {
                    "Perhaps it holds the images. "
                } else {
                    ""
                }
            ),
            Self::WrongNumberOfAxes { expected, found } => {
                write!(
                    f,
                    "The file has {found} axes where {} belong. {CHOOSE}",
                    (*expected).max(1)
                )
            }
            Self::EmptyAxis { axis } => {
                write!(
                    f,
                    "The header gives axis {axis} the length 0, so the file holds no examples. {CHOOSE}"
                )
            }
            Self::TooLarge { lengths, maximum } => {
                let lengths: Vec<String> = lengths.iter().map(u32::to_string).collect();
                write!(
                    f,
                    "The header declares {} elements, and at most {} MiB are read so that the page keeps its memory. \
                     If the file really is that large, cut it to fewer examples; else download it again.",
                    lengths.join(" x "),
                    maximum >> 20
                )
            }
            Self::DataCutShort { declared, found } => {
                write!(
                    f,
                    "The header declares {declared} bytes of data, but only {found} are there. {FETCH_AGAIN}"
                )
            }
            Self::TrailingBytes => write!(
                f,
                "There are more data than the header declares, so header and data do not belong together. {FETCH_AGAIN}"
            ),
            Self::DamagedGzip { cut_short: true } => {
                write!(
                    f,
                    "The gzip file stops before its end, as after an interrupted download. {FETCH_AGAIN}"
                )
            }
            Self::DamagedGzip { cut_short: false } => {
                write!(
                    f,
                    "The gzip file is damaged: its data do not unpack or fail their checksum. {FETCH_AGAIN}"
                )
            }
            Self::CountMismatch { images, labels } => write!(
                f,
                "There are {images} images but {labels} labels, so the two files do not belong together. Choose the two \
                 files of the same set, for example both that start with \"train\"."
            ),
        }
    }
}

impl std::error::Error for IdxError {}

/// The element types that the IDX format knows.
fn type_name(code: u8) -> String {
    match code {
        0x09 => "signed bytes (type 09)".into(),
        0x0b => "16-bit integers (type 0b)".into(),
        0x0c => "32-bit integers (type 0c)".into(),
        0x0d => "32-bit floating-point numbers (type 0d)".into(),
        0x0e => "64-bit floating-point numbers (type 0e)".into(),
        other => format!("of the unknown type {other:02x}"),
    }
}
