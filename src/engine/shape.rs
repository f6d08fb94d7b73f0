//! The extent of one image, or of one layer's output for one example.

use std::fmt;

/// Shape (channel, row, column) of what one example looks like between two layers.
///
/// A fully connected layer's output has one row and one column: its units are channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    /// Number of channels (feature maps, or units of a dense layer).
    pub channels: usize,
    /// Number of rows of each channel, in pixels.
    pub rows: usize,
    /// Number of columns of each channel, in pixels.
    pub columns: usize,
}

impl Shape {
    /// `channels` maps of `rows` x `columns`.
    pub const fn new(channels: usize, rows: usize, columns: usize) -> Self {
        Self {
            channels,
            rows,
            columns,
        }
    }

    /// `units` numbers without a place in an image: one row, one column.
    pub const fn flat(units: usize) -> Self {
        Self::new(units, 1, 1)
    }

    /// Number of features of one example: channels * rows * columns.
    pub const fn size(&self) -> usize {
        self.channels * self.rows * self.columns
    }

    /// Number of cells of one channel: rows * columns.
    pub const fn cells(&self) -> usize {
        self.rows * self.columns
    }

    /// Whether the features have no place in an image.
    pub const fn is_flat(&self) -> bool {
        self.rows == 1 && self.columns == 1
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_flat() {
            write!(formatter, "{}", self.channels)
        } else {
            write!(
                formatter,
                "{}x{}x{}",
                self.channels, self.rows, self.columns
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn the_size_counts_every_feature_and_the_text_names_every_axis() {
        let maps = Shape::new(20, 24, 12);
        assert_eq!(
            (maps.size(), maps.cells(), maps.is_flat()),
            (5760, 288, false)
        );
        assert_eq!(maps.to_string(), "20x24x12");
        let units = Shape::flat(10);
        assert_eq!(
            (units.size(), units.is_flat(), units.to_string().as_str()),
            (10, true, "10")
        );
    }
}
