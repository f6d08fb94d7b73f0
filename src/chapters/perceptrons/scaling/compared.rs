//! What the comparison of two networks counted.

use crate::ui::number::grouped;

/// How often two networks agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Boolean inputs.
    pub inputs: usize,
    /// Boolean inputs at which all outputs agree.
    pub agreeing: usize,
    /// Pixels of the plane at which some output differs, and pixels in all; none without a plane.
    pub pixels: Option<(usize, usize)>,
}

impl Compared {
    /// "16 of 16 inputs agree, 0 of 65,536 pixels differ."
    pub fn verdict(&self) -> String {
        let inputs = format!("{} of {} inputs agree", self.agreeing, self.inputs);
        match self.pixels {
            Some((differing, all)) => format!(
                "{inputs}, {} of {} pixels differ.",
                grouped(differing as u64),
                grouped(all as u64)
            ),
            None => format!("{inputs}."),
        }
    }

    /// Whether nothing differs anywhere.
    pub fn same(&self) -> bool {
        self.agreeing == self.inputs && self.pixels.is_none_or(|(differing, _)| differing == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_counts_both() {
        let compared = Compared {
            inputs: 16,
            agreeing: 16,
            pixels: Some((0, 65_536)),
        };
        assert_eq!(
            compared.verdict(),
            "16 of 16 inputs agree, 0 of 65,536 pixels differ."
        );
        assert!(compared.same());
    }
}
