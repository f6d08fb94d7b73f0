//! Lecture mode: one widget alone, its type scaled to the room; keys walk through the widgets.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Figures in a lecture are set larger by this factor.
const LECTURE_SCALE: f64 = 1.5;

/// Which widget is shown alone, in the context of everything.
#[derive(Clone, Copy)]
pub struct Lecture {
    /// The widget that is alone on the page, if one is.
    pub shown: RwSignal<Option<&'static str>>,
    /// Factor for type and lines in figures.
    pub scale: Memo<f64>,
    /// Whether the list of keys is open.
    pub keys_open: RwSignal<bool>,
    widgets: StoredValue<Vec<&'static str>>,
}

impl Lecture {
    /// Listens to the keys from now on.
    pub fn start() -> Self {
        let shown = RwSignal::new(None);
        let lecture = Self {
            shown,
            scale: Memo::new(move |_| {
                if shown.with(Option::is_some) {
                    LECTURE_SCALE
                } else {
                    1.0
                }
            }),
            keys_open: RwSignal::new(false),
            widgets: StoredValue::new(Vec::new()),
        };
        Effect::new(move |before: Option<Option<&'static str>>| {
            let now = shown.get();
            let class = if now.is_some() { "lecture" } else { "" };
            if let Some(root) = document().document_element() {
                root.set_class_name(class);
            }
            // A widget begins at its top; who leaves a lecture finds the page where the widget is.
            let left = before.flatten();
            if now.is_some() || left.is_some() {
                request_animation_frame(move || match (now, left) {
                    (None, Some(id)) => {
                        if let Some(widget) = document().get_element_by_id(id) {
                            widget.scroll_into_view();
                        }
                    }
                    _ => window().scroll_to_with_x_and_y(0.0, 0.0),
                });
            }
            now
        });
        let handle = window_event_listener(leptos::ev::keydown, move |event| lecture.press(&event));
        on_cleanup(move || handle.remove());
        lecture
    }

    /// Adds a widget to the walk.
    pub fn enrol(self, id: &'static str) {
        self.widgets.update_value(|widgets| widgets.push(id));
    }

    /// Shows a widget alone, or the whole page again.
    pub fn toggle(self, id: &'static str) {
        self.shown
            .update(|shown| *shown = if *shown == Some(id) { None } else { Some(id) });
    }

    fn press(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() || is_typing(event) {
            return;
        }
        match event.key().as_str() {
            "f" | "F" => match self.shown.get_untracked().or_else(|| self.nearest()) {
                Some(id) => self.toggle(id),
                None => return,
            },
            "Escape" => {
                self.shown.set(None);
                self.keys_open.set(false);
            }
            "ArrowRight" | "PageDown" if self.shown.with_untracked(Option::is_some) => self.walk(1),
            "ArrowLeft" | "PageUp" if self.shown.with_untracked(Option::is_some) => self.walk(-1),
            "?" => self.keys_open.update(|open| *open = !*open),
            _ => return,
        }
        event.prevent_default();
    }

    /// Widgets of the chapter that is on the page, in reading order.
    fn on_page(self) -> Vec<&'static str> {
        let mut widgets = self.widgets.get_value();
        widgets.retain(|id| top_of(id).is_some());
        widgets.sort_by(|a, b| {
            top_of(a)
                .partial_cmp(&top_of(b))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        widgets
    }

    /// The widget nearest to the middle of the window.
    fn nearest(self) -> Option<&'static str> {
        let middle = window().inner_height().ok()?.as_f64()? / 2.0;
        let distance = |id: &&'static str| {
            let rectangle = document()
                .get_element_by_id(id)
                .map(|element| element.get_bounding_client_rect());
            rectangle.map_or(f64::INFINITY, |r| {
                (r.top() + r.height() / 2.0 - middle).abs()
            })
        };
        self.on_page()
            .into_iter()
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }

    fn walk(self, by: isize) {
        // In a lecture the other widgets are hidden and have no place: the order is that of the document.
        let Some(present) = self.shown.get_untracked() else {
            return;
        };
        let order = self.in_document_order(present);
        let Some(index) = order.iter().position(|id| *id == present) else {
            return;
        };
        if let Some(next) = index
            .checked_add_signed(by)
            .and_then(|index| order.get(index))
        {
            self.shown.set(Some(next));
        }
    }

    /// Widgets of the same view as `present`, as the document has them.
    fn in_document_order(self, present: &str) -> Vec<&'static str> {
        let Ok(Some(view)) = document()
            .get_element_by_id(present)
            .map_or(Ok(None), |element| element.closest(".view"))
        else {
            return Vec::new();
        };
        let Ok(sections) = view.query_selector_all(".widget") else {
            return Vec::new();
        };
        let known = self.widgets.get_value();
        (0..sections.length())
            .filter_map(|index| sections.item(index))
            .filter_map(|node| node.dyn_into::<web_sys::Element>().ok())
            .filter_map(|element| known.iter().find(|id| **id == element.id()).copied())
            .collect()
    }
}

/// Distance of a widget from the top of the window; none where it is not displayed.
fn top_of(id: &str) -> Option<f64> {
    let rectangle = document().get_element_by_id(id)?.get_bounding_client_rect();
    (rectangle.width() > 0.0).then(|| rectangle.top())
}

/// Whether the key goes into a field.
fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    target.is_some_and(|input| !matches!(input.type_().as_str(), "range" | "checkbox" | "radio"))
}
