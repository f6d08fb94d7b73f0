//! What one measured moment says about who carries the loss, kept for every epoch.

use crate::engine::sample_losses::SampleLosses;

/// One moment in a few numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// Epochs done.
    pub epoch: f64,
    /// Test digits.
    pub digits: usize,
    /// Test digits that were read wrongly.
    pub wrong: usize,
    /// Mean loss of all test digits.
    pub mean: f64,
    /// Mean loss of those read rightly.
    pub mean_right: f64,
    /// Mean loss of those read wrongly.
    pub mean_wrong: f64,
    /// Share of the loss that the wrong ones carry.
    pub share_of_wrong: f64,
    /// Share of the loss that the worst hundredth carries.
    pub share_of_worst_1: f64,
    /// Share of the loss that the worst twentieth carries.
    pub share_of_worst_5: f64,
}

/// The worst 1 % and 5 % of `digits`, in digits.
pub fn worst_counts(digits: usize) -> (usize, usize) {
    (digits.div_ceil(100), digits.div_ceil(20))
}

impl Summary {
    /// Of all test digits at one moment.
    pub fn new(epoch: f64, losses: &SampleLosses) -> Self {
        let (digits, wrong) = (losses.len(), losses.wrong());
        let (one, five) = worst_counts(digits);
        Self {
            epoch,
            digits,
            wrong,
            mean: losses.total() / digits as f64,
            mean_right: losses.of(true).sum::<f64>() / (digits - wrong) as f64,
            mean_wrong: losses.of(false).sum::<f64>() / wrong as f64,
            share_of_wrong: losses.share_of_wrong(),
            share_of_worst_1: losses.share_of_worst(one),
            share_of_worst_5: losses.share_of_worst(five),
        }
    }

    /// Share of wrong predictions.
    pub fn error(&self) -> f64 {
        self.wrong as f64 / self.digits as f64
    }
}

/// `history` with one more moment; one that is not later begins a new run.
pub fn append(history: &mut Vec<Summary>, summary: Summary) {
    if history
        .last()
        .is_some_and(|last| last.epoch >= summary.epoch)
    {
        history.clear();
    }
    history.push(summary);
}

/// The moment of the lowest mean loss.
pub fn lowest(history: &[Summary]) -> Option<&Summary> {
    history.iter().min_by(|a, b| a.mean.total_cmp(&b.mean))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::loss::Loss;

    #[test]
    fn a_moment_in_numbers() {
        // Four digits of two classes: three right at a cost of ln 2, nearly, and one wrong at ln 4.
        let third = 3.0_f32.ln();
        let outputs = [0.1, 0.0, 0.1, 0.0, 0.1, 0.0, 0.0, third];
        let losses = SampleLosses::new(Loss::CrossEntropy, &outputs, &[0; 4]);
        let summary = Summary::new(1.0, &losses);
        assert_eq!(
            (summary.digits, summary.wrong, summary.error()),
            (4, 1, 0.25)
        );
        assert!((summary.mean_wrong - 4.0_f64.ln()).abs() < 1e-6);
        assert_eq!(summary.share_of_worst_1, summary.share_of_wrong);
        let mut history = vec![Summary {
            epoch: 3.0,
            ..summary
        }];
        append(
            &mut history,
            Summary {
                epoch: 4.0,
                mean: 9.0,
                ..summary
            },
        );
        assert_eq!(lowest(&history).expect("some").epoch, 3.0);
        append(
            &mut history,
            Summary {
                epoch: 0.0,
                ..summary
            },
        );
        assert_eq!(history.len(), 1);
    }
}
