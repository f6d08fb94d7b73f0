//! A point of the plane that is moved on a figure: by mouse, pen or finger, and with the arrow keys.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::drag::{Drag, Held};
use super::network_diagram::subscript;
use super::slider::round_to;
use crate::figures::numerals::number;

/// A point, where it may be and how far a key press takes it.
#[derive(Clone, Copy)]
pub struct PlanePoint {
    /// Where it is, (horizontal, vertical).
    pub at: Signal<(f64, f64)>,
    /// Moves it.
    pub set: Callback<((f64, f64),)>,
    /// Lowest and highest value in both directions.
    pub range: (f64, f64),
    /// One press of an arrow key; the pointer keeps to multiples of it. With Shift: ten.
    pub step: f64,
}

impl PlanePoint {
    /// Puts it on the nearest multiple of the step within the range.
    fn put(self, (x, y): (f64, f64)) {
        let near = |value: f64| {
            let value = value.clamp(self.range.0, self.range.1);
            round_to((value / self.step).round() * self.step, 9) + 0.0
        };
        let to = (near(x), near(y));
        if to != self.at.get_untracked() {
            self.set.run((to,));
        }
    }

    fn key(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let size = if event.shift_key() { 10.0 } else { 1.0 } * self.step;
        let (x, y) = self.at.get_untracked();
        let to = match event.key().as_str() {
            "ArrowRight" => (x + size, y),
            "ArrowLeft" => (x - size, y),
            "ArrowUp" => (x, y + size),
            "ArrowDown" => (x, y - size),
            "Home" => (0.0, 0.0),
            _ => return,
        };
        self.put(to);
        // Neither the page nor a lecture's scenes move with it.
        event.prevent_default();
        event.stop_propagation();
    }
}

/// Around one figure whose plane holds the point.
#[component]
pub fn PointField(
    /// The point.
    point: PlanePoint,
    /// From a place on the figure to the plane.
    to_plane: fn(&Held) -> (f64, f64),
    /// What the figure is a map of, for screen readers.
    of: &'static str,
    /// The figure.
    children: Children,
) -> impl IntoView {
    let spoken = move || {
        let (x, y) = point.at.get();
        let (first, second) = (subscript(1), subscript(2));
        format!("x{first} = {}, x{second} = {}", number(x, 4), number(y, 4))
    };
    view! {
        <div
            class="plane-point"
            tabindex="0"
            role="slider"
            aria-roledescription="point in the plane"
            aria-label=format!("Point on the map of {of}: the arrow keys move it")
            aria-valuemin=point.range.0
            aria-valuemax=point.range.1
            aria-valuenow=move || point.at.get().0
            aria-valuetext=spoken
            on:keydown=move |event| point.key(&event)
        >
            <Drag on_drag=move |held: Held| point.put(to_plane(&held)) help="Drag the point, or move it with the arrow keys">
                {children()}
            </Drag>
        </div>
    }
}
