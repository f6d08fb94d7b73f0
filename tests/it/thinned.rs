//! Thinned networks: what dropout leaves for one mask, and what their averages tend to.

use proptest::prelude::*;
use softstep::data::dataset::PixelScale;
use softstep::data::digits;
use softstep::data::split::Part;
use softstep::engine::dropout::{Dropout, DropoutKind};
use softstep::engine::layer::{Layer, Mode};
use softstep::engine::network::Network;
use softstep::engine::random::Stream;
use softstep::engine::shape::Shape;
use softstep::engine::thinned::Thinning;
use softstep::engine::trace::Trace;
use softstep::lab::experiments::Values;
use softstep::lab::experiments::thinned::{HALF, NINE_OF_TEN, TWENTY_UNITS, Thinned};
use softstep::lab::message::{Command, Drive, Measures, Observed, Report, RunState};
use softstep::lab::recipe::{LayerRecipe, Observation, Recipe};
use softstep::lab::study::StudiedNetwork;
use softstep::lab::study::ensemble::{Ensemble, Member, read};
use softstep::theory::dropout::{SoftmaxLayer, deviation};

use crate::session::Bench;

fn layers() -> impl Strategy<Value = (SoftmaxLayer, Vec<f64>, f64)> {
    (1..8_usize, 2..5_usize).prop_flat_map(|(features, classes)| {
        let numbers = |count| proptest::collection::vec(-2.0..2.0_f64, count);
        let weights = proptest::collection::vec(numbers(features), classes);
        let layer = (weights, numbers(classes))
            .prop_map(|(weights, biases)| SoftmaxLayer { weights, biases });
        (layer, numbers(features), 0.0..0.9_f64)
    })
}

proptest! {
    /// Exact, whatever the weights: the scaled network is the normalised geometric mean of all 2^n thinned ones.
    #[test]
    fn one_softmax_layer_is_the_geometric_mean_of_all_its_thinned_ones((layer, input, p) in layers()) {
        let scaled = layer.scaled(&input);
        for (one, other) in layer.geometric_mean(&input, p).iter().zip(&scaled) {
            prop_assert!((one - other).abs() < 1e-12, "{one} {other}");
        }
        let sum: f64 = layer.arithmetic_mean(&input, p).iter().sum();
        prop_assert!((sum - 1.0).abs() < 1e-12);
    }
}

/// The arithmetic mean is another distribution, or the lesson would be that there is no difference.
#[test]
fn the_arithmetic_mean_is_not_the_scaled_network() {
    let layer = SoftmaxLayer {
        weights: vec![vec![2.0, -1.0], vec![-1.0, 1.0]],
        biases: vec![0.0, 0.5],
    };
    let (mean, scaled) = (
        layer.arithmetic_mean(&[1.0, 0.5], 0.5),
        layer.scaled(&[1.0, 0.5]),
    );
    assert!((mean[0] - scaled[0]).abs() > 0.05, "{mean:?} {scaled:?}");
}

/// Mean and spread of a over 20,000 of the engine's masks; five standard errors. The spread of a spread of n values that are 0 or
/// a / (1 - p) is below its own size times 2 / sqrt(n) for the p below.
#[test]
fn masked_values_have_the_mean_and_the_spread_of_the_formula() {
    let (count, a) = (20_000_usize, 1.7_f64);
    for p in [0.2, 0.5, 0.8] {
        let dropout = Dropout::new(DropoutKind::Hidden, p as f32);
        let network = Network::new(Shape::flat(count), vec![Layer::Dropout(dropout)]);
        let mut trace = Trace::new(&network);
        let input = ndarray::Array2::from_elem((1, count), a as f32);
        network.forward(
            input.view(),
            Mode::Learning(&mut Stream::Dropout.rng(1)),
            &mut trace,
        );
        let values: Vec<f64> = trace
            .output(0)
            .iter()
            .map(|&value| f64::from(value))
            .collect();
        let mean = values.iter().sum::<f64>() / count as f64;
        let squares = values
            .iter()
            .map(|value| (value - mean).powi(2))
            .sum::<f64>();
        let spread = (squares / count as f64).sqrt();
        let exact = deviation(a, p);
        assert!(
            (mean - a).abs() < 5.0 * exact / (count as f64).sqrt(),
            "p {p}: {mean}"
        );
        assert!(
            (spread - exact).abs() < 10.0 * exact / (count as f64).sqrt(),
            "p {p}: {spread}"
        );
    }
}

/// The network that scaled weights make says what dropout with the same mask says.
#[test]
fn a_thinned_network_is_dropout_with_one_mask() {
    let recipe = Recipe::dense(30, 2, 0.5).with_input_dropout(0.2);
    let network = recipe.validate().expect("valid").network();
    let thinning = Thinning::new(&network).expect("dropout in front of dense layers");
    let digits = digits::decode(include_bytes!("../../assets/digits.idx.gz")).expect("whole");
    let images = digits
        .dataset(Part::Test.first(1), PixelScale::default())
        .images;
    assert!(thinning.shared().is_none());
    let last = |network: &Network| network.layers().len() - 1;
    let mut trace = Trace::new(&network);
    // One image: its mask is drawn in the same order.
    network.forward(
        images.view(),
        Mode::Learning(&mut Stream::Dropout.rng(5)),
        &mut trace,
    );
    let expected = trace.output(last(&network)).to_owned();
    let thinned = thinning.thinned(&mut Stream::Dropout.rng(5));
    let mut trace = Trace::new(&thinned);
    thinned.forward(images.view(), Mode::Predicting, &mut trace);
    for (one, other) in trace.output(last(&thinned)).iter().zip(&expected) {
        assert!((one - other).abs() < 1e-4, "{one} {other}");
    }
    let none = Recipe::deep(LayerRecipe::Relu, 5, 1)
        .validate()
        .expect("valid");
    assert!(Thinning::new(&none.network()).is_none());
}

/// A recipe with the parameters that it ends with.
fn trained(recipe: Recipe) -> (Recipe, Vec<f32>) {
    let mut bench = Bench::start(recipe.clone(), Drive::Run);
    bench.settle();
    let parameters = bench
        .heard
        .into_iter()
        .rev()
        .find_map(|report| match report {
            Report::Observed {
                observed: Observed::Parameters(parameters),
                ..
            } => Some(parameters),
            _ => None,
        });
    (recipe, parameters.expect("parameters are reported"))
}

fn ensemble((recipe, parameters): (Recipe, Vec<f32>), images: u32, members: u32) -> Ensemble {
    Ensemble {
        network: StudiedNetwork::Parameters {
            recipe: Box::new(recipe),
            parameters,
        },
        images,
        members,
        seed: 1,
    }
}

fn measured(ensemble: Ensemble) -> Vec<Measures> {
    let mut bench = Bench::ensemble(ensemble);
    bench.settle();
    assert!(matches!(bench.state(), RunState::Completed { .. }));
    bench.studied()
}

/// The scaled network, the mean error of its thinned ones alone, and all of them.
fn of_preset(values: Values, seed: u32) -> (Measures, f64, Vec<Member>) {
    let thinned = Thinned {
        seed: f64::from(seed),
        ..Thinned::of(values)
    };
    of(thinned.recipe(), thinned.members as u32)
}

fn of(recipe: Recipe, members: u32) -> (Measures, f64, Vec<Member>) {
    let seed = recipe.seed;
    let ensemble = Ensemble {
        seed,
        ..ensemble(trained(recipe), 4000, members)
    };
    let (scaled, members) = read(&measured(ensemble)).expect("measured");
    let errors = members.iter().map(|member| member.alone.error);
    let alone = errors.sum::<f64>() / members.len() as f64;
    let last = members.last().expect("there are members");
    println!("seed {seed}: scaled {scaled:?}, alone {alone}, last {last:?}");
    (scaled, alone, members)
}

/// What the page says of its default. Seen with seeds 1, 2: scaled 11.1 %, loss 0.411, and 11.0 %, 0.407; alone 14.8 and 14.7 %; mean of 64
/// 11.2 and 10.7 %, loss 0.383 and 0.380; geometric 11.2 and 10.7 %, 0.411 and 0.404.
#[test]
fn the_average_of_many_thinned_networks_is_as_good_as_the_scaled_one() {
    for seed in 1..=2 {
        let (scaled, alone, members) = of_preset(HALF, seed);
        let last = members[63];
        assert!(
            (0.03..0.045).contains(&(alone - scaled.error)),
            "seed {seed}: {alone}"
        );
        assert!(
            last.arithmetic.loss < scaled.loss - 0.01,
            "seed {seed}: {last:?}"
        );
        assert!(
            (last.arithmetic.error - scaled.error).abs() < 0.006,
            "seed {seed}: {last:?}"
        );
        // The geometric mean tends to the scaled network itself: the layer behind dropout is a softmax layer.
        assert!(
            (last.geometric.loss - scaled.loss).abs() < 0.01,
            "seed {seed}: {last:?}"
        );
        assert!(
            (last.geometric.error - scaled.error).abs() < 0.005,
            "seed {seed}: {last:?}"
        );
    }
}

/// Two hidden layers, where scaling is an approximation. Seen with seeds 1, 2, 3: scaled 11.7, 12.0, 12.5 %, loss 0.507, 0.503, 0.516; mean of
/// 64 12.0, 11.7, 12.7 %; geometric 11.9, 11.9, 12.6 %, loss 0.505, 0.493, 0.515; one alone errs on 17.7, 18.1, 18.6 %.
#[test]
fn with_two_hidden_layers_the_scaled_network_is_a_good_approximation() {
    for seed in 1..=3 {
        let recipe = Recipe {
            epochs: 30,
            seed,
            observation: Observation::Parameters,
            ..Recipe::dense(100, 2, 0.5)
        };
        let (scaled, alone, members) = of(recipe, 64);
        let last = members[63];
        for mean in [last.arithmetic, last.geometric] {
            assert!((mean.error - scaled.error).abs() < 0.005, "seed {seed}");
        }
        assert!((last.geometric.loss - scaled.loss).abs() < 0.02);
        assert!(alone > scaled.error + 0.04, "seed {seed}: {alone}");
    }
}

/// Seen with seeds 1, 2, 3 for p = 0.9: scaled 14.8, 14.8, 14.3 %, loss 0.68, 0.68, 0.66; alone 50.6, 50.1, 52.4 %; mean of 10 17.5, 17.7, 18.6 %, of 200
/// 16.6, 15.2, 15.0 %, loss 1.01, 1.01, 1.03.
#[test]
fn nine_of_ten_units_are_much_to_lose() {
    for seed in 1..=3 {
        let (scaled, alone, members) = of_preset(NINE_OF_TEN, seed);
        let (tenth, last) = (members[9], members[199]);
        assert!((0.47..0.55).contains(&alone), "seed {seed}: {alone}");
        assert!(tenth.arithmetic.error > last.arithmetic.error);
        let off = (last.arithmetic.error - scaled.error).abs();
        assert!(off < 0.02, "seed {seed}: {off}");
        // Unsure: many members say little, and their mean says it too.
        assert!(last.arithmetic.loss > 1.3 * scaled.loss, "seed {seed}");
    }
}

/// Seen with seeds 1, 2, 3: scaled 14.9, 14.6, 14.3 %, alone 34.5, 31.4, 31.1 %; mean of 10 15.4, 17.0, 14.7 %, of 200 14.8, 14.4, 14.2 %.
#[test]
fn ten_of_twenty_units_are_much_to_lose() {
    for seed in 1..=3 {
        let (scaled, alone, members) = of_preset(TWENTY_UNITS, seed);
        let (tenth, last) = (members[9], members[199]);
        assert!(alone > 2.0 * scaled.error, "seed {seed}: {alone}");
        assert!(tenth.arithmetic.error > last.arithmetic.error);
        let off = (last.arithmetic.error - scaled.error).abs();
        assert!(off < 0.005, "seed {seed}: {off}");
    }
}

#[test]
fn without_dropout_all_thinned_networks_are_the_network() {
    let recipe = Recipe::dense(20, 1, 0.0);
    let parameters = recipe
        .clone()
        .validate()
        .expect("valid")
        .network()
        .parameters();
    let (scaled, members) =
        read(&measured(ensemble((recipe, parameters), 250, 2))).expect("measured");
    for member in members {
        assert_eq!(member.alone, scaled);
        assert_eq!(member.geometric.error, scaled.error);
        assert!((member.arithmetic.loss - scaled.loss).abs() < 1e-5);
    }
}

#[test]
fn an_ensemble_pauses_stops_and_is_refused_with_a_reason() {
    let recipe = Recipe::dense(20, 1, 0.5);
    let parameters = recipe
        .clone()
        .validate()
        .expect("valid")
        .network()
        .parameters();
    let good = ensemble((recipe, parameters), 100, 3);
    let mut bench = Bench::ensemble(good.clone());
    bench.tell(Command::Drive(Drive::Pause)).settle();
    assert_eq!(
        (bench.state(), bench.studied().len()),
        (RunState::Paused, 0)
    );
    bench.tell(Command::Drive(Drive::Run)).settle();
    assert_eq!(bench.studied().len(), 10);
    let mut bench = Bench::ensemble(good.clone());
    bench.tell(Command::Stop).settle();
    assert_eq!(
        (bench.state(), bench.studied().len()),
        (RunState::Stopped, 0)
    );
    let refusal = |ensemble: Ensemble| match Bench::ensemble(ensemble).heard.last() {
        Some(Report::Refused { message, .. }) => message.clone(),
        other => panic!("{other:?} is no refusal"),
    };
    let none = Ensemble {
        members: 0,
        ..good.clone()
    };
    assert!(refusal(none).contains("0 thinned networks"));
    let many = Ensemble {
        images: 4001,
        ..good.clone()
    };
    assert!(refusal(many).contains("there are 4000"));
    let plain = Recipe::deep(LayerRecipe::Relu, 5, 1);
    let parameters = plain
        .clone()
        .validate()
        .expect("valid")
        .network()
        .parameters();
    assert!(refusal(ensemble((plain, parameters), 10, 1)).contains("no dropout in front"));
}
