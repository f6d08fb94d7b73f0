//! One hidden layer under a dropout mask: an image, its hidden units, ten outputs. A silenced unit stands empty and has no connection.
//!
//! The image is a raster under the ink (see [`Figure::cells`]).

mod layout;
mod unit;

pub use layout::ThinnedLayout;
pub use unit::HiddenUnit;

use super::outline::Rect;
use super::palette::Role;
use super::raster::{ColourMap, PlacedRaster, Raster};
use super::sheet::{CAP_HEIGHT, Lettering, Sheet, Side, Stroke};
use super::style::Style;
use super::{Drawn, Figure};

/// The figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThinnedNetwork {
    /// Pixels in [0, 1], row by row, of a square image; none while there is none.
    pub image: Vec<f32>,
    /// The hidden units from top to bottom.
    pub units: Vec<HiddenUnit>,
    /// Weights into the outputs, (output, unit) row-major.
    pub weights: Vec<f32>,
    /// Probability of each output.
    pub outputs: Vec<f64>,
    /// The right output.
    pub label: usize,
    /// The unit with a ring, if any.
    pub chosen: Option<usize>,
    /// What is seen, in words.
    pub sentence: String,
    /// What will be seen, while there is no image.
    pub empty: String,
}

impl Figure for ThinnedNetwork {
    fn draw(&self, sheet: &Sheet<'_>) -> Drawn {
        let (style, palette) = (sheet.style(), sheet.palette());
        if self.image.is_empty() {
            return sheet.paragraph(&self.empty, &sheet.bounds());
        }
        let layout = self.layout(sheet.width(), sheet.height(), style);
        let small = sheet.small_label();
        self.draw_connections(&layout, sheet)?;
        sheet.outline_rect(
            layout.image,
            &Stroke::solid(palette.axis, style.stroke(1.0)),
        )?;
        let baseline = style.px(3.0) + small.size * CAP_HEIGHT;
        let heading = |text: &str, x: f64, side: Side| {
            sheet.text(text, (x, baseline), &Lettering { side, ..small })
        };
        heading("image", layout.image.left, Side::Left)?;
        heading("hidden units", 0.52 * sheet.width(), Side::Middle)?;
        let outputs = layout
            .outputs
            .first()
            .map_or(layout.bars_end, |place| place.0);
        heading("outputs", outputs - style.px(4.0), Side::Left)?;
        for (index, (unit, &at)) in self.units.iter().zip(&layout.units).enumerate() {
            self.draw_unit(unit, index, at, layout.radius, sheet)?;
        }
        self.draw_outputs(&layout, sheet)
    }

    fn describe(&self) -> String {
        if self.image.is_empty() {
            self.empty.clone()
        } else {
            self.sentence.clone()
        }
    }

    fn cells(&self, width: f64, height: f64, style: &Style) -> Vec<PlacedRaster> {
        if self.image.is_empty() {
            return Vec::new();
        }
        let side = self.image.len().isqrt();
        let map = ColourMap::Activation { full: 1.0 };
        vec![PlacedRaster {
            raster: Raster::from_values(&self.image, side, side, map, style.palette()),
            place: self.layout(width, height, style).image,
        }]
    }
}

impl ThinnedNetwork {
    fn draw_connections(&self, layout: &ThinnedLayout, sheet: &Sheet<'_>) -> Drawn {
        let (style, palette) = (sheet.style(), sheet.palette());
        let source = (layout.image.right, layout.image.centre().1);
        let strongest = self
            .weights
            .iter()
            .fold(1e-9_f32, |most, w| most.max(w.abs()));
        for (index, (unit, &(x, y))) in self.units.iter().zip(&layout.units).enumerate() {
            if unit.factor == 0.0 {
                continue;
            }
            // All pixels go into every unit: one band stands for them.
            let band = [
                (layout.image.right, layout.image.top),
                (x - layout.radius, y),
                (layout.image.right, layout.image.bottom),
            ];
            sheet.fill_polygon(&band, palette.quiet_ink.at(0.06))?;
            let line = Stroke::solid(palette.quiet_ink.at(0.45), style.stroke(1.0));
            sheet.polyline(&[source, (x - layout.radius, y)], &line)?;
            for (output, &(to_x, to_y)) in layout.outputs.iter().enumerate() {
                let Some(&weight) = self.weights.get(output * self.units.len() + index) else {
                    continue;
                };
                let share = f64::from(weight.abs() / strongest);
                let role = if weight < 0.0 {
                    Role::Negative
                } else {
                    Role::Positive
                };
                // What is silent by its own sum is connected, and says nothing.
                let opacity = if unit.heard() == 0.0 {
                    0.12
                } else {
                    0.2 + 0.6 * share
                };
                let stroke = Stroke::solid(
                    palette.mark(role).at(opacity),
                    style.stroke(0.5 + 1.5 * share),
                );
                sheet.polyline(
                    &[(x + layout.radius, y), (to_x - style.px(7.0), to_y)],
                    &stroke,
                )?;
            }
        }
        Ok(())
    }

    fn draw_outputs(&self, layout: &ThinnedLayout, sheet: &Sheet<'_>) -> Drawn {
        let (style, palette) = (sheet.style(), sheet.palette());
        let label = sheet.small_label();
        for (class, (&(x, y), &probability)) in layout.outputs.iter().zip(&self.outputs).enumerate()
        {
            let right = class == self.label;
            let lettering = Lettering {
                side: Side::Middle,
                bold: right,
                tint: if right {
                    palette.ink.into()
                } else {
                    palette.quiet_ink.into()
                },
                ..label
            };
            sheet.text_centred(&class.to_string(), (x, y), &lettering)?;
            let left = x + style.px(11.0);
            let (length, half) = ((layout.bars_end - left) * probability, style.px(4.0));
            sheet.rule(
                (left, y - half - 1.0),
                (left, y + half + 1.0),
                &Stroke::solid(palette.axis, style.stroke(1.0)),
            )?;
            let colour = if right {
                palette.ink
            } else {
                palette.quiet_ink
            };
            sheet.fill_rect(
                Rect::new(left, y - half, left + length, y + half),
                colour.at(0.75),
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::export_svg;

    fn figure() -> ThinnedNetwork {
        let unit = |activation, factor| HiddenUnit { activation, factor };
        ThinnedNetwork {
            image: vec![0.5; 9],
            units: vec![unit(1.0, 2.0), unit(1.5, 0.0), unit(0.0, 2.0)],
            weights: vec![0.5; 6],
            outputs: vec![0.25, 0.75],
            label: 1,
            chosen: Some(0),
            sentence: "three".to_owned(),
            empty: "none yet".to_owned(),
        }
    }

    #[test]
    fn a_silenced_unit_has_no_connection() {
        let style = Style::default();
        let lines = |figure: &ThinnedNetwork| {
            let svg = export_svg(figure, "", 400.0, 300.0, &style);
            svg.matches("<poly").count()
        };
        let mut all = figure();
        all.units[1].factor = 2.0;
        // A band, a line and one connection for each output; its dashed ring is of many pieces.
        let ring = lines(&figure()) + 4 - lines(&all);
        assert!(ring > 5, "{ring}");
        assert!(export_svg(&figure(), "", 400.0, 300.0, &style).contains('×'));
    }

    #[test]
    fn everything_stays_on_the_sheet() {
        for (width, height) in [(310.0, 280.0), (700.0, 360.0)] {
            let layout = figure().layout(width, height, &Style::default());
            assert!(layout.image.left >= 0.0 && layout.image.bottom <= height);
            assert!(layout.image.right < layout.units[0].0 - layout.radius);
            assert!(
                layout
                    .units
                    .iter()
                    .all(|unit| unit.1 + layout.radius <= height)
            );
            assert!(layout.outputs[1].0 < width && layout.bars_end <= width);
        }
        let empty = ThinnedNetwork {
            image: Vec::new(),
            ..figure()
        };
        assert!(export_svg(&empty, "", 300.0, 200.0, &Style::default()).contains("none yet"));
    }
}
