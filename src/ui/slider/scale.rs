//! How positions of a slider become values: equal steps, equal ratios, whole numbers.

use crate::ui::number;

/// The values a slider can take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Smallest value.
    pub least: f64,
    /// Largest value.
    pub most: f64,
    /// How positions become values.
    pub kind: ScaleKind,
}

/// How positions of the thumb become values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ScaleKind {
    /// Equal steps of this size.
    Linear(f64),
    /// Equal ratios, this many positions a decade; values are rounded to two significant digits. A `least` of 0 stands
    /// left of the first decade, which begins at `from`.
    Logarithmic {
        /// Positions a decade.
        per_decade: u32,
        /// Smallest value above 0.
        from: f64,
    },
    /// Whole numbers at equal ratios, rounded to two significant digits.
    WholeLogarithmic {
        /// Positions a decade.
        per_decade: u32,
    },
}

impl Scale {
    /// Equal steps.
    pub fn linear(least: f64, most: f64, step: f64) -> Self {
        Self {
            least,
            most,
            kind: ScaleKind::Linear(step),
        }
    }

    /// Equal ratios from `least` > 0.
    pub fn logarithmic(least: f64, most: f64, per_decade: u32) -> Self {
        Self {
            least,
            most,
            kind: ScaleKind::Logarithmic {
                per_decade,
                from: least,
            },
        }
    }

    /// 0, then equal ratios from `from`.
    pub fn logarithmic_with_zero(from: f64, most: f64, per_decade: u32) -> Self {
        Self {
            least: 0.0,
            most,
            kind: ScaleKind::Logarithmic { per_decade, from },
        }
    }

    /// Whole numbers at equal ratios.
    pub fn whole_logarithmic(least: f64, most: f64, per_decade: u32) -> Self {
        Self {
            least,
            most,
            kind: ScaleKind::WholeLogarithmic { per_decade },
        }
    }

    /// Number of the last position; the first is 0.
    pub fn last_position(&self) -> u32 {
        match self.kind {
            ScaleKind::Linear(step) => ((self.most - self.least) / step).round() as u32,
            ScaleKind::Logarithmic { per_decade, from } => {
                let zero = u32::from(self.least < from);
                ((self.most / from).log10() * f64::from(per_decade)).round() as u32 + zero
            }
            ScaleKind::WholeLogarithmic { per_decade } => {
                ((self.most / self.least).log10() * f64::from(per_decade)).round() as u32
            }
        }
    }

    /// Value at a position.
    pub fn value_at(&self, position: u32) -> f64 {
        // The last position is the end of the scale, wherever equal ratios would have put it.
        if position >= self.last_position() {
            return self.most;
        }
        let value = match self.kind {
            // Dividing keeps 0.3 = 3 / 10 exact where 3 x 0.1 is not.
            ScaleKind::Linear(step) => self.least + round_to(f64::from(position) * step, 9),
            ScaleKind::Logarithmic { per_decade, from } => {
                let zero = u32::from(self.least < from);
                if position < zero {
                    return self.least;
                }
                two_digits(from * 10_f64.powf(f64::from(position - zero) / f64::from(per_decade)))
            }
            ScaleKind::WholeLogarithmic { per_decade } => {
                two_digits(self.least * 10_f64.powf(f64::from(position) / f64::from(per_decade)))
                    .round()
            }
        };
        round_to(value, 9).clamp(self.least, self.most)
    }

    /// Position whose value is nearest.
    pub fn position_of(&self, value: f64) -> u32 {
        let position = match self.kind {
            ScaleKind::Linear(step) => ((value - self.least) / step).round(),
            ScaleKind::Logarithmic { per_decade, from } => {
                let zero = f64::from(u8::from(self.least < from));
                if value < from {
                    return 0;
                }
                (value / from).log10() * f64::from(per_decade) + zero
            }
            ScaleKind::WholeLogarithmic { per_decade } => {
                (value / self.least).log10() * f64::from(per_decade)
            }
        };
        (position.round().max(0.0) as u32).min(self.last_position())
    }

    /// The value after moving by some positions: at least one step that is visible, where rounding joined positions.
    pub fn moved(&self, value: f64, by: i32) -> f64 {
        let mut position = self.position_of(value) as i32 + by;
        let last = self.last_position() as i32;
        while (0..=last).contains(&position) && self.value_at(position as u32) == value {
            position += by.signum();
        }
        self.value_at(position.clamp(0, last) as u32)
    }
}

fn two_digits(value: f64) -> f64 {
    number::significant(value, 2).parse().unwrap_or(value)
}

/// `value` rounded to `decimals` decimals: what a person would have typed.
pub fn round_to(value: f64, decimals: i32) -> f64 {
    let unit = 10_f64.powi(decimals);
    (value * unit).round() / unit
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn scales_have_round_values() {
        let rate = Scale::logarithmic(0.001, 10.0, 20);
        assert_eq!(rate.value_at(0), 0.001);
        assert_eq!(rate.value_at(20), 0.01);
        assert_eq!(rate.value_at(rate.last_position()), 10.0);
        assert_eq!(rate.value_at(rate.position_of(0.05)), 0.05);
        let share = Scale::linear(0.0, 0.9, 0.05);
        assert_eq!(share.value_at(6), 0.3);
        let penalty = Scale::logarithmic_with_zero(1e-5, 0.1, 10);
        assert_eq!(penalty.value_at(0), 0.0);
        assert_eq!(penalty.value_at(1), 1e-5);
        assert_eq!(penalty.position_of(0.0), 0);
        let epochs = Scale::whole_logarithmic(1.0, 1000.0, 20);
        assert_eq!(epochs.value_at(epochs.position_of(100.0)), 100.0);
        let images = Scale::whole_logarithmic(10.0, 4000.0, 20);
        assert_eq!(images.value_at(images.last_position()), 4000.0);
    }

    #[test]
    fn every_key_press_is_seen() {
        let epochs = Scale::whole_logarithmic(1.0, 1000.0, 20);
        assert_eq!(epochs.moved(1.0, 1), 2.0);
        assert_eq!(epochs.moved(2.0, -1), 1.0);
        assert_eq!(epochs.moved(1.0, -1), 1.0);
        assert_eq!(epochs.moved(1000.0, 10), 1000.0);
    }

    proptest! {
        #[test]
        fn a_position_is_the_position_of_its_value(position in 0_u32..=80) {
            let rate = Scale::logarithmic(0.001, 10.0, 20);
            prop_assert_eq!(rate.value_at(rate.position_of(rate.value_at(position))), rate.value_at(position));
        }

        #[test]
        fn values_stay_in_range(value in proptest::num::f64::ANY) {
            let scale = Scale::logarithmic_with_zero(1e-5, 0.1, 10);
            let back = scale.value_at(scale.position_of(value));
            prop_assert!((0.0..=0.1).contains(&back));
        }
    }
}
