//! Kernels worth trying.

use crate::engine::layer::Layer;
use crate::engine::network::Network;

/// Rows, and columns, of a kernel.
pub const SIDE: usize = 5;

/// A kernel with its bias.
#[derive(Clone, Debug, PartialEq)]
pub struct Kernel {
    /// On its button.
    pub title: &'static str,
    /// What its feature map shows.
    pub claim: &'static str,
    /// w of shape (row, column), in row-major order.
    pub weights: Vec<f64>,
    /// b.
    pub bias: f64,
}

/// Names in links and places in [`presets`].
pub const KERNELS: &[(&str, usize)] = &[
    ("upright", 0),
    ("level", 1),
    ("edges", 2),
    ("blur", 3),
    ("sharpen", 4),
    ("centre", 5),
];

/// Weights and bias of each kernel of the first layer of a network, as many as it has maps, rounded to four decimals so that a
/// link can hold them. None where the first layer is not a convolution with kernels of [`SIDE`] on one channel.
pub fn learned(network: &Network) -> Vec<(Vec<f64>, f64)> {
    let Some(Layer::Convolution(first)) = network.layers().first() else {
        return Vec::new();
    };
    let weights = first.weights();
    if weights.shape()[1..] != [1, SIDE, SIDE] {
        return Vec::new();
    }
    let rounded = |value: &f32| (f64::from(*value) * 1e4).round() / 1e4;
    let kernels = weights.outer_iter().zip(first.biases());
    kernels
        .map(|(kernel, bias)| (kernel.iter().map(rounded).collect(), rounded(bias)))
        .collect()
}

/// Every kernel that has a button of its own, in their order.
pub fn presets() -> Vec<Kernel> {
    let kernel = |title, claim, weight: fn(usize, usize) -> f64| Kernel {
        title,
        claim,
        weights: (0..SIDE * SIDE)
            .map(|index| weight(index / SIDE, index % SIDE))
            .collect(),
        bias: 0.0,
    };
    vec![
        kernel(
            "Upright edges",
            "Orange where a stroke begins as one goes right, blue where it ends, nothing along level strokes and on even ground.",
            |_, column| SLOPE[column],
        ),
        kernel(
            "Level edges",
            "Orange where a stroke begins as one goes down, blue where it ends, nothing along upright strokes and on even ground.",
            |row, _| SLOPE[row],
        ),
        kernel(
            "All edges",
            "Each pixel minus the mean of its neighbourhood: nothing on even ground, whatever its grey.",
            |row, column| centre(row, column) - MEAN,
        ),
        kernel(
            "Blur",
            "The mean of 25 pixels: strokes grow wide and soft.",
            |_, _| MEAN,
        ),
        kernel(
            "Sharpen",
            "Each pixel and once more what sets it apart from its neighbourhood: ink is overdone, and around it the paper turns negative.",
            |row, column| 2.0 * centre(row, column) - MEAN,
        ),
        kernel(
            "Centre",
            "Only the pixel in the middle counts: the map is the image without its outermost two rows and columns.",
            centre,
        ),
    ]
}

/// Less at one side, more at the other.
const SLOPE: [f64; SIDE] = [-0.1, -0.1, 0.0, 0.1, 0.1];
/// 1/25: together 1.
const MEAN: f64 = 0.04;

fn centre(row: usize, column: usize) -> f64 {
    if (row, column) == (SIDE / 2, SIDE / 2) {
        1.0
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::cross_correlation::feature_map;
    use ndarray::Array2;

    fn map(title: &str, image: &Array2<f32>) -> Array2<f32> {
        let kernel = presets()
            .into_iter()
            .find(|kernel| kernel.title == title)
            .expect("a preset");
        let weights = kernel.weights.iter().map(|w| *w as f32).collect();
        let weights = Array2::from_shape_vec((SIDE, SIDE), weights).expect("25 weights");
        feature_map(image.view(), weights.view(), kernel.bias as f32)
    }

    #[test]
    fn the_trained_network_has_20_kernels_within_reach() {
        let bytes = include_bytes!("../../../../assets/sheet-network.safetensors");
        let network = crate::lab::weights::trained_sheet_network(bytes).expect("the bundled file");
        let kernels = learned(&network);
        assert_eq!(kernels.len(), 20);
        for (weights, bias) in kernels {
            assert_eq!(weights.len(), SIDE * SIDE);
            let reach = super::super::settings::REACH;
            assert!(weights.iter().chain([&bias]).all(|w| w.abs() <= reach));
        }
    }

    #[test]
    fn every_kernel_has_a_name_in_links() {
        let places: Vec<usize> = KERNELS.iter().map(|(_, place)| *place).collect();
        assert_eq!(places, (0..presets().len()).collect::<Vec<_>>());
    }

    /// The weights are decimals: sums of 25 of them are exact to a few roundings.
    const TINY: f32 = 1e-6;

    #[test]
    fn edges_see_nothing_on_even_ground_and_blur_keeps_it() {
        let ground = Array2::from_elem((9, 9), 0.7);
        for title in ["Upright edges", "Level edges", "All edges"] {
            assert!(
                map(title, &ground).iter().all(|y| y.abs() < TINY),
                "{title}"
            );
        }
        for title in ["Blur", "Sharpen", "Centre"] {
            assert!(
                map(title, &ground).iter().all(|y| (y - 0.7).abs() < TINY),
                "{title}"
            );
        }
    }

    #[test]
    fn edges_are_seen_in_their_own_direction_only() {
        // Ink from column 6 on: a stroke begins there as one goes right.
        let upright = Array2::from_shape_fn((13, 13), |(_, c)| if c >= 6 { 1.0 } else { 0.0 });
        let level = upright.t().to_owned();
        assert!(map("Level edges", &upright).iter().all(|y| y.abs() < TINY));
        assert!(map("Upright edges", &level).iter().all(|y| y.abs() < TINY));
        let seen = map("Upright edges", &upright);
        // All ten positive weights on ink, no negative one: 10 * 0.1.
        assert!((seen[(4, 3)] - 1.0).abs() < TINY && seen.iter().all(|y| *y > -TINY));
        let ends = upright.mapv(|x| 1.0 - x);
        assert!((map("Upright edges", &ends)[(4, 3)] + 1.0).abs() < TINY);
    }

    #[test]
    fn the_centre_copies_the_inner_image_and_sharpening_oversteps() {
        let image = Array2::from_shape_fn((9, 9), |(r, c)| ((r * 9 + c) % 7) as f32 / 7.0);
        let copy = map("Centre", &image);
        assert_eq!(copy[(0, 0)], image[(2, 2)]);
        assert_eq!(copy[(4, 4)], image[(6, 6)]);
        let edge = Array2::from_shape_fn((9, 9), |(_, c)| if c >= 4 { 1.0 } else { 0.0 });
        let sharp = map("Sharpen", &edge);
        // Beside the edge: 2 - 15/25 inside, -10/25 outside.
        assert!((sharp[(2, 2)] - 1.4).abs() < TINY && (sharp[(2, 1)] + 0.4).abs() < TINY);
    }
}
