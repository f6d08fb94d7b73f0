//! Ink on a square of pixels: strokes of a soft round pen.

/// A stroke of the pen: a polyline in pixels, x to the right, y down, (0, 0) the upper left corner of the square.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stroke {
    /// The places that the middle of the pen went through, in order; a single one is a dot.
    pub points: Vec<(f32, f32)>,
    /// Half the width of the line, pixels.
    pub radius: f32,
}

impl Stroke {
    /// Adds the whole stroke to `ink`, as [`press`] does for each of its pieces.
    ///
    /// # Panics
    /// As [`press`].
    pub fn draw(&self, ink: &mut [f32], side: usize) {
        if let [only] = self.points[..] {
            press(ink, side, only, only, self.radius);
        }
        for ends in self.points.windows(2) {
            press(ink, side, ends[0], ends[1], self.radius);
        }
    }
}

/// Moves the pen from `from` to `to`. A pixel whose middle is at distance d from that line gets the ink
/// min(1, max(0, radius + 1/2 - d)), unless it has more already: crossing strokes are not darker than one.
///
/// # Shapes
/// ink (row, column), `side` x `side`, 0 = paper, 1 = ink.
///
/// # Panics
/// If `ink` has another size.
pub fn press(ink: &mut [f32], side: usize, from: (f32, f32), to: (f32, f32), radius: f32) {
    assert_eq!(ink.len(), side * side, "ink lies on a square");
    let reach = radius + 1.0;
    let rows = touched(from.1.min(to.1) - reach, from.1.max(to.1) + reach, side);
    let columns = touched(from.0.min(to.0) - reach, from.0.max(to.0) + reach, side);
    for row in rows {
        for column in columns.clone() {
            let middle = (column as f32 + 0.5, row as f32 + 0.5);
            let share = (radius + 0.5 - distance(middle, from, to)).clamp(0.0, 1.0);
            let pixel = &mut ink[row * side + column];
            *pixel = pixel.max(share);
        }
    }
}

/// Pixels between two places, as far as there are any.
fn touched(first: f32, last: f32, side: usize) -> std::ops::Range<usize> {
    // Casts saturate, so places left of the square become 0.
    (first.floor() as usize).min(side)..(last.ceil() as usize).min(side)
}

/// Distance of `point` from the straight piece between `from` and `to`.
fn distance(point: (f32, f32), from: (f32, f32), to: (f32, f32)) -> f32 {
    let along = (to.0 - from.0, to.1 - from.1);
    let seen = (point.0 - from.0, point.1 - from.1);
    let length = along.0 * along.0 + along.1 * along.1;
    let share = if length > 0.0 {
        ((seen.0 * along.0 + seen.1 * along.1) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (seen.0 - share * along.0).hypot(seen.1 - share * along.1)
}
