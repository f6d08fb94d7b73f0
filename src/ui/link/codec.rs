//! How a setting is spelled in the address.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::rc::Rc;
use std::str::FromStr;

use crate::lab::experiments::Named;

/// A value from its text; none where the text makes no sense.
type Reader<T> = dyn Fn(&str) -> Option<T>;
/// How a setting is written into a link and read back.
pub struct Codec<T> {
    pub(super) write: Rc<dyn Fn(&T) -> String>,
    pub(super) read: Rc<Reader<T>>,
    pub(super) expected: String,
}

impl<T> Codec<T> {
    /// A codec from its two functions; `expected` says what a link may hold ("a whole number from 1 to 9").
    pub fn new(
        write: impl Fn(&T) -> String + 'static,
        read: impl Fn(&str) -> Option<T> + 'static,
        expected: impl Into<String>,
    ) -> Self {
        Self {
            write: Rc::new(write),
            read: Rc::new(read),
            expected: expected.into(),
        }
    }

    /// One of some named values.
    pub fn one_of(choices: &'static [(&'static str, T)]) -> Self
    where
        T: Clone + PartialEq,
    {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        Self::new(
            move |value| {
                choices
                    .iter()
                    .find(|(_, choice)| choice == value)
                    .map_or("", |(name, _)| name)
                    .to_owned()
            },
            move |text| {
                choices
                    .iter()
                    .find(|(name, _)| *name == text)
                    .map(|(_, choice)| choice.clone())
            },
            format!("one of {}", names.join(", ")),
        )
    }
}

impl<T> Codec<T>
where
    T: FromStr + Display + PartialOrd + Copy + 'static,
{
    /// A number within a range (a NaN is in none).
    pub fn within(range: RangeInclusive<T>) -> Self {
        let expected = format!("a number from {} to {}", range.start(), range.end());
        Self::new(
            T::to_string,
            move |text| text.parse().ok().filter(|value| range.contains(value)),
            expected,
        )
    }
}

impl Codec<f64> {
    /// A whole number within a range.
    pub fn whole(range: RangeInclusive<f64>) -> Self {
        let expected = format!("a whole number from {} to {}", range.start(), range.end());
        let read = move |text: &str| {
            text.parse()
                .ok()
                .filter(|value: &f64| range.contains(value) && value.fract() == 0.0)
        };
        Self::new(f64::to_string, read, expected)
    }
}

impl Codec<bool> {
    /// `on` or `off`.
    pub fn switch() -> Self {
        Self::one_of(bool::NAMES)
    }
}
