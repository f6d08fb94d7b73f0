//! Forgets the place of each feature in the image and keeps its value and order.

use std::fmt;

/// (channel, row, column) becomes one axis, in that order. Nothing is computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flatten;

impl fmt::Display for Flatten {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Flatten")
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn describes_itself() {
        assert_eq!(super::Flatten.to_string(), "Flatten");
    }
}
