//! Cells as pixels: RGBA on a small canvas that CSS scales without smoothing.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, ImageData};

use crate::figures::raster::Raster;

/// Shows a raster; the style sheet gives its size.
#[component]
pub fn Pixels(
    /// The cells; none while there are none.
    #[prop(into)]
    raster: Signal<Option<Raster>>,
    /// What is seen, in words.
    #[prop(into)]
    description: Signal<String>,
) -> impl IntoView {
    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        raster.with(|raster| {
            let Some(raster) = raster else { return };
            let size = (raster.width as u32, raster.height as u32);
            if (canvas.width(), canvas.height()) != size {
                canvas.set_width(size.0);
                canvas.set_height(size.1);
            }
            let Ok(Some(context)) = canvas.get_context("2d") else {
                return;
            };
            let context: CanvasRenderingContext2d = context.unchecked_into();
            if let Ok(image) = ImageData::new_with_u8_clamped_array(Clamped(&raster.rgba), size.0) {
                // A raster of cells always has the size that it says.
                let _ = context.put_image_data(&image, 0.0, 0.0);
            }
        });
    });
    view! { <canvas class="pixels" node_ref=canvas role="img" aria-label=description></canvas> }
}
