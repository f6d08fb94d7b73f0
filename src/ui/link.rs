//! The state of every widget in the address: copying it reproduces what is seen, seed included.
//!
//! A widget declares its settings with [`Link::field`] and gets plain signals. A change of a signal rewrites the
//! address (a little later, browsers limit how often that may happen); a new address sets the signals. A value that
//! cannot be read falls back to the default and leaves a note on the page.

mod codec;

pub use codec::Codec;

use std::collections::BTreeMap;
use std::time::Duration;

use leptos::prelude::*;

use super::address::{Address, LONGEST, is_too_long};
use super::number::grouped;

/// Delay between a change and the address that shows it.
const WRITE_DELAY: Duration = Duration::from_millis(200);

/// Takes a text, or goes back to the default for none; a note where the text makes no sense.
type Setter = dyn Fn(Option<&str>) -> Option<String>;

/// A declared setting, its type forgotten.
struct Field {
    chapter: &'static str,
    widget: &'static str,
    name: String,
    /// The present value as text, or none at the default.
    write: Box<dyn Fn() -> Option<String>>,
    read: Box<Setter>,
}

#[derive(Default)]
struct Inner {
    fields: Vec<Field>,
    /// Values from the address whose widget is not there yet.
    pending: BTreeMap<String, String>,
    write_scheduled: bool,
    /// The address's text when it was last read or written here.
    known: String,
}

/// Which chapter a widget belongs to; provided around every chapter.
#[derive(Clone, Copy)]
pub struct InChapter(pub &'static str);

/// The one link between address and signals.
#[derive(Clone, Copy)]
pub struct Link {
    /// The present chapter's name, as the address has it.
    pub chapter: RwSignal<String>,
    /// The widget to bring into view.
    pub target: RwSignal<Option<String>>,
    /// What in the address could not be used, one sentence each.
    pub notes: RwSignal<Vec<String>>,
    inner: StoredValue<Inner, LocalStorage>,
}

impl Link {
    /// Reads the present address and follows its changes. Once, for the whole page.
    pub fn start() -> Self {
        let link = Self {
            chapter: RwSignal::new(String::new()),
            target: RwSignal::new(None),
            notes: RwSignal::new(Vec::new()),
            inner: StoredValue::new_local(Inner::default()),
        };
        link.arrive();
        let handle = window_event_listener(leptos::ev::hashchange, move |_| link.arrive());
        on_cleanup(move || handle.remove());
        link
    }

    /// Declares the setting `key` of a widget: a signal that the address follows and sets.
    pub fn field<T>(
        self,
        widget: &'static str,
        key: &str,
        default: T,
        codec: Codec<T>,
    ) -> RwSignal<T>
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        let InChapter(chapter) = expect_context();
        let name = format!("{widget}.{key}");
        let signal = RwSignal::new(default.clone());
        let Codec {
            write,
            read,
            expected,
        } = codec;
        let fallback = default.clone();
        let noted_name = name.clone();
        let field = Field {
            chapter,
            widget,
            name: name.clone(),
            write: Box::new(move || {
                signal.with_untracked(|value| (*value != fallback).then(|| write(value)))
            }),
            read: Box::new(move |text| {
                let value = text.map(|text| read(text).ok_or(text));
                let note = match &value {
                    Some(Err(text)) => Some(format!(
                        "The link sets {noted_name} to \u{201c}{}\u{201d}, but it must be {expected}. The default is used instead.",
                        shortened(text)
                    )),
                    _ => None,
                };
                let value = value
                    .and_then(Result::ok)
                    .unwrap_or_else(|| default.clone());
                if signal.with_untracked(|present| *present != value) {
                    signal.set(value);
                }
                note
            }),
        };
        let pending = self
            .inner
            .try_update_value(|inner| inner.pending.remove(&name))
            .flatten();
        if let Some(text) = pending
            && let Some(note) = (field.read)(Some(&text))
        {
            self.notes.update(|notes| notes.push(note));
        }
        self.inner.update_value(|inner| inner.fields.push(field));
        Effect::watch(
            move || signal.track(),
            move |(), _, _| self.write_soon(),
            false,
        );
        signal
    }

    /// The full address of one widget in its present state.
    pub fn address_of(self, widget: &str) -> String {
        self.inner.with_value(|inner| {
            let own: Vec<&Field> = inner
                .fields
                .iter()
                .filter(|field| field.widget == widget)
                .collect();
            let address = Address {
                chapter: own.first().map_or_else(
                    || self.chapter.get_untracked(),
                    |field| field.chapter.to_owned(),
                ),
                widget: Some(widget.to_owned()),
                values: own
                    .iter()
                    .filter_map(|field| Some((field.name.clone(), (field.write)()?)))
                    .collect(),
            };
            let location = window().location();
            let page = location.href().unwrap_or_default();
            format!(
                "{}{}",
                page.split('#').next().unwrap_or_default(),
                address.to_hash()
            )
        })
    }

    /// Gives the settings of one widget the texts that a link would hold; those not named go to their defaults.
    pub fn apply(self, widget: &str, values: &[(&str, &str)]) {
        self.inner.with_value(|inner| {
            for field in inner.fields.iter().filter(|field| field.widget == widget) {
                let key = &field.name[widget.len() + 1..];
                let text = values
                    .iter()
                    .find(|(name, _)| *name == key)
                    .map(|(_, text)| *text);
                if let Some(note) = (field.read)(text) {
                    self.notes.update(|notes| notes.push(note));
                }
            }
        });
    }

    /// Whether the settings of one widget are what [`Link::apply`] would make them, whatever those named in `apart_from` are.
    /// Reads the settings without tracking them.
    pub fn matches(self, widget: &str, values: &[(&str, &str)], apart_from: &[&str]) -> bool {
        self.inner.with_value(|inner| {
            let own = inner.fields.iter().filter(|field| field.widget == widget);
            own.map(|field| (&field.name[widget.len() + 1..], (field.write)()))
                .all(|(key, text)| {
                    let named = values
                        .iter()
                        .find(|(name, _)| *name == key)
                        .map(|(_, value)| *value);
                    apart_from.contains(&key) || text.as_deref() == named
                })
        })
    }

    /// Puts every setting of one widget back to its default.
    pub fn reset(self, widget: &str) {
        self.apply(widget, &[]);
    }

    /// Values of the address that no widget has asked for: called when a chapter has been mounted.
    pub fn report_unknown(self) {
        let unknown = self
            .inner
            .try_update_value(|inner| std::mem::take(&mut inner.pending))
            .unwrap_or_default();
        let notes = unknown.keys().map(|key| {
            format!("The link speaks of \u{201c}{}\u{201d}, which this page does not know; it was left out.", shortened(key))
        });
        self.notes.update(|all| all.extend(notes));
    }

    /// Takes the address as it is now.
    fn arrive(self) {
        let hash = window().location().hash().unwrap_or_default();
        let address = Address::parse(&hash);
        let mut notes = Vec::new();
        if is_too_long(&hash) {
            notes.push(format!(
                "The link is longer than {} characters, so it was left out; this is the title page.",
                grouped(LONGEST as u64)
            ));
        }
        let mut pending = address.values;
        self.inner.with_value(|inner| {
            // A link without values only turns the page: what was set stays set.
            if !pending.is_empty() {
                for field in inner
                    .fields
                    .iter()
                    .filter(|field| field.chapter == address.chapter)
                {
                    notes.extend((field.read)(pending.remove(&field.name).as_deref()));
                }
            }
        });
        self.inner.update_value(|inner| {
            inner.pending = pending;
            inner.known = hash;
        });
        self.notes.set(notes);
        let mounted = self.chapter.get_untracked() == address.chapter;
        self.chapter.set(address.chapter);
        self.target.set(address.widget);
        if mounted {
            self.report_unknown();
        }
        self.write_soon();
    }

    fn write_soon(self) {
        let scheduled = self
            .inner
            .try_update_value(|inner| std::mem::replace(&mut inner.write_scheduled, true));
        if scheduled == Some(false) {
            set_timeout(move || self.write(), WRITE_DELAY);
        }
    }

    fn write(self) {
        let chapter = self.chapter.get_untracked();
        let widget = self.target.get_untracked();
        let present = || window().location().hash().unwrap_or_default();
        let values = self.inner.try_update_value(|inner| {
            inner.write_scheduled = false;
            // The reader has just gone elsewhere, by Back say, and the event that tells so is on its way: this address is
            // not ours to change. The arrival writes.
            if inner.known != present() {
                return None;
            }
            let of_chapter = inner.fields.iter().filter(|field| field.chapter == chapter);
            let values = of_chapter
                .filter_map(|field| Some((field.name.clone(), (field.write)()?)))
                .collect();
            Some(values)
        });
        let Some(values) = values.flatten() else {
            return;
        };
        let hash = Address {
            chapter,
            widget,
            values,
        }
        .to_hash();
        if let Ok(history) = window().history() {
            // A browser that refuses (too many changes) keeps an older address; the next change writes again.
            let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&hash));
            // As the browser spells it.
            self.inner.update_value(|inner| inner.known = present());
        }
    }
}

/// The first characters of a text of unknown length.
fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST).chain(['\u{2026}']).collect()
}
