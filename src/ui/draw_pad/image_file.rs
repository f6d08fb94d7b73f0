//! An image file of the reader's own, onto the pad.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement};

use super::PAD_SIDE;
use crate::data::picture::{LEAST_SIDE, PictureError, ink_of};

/// Files of more bytes are not opened: decoded, they may not fit into the memory of a phone.
const MOST_BYTES: f64 = 30e6;

/// The first of a list of files, as a file field or a drop has it.
pub fn first_file(holder: &JsValue) -> Option<Blob> {
    let files = js_sys::Reflect::get(holder, &"files".into()).ok()?;
    js_sys::Reflect::get_u32(&files, 0).ok()?.dyn_into().ok()
}

/// Ink of an image file on a pad: as large as fits, proportions kept, in the middle.
///
/// # Errors
/// What is wrong with the file, for the reader of the page.
pub async fn ink_of_file(file: Blob) -> Result<Vec<f32>, String> {
    if file.size() > MOST_BYTES {
        return Err(format!(
            "The file has {:.0} MB; images of up to {:.0} MB can be used. Save it smaller.",
            file.size() / 1e6,
            MOST_BYTES / 1e6
        ));
    }
    let unreadable = |_: JsValue| {
        "This file is not an image that the browser can read. Use a PNG or JPEG file.".to_owned()
    };
    let bitmap = method(&window(), "createImageBitmap")
        .and_then(|create| create.call1(&window(), &file))
        .map_err(unreadable)?;
    let bitmap = JsFuture::from(js_sys::Promise::resolve(&bitmap))
        .await
        .map_err(unreadable)?;
    let length = |name: &str| {
        let value = js_sys::Reflect::get(&bitmap, &name.into());
        value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0)
    };
    let (width, height) = (length("width"), length("height"));
    if width.min(height) < LEAST_SIDE as f64 {
        return Err(PictureError::TooSmall(width as usize, height as usize).to_string());
    }
    let scale = PAD_SIDE as f64 / width.max(height);
    let scaled = |length: f64| (length * scale).round().max(1.0);
    let (columns, rows) = (scaled(width), scaled(height));
    if columns.min(rows) < LEAST_SIDE as f64 {
        return Err(format!(
            "The picture is {width} \u{d7} {height} pixels, too long and narrow to show a digit. Cut it to the digit."
        ));
    }
    let rgba = pixels_of(&bitmap, columns, rows).map_err(unreadable)?;
    // Large bitmaps are given back at once, not when the browser next tidies up; one that cannot be is left to it.
    let _ = method(&bitmap, "close").and_then(|close| close.call0(&bitmap));
    let (columns, rows) = (columns as usize, rows as usize);
    let ink = ink_of(&rgba, columns, rows).map_err(|error| error.to_string())?;
    let (left, top) = ((PAD_SIDE - columns) / 2, (PAD_SIDE - rows) / 2);
    let mut pad = vec![0.0; PAD_SIDE * PAD_SIDE];
    for (row, line) in ink.chunks_exact(columns).enumerate() {
        let start = (top + row) * PAD_SIDE + left;
        pad[start..start + columns].copy_from_slice(line);
    }
    Ok(pad)
}

fn method(object: &JsValue, name: &str) -> Result<js_sys::Function, JsValue> {
    js_sys::Reflect::get(object, &name.into())?.dyn_into()
}

/// The image scaled to `columns` x `rows`, four bytes a pixel.
fn pixels_of(bitmap: &JsValue, columns: f64, rows: f64) -> Result<Vec<u8>, JsValue> {
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    canvas.set_width(columns as u32);
    canvas.set_height(rows as u32);
    let context: CanvasRenderingContext2d = canvas
        .get_context("2d")?
        .ok_or(JsValue::NULL)?
        .unchecked_into();
    js_sys::Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into())?;
    let place = [0.0.into(), 0.0.into(), columns.into(), rows.into()];
    let arguments = js_sys::Array::of1(bitmap);
    place.iter().for_each(|number: &JsValue| {
        arguments.push(number);
    });
    method(&context, "drawImage")?.apply(&context, &arguments)?;
    let image = context.get_image_data(0.0, 0.0, columns, rows)?;
    Ok(image.data().0)
}
