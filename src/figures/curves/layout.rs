//! Where the parts of a line chart stand, as pure values.

use super::Curves;
use super::names::{Name, name_everything};
use crate::figures::axes::Frame;
use crate::figures::mapping::{Scale, extent};
use crate::figures::outline::Point;
use crate::figures::style::Style;
use crate::figures::thinning::thin;

/// The whole chart, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveLayout {
    /// Axes and mappings: `frame.x.value_at(pointer)` is the value under a pointer.
    pub frame: Frame,
    /// Each series in CSS pixels, thinned; not yet clipped to the plot.
    pub paths: Vec<Vec<Point>>,
    /// The names of curves, marks and rules, none over another. A name that finds no free place is left out; the
    /// description still has it.
    pub names: Vec<Name>,
}

impl Curves {
    /// Lays the chart out on `width` x `height` CSS pixels.
    pub fn layout(&self, width: f64, height: f64, style: &Style) -> CurveLayout {
        let (curve_names, right_room) = self.curve_names(width, style);
        let frame = self.frame(width, height, style, right_room);
        let paths: Vec<Vec<Point>> = self
            .series
            .iter()
            .map(|series| {
                let path: Vec<Point> = series
                    .points
                    .iter()
                    .map(|&(x, y)| (frame.x.position_of(x), frame.y.position_of(y)))
                    .collect();
                thin(&path, 0.5)
            })
            .collect();
        let names = name_everything(self, &frame, &paths, &curve_names, style);
        CurveLayout {
            frame,
            paths,
            names,
        }
    }

    /// The names of the curves, in full if they take at most a quarter of the width, else short; and the room at the
    /// right of the plot that they need.
    fn curve_names(&self, width: f64, style: &Style) -> (Vec<String>, f64) {
        let size = style.label_size();
        let widest = |names: &[String]| {
            names
                .iter()
                .map(|name| style.text_width(name, size))
                .fold(0.0, f64::max)
        };
        let mut names: Vec<String> = self
            .series
            .iter()
            .map(|series| series.label.clone())
            .collect();
        if widest(&names) > width * 0.25 {
            for (name, series) in names.iter_mut().zip(&self.series) {
                if !series.short.is_empty() {
                    name.clone_from(&series.short);
                }
            }
        }
        for name in &mut names {
            *name = style.fit_text(name, size, width * 0.32);
        }
        let widest = widest(&names);
        let room = if widest > 0.0 {
            leader_room(style) + widest + style.px(2.0)
        } else {
            0.0
        };
        (names, room)
    }

    fn frame(&self, width: f64, height: f64, style: &Style, right_room: f64) -> Frame {
        let all = || self.series.iter().flat_map(|series| &series.points);
        let there = all().filter(|point| point.1.is_finite());
        let x_data = extent(self.x.scale, there.map(|point| point.0));
        let x_range = self.x.shown(x_data, 0.0);
        let visible = all().filter(|point| (x_range.0..=x_range.1).contains(&point.0));
        let marked = self.marks.iter().map(|mark| &mark.at);
        let y_data = extent(self.y.scale, visible.chain(marked).map(|point| point.1));
        let y_range = self.y.shown(y_data, 0.05);
        Frame::lay_out(
            (width, height),
            style,
            (&self.x, x_range),
            (&self.y, y_range),
            right_room,
        )
    }
}

/// Between the end of a curve and its name, where a leader may join them.
pub(super) fn leader_room(style: &Style) -> f64 {
    style.px(14.0)
}

/// Whether a scale can show a value at all.
pub(super) fn shows(scale: Scale, value: f64) -> bool {
    value.is_finite() && (scale == Scale::Linear || value >= 0.0)
}
