//! A drawing becomes what the network was trained on: MNIST's own preparation, step by step.
//!
//! NIST's digits were cut out, scaled so that they fit into 20 x 20 pixels with their proportions kept, and moved within
//! 28 x 28 pixels so that their centre of mass lies in the middle (LeCun, Bottou, Bengio, Haffner 1998, section III A). A
//! network that has only seen such digits reads a drawing well once it is treated in the same way, wherever on the pad and
//! however large it was drawn.

/// Pixels along a side of the network's input.
pub const SIDE: usize = 28;
/// Pixels along the longer side of a digit.
pub const BOX: usize = 20;
/// Ink below this share of full ink is not part of the digit.
const LEAST_INK: f32 = 0.05;

/// Which steps are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    /// Cut the digit out and scale its longer side to [`BOX`] pixels; else the whole pad becomes [`SIDE`] pixels.
    pub fit: bool,
    /// Move the centre of mass to the middle, by whole pixels; else the cut out digit's box stands in the middle.
    pub centre: bool,
}

impl Default for Steps {
    fn default() -> Self {
        Self {
            fit: true,
            centre: true,
        }
    }
}

/// Where the ink of a drawing is, in pixels of the drawing; the ends are exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// First column with ink.
    pub left: usize,
    /// First row with ink.
    pub top: usize,
    /// Column behind the last one with ink.
    pub right: usize,
    /// Row behind the last one with ink.
    pub bottom: usize,
}

/// A prepared drawing with what was done to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// Where the ink was.
    pub bounds: Bounds,
    /// Size that the cut out part was scaled to, (columns, rows).
    pub scaled: (usize, usize),
    /// Pixels that the result was moved by for its centre of mass, (right, down).
    pub moved: (isize, isize),
    /// Centre of mass of the result in pixels from its left and upper edge; (14, 14) is the middle.
    pub centre_of_mass: (f32, f32),
    /// The network's input: (row, column), [`SIDE`] x [`SIDE`], 0 = paper, 1 = ink.
    pub pixels: Vec<f32>,
}

/// Prepares `drawing`; none where there is no ink: an empty pad shows nothing to be read.
///
/// # Shapes
/// drawing (row, column), `side` x `side`, 0 = paper, 1 = ink.
///
/// # Panics
/// If `drawing` has another size or no pixels.
pub fn prepare(drawing: &[f32], side: usize, steps: Steps) -> Option<Prepared> {
    assert!(side > 0, "a drawing has pixels");
    assert_eq!(drawing.len(), side * side, "a drawing is a square");
    let bounds = bounds(drawing, side)?;
    let (source, scaled) = if steps.fit {
        let (width, height) = (bounds.right - bounds.left, bounds.bottom - bounds.top);
        let longer = width.max(height) as f32;
        let fitted = |length: usize| ((length * BOX) as f32 / longer).round().max(1.0) as usize;
        (bounds, (fitted(width), fitted(height)))
    } else {
        let whole = Bounds {
            left: 0,
            top: 0,
            right: side,
            bottom: side,
        };
        (whole, (SIDE, SIDE))
    };
    let (columns, rows) = scaled;
    let digit = shrink(drawing, side, &source, scaled);
    let middle = ((SIDE - columns) / 2, (SIDE - rows) / 2);
    let (left, top) = (middle.0 as isize, middle.1 as isize);
    let moved = if steps.centre {
        let (x, y) = centre_of_mass(&digit, columns)?;
        let half = SIDE as f32 / 2.0;
        // A digit of 20 pixels always stays within the 28; a whole pad may lose what is pushed over the edge.
        (
            (half - x).round() as isize - left,
            (half - y).round() as isize - top,
        )
    } else {
        (0, 0)
    };
    let mut pixels = vec![0.0; SIDE * SIDE];
    for (row, line) in digit.chunks_exact(columns).enumerate() {
        for (column, &ink) in line.iter().enumerate() {
            let x = left + moved.0 + column as isize;
            let y = top + moved.1 + row as isize;
            let inside = 0..SIDE as isize;
            if inside.contains(&x) && inside.contains(&y) {
                pixels[y as usize * SIDE + x as usize] = ink;
            }
        }
    }
    let centre_of_mass = centre_of_mass(&pixels, SIDE)?;
    Some(Prepared {
        bounds,
        scaled,
        moved,
        centre_of_mass,
        pixels,
    })
}

fn bounds(drawing: &[f32], side: usize) -> Option<Bounds> {
    let inked = |index: &usize| drawing[*index] >= LEAST_INK;
    let places = || (0..drawing.len()).filter(inked);
    Some(Bounds {
        left: places().map(|index| index % side).min()?,
        right: places().map(|index| index % side).max()? + 1,
        top: places().next()? / side,
        bottom: places().next_back()? / side + 1,
    })
}

/// The part `source` of a drawing in `columns` x `rows` pixels, each the mean ink of the area it covers.
fn shrink(
    drawing: &[f32],
    side: usize,
    source: &Bounds,
    (columns, rows): (usize, usize),
) -> Vec<f32> {
    let across = (source.right - source.left) as f32 / columns as f32;
    let down = (source.bottom - source.top) as f32 / rows as f32;
    let mut result = Vec::with_capacity(columns * rows);
    for row in 0..rows {
        let vertical = overlaps(source.top, row as f32 * down, down);
        for column in 0..columns {
            let horizontal = overlaps(source.left, column as f32 * across, across);
            let mut sum = 0.0;
            for (y, height) in vertical.clone() {
                for (x, width) in horizontal.clone() {
                    // The last pixel's end may be rounded over the edge.
                    if x < source.right && y < source.bottom {
                        sum += drawing[y * side + x] * width * height;
                    }
                }
            }
            result.push((sum / (across * down)).clamp(0.0, 1.0));
        }
    }
    result
}

/// The pixels from `first` on that the stretch from `start` to `start + length` touches, and how much of each.
fn overlaps(first: usize, start: f32, length: f32) -> impl Iterator<Item = (usize, f32)> + Clone {
    let end = start + length;
    (start.floor() as usize..end.ceil() as usize).map(move |index| {
        let share = end.min(index as f32 + 1.0) - start.max(index as f32);
        (first + index, share)
    })
}

/// Centre of mass in pixels from the left and the upper edge, the middle of the first pixel at 1/2; none without ink.
fn centre_of_mass(pixels: &[f32], columns: usize) -> Option<(f32, f32)> {
    let (mut mass, mut x, mut y) = (0.0_f32, 0.0_f32, 0.0_f32);
    for (index, &ink) in pixels.iter().enumerate() {
        mass += ink;
        x += ink * ((index % columns) as f32 + 0.5);
        y += ink * ((index / columns) as f32 + 0.5);
    }
    (mass > 0.0).then(|| (x / mass, y / mass))
}
