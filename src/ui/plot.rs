//! A figure on the page: drawn on a canvas when its value, its size, the theme or the fonts change, at most once a
//! frame; exported as SVG and PNG.

use std::cell::Cell;
use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlCanvasElement, ResizeObserver};

use super::fine_canvas::FineCanvas;
use super::lecture::Lecture;
use super::slider::next_id;
use super::theme::Themes;
use super::widget::{Export, Exports};
use crate::figures::ink::PlottersInk;
use crate::figures::{Figure, Sheet, Style, export_svg};

/// Width and height of exported figures, CSS pixels per pixel of a PNG's side.
const EXPORT_SCALE: f64 = 3.0;

/// Reads a figure.
type Reader<'a> = &'a mut dyn FnMut(&dyn Figure);

/// A figure that changes, whatever its type: the component below is compiled once for all of them.
#[derive(Clone)]
struct AnyFigure {
    track: Rc<dyn Fn()>,
    /// Hands over the figure as it is now.
    with: Rc<dyn Fn(Reader)>,
}

impl AnyFigure {
    fn new<F: Figure + Send + Sync + 'static>(figure: Memo<F>) -> Self {
        Self {
            track: Rc::new(move || figure.track()),
            with: Rc::new(move |read| figure.with_untracked(|figure| read(figure))),
        }
    }
}

/// Shows a figure; reserves `height(width)` CSS pixels so that nothing jumps.
#[component]
pub fn Plot<F>(
    /// The figure.
    figure: Memo<F>,
    /// Name of the exported file, without ending.
    name: &'static str,
    /// Height for a given width, CSS pixels at scale 1.
    height: fn(f64) -> f64,
) -> impl IntoView
where
    F: Figure + Send + Sync + 'static,
{
    show(AnyFigure::new(figure), name, height)
}

fn show(figure: AnyFigure, name: &'static str, height: fn(f64) -> f64) -> AnyView {
    let canvas = NodeRef::<html::Canvas>::new();
    let themes = expect_context::<Themes>();
    let lecture = expect_context::<Lecture>();
    let width = RwSignal::new(0.0_f64);
    let description = RwSignal::new(String::new());
    let style = Memo::new(move |_| Style {
        scale: lecture.scale.get(),
        ..page_style(&themes)
    });
    let tall = move || {
        (height(width.get() / style.with(|style| style.px(1.0)))
            * style.with(|style| style.px(1.0)))
        .round()
    };

    let AnyFigure { track, with } = figure;
    let drawn = Rc::clone(&with);
    let draw = move || {
        let Some(canvas) = canvas.get_untracked() else {
            return;
        };
        let (across, down) = (width.get_untracked(), untrack(tall));
        if across < 1.0 {
            return; // Not on the page now; the size observer speaks up when it is.
        }
        let ratio = window().device_pixel_ratio();
        drawn(&mut |figure| {
            style.with_untracked(|style| draw_on(&canvas, figure, across, down, ratio, style));
            description.set(figure.describe());
        });
    };
    let request = once_a_frame(draw);
    Effect::new(move |_| {
        track();
        style.track();
        width.track();
        FontsReady::of_page().0.track();
        request();
    });
    observe_width(canvas, width);

    if let Some(exports) = use_context::<Exports>() {
        let figure_size = move || {
            let across = width.get_untracked().max(320.0);
            (across, untrack(tall).max(120.0))
        };
        let exported = Rc::clone(&with);
        let svg = move || {
            let (across, down) = figure_size();
            // A paper has light ground whatever the screen's theme is.
            let style = Style {
                theme: Default::default(),
                scale: 1.0,
                ..style.get_untracked()
            };
            let mut document = String::new();
            exported(&mut |figure| {
                document = export_svg(figure, name, across, down, &style);
            });
            document
        };
        let png = move || {
            let canvas: HtmlCanvasElement =
                document().create_element("canvas").ok()?.dyn_into().ok()?;
            let (across, down) = figure_size();
            let style = Style {
                theme: Default::default(),
                scale: 1.0,
                ..style.get_untracked()
            };
            with(&mut |figure| draw_on(&canvas, figure, across, down, EXPORT_SCALE, &style));
            Some(on_paper(&canvas, &style))
        };
        exports.add(Export {
            key: next_id(name),
            canvas,
            name,
            svg: Rc::new(svg),
            png: Rc::new(png),
        });
    }

    view! {
        <div class="plot" style:height=move || format!("{}px", tall())>
            <canvas node_ref=canvas role="img" aria-label=description></canvas>
        </div>
    }
    .into_any()
}

/// Height of a figure that stands beside another one of the same kind.
pub fn half_width(width: f64) -> f64 {
    (0.6 * width).clamp(230.0, 320.0)
}

/// The look of figures on the page; the fonts are the style sheet's.
pub fn page_style(themes: &Themes) -> Style {
    Style {
        theme: themes.theme.get(),
        ..Style::default()
    }
}

fn draw_on(
    canvas: &HtmlCanvasElement,
    figure: &dyn Figure,
    width: f64,
    height: f64,
    ratio: f64,
    style: &Style,
) {
    let Some(backend) = FineCanvas::prepare(canvas, width, height, ratio) else {
        return;
    };
    for placed in figure.cells(width, height, style) {
        backend.draw_cells(&placed);
    }
    let ink = PlottersInk::new(backend);
    // The canvas backend reports errors of the browser's drawing calls only, and those do not occur on a live canvas.
    if let Err(error) = figure.draw(&Sheet::new(&ink, style)) {
        leptos::logging::error!("a figure could not be drawn: {error}");
    }
}

/// The drawing with its paper behind it: a transparent PNG would be unreadable on a dark slide.
fn on_paper(drawing: &HtmlCanvasElement, style: &Style) -> HtmlCanvasElement {
    let canvas: HtmlCanvasElement = drawing
        .clone_node()
        .expect("a canvas can be cloned")
        .unchecked_into();
    if let Ok(Some(context)) = canvas.get_context("2d") {
        let context: web_sys::CanvasRenderingContext2d = context.unchecked_into();
        context.set_fill_style_str(&style.palette().paper.css());
        context.fill_rect(
            0.0,
            0.0,
            f64::from(canvas.width()),
            f64::from(canvas.height()),
        );
        let _ = context.draw_image_with_html_canvas_element(drawing, 0.0, 0.0);
    }
    canvas
}

/// A function that runs `work` in the next frame, however often it is called before.
pub fn once_a_frame(work: impl Fn() + 'static) -> impl Fn() + Clone + 'static {
    let work = Rc::new(work);
    let waiting = Rc::new(Cell::new(false));
    move || {
        if !waiting.replace(true) {
            let (work, waiting) = (Rc::clone(&work), Rc::clone(&waiting));
            request_animation_frame(move || {
                waiting.set(false);
                work();
            });
        }
    }
}

/// Keeps `width` at the width of the canvas's box.
fn observe_width(canvas: NodeRef<html::Canvas>, width: RwSignal<f64>) {
    let observer = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut()>)>);
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        let Some(parent) = canvas.parent_element() else {
            return;
        };
        let measured = parent.clone();
        let on_resize = Closure::<dyn FnMut()>::new(move || {
            let across = f64::from(measured.client_width());
            if (across - width.get_untracked()).abs() > 0.5 {
                width.set(across);
            }
        });
        if let Ok(new) = ResizeObserver::new(on_resize.as_ref().unchecked_ref()) {
            new.observe(&parent);
            observer.set_value(Some((new, on_resize)));
        }
    });
    on_cleanup(move || {
        observer.try_update_value(|observer| {
            if let Some((observer, _)) = observer.take() {
                observer.disconnect();
            }
        });
    });
}

/// Changes once the page's fonts are there and when the pixel ratio changes: canvases then hold old letters.
#[derive(Clone, Copy)]
pub struct FontsReady(pub RwSignal<u32>);

impl FontsReady {
    /// Watches fonts and pixel ratio from now on.
    pub fn start() -> Self {
        let count = RwSignal::new(0);
        if let Ok(ready) = document().fonts().ready() {
            wasm_bindgen_futures::spawn_local(async move {
                let _ = wasm_bindgen_futures::JsFuture::from(ready).await;
                count.update(|count| *count += 1);
            });
        }
        let handle = window_event_listener(leptos::ev::resize, move |_| {
            count.update(|count| *count += 1)
        });
        on_cleanup(move || handle.remove());
        Self(count)
    }

    fn of_page() -> Self {
        expect_context()
    }
}
