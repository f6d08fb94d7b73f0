//! Markers of points: discs and polygons that look equally large.

use super::{Drawn, Point, Shape, Sheet};
use crate::figures::palette::Rgb;

/// Half side of a square, half diagonal of a diamond and circumradius of a triangle that look as large as a disc of
/// radius 1.
const SQUARE: f64 = 0.9;
const DIAMOND: f64 = 1.25;
const TRIANGLE: f64 = 1.3;

impl Sheet<'_> {
    /// A marker of `radius`, filled, or open: paper inside an outline of `width`.
    pub fn marker(
        &self,
        centre: Point,
        shape: Shape,
        radius: f64,
        colour: Rgb,
        open: Option<f64>,
    ) -> Drawn {
        self.solid_marker(centre, shape, radius, colour)?;
        match open {
            Some(width) if width < radius => {
                // An inner polygon of the same shape: its distance to the outer one is the same on every side.
                let inset = width
                    * match shape {
                        Shape::Circle => 1.0,
                        Shape::Square => 1.0 / SQUARE,
                        Shape::Diamond => std::f64::consts::SQRT_2 / DIAMOND,
                        Shape::Triangle => 2.0 / TRIANGLE,
                    };
                self.solid_marker(
                    centre,
                    shape,
                    radius - inset.min(radius),
                    self.palette().paper,
                )
            }
            _ => Ok(()),
        }
    }

    fn solid_marker(&self, (x, y): Point, shape: Shape, radius: f64, colour: Rgb) -> Drawn {
        match shape {
            Shape::Circle => self.disc((x, y), radius, colour),
            Shape::Square => {
                let half = radius * SQUARE;
                self.fill_polygon(
                    &[
                        (x - half, y - half),
                        (x + half, y - half),
                        (x + half, y + half),
                        (x - half, y + half),
                    ],
                    colour,
                )
            }
            Shape::Diamond => {
                let half = radius * DIAMOND;
                self.fill_polygon(
                    &[(x, y - half), (x + half, y), (x, y + half), (x - half, y)],
                    colour,
                )
            }
            Shape::Triangle => {
                let reach = radius * TRIANGLE;
                let (half, foot) = (reach * 3f64.sqrt() / 2.0, reach / 2.0);
                self.fill_polygon(
                    &[(x, y - reach), (x + half, y + foot), (x - half, y + foot)],
                    colour,
                )
            }
        }
    }
}
