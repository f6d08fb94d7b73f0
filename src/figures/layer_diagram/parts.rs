//! What stands in the diagram, in words.

use super::LayerDiagram;
use crate::figures::numerals::whole;
use crate::figures::palette::Role;
use crate::theory::architecture::{
    Architecture, ArchitectureError, Layer, Quantity, Settings, Sharing,
};

/// A space at which no line is broken.
const NO_BREAK: char = '\u{a0}';

/// What a layer looks like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Body {
    /// Square maps one behind another.
    Maps {
        /// How many.
        count: u32,
        /// Neurons along a side.
        side: u32,
        /// Zeros around each side.
        padding: u32,
        /// Side of a window that is larger than all of it.
        overhang: u32,
    },
    /// Neurons without a place in an image.
    Neurons {
        /// How many.
        count: u32,
        /// Whether each has its number beside it.
        numbered: bool,
    },
}

/// A layer with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What it looks like.
    pub body: Body,
    /// Its colour.
    pub role: Role,
    /// Its name.
    pub name: &'static str,
    /// Its tensor.
    pub tensor: String,
    /// Where the tensor comes from, and what is left out of it; quiet.
    pub notes: Vec<String>,
}

/// What happens between a layer and the next: its name, then its cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its name.
    pub name: String,
    /// What it takes.
    pub cost: String,
}

/// The diagram in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// Layers, from the input on.
    pub layers: Vec<Part>,
    /// Steps between them, one less than layers.
    pub steps: Vec<Step>,
    /// Why the network ends here; empty if it does not.
    pub complaint: String,
}

impl Parts {
    /// All of a network, or as much of it as there is.
    pub fn of(diagram: &LayerDiagram) -> Self {
        let s = &diagram.settings;
        match &diagram.network {
            Ok(net) => whole_network(net),
            Err(error) => {
                let (kernel, pool) = (s.kernel, s.pool_window);
                let (layers, steps) = match *error {
                    ArchitectureError::KernelLargerThanInput { .. } => {
                        (vec![input(s, kernel, Vec::new())], Vec::new())
                    }
                    ArchitectureError::PoolLargerThanMap { map_side, .. } => (
                        vec![input(s, 0, Vec::new()), maps(s, map_side, pool, Vec::new())],
                        vec![Step {
                            name: convolution_name(s),
                            cost: String::new(),
                        }],
                    ),
                    ArchitectureError::Zero { .. } | ArchitectureError::TooLarge { .. } => {
                        (Vec::new(), Vec::new())
                    }
                };
                Self {
                    layers,
                    steps,
                    complaint: error.to_string(),
                }
            }
        }
    }
}

/// What strides do not reach, one sentence for each layer that loses something.
pub fn left_out(net: &Architecture) -> Vec<String> {
    let mut sentences = Vec::new();
    let convolution = net.convolution_coverage();
    if net.settings().sharing != Sharing::Dense && convolution.seen() < convolution.side {
        sentences.push(format!("Convolution: {convolution}"));
    }
    let pooling = net.pooling_coverage();
    if pooling.seen() < pooling.side {
        sentences.push(format!("Pooling: {pooling}"));
    }
    sentences
}

/// The same in a few words under the layer that loses it.
fn lost(dropped: u32, skipped: u32) -> Vec<String> {
    let rows = |count: u32| {
        if count == 1 {
            "1 row and column".to_owned()
        } else {
            format!("{count} rows and columns")
        }
    };
    let mut notes = Vec::new();
    if dropped > 0 {
        notes.push(format!("{} dropped", rows(dropped)));
    }
    if skipped > 0 {
        notes.push(format!("{} skipped", rows(skipped)));
    }
    notes
}

fn whole_network(net: &Architecture) -> Parts {
    let s = net.settings();
    let count = |layer, quantity| whole(net.count(layer, quantity));
    let (convolution, pooling) = (net.convolution_coverage(), net.pooling_coverage());
    let mut unseen = Vec::new();
    if s.padding > 0 {
        let zeros = if s.padding == 1 { "zero" } else { "zeros" };
        unseen.push(format!("{} {zeros} on each side", s.padding));
    }
    if s.sharing != Sharing::Dense {
        unseen.extend(lost(convolution.dropped, convolution.skipped));
    }
    let mut unpooled = vec![side_of(net, Layer::Convolution)];
    unpooled.extend(lost(pooling.dropped, pooling.skipped));
    let neurons = |layer: Layer, name, count, role, letter: &str, numbered| Part {
        body: Body::Neurons { count, numbered },
        role,
        name,
        tensor: whole(net.count(layer, Quantity::Neurons)),
        notes: vec![format!("{letter}{NO_BREAK}neurons")],
    };
    let fully_connected = |layer| Step {
        name: "fully connected".to_owned(),
        cost: format!("{} inputs each", count(layer, Quantity::InputsPerNeuron)),
    };
    let parameters = count(Layer::Convolution, Quantity::Parameters);
    Parts {
        layers: vec![
            input(s, 0, unseen),
            maps(s, convolution.windows, 0, unpooled),
            Part {
                body: Body::Maps {
                    count: s.feature_maps,
                    side: pooling.windows,
                    padding: 0,
                    overhang: 0,
                },
                role: LayerDiagram::role("M"),
                name: "pooled maps",
                tensor: tensor(s.feature_maps, pooling.windows),
                notes: vec![side_of(net, Layer::Pooling)],
            },
            neurons(
                Layer::Dense,
                "dense layer",
                s.dense_neurons,
                LayerDiagram::role("K"),
                "K",
                false,
            ),
            neurons(Layer::Output, "output", s.classes, Role::Ink, "L", true),
        ],
        steps: vec![
            Step {
                name: convolution_name(s),
                cost: match s.sharing {
                    Sharing::Shared => format!("{parameters} shared parameters"),
                    Sharing::Local | Sharing::Dense => format!("{parameters} parameters"),
                },
            },
            Step {
                name: format!(
                    "max-pooling {}, stride{NO_BREAK}{}",
                    square(s.pool_window),
                    s.pool_stride
                ),
                cost: "no parameters".to_owned(),
            },
            fully_connected(Layer::Dense),
            fully_connected(Layer::Output),
        ],
        complaint: String::new(),
    }
}

fn convolution_name(s: &Settings) -> String {
    match s.sharing {
        Sharing::Shared => format!(
            "convolution {}, stride{NO_BREAK}{}",
            square(s.kernel),
            s.stride
        ),
        Sharing::Local => format!(
            "own {} weights, stride{NO_BREAK}{}",
            square(s.kernel),
            s.stride
        ),
        Sharing::Dense => "each neuron sees all".to_owned(),
    }
}

fn input(s: &Settings, overhang: u32, notes: Vec<String>) -> Part {
    let mut formula = vec![if s.channels > 1 {
        format!("C{NO_BREAK}×{NO_BREAK}N{NO_BREAK}×{NO_BREAK}N")
    } else {
        format!("N{NO_BREAK}×{NO_BREAK}N")
    }];
    formula.extend(notes);
    Part {
        body: Body::Maps {
            count: s.channels,
            side: s.input_side,
            padding: s.padding,
            overhang,
        },
        role: LayerDiagram::role("N"),
        name: "input",
        tensor: if s.channels > 1 {
            tensor(s.channels, s.input_side)
        } else {
            square(s.input_side)
        },
        notes: formula,
    }
}

fn maps(s: &Settings, side: u32, overhang: u32, notes: Vec<String>) -> Part {
    Part {
        body: Body::Maps {
            count: s.feature_maps,
            side,
            padding: 0,
            overhang,
        },
        role: LayerDiagram::role("M"),
        name: "feature maps",
        tensor: tensor(s.feature_maps, side),
        notes,
    }
}

fn square(side: u32) -> String {
    format!("{side}{NO_BREAK}×{NO_BREAK}{side}")
}

fn tensor(maps: u32, side: u32) -> String {
    format!("{maps}{NO_BREAK}×{NO_BREAK}{}", square(side))
}

/// "side N − 4".
fn side_of(net: &Architecture, layer: Layer) -> String {
    format!("side {}", net.side(layer).in_sizes)
}
