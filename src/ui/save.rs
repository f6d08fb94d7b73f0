//! Files for the reader: a text or a canvas into the downloads folder.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlCanvasElement, Url};

/// Saves a text under a file name.
pub fn text(file_name: &str, media_type: &str, content: &str) {
    let parts = js_sys::Array::of1(&content.into());
    let properties = BlobPropertyBag::new();
    properties.set_type(media_type);
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &properties) {
        save(file_name, &blob);
    }
}

/// Saves a canvas as a PNG file.
pub fn canvas(file_name: &str, canvas: &HtmlCanvasElement) {
    let file_name = file_name.to_owned();
    let on_blob = Closure::once_into_js(move |blob: Option<Blob>| {
        if let Some(blob) = blob {
            save(&file_name, &blob);
        }
    });
    // An empty canvas gives no blob and nothing to save.
    let _ = canvas.to_blob(on_blob.unchecked_ref());
}

fn save(file_name: &str, blob: &Blob) {
    let Ok(address) = Url::create_object_url_with_blob(blob) else {
        return;
    };
    if let Ok(element) = document().create_element("a") {
        let anchor: HtmlAnchorElement = element.unchecked_into();
        anchor.set_href(&address);
        anchor.set_download(file_name);
        anchor.click();
    }
    // The download has its own hold on the data by then.
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&address);
        },
        std::time::Duration::from_secs(60),
    );
}
