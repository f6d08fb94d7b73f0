//! Settings that make no network, in plain words.

use super::Settings;
use std::fmt::{Display, Formatter, Result as Written};

/// Why settings make no network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArchitectureError {
    /// A setting is 0.
    Zero {
        /// Its name in plain words.
        setting: &'static str,
    },
    /// A setting is above [`Settings::MAXIMUM`].
    TooLarge {
        /// Its name in plain words.
        setting: &'static str,
        /// What was asked for.
        value: u32,
    },
    /// F > N + 2P: the kernel has no place.
    KernelLargerThanInput {
        /// F.
        kernel: u32,
        /// N.
        input_side: u32,
        /// P.
        padding: u32,
    },
    /// Q > A: the pooling window has no place.
    PoolLargerThanMap {
        /// Q.
        pool_window: u32,
        /// A.
        map_side: u32,
    },
}

impl Display for ArchitectureError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        match *self {
            ArchitectureError::Zero { setting } => {
                write!(
                    f,
                    "The {setting} is 0, which leaves a layer empty. Choose at least 1."
                )
            }
            ArchitectureError::TooLarge { setting, value } => {
                let maximum = Settings::MAXIMUM;
                write!(
                    f,
                    "The {setting} is {value}, more than is counted here. Choose at most {maximum}."
                )
            }
            ArchitectureError::KernelLargerThanInput {
                kernel,
                input_side,
                padding,
            } => {
                let padded = input_side + 2 * padding;
                let which = if padding == 0 {
                    "input"
                } else {
                    "padded input"
                };
                write!(
                    f,
                    "The {kernel}×{kernel} kernel has no place on the {padded}×{padded} {which}. \
                     Choose a kernel of at most {padded}, a larger input or more padding."
                )
            }
            ArchitectureError::PoolLargerThanMap {
                pool_window,
                map_side,
            } => write!(
                f,
                "The {pool_window}×{pool_window} pooling window has no place on the {map_side}×{map_side} feature maps. \
                 Choose a window of at most {map_side}, a larger input, a smaller kernel or a smaller stride."
            ),
        }
    }
}

impl std::error::Error for ArchitectureError {}

/// Each setting for itself: not 0, not too large.
pub(super) fn check_each(settings: &Settings) -> Result<(), ArchitectureError> {
    let named = [
        ("side of the input", settings.input_side),
        ("number of channels", settings.channels),
        ("number of feature maps", settings.feature_maps),
        ("side of the kernel", settings.kernel),
        ("stride", settings.stride),
        ("side of the pooling window", settings.pool_window),
        ("pooling stride", settings.pool_stride),
        ("number of dense neurons", settings.dense_neurons),
        ("number of classes", settings.classes),
        ("padding", settings.padding),
    ];
    for (setting, value) in named {
        if value == 0 && setting != "padding" {
            return Err(ArchitectureError::Zero { setting });
        }
        if value > Settings::MAXIMUM {
            return Err(ArchitectureError::TooLarge { setting, value });
        }
    }
    Ok(())
}
