//! One hidden unit: what it says, and how it looks.

use super::ThinnedNetwork;
use crate::figures::Drawn;
use crate::figures::numerals::fixed;
use crate::figures::outline::Rect;
use crate::figures::palette::Role;
use crate::figures::sheet::{Lettering, Sheet, Side, Stroke};

/// One hidden unit for one image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HiddenUnit {
    /// Its activation a before the mask.
    pub activation: f64,
    /// The mask's factor: 0, or 1 / (1 - p).
    pub factor: f64,
}

impl HiddenUnit {
    /// What the next layer hears.
    pub fn heard(&self) -> f64 {
        self.activation * self.factor
    }
}

impl ThinnedNetwork {
    pub(super) fn draw_unit(
        &self,
        unit: &HiddenUnit,
        index: usize,
        at: (f64, f64),
        radius: f64,
        sheet: &Sheet<'_>,
    ) -> Drawn {
        let (style, palette) = (sheet.style(), sheet.palette());
        let silenced = unit.factor == 0.0;
        let ring: Vec<(f64, f64)> = (0..=48)
            .map(|corner| {
                let turn = f64::from(corner) * std::f64::consts::TAU / 48.0;
                (at.0 + radius * turn.cos(), at.1 + radius * turn.sin())
            })
            .collect();
        sheet.disc(at, radius, palette.paper)?;
        let most = self
            .units
            .iter()
            .map(HiddenUnit::heard)
            .fold(1e-9, f64::max);
        let ground = palette
            .paper
            .towards(palette.ink, 0.75 * unit.heard() / most);
        if !silenced {
            sheet.disc(at, radius, ground)?;
        }
        let line = Stroke::solid(
            if silenced { palette.axis } else { palette.ink },
            style.stroke(1.2),
        );
        let line = if silenced {
            line.dashed(&[style.px(3.0), style.px(3.0)])
        } else {
            line
        };
        sheet.polyline(&ring, &line)?;
        if self.chosen == Some(index) {
            let reach = radius + style.px(3.5);
            let corners = Rect::new(at.0 - reach, at.1 - reach, at.0 + reach, at.1 + reach);
            sheet.outline_rect(
                corners,
                &Stroke::solid(palette.mark(Role::RunB), style.stroke(1.6)),
            )?;
        }
        let size = (0.95 * radius).min(style.tick_size());
        if size < style.px(7.0) {
            return Ok(());
        }
        let lettering = Lettering {
            size,
            // Whichever of the two is easier to read there.
            tint: if ground.contrast(palette.ink) >= ground.contrast(palette.paper) {
                palette.ink.into()
            } else {
                palette.paper.into()
            },
            side: Side::Middle,
            bold: false,
        };
        let text = if silenced {
            "\u{d7}".to_owned()
        } else {
            fixed(unit.heard(), 1)
        };
        sheet.text_centred(&text, at, &lettering)
    }
}
