//! Activation functions, applied to each feature alone, and their derivatives.

use std::fmt;

/// Activation layer: y = f(x) for each feature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activation {
    /// max(0, x); derivative 0 for x <= 0, else 1.
    Relu,
    /// x for x > 0, else slope * x; derivative slope for x <= 0, else 1.
    LeakyRelu {
        /// Slope for x <= 0, at least 0, usually 0.01.
        slope: f32,
    },
    /// 1 / (1 + e^-x); derivative y (1 - y).
    Sigmoid,
    /// tanh x; derivative 1 - y^2.
    Tanh,
}

impl Activation {
    /// f(x). Not a number stays not a number, so that a run that diverged shows it.
    pub fn value(self, x: f32) -> f32 {
        match self {
            Activation::Relu => relu(x),
            Activation::LeakyRelu { slope } => leaky_relu(x, slope),
            Activation::Sigmoid => sigmoid(x),
            Activation::Tanh => x.tanh(),
        }
    }

    /// f'(x), with the value named at the variant where there is none. Not a number stays not a number.
    pub fn derivative(self, x: f32) -> f32 {
        if x.is_nan() {
            return x;
        }
        let mut derivative = 1.0;
        self.backward(&[self.value(x)], std::slice::from_mut(&mut derivative));
        derivative
    }

    pub(crate) fn forward(self, input: &[f32], output: &mut [f32]) {
        let pairs = output.iter_mut().zip(input);
        match self {
            Activation::Relu => pairs.for_each(|(y, &x)| *y = relu(x)),
            Activation::LeakyRelu { slope } => pairs.for_each(|(y, &x)| *y = leaky_relu(x, slope)),
            Activation::Sigmoid => pairs.for_each(|(y, &x)| *y = sigmoid(x)),
            Activation::Tanh => pairs.for_each(|(y, &x)| *y = x.tanh()),
        }
    }

    /// dL/dx = dL/dy f'(x), in the place of dL/dy. The derivative follows from y alone: y > 0 where x > 0, for ReLU and its leaky
    /// relative.
    pub(crate) fn backward(self, output: &[f32], gradient: &mut [f32]) {
        let gradients = gradient.iter_mut().zip(output);
        match self {
            Activation::Relu => {
                gradients.for_each(|(dy, &y)| *dy = if y > 0.0 { *dy } else { 0.0 });
            }
            Activation::LeakyRelu { slope } => {
                assert!(slope >= 0.0, "the slope of a leaky ReLU is not below 0");
                gradients.for_each(|(dy, &y)| *dy = if y > 0.0 { *dy } else { slope * *dy });
            }
            Activation::Sigmoid => gradients.for_each(|(dy, &y)| *dy = *dy * y * (1.0 - y)),
            Activation::Tanh => gradients.for_each(|(dy, &y)| *dy *= 1.0 - y * y),
        }
    }
}

fn relu(x: f32) -> f32 {
    if x < 0.0 { 0.0 } else { x }
}

fn leaky_relu(x: f32, slope: f32) -> f32 {
    if x > 0.0 { x } else { slope * x }
}

/// 1 / (1 + e^-x). For x towards minus infinity e^-x becomes infinite and the quotient 0, as it should.
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

impl fmt::Display for Activation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Activation::Relu => formatter.write_str("ReLU"),
            Activation::LeakyRelu { slope } => write!(formatter, "LeakyReLU(slope {slope})"),
            Activation::Sigmoid => formatter.write_str("Sigmoid"),
            Activation::Tanh => formatter.write_str("Tanh"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Activation;

    const ALL: [Activation; 4] = [
        Activation::Relu,
        Activation::LeakyRelu { slope: 0.01 },
        Activation::Sigmoid,
        Activation::Tanh,
    ];

    #[test]
    fn describe_themselves() {
        let names: Vec<String> = ALL.iter().map(Activation::to_string).collect();
        assert_eq!(names, ["ReLU", "LeakyReLU(slope 0.01)", "Sigmoid", "Tanh"]);
    }

    #[test]
    fn derivatives_are_those_of_the_formulas() {
        // sigma'(0) = 1/4 is the largest; tanh'(0) = 1; central differences elsewhere, whose error for a step h is h^2 / 6
        // times a third derivative below 2, and rounding 2^-24 / h.
        assert_eq!(Activation::Sigmoid.derivative(0.0), 0.25);
        assert_eq!(Activation::Tanh.derivative(0.0), 1.0);
        assert_eq!(Activation::Relu.derivative(0.0), 0.0);
        for activation in ALL {
            assert!(activation.derivative(f32::NAN).is_nan());
            for x in [-3.0_f32, -0.5, 0.7, 2.5] {
                let h = 2.0_f32.powi(-7);
                let difference = (activation.value(x + h) - activation.value(x - h)) / (2.0 * h);
                let off = (activation.derivative(x) - difference).abs();
                assert!(off < 5e-5, "{activation} at {x}: off by {off}");
            }
        }
    }

    #[test]
    fn extremes_stay_finite_and_not_a_number_stays_visible() {
        for activation in ALL {
            assert!(
                activation.value(-1e4).is_finite() && activation.value(1e4).is_finite(),
                "{activation}"
            );
            assert!(activation.value(f32::NAN).is_nan(), "{activation}");
        }
        assert_eq!(
            (
                Activation::Sigmoid.value(-1e4),
                Activation::Sigmoid.value(1e4)
            ),
            (0.0, 1.0)
        );
    }
}
