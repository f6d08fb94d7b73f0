//! How lines, markers and letters look; the [`sheet`](super::sheet) draws with them.

use super::palette::Rgb;

/// A colour with opacity in [0, 1].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tint {
    /// The colour.
    pub colour: Rgb,
    /// 0 is invisible, 1 opaque.
    pub opacity: f64,
}

impl From<Rgb> for Tint {
    fn from(colour: Rgb) -> Self {
        Self {
            colour,
            opacity: 1.0,
        }
    }
}

impl Rgb {
    /// The colour with opacity.
    pub fn at(self, opacity: f64) -> Tint {
        Tint {
            colour: self,
            opacity,
        }
    }
}

/// How a line is drawn; lengths in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Colour and opacity.
    pub tint: Tint,
    /// Width.
    pub width: f64,
    /// Drawn, left out, drawn, ...; empty for a solid line.
    pub dash: Vec<f64>,
}

impl Stroke {
    /// A solid line.
    pub fn solid(tint: impl Into<Tint>, width: f64) -> Self {
        Self {
            tint: tint.into(),
            width,
            dash: Vec::new(),
        }
    }

    /// The same line, dashed.
    pub fn dashed(self, pattern: &[f64]) -> Self {
        Self {
            dash: pattern.to_vec(),
            ..self
        }
    }
}

/// Outline of a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A disc.
    Circle,
    /// A square on its side.
    Square,
    /// A triangle on its base.
    Triangle,
    /// A square on its corner.
    Diamond,
}

/// Which end of a text stands at the given point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The text begins there.
    Left,
    /// The text is centred there.
    Middle,
    /// The text ends there.
    Right,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lettering {
    /// Font size in CSS pixels.
    pub size: f64,
    /// Colour and opacity.
    pub tint: Tint,
    /// Horizontal anchor.
    pub side: Side,
    /// Bold weight.
    pub bold: bool,
}
