//! The few strokes that a sheet is made of, on any plotters backend.
//!
//! plotters' backends are generic over everything they draw, so a figure that spoke to them would be compiled once for
//! every backend. [`Ink`] is the narrow place in between: figures are compiled once, and only these five strokes twice.

use std::cell::RefCell;
use std::fmt;

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, FontStyle, RGBAColor, RGBColor, ShapeStyle, TextStyle};

use super::pen::{Lettering, Side, Tint};

/// A backend refused a stroke; its own words.
#[derive(Debug, Clone, PartialEq)]
pub struct InkError(String);

impl fmt::Display for InkError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for InkError {}

/// What drawing gives back: nothing, or why the backend refused.
pub type Drawn = Result<(), InkError>;

/// A position on the fine grid of [`super::sheet`], x to the right, y down.
pub type GridPoint = (i32, i32);

/// Strokes in units of the fine grid.
pub trait Ink {
    /// Width and height of the grid.
    fn size(&self) -> (u32, u32);

    /// Fills the rectangle between two opposite corners.
    ///
    /// # Errors
    /// What the backend reports; the same holds for all strokes.
    fn fill_rect(&self, corners: [GridPoint; 2], tint: Tint) -> Drawn;

    /// Fills a polygon.
    fn fill_polygon(&self, corners: &[GridPoint], tint: Tint) -> Drawn;

    /// Draws a polyline.
    fn polyline(&self, points: &[GridPoint], width: u32, tint: Tint) -> Drawn;

    /// Fills a disc.
    fn disc(&self, centre: GridPoint, radius: u32, tint: Tint) -> Drawn;

    /// Sets a line of text with the upper end of its letters at `top`; `lettering.size` is in grid units.
    fn text(&self, text: &str, top: GridPoint, family: &str, lettering: &Lettering) -> Drawn;
}

/// Ink of a plotters backend that keeps the promises at the head of [`super::sheet`].
pub struct PlottersInk<DB> {
    backend: RefCell<DB>,
    /// What a font size is multiplied by so that the backend sets it at that size.
    font_factor: f64,
}

impl<DB: DrawingBackend> PlottersInk<DB> {
    /// Ink of `backend`.
    pub fn new(backend: DB) -> Self {
        Self {
            backend: RefCell::new(backend),
            font_factor: 1.0,
        }
    }

    /// As [`PlottersInk::new`], for a backend that divides font sizes by `font_factor` (plotters' SVG: 1.24).
    pub(super) fn with_font_factor(self, font_factor: f64) -> Self {
        Self {
            font_factor,
            ..self
        }
    }

    /// Hands what was drawn to the backend's medium.
    ///
    /// # Errors
    /// What the backend reports.
    pub fn present(&self) -> Drawn {
        self.backend.borrow_mut().present().map_err(refused)
    }
}

impl<DB: DrawingBackend> Ink for PlottersInk<DB> {
    fn size(&self) -> (u32, u32) {
        self.backend.borrow().get_size()
    }

    fn fill_rect(&self, [one, other]: [GridPoint; 2], tint: Tint) -> Drawn {
        let style = ShapeStyle::from(rgba(tint)).filled();
        let mut backend = self.backend.borrow_mut();
        backend.draw_rect(one, other, &style, true).map_err(refused)
    }

    fn fill_polygon(&self, corners: &[GridPoint], tint: Tint) -> Drawn {
        let style = ShapeStyle::from(rgba(tint)).filled();
        let mut backend = self.backend.borrow_mut();
        backend
            .fill_polygon(corners.iter().copied(), &style)
            .map_err(refused)
    }

    fn polyline(&self, points: &[GridPoint], width: u32, tint: Tint) -> Drawn {
        let style = ShapeStyle {
            color: rgba(tint),
            filled: false,
            stroke_width: width,
        };
        let mut backend = self.backend.borrow_mut();
        backend
            .draw_path(points.iter().copied(), &style)
            .map_err(refused)
    }

    fn disc(&self, centre: GridPoint, radius: u32, tint: Tint) -> Drawn {
        let style = ShapeStyle::from(rgba(tint)).filled();
        let mut backend = self.backend.borrow_mut();
        backend
            .draw_circle(centre, radius, &style, true)
            .map_err(refused)
    }

    fn text(&self, text: &str, top: GridPoint, family: &str, lettering: &Lettering) -> Drawn {
        let horizontal = match lettering.side {
            Side::Left => HPos::Left,
            Side::Middle => HPos::Center,
            Side::Right => HPos::Right,
        };
        let weight = if lettering.bold {
            FontStyle::Bold
        } else {
            FontStyle::Normal
        };
        let size = lettering.size * self.font_factor;
        let colour = rgba(lettering.tint);
        let style = TextStyle::from((FontFamily::Name(family), size, weight))
            .color(&colour)
            .pos(Pos::new(horizontal, VPos::Top));
        let mut backend = self.backend.borrow_mut();
        backend.draw_text(text, &style, top).map_err(refused)
    }
}

fn refused(error: impl fmt::Display) -> InkError {
    InkError(error.to_string())
}

fn rgba(tint: Tint) -> RGBAColor {
    RGBColor(tint.colour.red, tint.colour.green, tint.colour.blue).mix(tint.opacity.clamp(0.0, 1.0))
}
