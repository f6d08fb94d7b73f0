//! A canvas that keeps the promises of [`crate::figures::sheet`]: plotters' own canvas backend on a grid finer than CSS
//! pixels, with text set on its alphabetic baseline.

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use crate::figures::raster::PlacedRaster;
use crate::figures::sheet::{BASELINE, GRID};

type Outcome = Result<(), DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>>;

/// plotters' canvas backend on the fine grid.
pub struct FineCanvas {
    inner: CanvasBackend,
    context: CanvasRenderingContext2d,
    size: (u32, u32),
}

impl FineCanvas {
    /// Sizes the canvas to `width` x `height` CSS pixels at `pixel_ratio` device pixels each, and clears it. None where
    /// the browser gives no drawing context.
    pub fn prepare(
        canvas: &HtmlCanvasElement,
        width: f64,
        height: f64,
        pixel_ratio: f64,
    ) -> Option<Self> {
        let device = |length: f64| (length * pixel_ratio).round().max(1.0) as u32;
        let (columns, rows) = (device(width), device(height));
        // Setting a size clears the canvas, but also throws its memory away: only when it changes.
        if (canvas.width(), canvas.height()) != (columns, rows) {
            canvas.set_width(columns);
            canvas.set_height(rows);
        }
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        context.reset_transform().ok()?;
        context.clear_rect(0.0, 0.0, f64::from(columns), f64::from(rows));
        // The device size is rounded; the grid fills it exactly.
        let across = f64::from(columns) / (width * GRID);
        let down = f64::from(rows) / (height * GRID);
        context.scale(across, down).ok()?;
        context.set_line_join("round");
        context.set_line_cap("round");
        let grid = |length: f64| (length * GRID).round() as u32;
        Some(Self {
            inner: CanvasBackend::with_canvas_object(canvas.clone())?,
            context,
            size: (grid(width), grid(height)),
        })
    }

    /// Draws cells without smoothing, where the figure places them. Nothing where the browser refuses a second canvas.
    pub fn draw_cells(&self, placed: &PlacedRaster) -> Option<()> {
        let (raster, place) = (&placed.raster, &placed.place);
        let (columns, rows) = (raster.width as u32, raster.height as u32);
        let source: HtmlCanvasElement = leptos::prelude::document()
            .create_element("canvas")
            .ok()?
            .dyn_into()
            .ok()?;
        source.set_width(columns);
        source.set_height(rows);
        let pixels: CanvasRenderingContext2d = source.get_context("2d").ok()??.dyn_into().ok()?;
        let image = ImageData::new_with_u8_clamped_array(Clamped(&raster.rgba), columns).ok()?;
        pixels.put_image_data(&image, 0.0, 0.0).ok()?;
        self.context.set_image_smoothing_enabled(false);
        let (x, y) = (place.left * GRID, place.top * GRID);
        let (width, height) = (place.width() * GRID, place.height() * GRID);
        self.context
            .draw_image_with_html_canvas_element_and_dw_and_dh(&source, x, y, width, height)
            .ok()
    }
}

impl DrawingBackend for FineCanvas {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Outcome {
        self.inner.ensure_prepared()
    }

    fn present(&mut self) -> Outcome {
        self.inner.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Outcome {
        self.inner.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Outcome {
        // As a path: plotters-canvas moves single lines by half a pixel of a coarse grid.
        self.inner.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Outcome {
        self.inner.draw_rect(upper_left, bottom_right, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Outcome {
        self.inner.draw_path(path, style)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Outcome {
        self.inner.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vertices: I,
        style: &S,
    ) -> Outcome {
        self.inner.fill_polygon(vertices, style)
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        position: BackendCoord,
    ) -> Outcome {
        let BackendColor {
            alpha,
            rgb: (red, green, blue),
        } = style.color();
        let align = match style.anchor().h_pos {
            HPos::Left => "left",
            HPos::Center => "center",
            HPos::Right => "right",
        };
        let context = &self.context;
        context.set_text_align(align);
        context.set_text_baseline("alphabetic");
        context.set_fill_style_str(&format!("rgba({red},{green},{blue},{alpha})"));
        context.set_font(&format!(
            "{} {}px {}",
            style.style().as_str(),
            style.size(),
            style.family().as_str()
        ));
        let (x, y) = (
            f64::from(position.0),
            f64::from(position.1) + BASELINE * style.size(),
        );
        // A context that refuses text (it never did) leaves the label out; the description has the numbers.
        let _ = context.fill_text(text, x, y);
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Self::ErrorType>> {
        let width = self
            .context
            .measure_text(text)
            .map_or(0.0, |metrics| metrics.width());
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}
