//! What a recipe's observation looks at while a network is measured: it reads the traces that measuring leaves, so it
//! costs no forward pass of its own.

use super::together::TogetherSeen;
use crate::data::digits::CLASSES;
use crate::engine::activity::Activity;
use crate::engine::layer::Layer;
use crate::engine::loss::Loss;
use crate::engine::network::Network;
use crate::engine::parameters::Gradients;
use crate::engine::penalties::Penalties;
use crate::engine::trace::{Kept, Trace};
use crate::engine::weight_sizes::WeightSizes;
use crate::lab::message::{
    LayerGradient, LayerUnits, Observed, SMALL_WEIGHT, WEIGHT_BINS, WEIGHT_REACH,
    WEIGHTED_INPUT_BINS, WEIGHTED_INPUT_RANGE, Weights,
};
use crate::lab::recipe::Observation;
use ndarray::Array2;

/// Collects over one measured moment.
pub struct Observer {
    kind: Kind,
    loss: Loss,
    /// Training images of the run.
    images: usize,
}

enum Kind {
    Nothing,
    Gradients {
        /// Of the mean loss over all training images, as far as they were seen.
        mean: Gradients,
        /// Of one portion.
        portion: Gradients,
        activities: Vec<LayerActivity>,
    },
    Units(Vec<LayerActivity>),
    Outputs(Vec<f32>),
    Weights,
    Together(Box<TogetherSeen>),
}

/// An activation layer's place in its network, and what its units do.
struct LayerActivity {
    layer: usize,
    activity: Activity,
}

impl Observer {
    /// Nothing seen yet of so many training and test images.
    pub fn new(
        observation: Observation,
        network: &Network,
        loss: Loss,
        [images, tests]: [usize; 2],
    ) -> Self {
        let kind = match observation {
            // Parameters are reported by the run, between the measured moments too.
            Observation::Nothing | Observation::Parameters => Kind::Nothing,
            Observation::Gradients => Kind::Gradients {
                mean: network.zero_gradients(),
                portion: network.zero_gradients(),
                activities: activities(network),
            },
            Observation::Units => Kind::Units(activities(network)),
            Observation::Outputs | Observation::OutputsAtRest => {
                Kind::Outputs(Vec::with_capacity(tests * CLASSES))
            }
            Observation::Weights => Kind::Weights,
            Observation::Together => TogetherSeen::new(network)
                .map_or(Kind::Nothing, |seen| Kind::Together(Box::new(seen))),
        };
        Self { kind, loss, images }
    }

    /// What it reads of the networks' layers.
    pub fn reads(&self) -> Kept {
        match self.kind {
            Kind::Nothing | Kind::Outputs(_) | Kind::Weights => Kept::LastLayer,
            Kind::Gradients { .. } | Kind::Units(_) | Kind::Together(_) => Kept::EveryLayer,
        }
    }

    /// Looks at a portion of the training images that has just gone through `network`.
    pub fn see_training(&mut self, network: &Network, trace: &mut Trace, labels: &[u8]) {
        match &mut self.kind {
            Kind::Nothing | Kind::Outputs(_) | Kind::Weights | Kind::Together(_) => {}
            Kind::Units(activities) => add(activities, trace),
            Kind::Gradients {
                mean,
                portion,
                activities,
            } => {
                add(activities, trace);
                let batch = trace.batch();
                let mut gradient = Array2::zeros((batch, CLASSES));
                let outputs = trace.output(network.layers().len() - 1);
                self.loss.of_batch(outputs, labels, gradient.view_mut());
                network.backward(trace, gradient.view(), portion);
                mean.add_scaled(portion, batch as f32 / self.images as f32);
            }
        }
    }

    /// Looks at a portion of the test images that has just gone through `network`.
    pub fn see_test(&mut self, network: &Network, trace: &Trace, labels: &[u8]) {
        match &mut self.kind {
            Kind::Outputs(values) => values.extend(trace.output(network.layers().len() - 1)),
            Kind::Together(seen) => seen.see(network, trace, labels),
            _ => {}
        }
    }

    /// What was seen; none if nothing was asked for.
    pub fn observed(&self, network: &Network, penalties: &Penalties) -> Option<Observed> {
        match &self.kind {
            Kind::Nothing => None,
            Kind::Gradients {
                mean, activities, ..
            } => {
                let with_parameters = (0..network.layers().len())
                    .filter(|&index| network.layers()[index].parameters().is_some());
                let norms: Vec<usize> = with_parameters.collect();
                let of_layer = |(place, &index): (usize, &usize)| LayerGradient {
                    norm: mean.norm(index),
                    mean_slope: behind(activities, index, norms.get(place + 1).copied()),
                };
                Some(Observed::Gradients(
                    norms.iter().enumerate().map(of_layer).collect(),
                ))
            }
            Kind::Units(activities) => Some(Observed::Units(
                activities.iter().map(LayerActivity::units).collect(),
            )),
            Kind::Outputs(values) => Some(Observed::Outputs(values.clone())),
            Kind::Weights => Some(Observed::Weights(weights(network, penalties))),
            Kind::Together(seen) => Some(Observed::Together(seen.together())),
        }
    }
}

fn weights(network: &Network, penalties: &Penalties) -> Weights {
    let sizes = WeightSizes::of(network, SMALL_WEIGHT, WEIGHT_REACH, WEIGHT_BINS);
    Weights {
        count: sizes.count,
        squares: sizes.squares,
        absolutes: sizes.absolutes,
        longest: sizes.longest,
        small: sizes.small,
        counts: sizes.counts,
        outside: sizes.outside,
        penalty: f64::from(penalties.value(network)),
    }
}

/// Mean slope of the first activation layer behind layer `index` and before layer `next`.
fn behind(activities: &[LayerActivity], index: usize, next: Option<usize>) -> Option<f32> {
    let found = activities
        .iter()
        .find(|seen| seen.layer > index && next.is_none_or(|next| seen.layer < next))?;
    Some(found.activity.mean_slope() as f32)
}

fn activities(network: &Network) -> Vec<LayerActivity> {
    let layers = network.layers().iter().enumerate();
    let activations = layers.filter_map(|(layer, kind)| match kind {
        Layer::Activation(function) => Some((layer, *function)),
        _ => None,
    });
    let activities = activations.map(|(layer, function)| LayerActivity {
        layer,
        activity: Activity::new(
            function,
            network.layer_shape(layer).size(),
            WEIGHTED_INPUT_RANGE,
            WEIGHTED_INPUT_BINS,
        ),
    });
    activities.collect()
}

fn add(activities: &mut [LayerActivity], trace: &Trace) {
    for LayerActivity { layer, activity } in activities {
        // What an activation layer reads is what the layer before it gave.
        let weighted_inputs = layer
            .checked_sub(1)
            .map_or_else(|| trace.input(), |before| trace.output(before));
        activity.add(weighted_inputs);
    }
}

impl LayerActivity {
    fn units(&self) -> LayerUnits {
        let activity = &self.activity;
        LayerUnits {
            units: activity.units() as u32,
            dead: activity.dead() as u32,
            silent: activity.silent_share(),
            counts: activity.counts().to_vec(),
            below: activity.below(),
            above: activity.above(),
        }
    }
}
