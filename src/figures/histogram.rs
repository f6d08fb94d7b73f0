//! Counts over bins: one distribution filled, further ones over it as outlines.

use super::axes::{Axis, Frame};
use super::labels;
use super::mapping::{Scale, extent};
use super::numerals::number;
use super::outline::{Point, Rect};
use super::palette::Role;
use super::sheet::{Lettering, Sheet, Stroke};
use super::style::Style;
use super::{Drawn, Figure};

/// One distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    /// Its name, set beside its highest bin.
    pub label: String,
    /// Colour.
    pub role: Role,
    /// One count for each bin; missing ones are 0, surplus ones are not shown.
    pub counts: Vec<f64>,
}

/// A function over the bins, to see where on it the counted values lie. It has no axis of its own: its values are shares
/// of the plot's height.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Its name.
    pub label: String,
    /// Colour.
    pub role: Role,
    /// (x, share of the height in [0, 1]) by ascending x.
    pub points: Vec<(f64, f64)>,
}

/// The figure. Bin k reaches from `edges[k]` to `edges[k + 1]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// The quantity that is counted. Without fixed ends it shows all bins.
    pub x: Axis,
    /// The counts. On a linear axis they should begin at 0; on a logarithmic one an empty bin lies on the floor.
    pub y: Axis,
    /// Edges of the bins, ascending; one more than there are bins.
    pub edges: Vec<f64>,
    /// The distributions: the first filled, the others as outlines.
    pub series: Vec<Counts>,
    /// The function that the counted values go into, if there is one.
    pub curve: Option<Curve>,
    /// What stands inside the axes while there is nothing to count.
    pub empty: String,
}

/// `bins` + 1 edges of equally wide bins from `low` to `high`.
pub fn equal_edges(low: f64, high: f64, bins: usize) -> Vec<f64> {
    let bins = bins.max(1);
    (0..=bins)
        .map(|k| low + (high - low) * k as f64 / bins as f64)
        .collect()
}

/// How many of `values` lie in each bin [edge, next edge[, the last one closed; and how many lie in none (NaN too).
pub fn count(values: impl IntoIterator<Item = f64>, edges: &[f64]) -> (Vec<f64>, usize) {
    let bins = edges.len().saturating_sub(1);
    let (mut counts, mut outside) = (vec![0.0; bins], 0);
    for value in values {
        let above = edges.partition_point(|edge| *edge <= value);
        match above.checked_sub(1) {
            Some(bin) if bin < bins => counts[bin] += 1.0,
            Some(_) if bins > 0 && value == edges[bins] => counts[bins - 1] += 1.0,
            _ => outside += 1,
        }
    }
    (counts, outside)
}

impl Histogram {
    fn frame(&self, width: f64, height: f64, style: &Style) -> Frame {
        let x_range = self
            .x
            .shown(extent(self.x.scale, self.edges.iter().copied()), 0.0);
        let counts = self
            .series
            .iter()
            .flat_map(|series| series.counts.iter().copied());
        // Room for a name above the highest bin.
        let y_range = self.y.shown(extent(self.y.scale, counts), 0.12);
        Frame::lay_out(
            (width, height),
            style,
            (&self.x, x_range),
            (&self.y, y_range),
            0.0,
        )
    }

    /// The upper outline of one distribution in CSS pixels, from floor to floor.
    fn outline(&self, frame: &Frame, counts: &[f64]) -> Vec<Point> {
        let floor = frame.plot.bottom;
        let mut points = Vec::with_capacity(2 * self.edges.len() + 2);
        for (bin, edges) in self.edges.windows(2).enumerate() {
            let (left, right) = (frame.x.position_of(edges[0]), frame.x.position_of(edges[1]));
            let height = frame.y.position_of(counts.get(bin).copied().unwrap_or(0.0));
            let height = if height.is_nan() {
                floor
            } else {
                height.min(floor)
            };
            if points.is_empty() {
                points.push((left, floor));
            }
            points.extend([(left, height), (right, height)]);
        }
        if let Some(&(right, _)) = points.last() {
            points.push((right, floor));
        }
        points
    }

    fn has_counts(&self) -> bool {
        self.edges.len() > 1
            && self
                .series
                .iter()
                .any(|s| s.counts.iter().any(|count| *count > 0.0))
    }
}

impl Figure for Histogram {
    fn draw(&self, sheet: &Sheet<'_>) -> Drawn {
        let (style, palette) = (sheet.style(), sheet.palette());
        let frame = self.frame(sheet.width(), sheet.height(), style);
        if !self.has_counts() {
            frame.draw(sheet)?;
            return sheet.paragraph(&self.empty, &frame.plot);
        }
        let outlines: Vec<Vec<Point>> = self
            .series
            .iter()
            .map(|series| self.outline(&frame, &series.counts))
            .collect();
        for (index, (series, outline)) in self.series.iter().zip(&outlines).enumerate() {
            let colour = palette.mark(series.role);
            if index == 0 {
                sheet.fill_polygon(
                    &super::clipping::clip_polygon(outline, &frame.plot),
                    colour.at(0.28),
                )?;
            }
            let width = style.stroke(if index == 0 { 1.25 } else { 2.0 });
            sheet.polyline_within(outline, &frame.plot, &Stroke::solid(colour, width))?;
        }
        frame.draw(sheet)?;
        let mut outlines = outlines;
        let curve = self.curve.as_ref().map(|curve| curve.path(&frame));
        if let (Some(curve), Some(path)) = (&self.curve, &curve) {
            let stroke = Stroke::solid(palette.mark(curve.role), style.stroke(1.5))
                .dashed(&[style.px(6.0), style.px(3.0)]);
            sheet.polyline_within(path, &frame.plot, &stroke)?;
        }

        let size = style.label_size();
        let field = Rect::new(
            frame.plot.left + style.px(3.0),
            0.0,
            frame.bounds.right,
            frame.plot.bottom,
        );
        let title = style.text_width(&self.y.heading(), size);
        let mut taken = vec![Rect::new(0.0, 0.0, title, size * 1.2)];
        let named = self
            .series
            .iter()
            .enumerate()
            .filter_map(|(index, series)| {
                foremost(&outlines, index).map(|peak| (peak, series.label.as_str(), series.role))
            });
        let mut names: Vec<(Point, &str, Role)> = named.collect();
        if let (Some(curve), Some(path)) = (&self.curve, curve) {
            if let Some(&end) = path.last() {
                names.push((end, &curve.label, curve.role));
            }
            outlines.push(path);
        }
        for (at, label, role) in names {
            let extent = (style.text_width(label, size), size);
            if let Some(placed) =
                labels::place(at, extent, style.px(7.0), &field, &taken, &outlines)
            {
                let lettering = Lettering {
                    tint: palette.text(role).into(),
                    ..sheet.label()
                };
                let from = (placed.text.left, placed.text.centre().1);
                sheet.text_centred(label, from, &lettering)?;
                if let Some((from, to)) = placed.leader {
                    let stroke = Stroke::solid(palette.mark(role).at(0.7), style.stroke(0.75));
                    sheet.polyline(&[from, to], &stroke)?;
                }
                taken.push(placed.text.grown(2.0));
            }
        }
        Ok(())
    }

    fn describe(&self) -> String {
        let what = format!("{} by {}", self.y.heading(), self.x.heading());
        if !self.has_counts() {
            return format!("{what}: nothing to show yet. {}", self.empty)
                .trim_end()
                .to_owned();
        }
        let parts: Vec<String> = self
            .series
            .iter()
            .map(|series| {
                let total: f64 = series.counts.iter().sum();
                let fullest = (0..self.edges.len() - 1)
                    .map(|bin| (bin, series.counts.get(bin).copied().unwrap_or(0.0)))
                    .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
                let (bin, most) = fullest.unwrap_or((0, 0.0));
                format!(
                    "{}: {} in all, most between {} and {} ({})",
                    series.label,
                    number(total, 6),
                    number(self.edges[bin], 3),
                    number(self.edges[bin + 1], 3),
                    number(most, 6)
                )
            })
            .collect();
        let scale = if self.y.scale == Scale::Log10 {
            ", logarithmic"
        } else {
            ""
        };
        format!("{what}{scale}; {}.", parts.join("; "))
    }
}

impl Curve {
    fn path(&self, frame: &Frame) -> Vec<Point> {
        let plot = &frame.plot;
        let points = self.points.iter();
        points
            .map(|(x, share)| {
                let height = plot.bottom - share * plot.height();
                (frame.x.position_of(*x), height)
            })
            .collect()
    }
}

/// Where the name of outline `index` belongs: the middle of the level stretch that rises furthest over all other
/// outlines.
fn foremost(outlines: &[Vec<Point>], index: usize) -> Option<Point> {
    // An outline is floor, then two corners for each bin, then floor.
    let tops = |outline: &[Point]| -> Vec<Point> {
        let corners = outline.get(1..outline.len().saturating_sub(1));
        corners
            .unwrap_or_default()
            .chunks_exact(2)
            .map(|bin| ((bin[0].0 + bin[1].0) / 2.0, bin[0].1))
            .collect()
    };
    let all: Vec<Vec<Point>> = outlines.iter().map(|outline| tops(outline)).collect();
    let floor = outlines[index].first()?.1;
    let lead = |bin: usize| {
        let others = all.iter().enumerate().filter(|(other, _)| *other != index);
        let highest = others
            .filter_map(|(_, tops)| tops.get(bin))
            .map(|top| top.1)
            .fold(floor, f64::min);
        highest - all[index][bin].1
    };
    (0..all[index].len())
        .max_by(|a, b| lead(*a).total_cmp(&lead(*b)))
        .map(|bin| all[index][bin])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_counted_once() {
        let edges = equal_edges(0.0, 1.0, 4);
        let (counts, outside) = count([0.0, 0.25, 0.26, 0.999, 1.0, 1.1, -0.1, f64::NAN], &edges);
        assert_eq!(counts, [1.0, 2.0, 0.0, 2.0]);
        assert_eq!(outside, 3);
        assert_eq!(count([1.0], &[]), (vec![], 1));
    }
}
