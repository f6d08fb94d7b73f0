//! A figure that can be taken hold of: where mouse, pen or finger stands on it, in the figure's own CSS pixels; and steps
//! with the arrow keys.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;

use super::lecture::Lecture;
use super::plot::page_style;
use super::theme::Themes;
use crate::figures::Style;

/// A pointer that is held down on a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Distance from the figure's left edge, CSS pixels; beyond the figure's width where the pointer has left it.
    pub x: f64,
    /// Distance from the figure's top edge, CSS pixels.
    pub y: f64,
    /// Width of the figure, CSS pixels.
    pub width: f64,
    /// Height of the figure, CSS pixels.
    pub height: f64,
    /// The look with which the figure was laid out.
    pub style: Style,
    /// Whether the pointer went down just now; else it moved.
    pub first: bool,
}

/// Steps that an arrow key asks for, to the right and upwards; with Shift ten.
pub type Steps = (i32, i32);

/// Around one [`super::plot::Plot`]: calls `on_drag` when a pointer goes down on the figure and while it moves, held, and
/// `on_step` for arrow keys on the focused figure.
///
/// What is dragged must also have a slider, which says the value to screen readers, or a
/// [`PointField`](super::plane_point::PointField) around it. A finger that moves up or down still scrolls the page, except
/// where the style sheet says that it drags: in the plane, and on a digit that is moved.
#[component]
pub fn Drag(
    /// What follows the pointer.
    on_drag: impl Fn(Held) + 'static,
    /// What follows the arrow keys; whether these steps mean something here. Those that do not scroll the page as always.
    /// Without it something around the figure has the focus and the keys.
    #[prop(optional, into)]
    on_step: Option<Callback<(Steps,), bool>>,
    /// What dragging does, for the tooltip and as the name of the focused figure.
    help: &'static str,
    /// The figure.
    children: Children,
) -> impl IntoView {
    let field = NodeRef::<html::Div>::new();
    let themes = expect_context::<Themes>();
    let lecture = expect_context::<Lecture>();
    let holding = RwSignal::new(false);
    let report = move |event: &PointerEvent, first: bool| {
        let Some(field) = field.get_untracked() else {
            return;
        };
        let edges = field.get_bounding_client_rect();
        on_drag(Held {
            x: f64::from(event.client_x()) - edges.left(),
            y: f64::from(event.client_y()) - edges.top(),
            width: edges.width(),
            height: edges.height(),
            style: untrack(|| Style {
                scale: lecture.scale.get(),
                ..page_style(&themes)
            }),
            first,
        });
    };
    let report = std::rc::Rc::new(report);
    let moved = std::rc::Rc::clone(&report);
    let on_down = move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        if let Some(field) = field.get_untracked() {
            // A pointer that is gone already cannot be captured; then the drag is this one point.
            let captured = field.set_pointer_capture(event.pointer_id()).is_ok();
            holding.set(captured);
        }
        report(&event, true);
    };
    let on_move = move |event: PointerEvent| {
        if holding.get_untracked() {
            moved(&event, false);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let size = if event.shift_key() { 10 } else { 1 };
        let steps = match event.key().as_str() {
            "ArrowRight" => (size, 0),
            "ArrowLeft" => (-size, 0),
            "ArrowUp" => (0, size),
            "ArrowDown" => (0, -size),
            _ => return,
        };
        if on_step.is_some_and(|on_step| on_step.run((steps,))) {
            // Or the page would scroll, or a lecture turn to its next widget.
            event.prevent_default();
            event.stop_propagation();
        }
    };
    view! {
        <div
            class="drag"
            tabindex=on_step.map(|_| "0")
            role=on_step.map(|_| "group")
            aria-label=on_step.map(|_| help)
            on:keydown=on_key
            class:held=holding
            title=help
            node_ref=field
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=move |_| holding.set(false)
            on:pointercancel=move |_| holding.set(false)
        >
            {children()}
        </div>
    }
}
