//! The parts of lines and areas inside a rectangle.

use super::outline::{Point, Rect, is_finite};

/// The part of the segment `a`-`b` inside `clip` (Liang and Barsky 1984), or `None`.
pub fn clip_segment(a: Point, b: Point, clip: &Rect) -> Option<(Point, Point)> {
    if !is_finite(a) || !is_finite(b) {
        return None;
    }
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (direction, room) in [
        (-dx, a.0 - clip.left),
        (dx, clip.right - a.0),
        (-dy, a.1 - clip.top),
        (dy, clip.bottom - a.1),
    ] {
        if direction == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if direction < 0.0 {
            enter = enter.max(room / direction);
        } else {
            leave = leave.min(room / direction);
        }
    }
    let at = |t: f64| (a.0 + t * dx, a.1 + t * dy);
    (enter <= leave).then(|| {
        (
            if enter == 0.0 { a } else { at(enter) },
            if leave == 1.0 { b } else { at(leave) },
        )
    })
}

/// The pieces of a polyline inside `clip`. A point that is not finite ends a piece.
pub fn clip_polyline(points: &[Point], clip: &Rect) -> Vec<Vec<Point>> {
    let mut pieces: Vec<Vec<Point>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let Some((from, to)) = clip_segment(pair[0], pair[1], clip) else {
            open = false;
            continue;
        };
        if !(open && from == pair[0]) {
            pieces.push(vec![from]);
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(to);
        }
        open = to == pair[1];
    }
    pieces
}

/// The part of a polygon inside `clip` (Sutherland and Hodgman 1974); empty if nothing is left or a corner is not
/// finite.
pub fn clip_polygon(corners: &[Point], clip: &Rect) -> Vec<Point> {
    if !corners.iter().copied().all(is_finite) {
        return Vec::new();
    }
    // Signed distance to the inside of each edge.
    let edges: [fn(Point, &Rect) -> f64; 4] = [
        |p, r| p.0 - r.left,
        |p, r| r.right - p.0,
        |p, r| p.1 - r.top,
        |p, r| r.bottom - p.1,
    ];
    let mut inside = corners.to_vec();
    for edge in edges {
        let mut next = Vec::with_capacity(inside.len() + 4);
        for (index, &corner) in inside.iter().enumerate() {
            let before = inside[(index + inside.len() - 1) % inside.len()];
            let (d0, d1) = (edge(before, clip), edge(corner, clip));
            if (d0 < 0.0) != (d1 < 0.0) {
                let t = d0 / (d0 - d1);
                next.push((
                    before.0 + t * (corner.0 - before.0),
                    before.1 + t * (corner.1 - before.1),
                ));
            }
            if d1 >= 0.0 {
                next.push(corner);
            }
        }
        inside = next;
    }
    if inside.len() < 3 { Vec::new() } else { inside }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Rect = Rect {
        left: 0.0,
        top: 0.0,
        right: 10.0,
        bottom: 10.0,
    };

    #[test]
    fn a_polyline_that_leaves_and_returns_is_two_pieces() {
        let line = [
            (-5.0, 5.0),
            (5.0, 5.0),
            (5.0, 20.0),
            (8.0, 20.0),
            (8.0, 5.0),
        ];
        let pieces = clip_polyline(&line, &BOX);
        assert_eq!(
            pieces,
            [
                vec![(0.0, 5.0), (5.0, 5.0), (5.0, 10.0)],
                vec![(8.0, 10.0), (8.0, 5.0)],
            ]
        );
    }

    #[test]
    fn nan_splits_a_polyline() {
        let line = [
            (1.0, 1.0),
            (2.0, 2.0),
            (3.0, f64::NAN),
            (4.0, 4.0),
            (5.0, 5.0),
        ];
        assert_eq!(clip_polyline(&line, &BOX).len(), 2);
    }

    #[test]
    fn a_polygon_around_the_box_becomes_the_box() {
        let clipped = clip_polygon(
            &[(-5.0, -5.0), (50.0, -5.0), (50.0, 50.0), (-5.0, 50.0)],
            &BOX,
        );
        assert_eq!(clipped.len(), 4);
        assert!(clipped.iter().all(|corner| BOX.contains(*corner)));
        assert!(clip_polygon(&[(20.0, 20.0), (30.0, 20.0), (30.0, 30.0)], &BOX).is_empty());
    }
}
