//! A few named bars with their values: class probabilities, errors of several runs.
//!
//! Bars lie level, so that names and values are set in columns and fit at any width. Bars grow from 0 to either side.

use plotters::prelude::DrawingBackend;

use super::axes::Axis;
use super::mapping::{Mapping, Scale, extent};
use super::numerals::fixed;
use super::outline::Rect;
use super::palette::Role;
use super::sheet::{CAP_HEIGHT, Lettering, Sheet, Side, Stroke};
use super::{Drawn, Figure};

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// Its length; NaN has none and is written as "–".
    pub value: f64,
    /// Colour.
    pub role: Role,
    /// Ends of an interval around the value, drawn as a line over the bar's end.
    pub interval: Option<(f64, f64)>,
    /// A few words after the value, such as the interval in numbers.
    pub note: String,
    /// Whether name and value are set bold: the winner.
    pub strong: bool,
}

impl Bar {
    /// A plain bar.
    pub fn new(label: impl Into<String>, value: f64, role: Role) -> Self {
        Self {
            label: label.into(),
            value,
            role,
            interval: None,
            note: String::new(),
            strong: false,
        }
    }

    /// With an interval, drawn and in words.
    pub fn interval(self, low: f64, high: f64, note: impl Into<String>) -> Self {
        Self {
            interval: Some((low, high)),
            note: note.into(),
            ..self
        }
    }

    /// Set bold.
    pub fn strong(self) -> Self {
        Self {
            strong: true,
            ..self
        }
    }
}

/// The figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bars {
    /// What the lengths measure; always linear, 0 is always in sight.
    pub axis: Axis,
    /// Digits after the point of the written values.
    pub decimals: usize,
    /// From top to bottom.
    pub bars: Vec<Bar>,
}

impl Figure for Bars {
    fn draw<DB: DrawingBackend>(&self, sheet: &Sheet<'_, DB>) -> Drawn<DB> {
        let (style, palette) = (sheet.style(), sheet.palette());
        let (label, small) = (sheet.label(), sheet.small_label());
        let mut top = style.px(2.0);
        if !self.axis.title.is_empty() {
            let heading = style.fit_text(&self.axis.heading(), label.size, sheet.width());
            sheet.text(
                &heading,
                (style.px(1.0), style.px(3.0) + label.size * CAP_HEIGHT),
                &label,
            )?;
            top = style.px(3.0) + label.size * CAP_HEIGHT + style.px(8.0);
        }
        // Bold is about a tenth wider than the estimate for the regular weight.
        let width_of = |text: &str, size: f64| style.text_width(text, size) * 1.1;
        let widest = |text: &dyn Fn(&Bar) -> String, size: f64| {
            self.bars
                .iter()
                .map(|bar| width_of(&text(bar), size))
                .fold(0.0, f64::max)
        };
        let names = widest(&|bar| bar.label.clone(), label.size).min(sheet.width() * 0.35);
        let values = widest(&|bar| self.written(bar), label.size);
        let gap = style.px(8.0);
        let mut notes = widest(&|bar| bar.note.clone(), small.size);
        let taken = names + values + 3.0 * gap;
        // Notes give way before the bars do.
        if notes > 0.0 && sheet.width() - taken - notes - gap < sheet.width() * 0.25 {
            notes = 0.0;
        }
        let note_room = if notes > 0.0 { notes + gap } else { 0.0 };
        let left = names + gap;
        let right = (sheet.width() - values - note_room - gap - style.px(2.0)).max(left + 1.0);
        let value_edge = right + gap + values;
        let length = Mapping::new(Scale::Linear, self.shown(), (left, right));
        let zero = length.position_of(0.0).clamp(left, right);
        let field = Rect::new(left, top, right, sheet.height());

        let row = (sheet.height() - top - style.px(2.0)) / self.bars.len().max(1) as f64;
        let row = row.clamp(1.0, style.px(34.0));
        let thick = (row * 0.62).min(style.px(20.0));
        for (index, bar) in self.bars.iter().enumerate() {
            let middle = top + (index as f64 + 0.5) * row;
            let ink = Lettering {
                bold: bar.strong,
                side: Side::Right,
                ..label
            };
            let name = style.fit_text(&bar.label, label.size, names);
            sheet.text_centred(&name, (names, middle), &ink)?;
            let end = length.position_of(bar.value);
            if !end.is_nan() {
                let end = end.clamp(field.left, field.right);
                let colour = palette.mark(bar.role);
                let body = Rect::new(
                    zero.min(end),
                    middle - thick / 2.0,
                    zero.max(end),
                    middle + thick / 2.0,
                );
                let faded = bar.interval.is_some();
                sheet.fill_rect(body, colour.at(if faded { 0.55 } else { 1.0 }))?;
            }
            if let Some((low, high)) = bar.interval {
                let (from, to) = (length.position_of(low), length.position_of(high));
                if !from.is_nan() && !to.is_nan() {
                    let (from, to) = (from.clamp(left, right), to.clamp(left, right));
                    let stroke = Stroke::solid(palette.ink, style.stroke(1.25));
                    sheet.rule((from, middle), (to, middle), &stroke)?;
                    for edge in [from, to] {
                        let half = thick * 0.2;
                        sheet.rule((edge, middle - half), (edge, middle + half), &stroke)?;
                    }
                }
            }
            sheet.text_centred(&self.written(bar), (value_edge, middle), &ink)?;
            if notes > 0.0 {
                sheet.text_centred(&bar.note, (value_edge + gap, middle), &small)?;
            }
        }
        let bottom = top + row * self.bars.len() as f64;
        sheet.rule(
            (zero, top),
            (zero, bottom),
            &Stroke::solid(palette.axis, style.stroke(1.0)),
        )
    }

    fn describe(&self) -> String {
        let parts: Vec<String> = self
            .bars
            .iter()
            .map(|bar| {
                let note = if bar.note.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", bar.note)
                };
                format!("{} {}{note}", bar.label, self.written(bar))
            })
            .collect();
        if parts.is_empty() {
            return format!("{}: nothing to show yet.", self.axis.heading());
        }
        format!("{}: {}.", self.axis.heading(), parts.join(", "))
    }
}

impl Bars {
    fn written(&self, bar: &Bar) -> String {
        if bar.value.is_nan() {
            "–".to_owned()
        } else if bar.value.is_infinite() {
            if bar.value > 0.0 { "∞" } else { "−∞" }.to_owned()
        } else {
            fixed(bar.value, self.decimals)
        }
    }

    /// The ends of the scale: the fixed ones, or those of values and intervals, with 0.
    fn shown(&self) -> (f64, f64) {
        let ends = self.bars.iter().flat_map(|bar| {
            let (low, high) = bar.interval.unwrap_or((bar.value, bar.value));
            [bar.value, low, high]
        });
        let (low, high) = extent(Scale::Linear, ends).unwrap_or((0.0, 1.0));
        let (low, high) = self.axis.range.unwrap_or((low, high));
        if low.min(0.0) == high.max(0.0) {
            (0.0, 1.0)
        } else {
            (low.min(0.0), high.max(0.0))
        }
    }
}
