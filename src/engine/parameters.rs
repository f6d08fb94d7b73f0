//! The numbers of one layer that learning changes.

/// Weights and biases of one layer in the layer's own axis order, or anything with one number for each of them
/// (a gradient, a velocity). Both are empty for a layer without parameters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parameters {
    /// Weights: penalties and max-norm act on these.
    pub weights: Vec<f32>,
    /// Biases: never penalised.
    pub biases: Vec<f32>,
}

impl Parameters {
    /// Zeros, one for each number of `other`.
    pub fn zeros_like(other: &Parameters) -> Self {
        Self {
            weights: vec![0.0; other.weights.len()],
            biases: vec![0.0; other.biases.len()],
        }
    }

    /// Number of weights and biases together.
    pub fn len(&self) -> usize {
        self.weights.len() + self.biases.len()
    }

    /// Whether the layer has nothing to learn.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Gradient of a loss with respect to every parameter of a network: one [`Parameters`] for each layer, in layer
/// order, empty for layers without parameters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gradients {
    pub(crate) layers: Vec<Parameters>,
}

impl Gradients {
    /// Adds `factor` times `other`: gradients of the means of several batches become that of the mean of all.
    ///
    /// # Panics
    /// If `other` belongs to another network.
    pub fn add_scaled(&mut self, other: &Gradients, factor: f32) {
        assert_eq!(
            self.layers.len(),
            other.layers.len(),
            "the gradients belong to different networks"
        );
        for (own, other) in self.layers.iter_mut().zip(&other.layers) {
            for (own, other) in [
                (&mut own.weights, &other.weights),
                (&mut own.biases, &other.biases),
            ] {
                assert_eq!(own.len(), other.len(), "the layers have different sizes");
                for (own, &other) in own.iter_mut().zip(other) {
                    *own += factor * other;
                }
            }
        }
    }

    /// The gradient with respect to the parameters of layer `index` (0 is the first layer of the network).
    pub fn layer(&self, index: usize) -> &Parameters {
        &self.layers[index]
    }

    /// Euclidean norm of the gradient of layer `index`, weights and biases together; 0 without parameters.
    pub fn norm(&self, index: usize) -> f32 {
        let layer = self.layer(index);
        let squares = layer
            .weights
            .iter()
            .chain(&layer.biases)
            .map(|&g| f64::from(g) * f64::from(g));
        squares.sum::<f64>().sqrt() as f32
    }
}
