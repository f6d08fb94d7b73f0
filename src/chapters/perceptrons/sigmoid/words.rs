//! What the widget says about its present state.

use super::C;
use super::figures::{Measured, Now};
use crate::figures::numerals::number;
use crate::theory::deviation::one_neuron_c;
use crate::theory::perceptron::NeuronId;

/// Over the curve.
pub fn curve_caption(neuron: NeuronId, depth: usize) -> String {
    if depth == 1 {
        format!("Neuron {}", neuron.neuron + 1)
    } else {
        format!("Neuron {} of layer {}", neuron.neuron + 1, neuron.layer + 1)
    }
}

/// The sentence under the widget.
pub fn sentence(measured: &Measured, now: &Now) -> String {
    let deviation = match now.worst.deviation {
        0.0 => "nothing that a double could hold".to_owned(),
        deviation => number(deviation, 3),
    };
    let bound = if now.worst.bound >= 1.0 {
        "the bound does not say anything yet".to_owned()
    } else {
        format!("the bound says {}", number(now.worst.bound, 3))
    };
    let margin = if measured.margin.value == 0.0 {
        " Some neuron is on its edge, z = 0, at some input: that is the case of section 1.3."
            .to_owned()
    } else {
        format!(
            " The least margin |z| is {}, at neuron {} of layer {}: it rules the rate.",
            number(measured.margin.value, 3),
            measured.margin.neuron.neuron + 1,
            measured.margin.neuron.layer + 1
        )
    };
    format!(
        "With c = {} the outputs of both networks differ by at most {deviation} over all {} Boolean inputs; {bound}.{margin}",
        number(now.c, 3),
        measured.inputs,
    )
}

/// How large must c be?
pub fn answer(measured: &Measured, now: &Now) -> String {
    let epsilon = number(now.epsilon, 2);
    let exact = one_neuron_c(measured.margin.value, now.epsilon).filter(|_| measured.single);
    match (exact, now.sufficient) {
        (Some(c), _) => format!(
            "A deviation of at most {epsilon} is reached exactly from c = ln(1/\u{3b5} \u{2212} 1) / |z| = {} on, |z| = {}.",
            number(c, 4),
            number(measured.margin.value, 3)
        ),
        (None, Some(c)) if c > C.1 => format!(
            "A deviation of at most {epsilon} is sure from c = {} on, beyond this slider.",
            number(c, 4)
        ),
        (None, Some(c)) => format!(
            "A deviation of at most {epsilon} is sure from c = {} on: there the bound reaches it.",
            number(c, 4)
        ),
        (None, None) => format!(
            "No c is enough for {epsilon} by this bound: a neuron on its edge reaches an output."
        ),
    }
}
