//! Mean loss and classification error of a few predictions, and what tells them apart: the loss looks at the probability of
//! the right class, the error only at whether it is the largest.

/// What is said about one sample with three classes: the probability of the right class and of the two others. The three
/// add up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// p of the right class, in `]0, 1[`.
    pub right: f64,
    /// How the rest is divided: the share of the first of the two wrong classes, in `[0, 1]`.
    pub first_of_rest: f64,
}

impl Prediction {
    /// Probabilities of the right class, the first and the second wrong one.
    pub fn probabilities(&self) -> [f64; 3] {
        let rest = 1.0 - self.right;
        [
            self.right,
            rest * self.first_of_rest,
            rest * (1.0 - self.first_of_rest),
        ]
    }

    /// -ln p of the right class.
    pub fn loss(&self) -> f64 {
        -self.right.ln()
    }

    /// Whether no other class has a probability as high. A tie counts as wrong.
    pub fn is_right(&self) -> bool {
        let [right, first, second] = self.probabilities();
        right > first && right > second
    }

    /// Where the prediction tips if p moves and the rest is divided as before: right for p above it, wrong at it and below.
    /// With s the larger share of the rest, p > (1 - p) s; so p* = s / (1 + s), between 1/3 and 1/2.
    pub fn tipping_point(&self) -> f64 {
        let share = self.first_of_rest.max(1.0 - self.first_of_rest);
        share / (1.0 + share)
    }
}

/// Mean of -ln p over the samples; not a number without any.
pub fn mean_loss(predictions: &[Prediction]) -> f64 {
    predictions.iter().map(Prediction::loss).sum::<f64>() / predictions.len() as f64
}

/// Number of samples that are predicted wrongly.
pub fn mistakes(predictions: &[Prediction]) -> usize {
    predictions
        .iter()
        .filter(|prediction| !prediction.is_right())
        .count()
}

/// Five samples to begin with: four right, some of them barely, and one wrong.
pub const START: [Prediction; 5] = [
    of(0.80, 0.60),
    of(0.70, 0.75),
    of(0.60, 0.50),
    of(0.55, 0.80),
    of(0.35, 0.70),
];

const fn of(right: f64, first_of_rest: f64) -> Prediction {
    Prediction {
        right,
        first_of_rest,
    }
}

/// What a reader is to bring about, compared with where the predictions began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// As many mistakes, at least twice the loss.
    SameErrorDoubleLoss,
    /// Less loss, more mistakes.
    LowerLossHigherError,
    /// More loss, fewer mistakes.
    HigherLossLowerError,
}

impl Goal {
    /// All of them.
    pub const ALL: [Self; 3] = [
        Self::SameErrorDoubleLoss,
        Self::LowerLossHigherError,
        Self::HigherLossLowerError,
    ];

    /// One of many ways to get there from [`START`].
    pub const fn one_way(self) -> [Prediction; 5] {
        let [first, second, third, fourth, fifth] = START;
        match self {
            // Sure of a wrong class: one sample carries most of the loss.
            Self::SameErrorDoubleLoss => [first, second, third, fourth, of(0.02, 0.70)],
            // Sure where it was right already, and one more sample just tipped over.
            Self::LowerLossHigherError => [
                of(0.97, 0.60),
                of(0.97, 0.75),
                of(0.97, 0.50),
                of(0.44, 0.80),
                fifth,
            ],
            // All right, none of them surely.
            Self::HigherLossLowerError => [
                of(0.45, 0.60),
                of(0.45, 0.75),
                of(0.45, 0.50),
                of(0.45, 0.80),
                of(0.43, 0.70),
            ],
        }
    }

    /// Whether `now` reaches the goal, seen from `start`.
    pub fn is_reached(self, start: &[Prediction], now: &[Prediction]) -> bool {
        let (loss_before, loss) = (mean_loss(start), mean_loss(now));
        let (wrong_before, wrong) = (mistakes(start), mistakes(now));
        match self {
            Self::SameErrorDoubleLoss => wrong == wrong_before && loss >= 2.0 * loss_before,
            Self::LowerLossHigherError => loss < loss_before && wrong > wrong_before,
            Self::HigherLossLowerError => loss > loss_before && wrong < wrong_before,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_costs_minus_the_logarithm_and_a_tie_is_a_mistake() {
        let sample = of(0.5, 0.75);
        assert_eq!(sample.probabilities(), [0.5, 0.375, 0.125]);
        assert!((sample.loss() - std::f64::consts::LN_2).abs() < 1e-15);
        assert!(sample.is_right());
        assert!(!of(0.5, 1.0).is_right());
        assert_eq!(of(0.9, 0.5).tipping_point(), 1.0 / 3.0);
        assert_eq!(of(0.9, 0.0).tipping_point(), 0.5);
    }

    #[test]
    fn goals_compare_with_the_start() {
        let start = [of(0.6, 0.5), of(0.3, 1.0)];
        let surer = [of(0.99, 0.5), of(0.3, 1.0)];
        let doubled = [of(0.6, 0.5), of(0.02, 1.0)];
        let both_wrong = [of(0.45, 1.0), of(0.45, 1.0)];
        let both_right = [of(0.4, 0.5), of(0.4, 0.5)];
        use Goal::*;
        let reached = |now: &[Prediction]| Goal::ALL.map(|goal| goal.is_reached(&start, now));
        assert_eq!(
            Goal::ALL,
            [
                SameErrorDoubleLoss,
                LowerLossHigherError,
                HigherLossLowerError
            ]
        );
        assert_eq!(reached(&start), [false; 3]);
        assert_eq!(reached(&surer), [false; 3]);
        assert_eq!(reached(&doubled), [true, false, false]);
        assert_eq!(reached(&both_wrong), [false, true, false]);
        // ln 0.4 = -0.916 twice; at the start -(ln 0.6 + ln 0.3) / 2 = 0.857.
        assert_eq!(reached(&both_right), [false, false, true]);
    }
}
