//! How much room the parts of a diagram need.

use super::layout::{Drawing, Stack};
use super::neurons::Grid;
use super::parts::{Body, Parts};
use super::words::{Line, step_lines, wrapped};
use crate::figures::outline::{Point, Rect};
use crate::figures::style::Style;

/// Largest side of a neuron in a map, CSS pixels at scale 1: small networks are drawn larger, but not without bound.
const LARGEST_CELL: f64 = 22.0;

/// What a layout is made of, measured.
pub struct Measured<'a> {
    parts: &'a Parts,
    style: &'a Style,
    across: bool,
    /// Room across the main axis for drawings.
    room: f64,
    /// Lines of each layer's words.
    pub labels: Vec<Vec<Line>>,
    /// Lines of each step's words.
    pub steps: Vec<Vec<Line>>,
}

impl<'a> Measured<'a> {
    /// The parts in a room of `room` across the main axis, their words broken at `label_room`.
    pub fn new(
        parts: &'a Parts,
        style: &'a Style,
        across: bool,
        room: f64,
        label_room: f64,
    ) -> Self {
        let labels = parts.layers.iter().map(|part| {
            let mut lines = wrapped(part.name, true, label_room, style);
            lines.extend(wrapped(&part.tensor, false, label_room, style));
            for note in &part.notes {
                lines.extend(wrapped(note, false, label_room, style));
            }
            lines
        });
        let steps = parts.steps.iter();
        Self {
            labels: labels.collect(),
            steps: steps
                .map(|step| step_lines(step, label_room, style))
                .collect(),
            parts,
            style,
            across,
            room,
        }
    }

    /// The same parts in another room.
    pub fn in_room(self, room: f64) -> Self {
        Self { room, ..self }
    }

    /// Distance between maps of a stack.
    fn step(&self, count: u32) -> f64 {
        let most = self.style.px(if self.across { 84.0 } else { 58.0 });
        (most / f64::from(count.max(2) - 1)).min(self.style.px(4.0))
    }

    /// Width and height of a layer's drawing with neurons of side `cell`.
    pub fn extent(&self, body: &Body, cell: f64) -> (f64, f64) {
        match *body {
            Body::Maps {
                count,
                side,
                padding,
                overhang,
            } => {
                let depth = self.step(count) * f64::from(count.saturating_sub(1));
                let cells = f64::from(overhang.max(side + 2 * padding));
                let length = cells * cell + depth;
                (length, length)
            }
            Body::Neurons { count, numbered } => {
                let grid = Grid::new(count, numbered, self.room, self.style);
                let (thick, long) = (grid.lines as f64 * grid.pitch, grid.length);
                let thick = thick + grid.number_room;
                if self.across {
                    (thick, long)
                } else {
                    (long, thick)
                }
            }
        }
    }

    /// The largest cell with which everything fits `room` along the main axis; `taken` is what the slots of a cell take.
    pub fn cell(&self, taken: impl Fn(f64) -> f64, room: f64) -> f64 {
        let fits = |cell: f64| {
            let crossing = self.parts.layers.iter().all(|part| {
                let (wide, high) = self.extent(&part.body, cell);
                matches!(part.body, Body::Neurons { .. })
                    || (if self.across { high } else { wide }) <= self.room
            });
            crossing && taken(cell) <= room
        };
        let (mut low, mut high) = (0.0, self.style.px(LARGEST_CELL));
        for _ in 0..40 {
            let middle = (low + high) / 2.0;
            if fits(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The drawing of a layer in the middle of `place`.
    pub fn drawing(&self, body: &Body, cell: f64, middle: Point) -> Drawing {
        let (wide, high) = self.extent(body, cell);
        let (left, top) = (middle.0 - wide / 2.0, middle.1 - high / 2.0);
        match *body {
            Body::Maps {
                count,
                side,
                padding,
                overhang,
            } => {
                let (step, padding_width) = (self.step(count), f64::from(padding) * cell);
                let length = f64::from(side) * cell;
                // A window that is larger stands out to the right and below, as far as the stack does not reach.
                let beyond = f64::from(overhang.saturating_sub(side + 2 * padding)) * cell;
                let bottom = top + high - padding_width - beyond;
                let front_left = left + padding_width;
                let front = Rect::new(front_left, bottom - length, front_left + length, bottom);
                Drawing::Maps(Stack {
                    front,
                    step,
                    count,
                    padding: padding_width,
                    side,
                })
            }
            Body::Neurons { count, numbered } => {
                let grid = Grid::new(count, numbered, self.room, self.style);
                Drawing::Neurons(grid.neurons(count, (left, top), self.across, self.style))
            }
        }
    }
}
