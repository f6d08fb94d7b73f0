//! What the units of a network's last activation layer do together, and what is left of the network with half of them silenced.

use crate::engine::coadaptation::Coadaptation;
use crate::engine::dropout::{Dropout, DropoutKind};
use crate::engine::layer::{Layer, Mode};
use crate::engine::metrics::prediction;
use crate::engine::network::Network;
use crate::engine::random::{Rng, Stream};
use crate::engine::trace::Trace;
use crate::lab::message::{
    CORRELATION_BINS, MEAN_ACTIVATION_BINS, MEAN_ACTIVATION_REACH, TOGETHER_CORNER,
    TOGETHER_IMAGES, Together,
};

/// Collects over the first test images.
pub struct TogetherSeen {
    /// Place of the activation layer.
    layer: usize,
    sums: Coadaptation,
    wrong: usize,
    wrong_halved: usize,
    /// Dropout of a half, then the layers behind the activation layer.
    halved: Network,
    trace: Trace,
    /// The same masks at every measured moment and in both runs of a twin.
    rng: Rng,
}

impl TogetherSeen {
    /// Nothing seen yet; none for a network without activation layer or with nothing behind it.
    pub fn new(network: &Network) -> Option<Self> {
        let layers = network.layers();
        let layer = layers
            .iter()
            .rposition(|layer| matches!(layer, Layer::Activation(_)))?;
        let behind = layers
            .get(layer + 1..)
            .filter(|behind| !behind.is_empty())?;
        let half = Layer::Dropout(Dropout::new(DropoutKind::Hidden, 0.5));
        // The network's own dropout, if it has one there, gives way to this one.
        let behind = behind
            .iter()
            .filter(|layer| !matches!(layer, Layer::Dropout(_)));
        let halved = std::iter::once(half).chain(behind.cloned()).collect();
        let shape = network.layer_shape(layer);
        let halved = Network::new(shape, halved);
        Some(Self {
            layer,
            sums: Coadaptation::new(shape.size()),
            wrong: 0,
            wrong_halved: 0,
            trace: Trace::new(&halved),
            halved,
            rng: Stream::Dropout.rng(0),
        })
    }

    /// Looks at a portion of the test images that has just gone through `network`, as far as they are among the first.
    pub fn see(&mut self, network: &Network, trace: &Trace, labels: &[u8]) {
        let left = TOGETHER_IMAGES.saturating_sub(self.sums.examples() as usize);
        if left == 0 {
            return;
        }
        let count = left.min(labels.len());
        let rows = ndarray::s![..count, ..];
        let activations = trace.output(self.layer);
        let activations = activations.slice(rows);
        self.sums.add(activations);
        self.halved
            .forward(activations, Mode::Learning(&mut self.rng), &mut self.trace);
        let wrong = |outputs: ndarray::ArrayView2<f32>| {
            let rows = outputs.rows().into_iter().zip(labels);
            rows.filter(|(outputs, label)| {
                let outputs = outputs.to_slice().expect("outputs are row-major");
                prediction(outputs) != usize::from(**label)
            })
            .count()
        };
        let last = |network: &Network| network.layers().len() - 1;
        self.wrong += wrong(trace.output(last(network)).slice(rows));
        self.wrong_halved += wrong(self.trace.output(last(&self.halved)));
    }

    /// What was seen.
    pub fn together(&self) -> Together {
        let (units, examples) = (self.sums.units(), self.sums.examples() as f64);
        let all = self.sums.correlations();
        let pairs = self.sums.pairs();
        let means = self.sums.means();
        let bins = |values: &mut dyn Iterator<Item = f64>, low: f64, high: f64, count: usize| {
            let mut counts = vec![0_u32; count];
            for value in values {
                let bin = (value - low) / (high - low) * count as f64;
                counts[(bin.max(0.0) as usize).min(count - 1)] += 1;
            }
            counts
        };
        let corner = units.min(TOGETHER_CORNER);
        let cells = (0..corner).flat_map(|i| (0..corner).map(move |j| i * units + j));
        Together {
            units: units as u32,
            still: (0..units)
                .filter(|unit| all[unit * units + unit].is_nan())
                .count() as u32,
            zeros: self.sums.zero_share(),
            mean: means.iter().sum::<f64>() / units as f64,
            mean_absolute: pairs.iter().map(|r| r.abs()).sum::<f64>() / pairs.len() as f64,
            correlations: bins(&mut pairs.iter().copied(), -1.0, 1.0, CORRELATION_BINS),
            means: bins(
                &mut means.iter().copied(),
                0.0,
                f64::from(MEAN_ACTIVATION_REACH),
                MEAN_ACTIVATION_BINS,
            ),
            corner: cells.map(|at| all[at] as f32).collect(),
            error: self.wrong as f64 / examples,
            halved_error: self.wrong_halved as f64 / examples,
        }
    }
}
