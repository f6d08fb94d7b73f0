//! Where labels stand so that none covers another: pure geometry.

use super::clipping::clip_segment;
use super::outline::{Point, Rect};

/// Centres of equally high labels in one column, as near as possible to where they want to be (least sum of squares),
/// `height` apart, all within `low`..`high`. If there is no room for all, they are spaced evenly and overlap: ask
/// [`room_for`] first. A wish outside `low`..`high` counts as the nearer end, a NaN as the middle.
pub fn spread(wishes: &[f64], height: f64, low: f64, high: f64) -> Vec<f64> {
    let count = wishes.len();
    if count == 0 {
        return Vec::new();
    }
    let height = if count as f64 * height > high - low {
        (high - low) / count as f64
    } else {
        height
    };
    let wish = |index: usize| {
        if wishes[index].is_nan() {
            (low + high) / 2.0
        } else {
            wishes[index]
        }
    };
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| wish(*a).total_cmp(&wish(*b)));

    // Subtracting rank * height turns "height apart" into "not decreasing": isotonic regression, solved by pooling
    // adjacent violators (Ayer et al. 1955).
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (rank, &index) in order.iter().enumerate() {
        pools.push((wish(index).clamp(low, high) - rank as f64 * height, 1));
        while let [.., (a, m), (b, n)] = pools[..]
            && a > b
        {
            pools.pop();
            pools.pop();
            pools.push(((a * m as f64 + b * n as f64) / (m + n) as f64, m + n));
        }
    }
    let first = low + height / 2.0;
    let last = (high - height / 2.0 - (count - 1) as f64 * height).max(first);
    let levels = pools
        .iter()
        .flat_map(|&(level, size)| std::iter::repeat_n(level.clamp(first, last), size));
    let mut centres = vec![0.0; count];
    for (rank, (&index, level)) in order.iter().zip(levels).enumerate() {
        centres[index] = level + rank as f64 * height;
    }
    centres
}

/// How many labels of `height` fit one above the other in `low`..`high`.
pub fn room_for(height: f64, low: f64, high: f64) -> usize {
    ((high - low) / height).max(0.0) as usize
}

/// A label beside the point that it names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// The box of the text.
    pub text: Rect,
    /// A line from the point to the text, if the text stands far off.
    pub leader: Option<(Point, Point)>,
    /// Length of the curves that run through the box.
    pub crossed: f64,
}

/// Finds a place for a label of `width` x `height` near `point`, `clearance` off it: inside `frame`, clear of the
/// boxes `taken` (so is its leader), crossing as little of the `curves` as possible, and as near as possible. `None` if
/// every place collides.
pub fn place(
    point: Point,
    (width, height): (f64, f64),
    clearance: f64,
    frame: &Rect,
    taken: &[Rect],
    curves: &[Vec<Point>],
) -> Option<Placed> {
    let (x, y) = point;
    let own = Rect::new(x, y, x, y).grown(clearance * 0.8);
    let mut best: Option<(f64, Placed)> = None;
    for (ring, distance) in [1.0, 2.6, 4.5, 7.0, 10.0].into_iter().enumerate() {
        let (off, aslant) = (clearance * distance, clearance * distance * 0.7);
        // Above and below, centred and to either side, then level with the point.
        let middles = [
            (x, y - off - height / 2.0),
            (x, y + off + height / 2.0),
            (x + aslant + width / 2.0, y - aslant - height / 2.0),
            (x - aslant - width / 2.0, y - aslant - height / 2.0),
            (x + aslant + width / 2.0, y + aslant + height / 2.0),
            (x - aslant - width / 2.0, y + aslant + height / 2.0),
            (x + off + width / 2.0, y),
            (x - off - width / 2.0, y),
        ];
        for (rank, (middle, level)) in middles.into_iter().enumerate() {
            // Slide along x into the frame rather than give up a good height.
            let slack = (frame.width() - width).max(0.0);
            let left = (middle - width / 2.0).clamp(frame.left, frame.left + slack);
            let text = Rect::new(
                left,
                level - height / 2.0,
                left + width,
                level + height / 2.0,
            );
            // Distance alone may already cost more than the best place so far.
            let distance_cost = 9.0 * ring as f64 + 1.5 * rank as f64;
            if best.is_some_and(|(least, _)| distance_cost >= least)
                || !frame.holds(&text)
                || own.overlap(&text) > 0.0
            {
                continue;
            }
            let link = leader_between(point, &text, clearance);
            // A curve between a name and its point claims the name.
            let between = crossings(link, curves);
            let leader = (ring > 1 || between > 0).then_some(link);
            let blocked = |other: &Rect| {
                other.overlap(&text) > 0.0
                    || leader.is_some_and(|(a, b)| {
                        !other.contains(point) && clip_segment(a, b, other).is_some()
                    })
            };
            if taken.iter().any(blocked) {
                continue;
            }
            let crossed = length_inside(&text.grown(clearance * 0.35), curves);
            let cost = 5.0 * crossed + 25.0 * between as f64 + distance_cost;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((
                    cost,
                    Placed {
                        text,
                        leader,
                        crossed,
                    },
                ));
            }
        }
    }
    best.map(|(_, placed)| placed)
}

/// A line from just outside the marker at `point` to the nearest edge of `text`: its upper or lower edge if the point
/// lies above or below the text, else the middle of its side.
fn leader_between(point: Point, text: &Rect, clearance: f64) -> (Point, Point) {
    let air = clearance * 0.2;
    let inset = (clearance * 0.5).min(text.width() / 2.0);
    let (_, middle) = text.centre();
    let foot = if point.0 < text.left - air {
        (text.left - air, middle)
    } else if point.0 > text.right + air {
        (text.right + air, middle)
    } else {
        (
            point.0.clamp(text.left + inset, text.right - inset),
            if middle < point.1 {
                text.bottom
            } else {
                text.top
            },
        )
    };
    let length = (foot.0 - point.0).hypot(foot.1 - point.1).max(1e-6);
    let t = (clearance * 0.75 / length).min(1.0);
    let start = (
        point.0 + t * (foot.0 - point.0),
        point.1 + t * (foot.1 - point.1),
    );
    (start, foot)
}

/// How often the segment `a`-`b` crosses the curves.
fn crossings((a, b): (Point, Point), curves: &[Vec<Point>]) -> usize {
    let side = |p: Point, q: Point, r: Point| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    curves
        .iter()
        .flat_map(|curve| curve.windows(2))
        .filter(|pair| {
            let (c, d) = (pair[0], pair[1]);
            // Half-open, so that a crossing at a corner of the curve counts once: marks stand on corners.
            let parted = (side(a, b, c) > 0.0) != (side(a, b, d) > 0.0);
            parted && side(c, d, a) * side(c, d, b) < 0.0
        })
        .count()
}

/// Total length of the curves inside `area`.
pub fn length_inside(area: &Rect, curves: &[Vec<Point>]) -> f64 {
    let apart = |a: Point, b: Point| {
        (a.0 < area.left && b.0 < area.left) || (a.0 > area.right && b.0 > area.right)
    };
    curves
        .iter()
        .flat_map(|curve| curve.windows(2))
        .filter(|pair| !apart(pair[0], pair[1]))
        .filter_map(|pair| clip_segment(pair[0], pair[1], area))
        .map(|(a, b)| (b.0 - a.0).hypot(b.1 - a.1))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_do_not_touch_stay() {
        assert_eq!(spread(&[80.0, 20.0], 12.0, 0.0, 100.0), [80.0, 20.0]);
    }

    #[test]
    fn equal_wishes_share_the_shift() {
        assert_eq!(spread(&[50.0, 50.0], 10.0, 0.0, 100.0), [45.0, 55.0]);
        assert_eq!(
            spread(&[0.0, 0.0, 0.0], 10.0, 0.0, 100.0),
            [5.0, 15.0, 25.0]
        );
        assert_eq!(spread(&[f64::NAN], 10.0, 0.0, 100.0), [50.0]);
        assert!(spread(&[], 10.0, 0.0, 100.0).is_empty());
    }

    #[test]
    fn a_label_avoids_the_curve_and_the_taken_box() {
        let frame = Rect::new(0.0, 0.0, 200.0, 100.0);
        let curve = vec![vec![(0.0, 30.0), (200.0, 30.0)]];
        let placed = place((100.0, 38.0), (40.0, 12.0), 6.0, &frame, &[], &curve).expect("room");
        assert!(placed.text.top > 38.0 && placed.crossed == 0.0);
        let link = ((100.0, 60.0), (100.0, 10.0));
        let cornered = vec![vec![(0.0, 30.0), (100.0, 30.0), (200.0, 30.0)]];
        assert_eq!(crossings(link, &cornered), 1);
        let taken = [placed.text];
        let second = place((100.0, 38.0), (40.0, 12.0), 6.0, &frame, &taken, &curve).expect("room");
        assert_eq!(second.text.overlap(&placed.text), 0.0);
        assert!(place((100.0, 38.0), (400.0, 12.0), 6.0, &frame, &[], &[]).is_none());
    }
}
