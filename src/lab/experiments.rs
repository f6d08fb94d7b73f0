//! The experiments of the chapter on overfitting: what can be set, where it begins, the recipes that follow, and the presets as a
//! link has them. The page offers them and the tests train them, so what is claimed of a preset is tested of that preset.

pub mod augmentation;
pub mod changed;
pub mod choosing;
pub mod coadaptation;
pub mod confident_mistakes;
pub mod noise;
pub mod panel;
pub mod penalties;
pub mod thinned;

use super::recipe::OptimizerRecipe;

/// Settings that are not at their defaults, as a link has them: key and text.
pub type Values = &'static [(&'static str, &'static str)];

/// One of a few, each with its name in links.
pub trait Named: Copy + PartialEq + 'static {
    /// All of them.
    const NAMES: &'static [(&'static str, Self)];
}

impl Named for OptimizerRecipe {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("sgd", Self::Sgd),
        ("momentum", Self::Momentum),
        ("nesterov", Self::Nesterov),
        ("adam", Self::Adam),
    ];
}

impl Named for bool {
    const NAMES: &'static [(&'static str, Self)] = &[("on", true), ("off", false)];
}

/// What a preset may set.
trait Setting: Sized {
    /// From its text in a link.
    fn read(text: &str) -> Option<Self>;
}

impl Setting for f64 {
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl<T: Named> Setting for T {
    fn read(text: &str) -> Option<Self> {
        let found = T::NAMES.iter().find(|(name, _)| *name == text);
        found.map(|(_, value)| *value)
    }
}

/// Plain settings: fields with their keys in links, their types and where they begin.
macro_rules! settings {
    ($(#[$about:meta])* $name:ident { $($(#[$of:meta])* $field:ident($key:literal): $kind:ty = $default:expr,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name {
            $($(#[$of])* pub $field: $kind,)*
        }

        impl $name {
            /// Settings of a page that was just opened.
            pub const DEFAULT: Self = Self { $($field: $default,)* };

            /// The settings of a preset.
            ///
            /// # Panics
            /// If a value names no setting, or its text cannot be read.
            pub fn of(values: $crate::lab::experiments::Values) -> Self {
                let mut settings = Self::DEFAULT;
                for (key, text) in values {
                    match *key {
                        $($key => {
                            settings.$field = $crate::lab::experiments::Setting::read(text)
                                .unwrap_or_else(|| panic!("{key} cannot be {text}"));
                        })*
                        _ => panic!("there is no setting {key}"),
                    }
                }
                settings
            }
        }
    };
}
use settings;
