//! An image or a few of its cells: values as colours, where there is room as numbers too, and one window of them framed.
//!
//! The cells are a raster under the ink (see [`Figure::cells`]).

use super::colour::Rgb;
use super::numerals::fixed;
use super::outline::Rect;
use super::palette::{Palette, Role};
use super::raster::{ColourMap, PlacedRaster, Raster};
use super::sheet::{CAP_HEIGHT, Lettering, Sheet, Side, Stroke};
use super::style::Style;
use super::{Drawn, Figure};

/// Some neighbouring cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First row.
    pub row: usize,
    /// First column.
    pub column: usize,
    /// Rows, and columns.
    pub side: usize,
}

/// The figure.
#[derive(Clone, Debug, PartialEq)]
pub struct CellGrid {
    /// What the cells are.
    pub title: String,
    /// Values of shape (row, column) in row-major order; a NaN is a cell that is not there yet.
    pub values: Vec<f32>,
    /// Cells down.
    pub rows: usize,
    /// Cells across.
    pub columns: usize,
    /// How values become colours.
    pub map: ColourMap,
    /// Digits after the point of the numbers in the cells; none for cells without numbers.
    pub decimals: Option<usize>,
    /// The window that is framed, and the colour of its frame.
    pub framed: Option<(Window, Role)>,
    /// What is seen, in words.
    pub sentence: String,
    /// What will be seen, while there are no values.
    pub empty: String,
}

impl CellGrid {
    /// Height of the figure for a width, CSS pixels at scale 1, for as many rows as columns.
    pub fn height(width: f64) -> f64 {
        width + 22.0
    }

    /// Where the cells stand: square, below the title, in the middle.
    pub fn field(&self, width: f64, height: f64, style: &Style) -> Rect {
        let top = style.px(22.0);
        let edge = style.px(1.5);
        let across = (width - 2.0 * edge) / self.columns.max(1) as f64;
        let down = (height - top - edge) / self.rows.max(1) as f64;
        let side = across.min(down).max(0.1);
        let left = (width - side * self.columns as f64) / 2.0;
        Rect::new(
            left,
            top,
            left + side * self.columns as f64,
            top + side * self.rows as f64,
        )
    }

    /// Row and column of the cell under a point of a figure of this size, the nearest one outside of the cells; none without cells.
    pub fn cell_at(
        &self,
        (x, y): (f64, f64),
        (width, height): (f64, f64),
        style: &Style,
    ) -> Option<(usize, usize)> {
        let field = self.field(width, height, style);
        let nearest = |share: f64, count: usize| {
            let last = count.checked_sub(1)?;
            Some(((share * count as f64).max(0.0) as usize).min(last))
        };
        Some((
            nearest((y - field.top) / field.height(), self.rows)?,
            nearest((x - field.left) / field.width(), self.columns)?,
        ))
    }

    fn raster(&self, palette: &Palette) -> Raster {
        Raster::from_values(&self.values, self.columns, self.rows, self.map, palette)
    }
}

impl Figure for CellGrid {
    fn draw(&self, sheet: &Sheet<'_>) -> Drawn {
        let (style, palette) = (sheet.style(), sheet.palette());
        let label = sheet.label();
        let field = self.field(sheet.width(), sheet.height(), style);
        let title = style.fit_text(&self.title, label.size, sheet.width());
        let baseline = style.px(3.0) + label.size * CAP_HEIGHT;
        sheet.text(&title, (field.left, baseline), &label)?;
        sheet.outline_rect(field, &Stroke::solid(palette.axis, style.stroke(1.0)))?;
        if self.values.is_empty() {
            return sheet.paragraph(&self.empty, &field);
        }
        let side = field.width() / self.columns as f64;
        if let Some(decimals) = self.decimals {
            self.draw_numbers(decimals, &field, side, sheet)?;
        }
        let Some((window, role)) = self.framed else {
            return Ok(());
        };
        let (left, top) = (
            field.left + window.column as f64 * side,
            field.top + window.row as f64 * side,
        );
        let length = window.side as f64 * side;
        let frame = Rect::new(left, top, left + length, top + length);
        // A rim of paper keeps the frame apart from cells of its own colour.
        let rim = Stroke::solid(palette.paper.at(0.8), style.stroke(4.5));
        sheet.outline_rect(frame, &rim)?;
        sheet.outline_rect(frame, &Stroke::solid(palette.mark(role), style.stroke(2.2)))
    }

    fn describe(&self) -> String {
        if self.values.is_empty() {
            self.empty.clone()
        } else {
            self.sentence.clone()
        }
    }

    fn cells(&self, width: f64, height: f64, style: &Style) -> Vec<PlacedRaster> {
        if self.values.is_empty() {
            return Vec::new();
        }
        vec![PlacedRaster {
            raster: self.raster(style.palette()),
            place: self.field(width, height, style),
        }]
    }
}

impl CellGrid {
    fn draw_numbers(&self, decimals: usize, field: &Rect, side: f64, sheet: &Sheet<'_>) -> Drawn {
        let (style, palette) = (sheet.style(), sheet.palette());
        let texts: Vec<String> = self
            .values
            .iter()
            .map(|value| fixed(f64::from(*value), decimals))
            .collect();
        let widest = texts
            .iter()
            .map(|text| style.text_width(text, 1.0))
            .fold(0.1, f64::max);
        let size = (0.82 * side / widest).min(style.label_size());
        let ground = self.raster(palette).rgba;
        for (index, text) in texts.iter().enumerate() {
            let [red, green, blue] = [0, 1, 2].map(|channel| ground[4 * index + channel]);
            let ground = Rgb { red, green, blue };
            // Whichever of the two is easier to read there.
            let tint = if ground.contrast(palette.ink) >= ground.contrast(palette.paper) {
                palette.ink
            } else {
                palette.paper
            };
            let lettering = Lettering {
                size,
                tint: tint.into(),
                side: Side::Middle,
                bold: false,
            };
            let (row, column) = (index / self.columns, index % self.columns);
            let middle = (
                field.left + (column as f64 + 0.5) * side,
                field.top + (row as f64 + 0.5) * side,
            );
            sheet.text_centred(text, middle, &lettering)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> CellGrid {
        CellGrid {
            title: "products".to_owned(),
            values: vec![0.0, 1.0, -0.5, 0.25],
            rows: 2,
            columns: 2,
            map: ColourMap::Diverging { bound: 1.0 },
            decimals: Some(2),
            framed: Some((
                Window {
                    row: 1,
                    column: 0,
                    side: 1,
                },
                Role::RunB,
            )),
            sentence: "four".to_owned(),
            empty: "none yet".to_owned(),
        }
    }

    #[test]
    fn a_pointer_finds_the_cell_under_it() {
        let style = Style::default();
        for size in [(200.0, 222.0), (300.0, 150.0)] {
            let field = grid().field(size.0, size.1, &style);
            assert!(field.right <= size.0 && field.bottom <= size.1);
            let quarter = field.width() / 4.0;
            let at = |x: f64, y: f64| grid().cell_at((x, y), size, &style);
            assert_eq!(at(field.left + quarter, field.top + quarter), Some((0, 0)));
            assert_eq!(at(field.right - quarter, field.top + quarter), Some((0, 1)));
            assert_eq!(at(-50.0, 1e4), Some((1, 0)));
        }
    }

    #[test]
    fn the_export_has_cells_and_numbers_and_an_empty_one_its_words() {
        let style = Style::default();
        let svg = super::super::export_svg(&grid(), "", 200.0, 222.0, &style);
        assert!(svg.contains("data:image/png") && svg.contains("−0.50"));
        let empty = CellGrid {
            values: Vec::new(),
            ..grid()
        };
        let svg = super::super::export_svg(&empty, "", 200.0, 222.0, &style);
        assert!(svg.contains("none yet") && !svg.contains("data:image/png"));
    }
}
