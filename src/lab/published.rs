//! Published training runs that can be repeated here, as far as their numbers are needed.
//!
//! M. Nielsen, "Neural Networks and Deep Learning", Determination Press 2015, chapter 3, "Overfitting and regularization".
//! The numbers are those of the files `fig/overfitting.json` and `fig/regularized.json` beside the book's programs.

/// What was published of one moment of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PublishedMoment {
    /// The book's number of the epoch, counted from 0: measured after this many epochs and one more.
    pub epoch: u32,
    /// Cost on the 1,000 training images, with the penalty lambda / (2 * 1,000) * sum w^2.
    pub training_cost: f64,
    /// Training images read rightly, of 1,000.
    pub training_correct: u32,
    /// Cost on MNIST's 10,000 test images, with the penalty lambda / (2 * 10,000) * sum w^2.
    pub test_cost: f64,
    /// Test images read rightly, of 10,000.
    pub test_correct: u32,
}

impl PublishedMoment {
    /// Epochs done when it was measured.
    pub fn epochs_done(&self) -> f64 {
        f64::from(self.epoch) + 1.0
    }
}

/// A published run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PublishedRun {
    /// The book's penalty lambda.
    pub lambda: f32,
    /// Some of its moments, by ascending epoch.
    pub moments: &'static [PublishedMoment],
    /// Epoch (counted from 0) and value of the lowest test cost.
    pub lowest_test_cost: (u32, f64),
    /// Epoch (counted from 0) and value of the most test images read rightly.
    pub most_test_correct: (u32, u32),
    /// First epoch (counted from 0) after which all training images were read rightly, where it is known.
    pub training_learned: Option<u32>,
}

/// Test images of the published runs.
pub const TEST_IMAGES: u32 = 10_000;

const fn moment(
    epoch: u32,
    (test_cost, test_correct): (f64, u32),
    (training_cost, training_correct): (f64, u32),
) -> PublishedMoment {
    PublishedMoment {
        epoch,
        training_cost,
        training_correct,
        test_cost,
        test_correct,
    }
}

/// 1,000 images, no penalty: `overfitting.json`.
pub const OVERFITTING: PublishedRun = PublishedRun {
    lambda: 0.0,
    moments: &[
        moment(0, (2.076277, 5887), (1.843365, 690)),
        moment(1, (1.823233, 6505), (1.477743, 749)),
        moment(4, (1.462665, 7433), (0.904632, 872)),
        moment(9, (1.235330, 7899), (0.477906, 949)),
        moment(14, (1.202839, 8046), (0.307044, 979)),
        moment(19, (1.228408, 8107), (0.216750, 985)),
        moment(29, (1.258024, 8126), (0.135751, 992)),
        moment(49, (1.349246, 8145), (0.069457, 998)),
        moment(99, (1.505300, 8173), (0.024889, 1000)),
        moment(199, (1.637050, 8190), (0.009766, 1000)),
        moment(279, (1.703061, 8223), (0.006501, 1000)),
        moment(399, (1.773149, 8223), (0.004202, 1000)),
    ],
    lowest_test_cost: (14, 1.202839),
    most_test_correct: (374, 8227),
    training_learned: Some(67),
};

/// The same with lambda = 0.1: `regularized.json`.
pub const REGULARISED: PublishedRun = PublishedRun {
    lambda: 0.1,
    moments: &[
        moment(0, (2.190400, 5898), (3.005467, 690)),
        moment(1, (1.935512, 6512), (2.630540, 749)),
        moment(9, (1.321297, 7942), (1.561090, 950)),
        moment(49, (1.258224, 8278), (0.853390, 998)),
        moment(99, (1.171254, 8409), (0.544347, 1000)),
        moment(199, (1.007859, 8558), (0.260318, 1000)),
        moment(399, (0.891041, 8695), (0.115391, 1000)),
    ],
    lowest_test_cost: (391, 0.883728),
    most_test_correct: (383, 8710),
    training_learned: None,
};
