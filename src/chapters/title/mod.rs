//! The title page: what this is, with a living picture.

mod neuron;

use leptos::prelude::*;

use crate::ui::app::Page;

/// The title page.
pub const PAGE: Page = Page {
    name: "",
    number: None,
    title: "softstep",
    widgets: &[],
    view,
};

fn view() -> AnyView {
    let chapters = super::PAGES
        .iter()
        .filter(|page| page.number.is_some())
        .map(|page| {
            view! { <li value=page.number><a href=format!("#/{}", page.name)>{page.title}</a></li> }
        });
    view! {
        <article class="title-page">
            <h1>"The theory of deep learning, to touch"</h1>
            <p class="lead">
                "A homework sheet as a laboratory. Every curve on these pages is computed in your browser while you \
                 watch, by the code that the text describes; every control is yours. Begin with one neuron."
            </p>
            <neuron::Neuron />
            <h2>"The chapters"</h2>
            <ol class="chapters">{chapters.collect_view()}</ol>
            <p>
                "The numbers are those of the sheet's tasks. In a lecture, press " <kbd>"F"</kbd>
                " to show one widget alone and large, and the arrow keys to walk on. The Link button of a widget \
                 copies an address that opens it exactly as it is. Nothing leaves this device: the page is a folder \
                 of files and asks no other host for anything."
            </p>
        </article>
    }
    .into_any()
}
