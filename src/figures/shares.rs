//! A whole divided into shares, one row for each whole: what several predictions say about their classes. The borders
//! between shares can be taken hold of.

use super::mapping::{Mapping, Scale};
use super::numerals::{fixed, number};
use super::outline::Rect;
use super::palette::Role;
use super::sheet::{CAP_HEIGHT, Lettering, Sheet, Side, Stroke};
use super::style::Style;
use super::{Drawn, Figure};

/// One whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name, at the left.
    pub label: String,
    /// Its shares, from left to right; they add up to 1.
    pub shares: Vec<f64>,
    /// A few words at the right.
    pub note: String,
    /// Whether the note is a warning, set in the colour of run B.
    pub alarming: bool,
    /// Whether name and note are set bold.
    pub strong: bool,
}

/// The figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shares {
    /// What the shares are, above them.
    pub title: String,
    /// Name of each share, the same in all rows, for the description.
    pub names: Vec<String>,
    /// What the notes are, above them.
    pub notes: String,
    /// From top to bottom.
    pub rows: Vec<Row>,
}

/// Where the parts of the figure stand, in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct SharesLayout {
    /// The area of the bars.
    pub field: Rect,
    /// Height of a row.
    pub row: f64,
    /// Shares along the bars, 0 to 1.
    pub length: Mapping,
    /// Left edge of the notes.
    notes: f64,
}

impl SharesLayout {
    /// The row at a height, the nearest one outside of the field; none without rows.
    pub fn row_at(&self, y: f64) -> Option<usize> {
        let rows = (self.field.height() / self.row).round() as usize;
        let row = ((y - self.field.top) / self.row).max(0.0) as usize;
        Some(row.min(rows.checked_sub(1)?))
    }

    /// The share of the bar's length left of a pointer, in `[0, 1]`.
    pub fn share_at(&self, x: f64) -> f64 {
        self.length.value_at(x).clamp(0.0, 1.0)
    }
}

impl Shares {
    /// Height for a width: rows that a finger can take hold of.
    pub fn height(rows: usize) -> f64 {
        30.0 + 40.0 * rows as f64
    }

    /// Lays the rows out on `width` x `height` CSS pixels.
    pub fn layout(&self, width: f64, height: f64, style: &Style) -> SharesLayout {
        let size = style.label_size();
        // Bold is about a tenth wider than the estimate for the regular weight.
        let widest = |text: &dyn Fn(&Row) -> &str| {
            let widths = self
                .rows
                .iter()
                .map(|row| style.text_width(text(row), size) * 1.1);
            widths.fold(0.0, f64::max)
        };
        let gap = style.px(10.0);
        let names = widest(&|row| &row.label);
        let notes = widest(&|row| &row.note).max(style.text_width(&self.notes, size));
        let left = names + gap;
        let right = (width - notes - gap - style.px(1.0)).max(left + 1.0);
        let top = style.px(3.0) + size * CAP_HEIGHT + style.px(8.0);
        let row = (height - top - style.px(2.0)) / self.rows.len().max(1) as f64;
        let row = row.clamp(1.0, style.px(44.0));
        SharesLayout {
            field: Rect::new(left, top, right, top + row * self.rows.len() as f64),
            row,
            length: Mapping::new(Scale::Linear, (0.0, 1.0), (left, right)),
            notes: right + gap,
        }
    }

    /// The border of row `row` nearest to a share of the bar's length: 0 lies behind the first share.
    pub fn border_near(&self, row: usize, share: f64) -> Option<usize> {
        let row = self.rows.get(row)?;
        let mut end = 0.0;
        let borders = row.shares.iter().map(|part| {
            end += part;
            end
        });
        let inner = borders.take(row.shares.len().saturating_sub(1)).enumerate();
        // Of two in one place the one that a pull to this side can move.
        inner
            .min_by(|a, b| {
                let far = |border: f64| (border - share).abs();
                far(a.1).total_cmp(&far(b.1)).then_with(|| {
                    if share > a.1 {
                        b.0.cmp(&a.0)
                    } else {
                        a.0.cmp(&b.0)
                    }
                })
            })
            .map(|(border, _)| border)
    }
}

impl Figure for Shares {
    fn draw(&self, sheet: &Sheet<'_>) -> Drawn {
        let (style, palette) = (sheet.style(), sheet.palette());
        let label = sheet.label();
        let layout = self.layout(sheet.width(), sheet.height(), style);
        let SharesLayout { field, row, .. } = &layout;
        let heading = style.px(3.0) + label.size * CAP_HEIGHT;
        let title = style.fit_text(&self.title, label.size, field.width());
        sheet.text(&title, (field.left, heading), &label)?;
        sheet.text(&self.notes, (layout.notes, heading), &label)?;
        let half = (row * 0.36).min(style.px(15.0));
        for (index, whole) in self.rows.iter().enumerate() {
            let middle = field.top + (index as f64 + 0.5) * row;
            let ink = Lettering {
                bold: whole.strong,
                ..label
            };
            let name = Lettering {
                side: Side::Right,
                ..ink
            };
            sheet.text_centred(&whole.label, (field.left - style.px(10.0), middle), &name)?;
            let mut start = 0.0;
            for (part, &share) in whole.shares.iter().enumerate() {
                let (from, to) = (
                    layout.length.position_of(start),
                    layout.length.position_of(start + share),
                );
                start += share;
                let body = Rect::new(from, middle - half, to, middle + half);
                // The first share is what counts; the others step back, each lighter than the one before.
                let (tint, tone) = match part {
                    0 => (palette.mark(Role::RunA).at(1.0), palette.paper),
                    _ => (palette.quiet_ink.at(0.42 / part as f64), palette.ink),
                };
                sheet.fill_rect(body, tint)?;
                let written = fixed(share, 2);
                if style.text_width(&written, style.tick_size()) + style.px(10.0) < to - from {
                    let lettering = Lettering {
                        side: Side::Middle,
                        tint: tone.into(),
                        ..sheet.small_label()
                    };
                    sheet.text_centred(&written, ((from + to) / 2.0, middle), &lettering)?;
                }
            }
            let mut border = 0.0;
            for share in whole
                .shares
                .iter()
                .take(whole.shares.len().saturating_sub(1))
            {
                border += share;
                let x = layout.length.position_of(border);
                let reach = half + style.px(3.0);
                let stroke = Stroke::solid(palette.ink, style.stroke(2.5));
                sheet.rule((x, middle - reach), (x, middle + reach), &stroke)?;
            }
            let note = Lettering {
                tint: if whole.alarming {
                    palette.text(Role::RunB).into()
                } else {
                    ink.tint
                },
                ..ink
            };
            sheet.text_centred(&whole.note, (layout.notes, middle), &note)?;
        }
        Ok(())
    }

    fn describe(&self) -> String {
        if self.rows.is_empty() {
            return format!("{}: nothing to show yet.", self.title);
        }
        let rows = self.rows.iter().map(|row| {
            let shares = row.shares.iter().zip(&self.names);
            let shares: Vec<String> = shares
                .map(|(share, name)| format!("{name} {}", number(*share, 3)))
                .collect();
            format!("{}: {}; {}", row.label, shares.join(", "), row.note)
        });
        format!("{}. {}.", self.title, rows.collect::<Vec<_>>().join(". "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure() -> Shares {
        let row = |shares: [f64; 3]| Row {
            label: "1".to_owned(),
            shares: shares.to_vec(),
            note: "0.22".to_owned(),
            alarming: false,
            strong: false,
        };
        Shares {
            rows: vec![
                row([0.8, 0.1, 0.1]),
                row([0.2, 0.8, 0.0]),
                row([1.0, 0.0, 0.0]),
            ],
            ..Shares::default()
        }
    }

    #[test]
    fn a_pointer_finds_row_share_and_border() {
        let figure = figure();
        let layout = figure.layout(400.0, 150.0, &Style::default());
        for row in 0..3 {
            let middle = layout.field.top + (row as f64 + 0.5) * layout.row;
            assert_eq!(layout.row_at(middle), Some(row));
        }
        assert_eq!(layout.share_at(layout.field.left - 5.0), 0.0);
        assert_eq!(layout.share_at(layout.field.right), 1.0);
        assert_eq!(figure.border_near(0, 0.7), Some(0));
        assert_eq!(figure.border_near(0, 0.89), Some(1));
        // Both borders lie at the right end: a pull to the left takes the first.
        assert_eq!(figure.border_near(2, 0.9), Some(0));
        assert_eq!(figure.border_near(9, 0.5), None);
    }
}
