//! Settings of the feature maps, each in the link.

use leptos::prelude::*;

use crate::data::preparation::Steps;
use crate::ui::draw_pad::PEN_WIDTH;
use crate::ui::link::{Codec, Link};

/// The widget's name in links.
pub const ID: &str = "maps";
/// Feature maps.
pub const MAPS: usize = 20;
/// Rows, and columns, of a map after the convolution.
pub const MAP_SIDE: usize = 24;
/// Test digits.
pub const DIGITS: usize = 4000;

/// Defaults that sliders go back to.
pub mod default {
    /// Number of the test digit, from 1.
    pub const DIGIT: f64 = 1.0;
    /// Number of the map, from 1.
    pub const MAP: f64 = 1.0;
    /// Row of the cell after the convolution.
    pub const ROW: f64 = 10.0;
    /// Column of the cell after the convolution.
    pub const COLUMN: f64 = 10.0;
}

/// What the network reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A digit of the test set.
    Digit,
    /// What is on the pad.
    Drawing,
}

/// Behind which layer the chosen cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The convolution.
    Convolution,
    /// ReLU.
    Relu,
    /// Pooling.
    Pooling,
}

const SOURCES: &[(&str, Source)] = &[("digit", Source::Digit), ("drawing", Source::Drawing)];
const STAGES: &[(&str, Stage)] = &[
    ("convolution", Stage::Convolution),
    ("relu", Stage::Relu),
    ("pooling", Stage::Pooling),
];

/// Every setting.
#[derive(Clone, Copy)]
pub struct Settings {
    /// What the network reads.
    pub source: RwSignal<Source>,
    /// Number of the test digit, from 1.
    pub digit: RwSignal<f64>,
    /// Width of the pen, pixels of the pad.
    pub pen: RwSignal<f64>,
    /// Whether a drawing is cut out and scaled.
    pub fit: RwSignal<bool>,
    /// Whether its centre of mass is moved to the middle.
    pub centre: RwSignal<bool>,
    /// Behind which layer the chosen cell is.
    pub stage: RwSignal<Stage>,
    /// Number of the chosen map, from 1.
    pub map: RwSignal<f64>,
    /// Row of the chosen cell after the convolution.
    pub row: RwSignal<f64>,
    /// Column of the chosen cell after the convolution.
    pub column: RwSignal<f64>,
    /// Which maps are silenced.
    pub silent: RwSignal<Vec<bool>>,
}

impl Settings {
    /// Declares the settings.
    pub fn declare() -> Self {
        let link = expect_context::<Link>();
        let whole = |key, default, least: usize, most: usize| {
            let codec = Codec::whole(least as f64..=most as f64);
            link.field(ID, key, default, codec)
        };
        Self {
            source: link.field(ID, "source", Source::Digit, Codec::one_of(SOURCES)),
            digit: whole("digit", default::DIGIT, 1, DIGITS),
            pen: whole("pen", PEN_WIDTH, 2, 24),
            fit: link.field(ID, "fit", true, Codec::switch()),
            centre: link.field(ID, "centre", true, Codec::switch()),
            stage: link.field(ID, "stage", Stage::Convolution, Codec::one_of(STAGES)),
            map: whole("map", default::MAP, 1, MAPS),
            row: whole("row", default::ROW, 0, MAP_SIDE - 1),
            column: whole("column", default::COLUMN, 0, MAP_SIDE - 1),
            silent: link.field(ID, "silent", vec![false; MAPS], silent_codec()),
        }
    }

    /// The steps of the preparation that are done.
    pub fn steps(&self) -> Steps {
        Steps {
            fit: self.fit.get(),
            centre: self.centre.get(),
        }
    }

    /// The chosen cell: map from 0, row and column after the convolution.
    pub fn cell(&self) -> (usize, usize, usize) {
        let map = self.map.get() as usize - 1;
        (map, self.row.get() as usize, self.column.get() as usize)
    }

    /// Chooses the cell (row, column) of a map, counted from 0, behind a layer.
    pub fn go(&self, stage: Stage, (map, row, column): (usize, usize, usize)) {
        let cells = if stage == Stage::Pooling { 2 } else { 1 };
        self.stage.set(stage);
        self.map.set((map + 1) as f64);
        self.row.set((row * cells).min(MAP_SIDE - 1) as f64);
        self.column.set((column * cells).min(MAP_SIDE - 1) as f64);
    }

    /// Moves the chosen cell by steps to the right and up, within its map.
    pub fn step(&self, stage: Stage, (right, up): (i32, i32)) {
        let cells = if stage == Stage::Pooling { 2 } else { 1 };
        let last = (MAP_SIDE - 1) as f64;
        self.stage.set(stage);
        self.row
            .update(|row| *row = (*row - f64::from(up * cells)).clamp(0.0, last));
        self.column
            .update(|column| *column = (*column + f64::from(right * cells)).clamp(0.0, last));
    }
}

/// Numbers of the silenced maps, from 1, with commas between.
fn silent_codec() -> Codec<Vec<bool>> {
    Codec::new(
        |silent: &Vec<bool>| {
            let numbers = numbers(silent);
            let texts: Vec<_> = numbers.iter().map(usize::to_string).collect();
            texts.join(",")
        },
        read_silent,
        format!("different whole numbers from 1 to {MAPS} with commas between"),
    )
}

/// Numbers of the silenced maps, from 1.
pub fn numbers(silent: &[bool]) -> Vec<usize> {
    (1..=silent.len()).filter(|map| silent[map - 1]).collect()
}

fn read_silent(text: &str) -> Option<Vec<bool>> {
    let mut silent = vec![false; MAPS];
    for piece in text.split(',') {
        let map: usize = piece.parse().ok()?;
        let place = silent.get_mut(map.checked_sub(1)?)?;
        if std::mem::replace(place, true) {
            return None;
        }
    }
    Some(silent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silenced_maps_are_read_as_they_are_written() {
        let mut silent = vec![false; MAPS];
        (silent[0], silent[19]) = (true, true);
        assert_eq!(read_silent("1,20"), Some(silent.clone()));
        assert_eq!(numbers(&silent), [1, 20]);
        for wrong in ["", "0", "21", "3,3", "x", "1,"] {
            assert_eq!(read_silent(wrong), None, "{wrong}");
        }
    }
}
