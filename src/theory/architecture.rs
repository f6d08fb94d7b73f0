//! A convolutional network as arithmetic (homework task 2; Nielsen, chapter 6): input -> convolution -> pooling -> dense -> output.
//!
//! | letter | meaning | default |
//! |---|---|---|
//! | N | rows and columns of the input | 28 |
//! | C | channels of the input | 1 |
//! | M | feature maps | 20 |
//! | F, S, P | rows and columns of the kernel, stride, rows of zeros padded on each side | 5, 1, 0 |
//! | Q, R | rows and columns of the pooling window, pooling stride | 2, 2 |
//! | K | dense neurons | 100 |
//! | L | classes | 10 |
//! | A | rows and columns of a feature map, floor((N + 2P - F) / S) + 1 | 24 |
//! | B | rows and columns of a pooled map, floor((A - Q) / R) + 1 | 12 |
//!
//! What a stride does not reach is dropped (floor; PyTorch's default, Theano's `ignore_border=True`): [`Coverage`] says how much. Every
//! count is the value of the [`CountFormula`] that the page shows. Tensors have the axes (maps, rows, columns).

mod cost;
mod coverage;
mod error;
mod formulas;

pub use cost::{Memory, TrainingCost};
pub use coverage::Coverage;
pub use error::ArchitectureError;
pub use formulas::CountFormula;

/// Which neurons of the convolution share their weights, and how far each one sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sharing {
    /// All neurons of a feature map use the same kernel and bias: a convolution.
    #[default]
    Shared,
    /// Each neuron has a kernel and a bias of its own, on the same small window.
    Local,
    /// Each neuron sees the whole input with weights of its own.
    Dense,
}

/// What can be chosen, in the letters of [`super::architecture`]. Every value at most [`Settings::MAXIMUM`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Settings {
    /// N.
    pub input_side: u32,
    /// C.
    pub channels: u32,
    /// M.
    pub feature_maps: u32,
    /// F.
    pub kernel: u32,
    /// S.
    pub stride: u32,
    /// P; the only one that may be 0.
    pub padding: u32,
    /// Q.
    pub pool_window: u32,
    /// R.
    pub pool_stride: u32,
    /// K.
    pub dense_neurons: u32,
    /// L.
    pub classes: u32,
    /// Whether the convolution shares its weights.
    pub sharing: Sharing,
}

impl Settings {
    /// The largest value of every setting: 65,536. With it no count exceeds 2^101 (fully dense, C N^2 M A^2), so none overflows.
    pub const MAXIMUM: u32 = 65_536;
}

impl Default for Settings {
    /// The homework sheet's network.
    fn default() -> Settings {
        Settings {
            input_side: 28,
            channels: 1,
            feature_maps: 20,
            kernel: 5,
            stride: 1,
            padding: 0,
            pool_window: 2,
            pool_stride: 2,
            dense_neurons: 100,
            classes: 10,
            sharing: Sharing::Shared,
        }
    }
}

/// A layer of the network, from the input on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layer {
    /// The image.
    Input,
    /// M feature maps.
    Convolution,
    /// The feature maps pooled.
    Pooling,
    /// K neurons, each connected to every pooled neuron.
    Dense,
    /// L neurons, each connected to every dense neuron.
    Output,
}

impl Layer {
    /// Every layer, from the input on.
    pub const ALL: [Layer; 5] = [
        Layer::Input,
        Layer::Convolution,
        Layer::Pooling,
        Layer::Dense,
        Layer::Output,
    ];

    /// The name as the page writes it.
    pub fn name(self) -> &'static str {
        match self {
            Layer::Input => "input",
            Layer::Convolution => "convolution",
            Layer::Pooling => "pooling",
            Layer::Dense => "dense",
            Layer::Output => "output",
        }
    }
}

/// What is counted in a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// Its neurons.
    Neurons,
    /// The inputs of one of its neurons, without the bias. Zeros of the padding count, as they do in the arithmetic.
    InputsPerNeuron,
    /// Its incoming connections, without biases.
    Connections,
    /// Its incoming connections, each neuron's bias counted as one more. (Input and pooling have no biases.)
    ConnectionsWithBias,
    /// Its weights and biases that can be chosen independently: shared ones count once.
    Parameters,
    /// Multiply-adds of one forward pass for one sample: one for each connection without bias; pooling compares and needs none.
    MultiplyAdds,
}

impl Quantity {
    /// Every quantity.
    pub const ALL: [Quantity; 6] = [
        Quantity::Neurons,
        Quantity::InputsPerNeuron,
        Quantity::Connections,
        Quantity::ConnectionsWithBias,
        Quantity::Parameters,
        Quantity::MultiplyAdds,
    ];
}

/// A network whose sizes fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Architecture {
    settings: Settings,
    convolution: Coverage,
    pooling: Coverage,
}

impl Architecture {
    /// Checks the settings once; everything after cannot fail.
    ///
    /// # Errors
    /// A setting that is 0 (padding may be) or above [`Settings::MAXIMUM`]; a kernel larger than the padded input; a pooling window larger than
    /// a feature map.
    pub fn new(settings: Settings) -> Result<Architecture, ArchitectureError> {
        error::check_each(&settings)?;
        let Settings {
            input_side,
            kernel,
            stride,
            padding,
            pool_window,
            pool_stride,
            ..
        } = settings;
        let Some(convolution) = Coverage::of(input_side, padding, kernel, stride) else {
            return Err(ArchitectureError::KernelLargerThanInput {
                kernel,
                input_side,
                padding,
            });
        };
        let Some(pooling) = Coverage::of(convolution.windows, 0, pool_window, pool_stride) else {
            return Err(ArchitectureError::PoolLargerThanMap {
                pool_window,
                map_side: convolution.windows,
            });
        };
        Ok(Architecture {
            settings,
            convolution,
            pooling,
        })
    }

    /// What it was built from.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// How the kernel's windows cover the input, along one axis. (With [`Sharing::Dense`] each neuron sees all of it and this only says
    /// how many neurons there are.)
    pub fn convolution_coverage(&self) -> Coverage {
        self.convolution
    }

    /// How the pooling windows cover a feature map, along one axis.
    pub fn pooling_coverage(&self) -> Coverage {
        self.pooling
    }

    /// A layer's tensor, (maps, rows, columns); dense and output are rows of single neurons: (K, 1, 1).
    pub fn tensor(&self, layer: Layer) -> [u32; 3] {
        let Settings {
            input_side,
            channels,
            feature_maps,
            dense_neurons,
            classes,
            ..
        } = self.settings;
        match layer {
            Layer::Input => [channels, input_side, input_side],
            Layer::Convolution => [
                feature_maps,
                self.convolution.windows,
                self.convolution.windows,
            ],
            Layer::Pooling => [feature_maps, self.pooling.windows, self.pooling.windows],
            Layer::Dense => [dense_neurons, 1, 1],
            Layer::Output => [classes, 1, 1],
        }
    }

    /// A count in one layer.
    pub fn count(&self, layer: Layer, quantity: Quantity) -> u128 {
        self.formula(layer, quantity).value
    }

    /// A count in all layers together. (For [`Quantity::InputsPerNeuron`] a sum that means nothing.)
    pub fn total(&self, quantity: Quantity) -> u128 {
        Layer::ALL
            .iter()
            .map(|&layer| self.count(layer, quantity))
            .sum()
    }

    /// How many of the convolution's connections lead to zeros of the padding; they are among [`Quantity::Connections`]. A neuron that sees the
    /// whole input ([`Sharing::Dense`]) sees no padding.
    pub fn connections_to_padding(&self) -> u128 {
        if self.settings.sharing == Sharing::Dense {
            return 0;
        }
        let all = u128::from(self.convolution.windows) * u128::from(self.settings.kernel);
        let real = u128::from(self.convolution.taps);
        u128::from(self.settings.channels)
            * u128::from(self.settings.feature_maps)
            * (all * all - real * real)
    }
}
