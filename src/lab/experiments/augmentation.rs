//! 4.4 More data from the same data: two runs, one of them on fresh variants of its images.

use super::{Values, settings};
use crate::data::split::Part;
use crate::lab::recipe::{AugmentationRecipe, Observation, Recipe};

/// Digits to look at: all training digits.
pub const DIGITS: usize = Part::Train.range().end;

settings! {
    /// Ranges of the augmentation, and what both runs have in common.
    Augmented {
        /// Largest rotation, degrees.
        rotation("rotation"): f64 = 10.0,
        /// Largest translation, pixels.
        translation("translation"): f64 = 1.5,
        /// Largest enlargement less 1.
        scale("scale"): f64 = 0.1,
        /// Largest shear, pixels for each pixel of height.
        shear("shear"): f64 = 0.1,
        /// Largest change of size at the edges.
        perspective("perspective"): f64 = 0.0,
        /// Largest elastic displacement, pixels.
        elastic("elastic"): f64 = 2.0,
        /// Standard deviation of the noise.
        noise("noise"): f64 = 0.0,
        /// Largest side of the erased patch, pixels.
        erasing("erasing"): f64 = 0.0,
        /// Training images.
        images("images"): f64 = 500.0,
        /// Epochs.
        epochs("epochs"): f64 = 60.0,
        /// Source of all chance.
        seed("seed"): f64 = 1.0,
    }
}

impl Augmented {
    /// The ranges as a recipe has them.
    pub fn augmentation(&self) -> AugmentationRecipe {
        AugmentationRecipe {
            rotation: self.rotation as f32,
            translation: self.translation as f32,
            scale: self.scale as f32,
            shear: self.shear as f32,
            perspective: self.perspective as f32,
            elastic: self.elastic as f32,
            noise: self.noise as f32,
            erasing: self.erasing as f32,
        }
    }

    /// The recipes without and with augmentation.
    pub fn recipes(&self) -> [Recipe; 2] {
        [AugmentationRecipe::default(), self.augmentation()]
            .map(|augmentation| self.recipe(augmentation))
    }

    fn recipe(&self, augmentation: AugmentationRecipe) -> Recipe {
        Recipe {
            augmentation,
            observation: Observation::OutputsAtRest,
            ..Recipe::dense(100, 1, 0.0).trained(self.images, self.epochs, self.seed)
        }
    }
}

/// What a hand could have done.
pub const GENTLE: Values = &[];
/// Turned any way round, and nothing else.
pub const UPSIDE_DOWN: Values = &[
    ("rotation", "180"),
    ("translation", "0"),
    ("scale", "0"),
    ("shear", "0"),
    ("elastic", "0"),
];
/// Noise on the pixels, and nothing else.
pub const NOISE_ONLY: Values = &[
    ("rotation", "0"),
    ("translation", "0"),
    ("scale", "0"),
    ("shear", "0"),
    ("elastic", "0"),
    ("noise", "0.2"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_begins_with_what_a_hand_could_have_done() {
        let shown = Augmented::of(GENTLE).augmentation();
        assert_eq!(shown, AugmentationRecipe::gentle(1.0));
    }
}
