//! One seed, several independent streams of chance.
//!
//! Two runs that differ only in dropout must start from the same weights and see the same mini-batches. So each use
//! of chance has its own stream: how much one of them draws cannot move another.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

/// The generator behind every random number of the engine: the same stream on every platform.
pub type Rng = Xoshiro256PlusPlus;

/// What a stream of chance is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Initial weights and biases.
    Initialisation,
    /// Order of the training examples in each epoch.
    Shuffle,
    /// Dropout masks.
    Dropout,
    /// What is done to the training images.
    Augmentation,
    /// Dropout masks while a network is measured as it learns.
    Measuring,
}

impl Stream {
    /// The generator of this stream for `seed`.
    ///
    /// Stream number k starts k * 2^128 draws further along the one sequence of the seed (Xoshiro's `jump`), so
    /// the streams cannot overlap in any run that ends.
    pub fn rng(self, seed: u64) -> Rng {
        let mut rng = Rng::seed_from_u64(seed);
        let jumps = match self {
            Stream::Initialisation => 0,
            Stream::Shuffle => 1,
            Stream::Dropout => 2,
            Stream::Augmentation => 3,
            Stream::Measuring => 4,
        };
        for _ in 0..jumps {
            rng.jump();
        }
        rng
    }
}

#[cfg(test)]
mod tests {
    use super::{Rng, Stream};
    use rand::Rng as _;

    #[test]
    fn streams_repeat_for_a_seed_and_differ_from_each_other_and_between_seeds() {
        let draw = |mut rng: Rng| -> Vec<u64> { (0..8).map(|_| rng.next_u64()).collect() };
        let shuffle = draw(Stream::Shuffle.rng(7));
        assert_eq!(shuffle, draw(Stream::Shuffle.rng(7)));
        assert_ne!(shuffle, draw(Stream::Shuffle.rng(8)));
        assert_ne!(shuffle, draw(Stream::Dropout.rng(7)));
        assert_ne!(shuffle, draw(Stream::Initialisation.rng(7)));
        assert_ne!(
            draw(Stream::Dropout.rng(7)),
            draw(Stream::Augmentation.rng(7))
        );
        assert_ne!(draw(Stream::Dropout.rng(7)), draw(Stream::Measuring.rng(7)));
    }
}
