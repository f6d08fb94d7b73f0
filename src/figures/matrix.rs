//! A small matrix as cells with names along two sides, one cell chosen: a Jacobian, a confusion matrix.
//!
//! The cells are a raster under the ink (see [`Figure::cells`]).

use super::numerals::number;
use super::outline::Rect;
use super::raster::{ColourMap, PlacedRaster, Raster};
use super::sheet::{CAP_HEIGHT, Lettering, Sheet, Side, Stroke};
use super::style::Style;
use super::{Drawn, Figure};

/// The figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// What a cell holds.
    pub title: String,
    /// What the rows are.
    pub row_title: String,
    /// What the columns are.
    pub column_title: String,
    /// Names of the rows, from top to bottom.
    pub rows: Vec<String>,
    /// Names of the columns, from left to right.
    pub columns: Vec<String>,
    /// Values of shape (row, column) in row-major order.
    pub values: Vec<f32>,
    /// How values become colours.
    pub map: ColourMap,
    /// Row and column of the cell that is framed.
    pub chosen: Option<(usize, usize)>,
}

/// Where the cells stand, in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixLayout {
    /// All cells together.
    pub field: Rect,
    rows: usize,
    columns: usize,
}

impl MatrixLayout {
    /// Row and column of the cell under a point, the nearest one outside of the field; none without cells.
    pub fn cell_at(&self, x: f64, y: f64) -> Option<(usize, usize)> {
        let nearest = |share: f64, count: usize| {
            let last = count.checked_sub(1)?;
            Some(((share * count as f64).max(0.0) as usize).min(last))
        };
        Some((
            nearest((y - self.field.top) / self.field.height(), self.rows)?,
            nearest((x - self.field.left) / self.field.width(), self.columns)?,
        ))
    }

    /// Place of one cell.
    pub fn cell(&self, row: usize, column: usize) -> Rect {
        let (width, height) = (
            self.field.width() / self.columns as f64,
            self.field.height() / self.rows as f64,
        );
        let left = self.field.left + column as f64 * width;
        let top = self.field.top + row as f64 * height;
        Rect::new(left, top, left + width, top + height)
    }
}

impl Matrix {
    /// Lays the cells out, square, on `width` x `height` CSS pixels.
    pub fn layout(&self, width: f64, height: f64, style: &Style) -> MatrixLayout {
        let size = style.label_size();
        let widest = |names: &[String]| {
            let widths = names.iter().map(|name| style.text_width(name, size));
            widths.fold(0.0, f64::max)
        };
        let left = widest(&self.rows) + style.px(9.0);
        // Three lines: the title, the columns' title, the columns' names.
        let top = style.px(3.0) + 3.0 * size * 1.5;
        let (rows, columns) = (self.rows.len(), self.columns.len());
        let across = (width - left - style.px(3.0)) / columns.max(1) as f64;
        let down = (height - top - style.px(3.0)) / rows.max(1) as f64;
        let side = across.min(down).max(1.0);
        MatrixLayout {
            field: Rect::new(
                left,
                top,
                left + side * columns as f64,
                top + side * rows as f64,
            ),
            rows,
            columns,
        }
    }
}

impl Figure for Matrix {
    fn draw(&self, sheet: &Sheet<'_>) -> Drawn {
        let (style, palette) = (sheet.style(), sheet.palette());
        let layout = self.layout(sheet.width(), sheet.height(), style);
        let label = sheet.label();
        let quiet = Lettering {
            tint: palette.quiet_ink.into(),
            ..label
        };
        let line = |number: f64| style.px(3.0) + label.size * (CAP_HEIGHT + number * 1.5);
        let title = style.fit_text(&self.title, label.size, sheet.width());
        sheet.text(&title, (style.px(1.0), line(0.0)), &label)?;
        let axes = format!("rows: {}, columns: {}", self.row_title, self.column_title);
        let axes = style.fit_text(&axes, label.size, sheet.width());
        sheet.text(&axes, (style.px(1.0), line(1.0)), &quiet)?;
        for (row, name) in self.rows.iter().enumerate() {
            let lettering = Lettering {
                side: Side::Right,
                bold: self.chosen.is_some_and(|chosen| chosen.0 == row),
                ..label
            };
            let middle = layout.cell(row, 0).centre().1;
            let edge = layout.field.left - style.px(6.0);
            sheet.text_centred(name, (edge, middle), &lettering)?;
        }
        for (column, name) in self.columns.iter().enumerate() {
            let lettering = Lettering {
                side: Side::Middle,
                bold: self.chosen.is_some_and(|chosen| chosen.1 == column),
                ..label
            };
            let middle = layout.cell(0, column).centre().0;
            sheet.text(name, (middle, layout.field.top - style.px(6.0)), &lettering)?;
        }
        sheet.outline_rect(
            layout.field,
            &Stroke::solid(palette.axis, style.stroke(1.0)),
        )?;
        match self.chosen {
            Some((row, column)) if row < self.rows.len() && column < self.columns.len() => {
                let cell = layout.cell(row, column);
                sheet.outline_rect(cell, &Stroke::solid(palette.ink, style.stroke(2.0)))
            }
            _ => Ok(()),
        }
    }

    fn describe(&self) -> String {
        let extremes = self
            .values
            .iter()
            .enumerate()
            .filter(|(_, value)| value.is_finite());
        let at = |index: usize, value: f32| {
            let (row, column) = (index / self.columns.len(), index % self.columns.len());
            format!(
                "{} in row {}, column {}",
                number(f64::from(value), 3),
                self.rows[row],
                self.columns[column]
            )
        };
        let least = extremes.clone().min_by(|a, b| a.1.total_cmp(b.1));
        let most = extremes.max_by(|a, b| a.1.total_cmp(b.1));
        let size = format!(
            "{}, {} by {} cells (rows: {}, columns: {})",
            self.title,
            self.rows.len(),
            self.columns.len(),
            self.row_title,
            self.column_title
        );
        match (least, most) {
            (Some((low, low_value)), Some((high, high_value))) => format!(
                "{size}: least {}, most {}.",
                at(low, *low_value),
                at(high, *high_value)
            ),
            _ => format!("{size}: nothing to show yet."),
        }
    }

    fn cells(&self, width: f64, height: f64, style: &Style) -> Vec<PlacedRaster> {
        if self.values.is_empty() {
            return Vec::new();
        }
        let (columns, rows) = (self.columns.len(), self.rows.len());
        vec![PlacedRaster {
            raster: Raster::from_values(&self.values, columns, rows, self.map, style.palette()),
            place: self.layout(width, height, style).field,
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure() -> Matrix {
        let names = |count: usize| (0..count).map(|index| index.to_string()).collect();
        Matrix {
            title: "slope".to_owned(),
            row_title: "outputs".to_owned(),
            column_title: "inputs".to_owned(),
            rows: names(2),
            columns: names(3),
            values: vec![0.0, 1.0, -2.0, 0.5, 0.25, 0.125],
            map: ColourMap::Diverging { bound: 2.0 },
            chosen: Some((1, 2)),
        }
    }

    #[test]
    fn a_pointer_finds_the_cell_under_it() {
        for (width, height) in [(120.0, 300.0), (600.0, 300.0)] {
            let layout = figure().layout(width, height, &Style::default());
            assert!(layout.field.right <= width && layout.field.bottom <= height);
            for row in 0..2 {
                for column in 0..3 {
                    let (x, y) = layout.cell(row, column).centre();
                    assert_eq!(layout.cell_at(x, y), Some((row, column)));
                }
            }
            assert_eq!(layout.cell_at(-9.0, 1e4), Some((1, 0)));
        }
    }

    #[test]
    fn the_description_has_the_extremes() {
        let text = figure().describe();
        assert!(text.contains("least −2 in row 0, column 2"), "{text}");
        assert!(text.contains("most 1 in row 0, column 1"), "{text}");
    }
}
