//! Settings of the sweeping window, each in the link.

use leptos::prelude::*;

use super::kernels::{SIDE, presets};
use crate::data::digits;
use crate::ui::link::{Codec, Link};

/// The widget's name in links.
pub const ID: &str = "window";
/// Digits to choose from: the first ones of the bundled file.
pub const DIGITS: usize = 100;
/// Rows, and columns, of the feature map.
pub const MAP_SIDE: usize = digits::SIDE - SIDE + 1;
/// Weights and bias go from minus this to this.
pub const REACH: f64 = 10.0;

/// Defaults that sliders go back to.
pub mod default {
    /// Row of the window.
    pub const ROW: f64 = 6.0;
    /// Column of the window.
    pub const COLUMN: f64 = 8.0;
}

/// How much of the feature map is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// All of it.
    Whole,
    /// What the window has passed so far, row by row.
    Passed,
}

const SHOWN: &[(&str, Shown)] = &[("whole", Shown::Whole), ("passed", Shown::Passed)];

/// Every setting.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Number of the digit in the file.
    pub digit: RwSignal<f64>,
    /// Row of the output, and first row of the window.
    pub row: RwSignal<f64>,
    /// Column of the output, and first column of the window.
    pub column: RwSignal<f64>,
    /// w of shape (row, column), in row-major order.
    pub weights: RwSignal<Vec<f64>>,
    /// b.
    pub bias: RwSignal<f64>,
    /// How much of the map is shown.
    pub shown: RwSignal<Shown>,
}

impl Settings {
    /// Declares the settings.
    pub fn declare() -> Self {
        let link = expect_context::<Link>();
        let place = |key, default| {
            let codec = Codec::whole(0.0..=(MAP_SIDE - 1) as f64);
            link.field(ID, key, default, codec)
        };
        let first = presets().swap_remove(0);
        Self {
            digit: link.field(ID, "digit", 0.0, Codec::whole(0.0..=(DIGITS - 1) as f64)),
            row: place("row", default::ROW),
            column: place("column", default::COLUMN),
            weights: link.field(ID, "weights", first.weights, weights_codec()),
            bias: link.field(ID, "bias", first.bias, Codec::within(-REACH..=REACH)),
            shown: link.field(ID, "map", Shown::Whole, Codec::one_of(SHOWN)),
        }
    }

    /// Row and column of the output.
    pub fn place(&self) -> (usize, usize) {
        (self.row.get() as usize, self.column.get() as usize)
    }

    /// Goes to the output cell nearest to (row, column).
    pub fn go(&self, row: usize, column: usize) {
        self.row.set(row.min(MAP_SIDE - 1) as f64);
        self.column.set(column.min(MAP_SIDE - 1) as f64);
    }
}

/// 25 numbers with commas between.
fn weights_codec() -> Codec<Vec<f64>> {
    Codec::new(
        |weights: &Vec<f64>| {
            let texts: Vec<String> = weights.iter().map(f64::to_string).collect();
            texts.join(",")
        },
        read_weights,
        format!("{} numbers from \u{2212}{REACH} to {REACH}", SIDE * SIDE),
    )
}

fn read_weights(text: &str) -> Option<Vec<f64>> {
    let weights: Option<Vec<f64>> = text
        .split(',')
        .map(|piece| piece.parse().ok().filter(|w: &f64| w.abs() <= REACH))
        .collect();
    weights.filter(|weights| weights.len() == SIDE * SIDE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_holds_25_weights_or_none() {
        assert_eq!(read_weights(&["0.5"; 25].join(",")), Some(vec![0.5; 25]));
        for wrong in ["", "1,2", &["1"; 26].join(","), &["NaN"; 25].join(",")] {
            assert_eq!(read_weights(wrong), None, "{wrong}");
        }
        assert_eq!(read_weights(&["11"; 25].join(",")), None);
    }
}
