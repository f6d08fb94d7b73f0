//! Weights as bytes and back, in the safetensors format that PyTorch, JAX and others read.
//!
//! A layer with parameters has two tensors, named as in PyTorch's `Sequential` by its index among all layers:
//! `0.weight` and `0.bias`, in PyTorch's shapes: a convolution's weights (map, channel, row, column), a dense layer's
//! (output, input), biases (output).

use std::fmt;

use half::f16;
use safetensors::tensor::{Dtype, SafeTensors, TensorView, View};

use crate::engine::benchmark::sheet_network;
use crate::engine::layer::Layer;
use crate::engine::network::Network;

/// The weights that the page brings along: the homework sheet's network, trained by `tools/weights/train.rs`.
pub const FILE_NAME: &str = "sheet-network.safetensors";

/// Why bytes are not the weights of a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WeightsError {
    /// Not a safetensors file; its reader's own words.
    Format(String),
    /// A tensor that the network needs is not there.
    Missing(String),
    /// A tensor has another shape than the network's.
    Shape {
        /// Its name.
        tensor: String,
        /// Shape in the file.
        found: Vec<usize>,
        /// Shape of the network.
        expected: Vec<usize>,
    },
    /// Numbers of another kind than f32 and f16.
    Kind {
        /// The tensor's name.
        tensor: String,
        /// The kind in the file.
        found: String,
    },
    /// A weight is infinite or not a number.
    NotFinite(String),
}

impl fmt::Display for WeightsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Format(reason) => write!(formatter, "this is not a safetensors file: {reason}"),
            Self::Missing(tensor) => write!(formatter, "the tensor {tensor} is missing"),
            Self::Shape {
                tensor,
                found,
                expected,
            } => write!(
                formatter,
                "the tensor {tensor} has shape {found:?}; the network needs {expected:?}"
            ),
            Self::Kind { tensor, found } => write!(
                formatter,
                "the tensor {tensor} holds {found} numbers; only F32 and F16 can be read"
            ),
            Self::NotFinite(tensor) => write!(
                formatter,
                "the tensor {tensor} holds a number that is infinite or not a number"
            ),
        }
    }
}

impl std::error::Error for WeightsError {}

/// Names and shapes of the tensors of `network`, in the order of [`Network::parameters`].
fn tensors(network: &Network) -> Vec<(String, Vec<usize>)> {
    let mut tensors = Vec::new();
    for (index, layer) in network.layers().iter().enumerate() {
        let (weight, bias) = match layer {
            Layer::Dense(dense) => (vec![dense.outputs(), dense.inputs()], dense.outputs()),
            Layer::Convolution(convolution) => {
                (convolution.weights().shape().to_vec(), convolution.maps())
            }
            Layer::LocallyConnected(local) => {
                (local.weights().shape().to_vec(), local.biases().len())
            }
            Layer::Pool(_) | Layer::Flatten(_) | Layer::Activation(_) | Layer::Dropout(_) => {
                continue;
            }
        };
        tensors.push((format!("{index}.weight"), weight));
        tensors.push((format!("{index}.bias"), vec![bias]));
    }
    tensors
}

/// The weights of `network` as f16 (half the bytes; relative rounding at most 2^-11), in safetensors format.
pub fn to_safetensors(network: &Network) -> Vec<u8> {
    let parameters = network.parameters();
    let mut start = 0;
    let mut views = Vec::new();
    for (name, shape) in tensors(network) {
        let count: usize = shape.iter().product();
        let bytes: Vec<u8> = parameters[start..start + count]
            .iter()
            .flat_map(|value| f16::from_f32(*value).to_le_bytes())
            .collect();
        start += count;
        views.push((name, Half { shape, bytes }));
    }
    safetensors::serialize(views, None).expect("shapes and bytes agree")
}

/// A tensor of f16.
struct Half {
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

impl View for Half {
    fn dtype(&self) -> Dtype {
        Dtype::F16
    }

    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn data(&self) -> std::borrow::Cow<'_, [u8]> {
        self.bytes.as_slice().into()
    }

    fn data_len(&self) -> usize {
        self.bytes.len()
    }
}

/// Gives `network` the weights in `bytes`. Tensors that the network does not name are left alone.
///
/// # Errors
/// If `bytes` do not hold them; the network is then as before.
pub fn fill(network: &mut Network, bytes: &[u8]) -> Result<(), WeightsError> {
    let file =
        SafeTensors::deserialize(bytes).map_err(|error| WeightsError::Format(error.to_string()))?;
    let mut parameters = Vec::with_capacity(network.parameter_count());
    for (name, expected) in tensors(network) {
        let Ok(tensor) = file.tensor(&name) else {
            return Err(WeightsError::Missing(name));
        };
        if tensor.shape() != expected {
            return Err(WeightsError::Shape {
                found: tensor.shape().to_vec(),
                tensor: name,
                expected,
            });
        }
        let start = parameters.len();
        parameters.extend(numbers(&tensor, &name)?);
        if !parameters[start..].iter().all(|value| value.is_finite()) {
            return Err(WeightsError::NotFinite(name));
        }
    }
    network.set_parameters(&parameters);
    Ok(())
}

fn numbers(tensor: &TensorView<'_>, name: &str) -> Result<Vec<f32>, WeightsError> {
    let (four, _) = tensor.data().as_chunks::<4>();
    let (two, _) = tensor.data().as_chunks::<2>();
    match tensor.dtype() {
        Dtype::F32 => Ok(four
            .iter()
            .map(|bytes| f32::from_le_bytes(*bytes))
            .collect()),
        Dtype::F16 => Ok(two
            .iter()
            .map(|bytes| f16::from_le_bytes(*bytes).to_f32())
            .collect()),
        other => Err(WeightsError::Kind {
            tensor: name.to_owned(),
            found: format!("{other:?}"),
        }),
    }
}

/// The homework sheet's network (28x28 -> convolution 5x5, 20 maps -> ReLU -> max-pool 2x2 -> dense 100 -> ReLU ->
/// dense 10; layers 0 to 5) with the weights in `bytes`.
///
/// # Errors
/// As [`fill`].
pub fn trained_sheet_network(bytes: &[u8]) -> Result<Network, WeightsError> {
    let mut network = sheet_network(0);
    fill(&mut network, bytes)?;
    Ok(network)
}
