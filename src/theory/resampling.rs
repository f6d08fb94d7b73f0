//! Samples drawn again and again from measured mistakes: how an error counted on few images scatters, and how choosing by such
//! an error flatters the chosen network.
//!
//! Only right and wrong matter, so a network is the set of images that it gets wrong.

use rand::seq::SliceRandom;
use rand::{Rng, RngExt};

/// Which of some images a network gets wrong, 64 of them in a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes {
    words: Vec<u64>,
    images: usize,
}

impl Mistakes {
    /// One for each image, true where it is predicted wrongly.
    pub fn new(wrong: impl IntoIterator<Item = bool>) -> Self {
        let (mut words, mut images) = (Vec::new(), 0);
        for wrong in wrong {
            if images % 64 == 0 {
                words.push(0);
            }
            words[images / 64] |= u64::from(wrong) << (images % 64);
            images += 1;
        }
        Self { words, images }
    }

    /// Number of images, right or wrong.
    pub fn images(&self) -> usize {
        self.images
    }

    /// Number of images that are predicted wrongly.
    pub fn count(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// Share of images that are predicted wrongly.
    pub fn error(&self) -> f64 {
        self.count() as f64 / self.images as f64
    }

    /// Whether image `index` is predicted wrongly.
    pub fn holds(&self, index: usize) -> bool {
        (self.words[index / 64] >> (index % 64)) & 1 == 1
    }

    /// Number of mistakes among the images in `chosen`.
    fn among(&self, chosen: &[u64]) -> usize {
        let both = self.words.iter().zip(chosen);
        both.map(|(word, chosen)| (word & chosen).count_ones() as usize)
            .sum()
    }
}

/// Mistakes counted on `size` images drawn at random with replacement, `draws` times: as if each image came fresh from the
/// world that the measured images come from.
///
/// # Panics
/// If there is no image to draw.
pub fn counted_again(
    mistakes: &Mistakes,
    size: usize,
    draws: usize,
    rng: &mut impl Rng,
) -> Vec<u32> {
    assert!(mistakes.images > 0, "nothing to draw from");
    let count = mistakes.images as u64;
    let mut draw = || {
        let mut wrong = 0;
        let mut left = size;
        while left > 0 {
            // Two places out of one number of 64 bits: 32 bits times the count, of which the upper half is the place. No place is
            // preferred by more than count / 2^32, a millionth.
            let bits: u64 = rng.random();
            for half in [bits >> 32, bits & 0xffff_ffff].into_iter().take(left) {
                wrong += u32::from(mistakes.holds(((half * count) >> 32) as usize));
            }
            left -= left.min(2);
        }
        wrong
    };
    (0..draws).map(|_| draw()).collect()
}

/// What choosing the best of several networks by an error on few images gives, on average.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Error of the chosen network on the images that it was chosen by.
    pub chosen_by: f64,
    /// Error of the same network on all other images, which nobody had looked at.
    pub fresh: f64,
}

impl Choice {
    /// By how much choosing flatters.
    pub fn flattery(&self) -> f64 {
        self.fresh - self.chosen_by
    }
}

/// Chooses the best of k networks by their errors on `size` images drawn without replacement, for each k from 1 to all of them,
/// and averages over `draws` draws of the images and of the k networks. Of equals the one that was drawn first is chosen.
///
/// Element k - 1 of the result is of k networks.
///
/// # Panics
/// If there is no network, networks were measured on different numbers of images, or no image is left over.
pub fn choose_best(
    networks: &[Mistakes],
    size: usize,
    draws: usize,
    rng: &mut impl Rng,
) -> Vec<Choice> {
    let images = networks.first().expect("a choice among some").images;
    assert!(
        networks.iter().all(|network| network.images == images),
        "all networks are measured on the same images"
    );
    assert!((1..images).contains(&size), "some to choose by, some left");
    let totals: Vec<usize> = networks.iter().map(Mistakes::count).collect();
    let mut order: Vec<usize> = (0..networks.len()).collect();
    let mut places: Vec<u32> = (0..images as u32).collect();
    let mut sums = vec![(0.0, 0.0); networks.len()];
    let mut chosen = vec![0_u64; images.div_ceil(64)];
    for _ in 0..draws {
        order.shuffle(rng);
        let (drawn, _) = places.partial_shuffle(rng, size);
        chosen.fill(0);
        for &place in &*drawn {
            chosen[place as usize / 64] |= 1 << (place % 64);
        }
        let mut best: Option<(usize, usize)> = None; // (mistakes among the drawn images, network)
        for (&network, sum) in order.iter().zip(&mut sums) {
            let mistakes = networks[network].among(&chosen);
            if best.is_none_or(|(fewest, _)| mistakes < fewest) {
                best = Some((mistakes, network));
            }
            let (mistakes, network) = best.expect("one was looked at");
            sum.0 += mistakes as f64 / size as f64;
            sum.1 += (totals[network] - mistakes) as f64 / (images - size) as f64;
        }
    }
    let mean = |(chosen_by, fresh): (f64, f64)| Choice {
        chosen_by: chosen_by / draws as f64,
        fresh: fresh / draws as f64,
    };
    sums.into_iter().map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::sampling::{mean_and_deviation, standard_error};
    use rand_xoshiro::Xoshiro256PlusPlus;
    use rand_xoshiro::rand_core::SeedableRng;

    /// Every `step`-th of 1,000 images, from `from` on.
    fn every(step: usize, from: usize) -> Mistakes {
        Mistakes::new((0..1000).map(|image| image % step == from))
    }

    #[test]
    fn mistakes_are_counted() {
        let mistakes = every(10, 3);
        assert_eq!((mistakes.images(), mistakes.count()), (1000, 100));
        assert_eq!(mistakes.error(), 0.1);
        assert!(mistakes.holds(993) && !mistakes.holds(992));
        assert_eq!(Mistakes::new([]).count(), 0);
    }

    /// Mean and deviation of 4,000 counts are those of the binomial distribution: the mean has a standard error of the
    /// deviation / sqrt(4000), the deviation one of about deviation / sqrt(8000); four of each are allowed.
    #[test]
    fn counts_scatter_as_the_binomial_does() {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
        for size in [1, 50, 333, 1000] {
            let counts = counted_again(&every(10, 3), size, 4000, &mut rng);
            let errors: Vec<f64> = counts
                .iter()
                .map(|count| f64::from(*count) / size as f64)
                .collect();
            let (mean, deviation) = mean_and_deviation(&errors).expect("many");
            let expected = standard_error(0.1, size);
            assert!((mean - 0.1).abs() < 4.0 * expected / 63.2, "{size}: {mean}");
            assert!((deviation / expected - 1.0).abs() < 4.0 / 89.4, "{size}");
        }
    }

    /// Ten networks of one and the same true error, each wrong on other images: whatever is chosen, its error on fresh images
    /// is about 10 %, and the error that it was chosen by is smaller, the more so the more there are to choose from.
    #[test]
    fn choosing_among_equals_flatters_and_gains_nothing() {
        let networks: Vec<Mistakes> = (0..10).map(|from| every(10, from)).collect();
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(2);
        let choices = choose_best(&networks, 100, 2000, &mut rng);
        assert_eq!(choices.len(), 10);
        assert!(choices[0].flattery().abs() < 0.004);
        assert!(choices.is_sorted_by(|a, b| a.chosen_by > b.chosen_by));
        // Fewer mistakes among the drawn ones leave a few more among the others: 10 % of 1,000 is shared out.
        for choice in &choices {
            let all = 0.1 * choice.chosen_by + 0.9 * choice.fresh;
            assert!((all - 0.1).abs() < 1e-9, "{choice:?}");
        }
        // Ten shares of 100 images sum to 1; the smallest of ten with deviation 3 points is expected about 1.5 deviations lower.
        assert!((0.04..0.07).contains(&choices[9].chosen_by), "{choices:?}");
    }

    #[test]
    fn a_network_that_is_far_better_is_chosen() {
        let networks = [every(2, 0), every(100, 0), every(2, 1)];
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(3);
        let choices = choose_best(&networks, 200, 500, &mut rng);
        assert!((choices[2].fresh - 0.01).abs() < 0.002, "{choices:?}");
        assert!(choices[0].fresh > 0.2);
    }
}
