//! Input, preparation, maps, dense neurons, probabilities and one sum as figures; the sentences.

use super::scene::{KERNEL_SIDE, Place, Scene, Sum};
use super::settings::{MAP_SIDE, Stage};
use crate::data::digits;
use crate::data::preparation::{BOX, Prepared, SIDE};
use crate::figures::axes::Axis;
use crate::figures::bars::{Bar, Bars};
use crate::figures::cell_grid::{CellGrid, Window};
use crate::figures::map_grid::MapGrid;
use crate::figures::numerals::number;
use crate::figures::palette::Role;
use crate::figures::raster::ColourMap;
use crate::ui::number::percent;

/// What stands in place of everything behind an empty pad.
pub const NOTHING: &str = "The pad is empty: there is nothing to read.";
const GREY: ColourMap = ColourMap::Activation { full: 1.0 };

fn cells(title: String, columns: usize, values: Vec<f32>, map: ColourMap) -> CellGrid {
    CellGrid {
        title,
        rows: if values.is_empty() {
            columns
        } else {
            values.len() / columns
        },
        values,
        columns,
        map,
        decimals: None,
        framed: None,
        sentence: String::new(),
        empty: NOTHING.to_owned(),
    }
}

/// The network's input with what the chosen cell sees of it.
pub fn input(scene: Option<&Scene>, place: &Place) -> CellGrid {
    let values = scene.map_or(Vec::new(), |scene| scene.pixels.clone());
    let (row, column, side) = (place.row, place.column, place.field());
    CellGrid {
        framed: Some((Window { row, column, side }, Role::RunB)),
        sentence: format!(
            "The network\u{2019}s input; the chosen cell sees rows {row} to {} and columns {column} to {}.",
            row + side - 1,
            column + side - 1
        ),
        ..cells("input x, 28 × 28".to_owned(), digits::SIDE, values, GREY)
    }
}

/// What stands behind each step of the preparation: the whole pad, cut out and scaled, moved. A step that is switched off
/// (`on`) leaves its picture as the one before.
pub fn preparation(step: usize, on: bool, prepared: Option<&Prepared>) -> CellGrid {
    let values = prepared.map_or(Vec::new(), |prepared| prepared.pixels.clone());
    let name = [
        "1 the pad, 28 × 28",
        "2 cut out, in 20 × 20",
        "3 centred by mass",
    ][step.min(2)];
    let title = if on {
        name.to_owned()
    } else {
        format!("{}, off", name.split(',').next().unwrap_or(name))
    };
    let margin = (SIDE - BOX) / 2;
    let frame = Window {
        row: margin,
        column: margin,
        side: BOX,
    };
    CellGrid {
        framed: (step == 1 && on).then_some((frame, Role::RunA)),
        sentence: format!("{title}."),
        ..cells(title, SIDE, values, GREY)
    }
}

/// What the preparation did, in numbers. Distances on the pad are in its own pixels, `pad` along a side.
pub fn preparation_words(
    prepared: Option<&Prepared>,
    fit: bool,
    centre: bool,
    pad: usize,
) -> String {
    let Some(prepared) = prepared else {
        return NOTHING.to_owned();
    };
    let bounds = prepared.bounds;
    let (columns, rows) = prepared.scaled;
    let (right, down) = prepared.moved;
    let (x, y) = prepared.centre_of_mass;
    let cut = if fit {
        format!("cut out and scaled to {columns} × {rows}")
    } else {
        format!("not cut out: the whole pad becomes {columns} × {rows}")
    };
    let signed = |steps: isize| number(steps as f64, 0);
    let moved = if centre {
        format!("moved by ({}, {})", signed(right), signed(down))
    } else {
        "not moved".to_owned()
    };
    format!(
        "The ink stands in columns {} to {} and rows {} to {} of {pad}; {cut}, {moved}; its centre of mass is then at ({}, {}), the middle is (14, 14).",
        bounds.left,
        bounds.right - 1,
        bounds.top,
        bounds.bottom - 1,
        number(f64::from(x), 1),
        number(f64::from(y), 1),
    )
}

/// The 20 kernels of the first layer, ten in a row, on one scale.
pub fn kernels(weights: Option<&[f32]>) -> CellGrid {
    const ACROSS: usize = 10;
    let pitch = KERNEL_SIDE + 1;
    let columns = ACROSS * pitch - 1;
    let weights = weights.unwrap_or_default();
    let size = KERNEL_SIDE * KERNEL_SIDE;
    let down = (weights.len() / size).div_ceil(ACROSS).max(1);
    let mut values = vec![
        f32::NAN;
        if weights.is_empty() {
            0
        } else {
            (down * pitch - 1) * columns
        }
    ];
    for (kernel, weights) in weights.chunks_exact(size).enumerate() {
        let (top, left) = (kernel / ACROSS * pitch, kernel % ACROSS * pitch);
        for (index, weight) in weights.iter().enumerate() {
            let (row, column) = (top + index / KERNEL_SIDE, left + index % KERNEL_SIDE);
            values[row * columns + column] = *weight;
        }
    }
    let map = ColourMap::diverging_over(weights);
    CellGrid {
        rows: 2 * pitch - 1,
        sentence: "The 20 kernels of 5 by 5 weights, maps 1 to 10 above, 11 to 20 below."
            .to_owned(),
        empty: "The trained network is on its way.".to_owned(),
        ..cells("20 kernels, 5 × 5".to_owned(), columns, values, map)
    }
}

/// All maps behind one layer.
pub fn maps(stage: Stage, scene: Option<&Scene>, place: &Place, silent: &[bool]) -> MapGrid {
    let values = scene.map(|scene| match stage {
        Stage::Convolution => scene.convolved.clone(),
        Stage::Relu => scene.rectified.clone(),
        Stage::Pooling => scene.pooled.clone(),
    });
    let values = values.unwrap_or_default();
    let (title, side) = match stage {
        Stage::Convolution => ("after convolution, 20 × 24 × 24", MAP_SIDE),
        Stage::Relu => ("after ReLU, 20 × 24 × 24", MAP_SIDE),
        Stage::Pooling => ("after pooling, 20 × 12 × 12", MAP_SIDE / 2),
    };
    let map = match stage {
        Stage::Convolution => ColourMap::diverging_over(&values),
        Stage::Relu | Stage::Pooling => ColourMap::activation_over(&values),
    };
    let window = if stage == Stage::Pooling {
        let (row, column) = (place.row / 2, place.column / 2);
        Window {
            row,
            column,
            side: 1,
        }
    } else {
        let (row, column, side) = (place.row, place.column, place.cells());
        Window { row, column, side }
    };
    let value = values.get((place.map * side + window.row) * side + window.column);
    let sentence = value.map_or(String::new(), |value| {
        format!(
            "All 20 maps {}; map {} is {} at row {}, column {}.",
            title.split(',').next().unwrap_or_default(),
            place.map + 1,
            number(f64::from(*value), 4),
            window.row,
            window.column
        )
    });
    MapGrid {
        title: title.to_owned(),
        side,
        map,
        values,
        silent: silent.to_vec(),
        chosen: (place.map, window),
        sentence,
        empty: NOTHING.to_owned(),
    }
}

/// The 100 dense neurons, 20 in a row.
pub fn dense(scene: Option<&Scene>) -> CellGrid {
    let values = scene.map_or(Vec::new(), |scene| scene.dense.clone());
    let active = values.iter().filter(|value| **value > 0.0).count();
    let map = ColourMap::activation_over(&values);
    CellGrid {
        rows: 5,
        sentence: format!("{active} of the 100 dense neurons are above 0."),
        ..cells("100 dense neurons after ReLU".to_owned(), 20, values, map)
    }
}

/// The ten probabilities.
pub fn probabilities(scene: Option<&Scene>) -> Bars {
    let winner = scene.map(Scene::prediction);
    let bars = (0..digits::CLASSES).map(|class| {
        let value = scene.map_or(f64::NAN, |scene| f64::from(scene.probabilities[class]));
        let bar = Bar::new(class.to_string(), value, Role::RunA);
        if winner == Some(class) {
            bar.strong()
        } else {
            bar
        }
    });
    Bars {
        axis: Axis::linear("probability").range(0.0, 1.0),
        decimals: 3,
        bars: bars.collect(),
    }
}

/// One of the three squares of the sum: pixels, kernel, products.
pub fn summand(which: usize, sum: Option<&Sum>) -> CellGrid {
    let values = sum.map_or(Vec::new(), |sum| match which {
        0 => sum.seen.clone(),
        1 => sum.kernel.clone(),
        _ => sum.products.clone(),
    });
    let title = ["pixels x in the window", "kernel w", "products w · x"][which.min(2)];
    let map = if which == 0 {
        GREY
    } else {
        ColourMap::diverging_over(&values)
    };
    let listed: Vec<String> = values
        .iter()
        .map(|value| number(f64::from(*value), 2))
        .collect();
    CellGrid {
        decimals: Some(2),
        sentence: format!("{title}: {}.", listed.join(", ")),
        ..cells(title.to_owned(), KERNEL_SIDE, values, map)
    }
}

/// The sum of the chosen cell in words.
pub fn sum_sentence(scene: &Scene, sum: &Sum, place: &Place) -> String {
    let plain = |value: f32| number(f64::from(value), 4);
    let products: f64 = sum.products.iter().map(|product| f64::from(*product)).sum();
    let begin = if place.stage == Stage::Pooling {
        let pooled = scene.pooled[(place.map * 12 + place.row / 2) * 12 + place.column / 2];
        format!(
            "Map {}, pooled cell at row {}, column {}: the largest of its four cells, {}. It comes from row {}, column {}: ",
            place.map + 1,
            place.row / 2,
            place.column / 2,
            plain(pooled),
            sum.row,
            sum.column
        )
    } else {
        format!(
            "Map {}, row {}, column {}: ",
            place.map + 1,
            sum.row,
            sum.column
        )
    };
    let relu = if sum.output > 0.0 {
        "ReLU lets it through".to_owned()
    } else {
        "ReLU makes it 0".to_owned()
    };
    format!(
        "{begin}25 products add up to {}, with the bias {} to {}; {relu}.",
        number(products, 4),
        plain(sum.bias),
        plain(sum.output)
    )
}

/// What the network says, of what.
pub fn sentence(scene: Option<&Scene>, label: Option<u8>) -> String {
    let Some(scene) = scene else {
        return NOTHING.to_owned();
    };
    let winner = scene.prediction();
    let probability = percent(f64::from(scene.probabilities[winner]));
    let read = format!("The network reads a {winner}, with probability {probability}.");
    match label {
        Some(label) if usize::from(label) == winner => format!("{read} It is a {label}."),
        Some(label) => format!("{read} It is a {label}: a mistake."),
        None => read,
    }
}
