//! The bundled digits: the first 10,000 training images of MNIST, in MNIST's own order, every byte exact.
//!
//! The file, `assets/digits.idx.gz`, is one gzip stream of an IDX array of labels followed by an IDX array of images.
//! Labels come first, so the first images can be had at a part of the cost: [`decode_first`] stops there and is content
//! with a file whose end has not arrived yet. `assets/README.md` tells where the digits come from.

use super::dataset::{Dataset, PixelScale};
use super::idx::{IdxError, Images, Reader};
use std::fmt;
use std::ops::Range;

/// Number of digits.
pub const COUNT: usize = 10_000;
/// Rows of an image, and columns.
pub const SIDE: usize = 28;
/// Number of classes, the digits 0 ... 9.
pub const CLASSES: usize = 10;

/// Digits as bytes: 7.8 MB for all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digits {
    /// 0 = paper, 255 = ink; axes (image, row, column).
    pub images: Images,
    /// The digit that each image shows, 0 ... 9.
    pub labels: Vec<u8>,
}

impl Digits {
    /// The digits `range` as numbers; for the fixed ranges see [`super::split`]. Panics if `range` is not within them.
    pub fn dataset(&self, range: Range<usize>, scale: PixelScale) -> Dataset {
        Dataset::new(&self.images, &self.labels, range, scale)
    }
}

/// Why the bundled file could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DigitsError {
    /// The bytes are not the file's, or damaged.
    Damaged(IdxError),
    /// A readable file, but not this one.
    NotTheDigits,
}

impl fmt::Display for DigitsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(reason) => write!(
                f,
                "The bundled digits did not arrive as they should. {reason} Reload the page."
            ),
            Self::NotTheDigits => write!(
                f,
                "The file in the place of the bundled digits holds something else, perhaps of another version of the page. \
                 Reload the page without its cache."
            ),
        }
    }
}

impl std::error::Error for DigitsError {}

impl From<IdxError> for DigitsError {
    fn from(error: IdxError) -> Self {
        Self::Damaged(error)
    }
}

/// All digits of the bundled file. The gzip checksum is compared, so a damaged file does not pass.
///
/// # Errors
/// [`DigitsError`] if `bytes` are not the whole, undamaged file.
pub fn decode(bytes: &[u8]) -> Result<Digits, DigitsError> {
    let (digits, reader) = read(bytes, COUNT)?;
    reader.end()?;
    Ok(digits)
}

/// The first `count` digits, at `count / 10,000` of the cost of [`decode`]. `bytes` may be only the beginning of the
/// file. The checksum stands at the end of the file and is not compared here.
///
/// # Errors
/// [`DigitsError`] if `bytes` are damaged in a way that shows, or too few.
///
/// # Panics
/// If `count` is more than [`COUNT`].
pub fn decode_first(bytes: &[u8], count: usize) -> Result<Digits, DigitsError> {
    assert!(count <= COUNT, "{count} digits asked of {COUNT}");
    Ok(read(bytes, count)?.0)
}

fn read(bytes: &[u8], count: usize) -> Result<(Digits, Reader<'_>), DigitsError> {
    let mut reader = Reader::new(bytes);
    if reader.header()? != [COUNT] {
        return Err(DigitsError::NotTheDigits);
    }
    let mut labels = reader.elements(COUNT)?;
    if reader.header()? != [COUNT, SIDE, SIDE]
        || labels.iter().any(|&label| usize::from(label) >= CLASSES)
    {
        return Err(DigitsError::NotTheDigits);
    }
    labels.truncate(count);
    let pixels = reader.elements(count * SIDE * SIDE)?;
    let images = Images {
        pixels,
        count,
        rows: SIDE,
        columns: SIDE,
    };
    Ok((Digits { images, labels }, reader))
}
