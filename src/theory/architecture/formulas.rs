//! Every count as a formula: in all letters, in N, M and K alone, and with the numbers put in.

use super::{Architecture, Layer, Quantity, Sharing};
use crate::theory::activation::formula::{Formula, Function, integer, symbol};

/// A count, stated four ways.
#[derive(Clone, Debug, PartialEq)]
pub struct CountFormula {
    /// In all letters, with A and B for the sides of the maps: `M·A²·(C·F² + 1)`.
    pub general: Formula,
    /// In the sheet's N, M and K, every other setting worked in: `26·M·(N − 4)²`.
    pub in_sizes: Formula,
    /// The general formula with every number put in: `20·24²·(1·5² + 1)`.
    pub with_numbers: Formula,
    /// Its value: 299,520.
    pub value: u128,
}

/// C F^2, the inputs of a neuron with a small window; C N^2 for one that sees everything.
fn convolution_inputs(sharing: Sharing) -> Formula {
    let side = if sharing == Sharing::Dense { "N" } else { "F" };
    symbol("C") * symbol(side).squared()
}

fn neurons(layer: Layer) -> Formula {
    match layer {
        Layer::Input => symbol("C") * symbol("N").squared(),
        Layer::Convolution => symbol("M") * symbol("A").squared(),
        Layer::Pooling => symbol("M") * symbol("B").squared(),
        Layer::Dense => symbol("K"),
        Layer::Output => symbol("L"),
    }
}

/// The inputs of one neuron, without bias.
fn inputs(layer: Layer, sharing: Sharing) -> Formula {
    match layer {
        Layer::Input => integer(0),
        Layer::Convolution => convolution_inputs(sharing),
        Layer::Pooling => symbol("Q").squared(),
        Layer::Dense => neurons(Layer::Pooling),
        Layer::Output => neurons(Layer::Dense),
    }
}

fn general(layer: Layer, quantity: Quantity, sharing: Sharing) -> Formula {
    let inputs = || inputs(layer, sharing);
    let learns = !matches!(layer, Layer::Input | Layer::Pooling);
    match quantity {
        Quantity::Neurons => neurons(layer),
        Quantity::InputsPerNeuron => inputs(),
        // Neither the input nor pooling has parameters to multiply with, and the input has no connections either.
        Quantity::Parameters | Quantity::MultiplyAdds if !learns => integer(0),
        Quantity::Connections | Quantity::ConnectionsWithBias if layer == Layer::Input => {
            integer(0)
        }
        Quantity::Parameters if layer == Layer::Convolution && sharing == Sharing::Shared => {
            symbol("M") * (inputs() + 1)
        }
        Quantity::Parameters => neurons(layer) * (inputs() + 1),
        Quantity::ConnectionsWithBias if learns => neurons(layer) * (inputs() + 1),
        Quantity::Connections | Quantity::ConnectionsWithBias | Quantity::MultiplyAdds => {
            neurons(layer) * inputs()
        }
    }
}

/// A = floor((N + 2P - F) / S) + 1.
fn map_side() -> Formula {
    ((symbol("N") + integer(2) * symbol("P") - symbol("F")) / symbol("S")).call(Function::Floor) + 1
}

/// B = floor((A - Q) / R) + 1.
fn pooled_side() -> Formula {
    ((symbol("A") - symbol("Q")) / symbol("R")).call(Function::Floor) + 1
}

impl Architecture {
    /// A count in one layer, with its formula.
    pub fn formula(&self, layer: Layer, quantity: Quantity) -> CountFormula {
        self.state(general(layer, quantity, self.settings.sharing))
    }

    /// The rows (and columns) of a layer's maps, with its formula: N, A or B, else 1.
    pub fn side(&self, layer: Layer) -> CountFormula {
        self.state(match layer {
            Layer::Input => symbol("N"),
            Layer::Convolution => map_side(),
            Layer::Pooling => pooled_side(),
            Layer::Dense | Layer::Output => integer(1),
        })
    }

    fn state(&self, general: Formula) -> CountFormula {
        let s = &self.settings;
        let geometry = [
            ("C", s.channels),
            ("F", s.kernel),
            ("S", s.stride),
            ("P", s.padding),
            ("Q", s.pool_window),
            ("R", s.pool_stride),
            ("L", s.classes),
        ];
        let sizes = [
            ("N", s.input_side),
            ("M", s.feature_maps),
            ("K", s.dense_neurons),
            ("A", self.convolution.windows),
            ("B", self.pooling.windows),
        ];
        let wide = |(letter, value): &(&'static str, u32)| (*letter, u128::from(*value));
        let geometry: Vec<_> = geometry.iter().map(wide).collect();
        let sizes: Vec<_> = sizes.iter().map(wide).collect();

        let expanded = general
            .substitute("B", &pooled_side())
            .substitute("A", &map_side());
        let in_sizes = expanded.with_numbers(&geometry).folded();
        let with_numbers = general.with_numbers(&geometry).with_numbers(&sizes);
        let value = with_numbers
            .count()
            .and_then(|value| u128::try_from(value).ok());
        let value = value.expect("checked settings have exact counts below 2^101");
        CountFormula {
            general,
            in_sizes,
            with_numbers,
            value,
        }
    }
}
