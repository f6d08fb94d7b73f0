//! Neurons without a place in an image, in rows and columns.

use crate::figures::outline::{Point, Rect};
use crate::figures::style::Style;

/// Neurons in rows and columns, filled column by column (row by row where the layers stand one below another).
#[derive(Clone, Debug, PartialEq)]
pub struct Neurons {
    /// Middle of every neuron.
    pub middles: Vec<Point>,
    /// Radius of a neuron.
    pub radius: f64,
    /// The neuron whose inputs are shown.
    pub chosen: usize,
    /// Numbers beside them, with their places; empty where there is no room.
    pub numbers: Vec<(String, Rect)>,
}

/// Neurons in lines along the room across the main axis.
pub struct Grid {
    /// Lines that the neurons need.
    pub lines: usize,
    in_line: usize,
    /// Distance of two neurons.
    pub pitch: f64,
    /// Length of a line.
    pub length: f64,
    /// Room for numbers beside the line; 0 without numbers.
    pub number_room: f64,
}

impl Grid {
    /// `count` neurons along the room across the main axis, in as many lines as they need.
    pub fn new(count: u32, numbered: bool, room: f64, style: &Style) -> Self {
        let count = f64::from(count.max(1));
        let (most, least) = if numbered {
            (style.px(24.0), style.px(14.0))
        } else {
            (style.px(7.0), style.px(4.6))
        };
        let lines = (count * least / room).ceil().max(1.0);
        let in_line = (count / lines).ceil();
        let pitch = (room / in_line).min(most);
        let numbers = numbered && lines == 1.0;
        Self {
            lines: lines as usize,
            in_line: in_line as usize,
            pitch,
            length: pitch * in_line,
            number_room: if numbers { style.px(16.0) } else { 0.0 },
        }
    }

    /// The neurons with the upper left corner of their box at a point; lines go down if the layers go across.
    pub fn neurons(&self, count: u32, (left, top): Point, across: bool, style: &Style) -> Neurons {
        let radius = (0.4 * self.pitch).min(style.px(7.0));
        let middle = |index: usize| {
            let along = (index % self.in_line) as f64 + 0.5;
            let line = (index / self.in_line) as f64 + 0.5;
            let (along, line) = (along * self.pitch, line * self.pitch);
            if across {
                (left + line, top + along)
            } else {
                (left + along, top + line)
            }
        };
        let middles: Vec<Point> = (0..count as usize).map(middle).collect();
        let size = style.tick_size();
        let number = |(index, (x, y)): (usize, &Point)| {
            let text = index.to_string();
            let half = style.text_width(&text, size) / 2.0;
            let place = if across {
                let left = x + radius + style.px(4.0);
                Rect::new(left, y - size * 0.5, left + 2.0 * half, y + size * 0.5)
            } else {
                let top = y + radius + style.px(2.0);
                Rect::new(x - half, top, x + half, top + size)
            };
            (text, place)
        };
        let numbers = if self.number_room > 0.0 {
            middles.iter().enumerate().map(number).collect()
        } else {
            Vec::new()
        };
        Neurons {
            // In the first line, which is the nearest to the layer before.
            chosen: self.in_line * 2 / 5,
            middles,
            radius,
            numbers,
        }
    }
}
