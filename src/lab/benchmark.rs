//! What `./dev bench` measures, as one list for native code and for the browser, and the table that it prints. The caller
//! holds the clock.
//!
//! Every case is measured in turn, round after round, the machine's limit first: a slow moment of the machine meets all
//! of them alike, and a share of the limit compares what was measured within the same second.

mod table;

pub use table::{quartiles, table};

use super::recipe::{AugmentationRecipe, LayerRecipe, OptimizerRecipe, Recipe};
use super::session::variants::Variants;
use crate::data::dataset::Dataset;
use crate::data::digits::SIDE;
use crate::engine::layer::Mode;
use crate::engine::trace::Trace;
use crate::engine::trainer::Trainer;
use ndarray::{Array2, s};

/// Images that the workloads cycle through.
const EXAMPLES: usize = 512;

/// What is done with a network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Work {
    /// Learn from all images once, in the recipe's mini-batches.
    Train,
    /// Predict this many images at once; every layer's output stays readable.
    Predict(usize),
}

/// What a case is to reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// This share of the machine's limit.
    Limit(f64),
    /// This share of the speed of the case of this name.
    Case(&'static str, f64),
    /// This time for one sample, microseconds, on a machine whose limit is 59 GFLOP/s; on others in proportion.
    Microseconds(f64),
}

/// One row of the table.
#[derive(Clone, Debug)]
pub struct Case {
    /// What is measured, unique in the list.
    pub name: &'static str,
    /// The network and how it is trained.
    pub recipe: Recipe,
    /// What is done with it.
    pub work: Work,
    /// What is to be reached.
    pub target: Target,
}

/// All rows of the table.
pub fn cases() -> Vec<Case> {
    const PLAIN: &str = "sheet's CNN, training, batch 32";
    let sheet = |batch_size: u32| Recipe {
        batch_size,
        ..of_made_up_images(Recipe::sheet_cnn(0.0))
    };
    let train = |name, recipe, target| Case {
        name,
        recipe,
        work: Work::Train,
        target,
    };
    let predict = |name, recipe, images, target| Case {
        name,
        recipe,
        work: Work::Predict(images),
        target,
    };
    let beside = |name, change: &dyn Fn(&mut Recipe), share| {
        let mut recipe = sheet(32);
        change(&mut recipe);
        train(name, recipe, Target::Case(PLAIN, share))
    };
    let convolutions = |name, layers: &[LayerRecipe]| {
        let mut recipe = sheet(32);
        recipe.layers = layers.to_vec();
        recipe
            .layers
            .extend([LayerRecipe::Flatten, LayerRecipe::Dense { units: 10 }]);
        train(name, recipe, Target::Limit(0.4))
    };
    let convolution = |maps, kernel, stride, padding| LayerRecipe::Convolution {
        maps,
        kernel,
        stride,
        padding,
    };
    let relu = LayerRecipe::Relu;
    let pool = LayerRecipe::MaxPool {
        window: 2,
        stride: 2,
    };
    let dense = |probability| of_made_up_images(Recipe::dense(300, 1, probability));
    vec![
        train(PLAIN, sheet(32), Target::Limit(0.62)),
        train(
            "sheet's CNN, training, batch 10",
            sheet(10),
            Target::Limit(0.5),
        ),
        train(
            "sheet's CNN, training, batch 128",
            sheet(128),
            Target::Limit(0.62),
        ),
        beside(
            "  the same, batch 32, dropout 0.5",
            &|r| r.set_dropout(0.5),
            0.9,
        ),
        beside("  the same, batch 32, L2", &|r| r.penalties.l2 = 1e-4, 0.9),
        beside(
            "  the same, batch 32, momentum",
            &|r| r.optimizer = OptimizerRecipe::Momentum,
            0.75,
        ),
        beside(
            "  the same, batch 32, Adam",
            &|r| r.optimizer = OptimizerRecipe::Adam,
            0.75,
        ),
        beside(
            "  the same, batch 32, augmented: turned, moved, scaled",
            &|r| r.augmentation = moved(),
            0.5,
        ),
        beside(
            "  the same, batch 32, augmented: all of it",
            &|r| r.augmentation = everything(),
            0.5,
        ),
        predict(
            "sheet's CNN, forward, 256 images",
            sheet(32),
            256,
            Target::Limit(0.65),
        ),
        predict(
            "sheet's CNN, forward, one image, full trace",
            sheet(32),
            1,
            Target::Microseconds(60.0),
        ),
        train(
            "dense 784-300-10, batch 10",
            dense(0.0),
            Target::Limit(0.45),
        ),
        train(
            "dense 784-300-10, batch 10, dropout 0.5",
            dense(0.5),
            Target::Limit(0.45),
        ),
        convolutions(
            "conv 20 5x5 padding 2, pool",
            &[convolution(20, 5, 1, 2), relu, pool],
        ),
        convolutions("conv 20 5x5", &[convolution(20, 5, 1, 0), relu]),
        convolutions(
            "conv 16 3x3 padding 1, conv 32 3x3 padding 1, pool",
            &[
                convolution(16, 3, 1, 1),
                relu,
                convolution(32, 3, 1, 1),
                relu,
                pool,
            ],
        ),
        convolutions(
            "conv 20 5x5, pool, conv 40 5x5, pool",
            &[
                convolution(20, 5, 1, 0),
                relu,
                pool,
                convolution(40, 5, 1, 0),
                relu,
                pool,
            ],
        ),
        convolutions(
            "conv 20 7x7 stride 2 padding 3",
            &[convolution(20, 7, 2, 3), relu],
        ),
        convolutions(
            "conv 32 3x3 stride 2 padding 1, conv 64 3x3 stride 2 padding 1",
            &[
                convolution(32, 3, 2, 1),
                relu,
                convolution(64, 3, 2, 1),
                relu,
            ],
        ),
        convolutions(
            "conv 12 9x9 stride 3 padding 4",
            &[convolution(12, 9, 3, 4), relu],
        ),
        convolutions(
            "conv 8 3x3, conv 16 1x1, conv 3 5x5",
            &[
                convolution(8, 3, 1, 0),
                relu,
                convolution(16, 1, 1, 0),
                relu,
                convolution(3, 5, 1, 0),
                relu,
            ],
        ),
    ]
}

/// What peers are measured on too: (train or predict, images at once, place in [`cases`]).
pub fn peer_cases() -> Vec<(&'static str, usize, usize)> {
    let cases = cases();
    let shared = cases
        .iter()
        .enumerate()
        .filter(|(_, case)| case.name.starts_with("sheet's CNN"));
    let of_case = |(place, case): (usize, &Case)| match case.work {
        Work::Train => ("train", case.recipe.batch_size as usize, place),
        Work::Predict(images) => ("predict", images, place),
    };
    shared.map(of_case).collect()
}

fn of_made_up_images(recipe: Recipe) -> Recipe {
    Recipe {
        training_images: EXAMPLES as u32,
        ..recipe
    }
}

/// What helps digits: rotation, translation, scale.
fn moved() -> AugmentationRecipe {
    AugmentationRecipe {
        rotation: 15.0,
        translation: 2.0,
        scale: 0.1,
        ..AugmentationRecipe::default()
    }
}

fn everything() -> AugmentationRecipe {
    AugmentationRecipe {
        shear: 0.1,
        perspective: 0.1,
        elastic: 2.0,
        noise: 0.1,
        erasing: 8.0,
        ..moved()
    }
}

/// A case at work: trains or predicts made-up images of which four fifths of the pixels are 0, as in digits.
pub struct Workload {
    work: Work,
    training: Dataset,
    trainer: Trainer,
    variants: Option<Variants>,
    trace: Trace,
}

impl Workload {
    /// Makes network and images.
    ///
    /// # Panics
    /// If the case's recipe is not valid.
    pub fn new(case: &Case) -> Self {
        let recipe = case.recipe.clone().validate();
        let recipe = recipe.unwrap_or_else(|error| panic!("{}: {error}", case.name));
        let brightness = |(example, pixel)| match (example * 131 + pixel * 17) % 101 {
            bright @ 0..20 => bright as f32 / 20.0,
            _ => 0.0,
        };
        let training = Dataset {
            images: Array2::from_shape_fn((EXAMPLES, SIDE * SIDE), brightness),
            labels: (0..EXAMPLES)
                .map(|example| (example * 7 % 10) as u8)
                .collect(),
            rows: SIDE,
            columns: SIDE,
        };
        let trainer = recipe.trainer();
        Self {
            work: case.work,
            variants: Variants::new(&recipe, &training),
            trace: Trace::new(trainer.network()),
            training,
            trainer,
        }
    }

    /// Does the work `times` times: epochs of 512 images, or predictions; gives the number of samples.
    pub fn run(&mut self, times: usize) -> usize {
        match self.work {
            Work::Train => {
                for _ in 0..times * self.trainer.steps_in_epoch() {
                    let training = &self.training;
                    match &mut self.variants {
                        Some(variants) => variants.step(&mut self.trainer, training),
                        None => self.trainer.step(training.images.view(), &training.labels),
                    };
                }
                times * EXAMPLES
            }
            Work::Predict(images) => {
                let seen = self.training.images.slice(s![..images, ..]);
                for _ in 0..times {
                    self.trainer
                        .network()
                        .forward(seen, Mode::Predicting, &mut self.trace);
                }
                times * images
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Target, Work, Workload, cases, peer_cases, table};

    #[test]
    fn every_case_does_its_work_and_names_are_unique() {
        let cases = cases();
        for (index, case) in cases.iter().enumerate() {
            assert!(cases[..index].iter().all(|other| other.name != case.name));
            if let Work::Predict(images) = case.work {
                assert_eq!(Workload::new(case).run(2), 2 * images, "{}", case.name);
            }
        }
        let mut workload = Workload::new(&cases[0]);
        let before = workload.trainer.network().weights_checksum();
        assert_eq!(workload.run(1), 512);
        assert_eq!(workload.trainer.epoch(), 1);
        assert_ne!(workload.trainer.network().weights_checksum(), before);
    }

    #[test]
    fn peers_are_measured_on_three_mini_batches_and_two_predictions() {
        let cases: Vec<_> = peer_cases()
            .iter()
            .map(|&(work, images, _)| (work, images))
            .collect();
        let expected = [
            ("train", 32),
            ("train", 10),
            ("train", 128),
            ("predict", 256),
            ("predict", 1),
        ];
        assert_eq!(cases, expected);
    }

    #[test]
    fn the_table_compares_round_by_round() {
        let mut cases = cases();
        cases.retain(|case| case.name.contains("batch 32"));
        cases.truncate(2);
        assert!(matches!(cases[1].target, Target::Case(..)));
        // 2.886 MFLOP a sample: 10,000 samples/s are 28.86 GFLOP/s, half of a limit of 57.72 GFLOP/s.
        let rates = [vec![10_000.0; 3], vec![9_000.0, 9_500.0, 8_000.0]];
        let text = table(&cases, &[57.72e9; 3], &rates);
        assert!(
            text.contains("| 10000 (10000 to 10000) | 50 % of the limit | 62 % | **missed** |"),
            "{text}"
        );
        assert!(
            text.contains("| 9000 (8000 to 9500) | 0.90 of plain | 0.9 |  |"),
            "{text}"
        );
    }
}
