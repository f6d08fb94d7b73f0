//! What a press, a drag and a key do to a part of a diagram.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::part::{Editing, Part};
use super::shown::Shown;
use crate::ui::network_editor::focus_field;

/// Vertical pixels of a drag for one step.
const PIXELS_A_STEP: f64 = 4.0;

/// Attributes and handlers that all parts have in common.
#[derive(Clone, Copy)]
pub(super) struct Handle {
    part: Part,
    shown: Shown,
    editing: Editing,
    fixed: bool,
    /// Height of the pointer, in pixels, and value where a drag began.
    drag: StoredValue<Option<(f64, f64)>>,
}

impl Handle {
    pub(super) fn new(part: Part, shown: Shown, editing: Editing, fixed: bool) -> Self {
        Self {
            part,
            shown,
            editing,
            fixed,
            drag: StoredValue::new(None),
        }
    }

    pub(super) fn fixed(self) -> bool {
        self.fixed
    }

    pub(super) fn select(self) {
        self.editing.selected.set(self.part);
    }

    pub(super) fn tab_index(self) -> &'static str {
        if self.selected() { "0" } else { "-1" }
    }

    pub(super) fn selected(self) -> bool {
        self.editing.selected.get() == self.part
    }

    pub(super) fn spoken(self) -> String {
        self.part.name(self.editing.depth())
    }

    pub(super) fn press(self, event: &leptos::ev::PointerEvent) {
        if event.button() != 0 {
            return;
        }
        self.editing.selected.set(self.part);
        if let Some(element) = current(event) {
            let _ = element.focus();
            let _ = element.set_pointer_capture(event.pointer_id());
        }
        if !self.fixed {
            let value = self.shown.value(self.part);
            self.drag
                .set_value(Some((f64::from(event.client_y()), value)));
        }
        event.prevent_default();
    }

    pub(super) fn drag_to(self, event: &leptos::ev::PointerEvent) {
        let Some((from, value)) = self.drag.get_value() else {
            return;
        };
        let steps = ((from - f64::from(event.client_y())) / PIXELS_A_STEP).trunc();
        let step = self.part.step();
        if steps != 0.0 || self.shown.value(self.part) != value {
            self.editing.set(self.part, value + steps * step);
        }
    }

    pub(super) fn release(self, event: &leptos::ev::PointerEvent) {
        let began = self.drag.get_value();
        self.drag.set_value(None);
        // A press that did not move turns an input from 0 to 1 and back.
        if let (Part::Input(_), Some((from, value))) = (self.part, began)
            && (from - f64::from(event.client_y())).abs() < PIXELS_A_STEP
        {
            self.editing
                .set(self.part, if value > 0.5 { 0.0 } else { 1.0 });
        }
    }

    pub(super) fn key(self, event: &leptos::ev::KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let size = if event.shift_key() { 10.0 } else { 1.0 } * self.part.step();
        let value = self.shown.value(self.part);
        let key = event.key();
        let change = match key.as_str() {
            "ArrowUp" => Some(value + size),
            "ArrowDown" => Some(value - size),
            "Home" => Some(0.0),
            "-" => Some(-value),
            " " if matches!(self.part, Part::Input(_)) => Some(if value > 0.5 { 0.0 } else { 1.0 }),
            _ => None,
        };
        if let Some(value) = change {
            if !self.fixed {
                self.editing.set(self.part, value);
            }
        } else if key == "ArrowRight" || key == "ArrowLeft" {
            let by = if key == "ArrowRight" { 1 } else { -1 };
            let next = self.editing.neighbour(self.part, by);
            self.editing.selected.set(next);
            focus_part(event, next);
        } else if key.len() == 1 && key.starts_with(|c: char| c.is_ascii_digit() || c == '.')
            || key == "Enter"
        {
            // The field takes the focus now, so the digit itself lands in it.
            focus_field();
            if key != "Enter" {
                event.stop_propagation();
                return;
            }
        } else {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
    }
}

/// The element that listens.
fn current(event: &leptos::ev::PointerEvent) -> Option<web_sys::SvgElement> {
    event.current_target()?.dyn_into().ok()
}

/// Moves the focus to another part of the same diagram.
fn focus_part(event: &leptos::ev::KeyboardEvent, part: Part) {
    let own = event
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let diagram = own.and_then(|element| element.closest("svg").ok().flatten());
    let selector = format!("[data-part=\"{}\"]", part.key());
    let next = diagram.and_then(|diagram| diagram.query_selector(&selector).ok().flatten());
    if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::SvgElement>().ok()) {
        let _ = next.focus();
    }
}
