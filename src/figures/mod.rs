//! Ink: plain values in, a drawing on any plotters backend out.
//!
//! A figure is a struct of plain values that implements [`Figure`]. It speaks CSS pixels as `f64`, x to the right and
//! y **down**, origin at the top left of its sheet, and never learns which backend it is drawn on: a canvas in the
//! page, SVG in tests and exports.
//!
//! | file | what it owns |
//! |---|---|
//! | [`ink`] | five strokes on any plotters backend |
//! | [`sheet`], [`pen`] | plotters, tamed once: CSS pixels, text, strokes, markers, clipping |
//! | [`colour`], [`palette`], [`style`] | the named colours of three themes; sizes of type and lines |
//! | [`mapping`], [`numerals`], [`ticks`], [`axis`], [`axes`] | data to position and back; nice ticks; quiet axes |
//! | [`outline`], [`clipping`], [`labels`], [`thinning`] | pure geometry: clipping and dashes, label placement, long series |
//! | [`raster`] | cells as RGBA bytes |
//! | [`export`] | the SVG document |
//! | [`curves`], [`histogram`], [`bars`], [`matrix`], [`field`], [`cell_grid`], [`map_grid`], [`layer_diagram`], [`shares`], [`thinned_network`] | the figures |
//! | [`neuron_curve`] | what two chapters draw with [`curves`] |

pub mod axes;
pub mod axis;
pub mod bars;
pub mod cell_grid;
pub mod clipping;
pub mod colour;
pub mod curves;
pub mod export;
pub mod field;
pub mod histogram;
pub mod ink;
pub mod labels;
pub mod layer_diagram;
pub mod map_grid;
pub mod mapping;
pub mod matrix;
pub mod neuron_curve;
pub mod numerals;
pub mod outline;
pub mod palette;
pub mod pen;
pub mod raster;
pub mod shares;
pub mod sheet;
pub mod style;
pub mod thinned_network;
pub mod thinning;
pub mod ticks;

pub use export::export_svg;
pub use ink::Drawn;
pub use sheet::Sheet;
pub use style::Style;

/// Plain values that know how to become ink.
pub trait Figure {
    /// Draws the figure on the whole sheet. The sheet is already clean; figures do not paint the paper.
    ///
    /// # Errors
    /// Only what the backend reports.
    fn draw(&self, sheet: &Sheet<'_>) -> Drawn;

    /// One sentence with numbers: the accessible description of what the figure shows now.
    fn describe(&self) -> String;

    /// Cells that lie under the ink, placed in CSS pixels of a sheet of `width` x `height`. The page shows them on
    /// their own small canvases, scaled by CSS; the export embeds them.
    fn cells(&self, _width: f64, _height: f64, _style: &Style) -> Vec<raster::PlacedRaster> {
        Vec::new()
    }
}
