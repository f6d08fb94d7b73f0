//! The book: a list of chapters. A chapter is one folder that holds its article and its widgets.

pub mod activations;
pub mod convolution;
pub mod overfitting;
pub mod perceptrons;
pub mod title;

use leptos::prelude::*;

use crate::ui::app::{App, Page};

/// Title page and chapters, in reading order.
pub const PAGES: &[Page] = &[
    title::PAGE,
    perceptrons::PAGE,
    convolution::PAGE,
    activations::PAGE,
    overfitting::PAGE,
];

/// Puts the book into the browser's window.
pub fn open() {
    console_error_panic_hook::set_once();
    // What stood there while the program loaded.
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
    leptos::mount::mount_to_body(|| view! { <App pages=PAGES /> });
}
