//! Where the parts of a line chart stand, as pure values.

use super::{Curves, Line};
use crate::figures::axes::Frame;
use crate::figures::labels::{self, Placed};
use crate::figures::mapping::{Scale, extent};
use crate::figures::outline::{Point, Rect};
use crate::figures::palette::Role;
use crate::figures::sheet::CAP_HEIGHT;
use crate::figures::style::Style;
use crate::figures::thinning::thin;

/// A curve's name beside its right end.
#[derive(Clone, Debug, PartialEq)]
pub struct EndLabel {
    /// The text as it fits.
    pub text: String,
    /// Its box.
    pub place: Rect,
    /// The end of the curve.
    pub end: Point,
    /// Whether the label was moved so far that a leader joins it to the end.
    pub moved: bool,
    /// Colour.
    pub role: Role,
}

/// A named point or line across the plot, its text placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub(super) text: String,
    pub(super) at: Point,
    pub(super) placed: Placed,
    pub(super) role: Role,
    pub(super) leader: bool,
}

/// The whole chart, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveLayout {
    /// Axes and mappings: `frame.x.value_at(pointer)` is the value under a pointer.
    pub frame: Frame,
    /// Each series in CSS pixels, thinned; not yet clipped to the plot.
    pub paths: Vec<Vec<Point>>,
    /// Names of the curves.
    pub end_labels: Vec<EndLabel>,
    /// Names of marks and rules. A name that finds no free place is left out; the description still has it.
    pub notes: Vec<Note>,
}

impl Curves {
    /// Lays the chart out on `width` x `height` CSS pixels.
    pub fn layout(&self, width: f64, height: f64, style: &Style) -> CurveLayout {
        let size = style.label_size();
        let (names, right_room) = self.end_names(width, style);
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
        let end_labels = self.end_labels(&frame, &paths, names, style);

        let mut taken: Vec<Rect> = end_labels
            .iter()
            .map(|label| label.place.grown(2.0))
            .collect();
        let mark_points: Vec<Point> = self
            .marks
            .iter()
            .map(|mark| {
                (
                    frame.x.position_of(mark.at.0),
                    frame.y.position_of(mark.at.1),
                )
            })
            .collect();
        taken.extend(
            mark_points
                .iter()
                .map(|&(x, y)| Rect::new(x, y, x, y).grown(style.px(5.0))),
        );
        let mut notes = Vec::new();
        for rule in &self.rules {
            let at = if rule.upright {
                frame.x.position_of(rule.at)
            } else {
                frame.y.position_of(rule.at)
            };
            let room = frame.plot.width() * 0.6;
            let text = style.fit_text(&rule.label, style.tick_size(), room);
            if let Some(note) = rule_note(
                &frame,
                at,
                rule.upright,
                &text,
                rule.role,
                &taken,
                &paths,
                style,
            ) {
                taken.push(note.placed.text.grown(2.0));
                notes.push(note);
            }
        }
        // Labels may use the margin above the plot's top line, but not the axes' own labels.
        let field = Rect::new(
            frame.plot.left + style.px(3.0),
            frame.plot.top,
            frame.plot.right.max(frame.bounds.right - style.px(2.0)),
            frame.plot.bottom - style.px(3.0),
        );
        for (mark, &point) in self.marks.iter().zip(&mark_points) {
            if mark.label.is_empty() || !frame.plot.grown(0.5).contains(point) {
                continue;
            }
            let text = style.fit_text(&mark.label, size, field.width());
            let extent = (style.text_width(&text, size), size);
            if let Some(placed) =
                labels::place(point, extent, style.px(8.0), &field, &taken, &paths)
            {
                taken.push(placed.text.grown(2.0));
                notes.push(Note {
                    text,
                    at: point,
                    placed,
                    role: mark.role,
                    leader: placed.far,
                });
            }
        }
        CurveLayout {
            frame,
            paths,
            end_labels,
            notes,
        }
    }

    /// The names at the curves' ends, in full if they take at most a quarter of the width, else short; and the room
    /// at the right that they need.
    fn end_names(&self, width: f64, style: &Style) -> (Vec<String>, f64) {
        let size = style.label_size();
        let widest = |names: &[String]| {
            names
                .iter()
                .map(|name| style.text_width(name, size))
                .fold(0.0, f64::max)
        };
        let named = |short: bool| -> Vec<String> {
            self.series
                .iter()
                .map(|series| {
                    if short && !series.short.is_empty() {
                        series.short.clone()
                    } else {
                        series.label.clone()
                    }
                })
                .collect()
        };
        let mut names = named(false);
        if widest(&names) > width * 0.25 {
            names = named(true);
        }
        let most = width * 0.32;
        if widest(&names) > most {
            names = names
                .iter()
                .map(|name| style.fit_text(name, size, most))
                .collect();
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
        let x_data = extent(
            self.x.scale,
            all()
                .filter(|point| point.1.is_finite())
                .map(|point| point.0),
        );
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

    fn end_labels(
        &self,
        frame: &Frame,
        paths: &[Vec<Point>],
        names: Vec<String>,
        style: &Style,
    ) -> Vec<EndLabel> {
        let size = style.label_size();
        let pitch = size * 1.22;
        let mut ends: Vec<(usize, Point)> = Vec::new();
        for (index, path) in paths.iter().enumerate() {
            let end = path
                .iter()
                .rev()
                .find(|p| p.0.is_finite() && p.1.is_finite() && p.0 <= frame.plot.right + 0.5);
            if let Some(&(x, y)) = end
                && !names[index].is_empty()
                && x >= frame.plot.left
            {
                ends.push((index, (x, y.clamp(frame.plot.top, frame.plot.bottom))));
            }
        }
        // One column for each group of curves that end at nearly the same x, so that a stopped run keeps its name
        // where it stopped.
        ends.sort_by(|a, b| b.1.0.total_cmp(&a.1.0));
        let mut columns: Vec<Vec<(usize, Point)>> = Vec::new();
        for end in ends {
            match columns.last_mut() {
                Some(column) if column[0].1.0 - end.1.0 < column_reach(&names, column, style) => {
                    column.push(end)
                }
                _ => columns.push(vec![end]),
            }
        }
        let (low, high) = (frame.plot.top - size * 0.5, frame.plot.bottom + size * 0.2);
        let mut placed = Vec::new();
        for mut column in columns {
            // Where there is no room for all names, the main curves keep theirs.
            column.sort_by_key(|(index, _)| match self.series[*index].line {
                Line::Test => 0,
                Line::Training => 1,
                Line::Reference | Line::Bound => 2,
            });
            column.truncate(labels::room_for(pitch, low, high));
            let wishes: Vec<f64> = column.iter().map(|(_, end)| end.1).collect();
            let centres = labels::spread(&wishes, pitch, low, high);
            let edge = column.iter().map(|(_, end)| end.0).fold(f64::MIN, f64::max);
            for ((index, end), centre) in column.into_iter().zip(centres) {
                let left = edge + leader_room(style);
                let width = style.text_width(&names[index], size);
                placed.push(EndLabel {
                    text: names[index].clone(),
                    place: Rect::new(left, centre - size / 2.0, left + width, centre + size / 2.0),
                    end,
                    moved: (centre - end.1).abs() > style.px(2.5) || edge - end.0 > style.px(4.0),
                    role: self.series[index].role,
                });
            }
        }
        placed
    }
}

/// Between the end of a curve and its name.
fn leader_room(style: &Style) -> f64 {
    style.px(14.0)
}

/// How far left of a column's curves another curve may end and still be named in that column: as far as its own name
/// would run into the column.
fn column_reach(names: &[String], column: &[(usize, Point)], style: &Style) -> f64 {
    let widest = column
        .iter()
        .map(|(index, _)| style.text_width(&names[*index], style.label_size()))
        .fold(0.0, f64::max);
    widest.min(style.px(60.0)) + leader_room(style)
}

/// Places the name of a line across the plot: beside an upright line near its top, above a level line near its left.
fn rule_note(
    frame: &Frame,
    at: f64,
    upright: bool,
    text: &str,
    role: Role,
    taken: &[Rect],
    paths: &[Vec<Point>],
    style: &Style,
) -> Option<Note> {
    let (plot, size, gap) = (&frame.plot, style.tick_size(), style.px(5.0));
    let inside = if upright {
        plot.left <= at && at <= plot.right
    } else {
        plot.top <= at && at <= plot.bottom
    };
    if text.is_empty() || !inside {
        return None;
    }
    let width = style.text_width(text, size);
    let mut candidates = Vec::new();
    if upright {
        let step = size * 1.4;
        for row in 0..((plot.height() / step) as usize) {
            let top = plot.top + row as f64 * step;
            candidates.push(Rect::new(at + gap, top, at + gap + width, top + size));
            candidates.push(Rect::new(at - gap - width, top, at - gap, top + size));
        }
    } else {
        let step = (width / 2.0).max(1.0);
        for column in 0..((plot.width() / step) as usize) {
            let left = plot.left + gap + column as f64 * step;
            let above = at - gap * 0.6 - size * CAP_HEIGHT;
            candidates.push(Rect::new(
                left,
                above,
                left + width,
                above + size * CAP_HEIGHT,
            ));
            let below = at + gap;
            candidates.push(Rect::new(
                left,
                below,
                left + width,
                below + size * CAP_HEIGHT,
            ));
        }
    }
    candidates
        .into_iter()
        .filter(|text| {
            plot.grown(0.5).holds(text) && taken.iter().all(|other| other.overlap(text) == 0.0)
        })
        .enumerate()
        .map(|(rank, text)| {
            let crossed = labels::length_inside(&text, paths);
            (
                crossed + rank as f64 * 2.0,
                Placed {
                    text,
                    far: false,
                    crossed,
                },
            )
        })
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, placed)| Note {
            text: text.to_owned(),
            at: if upright {
                (at, plot.top)
            } else {
                (plot.left, at)
            },
            placed,
            role,
            leader: false,
        })
}

/// Whether a scale can show a value at all.
pub(super) fn shows(scale: Scale, value: f64) -> bool {
    value.is_finite() && (scale == Scale::Linear || value >= 0.0)
}
