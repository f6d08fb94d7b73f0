//! What `./dev bench` measures, as one list for native code and for the browser, and the table that it prints. The caller
//! holds the clock.
//!
//! Every case is measured in turn, round after round, the machine's limit first: a slow moment of the machine meets all
//! of them alike, and a share of the limit compares what was measured within the same second.

mod cases;
mod table;

pub use cases::{cases, peer_cases};
pub use table::{quartiles, table};

use super::recipe::Recipe;
use super::session::variants::Variants;
use crate::data::dataset::Dataset;
use crate::data::digits::SIDE;
use crate::engine::layer::Mode;
use crate::engine::trace::{Kept, Trace};
use crate::engine::trainer::Trainer;
use ndarray::{Array2, s};

/// Images that the workloads cycle through.
const EXAMPLES: usize = 512;

/// What is done with a network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Work {
    /// Learn from all images once, in the recipe's mini-batches.
    Train,
    /// Predict this many images at once.
    Predict(usize, Kept),
}

/// What a case is to reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// This share of the machine's limit.
    Limit(f64),
    /// This share of the machine's limit, as one of many whose least is reported.
    Any(f64),
    /// This share of the speed of the case of this name.
    Case(&'static str, f64),
    /// This time for one sample, microseconds, on a machine whose limit is 59 GFLOP/s; on others in proportion.
    Microseconds(f64),
}

/// One row of the table.
#[derive(Clone, Debug)]
pub struct Case {
    /// What is measured, unique in the list.
    pub name: String,
    /// The network and how it is trained.
    pub recipe: Recipe,
    /// What is done with it.
    pub work: Work,
    /// What is to be reached.
    pub target: Target,
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
        let mut trace = Trace::new(trainer.network());
        if let Work::Predict(_, kept) = case.work {
            trace.keep(kept);
        }
        Self {
            work: case.work,
            variants: Variants::new(&recipe, &training),
            trace,
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
            Work::Predict(images, _) => {
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
    use super::{Case, Target, Work, Workload, cases, peer_cases, table};
    use crate::engine::benchmark::training_operations;

    #[test]
    fn every_case_does_its_work_and_names_are_unique() {
        let cases = cases();
        for (index, case) in cases.iter().enumerate() {
            assert!(cases[..index].iter().all(|other| other.name != case.name));
            if let Work::Predict(images, _) = case.work {
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
    fn of_many_convolutions_the_table_tells_the_least_and_who_missed() {
        let mut cases = cases();
        cases.retain(|case| matches!(case.target, Target::Any(_)));
        assert!(cases.len() > 60, "{} shapes are hardly any", cases.len());
        cases.truncate(2);
        let operations = |case: &Case| {
            training_operations(case.recipe.clone().validate().unwrap().trainer().network()) as f64
        };
        let rates = [0.5, 0.3].into_iter().zip(&cases);
        let rates: Vec<_> = rates
            .map(|(share, case)| vec![share * 1e9 / operations(case)])
            .collect();
        let text = table(&cases, &[1e9], &rates);
        let missed = format!("1 of 2 reach 40 %. **Missed**: 30 % ({}).", cases[1].name);
        assert!(
            text.contains("least 30 %") && text.contains(&missed),
            "{text}"
        );
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
