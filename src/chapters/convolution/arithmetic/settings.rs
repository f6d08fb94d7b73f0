//! Settings of the diagram, each in the link.

use leptos::prelude::*;

use crate::theory::architecture::{self, Layer, Quantity, Sharing};
use crate::ui::link::{Codec, Link};

/// The widget's name in links.
pub const ID: &str = "arithmetic";

/// A size with its slider.
pub struct Size {
    /// Name in links and styles.
    pub key: &'static str,
    /// Label of the slider.
    pub label: &'static str,
    /// Least value.
    pub least: f64,
    /// Largest value.
    pub most: f64,
    /// The sheet's value.
    pub default: f64,
    /// What it is, for the tooltip.
    pub help: &'static str,
}

/// All sizes: image, convolution, pooling, dense layers.
pub const SIZES: [Size; 10] = [
    size(
        "n",
        "Input N",
        1.0,
        64.0,
        28.0,
        "Rows and columns of the image",
    ),
    size(
        "c",
        "Channels C",
        1.0,
        4.0,
        1.0,
        "1 for grey images, 3 for red, green and blue",
    ),
    size("m", "Maps M", 1.0, 64.0, 20.0, "Kernels, and feature maps"),
    size(
        "f",
        "Kernel F",
        1.0,
        15.0,
        5.0,
        "Rows and columns of a kernel",
    ),
    size(
        "s",
        "Stride S",
        1.0,
        8.0,
        1.0,
        "Pixels from one place of the kernel to the next",
    ),
    size(
        "p",
        "Padding P",
        0.0,
        7.0,
        0.0,
        "Rows of zeros around the image, on each side",
    ),
    size(
        "q",
        "Window Q",
        1.0,
        8.0,
        2.0,
        "Rows and columns of a pooling window",
    ),
    size(
        "r",
        "Stride R",
        1.0,
        8.0,
        2.0,
        "Neurons from one pooling window to the next",
    ),
    size(
        "k",
        "Dense K",
        1.0,
        500.0,
        100.0,
        "Neurons of the dense layer",
    ),
    size("l", "Classes L", 1.0, 30.0, 10.0, "Output neurons"),
];

const fn size(
    key: &'static str,
    label: &'static str,
    least: f64,
    most: f64,
    default: f64,
    help: &'static str,
) -> Size {
    Size {
        key,
        label,
        least,
        most,
        default,
        help,
    }
}

/// How the table writes its counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Their values.
    Values,
    /// In all letters.
    Letters,
    /// In N, M and K.
    Sizes,
    /// With the numbers put in.
    Numbers,
}

const FORMS: &[(&str, Form)] = &[
    ("values", Form::Values),
    ("letters", Form::Letters),
    ("sizes", Form::Sizes),
    ("numbers", Form::Numbers),
];
const SHARINGS: &[(&str, Sharing)] = &[
    ("shared", Sharing::Shared),
    ("own", Sharing::Local),
    ("all", Sharing::Dense),
];
const LAYERS: &[(&str, Layer)] = &[
    ("input", Layer::Input),
    ("convolution", Layer::Convolution),
    ("pooling", Layer::Pooling),
    ("dense", Layer::Dense),
    ("output", Layer::Output),
];
const QUANTITIES: &[(&str, Quantity)] = &[
    ("neurons", Quantity::Neurons),
    ("inputs", Quantity::InputsPerNeuron),
    ("connections", Quantity::ConnectionsWithBias),
    ("parameters", Quantity::Parameters),
    ("multiply-adds", Quantity::MultiplyAdds),
];

/// Every setting.
#[derive(Clone, Copy)]
pub struct Settings {
    /// In the order of [`SIZES`].
    pub sizes: [RwSignal<f64>; 10],
    /// Which weights are shared.
    pub sharing: RwSignal<Sharing>,
    /// How the table writes.
    pub form: RwSignal<Form>,
    /// Layer of the count that is worked out.
    pub layer: RwSignal<Layer>,
    /// Quantity of the count that is worked out.
    pub quantity: RwSignal<Quantity>,
    /// What the reader typed as answers to the two questions; empty for nothing.
    pub answers: [RwSignal<String>; 2],
}

impl Settings {
    /// Declares the settings.
    pub fn declare() -> Self {
        let link = expect_context::<Link>();
        let answer = || {
            Codec::new(
                String::clone,
                |text| is_count(text).then(|| text.to_owned()),
                "a whole number",
            )
        };
        Self {
            sizes: SIZES.each_ref().map(|size| {
                let codec = Codec::whole(size.least..=size.most);
                link.field(ID, size.key, size.default, codec)
            }),
            sharing: link.field(ID, "weights", Sharing::Shared, Codec::one_of(SHARINGS)),
            form: link.field(ID, "table", Form::Values, Codec::one_of(FORMS)),
            layer: link.field(ID, "layer", Layer::Dense, Codec::one_of(LAYERS)),
            quantity: link.field(
                ID,
                "quantity",
                Quantity::InputsPerNeuron,
                Codec::one_of(QUANTITIES),
            ),
            answers: [
                link.field(ID, "answer1", String::new(), answer()),
                link.field(ID, "answer2", String::new(), answer()),
            ],
        }
    }

    /// As theory takes them.
    pub fn values(&self) -> architecture::Settings {
        let [n, c, m, f, s, p, q, r, k, l] = self.sizes.map(|size| size.get() as u32);
        architecture::Settings {
            input_side: n,
            channels: c,
            feature_maps: m,
            kernel: f,
            stride: s,
            padding: p,
            pool_window: q,
            pool_stride: r,
            dense_neurons: k,
            classes: l,
            sharing: self.sharing.get(),
        }
    }
}

/// Whether a text is a whole number that a reader may mean.
pub fn is_count(text: &str) -> bool {
    (1..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_the_sheets() {
        let sheet = architecture::Settings::default();
        let defaults = SIZES.each_ref().map(|size| size.default as u32);
        let expected = [
            sheet.input_side,
            sheet.channels,
            sheet.feature_maps,
            sheet.kernel,
            sheet.stride,
            sheet.padding,
            sheet.pool_window,
            sheet.pool_stride,
            sheet.dense_neurons,
            sheet.classes,
        ];
        assert_eq!(defaults, expected);
    }
}
