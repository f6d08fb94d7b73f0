//! Images stretched unevenly, like paper on rubber: what a hand that writes on does to a digit.
//!
//! Sources: Simard, Steinkraus and Platt, "Best practices for convolutional neural networks applied to visual document
//! analysis", ICDAR 2003 (random displacements, smoothed); the smoothing by splines over a coarse grid is that of Ronneberger,
//! Fischer and Brox, "U-Net", MICCAI 2015: the same look for a tenth of the work.

use rand::{Rng, RngExt};

/// Pixels between two control points. They are about as far apart as two strokes of a digit, so that a stroke bends and
/// does not tremble.
const SPACING: usize = 7;

/// A smooth random displacement of every pixel: uniform cubic B-splines over a grid of control points.
#[derive(Clone, Debug)]
pub struct DisplacementField {
    rows: usize,
    columns: usize,
    /// For each row, weights of its four control rows, the first of them `row / SPACING`; columns likewise.
    weights: Vec<[f32; 4]>,
    /// Displacements of the control points: (x, y), row by row.
    controls: Vec<[f32; 2]>,
    /// Displacements of the pixels: (x, y), row by row.
    pixels: Vec<[f32; 2]>,
    /// One row of pixels over all control columns.
    line: Vec<[f32; 2]>,
}

/// Control points along a side of `pixels` pixels.
fn controls_along(pixels: usize) -> usize {
    (pixels - 1) / SPACING + 4
}

impl DisplacementField {
    /// No displacement.
    ///
    /// # Panics
    /// If there is no pixel.
    pub fn new(rows: usize, columns: usize) -> Self {
        assert!(rows > 0 && columns > 0, "an image has pixels");
        let weights = (0..rows.max(columns)).map(|pixel| {
            let t = (pixel % SPACING) as f32 / SPACING as f32;
            [
                (1.0 - t).powi(3) / 6.0,
                (3.0 * t * t * t - 6.0 * t * t + 4.0) / 6.0,
                (-3.0 * t * t * t + 3.0 * t * t + 3.0 * t + 1.0) / 6.0,
                t * t * t / 6.0,
            ]
        });
        Self {
            rows,
            columns,
            weights: weights.collect(),
            controls: vec![[0.0; 2]; controls_along(rows) * controls_along(columns)],
            pixels: vec![[0.0; 2]; rows * columns],
            line: vec![[0.0; 2]; controls_along(columns)],
        }
    }

    /// Moves every control point by up to `strength` pixels to the right or left and up or down, uniformly. No pixel moves
    /// further: its displacement is a mean of those around it.
    pub fn draw(&mut self, strength: f32, rng: &mut impl Rng) {
        for control in &mut self.controls {
            *control = [0.0; 2].map(|_: f32| strength * (2.0 * rng.random::<f32>() - 1.0));
        }
        self.spread();
    }

    /// Displacements, (x, y), of the pixels of a row.
    pub fn row(&self, row: usize) -> &[[f32; 2]] {
        &self.pixels[row * self.columns..][..self.columns]
    }

    fn spread(&mut self) {
        let across = controls_along(self.columns);
        for row in 0..self.rows {
            let first = row / SPACING;
            for (column, mixed) in self.line.iter_mut().enumerate() {
                *mixed = mean(&self.weights[row], |index| {
                    self.controls[(first + index) * across + column]
                });
            }
            let pixels = &mut self.pixels[row * self.columns..(row + 1) * self.columns];
            for (column, pixel) in pixels.iter_mut().enumerate() {
                let first = column / SPACING;
                *pixel = mean(&self.weights[column], |index| self.line[first + index]);
            }
        }
    }
}

fn mean(weights: &[f32; 4], of: impl Fn(usize) -> [f32; 2]) -> [f32; 2] {
    let mut sum = [0.0; 2];
    for (index, weight) in weights.iter().enumerate() {
        let [x, y] = of(index);
        sum[0] += weight * x;
        sum[1] += weight * y;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::{DisplacementField, SPACING};
    use rand_xoshiro::Xoshiro256PlusPlus;
    use rand_xoshiro::rand_core::SeedableRng;

    /// B-splines reproduce straight lines: equal controls move everything alike, and controls that grow by 1 from one to
    /// the next give displacements that grow by 1 in `SPACING` pixels.
    #[test]
    fn constant_and_linear_controls_are_reproduced() {
        let mut field = DisplacementField::new(28, 28);
        field.controls.fill([0.5, -1.25]);
        field.spread();
        let near = |one: f32, other: f32| (one - other).abs() < 1e-5;
        assert!(
            field
                .pixels
                .iter()
                .all(|[x, y]| near(*x, 0.5) && near(*y, -1.25))
        );
        let across = super::controls_along(28);
        for (index, control) in field.controls.iter_mut().enumerate() {
            *control = [(index % across) as f32, (index / across) as f32];
        }
        field.spread();
        for row in 0..28 {
            for column in 0..28 {
                let expected = |pixel: usize| 1.0 + pixel as f32 / SPACING as f32;
                let [x, y] = field.row(row)[column];
                assert!(near(x, expected(column)) && near(y, expected(row)));
            }
        }
    }

    #[test]
    fn no_strength_moves_no_pixel() {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(5);
        let mut field = DisplacementField::new(28, 28);
        // What an earlier draw left behind is gone.
        field.draw(3.0, &mut rng);
        field.draw(0.0, &mut rng);
        assert!(field.pixels.iter().flatten().all(|pixel| *pixel == 0.0));
    }

    #[test]
    fn no_pixel_moves_further_than_the_strength_and_neighbours_move_alike() {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(5);
        let mut field = DisplacementField::new(28, 28);
        let mut furthest = 0.0_f32;
        for _ in 0..200 {
            field.draw(3.0, &mut rng);
            for row in 0..28 {
                for column in 1..28 {
                    let ([x, y], [before, _]) =
                        (field.row(row)[column], field.row(row)[column - 1]);
                    assert!(x.abs() <= 3.0 && y.abs() <= 3.0);
                    // The derivative of a B-spline is a mean of differences of controls, at most 2 strength / SPACING.
                    assert!((x - before).abs() <= 2.0 * 3.0 / SPACING as f32 + 1e-5);
                    furthest = furthest.max(x.abs());
                }
            }
        }
        assert!(furthest > 1.5, "{furthest}");
    }
}
