//! A figure as an SVG document: the export of the page and the subject of the golden tests.

use std::fmt::Write as _;

use plotters::prelude::SVGBackend;

use super::Figure;
use super::ink::PlottersInk;
use super::raster::PlacedRaster;
use super::sheet::{GRID, Sheet};
use super::style::Style;

/// plotters-svg writes font sizes divided by this number.
const SVG_FONT_DIVISOR: f64 = 1.24;

/// `figure` as a standalone SVG document of `width` x `height` CSS pixels (rounded, at least 1), on the paper of
/// `style`, with the figure's description as `<desc>` and `title` as `<title>` (none if empty).
///
/// The document depends on nothing but its arguments: no installed font is asked, so it is the same on every machine.
pub fn export_svg(
    figure: &dyn Figure,
    title: &str,
    width: f64,
    height: f64,
    style: &Style,
) -> String {
    let side = |length: f64| length.round().clamp(1.0, 16_384.0);
    let (width, height) = (side(width), side(height));
    let grid_size = ((width * GRID) as u32, (height * GRID) as u32);
    let mut drawing = String::new();
    {
        let backend = SVGBackend::with_string(&mut drawing, grid_size);
        let ink = PlottersInk::new(backend).with_font_factor(SVG_FONT_DIVISOR);
        figure
            .draw(&Sheet::new(&ink, style))
            .and_then(|()| ink.present())
            .expect("writing SVG into a string cannot fail");
    }
    // plotters' root element displays the fine grid at its own size; ours displays it at CSS size. Attributes that
    // hold for every shape stand here once.
    let shapes = drawing
        .split_once('\n')
        .map_or("", |(_, after_root)| after_root);
    let mut document = String::with_capacity(shapes.len() + 1024);
    let _ = writeln!(
        document,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" \
         role=\"img\" stroke-linejoin=\"round\" stroke-linecap=\"round\">",
        grid_size.0, grid_size.1,
    );
    if !title.is_empty() {
        let _ = writeln!(document, "<title>{}</title>", escape(title));
    }
    let _ = writeln!(document, "<desc>{}</desc>", escape(&figure.describe()));
    let _ = writeln!(
        document,
        "<rect width=\"{}\" height=\"{}\" fill=\"{}\"/>",
        grid_size.0,
        grid_size.1,
        style.palette().paper.css(),
    );
    for placed in figure.cells(width, height, style) {
        document.push_str(&image(&placed));
    }
    // Every shape says opacity="1", which is the default.
    document.push_str(&shapes.replace(" opacity=\"1\"", ""));
    document
}

fn image(placed: &PlacedRaster) -> String {
    let place = &placed.place;
    format!(
        "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" \
         style=\"image-rendering:pixelated\" href=\"{}\"/>\n",
        place.left * GRID,
        place.top * GRID,
        place.width() * GRID,
        place.height() * GRID,
        placed.raster.data_uri(),
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
