//! Images as numbers with their labels: what a network learns from and is measured on.

use super::idx::{self, IdxError, Images};
use ndarray::{Array2, ArrayView2, Axis, s};
use std::ops::Range;

/// How a byte 0 ..= 255 becomes a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PixelScale {
    /// byte / 255, so that ink is exactly 1.
    #[default]
    By255,
    /// byte / 256, so that ink is 0.99609375: the scale of the `mnist.pkl.gz` that Nielsen's "Neural Networks and Deep
    /// Learning" trains on; needed to meet the book's published numbers.
    By256,
}

impl PixelScale {
    /// The number for one byte; in `[0, 1]`.
    pub fn apply(self, byte: u8) -> f32 {
        match self {
            Self::By255 => f32::from(byte) / 255.0,
            Self::By256 => f32::from(byte) / 256.0,
        }
    }
}

/// Labelled grey images.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// Pixels in `[0, 1]`, axes (example, pixel), row by row: pixel = row * `columns` + column; in standard layout.
    pub images: Array2<f32>,
    /// The class of each example, counted from 0.
    pub labels: Vec<u8>,
    /// Rows of each image.
    pub rows: usize,
    /// Columns of each image.
    pub columns: usize,
}

impl Dataset {
    /// The examples `range` of `images` with their labels. Only they become numbers (four bytes a pixel), so that a part
    /// of a large file costs a part of its memory.
    ///
    /// # Panics
    /// If the counts of images and labels differ or `range` is not within them.
    pub fn new(images: &Images, labels: &[u8], range: Range<usize>, scale: PixelScale) -> Self {
        assert_eq!(images.count, labels.len(), "one label for each image");
        let size = images.rows * images.columns;
        let numbers: [f32; 256] = std::array::from_fn(|byte| scale.apply(byte as u8));
        let pixels = images.pixels[range.start * size..range.end * size].iter();
        let pixels = pixels.map(|&byte| numbers[usize::from(byte)]).collect();
        Self {
            images: Array2::from_shape_vec((range.len(), size), pixels)
                .expect("as many pixels as the shape says"),
            labels: labels[range].to_vec(),
            rows: images.rows,
            columns: images.columns,
        }
    }

    /// All examples of a pair of IDX files.
    ///
    /// # Errors
    /// What [`idx::read_pair`] finds wrong with the files.
    pub fn from_idx(
        image_bytes: &[u8],
        label_bytes: &[u8],
        scale: PixelScale,
    ) -> Result<Self, IdxError> {
        let (images, labels) = idx::read_pair(image_bytes, label_bytes)?;
        Ok(Self::new(&images, &labels, 0..images.count, scale))
    }

    /// Number of examples.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are no examples.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Image `example` with axes (row, column). Panics if there is no such example.
    pub fn image(&self, example: usize) -> ArrayView2<'_, f32> {
        let pixels = self.images.row(example);
        pixels
            .into_shape_with_order((self.rows, self.columns))
            .expect("rows are contiguous in standard layout")
    }

    /// The given examples in the given order; an index may occur twice. Panics if there is no such example.
    pub fn subset(&self, indices: &[usize]) -> Self {
        Self {
            images: self.images.select(Axis(0), indices),
            labels: indices
                .iter()
                .map(|&example| self.labels[example])
                .collect(),
            ..*self
        }
    }

    /// The examples `range`. Panics if it is not within them.
    pub fn range(&self, range: Range<usize>) -> Self {
        Self {
            images: self.images.slice(s![range.clone(), ..]).to_owned(),
            labels: self.labels[range].to_vec(),
            ..*self
        }
    }

    /// Number of classes: the largest label plus one, 0 without examples. A part of a set may lack its last classes; ask
    /// the whole.
    pub fn class_count(&self) -> usize {
        self.labels
            .iter()
            .max()
            .map_or(0, |&largest| usize::from(largest) + 1)
    }

    /// How many examples each class has, index = class.
    pub fn class_sizes(&self) -> Vec<usize> {
        let mut sizes = vec![0; self.class_count()];
        for &label in &self.labels {
            sizes[usize::from(label)] += 1;
        }
        sizes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three images of 2 rows and 3 columns whose pixels count up from 0.
    fn three() -> Dataset {
        let images = Images {
            pixels: (0..18).collect(),
            count: 3,
            rows: 2,
            columns: 3,
        };
        Dataset::new(&images, &[4, 0, 4], 0..3, PixelScale::By255)
    }

    #[test]
    fn pixels_are_scaled_as_named() {
        assert_eq!(
            [0, 51, 255].map(|byte| PixelScale::By255.apply(byte)),
            [0.0, 0.2, 1.0]
        );
        assert_eq!(
            [0, 64, 255].map(|byte| PixelScale::By256.apply(byte)),
            [0.0, 0.25, 0.996_093_75]
        );
    }

    #[test]
    fn an_image_is_read_row_by_row() {
        let image = three().image(1).mapv(|pixel| (255.0 * pixel).round() as u8);
        assert_eq!(image, ndarray::array![[6, 7, 8], [9, 10, 11]]);
    }

    #[test]
    fn a_range_from_bytes_is_the_same_range_of_the_whole() {
        let images = Images {
            pixels: (0..18).collect(),
            count: 3,
            rows: 2,
            columns: 3,
        };
        assert_eq!(
            Dataset::new(&images, &[4, 0, 4], 1..3, PixelScale::By255),
            three().range(1..3)
        );
    }

    #[test]
    fn a_subset_keeps_images_with_their_labels() {
        let part = three().subset(&[2, 1, 2]);
        assert_eq!(
            (part.labels.as_slice(), part.len()),
            ([4, 0, 4].as_slice(), 3)
        );
        assert_eq!(
            [part.image(0), part.image(1), part.image(2)],
            [three().image(2), three().image(1), three().image(2)]
        );
    }

    #[test]
    fn classes_are_counted_with_the_absent_ones() {
        assert_eq!(three().class_sizes(), [1, 0, 0, 0, 2]);
        assert_eq!(three().range(0..0).class_count(), 0);
        assert!(three().range(0..0).is_empty());
    }
}
