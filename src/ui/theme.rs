//! Light, dark and projector theme: the system's choice unless the reader chose.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::MediaQueryListEvent;

use crate::figures::palette::Theme;
use crate::lab::store;

/// Where the reader's choice survives a reload.
const STORE_KEY: &str = "softstep.theme";

/// The reader's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeChoice {
    /// As the system has it.
    System,
    /// Always this one.
    Always(Theme),
}

/// The choices with their names, in the order of the menu.
pub const CHOICES: [(&str, &str, ThemeChoice); 4] = [
    ("system", "System", ThemeChoice::System),
    ("light", "Light", ThemeChoice::Always(Theme::Light)),
    ("dark", "Dark", ThemeChoice::Always(Theme::Dark)),
    (
        "projector",
        "Projector",
        ThemeChoice::Always(Theme::Projector),
    ),
];

/// The theme of the page, in the context of everything.
#[derive(Clone, Copy)]
pub struct Themes {
    /// The reader's choice.
    pub choice: RwSignal<ThemeChoice>,
    /// The theme that follows from choice and system.
    pub theme: Memo<Theme>,
}

impl Themes {
    /// Follows choice and system from now on; sets `data-theme` on the root element for the style sheet.
    pub fn start() -> Self {
        let stored = store::read(STORE_KEY);
        let named = CHOICES
            .iter()
            .find(|(name, ..)| stored.as_deref() == Some(*name));
        let choice = RwSignal::new(named.map_or(ThemeChoice::System, |(_, _, choice)| *choice));
        let system_dark = media_query("(prefers-color-scheme: dark)");
        let theme = Memo::new(move |_| match choice.get() {
            ThemeChoice::Always(theme) => theme,
            ThemeChoice::System if system_dark.get() => Theme::Dark,
            ThemeChoice::System => Theme::Light,
        });
        Effect::new(move |_| {
            let name = match theme.get() {
                Theme::Light => "light",
                Theme::Dark => "dark",
                Theme::Projector => "projector",
            };
            if let Some(root) = document().document_element() {
                let _ = root.set_attribute("data-theme", name);
            }
        });
        Effect::watch(
            move || choice.get(),
            move |choice, _, _| {
                if let Some((name, ..)) =
                    CHOICES.iter().find(|(_, _, candidate)| candidate == choice)
                {
                    store::write(STORE_KEY, name);
                }
            },
            false,
        );
        Self { choice, theme }
    }
}

/// A media query as a signal.
pub fn media_query(query: &str) -> ReadSignal<bool> {
    let list = window().match_media(query).ok().flatten();
    let (matches, set_matches) =
        signal(list.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    if let Some(list) = list {
        let listener =
            Closure::<dyn FnMut(MediaQueryListEvent)>::new(move |event: MediaQueryListEvent| {
                set_matches.set(event.matches());
            });
        list.set_onchange(Some(listener.as_ref().unchecked_ref()));
        // The page asks a handful of queries, each for as long as it is open; list and listener must both stay alive.
        std::mem::forget(list);
        listener.forget();
    }
    matches
}
