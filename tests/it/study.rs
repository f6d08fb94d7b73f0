//! A study measures what a direct computation gives, under every kind of condition, and can be ended.

use softstep::data::dataset::{Dataset, PixelScale};
use softstep::data::digits;
use softstep::data::split::Part;
use softstep::engine::loss::Loss;
use softstep::engine::metrics::Evaluation;
use softstep::engine::network::Network;
use softstep::engine::trace::Trace;
use softstep::lab::message::{Command, Drive, Measures, Report, RunState};
use softstep::lab::recipe::Recipe;
use softstep::lab::study::{Change, Condition, StudiedNetwork, Study};
use softstep::lab::weights::trained_sheet_network;

use crate::session::Bench;

const WEIGHTS: &[u8] = include_bytes!("../../assets/sheet-network.safetensors");

fn study(images: u32, conditions: Vec<Condition>) -> Study {
    Study {
        network: StudiedNetwork::Sheet(WEIGHTS.to_vec()),
        images,
        conditions,
        seed: 3,
    }
}

fn changed(change: Change) -> Condition {
    Condition {
        change,
        ..Condition::default()
    }
}

fn silent(maps: &[u32]) -> Condition {
    Condition {
        silent_maps: maps.to_vec(),
        ..Condition::default()
    }
}

/// What a session measures.
fn studied(study: Study) -> Vec<Measures> {
    let mut bench = Bench::study(study);
    bench.settle();
    assert!(matches!(bench.state(), RunState::Completed { .. }));
    bench.studied()
}

/// The first `count` test images.
fn test_images(count: usize) -> Dataset {
    let digits = digits::decode(include_bytes!("../../assets/digits.idx.gz")).expect("whole");
    digits.dataset(Part::Test.first(count), PixelScale::default())
}

fn measured(network: &Network, set: &Dataset) -> Measures {
    let mut evaluation = Evaluation::new(Loss::CrossEntropy, 10);
    let mut trace = Trace::new(network);
    evaluation.add(network, set.images.view(), &set.labels, &mut trace);
    Measures {
        loss: f64::from(evaluation.mean_loss()),
        error: f64::from(evaluation.error()),
    }
}

#[test]
fn conditions_are_measured_in_order_and_as_a_direct_computation_has_them() {
    let network = trained_sheet_network(WEIGHTS).expect("the bundled file");
    let set = test_images(250);
    let mut left = set.clone();
    for (moved, image) in left.images.rows_mut().into_iter().zip(set.images.rows()) {
        let mut moved = moved;
        for row in 0..28 {
            for column in 0..28 {
                moved[row * 28 + column] = match column {
                    27 => 0.0,
                    _ => image[row * 28 + column + 1],
                };
            }
        }
    }
    let mut inverted = set.clone();
    inverted.images.mapv_inplace(|pixel| 1.0 - pixel);
    let found = studied(study(
        250,
        vec![
            Condition::default(),
            changed(Change {
                shift: [-1.0, 0.0],
                ..Change::default()
            }),
            changed(Change {
                inverted: true,
                ..Change::default()
            }),
        ],
    ));
    let expected = [&set, &left, &inverted].map(|set| measured(&network, set));
    assert_eq!(found, expected);
    assert!(
        expected[2].error > expected[0].error + 0.1,
        "inverted digits are another world: {expected:?}"
    );
}

/// Zeroing behind the ReLU is another way to the same thing.
#[test]
fn a_silenced_map_is_zero_everywhere() {
    let network = trained_sheet_network(WEIGHTS).expect("the bundled file");
    let silenced = silent(&[0, 7, 19]).silence(&network);
    let set = test_images(2);
    let trace_of = |network: &Network| {
        let mut trace = Trace::new(network);
        network.forward(
            set.images.view(),
            softstep::engine::layer::Mode::Predicting,
            &mut trace,
        );
        trace.output(1).to_owned()
    };
    let (whole, silenced) = (trace_of(&network), trace_of(&silenced));
    for (map, (before, after)) in whole
        .as_slice()
        .expect("row-major")
        .chunks(24 * 24)
        .zip(silenced.as_slice().expect("row-major").chunks(24 * 24))
        .enumerate()
    {
        if [0, 7, 19].contains(&(map % 20)) {
            assert!(after.iter().all(|&value| value == 0.0));
        } else {
            assert_eq!(before, after);
        }
    }
    let found = studied(study(
        400,
        vec![silent(&[]), silent(&(0..20).collect::<Vec<_>>())],
    ));
    assert!(
        found[0].error < 0.05 && found[1].error > 0.8,
        "without any map the network guesses: {found:?}"
    );
}

#[test]
fn noise_repeats_for_a_seed_and_stays_between_paper_and_ink() {
    let noisy = |seed| {
        let mut set = test_images(5);
        let change = Change {
            noise: 0.3,
            ..Change::default()
        };
        change.apply(&mut set, seed);
        set.images
    };
    assert_eq!(noisy(1), noisy(1));
    assert_ne!(noisy(1), noisy(2));
    assert!(noisy(1).iter().all(|pixel| (0.0..=1.0).contains(pixel)));
}

#[test]
fn parameters_of_a_training_run_can_be_studied() {
    let recipe = Recipe::dense(20, 1, 0.0);
    let network = recipe.clone().validate().expect("valid").network();
    let found = studied(Study {
        network: StudiedNetwork::Parameters {
            recipe: Box::new(recipe),
            parameters: network.parameters(),
        },
        images: 300,
        conditions: vec![Condition::default()],
        seed: 0,
    });
    assert_eq!(found, [measured(&network, &test_images(300))]);
}

#[test]
fn what_cannot_be_studied_is_refused_with_a_reason() {
    let refusal = |study: Study| {
        let bench = Bench::study(study);
        match bench.heard.last() {
            Some(Report::Refused { run, message }) => {
                assert_eq!(*run, Some(1));
                message.clone()
            }
            other => panic!("{other:?} is no refusal"),
        }
    };
    let good = study(100, vec![Condition::default()]);
    let unknown_map = study(100, vec![silent(&[20])]);
    assert!(refusal(unknown_map).contains("Feature map 21"));
    assert!(refusal(study(4001, Vec::new())).contains("there are 4000"));
    assert!(refusal(study(0, Vec::new())).contains("0 test images"));
    let not_finite = changed(Change {
        rotation: f32::NAN,
        ..Change::default()
    });
    assert!(refusal(study(10, vec![not_finite])).contains("not a finite number"));
    let damaged = StudiedNetwork::Sheet(WEIGHTS[..1000].to_vec());
    let damaged = Study {
        network: damaged,
        ..good.clone()
    };
    assert!(refusal(damaged).contains("weights"));
    let short = StudiedNetwork::Parameters {
        recipe: Box::new(Recipe::dense(20, 1, 0.0)),
        parameters: vec![0.0; 3],
    };
    let short = Study {
        network: short,
        ..good
    };
    assert!(refusal(short).contains("3 were given"));
}

#[test]
fn a_study_pauses_goes_on_and_stops() {
    let mut bench = Bench::study(study(100, vec![Condition::default(); 3]));
    bench.tell(Command::Drive(Drive::Pause));
    assert_eq!(bench.state(), RunState::Paused);
    bench.settle();
    assert_eq!(bench.studied().len(), 0);
    bench.tell(Command::Drive(Drive::Run)).settle();
    assert_eq!(bench.studied().len(), 3);
    let mut bench = Bench::study(study(100, vec![Condition::default(); 3]));
    bench.tell(Command::Stop).settle();
    assert_eq!(bench.state(), RunState::Stopped);
    assert_eq!(bench.studied().len(), 0);
}
