//! All feature maps of one layer, each numbered; one of them chosen, with a window of its cells framed; silenced ones crossed out.
//!
//! A row of maps is one raster: the gaps between them are cells without a value, which are transparent.

use super::cell_grid::Window;
use super::outline::Rect;
use super::palette::Role;
use super::raster::{ColourMap, PlacedRaster, Raster};
use super::sheet::{CAP_HEIGHT, Lettering, Sheet, Stroke};
use super::style::Style;
use super::{Drawn, Figure};

/// Maps in a row.
const ACROSS: usize = 5;
/// A map is this many times as wide as the gap to the next one.
const GAP_SHARE: usize = 12;
/// Height of the title, CSS pixels at scale 1.
const TITLE: f64 = 22.0;
/// Height of the numbers above a row of maps, CSS pixels at scale 1.
const NUMBERS: f64 = 18.0;

/// The figure.
#[derive(Clone, Debug, PartialEq)]
pub struct MapGrid {
    /// What the maps are.
    pub title: String,
    /// Values of shape (map, row, column) in row-major order; empty while there are none.
    pub values: Vec<f32>,
    /// Rows, and columns, of a map; a multiple of 12, so that the gaps are whole cells.
    pub side: usize,
    /// How values become colours, the same for all maps.
    pub map: ColourMap,
    /// Which maps are silenced, one for each map; as many as there are maps.
    pub silent: Vec<bool>,
    /// The chosen map and the framed window in it.
    pub chosen: (usize, Window),
    /// What is seen, in words.
    pub sentence: String,
    /// What will be seen, while there are no values.
    pub empty: String,
}

impl MapGrid {
    /// Height of the figure of 20 maps for a width, CSS pixels at scale 1.
    pub fn height_of_twenty(width: f64) -> f64 {
        let map = width * GAP_SHARE as f64 / (ACROSS * (GAP_SHARE + 1) - 1) as f64;
        TITLE + 4.0 * (NUMBERS + map) + 2.0
    }

    fn gap(&self) -> usize {
        self.side / GAP_SHARE
    }

    /// Cells in a row of maps with the gaps between them.
    fn row_cells(&self) -> usize {
        ACROSS * (self.side + self.gap()) - self.gap()
    }

    /// Length of a cell's side, CSS pixels; an edge is kept for the frame.
    fn cell(&self, width: f64, style: &Style) -> f64 {
        (width - style.px(2.0)) / self.row_cells() as f64
    }

    /// Where map `index` stands, in CSS pixels of a figure of this width.
    fn place(&self, index: usize, width: f64, style: &Style) -> Rect {
        let cell = self.cell(width, style);
        let length = cell * self.side as f64;
        let left = style.px(1.0) + (index % ACROSS) as f64 * (length + cell * self.gap() as f64);
        let top =
            style.px(TITLE + NUMBERS) + (index / ACROSS) as f64 * (length + style.px(NUMBERS));
        Rect::new(left, top, left + length, top + length)
    }

    /// Map, row and column of the cell nearest to a point of a figure of this width; none without maps.
    pub fn cell_at(
        &self,
        (x, y): (f64, f64),
        width: f64,
        style: &Style,
    ) -> Option<(usize, usize, usize)> {
        let away = |value: f64, low: f64, high: f64| (low - value).max(value - high).max(0.0);
        let places = (0..self.silent.len()).map(|index| (index, self.place(index, width, style)));
        let (map, place) = places.min_by(|(_, one), (_, other)| {
            let far = |place: &Rect| {
                away(x, place.left, place.right).hypot(away(y, place.top, place.bottom))
            };
            far(one).total_cmp(&far(other))
        })?;
        let nearest = |share: f64| {
            let index = (share * self.side as f64).max(0.0) as usize;
            index.min(self.side - 1)
        };
        let row = nearest((y - place.top) / place.height());
        Some((map, row, nearest((x - place.left) / place.width())))
    }

    /// The cells of a row of maps, with the gaps as cells that are not numbers.
    fn row_values(&self, maps: &[f32]) -> Vec<f32> {
        let (side, across) = (self.side, self.row_cells());
        let mut cells = vec![f32::NAN; side * across];
        for (index, map) in maps.chunks_exact(side * side).enumerate() {
            for (row, values) in map.chunks_exact(side).enumerate() {
                let start = row * across + index * (side + self.gap());
                cells[start..start + side].copy_from_slice(values);
            }
        }
        cells
    }
}

impl Figure for MapGrid {
    fn draw(&self, sheet: &Sheet<'_>) -> Drawn {
        let (style, palette) = (sheet.style(), sheet.palette());
        let label = sheet.label();
        let title = style.fit_text(&self.title, label.size, sheet.width());
        let baseline = style.px(3.0) + label.size * CAP_HEIGHT;
        sheet.text(&title, (style.px(1.0), baseline), &label)?;
        if self.values.is_empty() {
            let field = Rect::new(0.0, style.px(TITLE), sheet.width(), sheet.height());
            return sheet.paragraph(&self.empty, &field);
        }
        let small = sheet.small_label();
        let thin = Stroke::solid(palette.axis, style.stroke(1.0));
        let (chosen, window) = self.chosen;
        for (index, &silent) in self.silent.iter().enumerate() {
            let place = self.place(index, sheet.width(), style);
            let lettering = Lettering {
                bold: index == chosen,
                ..small
            };
            let number = (place.left, place.top - style.px(3.0));
            sheet.text(&(index + 1).to_string(), number, &lettering)?;
            sheet.outline_rect(place, &thin)?;
            if silent {
                sheet.rule((place.left, place.bottom), (place.right, place.top), &thin)?;
                sheet.rule((place.left, place.top), (place.right, place.bottom), &thin)?;
            }
        }
        let place = self.place(chosen, sheet.width(), style);
        let mark = Stroke::solid(palette.mark(Role::RunB), style.stroke(2.0));
        sheet.outline_rect(place, &mark)?;
        let cell = self.cell(sheet.width(), style);
        let left = place.left + window.column as f64 * cell;
        let top = place.top + window.row as f64 * cell;
        let length = window.side as f64 * cell;
        let frame = Rect::new(left, top, left + length, top + length);
        let rim = Stroke::solid(palette.paper.at(0.8), style.stroke(4.0));
        sheet.outline_rect(frame, &rim)?;
        sheet.outline_rect(frame, &mark)
    }

    fn describe(&self) -> String {
        if self.values.is_empty() {
            self.empty.clone()
        } else {
            self.sentence.clone()
        }
    }

    fn cells(&self, width: f64, _height: f64, style: &Style) -> Vec<PlacedRaster> {
        let rows = self.values.chunks(ACROSS * self.side * self.side);
        let placed = rows.enumerate().map(|(row, maps)| {
            let first = self.place(row * ACROSS, width, style);
            let values = self.row_values(maps);
            let raster = Raster::from_values(
                &values,
                self.row_cells(),
                self.side,
                self.map,
                style.palette(),
            );
            let right = first.left + self.cell(width, style) * self.row_cells() as f64;
            PlacedRaster {
                raster,
                place: Rect::new(first.left, first.top, right, first.bottom),
            }
        });
        placed.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> MapGrid {
        MapGrid {
            title: String::new(),
            values: (0..20 * 144).map(|value| value as f32).collect(),
            side: 12,
            map: ColourMap::Activation { full: 2880.0 },
            silent: vec![false; 20],
            chosen: (
                0,
                Window {
                    row: 0,
                    column: 0,
                    side: 1,
                },
            ),
            sentence: String::new(),
            empty: String::new(),
        }
    }

    #[test]
    fn every_cell_is_found_where_it_is_drawn() {
        let (grid, style) = (grid(), Style::default());
        let cell = grid.cell(400.0, &style);
        for map in 0..20 {
            let place = grid.place(map, 400.0, &style);
            for (row, column) in [(0, 0), (3, 11), (11, 4), (11, 11)] {
                let x = place.left + (column as f64 + 0.5) * cell;
                let y = place.top + (row as f64 + 0.5) * cell;
                assert_eq!(
                    grid.cell_at((x, y), 400.0, &style),
                    Some((map, row, column))
                );
            }
        }
        assert_eq!(grid.cell_at((-9.0, 1e6), 400.0, &style), Some((15, 11, 0)));
    }

    #[test]
    fn gaps_are_transparent_and_maps_keep_their_order() {
        let grid = grid();
        let cells = grid.row_values(&grid.values[..5 * 144]);
        assert_eq!(cells.len(), 12 * 64);
        assert!(cells[12].is_nan());
        assert_eq!((cells[13], cells[64 + 13]), (144.0, 156.0));
        assert_eq!(cells.iter().filter(|cell| cell.is_nan()).count(), 12 * 4);
    }
}
