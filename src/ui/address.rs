//! The part of the address behind `#`: which chapter, which widget, and every setting that is not at its default.
//!
//! `#/overfitting/dropout?dropout.width=100&dropout.seed=7`: chapter `overfitting`, scrolled to widget `dropout`,
//! with two settings of that widget.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Characters that stay as they are in a value, so that links can be read.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b',')
    .remove(b'~')
    .remove(b'!');

/// Longest address that is read; a longer one is somebody's accident.
pub const LONGEST: usize = 16_384;

/// An address, parsed. Every text parses; what makes no sense is left to the reader of the values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Chapter's name; empty for the title page.
    pub chapter: String,
    /// Widget to scroll to.
    pub widget: Option<String>,
    /// Settings by `widget.key`.
    pub values: BTreeMap<String, String>,
}

impl Address {
    /// Reads `location.hash`, with or without its `#`.
    pub fn parse(hash: &str) -> Self {
        let text = without_mark(hash);
        if is_too_long(hash) {
            return Self::default();
        }
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let mut parts = path.split('/').filter(|part| !part.is_empty()).map(decode);
        let chapter = parts.next().unwrap_or_default();
        let widget = parts.next();
        let values = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(key, value)| (decode(key), decode(value)))
            .collect();
        Self {
            chapter,
            widget,
            values,
        }
    }

    /// The address as text, with its `#`.
    pub fn to_hash(&self) -> String {
        let mut hash = format!("#/{}", encode(&self.chapter));
        if let Some(widget) = &self.widget {
            hash += &format!("/{}", encode(widget));
        }
        let pairs: Vec<String> = self
            .values
            .iter()
            .map(|(key, value)| format!("{}={}", encode(key), encode(value)))
            .collect();
        if !pairs.is_empty() {
            hash += &format!("?{}", pairs.join("&"));
        }
        hash
    }
}

/// Whether a `location.hash` is left unread for its length.
pub fn is_too_long(hash: &str) -> bool {
    without_mark(hash).len() > LONGEST
}

fn without_mark(hash: &str) -> &str {
    hash.strip_prefix('#').unwrap_or(hash)
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, KEPT).to_string()
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_link_reads_as_written() {
        let address = Address::parse("#/overfitting/dropout?dropout.width=100&dropout.note=a%20b");
        assert_eq!(address.chapter, "overfitting");
        assert_eq!(address.widget.as_deref(), Some("dropout"));
        assert_eq!(address.values["dropout.width"], "100");
        assert_eq!(address.values["dropout.note"], "a b");
        assert_eq!(
            address.to_hash(),
            "#/overfitting/dropout?dropout.note=a%20b&dropout.width=100"
        );
        assert_eq!(Address::parse(""), Address::default());
        assert_eq!(Address::default().to_hash(), "#/");
    }

    #[test]
    fn an_accident_of_length_is_told_from_a_long_link() {
        let longest = format!("#{}", "x".repeat(LONGEST));
        assert!(!is_too_long(&longest));
        assert_eq!(Address::parse(&longest).chapter.len(), LONGEST);
        let longer = format!("{longest}x");
        assert!(is_too_long(&longer));
        assert_eq!(Address::parse(&longer), Address::default());
    }

    proptest! {
        #[test]
        fn every_text_parses(text in ".*") {
            let _ = Address::parse(&text);
        }

        #[test]
        fn what_is_written_is_read_back(
            chapter in "[a-z]{1,9}",
            widget in proptest::option::of(".{1,9}"),
            values in proptest::collection::btree_map("[a-z.]{1,9}", ".{0,20}", 0..5),
        ) {
            let address = Address { chapter, widget, values };
            prop_assert_eq!(Address::parse(&address.to_hash()), address);
        }
    }
}
