//! A laid out line chart as ink.

use super::layout::shows;
use super::{CurveLayout, Curves, Line, Mark};
use crate::figures::Drawn;
use crate::figures::outline::Point;
use crate::figures::sheet::{Lettering, Sheet, Stroke};
use crate::figures::style::Style;

pub(super) fn draw(chart: &Curves, layout: &CurveLayout, sheet: &Sheet<'_>) -> Drawn {
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
    for mark in &chart.marks {
        draw_mark(mark, layout, sheet)?;
    }
    draw_names(layout, sheet)?;
    let nothing = chart.series.iter().all(|series| {
        !series
            .points
            .iter()
            .any(|point| shows(chart.x.scale, point.0) && shows(chart.y.scale, point.1))
    });
    if nothing {
        sheet.paragraph(&chart.empty, plot)
    } else {
        Ok(())
    }
}

/// How a line of this kind is drawn.
pub(in crate::figures) fn stroke_of(
    line: Line,
    colour: crate::figures::palette::Rgb,
    style: &Style,
) -> Stroke {
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

fn draw_rules(chart: &Curves, layout: &CurveLayout, sheet: &Sheet<'_>) -> Drawn {
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

fn draw_mark(mark: &Mark, layout: &CurveLayout, sheet: &Sheet<'_>) -> Drawn {
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

fn draw_names(layout: &CurveLayout, sheet: &Sheet<'_>) -> Drawn {
    let (style, palette) = (sheet.style(), sheet.palette());
    for name in &layout.names {
        if name.covers_ink {
            sheet.fill_rect(name.place.grown(style.px(1.0)), palette.paper.at(0.75))?;
        }
        if let Some((from, to)) = name.leader {
            let stroke = Stroke::solid(palette.mark(name.role).at(0.7), style.stroke(0.75));
            sheet.polyline(&[from, to], &stroke)?;
        }
        let lettering = Lettering {
            size: name.size,
            tint: palette.text(name.role).into(),
            ..sheet.label()
        };
        sheet.text_centred(
            &name.text,
            (name.place.left, name.place.centre().1),
            &lettering,
        )?;
    }
    Ok(())
}
