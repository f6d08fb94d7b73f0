//! What an axis measures, and the range that it shows.

use super::mapping::{Scale, sensible_range};

/// What one axis measures, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// Name of the quantity.
    pub title: String,
    /// Unit, empty for a pure number.
    pub unit: String,
    /// Linear or logarithmic.
    pub scale: Scale,
    /// Fixed ends; without them the data decide.
    pub range: Option<(f64, f64)>,
    /// Whether grid lines cross the plot at its ticks.
    pub grid: bool,
    /// Whether the quantity counts (epochs, images): ticks at whole numbers only.
    pub whole: bool,
    /// Whether a linear axis without fixed ends begins at 0.
    pub from_zero: bool,
}

impl Axis {
    /// A linear axis named `title`.
    pub fn linear(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// A logarithmic axis named `title`.
    pub fn log(title: impl Into<String>) -> Self {
        Self {
            scale: Scale::Log10,
            ..Self::linear(title)
        }
    }

    /// With a unit.
    pub fn unit(self, unit: impl Into<String>) -> Self {
        Self {
            unit: unit.into(),
            ..self
        }
    }

    /// With fixed ends.
    pub fn range(self, low: f64, high: f64) -> Self {
        Self {
            range: Some((low, high)),
            ..self
        }
    }

    /// With grid lines.
    pub fn grid(self) -> Self {
        Self { grid: true, ..self }
    }

    /// With ticks at whole numbers only.
    pub fn whole(self) -> Self {
        Self {
            whole: true,
            ..self
        }
    }

    /// Beginning at 0.
    pub fn from_zero(self) -> Self {
        Self {
            from_zero: true,
            ..self
        }
    }

    /// Name and unit: "error (%)".
    pub fn heading(&self) -> String {
        if self.unit.is_empty() {
            self.title.clone()
        } else {
            format!("{} ({})", self.title, self.unit)
        }
    }

    /// The ends that are shown: the fixed ones, else those of `data` with the share `margin` of their span added on
    /// both sides (not below a wanted zero).
    pub fn shown(&self, data: Option<(f64, f64)>, margin: f64) -> (f64, f64) {
        if let Some(range) = self.range {
            return sensible_range(self.scale, range);
        }
        let Some(mut data) = data else {
            return sensible_range(self.scale, (f64::NAN, f64::NAN));
        };
        if self.whole && self.scale == Scale::Linear && data.1 - data.0 < 1.0 {
            // A single count: its neighbours give it a place.
            data = (data.0.floor() - 1.0, data.1.ceil() + 1.0);
        }
        match self.scale {
            Scale::Linear if self.from_zero && data.0 >= 0.0 => {
                let high = if data.1 > 0.0 { data.1 } else { 1.0 };
                sensible_range(self.scale, (0.0, high + margin * high))
            }
            Scale::Linear => {
                let (low, high) = sensible_range(self.scale, data);
                let more = margin * (high - low);
                sensible_range(self.scale, (low - more, high + more))
            }
            Scale::Log10 => {
                let (low, high) = sensible_range(self.scale, data);
                let more = (high / low).powf(margin);
                sensible_range(self.scale, (low / more, high * more))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_ranges_follow_the_data() {
        let axis = Axis::linear("loss");
        assert_eq!(axis.shown(None, 0.05), (0.0, 1.0));
        assert_eq!(axis.shown(Some((1.0, 3.0)), 0.05), (0.9, 3.1));
        assert_eq!(
            axis.clone().from_zero().shown(Some((1.0, 2.0)), 0.0),
            (0.0, 2.0)
        );
        assert_eq!(
            axis.range(5.0, 2.0).shown(Some((1.0, 3.0)), 0.05),
            (2.0, 5.0)
        );
    }
}
