//! The moved digit, the two ways to its feature map and their difference as cells; errors against shift; sentences.

use ndarray::Array2;

use super::settings::{Direction, MEASURED};
use crate::figures::axes::Axis;
use crate::figures::cell_grid::CellGrid;
use crate::figures::curves::{Curves, Line, Mark, Series};
use crate::figures::palette::Role;
use crate::figures::raster::ColourMap;
use crate::lab::message::Measures;
use crate::theory::equivariance::{Comparison, Kept, pooled};
use crate::ui::number::{grouped, percent};

const WAITING: &str = "The digits are on their way.";

/// A digit and what the two ways make of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The moved digit (row, column).
    pub moved: Array2<f32>,
    /// The digit's label.
    pub label: u8,
    /// (right, down) in pixels.
    pub shift: (i32, i32),
    /// The kernel's bias: its answer to paper.
    pub bias: f32,
    /// Both ways.
    pub comparison: Comparison,
}

/// Which of the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// S x.
    Digit,
    /// conv(S x).
    OfShifted,
    /// S conv(x).
    Shifted,
    /// conv(S x) - S conv(x).
    Difference,
    /// pool(conv(x)).
    PooledBefore,
    /// pool(conv(S x)).
    PooledAfter,
    /// The second minus the first.
    PooledDifference,
}

impl Shown {
    fn title(self) -> &'static str {
        match self {
            Self::Digit => "S x, the moved digit",
            Self::OfShifted => "conv(S x)",
            Self::Shifted => "S conv(x)",
            Self::Difference => "their difference",
            Self::PooledBefore => "before",
            Self::PooledAfter => "after",
            Self::PooledDifference => "change",
        }
    }
}

/// The cells of one picture.
pub fn cells(scene: Option<&Scene>, shown: Shown) -> CellGrid {
    let side = match shown {
        Shown::Digit => 28,
        Shown::OfShifted | Shown::Shifted | Shown::Difference => 24,
        _ => 12,
    };
    let values: Vec<f32> = scene.map_or(Vec::new(), |scene| values(scene, shown));
    // One scale for all maps, so that colours compare.
    let bound = scene.map_or(1.0, |scene| largest(&scene.comparison.map));
    let map = match shown {
        Shown::Digit => ColourMap::Activation { full: 1.0 },
        _ => ColourMap::Diverging {
            bound: f64::from(bound),
        },
    };
    let sentence = scene.map_or(String::new(), |scene| described(scene, shown));
    CellGrid {
        title: shown.title().to_owned(),
        values,
        rows: side,
        columns: side,
        map,
        decimals: None,
        framed: None,
        sentence,
        empty: WAITING.to_owned(),
    }
}

fn values(scene: &Scene, shown: Shown) -> Vec<f32> {
    let ways = &scene.comparison;
    let pooled = |map: &Array2<f32>| pooled(map.view());
    match shown {
        Shown::Digit => scene.moved.iter().copied().collect(),
        Shown::OfShifted => ways.of_shifted.iter().copied().collect(),
        Shown::Shifted => ways.shifted.iter().copied().collect(),
        Shown::Difference => ways.difference.iter().copied().collect(),
        Shown::PooledBefore => pooled(&ways.map).into_iter().collect(),
        Shown::PooledAfter => pooled(&ways.of_shifted).into_iter().collect(),
        Shown::PooledDifference => (pooled(&ways.of_shifted) - pooled(&ways.map))
            .into_iter()
            .collect(),
    }
}

fn largest(map: &Array2<f32>) -> f32 {
    let largest = map
        .iter()
        .fold(0.0_f32, |most, value| most.max(value.abs()));
    if largest > 0.0 { largest } else { 1.0 }
}

fn described(scene: &Scene, shown: Shown) -> String {
    let (right, down) = scene.shift;
    match shown {
        Shown::Digit => {
            let way = |steps: i32, ahead: &str, back: &str| {
                let count = steps.unsigned_abs();
                let pixels = if count == 1 { "pixel" } else { "pixels" };
                let direction = if steps < 0 { back } else { ahead };
                format!("{count} {pixels} {direction}")
            };
            format!(
                "A handwritten {}, moved by {} and {}.",
                scene.label,
                way(right, "to the right", "to the left"),
                way(down, "down", "up")
            )
        }
        Shown::Difference => sentence(Some(scene)),
        Shown::PooledDifference => pooling(Some(scene)),
        Shown::OfShifted => "The feature map of the moved digit, 24 by 24 cells.".to_owned(),
        Shown::Shifted => "The digit's feature map, moved, 24 by 24 cells.".to_owned(),
        Shown::PooledBefore => {
            "The feature map of the digit in its place, pooled, 12 by 12 cells.".to_owned()
        }
        Shown::PooledAfter => {
            "The feature map of the moved digit, pooled, 12 by 12 cells.".to_owned()
        }
    }
}

/// What the two ways have in common.
pub fn sentence(scene: Option<&Scene>) -> String {
    let Some(scene) = scene else {
        return WAITING.to_owned();
    };
    let ways = &scene.comparison;
    let inside = format!(
        "Where both ways know the cell the difference is 0 in {} of {} cells",
        ways.zeros_inside, ways.inside
    );
    if ways.border == 0 {
        return format!("{inside}: nothing was moved.");
    }
    let lost = ways.border - ways.zeros_at_border;
    let border = match lost {
        0 => format!(
            "at the border, where only one way does, in all {} too: this digit has paper at its edges",
            ways.border
        ),
        _ => format!(
            "at the border, where only one way does, {lost} of {} differ: there is ink at the edge",
            ways.border
        ),
    };
    format!("{inside}; {border}.")
}

/// What pooling makes of the shift.
pub fn pooling(scene: Option<&Scene>) -> String {
    let Some(scene) = scene else {
        return String::new();
    };
    let pooled = scene.comparison.pooled_kept(scene.bias);
    let plain = scene.comparison.kept(scene.bias);
    let share = |kept: Kept| {
        let share = percent(kept.same as f64 / kept.cells.max(1) as f64);
        format!("{} of {} cells ({share})", kept.same, kept.cells)
    };
    format!(
        "A pooled cell stays as it is while its largest neuron stays in the window. Of those that saw ink, this shift leaves {} exactly as they were; without \
         pooling {}.",
        share(pooled),
        share(plain),
    )
}

/// Shifts at which errors are measured.
pub fn shifts() -> impl Iterator<Item = i32> {
    -MEASURED..=MEASURED
}

/// Test error against shift, of the CNN and of the dense network.
pub fn errors(cnn: &[Measures], dense: &[Measures], direction: Direction) -> Curves {
    let mut figure = Curves {
        x: Axis::linear(format!("shift {}", direction.words()))
            .unit("pixels")
            .whole()
            .range(-f64::from(MEASURED), f64::from(MEASURED)),
        y: Axis::linear("test error").unit("%").range(0.0, 100.0),
        empty: "Press Train and measure: the error of two networks will stand here, against how far the test digits were moved.".to_owned(),
        ..Curves::default()
    };
    for (measures, role, name, short) in [
        (cnn, Role::RunA, "CNN", "CNN"),
        (dense, Role::RunB, "dense network", "dense"),
    ] {
        let points: Vec<(f64, f64)> = shifts()
            .zip(measures)
            .map(|(shift, measures)| (f64::from(shift), 100.0 * measures.error))
            .collect();
        if points.is_empty() {
            continue;
        }
        for at in &points {
            figure.marks.push(Mark::new(*at, role, "").filled());
        }
        figure
            .series
            .push(Series::new(Line::Test, role, name, points).short(short));
    }
    figure
}

/// Errors where the digits are and two pixels away. `busy`: whether work is going on.
pub fn verdict(
    cnn: &[Measures],
    dense: &[Measures],
    direction: Direction,
    images: usize,
    busy: bool,
) -> String {
    let at = |measures: &[Measures], shift: i32| {
        let found = measures.get((shift + MEASURED) as usize)?;
        Some(percent(found.error))
    };
    let all = || Some((at(cnn, 0)?, at(cnn, 2)?, at(dense, 0)?, at(dense, 2)?));
    match all() {
        Some((cnn, cnn_moved, dense, dense_moved)) => format!(
            "On {} test digits the CNN errs on {cnn}, and on {cnn_moved} when all are moved {} by two pixels; the dense network on {dense} and {dense_moved}.",
            grouped(images as u64),
            direction.words(),
        ),
        None if cnn.is_empty() && dense.is_empty() => String::new(),
        None if busy => "Measuring, one shift after another.".to_owned(),
        None => "Stopped before all shifts were measured.".to_owned(),
    }
}
