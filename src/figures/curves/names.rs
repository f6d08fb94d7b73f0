//! The names in a line chart: beside the curves' ends, marks and rules, none over another.

use super::layout::leader_room;
use super::{Curves, Line, Rule};
use crate::figures::axes::Frame;
use crate::figures::clipping;
use crate::figures::labels::{self, Placed};
use crate::figures::outline::{Point, Rect};
use crate::figures::palette::Role;
use crate::figures::sheet::CAP_HEIGHT;
use crate::figures::style::Style;
use crate::figures::thinning::thin;

/// A text, placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The text as it fits.
    pub text: String,
    /// Its box; the text begins at the left edge, its capitals are centred in height.
    pub place: Rect,
    /// Font size.
    pub size: f64,
    /// Colour.
    pub role: Role,
    /// A thin line from what is named to the name, where that is not evident.
    pub leader: Option<(Point, Point)>,
    /// Whether curves run behind the text, so that it needs a ground of its own.
    pub covers_ink: bool,
}

pub(super) fn name_everything(
    chart: &Curves,
    frame: &Frame,
    paths: &[Vec<Point>],
    curve_names: &[String],
    style: &Style,
) -> Vec<Name> {
    // As obstacles, curves need no more detail than a few pixels.
    let coarse: Vec<Vec<Point>> = paths.iter().map(|path| thin(path, style.px(3.0))).collect();
    let mark_points: Vec<Point> = chart
        .marks
        .iter()
        .map(|mark| {
            (
                frame.x.position_of(mark.at.0),
                frame.y.position_of(mark.at.1),
            )
        })
        .collect();
    // No text over a marker.
    let mut taken: Vec<Rect> = mark_points
        .iter()
        .map(|&point| around(point).grown(style.px(5.5)))
        .collect();
    let mut names = Vec::new();
    let mut add = |name: Name, taken: &mut Vec<Rect>| {
        taken.push(name.place.grown(style.px(1.5)));
        names.push(name);
    };

    let (column, early) = curve_ends(frame, paths, curve_names, style);
    for name in column_of_names(chart, frame, column, curve_names, style) {
        add(name, &mut taken);
    }
    for rule in &chart.rules {
        if let Some(name) = rule_name(rule, frame, &taken, &coarse, style) {
            add(name, &mut taken);
        }
    }
    let field = Rect::new(
        frame.plot.left + style.px(3.0),
        frame.plot.top,
        frame.bounds.right - style.px(1.0),
        frame.plot.bottom - style.px(3.0),
    );
    let beside = |text: &str, role: Role, point: Point, taken: &[Rect]| -> Option<Name> {
        let size = style.label_size();
        let extent = (style.text_width(text, size), size);
        let placed = labels::place(point, extent, style.px(8.0), &field, taken, &coarse)?;
        Some(Name {
            text: text.to_owned(),
            place: placed.text,
            size,
            role,
            leader: placed.leader,
            covers_ink: placed.crossed > 0.0,
        })
    };
    for (index, end) in early {
        if let Some(name) = beside(&curve_names[index], chart.series[index].role, end, &taken) {
            add(name, &mut taken);
        }
    }
    // All in full or all short, so that names of one kind read alike.
    let room = frame.plot.width() * 0.45;
    let short = chart
        .marks
        .iter()
        .any(|mark| style.text_width(&mark.label, style.label_size()) > room);
    for (mark, &point) in chart.marks.iter().zip(&mark_points) {
        if mark.label.is_empty() || !frame.plot.grown(0.5).contains(point) {
            continue;
        }
        let wanted = if short && !mark.short.is_empty() {
            &mark.short
        } else {
            &mark.label
        };
        let text = style.fit_text(wanted, style.label_size(), field.width());
        if let Some(name) = beside(&text, mark.role, point, &taken) {
            add(name, &mut taken);
        }
    }
    names
}

fn around(point: Point) -> Rect {
    Rect::new(point.0, point.1, point.0, point.1)
}

/// Where curves end, with the index of their series: those that end furthest right, and those that end, or leave the
/// plot, before.
type Ends = Vec<(usize, Point)>;

fn curve_ends(
    frame: &Frame,
    paths: &[Vec<Point>],
    names: &[String],
    style: &Style,
) -> (Ends, Ends) {
    let visible = frame.plot.grown(0.5);
    let ends: Ends = paths
        .iter()
        .enumerate()
        .filter(|(index, _)| !names[*index].is_empty())
        .filter_map(|(index, path)| {
            let dot = path
                .iter()
                .rev()
                .find(|point| visible.contains(**point))
                .copied();
            let pieces = clipping::clip_polyline(path, &visible);
            let end = pieces.last().and_then(|piece| piece.last()).copied();
            // The last visible point, or where the line crosses the edge after it.
            [dot, end]
                .into_iter()
                .flatten()
                .max_by(|a, b| a.0.total_cmp(&b.0))
                .map(|end| (index, end))
        })
        .collect();
    let rightmost = ends.iter().map(|(_, end)| end.0).fold(f64::MIN, f64::max);
    ends.into_iter()
        .partition(|(_, end)| rightmost - end.0 <= leader_room(style) * 2.0)
}

/// One column of names right of the curves that end last.
fn column_of_names(
    chart: &Curves,
    frame: &Frame,
    mut column: Ends,
    texts: &[String],
    style: &Style,
) -> Vec<Name> {
    let size = style.label_size();
    let pitch = size * 1.22;
    let (low, high) = (frame.plot.top - size * 0.5, frame.plot.bottom + size * 0.2);
    // Where there is no room for all names, the main curves keep theirs.
    column.sort_by_key(|(index, _)| match chart.series[*index].line {
        Line::Test => 0,
        Line::Training => 1,
        Line::Reference | Line::Bound => 2,
    });
    column.truncate(labels::room_for(pitch, low, high));
    let wishes: Vec<f64> = column.iter().map(|(_, end)| end.1).collect();
    let centres = labels::spread(&wishes, pitch, low, high);
    let edge = column.iter().map(|(_, end)| end.0).fold(f64::MIN, f64::max);
    let strays = |end: Point, centre: f64| {
        (centre - end.1).abs() > style.px(2.5) || edge - end.0 > style.px(5.0)
    };
    let any_stray = column
        .iter()
        .zip(&centres)
        .any(|((_, end), centre)| strays(*end, *centre));
    let left = edge
        + if any_stray {
            leader_room(style)
        } else {
            style.px(8.0)
        };
    column
        .into_iter()
        .zip(centres)
        .map(|((index, end), centre)| {
            let width = style.text_width(&texts[index], size);
            Name {
                text: texts[index].clone(),
                place: Rect::new(left, centre - size / 2.0, left + width, centre + size / 2.0),
                size,
                role: chart.series[index].role,
                leader: strays(end, centre).then(|| {
                    (
                        (end.0 + style.px(3.0), end.1),
                        (left - style.px(3.0), centre),
                    )
                }),
                covers_ink: false,
            }
        })
        .collect()
}

/// The name of a line across the plot: beside an upright line near its top, above a level line near its left.
fn rule_name(
    rule: &Rule,
    frame: &Frame,
    taken: &[Rect],
    paths: &[Vec<Point>],
    style: &Style,
) -> Option<Name> {
    let (plot, size, gap) = (&frame.plot, style.tick_size(), style.px(5.0));
    let text = style.fit_text(&rule.label, size, plot.width() * 0.6);
    let at = if rule.upright {
        frame.x.position_of(rule.at)
    } else {
        frame.y.position_of(rule.at)
    };
    let inside = if rule.upright {
        (plot.left..=plot.right).contains(&at)
    } else {
        (plot.top..=plot.bottom).contains(&at)
    };
    if text.is_empty() || !inside {
        return None;
    }
    let width = style.text_width(&text, size);
    let mut candidates = Vec::new();
    if rule.upright {
        let step = size * 1.4;
        for row in 0..((plot.height() / step) as usize) {
            let top = plot.top + row as f64 * step;
            candidates.push(Rect::new(at + gap, top, at + gap + width, top + size));
            candidates.push(Rect::new(at - gap - width, top, at - gap, top + size));
        }
    } else {
        let (step, height) = ((width / 2.0).max(1.0), size * CAP_HEIGHT);
        for column in 0..((plot.width() / step) as usize) {
            let left = plot.left + gap + column as f64 * step;
            let (above, below) = (at - gap - height, at + gap);
            candidates.push(Rect::new(left, above, left + width, above + height));
            candidates.push(Rect::new(left, below, left + width, below + height));
        }
    }
    let field = Rect::new(plot.left, plot.top - 0.5, frame.bounds.right, plot.bottom);
    candidates
        .into_iter()
        .filter(|text| field.holds(text) && taken.iter().all(|other| other.overlap(text) == 0.0))
        .enumerate()
        .map(|(rank, text)| {
            let crossed = labels::length_inside(&text, paths);
            let cost = 3.0 * crossed + 2.0 * rank as f64;
            (
                cost,
                Placed {
                    text,
                    leader: None,
                    crossed,
                },
            )
        })
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, placed)| Name {
            text,
            place: placed.text,
            size,
            role: rule.role,
            leader: None,
            covers_ink: placed.crossed > 0.0,
        })
}
