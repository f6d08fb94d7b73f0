//! Move the image, and the feature map moves with it.
//!
//! With S the shift by (right, down) pixels, conv(S x) = S conv(x) wherever the window lies on pixels that x has: translation
//! equivariance (Goodfellow, Bengio and Courville, section 9.2). Pooling by 2 x 2 keeps it for shifts by even numbers of pixels
//! only; for others a pooled cell stays as it is if its maximum stays within the window.

use ndarray::{Array2, ArrayView2};

use super::cross_correlation::feature_map;

/// `values` moved by (`right`, `down`) cells; `paper` comes in from the edge.
///
/// # Shapes
/// values and result (row, column).
pub fn shifted<T: Copy>(
    values: ArrayView2<'_, T>,
    (right, down): (i32, i32),
    paper: T,
) -> Array2<T> {
    Array2::from_shape_fn(values.dim(), |(row, column)| {
        let source = (
            row.checked_add_signed(-down as isize),
            column.checked_add_signed(-right as isize),
        );
        match source {
            (Some(row), Some(column)) => values.get((row, column)).copied().unwrap_or(paper),
            _ => paper,
        }
    })
}

/// The largest value of every 2 x 2 window, stride 2; an odd last row or column is left out.
///
/// # Shapes
/// map (row, column); the result has half as many rows and columns.
pub fn pooled(map: ArrayView2<'_, f32>) -> Array2<f32> {
    Array2::from_shape_fn((map.nrows() / 2, map.ncols() / 2), |(row, column)| {
        let window = [(0, 0), (0, 1), (1, 0), (1, 1)];
        let values = window.map(|(i, j)| map[(2 * row + i, 2 * column + j)]);
        values.into_iter().fold(f32::NEG_INFINITY, f32::max)
    })
}

/// The two ways to a moved feature map, and where they differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// conv(x).
    pub map: Array2<f32>,
    /// conv(S x): first moved, then convolved.
    pub of_shifted: Array2<f32>,
    /// S conv(x): first convolved, then moved. What comes in is the bias, a kernel's answer to paper.
    pub shifted: Array2<f32>,
    /// The first minus the second.
    pub difference: Array2<f32>,
    /// Cells that both ways know: what they show lies within conv(x).
    pub inside: usize,
    /// Of those, cells whose difference is exactly 0.
    pub zeros_inside: usize,
    /// Cells beyond, of which S conv(x) knows nothing.
    pub border: usize,
    /// Of those, cells whose difference is exactly 0.
    pub zeros_at_border: usize,
}

impl Comparison {
    /// Both ways for one kernel and one shift.
    ///
    /// # Shapes
    /// image (row, column), kernel (kernel_row, kernel_column).
    ///
    /// # Panics
    /// If the kernel is empty or larger than the image.
    pub fn new(
        image: ArrayView2<'_, f32>,
        kernel: ArrayView2<'_, f32>,
        bias: f32,
        shift: (i32, i32),
    ) -> Self {
        let map = feature_map(image, kernel, bias);
        let moved_image = shifted(image, shift, 0.0);
        let of_shifted = feature_map(moved_image.view(), kernel, bias);
        let shifted_map = shifted(map.view(), shift, bias);
        let known = shifted(Array2::from_elem(map.dim(), true).view(), shift, false);
        let difference = &of_shifted - &shifted_map;
        let zeros = |inside: bool| {
            let cells = difference.iter().zip(&known);
            cells
                .filter(|(value, known)| **value == 0.0 && **known == inside)
                .count()
        };
        let inside = known.iter().filter(|known| **known).count();
        Self {
            inside,
            zeros_inside: zeros(true),
            border: known.len() - inside,
            zeros_at_border: zeros(false),
            map,
            of_shifted,
            shifted: shifted_map,
            difference,
        }
    }

    /// Cells of conv(x) whose window saw ink, and how many of them conv(S x) leaves exactly as they are. `bias` is the answer to
    /// paper.
    pub fn kept(&self, bias: f32) -> Kept {
        Kept::of(&self.map, &self.of_shifted, bias)
    }

    /// The same behind 2 x 2 pooling.
    pub fn pooled_kept(&self, bias: f32) -> Kept {
        let pooled = |map: &Array2<f32>| pooled(map.view());
        Kept::of(&pooled(&self.map), &pooled(&self.of_shifted), bias)
    }
}

/// Cells that a shift leaves as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Cells that saw ink before the shift.
    pub cells: usize,
    /// Of those, cells with exactly the same value after it.
    pub same: usize,
}

impl Kept {
    fn of(before: &Array2<f32>, after: &Array2<f32>, paper: f32) -> Self {
        let inked = || before.iter().zip(after).filter(|(cell, _)| **cell != paper);
        Self {
            cells: inked().count(),
            same: inked().filter(|(before, after)| before == after).count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Comparison, Kept, pooled, shifted};
    use ndarray::{Array2, array};
    use proptest::prelude::*;

    /// One inked pixel under a kernel of one cell, moved within its pooling window and out of it.
    #[test]
    fn a_maximum_that_stays_in_its_window_is_kept() {
        let mut image = Array2::zeros((4, 4));
        image[(0, 0)] = 1.0;
        let kernel = array![[1.0]];
        let kept = |shift| {
            let found = Comparison::new(image.view(), kernel.view(), 0.0, shift);
            (found.kept(0.0), found.pooled_kept(0.0))
        };
        let of = |same| Kept { cells: 1, same };
        assert_eq!(kept((0, 0)), (of(1), of(1)));
        assert_eq!(kept((1, 1)), (of(0), of(1)));
        assert_eq!(kept((2, 0)), (of(0), of(0)));
    }

    #[test]
    fn hand_computed_shifts_and_pools() {
        let values = array![[1, 2, 3], [4, 5, 6], [7, 8, 9]];
        let right_down = shifted(values.view(), (1, 1), 0);
        assert_eq!(right_down, array![[0, 0, 0], [0, 1, 2], [0, 4, 5]]);
        let left = shifted(values.view(), (-2, 0), 0);
        assert_eq!(left, array![[3, 0, 0], [6, 0, 0], [9, 0, 0]]);
        assert_eq!(
            shifted(values.view(), (5, 0), 0),
            Array2::<i32>::zeros((3, 3))
        );
        let map = array![[1.0, 2.0, 9.0], [4.0, 3.0, 9.0], [9.0, 9.0, 9.0]];
        assert_eq!(pooled(map.view()), array![[4.0]]);
    }

    proptest! {
        /// Over random kernels, images and shifts: inside the difference is 0 to the last bit.
        #[test]
        fn a_convolution_is_equivariant_away_from_the_border(
            pixels in prop::collection::vec(0.0_f32..1.0, 14 * 14),
            weights in prop::collection::vec(-2.0_f32..2.0, 25),
            bias in -1.0_f32..1.0,
            right in -12_i32..=12,
            down in -12_i32..=12,
        ) {
            let image = Array2::from_shape_vec((14, 14), pixels).expect("a square");
            let kernel = Array2::from_shape_vec((5, 5), weights).expect("a square");
            let found = Comparison::new(image.view(), kernel.view(), bias, (right, down));
            prop_assert_eq!(found.zeros_inside, found.inside);
            let overlap = |by: i32| 10_usize.saturating_sub(by.unsigned_abs() as usize);
            prop_assert_eq!(found.inside, overlap(right) * overlap(down));
            prop_assert_eq!(found.inside + found.border, 100);
        }

        /// With ink away from the edges nothing is lost, and both ways agree everywhere.
        #[test]
        fn paper_all_around_makes_the_border_agree_too(
            ink in prop::collection::vec(0.0_f32..1.0, 4 * 4),
            weights in prop::collection::vec(-2.0_f32..2.0, 9),
            right in -3_i32..=3,
            down in -3_i32..=3,
        ) {
            let image = Array2::from_shape_fn((14, 14), |(row, column)| {
                match (row.checked_sub(5), column.checked_sub(5)) {
                    (Some(row @ ..4), Some(column @ ..4)) => ink[row * 4 + column],
                    _ => 0.0,
                }
            });
            let kernel = Array2::from_shape_vec((3, 3), weights).expect("a square");
            let found = Comparison::new(image.view(), kernel.view(), 0.25, (right, down));
            prop_assert_eq!(found.zeros_inside + found.zeros_at_border, 144);
        }

        /// Pooling: equivariant under even shifts, wherever both ways know the cell.
        #[test]
        fn pooling_is_equivariant_under_even_shifts(
            pixels in prop::collection::vec(0.0_f32..1.0, 14 * 14),
            weights in prop::collection::vec(-2.0_f32..2.0, 9),
            right in -2_i32..=2,
            down in -2_i32..=2,
        ) {
            let image = Array2::from_shape_vec((14, 14), pixels).expect("a square");
            let kernel = Array2::from_shape_vec((3, 3), weights).expect("a square");
            let found = Comparison::new(image.view(), kernel.view(), 0.0, (2 * right, 2 * down));
            let first_moved = pooled(found.of_shifted.view());
            let then_moved = shifted(pooled(found.map.view()).view(), (right, down), f32::NAN);
            for (one, other) in first_moved.iter().zip(&then_moved) {
                prop_assert!(other.is_nan() || one == other);
            }
        }
    }
}
