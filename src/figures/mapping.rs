//! Data to position and back, as pure values.

/// How a quantity is laid along an axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// Equal differences, equal lengths.
    #[default]
    Linear,
    /// Equal ratios, equal lengths. Zero is drawn on the low end of the axis ("below what is shown"); a negative
    /// value has no place and leaves a gap.
    Log10,
}

/// Largest magnitude that is told apart; beyond it differences overflow.
const LARGEST: f64 = 1e300;
/// Smallest positive value on a logarithmic axis.
const SMALLEST: f64 = 1e-300;

/// A two-way mapping between values and positions in CSS pixels along one direction.
///
/// `position = start + (end - start) * (s(value) - s(low)) / (s(high) - s(low))`, with s the identity or log10.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mapping {
    scale: Scale,
    low: f64,
    high: f64,
    start: f64,
    end: f64,
}

impl Mapping {
    /// Maps `range.0` to `positions.0` and `range.1` to `positions.1`. A senseless range is mended as by
    /// [`sensible_range`]; positions that are not finite count as 0.
    pub fn new(scale: Scale, range: (f64, f64), positions: (f64, f64)) -> Self {
        let (low, high) = sensible_range(scale, range);
        let finite = |p: f64| if p.is_finite() { p } else { 0.0 };
        Self {
            scale,
            low,
            high,
            start: finite(positions.0),
            end: finite(positions.1),
        }
    }

    /// The scale.
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// The values at both ends, low first.
    pub fn range(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// Where `value` lies; not clamped to the axis, but never further than a hundred thousand pixels away. NaN for
    /// what has no place: NaN, infinities, and negative values on a logarithmic axis.
    pub fn position_of(&self, value: f64) -> f64 {
        if !value.is_finite() {
            return f64::NAN;
        }
        let share = match self.scale {
            Scale::Linear => {
                let value = value.clamp(-LARGEST, LARGEST);
                (value - self.low) / (self.high - self.low)
            }
            Scale::Log10 if value < 0.0 => return f64::NAN,
            Scale::Log10 if value == 0.0 => 0.0,
            Scale::Log10 => {
                let (low, high) = (self.low.log10(), self.high.log10());
                (value.log10() - low) / (high - low)
            }
        };
        (self.start + share * (self.end - self.start)).clamp(-1e5, 1e5)
    }

    /// The value at `position`; not clamped to the axis. NaN in, NaN out; an axis without length answers its low end.
    pub fn value_at(&self, position: f64) -> f64 {
        if self.end == self.start {
            return if position.is_nan() {
                position
            } else {
                self.low
            };
        }
        let share = (position - self.start) / (self.end - self.start);
        match self.scale {
            Scale::Linear => self.low + share * (self.high - self.low),
            Scale::Log10 => {
                let (low, high) = (self.low.log10(), self.high.log10());
                10f64.powf(low + share * (high - low))
            }
        }
    }
}

/// A range with low < high that the scale can show.
///
/// Ends are swapped if needed; what is not finite becomes (0, 1), on a logarithmic axis (1, 10). A range without
/// length is widened around its value. On a logarithmic axis a low end at or below 0 becomes four decades below the
/// high end.
pub fn sensible_range(scale: Scale, (a, b): (f64, f64)) -> (f64, f64) {
    let fallback = match scale {
        Scale::Linear => (0.0, 1.0),
        Scale::Log10 => (1.0, 10.0),
    };
    if !a.is_finite() || !b.is_finite() {
        return fallback;
    }
    let (low, high) = (a.min(b), a.max(b));
    match scale {
        Scale::Linear => {
            let (low, high) = (low.clamp(-LARGEST, LARGEST), high.clamp(-LARGEST, LARGEST));
            let magnitude = low.abs().max(high.abs());
            // Below this span neighbouring ticks would be the same float.
            if high - low > magnitude * 1e-9 && high - low > 1e-290 {
                return (low, high);
            }
            let half = if magnitude > 1e-280 {
                magnitude * 0.1
            } else {
                0.5
            };
            (low - half, low + half)
        }
        Scale::Log10 => {
            if high <= 0.0 {
                return fallback;
            }
            let high = high.clamp(SMALLEST, LARGEST);
            let low = if low > 0.0 {
                low.max(SMALLEST)
            } else {
                high * 1e-4
            };
            if high / low > 1.0 + 1e-6 {
                (low, high)
            } else {
                (low / 10f64.sqrt(), low * 10f64.sqrt())
            }
        }
    }
}

/// Lowest and highest of the values that `scale` can show, or `None` if there is none.
pub fn extent(scale: Scale, values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    values
        .into_iter()
        .filter(|value| value.is_finite() && (scale == Scale::Linear || *value > 0.0))
        .fold(None, |range, value| match range {
            None => Some((value, value)),
            Some((low, high)) => Some((low.min(value), high.max(value))),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_lie_on_ends() {
        let x = Mapping::new(Scale::Linear, (-2.0, 6.0), (40.0, 440.0));
        assert_eq!(x.position_of(-2.0), 40.0);
        assert_eq!(x.position_of(6.0), 440.0);
        assert_eq!(x.position_of(2.0), 240.0);
        let y = Mapping::new(Scale::Log10, (0.01, 100.0), (300.0, 100.0));
        assert!((y.position_of(1.0) - 200.0).abs() < 1e-9);
        assert!((y.value_at(150.0) - 10.0).abs() < 1e-9);
    }

    #[test]
    fn what_has_no_place_is_nan_and_zero_lies_on_the_floor() {
        let y = Mapping::new(Scale::Log10, (0.01, 100.0), (300.0, 100.0));
        assert_eq!(y.position_of(0.0), 300.0);
        assert!(y.position_of(-1.0).is_nan());
        for scale in [Scale::Linear, Scale::Log10] {
            let mapping = Mapping::new(scale, (1.0, 2.0), (0.0, 1.0));
            for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                assert!(mapping.position_of(value).is_nan());
            }
            assert!(mapping.value_at(f64::NAN).is_nan());
        }
    }

    #[test]
    fn ranges_without_length_are_widened_around_their_value() {
        let (low, high) = sensible_range(Scale::Linear, (5.0, 5.0));
        assert!(low < 5.0 && 5.0 < high);
        let (low, high) = sensible_range(Scale::Linear, (0.0, 0.0));
        assert!(low < 0.0 && 0.0 < high);
        let (low, high) = sensible_range(Scale::Log10, (0.5, 0.5));
        assert!(low < 0.5 && 0.5 < high);
        assert_eq!(sensible_range(Scale::Linear, (3.0, 1.0)), (1.0, 3.0));
        assert_eq!(sensible_range(Scale::Log10, (-1.0, 0.0)), (1.0, 10.0));
        assert_eq!(sensible_range(Scale::Linear, (f64::NAN, 1.0)), (0.0, 1.0));
    }

    #[test]
    fn extent_skips_what_cannot_be_shown() {
        let values = [f64::NAN, 3.0, 0.0, -1.0, f64::INFINITY];
        assert_eq!(extent(Scale::Linear, values), Some((-1.0, 3.0)));
        assert_eq!(extent(Scale::Log10, values), Some((3.0, 3.0)));
        assert_eq!(extent(Scale::Log10, [0.0]), None);
    }
}
