//! Images moved, turned, scaled and sheared: more data from the same data.

use rand::{Rng, RngExt};

/// A map of the plane about the centre of an image: where a pixel of the result looks in the source.
///
/// With (x, y) the position of a pixel relative to the centre, in pixels, x to the right and y down, the result at
/// (x, y) is the source at `matrix` (x, y) + `offset`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Affine {
    /// Rows of the 2x2 matrix.
    pub matrix: [[f32; 2]; 2],
    /// (x, y) in pixels.
    pub offset: [f32; 2],
}

/// Ranges of a random [`Affine`]; every amount is drawn uniformly between its two ends. All 0: the identity.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AffineRange {
    /// Largest rotation either way, degrees.
    pub rotation: f32,
    /// Largest translation in each direction, pixels.
    pub translation: f32,
    /// Largest enlargement: sizes are multiplied by a factor between 1 / (1 + scale) and 1 + scale, log-uniformly.
    pub scale: f32,
    /// Largest shear: rows slide sideways by up to this many pixels for each pixel of height.
    pub shear: f32,
}

impl Affine {
    /// The map that changes nothing.
    pub const IDENTITY: Self = Self {
        matrix: [[1.0, 0.0], [0.0, 1.0]],
        offset: [0.0, 0.0],
    };

    /// The map under which an image is sheared (x moves by `shear` for each pixel of y), enlarged by `scale`, turned by
    /// `rotation` degrees clockwise and then moved by `translation` (x, y) pixels.
    pub fn new(rotation: f32, translation: [f32; 2], scale: f32, shear: f32) -> Self {
        let (sine, cosine) = rotation.to_radians().sin_cos();
        // The result at p is the source at S^-1 R^-1 (p - translation) / scale, with R^-1 = [[cos, sin], [-sin, cos]]
        // (y points down) and S^-1 = [[1, -shear], [0, 1]].
        let matrix = [
            [
                (cosine + shear * sine) / scale,
                (sine - shear * cosine) / scale,
            ],
            [-sine / scale, cosine / scale],
        ];
        let [x, y] = translation;
        let offset = [
            -(matrix[0][0] * x + matrix[0][1] * y),
            -(matrix[1][0] * x + matrix[1][1] * y),
        ];
        Self { matrix, offset }
    }

    /// Draws every amount from `range`.
    pub fn random(range: &AffineRange, rng: &mut impl Rng) -> Self {
        let mut within = |bound: f32| bound * (2.0 * rng.random::<f32>() - 1.0);
        let rotation = within(range.rotation);
        let translation = [within(range.translation), within(range.translation)];
        let scale = within((1.0 + range.scale).ln()).exp();
        Self::new(rotation, translation, scale, within(range.shear))
    }

    /// Writes the mapped image into `result`, by bilinear interpolation; beyond the edge of the source lies 0, the paper.
    ///
    /// # Shapes
    /// source and result (row, column), row by row: `rows` x `columns` pixels each.
    ///
    /// # Panics
    /// If a slice is not of that size.
    pub fn apply(&self, source: &[f32], rows: usize, columns: usize, result: &mut [f32]) {
        assert_eq!(
            source.len(),
            rows * columns,
            "as many pixels as rows and columns"
        );
        assert_eq!(
            result.len(),
            rows * columns,
            "as many pixels as rows and columns"
        );
        let mut around = Surrounded::new(rows, columns);
        around.fill(source);
        around.sample(|_, line| line.map(|x, y| self.source_of(x, y)), result);
    }

    /// Where the pixel at (x, y) of the result looks in the source; all relative to the centre.
    pub fn source_of(&self, x: f32, y: f32) -> (f32, f32) {
        let [[xx, xy], [yx, yy]] = self.matrix;
        let [offset_x, offset_y] = self.offset;
        (xx * x + xy * y + offset_x, yx * x + yy * y + offset_y)
    }
}

/// An image with paper around it, so that reading between its pixels needs no question where the edge is.
#[derive(Clone, Debug)]
pub struct Surrounded {
    rows: usize,
    columns: usize,
    /// One row and column of paper before the image, two behind it.
    pixels: Vec<f32>,
    /// Of the row that is being sampled.
    line: Line,
    /// For each of its pixels, the upper left one of the four that it looks at.
    corners: Vec<u32>,
}

/// Positions of the pixels of a row, column by column. Apart, so that vectors of x and of y are computed at once.
#[derive(Clone, Debug)]
pub struct Line {
    /// To the right, pixels.
    pub x: Vec<f32>,
    /// Down, pixels.
    pub y: Vec<f32>,
}

impl Line {
    /// Moves every position to where `source_of` says.
    pub fn map(&mut self, source_of: impl Fn(f32, f32) -> (f32, f32)) {
        for (x, y) in self.x.iter_mut().zip(&mut self.y) {
            (*x, *y) = source_of(*x, *y);
        }
    }

    /// Adds to every position its displacement, (x, y).
    pub fn displace(&mut self, displacements: &[[f32; 2]]) {
        for ((x, y), [right, down]) in self.x.iter_mut().zip(&mut self.y).zip(displacements) {
            *x += right;
            *y += down;
        }
    }
}

impl Surrounded {
    /// Paper only.
    pub fn new(rows: usize, columns: usize) -> Self {
        Self {
            rows,
            columns,
            pixels: vec![0.0; (rows + 3) * (columns + 3)],
            line: Line {
                x: vec![0.0; columns],
                y: vec![0.0; columns],
            },
            corners: vec![0; columns],
        }
    }

    /// Takes an image.
    ///
    /// # Shapes
    /// image (row, column), row by row.
    pub fn fill(&mut self, image: &[f32]) {
        let lines = self.pixels.chunks_exact_mut(self.columns + 3).skip(1);
        for (line, pixels) in lines.zip(image.chunks_exact(self.columns)) {
            line[1..=self.columns].copy_from_slice(pixels);
        }
    }

    /// Fills `result` with the image seen through `look`, by bilinear interpolation. For each row of the result `look` is given
    /// where its pixels stand, and writes there where in the source they look: relative to the centre, in pixels, x to the
    /// right and y down.
    ///
    /// # Shapes
    /// result (row, column), row by row, of the image's size.
    pub fn sample(&mut self, mut look: impl FnMut(usize, &mut Line), result: &mut [f32]) {
        let middle = |count: usize| (count as f32 - 1.0) / 2.0;
        let (middle_x, middle_y) = (middle(self.columns), middle(self.rows));
        let width = self.columns + 3;
        for (row, pixels) in result.chunks_exact_mut(self.columns).enumerate() {
            for (column, x) in self.line.x.iter_mut().enumerate() {
                *x = column as f32 - middle_x;
            }
            self.line.y.fill(row as f32 - middle_y);
            look(row, &mut self.line);
            // Everything beyond the paper's edge is paper.
            let corners = self.line.x.iter_mut().zip(&mut self.line.y);
            for (first, (x, y)) in self.corners.iter_mut().zip(corners) {
                let (column, row) = (
                    (*x + middle_x).clamp(-1.0, self.columns as f32),
                    (*y + middle_y).clamp(-1.0, self.rows as f32),
                );
                let (left, top) = (column.floor(), row.floor());
                (*x, *y) = (column - left, row - top);
                *first = (top + 1.0) as u32 * width as u32 + (left + 1.0) as u32;
            }
            let shares = self.line.x.iter().zip(&self.line.y);
            for ((pixel, &first), (&right, &lower)) in
                pixels.iter_mut().zip(&self.corners).zip(shares)
            {
                let window = &self.pixels[first as usize..][..width + 2];
                let above = window[0] * (1.0 - right) + window[1] * right;
                let below = window[width] * (1.0 - right) + window[width + 1] * right;
                *pixel = above * (1.0 - lower) + below * lower;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Affine, AffineRange};
    use rand_xoshiro::Xoshiro256PlusPlus;
    use rand_xoshiro::rand_core::SeedableRng;

    /// 1 2 3 / 4 5 6 / 7 8 9
    const NINE: [f32; 9] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];

    fn mapped(map: Affine) -> Vec<f32> {
        let mut result = vec![f32::NAN; 9];
        map.apply(&NINE, 3, 3, &mut result);
        result
    }

    #[test]
    fn nothing_asked_changes_no_bit() {
        assert_eq!(mapped(Affine::IDENTITY), NINE);
        assert_eq!(mapped(Affine::new(0.0, [0.0, 0.0], 1.0, 0.0)), NINE);
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
        for _ in 0..100 {
            assert_eq!(
                mapped(Affine::random(&AffineRange::default(), &mut rng)),
                NINE
            );
        }
    }

    #[test]
    fn hand_computed_cases() {
        let right = mapped(Affine::new(0.0, [1.0, 0.0], 1.0, 0.0));
        assert_eq!(right, [0.0, 1.0, 2.0, 0.0, 4.0, 5.0, 0.0, 7.0, 8.0]);
        let down_half = mapped(Affine::new(0.0, [0.0, 0.5], 1.0, 0.0));
        assert_eq!(down_half, [0.5, 1.0, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5]);
        // A quarter turn clockwise: the left column, from below, becomes the upper row.
        let turned = mapped(Affine::new(90.0, [0.0, 0.0], 1.0, 0.0));
        let expected = [7.0, 4.0, 1.0, 8.0, 5.0, 2.0, 9.0, 6.0, 3.0];
        for (one, other) in turned.iter().zip(expected) {
            assert!((one - other).abs() < 1e-5, "{turned:?}");
        }
        // Half a turn: the last pixel becomes the first.
        let reversed = mapped(Affine::new(180.0, [0.0, 0.0], 1.0, 0.0));
        for (one, other) in reversed.iter().zip(NINE.iter().rev()) {
            assert!((one - other).abs() < 1e-5, "{reversed:?}");
        }
        // Two whole pixels to the left and one up, exactly.
        let moved = mapped(Affine::new(0.0, [-2.0, -1.0], 1.0, 0.0));
        assert_eq!(moved, [6.0, 0.0, 0.0, 9.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        // Twice as large: between the middle and its neighbours.
        let large = mapped(Affine::new(0.0, [0.0, 0.0], 2.0, 0.0));
        assert_eq!(large, [3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0, 6.5, 7.0]);
        // Sheared: the lower row slides right, the upper one left.
        let slanted = mapped(Affine::new(0.0, [0.0, 0.0], 1.0, 1.0));
        assert_eq!(slanted, [2.0, 3.0, 0.0, 4.0, 5.0, 6.0, 0.0, 7.0, 8.0]);
        // All at once, in the order of the docstring: sheared, doubled, turned half way round, moved right.
        let all = mapped(Affine::new(180.0, [1.0, 0.0], 2.0, 1.0));
        let at = |x: f32, y: f32| {
            // p -> (p - (1, 0)) turned back, halved, sheared back.
            let (x, y) = (-(x - 1.0) / 2.0, -y / 2.0);
            (x - y, y)
        };
        for (index, value) in all.iter().enumerate() {
            let (x, y) = at((index % 3) as f32 - 1.0, (index / 3) as f32 - 1.0);
            if x.abs() <= 1.0 && y.abs() <= 1.0 {
                // Inside, NINE is the linear function 5 + x + 3 y.
                assert!((value - (5.0 + x + 3.0 * y)).abs() < 1e-5, "{all:?}");
            }
        }
    }

    /// Rotation in degrees, translation, scale and shear of a map, back from its matrix S^-1 R^-1 / scale and its offset.
    fn amounts(map: Affine) -> [f32; 5] {
        let [[a, b], [c, d]] = map.matrix;
        let scale = 1.0 / (a * d - b * c).sqrt();
        let angle = (-c).atan2(d);
        let shear = scale * (a * angle.sin() - b * angle.cos());
        // offset = -matrix translation
        let [x, y] = map.offset;
        let translation = [
            -(d * x - b * y) * scale * scale,
            -(a * y - c * x) * scale * scale,
        ];
        let [right, down] = translation;
        [angle.to_degrees(), right, down, scale, shear]
    }

    #[test]
    fn the_ends_of_the_ranges_are_kept() {
        let [angle, right, down, scale, shear] = amounts(Affine::new(7.0, [1.5, -0.5], 1.2, 0.3));
        for (seen, given) in [angle, right, down, scale, shear]
            .into_iter()
            .zip([7.0, 1.5, -0.5, 1.2, 0.3])
        {
            assert!((seen - given).abs() < 1e-4, "{seen} {given}");
        }
        let range = AffineRange {
            rotation: 10.0,
            translation: 2.0,
            scale: 0.25,
            shear: 0.3,
        };
        let bounds = [10.0, 2.0, 2.0, 1.25_f32.ln(), 0.3];
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(3);
        let (mut least, mut most) = ([0.0_f32; 5], [0.0_f32; 5]);
        for _ in 0..2000 {
            let mut drawn = amounts(Affine::random(&range, &mut rng));
            drawn[3] = drawn[3].ln();
            for (index, amount) in drawn.into_iter().enumerate() {
                least[index] = least[index].min(amount);
                most[index] = most[index].max(amount);
            }
        }
        // Of 2,000 draws none within a hundredth of an end has a probability of 0.995^2000 = 0.00004.
        for (bound, (least, most)) in bounds.into_iter().zip(least.into_iter().zip(most)) {
            for end in [-least, most] {
                let within = 0.99 * bound..=bound * 1.0001 + 1e-5;
                assert!(within.contains(&end), "{end} of {bound}");
            }
        }
    }
}
