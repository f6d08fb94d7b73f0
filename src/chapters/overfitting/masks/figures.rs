//! What is drawn of a mini-batch, and its sentence.

use crate::data::dataset::Dataset;
use crate::engine::masked_value::MaskedValue;
use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Line, Rule, Series};
use crate::figures::matrix::Matrix;
use crate::figures::palette::Role;
use crate::figures::raster::ColourMap;
use crate::figures::thinned_network::{HiddenUnit, ThinnedNetwork};
use crate::lab::mini_batch::MiniBatch;
use crate::theory::dropout::deviation;
use crate::ui::number::significant;

const EMPTY: &str = "The digits are on their way: here a small network will learn from them, mini-batch by mini-batch.";

/// The chosen image in the network under its mask.
pub fn network(
    seen: Option<&MiniBatch>,
    training: Option<&Dataset>,
    (image, unit): (usize, usize),
    p: f64,
) -> ThinnedNetwork {
    let (Some(seen), Some(training)) = (seen, training) else {
        return ThinnedNetwork {
            empty: EMPTY.to_owned(),
            ..ThinnedNetwork::default()
        };
    };
    let layers = seen.network.layers();
    let weights = layers.last().and_then(|layer| layer.parameters());
    let units = seen
        .activations
        .row(image)
        .into_iter()
        .zip(seen.mask.row(image));
    ThinnedNetwork {
        image: training.images.row(seen.examples[image] as usize).to_vec(),
        units: units
            .map(|(&activation, &factor)| HiddenUnit {
                activation: activation.into(),
                factor: factor.into(),
            })
            .collect(),
        weights: weights.map_or(Vec::new(), |parameters| parameters.weights.clone()),
        outputs: seen
            .probabilities
            .row(image)
            .iter()
            .map(|&p| p.into())
            .collect(),
        label: usize::from(seen.labels[image]),
        chosen: Some(unit),
        sentence: sentence(Some(seen), image, p),
        empty: String::new(),
    }
}

/// All masks of the mini-batch: the weighted inputs that are left of it.
pub fn masks(seen: Option<&MiniBatch>, chosen: (usize, usize), units: usize) -> Matrix {
    let values: Vec<f32> = seen.map_or(Vec::new(), |seen| {
        let pairs = seen.weighted_inputs.iter().zip(&seen.mask);
        pairs
            .map(|(&z, &factor)| if factor == 0.0 { 0.0 } else { z })
            .collect()
    });
    let rows = seen.map_or(Vec::new(), |seen| {
        let labels = seen.labels.iter();
        labels.map(|label| format!("a {label}")).collect()
    });
    Matrix {
        title: "the mask of each image".to_owned(),
        row_title: "images".to_owned(),
        column_title: "hidden units".to_owned(),
        columns: (1..=units).map(|unit| unit.to_string()).collect(),
        map: ColourMap::diverging_over(&values),
        values,
        rows,
        chosen: seen.map(|_| chosen),
    }
}

/// The sentence under the figures.
pub fn sentence(seen: Option<&MiniBatch>, image: usize, p: f64) -> String {
    let Some(seen) = seen else {
        return EMPTY.to_owned();
    };
    let mask = seen.mask.row(image);
    let (units, silenced) = (
        mask.len(),
        mask.iter().filter(|&&factor| factor == 0.0).count(),
    );
    let own = mask
        .iter()
        .zip(seen.activations.row(image))
        .filter(|&(&factor, &activation)| factor > 0.0 && activation == 0.0)
        .count();
    let all = seen.mask.len();
    let dropped = seen.mask.iter().filter(|&&factor| factor == 0.0).count();
    format!(
        "Mini-batch {}, image {}, a {}: chance silences {silenced} of {units} units, {own} more {} silent by {} own sum (ReLU), and the other {} {} multiplied by \
         {}. In the whole mini-batch {dropped} of {all} are silenced: each image has a mask of its own.",
        seen.number,
        image + 1,
        seen.labels[image],
        if own == 1 { "is" } else { "are" },
        if own == 1 { "its" } else { "their" },
        units - silenced - own,
        if units - silenced - own == 1 {
            "is"
        } else {
            "are"
        },
        significant(1.0 / (1.0 - p), 3),
    )
}

/// The mean of one masked value, mask by mask, towards the exact one.
pub fn running(counted: Option<&MaskedValue>, activation: f64, p: f64) -> Curves {
    let mut figure = Curves {
        x: Axis::log("masks"),
        y: Axis::linear("mean of the masked value"),
        empty: "And here the mean of one unit\u{2019}s value over more and more masks.".to_owned(),
        ..Curves::default()
    };
    let Some(counted) = counted else {
        return figure;
    };
    let last = counted.masks.max(10) as f64;
    figure.x = figure.x.range(1.0, last);
    let spread = deviation(activation, p);
    // Where the mean of one mask may lie, whatever it is.
    let high = (activation / (1.0 - p)).max(activation + spread);
    let high = if high > 0.0 { high } else { 1.0 };
    figure.y = figure.y.range(-0.05 * high, 1.1 * high);
    figure.rules.push(Rule::at_y(activation, ""));
    let stops = (0..=60).map(|stop| last.powf(f64::from(stop) / 60.0));
    let bound = |sign: f64| -> Vec<(f64, f64)> {
        stops
            .clone()
            .map(|n| (n, activation + sign * spread / n.sqrt()))
            .collect()
    };
    figure.series = vec![
        Series::new(
            Line::Bound,
            Role::Quiet,
            "a + \u{3c3}/\u{221a}n",
            bound(1.0),
        ),
        Series::new(
            Line::Bound,
            Role::Quiet,
            "a \u{2212} \u{3c3}/\u{221a}n",
            bound(-1.0),
        ),
        Series::new(
            Line::Test,
            Role::RunB,
            "mean",
            counted
                .running
                .iter()
                .map(|&(count, mean)| (count as f64, mean))
                .collect(),
        ),
    ];
    figure
}
