//! Labels made wrong on purpose: a network with enough parameters learns them by heart all the same.
//!
//! Source: Zhang, Bengio, Hardt, Recht and Vinyals, "Understanding deep learning requires rethinking generalization",
//! ICLR 2017 (there a replaced label may fall on the true class; here it never does, so that the share is the share of
//! wrong labels).

use rand::{RngExt, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// Replaces a share of the labels by another class and returns the examples concerned, in the order drawn.
///
/// Exactly `round(share * labels.len())` examples are drawn without repetition, each equally likely; each gets one of the
/// `classes - 1` other classes, equally likely. With the same seed, a larger share changes what the smaller one changed, in the
/// same way, and more: moving the share never exchanges the noise.
///
/// # Panics
/// If `share` is not in `[0, 1]`, a label is not below `classes`, or `classes` is below 2.
pub fn replace_labels(labels: &mut [u8], share: f64, classes: u8, seed: u64) -> Vec<usize> {
    assert!((0.0..=1.0).contains(&share), "a share of {share}");
    assert!(classes >= 2, "another class needs at least two classes");
    assert!(
        labels.iter().all(|&label| label < classes),
        "every label below {classes}"
    );
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let replaced = (share * labels.len() as f64).round() as usize;
    // The beginning of a Fisher-Yates shuffle: after step k the first k entries are drawn without repetition.
    let mut examples: Vec<usize> = (0..labels.len()).collect();
    for step in 0..replaced {
        // Drawn as u32 so that 32-bit WASM and 64-bit machines take the same numbers from the stream.
        let drawn = rng.random_range(step as u32..examples.len() as u32);
        examples.swap(step, drawn as usize);
        let label = &mut labels[examples[step]];
        // A shift around the circle of classes by 1 ..= classes - 1 reaches each other class exactly once.
        let shift = rng.random_range(1..u16::from(classes));
        *label = ((u16::from(*label) + shift) % u16::from(classes)) as u8;
    }
    examples.truncate(replaced);
    examples
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean() -> Vec<u8> {
        (0..1000).map(|example| (example % 10) as u8).collect()
    }

    fn noisy(share: f64, seed: u64) -> (Vec<u8>, Vec<usize>) {
        let mut labels = clean();
        let examples = replace_labels(&mut labels, share, 10, seed);
        (labels, examples)
    }

    #[test]
    fn exactly_the_share_is_wrong_and_it_is_the_share_reported() {
        for share in [0.0, 0.001, 0.2, 0.2504, 0.9999, 1.0] {
            let (labels, mut examples) = noisy(share, 5);
            examples.sort_unstable();
            let wrong: Vec<usize> = (0..1000)
                .filter(|&example| labels[example] != clean()[example])
                .collect();
            assert_eq!(wrong, examples);
            assert_eq!(wrong.len(), (share * 1000.0).round() as usize);
            assert!(labels.iter().all(|&label| label < 10));
        }
    }

    #[test]
    fn the_seed_decides() {
        assert_eq!(noisy(0.3, 1), noisy(0.3, 1));
        assert_ne!(noisy(0.3, 1), noisy(0.3, 2));
    }

    #[test]
    fn a_larger_share_contains_the_smaller() {
        let (few, examples) = noisy(0.1, 3);
        let (many, more_examples) = noisy(0.6, 3);
        assert_eq!(more_examples[..100], examples);
        assert!(
            examples
                .iter()
                .all(|&example| few[example] == many[example])
        );
    }

    #[test]
    fn every_other_class_is_equally_likely() {
        let mut labels = vec![3; 90_000];
        replace_labels(&mut labels, 1.0, 10, 11);
        for class in (0..10).filter(|&class| class != 3) {
            let count = labels.iter().filter(|&&label| label == class).count() as f64;
            // Binomial(90000, 1/9): mean 10,000, standard deviation 94; five of them.
            assert!((count - 10_000.0).abs() < 471.0, "class {class}: {count}");
        }
        assert!(!labels.contains(&3));
    }

    #[test]
    fn two_hundred_and_fifty_five_classes_do_not_overflow() {
        let mut labels = vec![254; 500];
        replace_labels(&mut labels, 1.0, 255, 1);
        assert!(labels.iter().all(|&label| label < 254));
    }
}
