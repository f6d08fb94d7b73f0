//! A pad to draw on: by mouse, pen or finger, and with the keys; an image file can be laid on it.

mod drawing;
mod image_file;
mod pointer;

use std::sync::Arc;

use leptos::ev::{DragEvent, KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::pixels::Pixels;
use super::plot::once_a_frame;
use super::slider::{Scale, Slider};
use super::theme::Themes;
use crate::figures::palette::{Palette, Role};
use crate::figures::raster::{ColourMap, Raster};
use drawing::Drawing;
use pointer::{all_moves, place_on};

/// Pixels along a side of the pad: four for each of the network's.
pub const PAD_SIDE: usize = 112;
/// Width of the pen at first, pixels of the pad: as thick, in proportion, as the lines of a digit that fills the pad.
pub const PEN_WIDTH: f64 = 11.0;

/// What was drawn: (row, column), [`PAD_SIDE`] x [`PAD_SIDE`], 0 = paper, 1 = ink.
pub type Ink = Arc<Vec<f32>>;

/// A pad without ink.
pub fn blank() -> Ink {
    Arc::new(vec![0.0; PAD_SIDE * PAD_SIDE])
}

/// The pad with its width of the pen, Undo and Clear.
///
/// Keys on the focused pad: arrows move the pen (with Shift further), Space puts it down and lifts it, U or Backspace takes the
/// last stroke back, Delete clears.
#[component]
pub fn DrawPad(
    /// What is drawn, a new one at most once a frame.
    ink: RwSignal<Ink>,
    /// Width of the pen, pixels of the pad.
    width: RwSignal<f64>,
) -> impl IntoView {
    let field = NodeRef::<html::Div>::new();
    let themes = expect_context::<Themes>();
    let drawing = StoredValue::new_local(Drawing::new());
    let strokes = RwSignal::new(0_usize);
    let drawn_by = RwSignal::new(None::<i32>);
    // The pen of the keys: where it is, and whether it is down.
    let pen = RwSignal::new((56.0_f32, 56.0_f32));
    let (down, focused) = (RwSignal::new(false), RwSignal::new(false));

    let complaint = RwSignal::new(String::new());

    let publish = once_a_frame(move || {
        let now = drawing.with_value(|drawing| (Arc::new(drawing.ink.clone()), drawing.pieces()));
        ink.set(now.0);
        strokes.set(now.1);
    });
    let change = move |work: &dyn Fn(&mut Drawing)| {
        drawing.update_value(|drawing| work(drawing));
        publish();
    };
    let radius = move || width.get_untracked() as f32 / 2.0;
    let on_down = {
        let change = change.clone();
        move |event: PointerEvent| {
            let Some(field) = field.get_untracked() else {
                return;
            };
            if event.button() != 0 || drawn_by.get_untracked().is_some() {
                return; // A second finger draws nothing.
            }
            // A pointer that is gone already cannot be captured; then the stroke is a dot.
            if field.set_pointer_capture(event.pointer_id()).is_ok() {
                drawn_by.set(Some(event.pointer_id()));
            }
            down.set(false);
            complaint.set(String::new());
            let place = place_on(&field, &event);
            change(&|drawing| drawing.begin(place, radius()));
        }
    };
    let on_move = {
        let change = change.clone();
        move |event: PointerEvent| {
            let Some(field) = field.get_untracked() else {
                return;
            };
            if drawn_by.get_untracked() == Some(event.pointer_id()) {
                let places: Vec<_> = all_moves(&event)
                    .iter()
                    .map(|event| place_on(&field, event))
                    .collect();
                change(&|drawing| places.iter().for_each(|place| drawing.go_on(*place)));
            }
        }
    };
    let on_up = move |event: PointerEvent| {
        if drawn_by.get_untracked() == Some(event.pointer_id()) {
            drawn_by.set(None);
        }
    };
    let undo = {
        let change = change.clone();
        move || {
            down.set(false);
            // A stroke that is taken back while it is drawn is over.
            drawn_by.set(None);
            change(&Drawing::undo);
        }
    };
    let clear = {
        let change = change.clone();
        move || {
            down.set(false);
            drawn_by.set(None);
            complaint.set(String::new());
            change(&|drawing| *drawing = Drawing::new());
        }
    };
    let on_key = {
        let (undo, clear, change) = (undo.clone(), clear.clone(), change.clone());
        move |event: KeyboardEvent| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let size = if event.shift_key() { 12.0 } else { 4.0 };
            let step = match event.key().as_str() {
                "ArrowRight" => (size, 0.0),
                "ArrowLeft" => (-size, 0.0),
                "ArrowDown" => (0.0, size),
                "ArrowUp" => (0.0, -size),
                " " if drawn_by.get_untracked().is_some() => (0.0, 0.0),
                " " => {
                    let now_down = !down.get_untracked();
                    if now_down {
                        change(&|drawing| drawing.begin(pen.get_untracked(), radius()));
                    }
                    down.set(now_down);
                    (0.0, 0.0)
                }
                "u" | "U" | "Backspace" => {
                    undo();
                    (0.0, 0.0)
                }
                "Delete" => {
                    clear();
                    (0.0, 0.0)
                }
                _ => return,
            };
            // Or the page would scroll, or a lecture turn to its next widget.
            event.prevent_default();
            event.stop_propagation();
            if step != (0.0, 0.0) {
                let last = PAD_SIDE as f32;
                let (x, y) = pen.get_untracked();
                let place = ((x + step.0).clamp(0.0, last), (y + step.1).clamp(0.0, last));
                pen.set(place);
                if down.get_untracked() {
                    change(&|drawing| drawing.go_on(place));
                }
            }
        }
    };
    let show = {
        let change = change.clone();
        move |holder: &JsValue| {
            let Some(file) = image_file::first_file(holder) else {
                return;
            };
            let change = change.clone();
            complaint.set(String::new());
            spawn_local(async move {
                match image_file::ink_of_file(file).await {
                    Ok(image) => {
                        down.set(false);
                        drawn_by.set(None);
                        change(&|drawing| *drawing = Drawing::of_image(image.clone()));
                    }
                    Err(reason) => complaint.set(reason),
                }
            });
        }
    };
    // Anywhere on the page: a file that misses the pad would make the browser leave for it, and the drawing would be lost.
    let shown = move || {
        let field = field.get_untracked();
        field.is_some_and(|field| field.get_bounding_client_rect().width() > 0.0)
    };
    let over = window_event_listener(leptos::ev::dragover, move |event| {
        if shown() {
            event.prevent_default();
        }
    });
    let dropped = {
        let show = show.clone();
        window_event_listener(leptos::ev::drop, move |event: DragEvent| {
            if shown() {
                event.prevent_default();
                let name = JsValue::from_str("dataTransfer");
                if let Ok(dropped) = js_sys::Reflect::get(&event, &name) {
                    show(&dropped);
                }
            }
        })
    };
    on_cleanup(move || {
        over.remove();
        dropped.remove();
    });
    let on_choose = move |event: leptos::ev::Event| {
        let field: web_sys::HtmlInputElement = event_target(&event);
        show(&field);
        // The same file can be chosen again.
        field.set_value("");
    };
    let raster = Memo::new(move |_| {
        let palette = Palette::of(themes.theme.get());
        let full = ColourMap::Activation { full: 1.0 };
        ink.with(|ink| Some(Raster::from_values(ink, PAD_SIDE, PAD_SIDE, full, palette)))
    });
    let description = move || match strokes.get() {
        0 => "An empty pad".to_owned(),
        1 => "A drawing of one stroke or image".to_owned(),
        count => format!("A drawing of {count} strokes"),
    };
    let pen_words = move || {
        let (x, y) = pen.get();
        let state = if down.get() { "down" } else { "up" };
        format!("Pen {state}, {x} from the left, {y} from the top, of {PAD_SIDE}")
    };
    let share = |value: f32| format!("{}%", 100.0 * value / PAD_SIDE as f32);
    let pen_colour = move || {
        let palette = Palette::of(themes.theme.get());
        palette.mark(Role::RunB).css()
    };
    view! {
        <div class="draw-pad">
            <div
                class="pad"
                node_ref=field
                tabindex="0"
                role="application"
                aria-label="Pad to draw a digit on. Arrow keys move the pen, Space puts it down or lifts it, U takes a stroke back, Delete clears."
                on:pointerdown=on_down
                on:pointermove=on_move
                on:pointerup=on_up
                on:pointercancel=on_up
                on:keydown=on_key
                on:focus=move |_| focused.set(true)
                on:blur=move |_| focused.set(false)
            >
                <Pixels raster description=Signal::derive(description) />
                <p class="invitation" hidden=move || strokes.get() != 0>"Draw a digit here"</p>
                <span class="pen" class:down=down hidden=move || !focused.get()
                    style:left=move || share(pen.get().0) style:top=move || share(pen.get().1) style:border-color=pen_colour></span>
                <span class="spoken" role="status">{move || if focused.get() { pen_words() } else { String::new() }}</span>
            </div>
            <div class="pad-buttons">
                <button type="button" disabled=move || strokes.get() == 0 on:click=move |_| undo()>"Undo"</button>
                <button type="button" disabled=move || strokes.get() == 0 on:click=move |_| clear()>"Clear"</button>
                <label class="file">"Image file"<input type="file" accept="image/*" on:change=on_choose /></label>
            </div>
            <p class="complaint" role="alert">{complaint}</p>
            <Slider label="Pen width" name="pen" value=width scale=Scale::linear(2.0, 24.0, 1.0) default=PEN_WIDTH />
        </div>
    }
}
