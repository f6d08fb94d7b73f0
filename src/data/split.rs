//! Which of the bundled digits train, which validate, which test: always the same ones.
//!
//! The split is fixed and not drawn, so that a number seen today can be compared with one seen tomorrow, on another
//! machine, under another seed and with what the text says. Whole ranges will do: MNIST's training images come without
//! an order of classes, and every class occurs in each part in nearly its share.
//!
//! | part | digits | why this many |
//! |---|---|---|
//! | train | 0 .. 5,000 | overfitting shows best on few: most runs take the first 1,000 |
//! | validate | 5,000 .. 6,000 | chooses when to stop and what to keep, so that the test set does not |
//! | test | 6,000 .. 10,000 | the larger, the sharper: at 10 % error, sqrt(0.1 * 0.9 / 4000) = 0.5 points of standard error |
//!
//! All three come from MNIST's training images, where the same person's hand may be on both sides of the split. MNIST's
//! own test images are by other people, so errors here need not equal errors there.

use std::ops::Range;

/// A part of the bundled digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the weights are fitted to.
    Train,
    /// What chooses among networks and says when to stop.
    Validate,
    /// What is looked at when all is chosen.
    Test,
}

impl Part {
    /// The three parts in the order of their digits.
    pub const ALL: [Self; 3] = [Self::Train, Self::Validate, Self::Test];

    /// The digits of this part.
    pub const fn range(self) -> Range<usize> {
        match self {
            Self::Train => 0..5_000,
            Self::Validate => 5_000..6_000,
            Self::Test => 6_000..10_000,
        }
    }

    /// The first `count` digits of this part: a smaller training set is the beginning of a larger one, so that "more
    /// data" never means "other data".
    ///
    /// # Panics
    /// If the part has fewer.
    pub fn first(self, count: usize) -> Range<usize> {
        let Range { start, end } = self.range();
        assert!(
            count <= end - start,
            "{count} digits asked of the {} of {self:?}",
            end - start
        );
        start..start + count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::digits::COUNT;

    #[test]
    fn every_digit_is_in_exactly_one_part() {
        for digit in 0..COUNT {
            assert_eq!(
                Part::ALL
                    .iter()
                    .filter(|part| part.range().contains(&digit))
                    .count(),
                1,
                "digit {digit}"
            );
        }
        assert_eq!(
            Part::ALL
                .iter()
                .map(|part| part.range().len())
                .sum::<usize>(),
            COUNT
        );
    }

    #[test]
    fn the_first_digits_of_a_part_are_within_it() {
        assert_eq!(Part::Train.first(1_000), 0..1_000);
        assert_eq!(Part::Test.first(4_000), Part::Test.range());
    }

    #[test]
    #[should_panic(expected = "1001 digits asked of the 1000 of Validate")]
    fn a_part_has_no_more_than_it_has() {
        Part::Validate.first(1_001);
    }
}
