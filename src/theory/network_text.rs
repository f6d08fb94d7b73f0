//! A network as a short text for links, and back without loss.
//!
//! `2~-2,-2,3_1,1,-1.5~1,1,-0.5`: the number of inputs, then each layer after a `~`; neurons apart by `_`; a neuron
//! is its weights and then its bias, apart by `,`. Numbers are the shortest decimals that give the same `f64` back.
//! All characters may stand unescaped in the fragment of a URL.

use super::perceptron::{
    MAX_INPUTS, MAX_LAYERS, MAX_NEURONS, NetworkError, Perceptron, PerceptronNetwork,
};
use std::fmt;

/// Longest text that is read, in bytes: the largest network whose every number needs 24 characters and a separator.
pub const MAX_TEXT: usize = 8 + MAX_LAYERS * MAX_NEURONS * (MAX_INPUTS + 1) * 25;

/// Why a text is not a network.
#[derive(Clone, Debug, PartialEq)]
pub enum TextError {
    /// Longer than [`MAX_TEXT`] bytes.
    TooLong(usize),
    /// This part should be the number of inputs.
    Inputs(String),
    /// This part should be a number.
    Number(String),
    /// The text reads well but its network is not allowed.
    Network(NetworkError),
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            TextError::TooLong(length) => write!(
                f,
                "The network in the link is {length} characters long; the largest that fits here needs {MAX_TEXT}. \
                 Copy the link again."
            ),
            TextError::Inputs(part) => write!(
                f,
                "The network in the link should begin with its number of inputs, but begins with \"{part}\". \
                 Copy the whole link again."
            ),
            TextError::Number(part) => write!(
                f,
                "The network in the link has \"{part}\" where a weight or bias should be. Copy the whole link again."
            ),
            TextError::Network(error) => {
                write!(f, "The network in the link cannot be shown. {error}")
            }
        }
    }
}

impl std::error::Error for TextError {}

/// The network as text.
pub fn write(network: &PerceptronNetwork) -> String {
    let mut text = network.inputs().to_string();
    for layer in network.layers() {
        for (neuron, unit) in layer.iter().enumerate() {
            text.push(if neuron == 0 { '~' } else { '_' });
            for (i, &value) in unit.weights.iter().chain([&unit.bias]).enumerate() {
                if i > 0 {
                    text.push(',');
                }
                text.push_str(&shortest(value));
            }
        }
    }
    text
}

/// The network that `text` describes. Errors say which part is wrong; the text may come from anywhere.
pub fn read(text: &str) -> Result<PerceptronNetwork, TextError> {
    if text.len() > MAX_TEXT {
        return Err(TextError::TooLong(text.len()));
    }
    let mut parts = text.split('~');
    let inputs = parts.next().unwrap_or_default();
    let inputs: usize = inputs
        .parse()
        .map_err(|_| TextError::Inputs(excerpt(inputs)))?;
    let layers = parts
        .map(|layer| layer.split('_').map(read_unit).collect())
        .collect::<Result<_, _>>()?;
    PerceptronNetwork::new(inputs, layers).map_err(TextError::Network)
}

fn read_unit(text: &str) -> Result<Perceptron, TextError> {
    let mut weights = text
        .split(',')
        .map(read_number)
        .collect::<Result<Vec<_>, _>>()?;
    let bias = weights
        .pop()
        .ok_or_else(|| TextError::Number(String::new()))?;
    Ok(Perceptron::new(weights, bias))
}

fn read_number(text: &str) -> Result<f64, TextError> {
    // The words that Rust reads as numbers (inf, nan) are refused by the bound on magnitudes.
    text.parse().map_err(|_| TextError::Number(excerpt(text)))
}

/// Enough of a wrong part to recognise it, never more.
fn excerpt(text: &str) -> String {
    text.chars().take(24).collect()
}

/// The shorter of the plain and the scientific shortest round-trip decimal.
fn shortest(value: f64) -> String {
    let (plain, scientific) = (format!("{value}"), format!("{value:e}"));
    if scientific.len() < plain.len() {
        scientific
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::logic;

    #[test]
    fn the_half_adder_reads_as_written() {
        let text = "2~-2,-2,3_2,0,-1_0,2,-1~-2,-2,0,3_-2,0,-2,3_2,0,0,-1~-2,-2,0,3_0,0,-4,3";
        assert_eq!(write(&logic::half_adder()), text);
        assert_eq!(read(text), Ok(logic::half_adder()));
    }

    #[test]
    fn a_wrong_text_is_refused_with_its_reason() {
        assert_eq!(read(""), Err(TextError::Inputs(String::new())));
        assert_eq!(read("x~1,1"), Err(TextError::Inputs("x".into())));
        assert_eq!(read("1~1,zwei"), Err(TextError::Number("zwei".into())));
        assert_eq!(read("1~1,"), Err(TextError::Number(String::new())));
        assert_eq!(read("2"), Err(TextError::Network(NetworkError::Layers(0))));
        assert_eq!(
            read("1~1,inf"),
            Err(TextError::Network(NetworkError::Magnitude(f64::INFINITY)))
        );
        assert!(matches!(
            read("1~1,nan"),
            Err(TextError::Network(NetworkError::Magnitude(_)))
        ));
        assert!(matches!(
            read("2~1,1"),
            Err(TextError::Network(NetworkError::Weights {
                found: 1,
                expected: 2,
                ..
            }))
        ));
        assert_eq!(
            read(&"1".repeat(MAX_TEXT + 1)),
            Err(TextError::TooLong(MAX_TEXT + 1))
        );
        assert!(read(&"~".repeat(MAX_TEXT)).is_err());
    }
}
