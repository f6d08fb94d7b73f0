//! Dropout (Srivastava et al. 2014), inverted: while learning, each feature is kept with probability 1 - p and then
//! multiplied by 1 / (1 - p), else set to 0. The expected value is kept, so predicting needs no correction.

use super::layer::{Mode, Scratch, grow};
use super::random::Rng;
use rand::Rng as _;
use std::fmt;

/// Which of a network's dropout layers a setting speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DropoutKind {
    /// On the input image.
    Input,
    /// On hidden features.
    Hidden,
}

/// Dropout layer: silences each feature of each example on its own with probability p while learning.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dropout {
    kind: DropoutKind,
    probability: f32,
}

impl Dropout {
    /// Drops with `probability` p.
    ///
    /// # Panics
    /// If p is not in [0, 1[.
    pub fn new(kind: DropoutKind, probability: f32) -> Self {
        assert!(
            (0.0..1.0).contains(&probability),
            "dropout probability {probability} is not in [0, 1["
        );
        Self { kind, probability }
    }

    /// Input or hidden.
    pub fn kind(&self) -> DropoutKind {
        self.kind
    }

    /// The probability p that a feature is dropped.
    pub fn probability(&self) -> f32 {
        self.probability
    }

    /// The same layer with another p.
    pub fn with_probability(&self, probability: f32) -> Self {
        Self::new(self.kind, probability)
    }

    /// Draws the factor of each feature: 0 with probability p, else 1 / (1 - p). With p = 0 nothing is drawn.
    pub fn draw(&self, rng: &mut Rng, mask: &mut [f32]) {
        if self.probability > 0.0 {
            draw_mask(self.probability, rng, mask);
        } else {
            mask.fill(1.0);
        }
    }

    pub(crate) fn forward(
        &self,
        input: &[f32],
        output: &mut [f32],
        scratch: &mut Scratch,
        mode: &mut Mode,
    ) {
        grow(&mut scratch.mask, input.len());
        let mask = &mut scratch.mask[..input.len()];
        match mode {
            Mode::Learning(rng) if self.probability > 0.0 => {
                self.draw(rng, mask);
                for ((output, &input), &factor) in output.iter_mut().zip(input).zip(&*mask) {
                    *output = input * factor;
                }
            }
            _ => {
                mask.fill(1.0);
                output.copy_from_slice(input);
            }
        }
    }

    pub(crate) fn backward(output_gradient: &[f32], input_gradient: &mut [f32], scratch: &Scratch) {
        for ((input, &output), &factor) in input_gradient
            .iter_mut()
            .zip(output_gradient)
            .zip(&scratch.mask)
        {
            *input = output * factor;
        }
    }
}

/// Each factor is 0 with probability p, else 1 / (1 - p). One draw of 64 bits decides two features: a feature is
/// dropped if its 32 bits, read as an integer, are below p 2^32.
fn draw_mask(probability: f32, rng: &mut Rng, mask: &mut [f32]) {
    let threshold = (f64::from(probability) * 4_294_967_296.0) as u32;
    let kept = 1.0 / (1.0 - probability);
    let factor = |bits: u32| if bits < threshold { 0.0 } else { kept };
    let mut pairs = mask.chunks_exact_mut(2);
    for pair in &mut pairs {
        let bits = rng.next_u64();
        pair[0] = factor(bits as u32);
        pair[1] = factor((bits >> 32) as u32);
    }
    for last in pairs.into_remainder() {
        *last = factor(rng.next_u64() as u32);
    }
}

impl fmt::Display for Dropout {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            DropoutKind::Input => write!(formatter, "Dropout(p = {}, input)", self.probability),
            DropoutKind::Hidden => write!(formatter, "Dropout(p = {})", self.probability),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Dropout, DropoutKind, draw_mask};
    use crate::engine::random::Stream;

    #[test]
    fn describes_itself() {
        assert_eq!(
            Dropout::new(DropoutKind::Hidden, 0.5).to_string(),
            "Dropout(p = 0.5)"
        );
        assert_eq!(
            Dropout::new(DropoutKind::Input, 0.2).to_string(),
            "Dropout(p = 0.2, input)"
        );
    }

    #[test]
    fn the_share_of_dropped_features_is_p_and_the_mean_factor_is_one() {
        let n = 100_001;
        for p in [0.1_f32, 0.5, 0.8] {
            let mut mask = vec![-1.0; n];
            draw_mask(p, &mut Stream::Dropout.rng(3), &mut mask);
            let kept = 1.0 / (1.0 - p);
            assert!(mask.iter().all(|&factor| factor == 0.0 || factor == kept));
            let dropped = mask.iter().filter(|&&factor| factor == 0.0).count() as f64 / n as f64;
            // Five standard deviations of a binomial share.
            let deviation = (f64::from(p) * f64::from(1.0 - p) / n as f64).sqrt();
            assert!(
                (dropped - f64::from(p)).abs() < 5.0 * deviation,
                "p = {p}: {dropped} dropped"
            );
        }
    }

    #[test]
    #[should_panic(expected = "not in [0, 1[")]
    fn dropping_everything_is_refused() {
        Dropout::new(DropoutKind::Hidden, 1.0);
    }
}
