//! More data from the same data: every image comes back a little different in every epoch.

use rand::{Rng, RngExt};
use rand_distr::StandardNormal;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::elastic::DisplacementField;
use super::projective::Projective;
use super::warp::{Affine, AffineRange, Line, Surrounded};

/// Ranges of what is done to an image by chance, in this order: bent, turned and moved in one step (so that it is blurred
/// once), then noise, then a patch of paper. All 0: nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Augmentation {
    /// Rotation, translation, scale and shear.
    pub affine: AffineRange,
    /// Perspective: at the edges of the image sizes change by up to this share, in `[0, 0.4]` in each direction.
    pub perspective: f32,
    /// Elastic deformation: largest displacement either way, pixels.
    pub elastic: f32,
    /// Standard deviation of normal noise on each pixel; the sum is cut to [0, 1].
    pub noise: f32,
    /// Random erasing: side of a square patch of paper, drawn uniformly from 0 to this, pixels (Zhong, Zheng, Kang, Li and
    /// Yang, "Random erasing data augmentation", AAAI 2020).
    pub erasing: f32,
}

impl Augmentation {
    /// Whether nothing is done at all.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// Draws variants of images. It owns what it needs, so that a warm one allocates nothing.
#[derive(Clone, Debug)]
pub struct Augmenter {
    augmentation: Augmentation,
    rows: usize,
    columns: usize,
    around: Surrounded,
    field: DisplacementField,
}

impl Augmenter {
    /// For images of `rows` x `columns` pixels.
    ///
    /// # Panics
    /// If there is no pixel, or the perspective is so strong that an edge of the image comes infinitely near.
    pub fn new(augmentation: Augmentation, rows: usize, columns: usize) -> Self {
        assert!(
            (0.0..0.5).contains(&augmentation.perspective),
            "a perspective of {}",
            augmentation.perspective
        );
        Self {
            augmentation,
            rows,
            columns,
            around: Surrounded::new(rows, columns),
            field: DisplacementField::new(rows, columns),
        }
    }

    /// Writes a fresh variant of `image` into `result`. For one kind of generator: code for any kind would be compiled by its
    /// caller, for size.
    ///
    /// # Shapes
    /// image and result (row, column), row by row, 0 = paper, 1 = ink.
    ///
    /// # Panics
    /// If a slice has another size than this augmenter's images.
    pub fn vary(&mut self, image: &[f32], rng: &mut Xoshiro256PlusPlus, result: &mut [f32]) {
        self.vary_by(image, rng, result);
    }

    fn vary_by(&mut self, image: &[f32], rng: &mut impl Rng, result: &mut [f32]) {
        let size = self.rows * self.columns;
        assert_eq!(image.len(), size, "an image of this augmenter's size");
        assert_eq!(result.len(), size, "a result of this augmenter's size");
        self.warp(image, rng, result);
        for pixel in result.iter_mut() {
            // Between two pixels of full ink rounding can give a hair more.
            *pixel = pixel.min(1.0);
        }
        let Augmentation { noise, erasing, .. } = self.augmentation;
        if noise > 0.0 {
            for pixel in result.iter_mut() {
                let drawn: f32 = rng.sample(StandardNormal);
                *pixel = (*pixel + noise * drawn).clamp(0.0, 1.0);
            }
        }
        if erasing > 0.0 {
            self.erase(erasing, rng, result);
        }
    }

    fn warp(&mut self, image: &[f32], rng: &mut impl Rng, result: &mut [f32]) {
        let Augmentation {
            affine,
            perspective,
            elastic,
            ..
        } = self.augmentation;
        if affine == AffineRange::default() && perspective == 0.0 && elastic == 0.0 {
            result.copy_from_slice(image);
            return;
        }
        let affine = Affine::random(&affine, rng);
        let half = |count: usize| (count as f32 / 2.0).max(1.0);
        let mut tilt = |half: f32| perspective * (2.0 * rng.random::<f32>() - 1.0) / half;
        let (tilt_x, tilt_y) = (tilt(half(self.columns)), tilt(half(self.rows)));
        self.around.fill(image);
        let map = Projective {
            affine,
            tilt: [tilt_x, tilt_y],
        };
        let bent = elastic > 0.0;
        if bent {
            self.field.draw(elastic, rng);
        }
        let field = &self.field;
        let look = |row: usize, line: &mut Line| {
            if bent {
                line.displace(field.row(row));
            }
            line.map(|x, y| map.source_of(x, y));
        };
        self.around.sample(look, result);
    }

    /// A square of paper anywhere within the image.
    fn erase(&self, largest: f32, rng: &mut impl Rng, result: &mut [f32]) {
        let mut within = |most: f32| (rng.random::<f32>() * (most + 1.0)).min(most) as usize;
        let shorter = self.rows.min(self.columns);
        let side = within(largest.min(shorter as f32));
        let top = within((self.rows - side) as f32);
        let left = within((self.columns - side) as f32);
        for row in result.chunks_exact_mut(self.columns).skip(top).take(side) {
            row[left..left + side].fill(0.0);
        }
    }
}

#[cfg(test)]
mod tests;
