//! How large and how thick: type sizes, line widths and the estimate of a text's width.

use std::borrow::Cow;

use super::palette::{Palette, Theme};

/// The look of a figure, apart from its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// Which paper.
    pub theme: Theme,
    /// Size of type, lines and gaps: 1.0 in the page, about 1.6 in a lecture.
    pub scale: f64,
    /// CSS font list, first to last choice. The page puts its own family in front.
    pub font_family: Cow<'static, str>,
    /// Width of the first family relative to Helvetica; about 1.08 for Inter, 0.95 for Source Sans. Too large a value
    /// only leaves more room.
    pub font_width: f64,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            theme: Theme::Light,
            scale: 1.0,
            font_family: Cow::Borrowed(
                "Inter, Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif",
            ),
            font_width: 1.08,
        }
    }
}

impl Style {
    /// The default look in `theme`.
    pub fn themed(theme: Theme) -> Self {
        Self {
            theme,
            ..Self::default()
        }
    }

    /// The colours of the theme.
    pub fn palette(&self) -> &'static Palette {
        Palette::of(self.theme)
    }

    /// CSS pixels for a length of `pixels` at scale 1. A scale that is not a positive number counts as 1; the
    /// projector theme adds an eighth.
    pub fn px(&self, pixels: f64) -> f64 {
        let scale = if self.scale.is_finite() && self.scale > 0.0 {
            self.scale.clamp(0.25, 8.0)
        } else {
            1.0
        };
        let theme = if self.theme == Theme::Projector {
            1.125
        } else {
            1.0
        };
        pixels * scale * theme
    }

    /// Width of a stroke of `pixels` at scale 1; on a projector thin lines drown, so they grow by 1.4.
    pub fn stroke(&self, pixels: f64) -> f64 {
        let theme = if self.theme == Theme::Projector {
            1.25
        } else {
            1.0
        };
        self.px(pixels) * theme
    }

    /// Font size of labels and axis titles.
    pub fn label_size(&self) -> f64 {
        self.px(12.5)
    }

    /// Font size of tick labels.
    pub fn tick_size(&self) -> f64 {
        self.px(11.5)
    }

    /// Estimated width in CSS pixels of `text` set in `size`: Helvetica's widths by class of character, times
    /// [`Style::font_width`]. The same on every machine, which a browser's own measure is not.
    pub fn text_width(&self, text: &str, size: f64) -> f64 {
        text.chars().map(advance).sum::<f64>() * size * self.font_width
    }

    /// `text` cut at the end with "…" so that it is at most `room` wide; empty if not even one letter fits.
    pub fn fit_text(&self, text: &str, size: f64, room: f64) -> String {
        if self.text_width(text, size) <= room {
            return text.to_owned();
        }
        let mut kept: Vec<char> = text.chars().collect();
        while kept.pop().is_some() {
            let candidate: String = kept.iter().collect::<String>().trim_end().to_owned() + "…";
            if !kept.is_empty() && self.text_width(&candidate, size) <= room {
                return candidate;
            }
        }
        String::new()
    }

    /// `text` broken at spaces, but not at no-break spaces, into lines of at most `room`; a longer word stands alone.
    pub fn wrap_text(&self, text: &str, size: f64, room: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let breaks = |character: char| character.is_whitespace() && character != '\u{a0}';
        for word in text.split(breaks).filter(|word| !word.is_empty()) {
            match lines.last_mut() {
                Some(line) if self.text_width(&format!("{line} {word}"), size) <= room => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }
}

/// Advance width in em of one character, by class.
fn advance(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | '\'' | '|' => 0.23,
        ' ' | '\u{a0}' | 'f' | 't' | 'I' | '.' | ',' | ':' | ';' | '/' | '!' | '·' => 0.28,
        'r' | '-' | '(' | ')' | '[' | ']' | '"' => 0.34,
        '⁰'..='⁹' | '²' | '³' | '¹' | '⁻' | '₀'..='₉' => 0.36,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 0.50,
        '+' | '=' | '<' | '>' | '−' | '×' | '~' | '≤' | '≥' | '≈' => 0.60,
        'F' | 'T' | 'Z' | 'L' => 0.61,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' => 0.67,
        'C' | 'D' | 'H' | 'N' | 'R' | 'U' | 'w' => 0.72,
        'G' | 'O' | 'Q' => 0.78,
        'm' | 'M' => 0.84,
        '%' | 'W' | '@' => 0.94,
        '…' | '—' | '→' | '←' | '↑' | '↓' => 1.0,
        _ if character.is_ascii() => 0.56,
        _ if (character as u32) < 0x2E80 => 0.62,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_grows_with_text_and_size() {
        let style = Style::default();
        assert_eq!(style.text_width("", 12.0), 0.0);
        assert!(style.text_width("mm", 12.0) > style.text_width("ii", 12.0));
        assert!(style.text_width("loss", 24.0) > style.text_width("loss", 12.0));
    }

    #[test]
    fn fitted_text_fits() {
        let style = Style::default();
        let text = "dropout 0.5, test";
        for room in [0.0, 5.0, 20.0, 60.0, 90.0, 500.0] {
            let fitted = style.fit_text(text, 12.0, room);
            assert!(style.text_width(&fitted, 12.0) <= room, "{fitted}");
        }
        assert_eq!(style.fit_text(text, 12.0, 500.0), text);
    }

    #[test]
    fn wrapping_loses_no_word() {
        let style = Style::default();
        let text = "Press Run: both networks train on the same mini-batches";
        let lines = style.wrap_text(text, 12.0, 110.0);
        assert!(lines.len() > 1);
        assert_eq!(lines.join(" "), text);
        assert_eq!(
            style.wrap_text("stride\u{a0}1", 12.0, 1.0),
            ["stride\u{a0}1"]
        );
    }

    #[test]
    fn a_senseless_scale_counts_as_one() {
        for scale in [f64::NAN, -1.0, 0.0, f64::INFINITY] {
            let style = Style {
                scale,
                ..Style::default()
            };
            assert_eq!(style.px(10.0), 10.0);
        }
    }
}
