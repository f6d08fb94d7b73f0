//! How windows at regular steps cover a side, and what they leave out.

/// A window of `window` cells moved by `stride` along `side` cells with `padding` zeros before and behind. Rows and columns alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Cells of the side itself.
    pub side: u32,
    /// How many windows fit: floor((side + 2 padding - window) / stride) + 1.
    pub windows: u32,
    /// Cells behind the last window, padding included: (side + 2 padding - window) mod stride.
    pub remainder: u32,
    /// Cells of the side itself among the remainder: the last rows (and columns) that the floor drops.
    pub dropped: u32,
    /// Cells of the side between windows, where the stride is larger than the window.
    pub skipped: u32,
    /// Pairs (window, cell of the side inside it); less than windows * window where windows reach into the padding.
    pub(super) taps: u64,
}

impl Coverage {
    /// `None` where not one window fits. All arguments at most `Settings::MAXIMUM`, `window` and `stride` at least 1.
    pub(super) fn of(side: u32, padding: u32, window: u32, stride: u32) -> Option<Coverage> {
        let slack = (side + 2 * padding).checked_sub(window)?;
        let windows = slack / stride + 1;
        // From here on in coordinates of the side: cell 0 is its first, the padding lies below 0 and from `side` on.
        let inside = |cell: i64| cell.clamp(0, i64::from(side)) as u64;
        let start = |i: u32| i64::from(i) * i64::from(stride) - i64::from(padding);
        let end = |i: u32| start(i) + i64::from(window);
        let taps = (0..windows)
            .map(|i| inside(end(i)) - inside(start(i)))
            .sum();
        let reached = inside(end(windows - 1));
        // Windows that do not overlap see as many cells as they have taps.
        let skipped = if stride > window { reached - taps } else { 0 };
        Some(Coverage {
            side,
            windows,
            remainder: slack % stride,
            dropped: side - reached as u32,
            skipped: skipped as u32,
            taps,
        })
    }

    /// How many cells of the side lie in at least one window.
    pub fn seen(&self) -> u32 {
        self.side - self.dropped - self.skipped
    }
}

impl std::fmt::Display for Coverage {
    /// One sentence on what is left out, such as `The last 1 of 25 rows and columns is dropped: no further window fits.`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let is = |count: u32| if count == 1 { "is" } else { "are" };
        let Coverage {
            side,
            dropped,
            skipped,
            ..
        } = *self;
        if self.seen() == side {
            return write!(f, "All {side} rows and columns are used.");
        }
        if dropped > 0 {
            let is = is(dropped);
            write!(
                f,
                "The last {dropped} of {side} rows and columns {is} dropped: no further window fits."
            )?;
        }
        if skipped > 0 {
            let (space, is) = (if dropped > 0 { " " } else { "" }, is(skipped));
            write!(
                f,
                "{space}{skipped} of {side} rows and columns {is} skipped: the stride is larger than the window."
            )?;
        }
        Ok(())
    }
}
