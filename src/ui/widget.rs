//! The card around every widget: its claim as a title, its tools, its figures and controls, its sentence.

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, HtmlCanvasElement};

use super::lecture::Lecture;
use super::link::Link;
use super::save;

/// A figure that can be saved.
#[derive(Clone)]
pub struct Export {
    /// Tells it from all others of the page.
    pub key: String,
    /// Where on the page it is drawn.
    pub canvas: NodeRef<html::Canvas>,
    /// File name without ending.
    pub name: &'static str,
    /// The figure as an SVG document.
    pub svg: Rc<dyn Fn() -> String>,
    /// The figure as a canvas of many pixels.
    pub png: Rc<dyn Fn() -> Option<HtmlCanvasElement>>,
}

/// The figures of the page, filled by [`super::plot::Plot`]; a widget saves those that stand in its card.
#[derive(Clone, Copy)]
pub struct Exports(StoredValue<Vec<Export>, LocalStorage>);

impl Default for Exports {
    /// None yet.
    fn default() -> Self {
        Self(StoredValue::new_local(Vec::new()))
    }
}

impl Exports {
    /// Takes a figure for as long as it is on the page.
    pub fn add(self, export: Export) {
        let gone = export.key.clone();
        on_cleanup(move || {
            // The page may be gone before its figures.
            self.0
                .try_update_value(|exports| exports.retain(|export| export.key != gone));
        });
        self.0.update_value(|exports| exports.push(export));
    }

    /// The figures inside `card`.
    fn within(self, card: &Element) -> Vec<Export> {
        let is_within = |export: &Export| {
            let canvas = export.canvas.get_untracked();
            canvas.is_some_and(|canvas| card.contains(Some(&canvas)))
        };
        self.0.with_value(|exports| {
            let inside = exports.iter().filter(|export| is_within(export));
            inside.cloned().collect()
        })
    }
}

/// A widget's card. Its settings are those that were declared under `id` with [`Link::field`].
#[component]
pub fn Widget(
    /// Name in links, unique within its chapter.
    id: &'static str,
    /// The claim, as a sentence.
    title: &'static str,
    /// What the widget shows now, in words with numbers.
    #[prop(into)]
    sentence: Signal<String>,
    /// Figures and controls.
    children: Children,
    /// What stands below the sentence, where there is more than a glance takes in.
    #[prop(optional, into)]
    more: Option<ViewFn>,
) -> impl IntoView {
    let link = expect_context::<Link>();
    let lecture = expect_context::<Lecture>();
    let exports = expect_context::<Exports>();
    let card = NodeRef::<html::Section>::new();
    lecture.enrol(id);

    let said = RwSignal::new(String::new());
    let menu_open = RwSignal::new(false);
    let copy = move |_| {
        let address = link.address_of(id);
        spawn_local(async move {
            let clipboard = window().navigator().clipboard();
            let copied = JsFuture::from(clipboard.write_text(&address)).await.is_ok();
            said.set(if copied {
                "Link copied: it opens this widget as it is now.".to_owned()
            } else {
                format!("This browser keeps its clipboard closed. Copy the link here: {address}")
            });
        });
    };
    let reset = move |_| {
        link.reset(id);
        said.set("All settings of this widget are back at their defaults.".to_owned());
    };
    let save_all = move |as_svg: bool| {
        menu_open.set(false);
        let figures = card
            .get_untracked()
            .map_or_else(Vec::new, |card| exports.within(&card));
        let count = figures.len();
        for export in figures {
            if as_svg {
                save::text(
                    &format!("{}.svg", export.name),
                    "image/svg+xml",
                    &(export.svg)(),
                );
            } else if let Some(canvas) = (export.png)() {
                save::canvas(&format!("{}.png", export.name), &canvas);
            }
        }
        said.set(match count {
            1 => "The figure was saved with your downloads.".to_owned(),
            count => format!("{count} figures were saved with your downloads."),
        });
    };
    let heading = format!("{id}-title");
    let labelled_by = heading.clone();
    let alone = move || lecture.shown.get() == Some(id);

    let content = children();
    view! {
        <section class="widget" id=id node_ref=card aria-labelledby=labelled_by class:alone=alone>
            <header>
                <h2 id=heading>{title}</h2>
                <div class="tools" role="group" aria-label="Tools of this widget">
                    <button type="button" on:click=reset title="Reset: all settings to their defaults">
                        <Icon name="reset" /><span>"Reset"</span>
                    </button>
                    <button type="button" on:click=copy title="Copy a link to this widget as it is now">
                        <Icon name="link" /><span>"Link"</span>
                    </button>
                    <div class="menu">
                        <button
                            type="button"
                            aria-expanded=move || menu_open.get().to_string()
                            on:click=move |_| menu_open.update(|open| *open = !*open)
                            title="Save the figures as SVG or PNG"
                        >
                            <Icon name="export" /><span>"Export"</span>
                        </button>
                        <div class="items" hidden=move || !menu_open.get()>
                            <button type="button" on:click=move |_| save_all(true)>"SVG, for slides and print"</button>
                            <button type="button" on:click=move |_| save_all(false)>"PNG, for everything else"</button>
                        </div>
                    </div>
                    <button
                        type="button"
                        aria-pressed=move || alone().to_string()
                        on:click=move |_| lecture.toggle(id)
                        title="Lecture: this widget alone, large (key F)"
                    >
                        <Icon name="screen" /><span>"Lecture"</span>
                    </button>
                </div>
            </header>
            {content}
            <p class="sentence">{sentence}</p>
            <p class="said" role="status">{said}</p>
            {more.map(|more| more.run())}
        </section>
    }
}

/// A small drawing on a button, always beside its name.
#[component]
fn Icon(
    /// Which one.
    name: &'static str,
) -> impl IntoView {
    let path = match name {
        "reset" => "M4 4v4h4M4.5 8a6 6 0 1 1-.4 4",
        "link" => {
            "M8.5 11.5a3 3 0 0 0 4.2 0l2.4-2.4a3 3 0 0 0-4.2-4.2l-1 1M11.5 8.5a3 3 0 0 0-4.2 0l-2.4 2.4a3 3 0 0 0 4.2 4.2l1-1"
        }
        "export" => "M10 3v9M6.5 8.5 10 12l3.5-3.5M4 14v2.5h12V14",
        _ => "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4",
    };
    view! {
        <svg viewBox="0 0 20 20" aria-hidden="true" class="icon">
            <path d=path />
        </svg>
    }
}
