//! Reader of IDX files, the format of MNIST, Fashion-MNIST, KMNIST and EMNIST; plain or gzipped.
//!
//! An IDX file is a header and then its elements, the last axis running fastest:
//!
//! | bytes | meaning |
//! |---|---|
//! | 2 | zero |
//! | 1 | element type; 0x08 = unsigned byte, the only one read here |
//! | 1 | number of axes |
//! | 4 each axis | its length, big-endian |
//! | product of the lengths | elements |
//!
//! A header is a claim by whoever made the file, so nothing is allocated on its word. Plain data are compared with the
//! claim before they are copied. Gzipped data are unpacked into a buffer that grows as they really arrive, never beyond
//! twice what has arrived (or 64 KiB), never beyond the claim, and a claim above [`MAXIMUM_BYTES`] is refused: a small file
//! that would unpack to gigabytes costs what its first bytes cost.
//!
//! Source of the format: LeCun, Cortes and Burges, "The MNIST database of handwritten digits", section "File formats".

mod error;

pub use error::IdxError;

use flate2::bufread::MultiGzDecoder;
use std::io::{self, Read};

/// Most bytes of elements that one [`Reader`] gives out: 256 MiB, more than five times MNIST's 60,000 images.
pub const MAXIMUM_BYTES: usize = 256 << 20;

/// First step of a buffer for data of unknown length.
const FIRST_STEP: usize = 64 << 10;

/// An array of unsigned bytes with any number of axes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Array {
    /// Length of each axis; at least one axis, each at least 1.
    pub lengths: Vec<usize>,
    /// The elements, last axis fastest; as many as the product of `lengths`.
    pub elements: Vec<u8>,
}

/// Grey images, one byte a pixel, axes (image, row, column).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Images {
    /// `count * rows * columns` bytes, image by image, row by row.
    pub pixels: Vec<u8>,
    /// Number of images.
    pub count: usize,
    /// Rows of each image.
    pub rows: usize,
    /// Columns of each image.
    pub columns: usize,
}

impl Images {
    /// Pixels of image `index`, row by row. Panics if there is no such image.
    pub fn image(&self, index: usize) -> &[u8] {
        let size = self.rows * self.columns;
        &self.pixels[index * size..(index + 1) * size]
    }
}

/// Reads a file of images: three axes (image, row, column).
pub fn read_images(bytes: &[u8]) -> Result<Images, IdxError> {
    let mut reader = Reader::new(bytes);
    let [count, rows, columns] = reader.header_of()?;
    let pixels = reader.elements(count * rows * columns)?;
    reader.end()?;
    Ok(Images {
        pixels,
        count,
        rows,
        columns,
    })
}

/// Reads a file of labels: one axis.
pub fn read_labels(bytes: &[u8]) -> Result<Vec<u8>, IdxError> {
    let mut reader = Reader::new(bytes);
    let [count] = reader.header_of()?;
    let labels = reader.elements(count)?;
    reader.end()?;
    Ok(labels)
}

/// Reads a file of unsigned bytes with any number of axes from 1 to 255.
pub fn read(bytes: &[u8]) -> Result<Array, IdxError> {
    let mut reader = Reader::new(bytes);
    let lengths = reader.header()?;
    let elements = reader.elements(lengths.iter().product())?;
    reader.end()?;
    Ok(Array { lengths, elements })
}

/// Reads images and labels that belong together.
///
/// # Errors
/// Those of [`read_images`] and [`read_labels`], and [`IdxError::CountMismatch`].
pub fn read_pair(image_bytes: &[u8], label_bytes: &[u8]) -> Result<(Images, Vec<u8>), IdxError> {
    let images = read_images(image_bytes)?;
    let labels = read_labels(label_bytes)?;
    if images.count != labels.len() {
        return Err(IdxError::CountMismatch {
            images: images.count,
            labels: labels.len(),
        });
    }
    Ok((images, labels))
}

/// Reads IDX data step by step, so that only a part needs to be unpacked, or several arrays can follow one another.
///
/// The order of calls is [`header`](Self::header), [`elements`](Self::elements), and so on, and [`end`](Self::end) last.
pub struct Reader<'a> {
    source: Source<'a>,
    /// Bytes of elements that may still be declared.
    allowance: usize,
}

enum Source<'a> {
    Plain(&'a [u8]),
    Gzip(Box<MultiGzDecoder<&'a [u8]>>),
}

impl<'a> Reader<'a> {
    /// A reader of `bytes`; they are unpacked if they start like gzip (1f 8b).
    pub fn new(bytes: &'a [u8]) -> Self {
        let source = if bytes.starts_with(&[0x1f, 0x8b]) {
            Source::Gzip(Box::new(MultiGzDecoder::new(bytes)))
        } else {
            Source::Plain(bytes)
        };
        Self {
            source,
            allowance: MAXIMUM_BYTES,
        }
    }

    /// Reads a header and returns the length of each axis. Their product does not overflow and is at most what is left
    /// of [`MAXIMUM_BYTES`]; for plain data it is also at most what is there.
    pub fn header(&mut self) -> Result<Vec<usize>, IdxError> {
        let magic: [u8; 4] = self.header_bytes()?;
        let [0, 0, code, axes] = magic else {
            return Err(IdxError::NotIdx { start: magic });
        };
        if code != 0x08 {
            return Err(IdxError::UnsupportedType { code });
        }
        if axes == 0 {
            return Err(IdxError::WrongNumberOfAxes {
                expected: 0,
                found: 0,
            });
        }
        let mut lengths = Vec::with_capacity(usize::from(axes));
        for _ in 0..axes {
            lengths.push(u32::from_be_bytes(self.header_bytes()?));
        }
        if let Some(axis) = lengths.iter().position(|&length| length == 0) {
            return Err(IdxError::EmptyAxis { axis });
        }
        let declared = lengths
            .iter()
            .try_fold(1_usize, |product, &length| {
                product.checked_mul(usize::try_from(length).ok()?)
            })
            .filter(|&product| product <= self.allowance);
        let Some(declared) = declared else {
            return Err(IdxError::TooLarge {
                lengths,
                maximum: self.allowance,
            });
        };
        if let Source::Plain(rest) = &self.source
            && rest.len() < declared
        {
            return Err(IdxError::DataCutShort {
                declared,
                found: rest.len(),
            });
        }
        self.allowance -= declared;
        Ok(lengths.into_iter().map(|length| length as usize).collect())
    }

    /// Reads a header and insists on the number of axes.
    pub fn header_of<const AXES: usize>(&mut self) -> Result<[usize; AXES], IdxError> {
        let lengths = self.header()?;
        <[usize; AXES]>::try_from(lengths.as_slice()).map_err(|_| IdxError::WrongNumberOfAxes {
            expected: AXES,
            found: lengths.len(),
        })
    }

    /// Reads the next `count` elements: all that the header declared, or only the first of them.
    pub fn elements(&mut self, count: usize) -> Result<Vec<u8>, IdxError> {
        let mut elements = Vec::new();
        match read_growing(&mut self.source, count, &mut elements) {
            Ok(()) if elements.len() == count => Ok(elements),
            Ok(()) => Err(IdxError::DataCutShort {
                declared: count,
                found: elements.len(),
            }),
            Err(error) => Err(damaged(&error)),
        }
    }

    /// Insists that nothing follows; for gzip this is also where the checksum is compared.
    pub fn end(mut self) -> Result<(), IdxError> {
        match self.source.read(&mut [0]) {
            Ok(0) => Ok(()),
            Ok(_) => Err(IdxError::TrailingBytes),
            Err(error) => Err(damaged(&error)),
        }
    }

    fn header_bytes(&mut self) -> Result<[u8; 4], IdxError> {
        let mut bytes = Vec::new();
        read_growing(&mut self.source, 4, &mut bytes).map_err(|error| damaged(&error))?;
        <[u8; 4]>::try_from(bytes.as_slice()).map_err(|_| IdxError::HeaderCutShort)
    }
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(rest) => rest.read(buffer),
            Self::Gzip(decoder) => decoder.read(buffer),
        }
    }
}

/// Reading memory does not fail, so every error is the gzip decoder's.
fn damaged(error: &io::Error) -> IdxError {
    IdxError::DamagedGzip {
        cut_short: error.kind() == io::ErrorKind::UnexpectedEof,
    }
}

/// Appends up to `count` bytes; fewer only if the source ends. The capacity never passes `count`, nor the larger of
/// 64 KiB and twice the bytes that have arrived.
fn read_growing(source: &mut impl Read, count: usize, buffer: &mut Vec<u8>) -> io::Result<()> {
    let mut arrived = buffer.len();
    while arrived < count {
        if arrived == buffer.len() {
            buffer.reserve_exact(arrived.max(FIRST_STEP).min(count - arrived));
            buffer.resize(buffer.capacity().min(count), 0);
        }
        match source.read(&mut buffer[arrived..]) {
            Ok(0) => break,
            Ok(read) => arrived += read,
            Err(error) => {
                buffer.truncate(arrived);
                return Err(error);
            }
        }
    }
    buffer.truncate(arrived);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_buffer_follows_what_arrives_and_not_what_is_claimed() {
        for arriving in [0, 1, 1000, FIRST_STEP, FIRST_STEP + 1, 300_000] {
            let mut buffer = Vec::new();
            read_growing(
                &mut io::repeat(7).take(arriving as u64),
                MAXIMUM_BYTES,
                &mut buffer,
            )
            .unwrap();
            assert_eq!(buffer.len(), arriving);
            let bound = FIRST_STEP.max(2 * arriving);
            assert!(
                buffer.capacity() <= bound,
                "{} bytes held for {arriving}",
                buffer.capacity()
            );
        }
    }

    #[test]
    fn the_buffer_never_passes_the_count_asked_for() {
        let mut buffer = Vec::new();
        read_growing(&mut io::repeat(7), 100_001, &mut buffer).unwrap();
        assert_eq!((buffer.len(), buffer.capacity()), (100_001, 100_001));
    }
}
