//! How large the weights of a network are: sums, the longest incoming vector, a histogram. Biases are free, as for penalties.

use super::layer::Layer;
use super::network::Network;

/// Sizes of all weights of a network.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightSizes {
    /// Number of weights.
    pub count: u64,
    /// sum w^2
    pub squares: f64,
    /// sum |w|
    pub absolutes: f64,
    /// Largest Euclidean norm of the weights that go into one unit of a dense layer or make one kernel of a convolution.
    pub longest: f64,
    /// Number of weights with |w| below the threshold that was asked for.
    pub small: u64,
    /// Number of weights in each of equally wide bins.
    pub counts: Vec<u32>,
    /// Number of weights outside of the bins.
    pub outside: u32,
}

impl WeightSizes {
    /// Of `network`; weights with |w| < `threshold` count as small; `bins` equally wide bins lie from -`reach` to `reach`.
    ///
    /// # Panics
    /// If there is no bin, or `reach` is not above 0.
    pub fn of(network: &Network, threshold: f32, reach: f32, bins: usize) -> Self {
        assert!(bins > 0 && reach > 0.0, "{bins} bins to {reach}");
        let mut sizes = Self {
            count: 0,
            squares: 0.0,
            absolutes: 0.0,
            longest: 0.0,
            small: 0,
            counts: vec![0; bins],
            outside: 0,
        };
        let bins_a_unit = bins as f32 / (2.0 * reach);
        for layer in network.layers() {
            let Some(parameters) = layer.parameters() else {
                continue;
            };
            for &weight in &parameters.weights {
                sizes.squares += f64::from(weight) * f64::from(weight);
                sizes.absolutes += f64::from(weight.abs());
                sizes.small += u64::from(weight.abs() < threshold);
                // A negative number as an index would be 0.
                let bin = ((weight + reach) * bins_a_unit).floor();
                if (0.0..bins as f32).contains(&bin) {
                    sizes.counts[bin as usize] += 1;
                } else {
                    sizes.outside += 1;
                }
            }
            sizes.count += parameters.weights.len() as u64;
            let vectors = match layer {
                Layer::Dense(dense) => dense.outputs(),
                Layer::Convolution(convolution) => convolution.maps(),
                // Their vectors do not lie in one piece.
                _ => continue,
            };
            for vector in parameters
                .weights
                .chunks_exact(parameters.weights.len() / vectors)
            {
                let squares: f64 = vector.iter().map(|&w| f64::from(w) * f64::from(w)).sum();
                sizes.longest = sizes.longest.max(squares.sqrt());
            }
        }
        sizes
    }
}

#[cfg(test)]
mod tests {
    use super::WeightSizes;
    use crate::engine::dense::Dense;
    use crate::engine::layer::Layer;
    use crate::engine::network::Network;
    use crate::engine::shape::Shape;
    use ndarray::array;

    #[test]
    fn sizes_are_those_of_a_hand_computation() {
        let first = Dense::new(array![[3.0, -4.0], [0.0, 0.5]], array![100.0, 100.0]);
        let second = Dense::new(array![[1.0, -0.25]], array![100.0]);
        let layers = vec![Layer::Dense(first), Layer::Dense(second)];
        let network = Network::new(Shape::flat(2), layers);
        let sizes = WeightSizes::of(&network, 0.3, 1.0, 4);
        assert_eq!((sizes.count, sizes.small, sizes.outside), (6, 2, 3));
        assert_eq!(sizes.squares, 9.0 + 16.0 + 0.25 + 1.0 + 0.0625);
        assert_eq!(sizes.absolutes, 8.75);
        assert_eq!(sizes.longest, 5.0);
        // 0 and 0.5 begin their bins, 1 is the end of the last one and in none.
        assert_eq!(sizes.counts, [0, 1, 1, 1]);
    }
}
