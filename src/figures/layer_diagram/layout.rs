//! Where the parts stand, in CSS pixels.
//!
//! The layers stand along a main axis: from left to right, or from top to bottom where the sheet is narrow. Each layer has a slot
//! along it, as long as its drawing or its words; the length of one neuron's side is the largest with which all slots fit.

use super::measured::Measured;
use super::neurons::Neurons;
use super::parts::Parts;
use super::words::{Line, Words, step_lines, tall, widest};
use super::{LayerDiagram, NARROW};
use crate::figures::outline::Rect;
use crate::figures::palette::Role;
use crate::figures::style::Style;

/// What the words of neighbouring steps stay apart, CSS pixels at scale 1.
const STEP_AIR: f64 = 8.0;

/// Maps one behind another, the first in front at the lower left.
#[derive(Clone, Debug, PartialEq)]
pub struct Stack {
    /// The map in front, without padding.
    pub front: Rect,
    /// How far each further map is moved, to the right and upwards.
    pub step: f64,
    /// How many maps.
    pub count: u32,
    /// Width of the padding.
    pub padding: f64,
    /// Neurons along a side.
    pub side: u32,
}

impl Stack {
    /// How far the last map is moved.
    pub fn depth(&self) -> f64 {
        self.step * f64::from(self.count.saturating_sub(1))
    }
}

/// A layer's drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawing {
    /// Maps.
    Maps(Stack),
    /// Neurons.
    Neurons(Neurons),
}

/// The whole diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// CSS pixels of one neuron's side in every map.
    pub cell: f64,
    /// From left to right; else from top to bottom.
    pub across: bool,
    /// Layers from the input on, with their colours.
    pub layers: Vec<(Drawing, Role)>,
    /// Names, tensors and steps.
    pub words: Vec<Words>,
    /// Why the network ends, and where that stands.
    pub complaint: Option<(String, Rect)>,
}

impl Layout {
    /// Lays a diagram out.
    pub fn new(diagram: &LayerDiagram, width: f64, height: f64, style: &Style) -> Self {
        let parts = Parts::of(diagram);
        if width < style.px(NARROW) {
            down(&parts, width, height, style)
        } else {
            across(&parts, width, height, style)
        }
    }

    /// Boxes of all texts.
    pub fn text_places(&self, style: &Style) -> Vec<Rect> {
        let words = self.words.iter().flat_map(|words| words.line_places(style));
        let numbers = self.layers.iter().flat_map(|(drawing, _)| match drawing {
            Drawing::Neurons(neurons) => neurons.numbers.iter().map(|(_, place)| *place).collect(),
            Drawing::Maps(_) => Vec::new(),
        });
        let complaint = self.complaint.iter().map(|(_, place)| *place);
        words.chain(numbers).chain(complaint).collect()
    }
}

/// From left to right: steps above, drawings on one middle line, words below.
fn across(parts: &Parts, width: f64, height: f64, style: &Style) -> Layout {
    let edge = style.px(4.0);
    let gap = style.px(40.0);
    let broken = !parts.complaint.is_empty();
    // What is missing leaves its room to the words that say why.
    let usable = if broken { 0.62 * width } else { width } - 2.0 * edge;
    let places = if broken { 2.0 } else { 5.0 };
    let label_room = ((usable - (places - 1.0) * gap) / places).min(style.px(160.0));
    let rough = Measured::new(parts, style, true, height, label_room);
    let below = rough
        .labels
        .iter()
        .map(|lines| tall(lines, style))
        .fold(0.0, f64::max);
    // A step's words have the room between the middles of its layers: at least half of both layers' words and a gap.
    let least_room = |pair: &[Vec<Line>]| {
        let words = pair.iter().map(|lines| widest(lines, style)).sum::<f64>();
        words / 2.0 + gap - style.px(STEP_AIR)
    };
    let above = parts
        .steps
        .iter()
        .zip(rough.labels.windows(2))
        .map(|(step, pair)| tall(&step_lines(step, least_room(pair), style), style))
        .fold(0.0, f64::max);
    let air = style.px(12.0);
    let (top, bottom) = (edge + above + air, height - edge - below - air);
    let measured = rough.in_room((bottom - top).max(1.0));
    let slot = |index: usize, cell: f64| {
        let drawn = measured.extent(&parts.layers[index].body, cell).0;
        drawn.max(widest(&measured.labels[index], style))
    };
    let count = parts.layers.len();
    let gaps = count.saturating_sub(1) as f64;
    let taken = |cell: f64| (0..count).map(|index| slot(index, cell)).sum::<f64>();
    let cell = measured.cell(taken, usable - gaps * gap);
    let gap = if gaps > 0.0 {
        ((usable - taken(cell)) / gaps).min(if broken { style.px(60.0) } else { f64::MAX })
    } else {
        0.0
    };
    let middle_line = (top + bottom) / 2.0;
    let (mut left, mut middles, mut layers, mut words) = (edge, vec![], vec![], vec![]);
    for (index, part) in parts.layers.iter().enumerate() {
        let long = slot(index, cell);
        let middle = left + long / 2.0;
        middles.push(middle);
        layers.push((
            measured.drawing(&part.body, cell, (middle, middle_line)),
            part.role,
        ));
        let lines = measured.labels[index].clone();
        let top = bottom + air;
        words.push(Words {
            place: Rect::new(left, top, left + long, top + tall(&lines, style)),
            lines,
            centred: true,
        });
        left += long + gap;
    }
    for (pair, step) in middles.windows(2).zip(&parts.steps) {
        let half_air = style.px(STEP_AIR) / 2.0;
        let (left, right) = (pair[0] + half_air, pair[1] - half_air);
        let lines = step_lines(step, right - left, style);
        words.push(Words {
            place: Rect::new(left, edge, right, edge + tall(&lines, style)),
            lines,
            centred: true,
        });
    }
    let complaint = broken.then(|| {
        let left = (left - gap + style.px(24.0)).max(if count == 0 { edge } else { 0.0 });
        let place = Rect::new(left, edge, width - edge, height - edge);
        (parts.complaint.clone(), place)
    });
    Layout {
        cell,
        across: true,
        layers,
        words,
        complaint,
    }
}

/// From top to bottom: drawings at the left, words at the right of them, steps between.
fn down(parts: &Parts, width: f64, height: f64, style: &Style) -> Layout {
    let edge = style.px(4.0);
    let air = style.px(12.0);
    let drawn = 0.53 * (width - 2.0 * edge);
    let words_left = edge + drawn + air;
    let label_room = width - edge - words_left;
    let measured = Measured::new(parts, style, false, drawn, label_room);
    let broken = !parts.complaint.is_empty();
    let bottom = if broken { 0.6 * height } else { height } - edge;
    let slot = |index: usize, cell: f64| {
        let drawn = measured.extent(&parts.layers[index].body, cell).1;
        drawn.max(tall(&measured.labels[index], style))
    };
    let between = |index: usize| tall(&measured.steps[index], style) + style.px(10.0);
    let count = parts.layers.len();
    let gaps: f64 = (0..parts.steps.len()).map(between).sum();
    let taken = |cell: f64| (0..count).map(|index| slot(index, cell)).sum::<f64>();
    let room = bottom - edge;
    let cell = measured.cell(taken, room - gaps);
    let spare = (room - gaps - taken(cell)) / parts.steps.len().max(1) as f64;
    let spare = spare.clamp(0.0, style.px(30.0));
    let middle_line = edge + drawn / 2.0;
    let (mut top, mut layers, mut words) = (edge, vec![], vec![]);
    let place_words = |lines: &[Line], middle: f64| {
        let high = tall(lines, style);
        let top = middle - high / 2.0;
        Words {
            place: Rect::new(words_left, top, words_left + label_room, top + high),
            lines: lines.to_vec(),
            centred: false,
        }
    };
    for (index, part) in parts.layers.iter().enumerate() {
        let long = slot(index, cell);
        let middle = top + long / 2.0;
        layers.push((
            measured.drawing(&part.body, cell, (middle_line, middle)),
            part.role,
        ));
        words.push(place_words(&measured.labels[index], middle));
        top += long;
        if let Some(lines) = measured.steps.get(index) {
            let long = between(index) + spare;
            words.push(place_words(lines, top + long / 2.0));
            top += long;
        }
    }
    let complaint = broken.then(|| {
        // Right below what it speaks of.
        let top = top + air;
        let place = Rect::new(edge, top, width - edge, top + style.px(110.0));
        (parts.complaint.clone(), place)
    });
    Layout {
        cell,
        across: false,
        layers,
        words,
        complaint,
    }
}
