//! Lines of text in boxes.

use super::parts::Step;
use crate::figures::outline::Rect;
use crate::figures::style::Style;

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The text.
    pub text: String,
    /// Whether it is a name.
    pub strong: bool,
}

/// Lines of text, one below another.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// The box of all lines.
    pub place: Rect,
    /// The lines.
    pub lines: Vec<Line>,
    /// Whether lines are centred in the box; else they begin at its left.
    pub centred: bool,
}

impl Words {
    /// Box of each line.
    pub fn line_places(&self, style: &Style) -> Vec<Rect> {
        let pitch = line_pitch(style);
        let middle = self.place.centre().0;
        let places = self.lines.iter().enumerate().map(|(index, line)| {
            let wide = line_width(line, style);
            let left = if self.centred {
                middle - wide / 2.0
            } else {
                self.place.left
            };
            let top = self.place.top + pitch * index as f64;
            Rect::new(left, top, left + wide, top + pitch)
        });
        places.collect()
    }
}

/// Distance of two baselines.
pub fn line_pitch(style: &Style) -> f64 {
    1.32 * style.label_size()
}

fn line_width(line: &Line, style: &Style) -> f64 {
    // Bold is about a tenth wider than the estimate for the regular weight.
    let factor = if line.strong { 1.1 } else { 1.0 };
    factor * style.text_width(&line.text, style.label_size())
}

/// Lines of at most `room`; a single word that is too long is cut.
pub fn wrapped(text: &str, strong: bool, room: f64, style: &Style) -> Vec<Line> {
    let size = style.label_size();
    let lines = style.wrap_text(text, size, if strong { room / 1.1 } else { room });
    let cut = lines.iter().map(|line| style.fit_text(line, size, room));
    cut.map(|text| Line { text, strong }).collect()
}

/// Width of the widest line.
pub fn widest(lines: &[Line], style: &Style) -> f64 {
    let widths = lines.iter().map(|line| line_width(line, style));
    widths.fold(0.0, f64::max)
}

/// Height of some lines.
pub fn tall(lines: &[Line], style: &Style) -> f64 {
    line_pitch(style) * lines.len() as f64
}

/// A step's name and cost in lines of at most `room`.
pub fn step_lines(step: &Step, room: f64, style: &Style) -> Vec<Line> {
    let mut lines = wrapped(&step.name, false, room, style);
    lines.extend(wrapped(&step.cost, false, room, style));
    lines
}
