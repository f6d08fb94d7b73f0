//! Images seen from a slant.

use super::warp::Affine;

/// A map that looks at the plane from a slant: what is nearer is larger, straight lines stay straight.
///
/// The result at (x, y) is the source at the affine map of (x, y) / (1 + tilt . (x, y)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projective {
    /// What happens besides.
    pub affine: Affine,
    /// By which share sizes shrink for each pixel to the right and downwards. It must leave 1 + tilt . (x, y) above 0 all over
    /// the image.
    pub tilt: [f32; 2],
}

impl Projective {
    /// Where the pixel at (x, y) of the result looks in the source; all relative to the centre.
    pub fn source_of(&self, x: f32, y: f32) -> (f32, f32) {
        let [tilt_x, tilt_y] = self.tilt;
        let nearness = 1.0 / (1.0 + tilt_x * x + tilt_y * y);
        self.affine.source_of(x * nearness, y * nearness)
    }
}

#[cfg(test)]
mod tests {
    use super::Projective;
    use crate::data::warp::{Affine, Surrounded};

    /// 1 2 3 / 4 5 6 / 7 8 9
    const NINE: [f32; 9] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];

    fn projected(map: Projective) -> Vec<f32> {
        let mut around = Surrounded::new(3, 3);
        around.fill(&NINE);
        let mut result = vec![f32::NAN; 9];
        around.sample(|_, line| line.map(|x, y| map.source_of(x, y)), &mut result);
        result
    }

    #[test]
    fn a_perspective_by_hand() {
        let tilted = |tilt| Projective {
            affine: Affine::IDENTITY,
            tilt,
        };
        assert_eq!(projected(tilted([0.0, 0.0])), NINE);
        // At the right, x = 1, everything is divided by 3/2: the source is looked at in (2/3, 2y/3), where NINE is 5 + x + 3y.
        // The middle column stays. At the left everything is divided by 1/2: beyond the edge lies paper.
        let found = projected(tilted([0.5, 0.0]));
        let right = |y: f32| 5.0 + (1.0 + 3.0 * y) / 1.5;
        let expected = [
            0.0,
            2.0,
            right(-1.0),
            0.0,
            5.0,
            right(0.0),
            0.0,
            8.0,
            right(1.0),
        ];
        for (one, other) in found.iter().zip(expected) {
            assert!((one - other).abs() < 1e-5, "{found:?}");
        }
        // Downwards likewise, after a move to the right by one: first the slant, then the affine map.
        let both = Projective {
            affine: Affine::new(0.0, [1.0, 0.0], 1.0, 0.0),
            tilt: [0.0, 0.5],
        };
        // The lowest row looks at (x / 1.5 - 1, 1 / 1.5): for x = 1 that is 5 - 1/3 + 2.
        let lowest = projected(both)[8];
        assert!((lowest - (7.0 - 1.0 / 3.0)).abs() < 1e-5, "{lowest}");
    }
}
