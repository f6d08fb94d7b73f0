//! Digit, window, products and feature map as cells; the sentence.

use ndarray::{Array2, s};

use super::kernels::SIDE;
use super::settings::{MAP_SIDE, Shown};
use crate::data::digits;
use crate::figures::cell_grid::{CellGrid, Window};
use crate::figures::numerals::number;
use crate::figures::palette::Role;
use crate::figures::raster::ColourMap;
use crate::theory::cross_correlation::{feature_map, output_cell, products};

/// A digit under a kernel, and one place of the window.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Pixels (row, column), 0 is paper, 1 is ink.
    pub image: Array2<f32>,
    /// The digit's label.
    pub label: u8,
    /// w (row, column).
    pub kernel: Array2<f32>,
    /// b.
    pub bias: f32,
    /// Row and column of the window and of the output.
    pub at: (usize, usize),
}

impl Scene {
    /// What the window sees.
    fn seen(&self) -> Array2<f32> {
        let (row, column) = self.at;
        let window = s![row..row + SIDE, column..column + SIDE];
        self.image.slice(window).to_owned()
    }

    /// What it sees times the kernel.
    fn products(&self) -> Array2<f32> {
        products(self.image.view(), self.kernel.view(), self.at)
    }

    /// The output at the window's place.
    pub fn output(&self) -> f32 {
        output_cell(self.image.view(), self.kernel.view(), self.bias, self.at)
    }
}

const WAITING: &str = "The digits are on their way.";

fn cells(
    title: &str,
    side: usize,
    values: Vec<f32>,
    map: ColourMap,
    framed: Option<(Window, Role)>,
) -> CellGrid {
    CellGrid {
        title: title.to_owned(),
        values,
        rows: side,
        columns: side,
        map,
        decimals: None,
        framed,
        sentence: String::new(),
        empty: WAITING.to_owned(),
    }
}

fn window(at: (usize, usize), side: usize) -> Option<(Window, Role)> {
    let (row, column) = at;
    Some((Window { row, column, side }, Role::RunB))
}

const GREY: ColourMap = ColourMap::Activation { full: 1.0 };

/// The digit with the window on it.
pub fn digit(scene: Option<&Scene>) -> CellGrid {
    let Some(scene) = scene else {
        return cells("input, 28 × 28", digits::SIDE, Vec::new(), GREY, None);
    };
    let (row, column) = scene.at;
    let values = scene.image.iter().copied().collect();
    CellGrid {
        sentence: format!(
            "A handwritten {}; the window covers rows {row} to {} and columns {column} to {}.",
            scene.label,
            row + SIDE - 1,
            column + SIDE - 1
        ),
        ..cells(
            "input, 28 × 28",
            digits::SIDE,
            values,
            GREY,
            window(scene.at, SIDE),
        )
    }
}

/// The 25 pixels in the window.
pub fn seen(scene: Option<&Scene>) -> CellGrid {
    let values = scene.map_or(Vec::new(), |scene| scene.seen().iter().copied().collect());
    let sentence = format!("Pixels in the window: {}.", listed(&values));
    CellGrid {
        decimals: Some(2),
        sentence,
        ..cells("pixels x in the window", SIDE, values, GREY, None)
    }
}

/// The 25 products.
pub fn product_cells(scene: Option<&Scene>) -> CellGrid {
    let values: Vec<f32> = scene.map_or(Vec::new(), |scene| {
        scene.products().iter().copied().collect()
    });
    let sentence = format!("Products: {}.", listed(&values));
    let map = ColourMap::diverging_over(&values);
    CellGrid {
        decimals: Some(2),
        sentence,
        ..cells("products w · x", SIDE, values, map, None)
    }
}

fn listed(values: &[f32]) -> String {
    let texts: Vec<String> = values.iter().map(|v| number(f64::from(*v), 2)).collect();
    texts.join(", ")
}

/// The feature map of a digit: all of it, however much is shown.
pub fn whole_map(scene: &Scene) -> Array2<f32> {
    feature_map(scene.image.view(), scene.kernel.view(), scene.bias)
}

/// The feature map with the cell of the window's place framed.
pub fn output(scene: Option<&Scene>, map: Option<&Array2<f32>>, shown: Shown) -> CellGrid {
    let title = "feature map y, 24 × 24";
    let colours = |values: &[f32]| ColourMap::diverging_over(values);
    let (Some(scene), Some(map)) = (scene, map) else {
        return cells(title, MAP_SIDE, Vec::new(), colours(&[]), None);
    };
    let (row, column) = scene.at;
    let all: Vec<f32> = map.iter().copied().collect();
    // Colours do not change while the map fills.
    let colours = colours(&all);
    let last = row * MAP_SIDE + column;
    let passed = |(index, value): (usize, f32)| match shown {
        Shown::Passed if index > last => f32::NAN,
        _ => value,
    };
    let values = all.into_iter().enumerate().map(passed).collect();
    CellGrid {
        sentence: format!(
            "Feature map of 24 by 24 outputs; at row {row}, column {column} it is {}.",
            number(f64::from(scene.output()), 4)
        ),
        ..cells(title, MAP_SIDE, values, colours, window(scene.at, 1))
    }
}

/// The sum in numbers.
pub fn sentence(scene: Option<&Scene>) -> String {
    let Some(scene) = scene else {
        return WAITING.to_owned();
    };
    let (row, column) = scene.at;
    let bare = output_cell(scene.image.view(), scene.kernel.view(), 0.0, scene.at);
    let plain = |value: f32| number(f64::from(value), 4);
    let sum = if scene.bias == 0.0 {
        format!("the 25 products add up to y = {}", plain(bare))
    } else {
        format!(
            "the 25 products add up to {}, and with the bias b = {} to y = {}",
            plain(bare),
            plain(scene.bias),
            plain(scene.output())
        )
    };
    format!("At row {row}, column {column} {sum}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scene() -> Scene {
        Scene {
            image: Array2::from_shape_fn((28, 28), |(r, c)| if r == c { 1.0 } else { 0.0 }),
            label: 1,
            kernel: Array2::from_elem((5, 5), 0.5),
            bias: 0.0,
            at: (3, 3),
        }
    }

    #[test]
    fn the_sentence_adds_up() {
        // Five ones on the diagonal, each times 0.5.
        assert_eq!(
            sentence(Some(&scene())),
            "At row 3, column 3 the 25 products add up to y = 2.5."
        );
        let biased = Scene {
            bias: -1.0,
            ..scene()
        };
        assert!(sentence(Some(&biased)).ends_with("with the bias b = −1 to y = 1.5."));
    }

    #[test]
    fn the_map_fills_up_to_the_window() {
        let scene = scene();
        let map = whole_map(&scene);
        let grid = output(Some(&scene), Some(&map), Shown::Passed);
        let there = grid.values.iter().filter(|value| !value.is_nan()).count();
        assert_eq!(there, 3 * 24 + 3 + 1);
        let whole = output(Some(&scene), Some(&map), Shown::Whole);
        assert!(whole.values.iter().all(|value| value.is_finite()));
        assert_eq!(whole.map, grid.map);
    }
}
