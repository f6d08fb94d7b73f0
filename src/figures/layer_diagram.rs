//! A convolutional network drawn to scale, each layer with its name and its tensor: a figure for the page and for a slide.
//!
//! One length stands for one neuron in the input, in every feature map and in every pooled map. All maps and all dense neurons are
//! there. One window of the kernel and one of the pooling are followed to the neuron that they feed, one dense and one output neuron to
//! everything that they read. Sizes that do not fit are drawn as far as they go, and the figure says why it ends.
//!
//! | file | what it owns |
//! |---|---|
//! | `parts` | what stands in the diagram, in words: layers, steps between them, what is left out |
//! | `layout` | where it stands: from left to right, or from top to bottom where there is no room |
//! | `words`, `neurons` | lines of text in boxes; neurons in rows and columns |
//! | `drawing`, `unread` | the ink; what strides leave out |

mod drawing;
mod layout;
mod measured;
mod neurons;
mod parts;
mod unread;
mod words;

pub use parts::left_out;

use super::numerals::whole;
use super::outline::Rect;
use super::palette::Role;
use super::sheet::Sheet;
use super::style::Style;
use super::{Drawn, Figure};
use crate::theory::architecture::{
    Architecture, ArchitectureError, Layer, Quantity, Settings, Sharing,
};

/// Narrower than this, in CSS pixels at scale 1, the layers stand one below another.
const NARROW: f64 = 700.0;

/// The figure.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerDiagram {
    settings: Settings,
    network: Result<Architecture, ArchitectureError>,
}

impl LayerDiagram {
    /// The diagram of a network, or of what keeps the settings from being one.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            network: Architecture::new(settings),
        }
    }

    /// A good height for a width, CSS pixels at scale 1.
    pub fn height(width: f64) -> f64 {
        if width < NARROW {
            730.0
        } else {
            (0.42 * width).clamp(370.0, 480.0)
        }
    }

    /// The colour of a setting, the same in the diagram, in formulas and at its slider: N, M, K, F (kernel), Q (pooling window). Others
    /// are plain.
    pub fn role(letter: &str) -> Role {
        match letter {
            "N" => Role::RunA,
            "F" => Role::RunB,
            "Q" => Role::Further(0),
            "M" => Role::Further(1),
            "K" => Role::Further(2),
            _ => Role::Ink,
        }
    }

    /// Where every name and number of the diagram stands, on `width` x `height` CSS pixels. No two of them overlap.
    pub fn text_places(&self, width: f64, height: f64, style: &Style) -> Vec<Rect> {
        let layout = layout::Layout::new(self, width, height, style);
        layout.text_places(style)
    }
}

impl Figure for LayerDiagram {
    fn draw(&self, sheet: &Sheet<'_>) -> Drawn {
        let layout = layout::Layout::new(self, sheet.width(), sheet.height(), sheet.style());
        drawing::draw(self, &layout, sheet)
    }

    fn describe(&self) -> String {
        let s = &self.settings;
        let net = match &self.network {
            Ok(net) => net,
            Err(error) => return format!("This is not a network. {error}"),
        };
        let count = |layer, quantity| whole(net.count(layer, quantity));
        let side = |layer| net.tensor(layer)[1];
        let sees = match s.sharing {
            Sharing::Shared => format!("a shared {0} × {0} kernel", s.kernel),
            Sharing::Local => format!("{0} × {0} kernels of their own", s.kernel),
            Sharing::Dense => "the whole input".to_owned(),
        };
        let mut text = format!(
            "Input {n} × {n}; {m} feature maps of {a} × {a} neurons, each with {sees}; {m} pooled maps of {b} × {b}; {k} dense neurons with {dense} \
             inputs each; {l} outputs with {output} inputs each; {all} parameters in all.",
            n = s.input_side,
            m = s.feature_maps,
            a = side(Layer::Convolution),
            b = side(Layer::Pooling),
            k = s.dense_neurons,
            l = s.classes,
            dense = count(Layer::Dense, Quantity::InputsPerNeuron),
            output = count(Layer::Output, Quantity::InputsPerNeuron),
            all = whole(net.total(Quantity::Parameters)),
        );
        for note in left_out(net) {
            text += &format!(" {note}");
        }
        text
    }
}
