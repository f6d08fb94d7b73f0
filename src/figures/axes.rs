//! Quiet axes: few ticks, no box, no grid unless asked; the y title stands level above its axis.

pub use super::axis::Axis;

use super::Drawn;
use super::mapping::{Mapping, Scale};
use super::outline::Rect;
use super::sheet::{CAP_HEIGHT, Lettering, Sheet, Side, Stroke};
use super::style::Style;
use super::ticks::{Tick, minor_strokes, ticks};

/// Where everything stands: pure values, computed before anything is drawn, and read by the page to turn a pointer
/// into values.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The whole figure.
    pub bounds: Rect,
    /// The area between the axes.
    pub plot: Rect,
    /// Values along x, from the left edge of the plot to its right.
    pub x: Mapping,
    /// Values along y, from the bottom edge of the plot to its top.
    pub y: Mapping,
    x_axis: Axis,
    y_axis: Axis,
    x_ticks: Vec<Tick>,
    y_ticks: Vec<Tick>,
}

impl Frame {
    /// Lays out axes for the given shown ranges on `width` x `height` CSS pixels, leaving `right_room` for labels at
    /// the right of the plot.
    pub fn lay_out(
        (width, height): (f64, f64),
        style: &Style,
        (x_axis, x_range): (&Axis, (f64, f64)),
        (y_axis, y_range): (&Axis, (f64, f64)),
        right_room: f64,
    ) -> Self {
        let (tick_size, label_size) = (style.tick_size(), style.label_size());
        let overhead = if y_axis.title.is_empty() {
            tick_size * 0.6
        } else {
            label_size * CAP_HEIGHT + style.px(13.0)
        };
        let top = style.px(3.0) + overhead;
        let mut under = style.px(8.0) + tick_size * CAP_HEIGHT + style.px(4.0);
        if !x_axis.title.is_empty() {
            under += style.px(5.0) + label_size * CAP_HEIGHT + style.px(2.0);
        }
        let bottom = (height - under).max(top + 1.0);

        let y = Mapping::new(y_axis.scale, y_range, (bottom, top));
        let most = ((bottom - top) / (tick_size * 2.8)) as usize;
        let y_ticks = spaced(most.min(7), |at_most| {
            let candidates = ticks(y_axis.scale, y_range, at_most, y_axis.whole);
            let boxes = candidates
                .iter()
                .map(|tick| (y.position_of(tick.value), tick_size * 0.5))
                .collect();
            (candidates, boxes, tick_size * 0.5)
        });
        let widest = y_ticks
            .iter()
            .map(|tick| style.text_width(&tick.label, tick_size))
            .fold(0.0, f64::max);
        let mut left = style.px(1.0) + widest + style.px(8.0);
        let mut right_room = right_room.max(style.px(2.0));
        // The outer halves of the first and last labels may need more room, which changes the ticks: settle in two
        // rounds, then whatever still sticks out is dropped.
        let mut round = 0;
        loop {
            let right = (width - right_room).max(left + 1.0);
            let x = Mapping::new(x_axis.scale, x_range, (left, right));
            let extent = |tick: &Tick| {
                (
                    x.position_of(tick.value),
                    style.text_width(&tick.label, tick_size) / 2.0,
                )
            };
            let most = ((right - left) / (tick_size * 3.0)) as usize;
            let mut x_ticks = spaced(most.min(9), |at_most| {
                let candidates = ticks(x_axis.scale, x_range, at_most, x_axis.whole);
                let boxes = candidates.iter().map(extent).collect();
                (candidates, boxes, tick_size * 1.1)
            });
            let beyond_left = x_ticks.first().map_or(0.0, |tick| {
                let (middle, half) = extent(tick);
                half - middle + style.px(1.0)
            });
            let beyond_right = x_ticks.last().map_or(0.0, |tick| {
                let (middle, half) = extent(tick);
                middle + half - width + style.px(1.0)
            });
            if round < 2 && (beyond_left > 0.0 || beyond_right > 0.0) {
                left += beyond_left.max(0.0);
                right_room += beyond_right.max(0.0);
                round += 1;
                continue;
            }
            x_ticks.retain(|tick| {
                let (middle, half) = extent(tick);
                middle - half >= -0.5 && middle + half <= width + 0.5
            });
            return Self {
                bounds: Rect::new(0.0, 0.0, width, height),
                plot: Rect::new(left, top, right, bottom),
                x,
                y,
                x_axis: x_axis.clone(),
                y_axis: y_axis.clone(),
                x_ticks,
                y_ticks,
            };
        }
    }

    /// The labelled ticks along x.
    pub fn x_ticks(&self) -> &[Tick] {
        &self.x_ticks
    }

    /// The labelled ticks along y.
    pub fn y_ticks(&self) -> &[Tick] {
        &self.y_ticks
    }

    /// Draws axes, ticks, titles, and the grid where it is asked for.
    ///
    /// # Errors
    /// What the backend reports.
    pub fn draw(&self, sheet: &Sheet<'_>) -> Drawn {
        let (style, palette, plot) = (sheet.style(), sheet.palette(), &self.plot);
        let line = Stroke::solid(palette.axis, style.stroke(1.0));
        let grid = Stroke::solid(palette.grid, style.stroke(1.0));
        let small = sheet.small_label();
        let (long, short) = (style.px(5.0), style.px(3.0));

        for tick in &self.x_ticks {
            let x = self.x.position_of(tick.value);
            if self.x_axis.grid {
                sheet.rule((x, plot.top), (x, plot.bottom), &grid)?;
            }
            sheet.rule((x, plot.bottom), (x, plot.bottom + long), &line)?;
            let baseline = plot.bottom + style.px(8.0) + small.size * CAP_HEIGHT;
            let lettering = Lettering {
                side: Side::Middle,
                ..small
            };
            sheet.text(&tick.label, (x, baseline), &lettering)?;
        }
        for tick in &self.y_ticks {
            let y = self.y.position_of(tick.value);
            if self.y_axis.grid {
                sheet.rule((plot.left, y), (plot.right, y), &grid)?;
            }
            sheet.rule((plot.left - long, y), (plot.left, y), &line)?;
            let lettering = Lettering {
                side: Side::Right,
                ..small
            };
            sheet.text_centred(&tick.label, (plot.left - style.px(8.0), y), &lettering)?;
        }
        if self.x_axis.scale == Scale::Log10 {
            for value in minor_strokes(self.x.range()) {
                let x = self.x.position_of(value);
                sheet.rule((x, plot.bottom), (x, plot.bottom + short), &line)?;
            }
        }
        if self.y_axis.scale == Scale::Log10 {
            for value in minor_strokes(self.y.range()) {
                let y = self.y.position_of(value);
                sheet.rule((plot.left - short, y), (plot.left, y), &line)?;
            }
        }
        sheet.rule((plot.left, plot.bottom), (plot.right, plot.bottom), &line)?;
        sheet.rule((plot.left, plot.top), (plot.left, plot.bottom), &line)?;
        self.draw_titles(sheet)
    }

    fn draw_titles(&self, sheet: &Sheet<'_>) -> Drawn {
        let (style, plot) = (sheet.style(), &self.plot);
        let label = sheet.label();
        let margin = style.px(1.0);
        let room = self.bounds.width() - 2.0 * margin;
        let y_title = style.fit_text(&self.y_axis.heading(), label.size, room);
        sheet.text(
            &y_title,
            (margin, style.px(3.0) + label.size * CAP_HEIGHT),
            &label,
        )?;

        let x_title = style.fit_text(&self.x_axis.heading(), label.size, room);
        // Right-aligned to the axis; a title longer than the axis ends at the edge of the figure instead.
        let needed = style.text_width(&x_title, label.size) + margin;
        let right = plot.right.max(needed).min(self.bounds.right - margin);
        let baseline = self.bounds.bottom - style.px(4.0);
        let lettering = Lettering {
            side: Side::Right,
            ..label
        };
        sheet.text(&x_title, (right, baseline), &lettering)
    }
}

/// The most ticks, from `most` downward, whose boxes (middle, half length) keep the gap that `propose` demands. If not
/// even two do, those of the fewest that stand clear of each other.
fn spaced(most: usize, propose: impl Fn(usize) -> (Vec<Tick>, Vec<(f64, f64)>, f64)) -> Vec<Tick> {
    let clear = |a: (f64, f64), b: (f64, f64), gap: f64| (a.0 - b.0).abs() >= a.1 + b.1 + gap;
    for at_most in (2..=most.max(2)).rev() {
        let (candidates, boxes, gap) = propose(at_most);
        if boxes.windows(2).all(|pair| clear(pair[0], pair[1], gap)) {
            return candidates;
        }
    }
    let (candidates, boxes, gap) = propose(2);
    let mut kept: Vec<(f64, f64)> = Vec::new();
    candidates
        .into_iter()
        .zip(boxes)
        .filter_map(|(tick, extent)| {
            let free = kept.iter().all(|other| clear(*other, extent, gap));
            free.then(|| {
                kept.push(extent);
                tick
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tick_labels_never_overlap_nor_leave_the_figure() {
        let style = Style::default();
        let axis = Axis::linear("images").whole();
        for width in [120.0, 300.0, 320.0, 480.0, 1100.0] {
            for high in [1.0, 60.0, 100.0, 60_000.0, 1e9] {
                let frame = Frame::lay_out(
                    (width, 240.0),
                    &style,
                    (&axis, (0.0, high)),
                    (&Axis::linear("loss"), (0.0, 2.5)),
                    10.0,
                );
                let boxes: Vec<_> = frame
                    .x_ticks()
                    .iter()
                    .map(|tick| {
                        let middle = frame.x.position_of(tick.value);
                        let half = style.text_width(&tick.label, style.tick_size()) / 2.0;
                        (middle - half, middle + half)
                    })
                    .collect();
                assert!(!boxes.is_empty());
                assert!(
                    boxes.windows(2).all(|pair| pair[0].1 < pair[1].0),
                    "{width} {high}"
                );
                assert!(
                    boxes.iter().all(|b| b.0 >= -0.5 && b.1 <= width + 0.5),
                    "{width} {high}"
                );
            }
        }
    }
}
