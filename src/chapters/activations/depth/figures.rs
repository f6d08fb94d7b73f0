//! Gradient norms layer by layer and over time, errors, and the sentence.

use super::settings::Rival;
use crate::chapters::activations::notation::{plain, role};
use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Line, Mark, Rule, Series};
use crate::figures::numerals::number;
use crate::figures::palette::Role;
use crate::lab::message::{LayerGradient, Observed, Point};
use crate::theory::activation::Activation;
use crate::ui::number::{percent, significant};

/// Gradients of one network, epoch by epoch, first layer to last.
pub type History = Vec<(f64, Vec<LayerGradient>)>;

/// The gradients among what was observed.
pub fn history(observed: &[(f64, Observed)]) -> History {
    let gradients = observed.iter().filter_map(|(epoch, seen)| match seen {
        Observed::Gradients(layers) => Some((*epoch, layers.clone())),
        _ => None,
    });
    gradients.collect()
}

/// One of the two networks in the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network(pub Activation);

impl Network {
    fn role(self) -> Role {
        role(self.0)
    }

    fn name(self) -> &'static str {
        self.0.name()
    }
}

/// Norm against layer, as a multiple of the output layer's: both networks, now and before the first step.
pub fn by_layer(networks: &[(Network, &History)], layers: usize) -> Curves {
    let points = |gradients: &[LayerGradient]| -> Vec<(f64, f64)> {
        let last = gradients
            .last()
            .map_or(f64::NAN, |layer| f64::from(layer.norm));
        let norms = gradients.iter().enumerate();
        norms
            .map(|(layer, gradient)| (layer as f64 + 1.0, f64::from(gradient.norm) / last))
            .collect()
    };
    let mut figure = Curves {
        x: Axis::linear("layer, the output is the last")
            .whole()
            .range(1.0, layers as f64),
        y: Axis::log("gradient norm, output layer = 1"),
        empty: "Press Run: the gradient of each layer will stand here, the first at the left, the output layer at the right."
            .to_owned(),
        ..Curves::default()
    };
    for (network, history) in networks {
        let (Some((first_epoch, first)), Some((epoch, last))) = (history.first(), history.last())
        else {
            continue;
        };
        if epoch > first_epoch {
            let label = format!("{}, start", network.name());
            let series = Series::new(Line::Bound, network.role(), label, points(first));
            figure.series.push(series);
        }
        let series = Series::new(Line::Test, network.role(), network.name(), points(last));
        figure.series.push(series);
        for at in points(last) {
            figure
                .marks
                .push(Mark::new(at, network.role(), "").filled());
        }
    }
    figure
}

/// Norm against epoch, one line a layer of one network; `range` is shared by both, so that heights compare.
pub fn over_time(
    network: Network,
    history: &History,
    range: Option<(f64, f64)>,
    epochs: f64,
) -> Curves {
    let axis = Axis::log(format!("gradient norm, {}", network.name()));
    let mut figure = Curves {
        x: Axis::linear("epoch").whole().range(0.0, epochs),
        y: match range {
            Some((low, high)) => axis.range(low, high),
            None => axis,
        },
        empty: "And here one line for each layer, epoch by epoch.".to_owned(),
        ..Curves::default()
    };
    let count = history.first().map_or(0, |(_, layers)| layers.len());
    for layer in 0..count {
        let points = history.iter().filter_map(|(epoch, layers)| {
            layers
                .get(layer)
                .map(|gradient| (*epoch, f64::from(gradient.norm)))
        });
        let (line, colour) = match layer {
            0 => (Line::Test, network.role()),
            last if last + 1 == count => (Line::Test, Role::Ink),
            _ => (Line::Reference, network.role()),
        };
        let (label, short) = if layer + 1 == count {
            ("output".to_owned(), "out".to_owned())
        } else {
            (format!("layer {}", layer + 1), (layer + 1).to_string())
        };
        figure
            .series
            .push(Series::new(line, colour, label, points.collect()).short(short));
    }
    figure
}

/// The norms' range over both networks, in whole powers of ten; none before there are any.
pub fn shared_range(histories: &[&History]) -> Option<(f64, f64)> {
    let norms = histories
        .iter()
        .flat_map(|history| history.iter())
        .flat_map(|(_, layers)| layers.iter().map(|gradient| f64::from(gradient.norm)))
        .filter(|norm| norm.is_finite() && *norm > 0.0);
    let (low, high) = norms.fold((f64::INFINITY, 0.0_f64), |(low, high), norm| {
        (low.min(norm), high.max(norm))
    });
    (low <= high).then(|| {
        (
            10_f64.powf(low.log10().floor()),
            10_f64.powf((high * 1.01).log10().ceil()),
        )
    })
}

/// Classification error of both networks.
pub fn errors(networks: &[(Network, &[Point])], epochs: f64) -> Curves {
    let mut figure = Curves {
        x: Axis::linear("epoch").whole().range(0.0, epochs),
        y: Axis::linear("classification error")
            .unit("%")
            .range(0.0, 100.0),
        empty: "And here the share of digits that each network gets wrong.".to_owned(),
        ..Curves::default()
    };
    // A network without points has no name that would need room.
    let measured = networks.iter().filter(|(_, points)| !points.is_empty());
    for (network, points) in measured {
        let line = |of: fn(&Point) -> f64| -> Vec<(f64, f64)> {
            points
                .iter()
                .map(|point| (point.epoch, 100.0 * of(point)))
                .collect()
        };
        let (role, name) = (network.role(), network.name());
        figure.series.push(
            Series::new(
                Line::Training,
                role,
                format!("{name}, training"),
                line(|point| point.training.error),
            )
            .short(format!("{name}, train")),
        );
        figure.series.push(Series::new(
            Line::Test,
            role,
            format!("{name}, test"),
            line(|point| point.test.error),
        ));
    }
    if !figure.series.is_empty() {
        figure.rules.push(Rule::at_y(90.0, "guessing: 90 %"));
    }
    figure
}

/// First norm divided by last.
fn share(layers: &[LayerGradient]) -> Option<f64> {
    let (first, last) = (layers.first()?, layers.last()?);
    Some(f64::from(first.norm) / f64::from(last.norm)).filter(|share| share.is_finite())
}

/// What one network's layers do now, in words.
fn words(network: Network, layers: &[LayerGradient]) -> Option<String> {
    let slopes: Vec<f64> = layers
        .iter()
        .filter_map(|layer| layer.mean_slope.map(f64::from))
        .collect();
    let mean = slopes.iter().sum::<f64>() / slopes.len() as f64;
    Some(format!(
        "In the {} network the gradient of the first layer is {} times that of the last, with a mean slope of {}",
        network.name(),
        number(share(layers)?, 2),
        number(mean, 2),
    ))
}

/// The sentence under the figures.
pub fn sentence(
    relu: (&History, &[Point]),
    rival: (Rival, &History, &[Point]),
    layers: usize,
) -> String {
    let function = Network(rival.0.function());
    let (Some((epoch, relu_layers)), Some((rival_epoch, rival_layers))) =
        (relu.0.last(), rival.1.last())
    else {
        return format!(
            "Nothing trained yet. Press Run: two networks of {layers} hidden {}, alike in all but their function, will learn from \
             the same images.",
            if layers == 1 { "layer" } else { "layers" }
        );
    };
    let (Some(relu_words), Some(rival_words)) = (
        words(Network(Activation::Relu), relu_layers),
        words(function, rival_layers),
    ) else {
        return "A gradient has left the numbers.".to_owned();
    };
    let error = |points: &[Point]| {
        points
            .last()
            .map_or("\u{2013}".to_owned(), |point| percent(point.test.error))
    };
    let when = match epoch.min(*rival_epoch) {
        0.0 => "Before the first step".to_owned(),
        1.0 => "After 1 epoch".to_owned(),
        epoch => format!("After {} epochs", significant(epoch, 4)),
    };
    format!(
        "{rival_words} (it can be {} at most). {relu_words}. {when} they err on {} and {} of the test digits.",
        rival.0.largest_slope(),
        error(rival.2),
        error(relu.1),
    )
}

/// A norm of the table.
pub fn written(value: Option<f32>) -> String {
    value.map_or("\u{2013}".to_owned(), |value| plain(f64::from(value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::message::Measures;

    fn layer(norm: f32, mean_slope: Option<f32>) -> LayerGradient {
        LayerGradient { norm, mean_slope }
    }

    #[test]
    fn the_sentence_compares_first_and_last_layers() {
        let relu = vec![(2.0, vec![layer(1.0, Some(0.5)), layer(0.5, None)])];
        let sigmoid = vec![(2.0, vec![layer(0.01, Some(0.2)), layer(1.0, None)])];
        let measures = Measures {
            loss: 1.0,
            error: 0.25,
        };
        let points = [Point {
            epoch: 2.0,
            training: measures,
            learning: None,
            validation: None,
            test: measures,
        }];
        let text = sentence((&relu, &points), (Rival::Sigmoid, &sigmoid, &points), 1);
        assert!(
            text.contains("first layer is 0.01 times that of the last"),
            "{text}"
        );
        assert!(
            text.contains("mean slope of 0.2 (it can be 1/4 at most)"),
            "{text}"
        );
        assert!(text.contains("first layer is 2 times"), "{text}");
        assert!(
            text.contains("After 2 epochs they err on 25.0 % and 25.0 %"),
            "{text}"
        );
    }

    #[test]
    fn both_charts_share_whole_decades() {
        let history = vec![(
            0.0,
            vec![layer(0.02, None), layer(3.0, None), layer(0.0, None)],
        )];
        assert_eq!(shared_range(&[&history]), Some((0.01, 10.0)));
        assert_eq!(shared_range(&[&Vec::new()]), None);
    }
}
