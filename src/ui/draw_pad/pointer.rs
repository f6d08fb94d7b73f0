//! Where a pointer is on the pad, and where it was between two events.

use leptos::ev::PointerEvent;
use wasm_bindgen::{JsCast, JsValue};

use super::PAD_SIDE;

/// Where on the pad a pointer is, in its pixels.
pub fn place_on(field: &web_sys::Element, event: &PointerEvent) -> (f32, f32) {
    let edges = field.get_bounding_client_rect();
    let side = PAD_SIDE as f64;
    let x = (f64::from(event.client_x()) - edges.left()) / edges.width().max(1.0) * side;
    let y = (f64::from(event.client_y()) - edges.top()) / edges.height().max(1.0) * side;
    (x as f32, y as f32)
}

/// The moves that the browser joined in one event: a fast stroke stays round. Browsers offer them in secure contexts only.
pub fn all_moves(event: &PointerEvent) -> Vec<PointerEvent> {
    let moves = js_sys::Reflect::get(event, &JsValue::from_str("getCoalescedEvents"))
        .ok()
        .and_then(|method| method.dyn_into::<js_sys::Function>().ok())
        .and_then(|method| method.call0(event).ok())
        .map(|list| js_sys::Array::from(&list).iter().collect::<Vec<_>>())
        .unwrap_or_default();
    let moves: Vec<PointerEvent> = moves
        .into_iter()
        .filter_map(|one| one.dyn_into().ok())
        .collect();
    if moves.is_empty() {
        vec![event.clone()]
    } else {
        moves
    }
}
