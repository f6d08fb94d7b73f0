//! A few named bars with their values: class probabilities, errors of several runs.
//!
//! Bars lie level, so that names and values are set in columns and fit at any width. Bars grow from 0 to either side.

use super::axes::Axis;
use super::mapping::{Mapping, Scale, extent};
use super::numerals::fixed;
use super::outline::Rect;
use super::palette::Role;
use super::sheet::{CAP_HEIGHT, Lettering, Sheet, Side, Stroke};
use super::style::Style;
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

/// Where the parts of the figure stand, in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct BarsLayout {
    /// The area of the bars: rows from top to bottom.
    pub field: Rect,
    /// Values along the bars: `length.value_at(pointer)` is the value under a pointer.
    pub length: Mapping,
    /// Height of a row.
    pub row: f64,
    /// Right edge of the names.
    names: f64,
    /// Right edge of the values.
    value_edge: f64,
    /// Left edge of the notes; none where there is no room for them.
    notes: Option<f64>,
}

impl BarsLayout {
    /// The row at a height, the nearest one outside of the field; none without rows.
    pub fn row_at(&self, y: f64) -> Option<usize> {
        let rows = (self.field.height() / self.row).round() as usize;
        let row = ((y - self.field.top) / self.row).max(0.0) as usize;
        Some(row.min(rows.checked_sub(1)?))
    }
}

impl Bars {
    /// Lays the bars out on `width` x `height` CSS pixels.
    pub fn layout(&self, width: f64, height: f64, style: &Style) -> BarsLayout {
        let (label_size, small_size) = (style.label_size(), style.tick_size());
        let top = if self.axis.title.is_empty() {
            style.px(2.0)
        } else {
            style.px(3.0) + label_size * CAP_HEIGHT + style.px(8.0)
        };
        // Bold is about a tenth wider than the estimate for the regular weight.
        let width_of = |text: &str, size: f64| style.text_width(text, size) * 1.1;
        let widest = |text: &dyn Fn(&Bar) -> String, size: f64| {
            self.bars
                .iter()
                .map(|bar| width_of(&text(bar), size))
                .fold(0.0, f64::max)
        };
        let names = widest(&|bar| bar.label.clone(), label_size).min(width * 0.35);
        let values = widest(&|bar| self.written(bar), label_size);
        let gap = style.px(8.0);
        let mut notes = widest(&|bar| bar.note.clone(), small_size);
        let taken = names + values + 3.0 * gap;
        // Notes give way before the bars do.
        if notes > 0.0 && width - taken - notes - gap < width * 0.25 {
            notes = 0.0;
        }
        let note_room = if notes > 0.0 { notes + gap } else { 0.0 };
        let left = names + gap;
        let right = (width - values - note_room - gap - style.px(2.0)).max(left + 1.0);
        let value_edge = right + gap + values;
        let row = (height - top - style.px(2.0)) / self.bars.len().max(1) as f64;
        let row = row.clamp(1.0, style.px(34.0));
        BarsLayout {
            field: Rect::new(left, top, right, top + row * self.bars.len() as f64),
            length: Mapping::new(Scale::Linear, self.shown(), (left, right)),
            row,
            names,
            value_edge,
            notes: (notes > 0.0).then_some(value_edge + gap),
        }
    }
}

impl Figure for Bars {
    fn draw(&self, sheet: &Sheet<'_>) -> Drawn {
        let (style, palette) = (sheet.style(), sheet.palette());
        let (label, small) = (sheet.label(), sheet.small_label());
        if !self.axis.title.is_empty() {
            let heading = style.fit_text(&self.axis.heading(), label.size, sheet.width());
            sheet.text(
                &heading,
                (style.px(1.0), style.px(3.0) + label.size * CAP_HEIGHT),
                &label,
            )?;
        }
        let layout = self.layout(sheet.width(), sheet.height(), style);
        let BarsLayout {
            field, length, row, ..
        } = &layout;
        let (left, right) = (field.left, field.right);
        let zero = length.position_of(0.0).clamp(left, right);
        let thick = (row * 0.62).min(style.px(20.0));
        for (index, bar) in self.bars.iter().enumerate() {
            let middle = field.top + (index as f64 + 0.5) * row;
            let ink = Lettering {
                bold: bar.strong,
                side: Side::Right,
                ..label
            };
            let name = style.fit_text(&bar.label, label.size, layout.names);
            sheet.text_centred(&name, (layout.names, middle), &ink)?;
            let end = length.position_of(bar.value);
            if !end.is_nan() {
                let end = end.clamp(left, right);
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
            sheet.text_centred(&self.written(bar), (layout.value_edge, middle), &ink)?;
            if let Some(notes) = layout.notes {
                sheet.text_centred(&bar.note, (notes, middle), &small)?;
            }
        }
        sheet.rule(
            (zero, field.top),
            (zero, field.bottom),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_finds_the_bar_and_the_value_under_it() {
        let figure = Bars {
            axis: Axis::linear("logits").range(-10.0, 10.0),
            decimals: 1,
            bars: (0..10)
                .map(|class| Bar::new(class.to_string(), 1.0, Role::RunA))
                .collect(),
        };
        let layout = figure.layout(300.0, 320.0, &Style::default());
        let middle = |row: usize| layout.field.top + (row as f64 + 0.5) * layout.row;
        for row in 0..10 {
            assert_eq!(layout.row_at(middle(row)), Some(row));
        }
        assert_eq!(layout.row_at(-50.0), Some(0));
        assert_eq!(layout.row_at(900.0), Some(9));
        assert_eq!(layout.length.value_at(layout.field.right), 10.0);
        assert_eq!(
            Bars::default()
                .layout(300.0, 320.0, &Style::default())
                .row_at(10.0),
            None
        );
    }
}
