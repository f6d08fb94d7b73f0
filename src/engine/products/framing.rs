//! How the pixels of a channel get into their frame of zeros, and back.

use super::lanes::copy_row;
use super::phases::{Pairs, Triples, collect, deal};

/// Moves one channel's pixels.
#[derive(Clone, Debug, Default)]
pub(super) struct Framing {
    /// Columns of the image.
    pub(super) columns: usize,
    /// Numbers from one row of the frame to the next.
    pub(super) row_length: usize,
    /// Rows and columns of zeros before the first pixel.
    pub(super) padding: usize,
    pub(super) arrangement: Arrangement,
}

/// How the pixels of a row stand in the frame.
#[derive(Clone, Debug, Default)]
pub(super) enum Arrangement {
    /// From left to right.
    #[default]
    Plain,
    /// Every second one behind the first, then those behind the second; with the places of both in the padded row.
    Pairs([usize; 2]),
    /// Every third one likewise.
    Triples([usize; 3]),
    /// Each where a table says: where they stand far apart, are few, or not all are seen by a window.
    Table(Vec<Place>),
}

/// Where a pixel stands in its channel of the image, and where in the frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) image: u32,
    pub(super) frame: u32,
}

impl Framing {
    /// Puts `image` into its frame; pixels that no window sees may be left out.
    pub(super) fn set(&self, image: &[f32], frame: &mut [f32]) {
        if let Arrangement::Table(table) = &self.arrangement {
            for place in table {
                frame[place.frame as usize] = image[place.image as usize];
            }
            return;
        }
        let rows = frame[self.padding * self.row_length..].chunks_exact_mut(self.row_length);
        for (framed, row) in rows.zip(image.chunks_exact(self.columns)) {
            match self.arrangement {
                Arrangement::Pairs(places) => deal::<2, Pairs>(framed, places, row),
                Arrangement::Triples(places) => deal::<3, Triples>(framed, places, row),
                _ => copy_row(row, &mut framed[self.padding..][..row.len()]),
            }
        }
    }

    /// Puts the numbers of the frame that are not padding into `image`; 0 where no window sees them.
    pub(super) fn take(&self, frame: &[f32], image: &mut [f32]) {
        if let Arrangement::Table(table) = &self.arrangement {
            if table.len() < image.len() {
                image.fill(0.0);
            }
            for place in table {
                image[place.image as usize] = frame[place.frame as usize];
            }
            return;
        }
        let rows = frame[self.padding * self.row_length..].chunks_exact(self.row_length);
        for (framed, row) in rows.zip(image.chunks_exact_mut(self.columns)) {
            match self.arrangement {
                Arrangement::Pairs(places) => collect::<2, Pairs>(framed, places, row),
                Arrangement::Triples(places) => collect::<3, Triples>(framed, places, row),
                _ => copy_row(&framed[self.padding..][..row.len()], row),
            }
        }
    }
}
