//! A picture of a digit, photographed or drawn elsewhere, as ink on paper.

use std::fmt;

/// Sides of fewer pixels show no digit.
pub const LEAST_SIDE: usize = 8;
/// A picture whose lightness differs from its paper's by less than this everywhere is blank.
const LEAST_CONTRAST: f32 = 0.1;
/// Shares of the largest difference below this are the paper's own grain and shade.
const GRAIN: f32 = 0.25;

/// Why a picture shows no digit. Its text is for the reader of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureError {
    /// Columns and rows are too few.
    TooSmall(usize, usize),
    /// Everything has the paper's colour.
    Blank,
}

impl fmt::Display for PictureError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooSmall(columns, rows) => write!(
                formatter,
                "The picture has {columns} × {rows} pixels; a digit needs at least {LEAST_SIDE} × {LEAST_SIDE}."
            ),
            Self::Blank => write!(
                formatter,
                "The picture has one colour only: there is no digit on it."
            ),
        }
    }
}

impl std::error::Error for PictureError {}

/// Ink of a picture. The paper is the median lightness of the picture's rim, light or dark; ink is what differs from it
/// to the side on which the largest difference lies, as a share of that difference, without the paper's grain.
/// Lightness is 0.2126 R + 0.7152 G + 0.0722 B (ITU-R BT.709's luma weights) over a white ground.
///
/// # Shapes
/// rgba (row, column, channel), four bytes a pixel, not premultiplied; the result is (row, column), 0 = paper, 1 = ink.
///
/// # Errors
/// [`PictureError`] where no digit can be on it.
///
/// # Panics
/// If there are not four bytes for each pixel.
pub fn ink_of(rgba: &[u8], columns: usize, rows: usize) -> Result<Vec<f32>, PictureError> {
    assert_eq!(rgba.len(), 4 * columns * rows, "four bytes for each pixel");
    if columns.min(rows) < LEAST_SIDE {
        return Err(PictureError::TooSmall(columns, rows));
    }
    let (pixels, _) = rgba.as_chunks::<4>();
    let light: Vec<f32> = pixels.iter().map(lightness).collect();
    let on_rim = |index: &usize| {
        let (row, column) = (index / columns, index % columns);
        row == 0 || column == 0 || row + 1 == rows || column + 1 == columns
    };
    let mut rim: Vec<f32> = (0..light.len())
        .filter(on_rim)
        .map(|index| light[index])
        .collect();
    rim.sort_by(f32::total_cmp);
    let paper = rim[rim.len() / 2];
    let furthest = light
        .iter()
        .map(|light| light - paper)
        .max_by(|one, other| one.abs().total_cmp(&other.abs()))
        .expect("a picture has pixels");
    if furthest.abs() < LEAST_CONTRAST {
        return Err(PictureError::Blank);
    }
    let ink = light
        .iter()
        .map(|light| (((light - paper) / furthest - GRAIN) / (1.0 - GRAIN)).max(0.0));
    Ok(ink.collect())
}

fn lightness([red, green, blue, alpha]: &[u8; 4]) -> f32 {
    let share = |byte: &u8| f32::from(*byte) / 255.0;
    let colour = 0.2126 * share(red) + 0.7152 * share(green) + 0.0722 * share(blue);
    1.0 - share(alpha) * (1.0 - colour)
}
