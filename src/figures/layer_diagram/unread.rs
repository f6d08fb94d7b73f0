//! What strides leave out, hatched.

use super::layout::Stack;
use crate::figures::Drawn;
use crate::figures::outline::Rect;
use crate::figures::sheet::{Sheet, Stroke};

/// Rows and columns of a map that no window reads, along both sides alike.
pub struct Unread {
    /// Last rows and columns that are left over.
    pub dropped: u32,
    /// Rows, and columns, of a window.
    pub window: u32,
    /// From one window to the next.
    pub stride: u32,
    /// Rows of zeros around the map.
    pub padding: u32,
    /// Windows along a side.
    pub windows: u32,
}

impl Unread {
    /// Stretches of a side that are not read, first and one past the last.
    fn stretches(&self, side: u32) -> Vec<(i64, i64)> {
        let [side, stride, window, padding] =
            [side, self.stride, self.window, self.padding].map(i64::from);
        let between = (1..i64::from(self.windows)).map(|index| {
            let start = index * stride - padding;
            (start - stride + window, start)
        });
        let end = [(side - i64::from(self.dropped), side)];
        let all = between.chain(end);
        let inside = all.map(|(from, to)| (from.clamp(0, side), to.clamp(0, side)));
        inside.filter(|(from, to)| from < to).collect()
    }

    /// Hatches them on the map in front, where a neuron's side is `cell` long.
    pub fn draw(&self, stack: &Stack, cell: f64, sheet: &Sheet<'_>) -> Drawn {
        let (style, palette) = (sheet.style(), sheet.palette());
        let front = stack.front;
        let hatch = Stroke::solid(palette.quiet_ink, style.px(0.9));
        for (from, to) in self.stretches(stack.side) {
            let (from, to) = (from as f64 * cell, to as f64 * cell);
            let strips = [
                Rect::new(front.left + from, front.top, front.left + to, front.bottom),
                Rect::new(front.left, front.top + from, front.right, front.top + to),
            ];
            for strip in strips {
                sheet.fill_rect(strip, palette.axis.at(0.35))?;
                draw_hatch(strip, &hatch, style.px(4.5), sheet)?;
            }
        }
        Ok(())
    }
}

/// Slanted lines inside a strip; lines of all strips meet.
fn draw_hatch(strip: Rect, stroke: &Stroke, pitch: f64, sheet: &Sheet<'_>) -> Drawn {
    let first = ((strip.left + strip.top) / pitch).ceil() as i64;
    let last = ((strip.right + strip.bottom) / pitch).floor() as i64;
    for index in first..=last {
        let sum = index as f64 * pitch;
        let line = [
            (sum - strip.top, strip.top),
            (sum - strip.bottom, strip.bottom),
        ];
        sheet.polyline_within(&line, &strip, stroke)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::architecture::{Architecture, Settings};

    #[test]
    fn as_many_rows_are_hatched_as_theory_leaves_out() {
        let mut compared = 0;
        for input_side in 1..14 {
            for (kernel, stride, padding) in [(1, 3, 0), (2, 5, 1), (3, 2, 2), (5, 1, 0), (2, 3, 4)]
            {
                let settings = Settings {
                    input_side,
                    kernel,
                    stride,
                    padding,
                    pool_window: 1,
                    ..Settings::default()
                };
                let Ok(net) = Architecture::new(settings) else {
                    continue;
                };
                let coverage = net.convolution_coverage();
                let unread = Unread {
                    dropped: coverage.dropped,
                    window: kernel,
                    stride,
                    padding,
                    windows: coverage.windows,
                };
                let hatched: i64 = unread
                    .stretches(input_side)
                    .iter()
                    .map(|(from, to)| to - from)
                    .sum();
                assert_eq!(
                    hatched,
                    i64::from(input_side - coverage.seen()),
                    "{settings:?}"
                );
                compared += 1;
            }
        }
        assert!(compared > 40);
    }
}
