//! A laid out line chart as ink.

use plotters::prelude::DrawingBackend;

use super::layout::shows;
use super::{CurveLayout, Curves, Line, Mark};
use crate::figures::Drawn;
use crate::figures::outline::{Point, Rect};
use crate::figures::sheet::{Lettering, Sheet, Side, Stroke};
use crate::figures::style::Style;

pub(super) fn draw<DB: DrawingBackend>(
    chart: &Curves,
    layout: &CurveLayout,
    sheet: &Sheet<'_, DB>,
) -> Drawn<DB> {
    let (style, palette, plot) = (sheet.style(), sheet.palette(), &layout.frame.plot);
    for gap in &chart.gaps {
        if let (Some(a), Some(b)) = (layout.paths.get(gap.between), layout.paths.get(gap.and)) {
            sheet.fill_band(a, b, plot, palette.mark(gap.role).at(0.13))?;
        }
    }
    layout.frame.draw(sheet)?;
    draw_rules(chart, layout, sheet)?;

    // A curve along the edge of the plot keeps its full width.
    let clip = plot.grown(style.stroke(1.5));
    for kind in [Line::Bound, Line::Reference, Line::Training, Line::Test] {
        for (series, path) in chart.series.iter().zip(&layout.paths) {
            if series.line == kind {
                let stroke = stroke_of(kind, palette.mark(series.role), style);
                sheet.polyline_within(path, &clip, &stroke)?;
                for point in lonely(path).filter(|point| clip.contains(*point)) {
                    sheet.disc(
                        point,
                        stroke.width.max(style.stroke(1.6)),
                        palette.mark(series.role),
                    )?;
                }
            }
        }
    }
    draw_end_labels(layout, sheet)?;
    for mark in &chart.marks {
        draw_mark(mark, layout, sheet)?;
    }
    draw_notes(layout, sheet)?;
    let nothing = chart.series.iter().all(|series| {
        !series
            .points
            .iter()
            .any(|point| shows(chart.x.scale, point.0) && shows(chart.y.scale, point.1))
    });
    if nothing {
        draw_empty(&chart.empty, plot, sheet)
    } else {
        Ok(())
    }
}

fn stroke_of(line: Line, colour: crate::figures::palette::Rgb, style: &Style) -> Stroke {
    match line {
        Line::Training => {
            Stroke::solid(colour, style.stroke(1.4)).dashed(&[style.px(4.5), style.px(3.5)])
        }
        Line::Test => Stroke::solid(colour, style.stroke(2.25)),
        Line::Reference => Stroke::solid(colour, style.stroke(1.25)),
        Line::Bound => {
            Stroke::solid(colour, style.stroke(1.4)).dashed(&[style.px(0.5), style.px(3.5)])
        }
    }
}

/// Points without a neighbour on either side: a line through them has no length, so they are drawn as dots.
fn lonely(path: &[Point]) -> impl Iterator<Item = Point> + '_ {
    let there = |index: Option<usize>| {
        index
            .and_then(|index| path.get(index))
            .is_some_and(|p| p.0.is_finite() && p.1.is_finite())
    };
    (0..path.len())
        .filter(move |&i| there(Some(i)) && !there(i.checked_sub(1)) && !there(Some(i + 1)))
        .map(|i| path[i])
}

fn draw_rules<DB: DrawingBackend>(
    chart: &Curves,
    layout: &CurveLayout,
    sheet: &Sheet<'_, DB>,
) -> Drawn<DB> {
    let (frame, plot) = (&layout.frame, &layout.frame.plot);
    for rule in &chart.rules {
        let stroke = Stroke::solid(
            sheet.palette().mark(rule.role).at(0.75),
            sheet.style().stroke(1.0),
        );
        let (from, to) = if rule.upright {
            let x = frame.x.position_of(rule.at);
            ((x, plot.top), (x, plot.bottom))
        } else {
            let y = frame.y.position_of(rule.at);
            ((plot.left, y), (plot.right, y))
        };
        if plot.grown(0.5).contains(from) && plot.grown(0.5).contains(to) {
            sheet.rule(from, to, &stroke)?;
        }
    }
    Ok(())
}

fn draw_end_labels<DB: DrawingBackend>(layout: &CurveLayout, sheet: &Sheet<'_, DB>) -> Drawn<DB> {
    let (style, palette) = (sheet.style(), sheet.palette());
    for label in &layout.end_labels {
        let middle = label.place.centre().1;
        if label.moved {
            let stroke = Stroke::solid(palette.mark(label.role).at(0.6), style.stroke(0.75));
            let from = (label.end.0 + style.px(3.0), label.end.1);
            sheet.polyline(&[from, (label.place.left - style.px(3.0), middle)], &stroke)?;
        }
        let lettering = Lettering {
            tint: palette.text(label.role).into(),
            ..sheet.label()
        };
        let left = if label.moved {
            label.place.left
        } else {
            label.end.0 + style.px(8.0)
        };
        sheet.text_centred(&label.text, (left, middle), &lettering)?;
    }
    Ok(())
}

fn draw_mark<DB: DrawingBackend>(
    mark: &Mark,
    layout: &CurveLayout,
    sheet: &Sheet<'_, DB>,
) -> Drawn<DB> {
    let (style, frame) = (sheet.style(), &layout.frame);
    let point = (
        frame.x.position_of(mark.at.0),
        frame.y.position_of(mark.at.1),
    );
    if !frame.plot.grown(0.5).contains(point) {
        return Ok(());
    }
    let colour = sheet.palette().mark(mark.role);
    if mark.guides {
        let stroke = Stroke::solid(colour.at(0.7), style.stroke(1.0))
            .dashed(&[style.px(2.0), style.px(3.0)]);
        sheet.rule(point, (point.0, frame.plot.bottom), &stroke)?;
        sheet.rule(point, (frame.plot.left, point.1), &stroke)?;
    }
    let width = (!mark.filled).then(|| style.stroke(1.6));
    sheet.marker(point, mark.shape, style.px(4.2), colour, width)
}

fn draw_notes<DB: DrawingBackend>(layout: &CurveLayout, sheet: &Sheet<'_, DB>) -> Drawn<DB> {
    let (style, palette) = (sheet.style(), sheet.palette());
    for note in &layout.notes {
        let text = &note.placed.text;
        if note.placed.crossed > 0.0 {
            sheet.fill_rect(text.grown(style.px(1.5)), palette.paper.at(0.8))?;
        }
        if note.leader {
            let foot = (
                note.at.0.clamp(
                    text.left + style.px(4.0),
                    (text.right - style.px(4.0)).max(text.left + style.px(4.0)),
                ),
                if text.centre().1 < note.at.1 {
                    text.bottom
                } else {
                    text.top
                },
            );
            let stroke = Stroke::solid(palette.mark(note.role).at(0.6), style.stroke(0.75));
            let length = (foot.0 - note.at.0).hypot(foot.1 - note.at.1).max(1e-6);
            let clear = style.px(6.0) / length;
            let start = (
                note.at.0 + clear * (foot.0 - note.at.0),
                note.at.1 + clear * (foot.1 - note.at.1),
            );
            sheet.polyline(&[start, foot], &stroke)?;
        }
        let size = text.height().max(style.tick_size()).min(style.label_size());
        let lettering = Lettering {
            size,
            tint: palette.text(note.role).into(),
            side: Side::Middle,
            bold: false,
        };
        sheet.text_centred(&note.text, text.centre(), &lettering)?;
    }
    Ok(())
}

/// Centres `text` in the plot, in as many lines as it needs.
fn draw_empty<DB: DrawingBackend>(text: &str, plot: &Rect, sheet: &Sheet<'_, DB>) -> Drawn<DB> {
    let style = sheet.style();
    let lettering = Lettering {
        tint: sheet.palette().quiet_ink.into(),
        side: Side::Middle,
        ..sheet.label()
    };
    let room = (plot.width() - style.px(16.0)).min(style.px(380.0));
    let lines = style.wrap_text(text, lettering.size, room);
    let pitch = lettering.size * 1.45;
    let (x, middle) = plot.centre();
    let first = middle - pitch * (lines.len().saturating_sub(1)) as f64 / 2.0;
    for (index, line) in lines.iter().enumerate() {
        sheet.text_centred(line, (x, first + index as f64 * pitch), &lettering)?;
    }
    Ok(())
}
