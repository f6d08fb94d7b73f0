//! Where the parts of a thinned network stand, as pure values.

use super::ThinnedNetwork;
use crate::figures::outline::Rect;
use crate::figures::style::Style;

/// Where the parts stand, in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct ThinnedLayout {
    /// The image.
    pub image: Rect,
    /// Middles of the hidden units.
    pub units: Vec<(f64, f64)>,
    /// Their radius.
    pub radius: f64,
    /// Middles of the outputs.
    pub outputs: Vec<(f64, f64)>,
    /// Where the longest probability bar ends.
    pub(super) bars_end: f64,
}

impl ThinnedNetwork {
    /// Lays the figure out on `width` x `height` CSS pixels.
    pub fn layout(&self, width: f64, height: f64, style: &Style) -> ThinnedLayout {
        let top = style.px(22.0);
        let (edge, field) = (style.px(2.0), height - top);
        let side = (0.26 * width)
            .min(style.px(150.0))
            .min(field - 2.0 * edge)
            .max(1.0);
        let middle = top + field / 2.0;
        let column = |count: usize| -> (f64, Vec<f64>) {
            let row = (field - 2.0 * edge) / count.max(1) as f64;
            let first = top + edge + row / 2.0;
            (
                row,
                (0..count).map(|place| first + row * place as f64).collect(),
            )
        };
        let (row, heights) = column(self.units.len());
        let (_, output_heights) = column(self.outputs.len());
        let bars = (0.16 * width).clamp(style.px(24.0), style.px(110.0));
        let bars_end = width - edge;
        ThinnedLayout {
            image: Rect::new(edge, middle - side / 2.0, edge + side, middle + side / 2.0),
            units: heights.into_iter().map(|y| (0.52 * width, y)).collect(),
            radius: (0.42 * row).min(style.px(17.0)),
            outputs: output_heights
                .into_iter()
                .map(|y| (bars_end - bars - style.px(18.0), y))
                .collect(),
            bars_end,
        }
    }
}
