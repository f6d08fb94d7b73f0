//! A map of the plane: cells between two axes, with points and lines above them.
//!
//! The cells are a raster under the ink (see [`Figure::cells`]); a map of 256 x 256 values costs no more to draw than one
//! of 2 x 2.

use std::sync::Arc;

use super::axes::{Axis, Frame};
use super::curves::{Line, stroke_of};
use super::outline::Rect;
use super::palette::{Palette, Role};
use super::raster::{ColourMap, PlacedRaster, Raster};
use super::sheet::{Lettering, Shape, Sheet, Stroke};
use super::style::Style;
use super::{Drawn, Figure};

/// Values of the cells, shape (row, column) flattened; row 0 is the top.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells {
    /// One value a cell.
    pub values: Arc<Vec<f32>>,
    /// Cells across.
    pub columns: usize,
    /// Cells down.
    pub rows: usize,
    /// How values become colours.
    pub map: ColourMap,
}

/// A named place in the plane.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldPoint {
    /// Where, in data units.
    pub at: (f64, f64),
    /// Its name beside it; empty for none.
    pub label: String,
    /// Colour.
    pub role: Role,
    /// Whether the marker is filled.
    pub filled: bool,
    /// Outline of the marker.
    pub shape: Shape,
}

/// A line in the plane.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldLine {
    /// Its corners, in data units.
    pub points: Vec<(f64, f64)>,
    /// Colour.
    pub role: Role,
    /// Drawn how.
    pub line: Line,
}

impl FieldLine {
    /// A line through these corners.
    pub fn new(line: Line, role: Role, points: Vec<(f64, f64)>) -> Self {
        Self { points, role, line }
    }
}

/// The map with its axes, whose ranges are fixed ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    /// What runs along the bottom.
    pub x: Axis,
    /// What runs up the side.
    pub y: Axis,
    /// The cells; none where there is nothing to map.
    pub cells: Option<Cells>,
    /// Lines, under the points.
    pub lines: Vec<FieldLine>,
    /// Named places.
    pub points: Vec<FieldPoint>,
    /// What the map shows, in words.
    pub sentence: String,
}

impl Field {
    /// Where the axes and the plot between them lie.
    pub fn frame(&self, width: f64, height: f64, style: &Style) -> Frame {
        let x = self.x.shown(None, 0.0);
        let y = self.y.shown(None, 0.0);
        Frame::lay_out((width, height), style, (&self.x, x), (&self.y, y), 0.0)
    }
}

impl Figure for Field {
    fn draw(&self, sheet: &Sheet<'_>) -> Drawn {
        let (style, palette) = (sheet.style(), sheet.palette());
        let frame = self.frame(sheet.width(), sheet.height(), style);
        sheet.outline_rect(frame.plot, &Stroke::solid(palette.axis, style.stroke(1.0)))?;
        frame.draw(sheet)?;
        let place = |(x, y): (f64, f64)| (frame.x.position_of(x), frame.y.position_of(y));
        for line in &self.lines {
            let path: Vec<_> = line.points.iter().map(|point| place(*point)).collect();
            let colour = palette.mark(line.role);
            let stroke = stroke_of(line.line, colour, style);
            sheet.polyline_within(&path, &frame.plot, &stroke)?;
        }
        for point in &self.points {
            draw_point(point, place(point.at), &frame, sheet)?;
        }
        Ok(())
    }

    fn describe(&self) -> String {
        self.sentence.clone()
    }

    fn cells(&self, width: f64, height: f64, style: &Style) -> Vec<PlacedRaster> {
        let Some(cells) = &self.cells else {
            return Vec::new();
        };
        let raster = Raster::from_values(
            &cells.values,
            cells.columns,
            cells.rows,
            cells.map,
            Palette::of(style.theme),
        );
        let place = self.frame(width, height, style).plot;
        vec![PlacedRaster { raster, place }]
    }
}

fn draw_point(point: &FieldPoint, at: (f64, f64), frame: &Frame, sheet: &Sheet<'_>) -> Drawn {
    if !frame.plot.grown(0.5).contains(at) {
        return Ok(());
    }
    let (style, palette) = (sheet.style(), sheet.palette());
    let colour = palette.mark(point.role);
    // A ring of paper keeps the marker apart from cells of its own colour.
    sheet.marker(at, point.shape, style.px(6.2), palette.paper, None)?;
    let open = (!point.filled).then(|| style.stroke(1.8));
    sheet.marker(at, point.shape, style.px(4.6), colour, open)?;
    if point.label.is_empty() {
        return Ok(());
    }
    let lettering = Lettering {
        tint: palette.text(point.role).into(),
        ..sheet.small_label()
    };
    let wide = style.text_width(&point.label, lettering.size);
    let gap = style.px(9.0);
    let fits = at.0 + gap + wide <= frame.plot.right;
    let left = if fits { at.0 + gap } else { at.0 - gap - wide };
    let half = lettering.size * 0.62;
    let plate = Rect::new(left, at.1 - half, left + wide, at.1 + half).grown(style.px(1.5));
    sheet.fill_rect(plate, palette.paper.at(0.85))?;
    sheet.text_centred(&point.label, (left, at.1), &lettering)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::export_svg;

    fn field() -> Field {
        Field {
            x: Axis::linear("x1").range(-1.0, 2.0),
            y: Axis::linear("x2").range(-1.0, 2.0),
            cells: Some(Cells {
                values: Arc::new(vec![0.0, 1.0, 1.0, 0.0]),
                columns: 2,
                rows: 2,
                map: ColourMap::Activation { full: 1.0 },
            }),
            points: vec![FieldPoint {
                at: (1.0, 1.0),
                label: "here".to_owned(),
                role: Role::Ink,
                filled: true,
                shape: Shape::Circle,
            }],
            ..Field::default()
        }
    }

    #[test]
    fn cells_fill_the_plot_between_the_axes() {
        let style = Style::default();
        let field = field();
        let placed = field.cells(300.0, 300.0, &style);
        let frame = field.frame(300.0, 300.0, &style);
        assert_eq!(placed[0].place, frame.plot);
        assert_eq!(frame.x.position_of(-1.0), frame.plot.left);
        assert_eq!(frame.y.position_of(-1.0), frame.plot.bottom);
    }

    #[test]
    fn the_export_holds_the_cells_and_the_points() {
        let svg = export_svg(&field(), "map", 300.0, 300.0, &Style::default());
        assert!(svg.contains("data:image/png"));
        assert!(svg.contains("here"));
    }
}
