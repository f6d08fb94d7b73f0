//! Pure geometry of outlines in CSS pixels: rectangles, dashes, bands.

/// A position in CSS pixels: x to the right, y down.
pub type Point = (f64, f64);

/// A rectangle in CSS pixels, y down: `top <= bottom`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Smallest x.
    pub left: f64,
    /// Smallest y.
    pub top: f64,
    /// Largest x.
    pub right: f64,
    /// Largest y.
    pub bottom: f64,
}

impl Rect {
    /// A rectangle from its edges.
    pub fn new(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self {
            left,
            top,
            right,
            bottom,
        }
    }

    /// Length along x.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Length along y.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// The middle.
    pub fn centre(&self) -> Point {
        (
            (self.left + self.right) / 2.0,
            (self.top + self.bottom) / 2.0,
        )
    }

    /// Whether the point lies inside or on the edge; a NaN does not.
    pub fn contains(&self, (x, y): Point) -> bool {
        x >= self.left && x <= self.right && y >= self.top && y <= self.bottom
    }

    /// Whether `other` lies wholly inside.
    pub fn holds(&self, other: &Self) -> bool {
        self.contains((other.left, other.top)) && self.contains((other.right, other.bottom))
    }

    /// Area shared with `other`.
    pub fn overlap(&self, other: &Self) -> f64 {
        let width = self.right.min(other.right) - self.left.max(other.left);
        let height = self.bottom.min(other.bottom) - self.top.max(other.top);
        width.max(0.0) * height.max(0.0)
    }

    /// The rectangle moved outward by `margin` on every side.
    pub fn grown(&self, margin: f64) -> Self {
        Self::new(
            self.left - margin,
            self.top - margin,
            self.right + margin,
            self.bottom + margin,
        )
    }
}

pub(super) fn is_finite(point: Point) -> bool {
    point.0.is_finite() && point.1.is_finite()
}

/// Cuts a polyline into dashes. `pattern` lists lengths in CSS pixels: drawn, left out, drawn, left out, ...; the
/// pattern runs on around corners, so a dense curve is dashed evenly. A point that is not finite starts anew. An
/// empty pattern, or one shorter than a quarter of a pixel, gives the unbroken pieces.
pub fn dashes(points: &[Point], pattern: &[f64]) -> Vec<Vec<Point>> {
    let total: f64 = pattern.iter().sum();
    let lengths = pattern
        .iter()
        .all(|length| length.is_finite() && *length >= 0.0);
    let solid = !lengths || total <= 0.25;
    // As in SVG: an odd pattern is gone through twice, so that ink and gap alternate.
    let cycle = pattern.len() * (1 + pattern.len() % 2);
    let mut drawn: Vec<Vec<Point>> = Vec::new();
    for run in points.split(|point| !is_finite(*point)) {
        if run.len() < 2 {
            continue;
        }
        if solid {
            drawn.push(run.to_vec());
            continue;
        }
        let (mut slot, mut left) = (0, pattern[0]);
        let mut current = vec![run[0]];
        for pair in run.windows(2) {
            let (mut from, to) = (pair[0], pair[1]);
            loop {
                let length = (to.0 - from.0).hypot(to.1 - from.1);
                let ink = slot % 2 == 0;
                if length <= left {
                    left -= length;
                    if ink {
                        current.push(to);
                    }
                    break;
                }
                let t = left / length;
                let turn = (from.0 + t * (to.0 - from.0), from.1 + t * (to.1 - from.1));
                if ink {
                    current.push(turn);
                    drawn.push(std::mem::take(&mut current));
                } else {
                    current = vec![turn];
                }
                from = turn;
                slot = (slot + 1) % cycle;
                left = pattern[slot % pattern.len()];
            }
        }
        if slot % 2 == 0 && current.len() > 1 {
            drawn.push(current);
        }
    }
    drawn
}

/// Height of a polyline sorted by x at `x`, by linear interpolation; `None` outside it or inside a gap.
pub fn height_at(points: &[Point], x: f64) -> Option<f64> {
    let right = points.partition_point(|point| point.0 < x || point.0.is_nan());
    let &after = points.get(right)?;
    if after.0 == x {
        return after.1.is_finite().then_some(after.1);
    }
    let &before = points.get(right.checked_sub(1)?)?;
    let y = before.1 + (after.1 - before.1) * (x - before.0) / (after.0 - before.0);
    (is_finite(before) && is_finite(after)).then_some(y)
}

/// Polygons between two polylines that are sorted by x, over the stretch where both exist. A gap in either splits.
pub fn band(upper: &[Point], lower: &[Point]) -> Vec<Vec<Point>> {
    let mut stops: Vec<f64> = upper
        .iter()
        .chain(lower)
        .map(|point| point.0)
        .filter(|x| x.is_finite())
        .collect();
    stops.sort_by(f64::total_cmp);
    stops.dedup();
    let mut polygons = Vec::new();
    let (mut there, mut back): (Vec<Point>, Vec<Point>) = (Vec::new(), Vec::new());
    let mut close = |there: &mut Vec<Point>, back: &mut Vec<Point>| {
        if there.len() > 1 {
            there.extend(back.drain(..).rev());
            polygons.push(std::mem::take(there));
        }
        there.clear();
        back.clear();
    };
    for x in stops {
        match (height_at(upper, x), height_at(lower, x)) {
            (Some(high), Some(low)) => {
                there.push((x, high));
                back.push((x, low));
            }
            _ => close(&mut there, &mut back),
        }
    }
    close(&mut there, &mut back);
    polygons
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nan_splits_a_dashed_line() {
        let line = [
            (1.0, 1.0),
            (2.0, 2.0),
            (3.0, f64::NAN),
            (4.0, 4.0),
            (5.0, 5.0),
        ];
        assert_eq!(dashes(&line, &[]).len(), 2);
    }

    #[test]
    fn dashes_run_on_around_corners() {
        // 10 px in all, pattern 4 on 2 off: [0, 4], [6, 10]; the corner at 5 lies in the gap.
        let drawn = dashes(&[(0.0, 0.0), (5.0, 0.0), (5.0, 5.0)], &[4.0, 2.0]);
        assert_eq!(
            drawn,
            [vec![(0.0, 0.0), (4.0, 0.0)], vec![(5.0, 1.0), (5.0, 5.0)],]
        );
    }

    #[test]
    fn senseless_patterns_draw_the_whole_line() {
        let line = [(0.0, 0.0), (5.0, 0.0)];
        for pattern in [&[][..], &[0.0, 0.0], &[f64::NAN, 1.0], &[-1.0, 3.0]] {
            assert_eq!(dashes(&line, pattern), [line.to_vec()]);
        }
    }

    #[test]
    fn a_band_covers_the_common_stretch() {
        let polygons = band(&[(0.0, 5.0), (10.0, 5.0)], &[(4.0, 1.0), (20.0, 1.0)]);
        assert_eq!(
            polygons,
            [vec![(4.0, 5.0), (10.0, 5.0), (10.0, 1.0), (4.0, 1.0)]]
        );
        assert!(band(&[], &[(0.0, 1.0)]).is_empty());
    }
}
