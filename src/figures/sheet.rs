//! plotters, tamed once: the sheet that every figure draws on. No figure speaks to plotters past it.
//!
//! plotters rounds every coordinate to an integer, so curves show stairs on a grid of CSS pixels. The sheet draws on a
//! grid [`GRID`] times finer: figures speak CSS pixels as `f64`, the sheet multiplies.
//!
//! What a backend must do to carry a sheet:
//! - `get_size()` answers the fine grid, CSS size times [`GRID`];
//! - stroke widths, radii and font sizes arrive in units of that grid;
//! - text always arrives with its vertical anchor at the top, and its baseline belongs [`BASELINE`] of the font size
//!   below the given y (an alphabetic baseline, whatever the font);
//! - line joins and caps are round.

mod marker;

use super::Drawn;
use super::clipping;
use super::ink::{GridPoint, Ink};
use super::outline::{self, Point, Rect};
use super::palette::Palette;
pub use super::pen::{Lettering, Shape, Side, Stroke, Tint};
use super::style::Style;

/// Units of the backend's grid in one CSS pixel.
pub const GRID: f64 = 8.0;

/// Distance from the y handed to the backend down to the baseline of a text, in font sizes.
pub const BASELINE: f64 = 0.76;

/// Height of a capital or a digit in font sizes (0.72 in Helvetica and its kin).
pub const CAP_HEIGHT: f64 = 0.72;

/// A piece of paper of known size in CSS pixels with a style.
pub struct Sheet<'a> {
    ink: &'a dyn Ink,
    style: &'a Style,
    frame: Rect,
}

impl<'a> Sheet<'a> {
    /// The whole of what `ink` draws on; its backend keeps the promises at the head of this file.
    pub fn new(ink: &'a dyn Ink, style: &'a Style) -> Self {
        let (width, height) = ink.size();
        Self {
            ink,
            style,
            frame: Rect::new(0.0, 0.0, f64::from(width) / GRID, f64::from(height) / GRID),
        }
    }

    /// A part of this sheet as a sheet of its own, with its own origin.
    pub fn part(&self, part: Rect) -> Sheet<'a> {
        let (left, top) = (self.frame.left + part.left, self.frame.top + part.top);
        Sheet {
            ink: self.ink,
            style: self.style,
            frame: Rect::new(left, top, left + part.width(), top + part.height()),
        }
    }

    /// Width in CSS pixels.
    pub fn width(&self) -> f64 {
        self.frame.width()
    }

    /// Height in CSS pixels.
    pub fn height(&self) -> f64 {
        self.frame.height()
    }

    /// The whole sheet in its own coordinates.
    pub fn bounds(&self) -> Rect {
        Rect::new(0.0, 0.0, self.width(), self.height())
    }

    /// The style.
    pub fn style(&self) -> &'a Style {
        self.style
    }

    /// The colours.
    pub fn palette(&self) -> &'static Palette {
        self.style.palette()
    }

    fn to_grid(&self, (x, y): Point) -> GridPoint {
        // `as` saturates and sends NaN to 0, so no coordinate can panic.
        (
            ((self.frame.left + x) * GRID).round() as i32,
            ((self.frame.top + y) * GRID).round() as i32,
        )
    }

    /// Fills a rectangle.
    ///
    /// # Errors
    /// What the backend reports; the same holds for all methods below.
    pub fn fill_rect(&self, rect: Rect, tint: impl Into<Tint>) -> Drawn {
        let corners = [
            self.to_grid((rect.left, rect.top)),
            self.to_grid((rect.right, rect.bottom)),
        ];
        self.ink.fill_rect(corners, tint.into())
    }

    /// Fills a polygon; nothing if a corner is not finite.
    pub fn fill_polygon(&self, corners: &[Point], tint: impl Into<Tint>) -> Drawn {
        if corners.len() < 3 || !corners.iter().all(|p| p.0.is_finite() && p.1.is_finite()) {
            return Ok(());
        }
        let corners: Vec<_> = corners.iter().map(|corner| self.to_grid(*corner)).collect();
        self.ink.fill_polygon(&corners, tint.into())
    }

    /// Fills the band between two polylines sorted by x, inside `clip`.
    pub fn fill_band(&self, upper: &[Point], lower: &[Point], clip: &Rect, tint: Tint) -> Drawn {
        for polygon in outline::band(upper, lower) {
            self.fill_polygon(&clipping::clip_polygon(&polygon, clip), tint)?;
        }
        Ok(())
    }

    /// Draws a polyline; points that are not finite leave gaps.
    pub fn polyline(&self, points: &[Point], stroke: &Stroke) -> Drawn {
        let width = (stroke.width * GRID).round().max(1.0) as u32;
        for piece in outline::dashes(points, &stroke.dash) {
            let mut path: Vec<_> = piece.iter().map(|point| self.to_grid(*point)).collect();
            path.dedup();
            if path.len() > 1 {
                self.ink.polyline(&path, width, stroke.tint)?;
            }
        }
        Ok(())
    }

    /// Draws the part of a polyline inside `clip`.
    pub fn polyline_within(&self, points: &[Point], clip: &Rect, stroke: &Stroke) -> Drawn {
        for piece in clipping::clip_polyline(points, clip) {
            self.polyline(&piece, stroke)?;
        }
        Ok(())
    }

    /// A horizontal or vertical line, moved by less than half a pixel so that its edges fall on whole CSS pixels and
    /// it stays sharp at any device pixel ratio.
    pub fn rule(&self, from: Point, to: Point, stroke: &Stroke) -> Drawn {
        let (from, to) = if from.0 == to.0 {
            let x = sharp(from.0, stroke.width);
            ((x, from.1), (x, to.1))
        } else if from.1 == to.1 {
            let y = sharp(from.1, stroke.width);
            ((from.0, y), (to.0, y))
        } else {
            (from, to)
        };
        self.polyline(&[from, to], stroke)
    }

    /// The outline of a rectangle, sharp.
    pub fn outline_rect(&self, rect: Rect, stroke: &Stroke) -> Drawn {
        let (left, right) = (
            sharp(rect.left, stroke.width),
            sharp(rect.right, stroke.width),
        );
        let (top, bottom) = (
            sharp(rect.top, stroke.width),
            sharp(rect.bottom, stroke.width),
        );
        // One step past the start, so that the last corner is joined like the others.
        let turn = [
            (left, top),
            (right, top),
            (right, bottom),
            (left, bottom),
            (left, top),
            (right, top),
        ];
        self.polyline(&turn, stroke)
    }

    /// A filled disc.
    pub fn disc(&self, centre: Point, radius: f64, tint: impl Into<Tint>) -> Drawn {
        if !centre.0.is_finite() || !centre.1.is_finite() {
            return Ok(());
        }
        let radius = (radius * GRID).round().max(1.0) as u32;
        self.ink.disc(self.to_grid(centre), radius, tint.into())
    }

    /// A line of text with its baseline at `baseline`.
    pub fn text(&self, text: &str, baseline: Point, lettering: &Lettering) -> Drawn {
        if text.is_empty() || !baseline.0.is_finite() || !baseline.1.is_finite() {
            return Ok(());
        }
        let top = (baseline.0, baseline.1 - BASELINE * lettering.size);
        let on_grid = Lettering {
            size: lettering.size * GRID,
            ..*lettering
        };
        let family = &self.style.font_family;
        self.ink.text(text, self.to_grid(top), family, &on_grid)
    }

    /// A line of text whose capitals are centred on the height of `middle`.
    pub fn text_centred(&self, text: &str, middle: Point, lettering: &Lettering) -> Drawn {
        let baseline = (middle.0, middle.1 + lettering.size * CAP_HEIGHT / 2.0);
        self.text(text, baseline, lettering)
    }

    /// A short text in quiet ink, in as many centred lines as it needs in the middle of `field`: an empty state.
    pub fn paragraph(&self, text: &str, field: &Rect) -> Drawn {
        let lettering = Lettering {
            tint: self.palette().quiet_ink.into(),
            side: Side::Middle,
            ..self.label()
        };
        let room = (field.width() - self.style.px(16.0)).min(self.style.px(380.0));
        let lines = self.style.wrap_text(text, lettering.size, room);
        let pitch = lettering.size * 1.45;
        let (x, middle) = field.centre();
        let first = middle - pitch * lines.len().saturating_sub(1) as f64 / 2.0;
        for (index, line) in lines.iter().enumerate() {
            let y = first + index as f64 * pitch;
            // A rule that crosses the plot makes room for the words.
            let half = self.style.text_width(line, lettering.size) / 2.0 + self.style.px(6.0);
            let room = Rect::new(x - half, y - pitch / 2.0, x + half, y + pitch / 2.0);
            self.fill_rect(room, self.palette().paper)?;
            self.text_centred(line, (x, y), &lettering)?;
        }
        Ok(())
    }

    /// Lettering of axis titles and labels in main ink, beginning at its point.
    pub fn label(&self) -> Lettering {
        Lettering {
            size: self.style.label_size(),
            tint: self.palette().ink.into(),
            side: Side::Left,
            bold: false,
        }
    }

    /// Lettering of tick labels.
    pub fn small_label(&self) -> Lettering {
        Lettering {
            size: self.style.tick_size(),
            tint: self.palette().quiet_ink.into(),
            side: Side::Left,
            bold: false,
        }
    }
}

/// The position nearest to `position` at which a line of `width` has its edges on whole pixels.
fn sharp(position: f64, width: f64) -> f64 {
    let half = width.round().max(1.0) / 2.0;
    (position - half).round() + half
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sharp_lines_fill_whole_pixels() {
        assert_eq!(sharp(10.2, 1.0), 10.5);
        assert_eq!(sharp(10.2, 2.0), 10.0);
        assert_eq!(sharp(10.0, 0.5), 10.5);
    }
}
