//! The rule that turns gradients into changes of parameters. g is the gradient of the mini-batch's loss with
//! penalties, eta the learning rate. All rules follow PyTorch's conventions.

use super::network::Network;
use super::parameters::{Gradients, Parameters};
use super::penalties::Penalties;

/// Update rule of a parameter w.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Optimizer {
    /// Stochastic gradient descent: w -= eta g.
    Sgd,
    /// v = mu v + g; w -= eta v.
    Momentum {
        /// Share of the velocity that is kept, in [0, 1[.
        mu: f32,
    },
    /// v = mu v + g; w -= eta (g + mu v).
    Nesterov {
        /// Share of the velocity that is kept, in [0, 1[.
        mu: f32,
    },
    /// m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2;
    /// w -= eta (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon), t = 1, 2, ... (Kingma and Ba 2015).
    Adam {
        /// Decay of the mean of gradients, usually 0.9.
        beta1: f32,
        /// Decay of the mean of squared gradients, usually 0.999.
        beta2: f32,
        /// Keeps the denominator from 0, usually 1e-8.
        epsilon: f32,
    },
}

impl Optimizer {
    /// Adam with the values of its paper: 0.9, 0.999, 1e-8.
    pub const ADAM: Optimizer = Optimizer::Adam {
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
    };

    /// Panics if a number lies outside of its range.
    pub(crate) fn check(&self) {
        let share = |value: f32| assert!((0.0..1.0).contains(&value), "{value} is not in [0, 1[");
        match *self {
            Optimizer::Sgd => {}
            Optimizer::Momentum { mu } | Optimizer::Nesterov { mu } => share(mu),
            Optimizer::Adam {
                beta1,
                beta2,
                epsilon,
            } => {
                share(beta1);
                share(beta2);
                assert!(epsilon > 0.0, "epsilon is above 0");
            }
        }
    }
}

/// What an optimizer remembers from step to step: velocities or moments of every parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct OptimizerState {
    optimizer: Optimizer,
    /// Velocity, or Adam's m; nothing for plain SGD.
    first: Vec<Parameters>,
    /// Adam's v.
    second: Vec<Parameters>,
    /// beta1^t and beta2^t after t steps of Adam.
    decay: (f64, f64),
}

impl OptimizerState {
    /// The state before the first step.
    pub fn new(optimizer: Optimizer, network: &Network) -> Self {
        optimizer.check();
        let zeros = |needed: bool| {
            if needed {
                network.zero_gradients().layers
            } else {
                Vec::new()
            }
        };
        Self {
            optimizer,
            first: zeros(optimizer != Optimizer::Sgd),
            second: zeros(matches!(optimizer, Optimizer::Adam { .. })),
            decay: (1.0, 1.0),
        }
    }

    /// Changes the parameters of `network` by one step, then imposes the bound on norms.
    pub fn update(
        &mut self,
        network: &mut Network,
        gradients: &Gradients,
        learning_rate: f32,
        penalties: &Penalties,
    ) {
        if let Optimizer::Adam { beta1, beta2, .. } = self.optimizer {
            self.decay.0 *= f64::from(beta1);
            self.decay.1 *= f64::from(beta2);
        }
        let optimizer = self.optimizer;
        let decay = self.decay;
        for (index, layer) in network.layers_mut().iter_mut().enumerate() {
            let Some(parameters) = layer.parameters_mut() else {
                continue;
            };
            let gradient = &gradients.layers[index];
            let rule = Rule {
                optimizer,
                learning_rate,
                l2: penalties.l2,
                l1: penalties.l1,
                decay,
            };
            let unpenalised = Rule {
                l2: 0.0,
                l1: 0.0,
                ..rule
            };
            let mut none = Parameters::default();
            let mut also_none = Parameters::default();
            let first = self.first.get_mut(index).unwrap_or(&mut none);
            let second = self.second.get_mut(index).unwrap_or(&mut also_none);
            rule.apply(
                &mut parameters.weights,
                &gradient.weights,
                &mut first.weights,
                &mut second.weights,
            );
            unpenalised.apply(
                &mut parameters.biases,
                &gradient.biases,
                &mut first.biases,
                &mut second.biases,
            );
            if let Some(bound) = penalties.max_norm {
                layer.bound_norms(bound);
            }
        }
    }
}

/// The update of one group of parameters with the same penalties.
#[derive(Clone, Copy)]
struct Rule {
    optimizer: Optimizer,
    learning_rate: f32,
    l2: f32,
    l1: f32,
    decay: (f64, f64),
}

impl Rule {
    fn apply(
        self,
        parameters: &mut [f32],
        gradients: &[f32],
        first: &mut [f32],
        second: &mut [f32],
    ) {
        let Rule {
            learning_rate: eta,
            l2,
            l1,
            ..
        } = self;
        let penalised = |w: f32, g: f32| g + l2 * w + l1 * sign(w);
        let pairs = parameters.iter_mut().zip(gradients);
        match self.optimizer {
            // The common case reads and writes memory as fast as it can: no arithmetic for penalties that are off.
            Optimizer::Sgd if l1 == 0.0 => pairs.for_each(|(w, &g)| *w -= eta * (g + l2 * *w)),
            Optimizer::Sgd => pairs.for_each(|(w, &g)| *w -= eta * penalised(*w, g)),
            Optimizer::Momentum { mu } => pairs.zip(first).for_each(|((w, &g), v)| {
                *v = mu * *v + penalised(*w, g);
                *w -= eta * *v;
            }),
            Optimizer::Nesterov { mu } => pairs.zip(first).for_each(|((w, &g), v)| {
                let g = penalised(*w, g);
                *v = mu * *v + g;
                *w -= eta * (g + mu * *v);
            }),
            Optimizer::Adam {
                beta1,
                beta2,
                epsilon,
            } => {
                let step = (f64::from(eta) / (1.0 - self.decay.0)) as f32;
                let second_correction = (1.0 / (1.0 - self.decay.1).sqrt()) as f32;
                pairs.zip(first).zip(second).for_each(|(((w, &g), m), v)| {
                    let g = penalised(*w, g);
                    *m = beta1 * *m + (1.0 - beta1) * g;
                    *v = beta2 * *v + (1.0 - beta2) * g * g;
                    *w -= step * *m / (v.sqrt() * second_correction + epsilon);
                });
            }
        }
    }
}

/// -1, 0 or 1.
fn sign(value: f32) -> f32 {
    if value > 0.0 {
        1.0
    } else if value < 0.0 {
        -1.0
    } else {
        0.0
    }
}
