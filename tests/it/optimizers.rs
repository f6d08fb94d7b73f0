//! What optimizers and penalties promise beyond their formulas (those are in `pytorch`).

use ndarray::{Array2, array};
use rand_distr::{Distribution, StandardNormal};
use softstep::engine::activation::Activation;
use softstep::engine::convolution::Convolution;
use softstep::engine::dense::Dense;
use softstep::engine::initialisation::Initialisation;
use softstep::engine::kernel::Kernel;
use softstep::engine::layer::Layer;
use softstep::engine::locally_connected::LocallyConnected;
use softstep::engine::loss::Loss;
use softstep::engine::metrics::Evaluation;
use softstep::engine::network::Network;
use softstep::engine::optimizer::Optimizer;
use softstep::engine::penalties::Penalties;
use softstep::engine::random::Stream;
use softstep::engine::shape::Shape;
use softstep::engine::trace::Trace;
use softstep::engine::trainer::{Trainer, TrainerSettings};

const ALL: [(Optimizer, f32); 4] = [
    (Optimizer::Sgd, 0.5),
    (Optimizer::Momentum { mu: 0.9 }, 0.1),
    (Optimizer::Nesterov { mu: 0.9 }, 0.1),
    (Optimizer::ADAM, 0.02),
];

fn settings(optimizer: Optimizer, learning_rate: f32, penalties: Penalties) -> TrainerSettings {
    TrainerSettings {
        batch_size: 4,
        optimizer,
        learning_rate,
        penalties,
        loss: Loss::CrossEntropy,
        seed: 1,
    }
}

#[test]
fn each_optimizer_learns_exclusive_or() {
    let images = array![[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];
    let labels = [0, 1, 1, 0];
    for (optimizer, learning_rate) in ALL {
        let mut rng = Stream::Initialisation.rng(3);
        let xavier = Initialisation::Xavier;
        let network = Network::new(
            Shape::flat(2),
            vec![
                Layer::Dense(Dense::initialised(2, 8, xavier, &mut rng)),
                Layer::Activation(Activation::Tanh),
                Layer::Dense(Dense::initialised(8, 2, xavier, &mut rng)),
            ],
        );
        let mut trainer = Trainer::new(
            network,
            settings(optimizer, learning_rate, Penalties::default()),
            4,
        );
        for _ in 0..1000 {
            trainer.step(images.view(), &labels);
        }
        let mut evaluation = Evaluation::new(Loss::CrossEntropy, 2);
        evaluation.add(
            trainer.network(),
            images.view(),
            &labels,
            &mut Trace::new(trainer.network()),
        );
        assert_eq!(evaluation.error(), 0.0, "{optimizer:?}");
        assert!(
            evaluation.mean_loss() < 0.05,
            "{optimizer:?}: {}",
            evaluation.mean_loss()
        );
    }
}

/// Norms of the incoming weights of every unit of every layer, computed from the layers' documented axis order.
fn unit_norms(network: &Network) -> Vec<f64> {
    let norm = |weights: &mut dyn Iterator<Item = f32>| {
        weights.map(|w| f64::from(w).powi(2)).sum::<f64>().sqrt()
    };
    let mut norms = Vec::new();
    for layer in network.layers() {
        match layer {
            Layer::Dense(dense) => {
                norms.extend(
                    dense
                        .weights()
                        .outer_iter()
                        .map(|unit| norm(&mut unit.iter().copied())),
                );
            }
            Layer::Convolution(convolution) => {
                norms.extend(
                    convolution
                        .weights()
                        .outer_iter()
                        .map(|map| norm(&mut map.iter().copied())),
                );
            }
            Layer::LocallyConnected(local) => {
                let weights = local.weights();
                let shape = weights.shape().to_vec();
                for map in 0..shape[0] {
                    for (row, column) in
                        (0..shape[4]).flat_map(|row| (0..shape[5]).map(move |column| (row, column)))
                    {
                        let unit = weights.indexed_iter().filter(|(index, _)| {
                            (index[0], index[4], index[5]) == (map, row, column)
                        });
                        norms.push(norm(&mut unit.map(|(_, &w)| w)));
                    }
                }
            }
            _ => {}
        }
    }
    norms
}

#[test]
fn max_norm_bounds_every_unit_after_every_step_and_leaves_short_vectors_alone() {
    let mut rng = Stream::Initialisation.rng(4);
    let large = Initialisation::NielsenLarge;
    let network = Network::new(
        Shape::new(1, 6, 6),
        vec![
            Layer::Convolution(Convolution::initialised(
                1,
                3,
                Kernel::plain(3),
                large,
                &mut rng,
            )),
            Layer::LocallyConnected(LocallyConnected::initialised(
                Shape::new(3, 4, 4),
                2,
                Kernel::plain(2),
                large,
                &mut rng,
            )),
            Layer::Activation(Activation::Tanh),
            Layer::Dense(Dense::initialised(18, 4, large, &mut rng)),
        ],
    );
    let images = Array2::from_shape_simple_fn((8, 36), || StandardNormal.sample(&mut rng));
    let labels = [0, 1, 2, 3, 3, 2, 1, 0];
    let bound = 1.5;
    for (optimizer, learning_rate) in ALL {
        let penalties = Penalties {
            max_norm: Some(bound),
            ..Penalties::default()
        };
        let mut trainer = Trainer::new(
            network.clone(),
            settings(optimizer, learning_rate, penalties),
            8,
        );
        for _ in 0..6 {
            trainer.step(images.view(), &labels);
            // The factor bound / norm and each product round once: half an eps each.
            let longest = unit_norms(trainer.network())
                .into_iter()
                .fold(0.0, f64::max);
            assert!(
                longest <= f64::from(bound) * (1.0 + f64::from(f32::EPSILON)),
                "{optimizer:?}: {longest}"
            );
        }
    }
    // A bound that no vector reaches changes no bit.
    let train = |max_norm| {
        let penalties = Penalties {
            max_norm,
            ..Penalties::default()
        };
        let mut trainer = Trainer::new(
            network.clone(),
            settings(Optimizer::Sgd, 0.01, penalties),
            8,
        );
        trainer.step(images.view(), &labels);
        trainer.network().weights_checksum()
    };
    assert_eq!(train(Some(1e6)), train(None));
    assert_ne!(train(Some(bound)), train(None));
}

#[test]
fn penalties_count_weights_and_not_biases() {
    let layer = Dense::new(array![[1.0, -2.0], [0.0, 3.0]], array![100.0, 100.0]);
    let network = Network::new(Shape::flat(2), vec![Layer::Dense(layer)]);
    let penalties = Penalties {
        l2: 0.5,
        l1: 0.25,
        max_norm: None,
    };
    // 0.5 / 2 * (1 + 4 + 9) + 0.25 * (1 + 2 + 3)
    assert_eq!(penalties.value(&network), 5.0);
}

#[test]
fn the_learning_rate_can_change_during_a_run() {
    let layer = Dense::new(array![[0.0], [0.0]], array![0.0, 0.0]);
    let network = Network::new(Shape::flat(1), vec![Layer::Dense(layer)]);
    let images = array![[1.0]];
    let weight_after = |learning_rate: f32| {
        let start = settings(Optimizer::Sgd, 0.25, Penalties::default());
        let mut trainer = Trainer::new(network.clone(), start, 1);
        trainer.set_learning_rate(learning_rate);
        trainer.step(images.view(), &[1]);
        trainer.network().parameters()[0]
    };
    // Powers of two times the same gradient, taken from 0: the changes are exactly proportional.
    assert_ne!(weight_after(0.25), 0.0);
    assert_eq!(weight_after(0.5), 2.0 * weight_after(0.25));
}
