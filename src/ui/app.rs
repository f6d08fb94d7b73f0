//! The frame around all chapters: header, table of contents, notes, the views.

use leptos::prelude::*;

use super::choice::Choice;
use super::lecture::Lecture;
use super::link::{InChapter, Link};
use super::plot::{FontsReady, once_a_frame};
use super::theme::{self, Themes};
use super::widget::Exports;
use crate::lab::download::{DIGITS, Download, SHEET_NETWORK, SheetNetwork};

/// A view of the book, as the frame knows it.
#[derive(Clone, Copy)]
pub struct Page {
    /// Name in the address; empty for the title page.
    pub name: &'static str,
    /// Number of the homework's task; none for the title page.
    pub number: Option<u8>,
    /// Title in the table of contents.
    pub title: &'static str,
    /// Widgets with their short titles, in reading order.
    pub widgets: &'static [(&'static str, &'static str)],
    /// Builds the view.
    pub view: fn() -> AnyView,
}

/// The whole page.
#[component]
pub fn App(
    /// The views; the first is the title page.
    pages: &'static [Page],
) -> impl IntoView {
    let link = Link::start();
    let themes = Themes::start();
    let lecture = Lecture::start();
    provide_context(link);
    provide_context(themes);
    provide_context(lecture);
    provide_context(Exports::default());
    provide_context(FontsReady::start());
    provide_context(Download::new(&DIGITS));
    provide_context(SheetNetwork(Download::new(&SHEET_NETWORK)));

    let current = Memo::new(move |_| {
        link.chapter
            .with(|name| pages.iter().position(|page| page.name == name))
            .unwrap_or(0)
    });
    Effect::new(move |_| {
        let known = link
            .chapter
            .with(|name| pages.iter().any(|page| page.name == name));
        if !known {
            let name = link.chapter.get_untracked();
            link.chapter.set(String::new());
            link.notes.update(|notes| {
                notes.push(format!(
                    "There is no chapter \u{201c}{name}\u{201d}; this is the title page."
                ));
            });
        }
        let title = match pages[current.get()].name {
            "" => "softstep: the theory of deep learning, to touch".to_owned(),
            _ => format!("{} \u{2013} softstep", pages[current.get()].title),
        };
        document().set_title(&title);
        // Another chapter ends the lecture: its widget is not there any more.
        lecture.shown.set(None);
    });

    view! {
        <a class="skip" href="#content" on:click=skip_to_content>"Skip to the content"</a>
        <header class="masthead">
            <a class="brand" href="#/">"softstep"</a>
            <Choice
                label="Theme"
                name="theme"
                value=themes.choice
                options=theme::CHOICES.iter().map(|(_, title, choice)| (*choice, *title)).collect()
            />
            <button type="button" class="keys" on:click=move |_| lecture.keys_open.update(|open| *open = !*open)
                aria-expanded=move || lecture.keys_open.get().to_string() title="Keys of this page">
                <kbd>"?"</kbd>" Keys"
            </button>
        </header>
        <Keys />
        <div class="frame">
            <Contents pages current />
            <main id="content" tabindex="-1">
                <Notes />
                {pages.iter().enumerate().map(|(index, page)| view! { <View page=*page index current /> }).collect_view()}
            </main>
        </div>
    }
}

/// One view: built when it is first shown, then kept, so that turning a page ends no run and loses no setting.
#[component]
fn View(page: Page, index: usize, current: Memo<usize>) -> impl IntoView {
    let link = expect_context::<Link>();
    let opened =
        Memo::new(move |opened: Option<&bool>| opened == Some(&true) || current.get() == index);
    let build = move || {
        provide_context(InChapter(page.name));
        let view = (page.view)();
        // Once the widgets have declared their settings, what is left of the link is unknown.
        request_animation_frame(move || link.report_unknown());
        view
    };
    Effect::new(move |_| {
        let target = link.target.get();
        if current.get() != index {
            return;
        }
        request_animation_frame(move || {
            match target.and_then(|id| document().get_element_by_id(&id)) {
                Some(element) => element.scroll_into_view(),
                None => window().scroll_to_with_x_and_y(0.0, 0.0),
            }
        });
    });
    view! {
        <div class="view" hidden=move || current.get() != index>
            {move || opened.get().then(build)}
        </div>
    }
}

/// The table of contents; on wide screens it follows the reading.
#[component]
fn Contents(pages: &'static [Page], current: Memo<usize>) -> impl IntoView {
    let reading = RwSignal::new(None::<&'static str>);
    let look = once_a_frame(move || {
        let line = window()
            .inner_height()
            .ok()
            .and_then(|height| height.as_f64())
            .unwrap_or(800.0)
            * 0.4;
        let passed = |(id, _): &&(&'static str, &str)| {
            let element = document().get_element_by_id(id);
            element.is_some_and(|element| element.get_bounding_client_rect().top() < line)
        };
        reading.set(
            pages[current.get_untracked()]
                .widgets
                .iter()
                .rfind(passed)
                .map(|(id, _)| *id),
        );
    });
    let scrolled = look.clone();
    let handle = window_event_listener(leptos::ev::scroll, move |_| scrolled());
    on_cleanup(move || handle.remove());
    Effect::new(move |_| {
        current.track();
        look();
    });

    let entries = pages.iter().enumerate().map(|(index, page)| {
        let here = move || current.get() == index;
        let widgets = page.widgets.iter().map(|(id, title)| {
            view! {
                <li class:reading=move || reading.get() == Some(*id)>
                    <a href=format!("#/{}/{id}", page.name)>{*title}</a>
                </li>
            }
        });
        view! {
            <li>
                <a href=format!("#/{}", page.name) aria-current=move || here().then_some("page")>
                    <span class="number">{page.number.map(|number| number.to_string())}</span>
                    {page.title}
                </a>
                <ul hidden=move || !here() || page.widgets.is_empty()>{widgets.collect_view()}</ul>
            </li>
        }
    });
    view! {
        <nav class="contents" aria-label="Contents">
            <ul>{entries.collect_view()}</ul>
        </nav>
    }
}

/// What in the link could not be used.
#[component]
fn Notes() -> impl IntoView {
    let link = expect_context::<Link>();
    view! {
        <div class="notes" role="status">
            {move || link.notes.with(|notes| (!notes.is_empty()).then(|| {
                let lines = notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect_view();
                view! {
                    <div class="note">
                        <ul>{lines}</ul>
                        <button type="button" on:click=move |_| link.notes.set(Vec::new())>"Close"</button>
                    </div>
                }
            }))}
        </div>
    }
}

/// The list of keys.
#[component]
fn Keys() -> impl IntoView {
    let lecture = expect_context::<Lecture>();
    let keys: [(&[&str], &str); 6] = [
        (
            &["F"],
            "lecture: the widget in the middle of the window alone, large; again: the whole page",
        ),
        (
            &["\u{2190}", "\u{2192}"],
            "in a lecture: the widget before, the next widget; on a slider: one step",
        ),
        (&["Shift", "\u{2190} \u{2192}"], "on a slider: ten steps"),
        (&["Home", "End"], "on a slider: smallest, largest value"),
        (&["Esc"], "leave the lecture"),
        (&["?"], "show or hide this list"),
    ];
    let lines = keys.map(|(names, meaning)| {
        let caps = names
            .iter()
            .map(|name| view! { <kbd>{*name}</kbd>" " })
            .collect_view();
        view! { <div><dt>{caps}</dt><dd>{meaning}</dd></div> }
    });
    view! {
        <section class="key-list" aria-label="Keys of this page" hidden=move || !lecture.keys_open.get()>
            <dl>{lines.into_iter().collect_view()}</dl>
            <p>"A double click on a slider puts its default back."</p>
        </section>
    }
}

/// Moves the focus without an address of its own, which would turn the page.
fn skip_to_content(event: leptos::ev::MouseEvent) {
    use wasm_bindgen::JsCast;
    event.prevent_default();
    let content = document().get_element_by_id("content");
    if let Some(content) =
        content.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        let _ = content.focus();
    }
}
