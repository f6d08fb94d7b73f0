//! The sum that the page shows is the one that the engine's layer computes, and the one that SciPy computes.

use ndarray::{Array1, Array2, Array4, array};
use proptest::prelude::*;
use softstep::engine::convolution::Convolution;
use softstep::engine::layer::{Layer, Mode};
use softstep::engine::network::Network;
use softstep::engine::shape::Shape;
use softstep::engine::trace::Trace;
use softstep::theory::cross_correlation::{feature_map, output_cell, products};

fn engines(image: &Array2<f32>, kernel: &Array2<f32>, bias: f32) -> Vec<f32> {
    let side = kernel.nrows();
    let weights = Array4::from_shape_vec((1, 1, side, side), kernel.iter().copied().collect())
        .expect("one square kernel");
    let layer = Convolution::new(weights, Array1::from_elem(1, bias), 1, 0);
    let shape = Shape::new(1, image.nrows(), image.ncols());
    let network = Network::new(shape, vec![Layer::Convolution(layer)]);
    let images = image
        .to_shape((1, image.len()))
        .expect("an image is one row of features");
    let mut trace = Trace::new(&network);
    network.forward(images.view(), Mode::Predicting, &mut trace);
    trace.output(0).iter().copied().collect()
}

/// scipy.signal.correlate2d(x, w, mode="valid") + 0.5 with
/// x = numpy.arange(20.0).reshape(4, 5) ** 2 % 7 and w = [[1, -2], [0.5, 3]]; scipy.signal.convolve2d gives other numbers.
#[test]
fn the_map_is_scipys_correlation_and_not_its_convolution() {
    let image = Array2::from_shape_fn((4, 5), |(r, c)| ((5 * r + c).pow(2) % 7) as f32);
    let kernel = array![[1.0, -2.0], [0.5, 3.0]];
    let expected = array![
        [3.5, -6.0, 3.5, 11.0],
        [9.5, 14.5, 3.5, -6.0],
        [11.0, 2.5, 9.5, 14.5]
    ];
    assert_eq!(feature_map(image.view(), kernel.view(), 0.5), expected);
}

fn numbers(count: usize) -> impl Strategy<Value = Vec<f32>> {
    prop::collection::vec(-4.0..4.0_f32, count)
}

fn image_and_kernel() -> impl Strategy<Value = (Array2<f32>, Array2<f32>)> {
    (1..6_usize, 0..8_usize, 0..8_usize).prop_flat_map(|(side, more_rows, more_columns)| {
        let (rows, columns) = (side + more_rows, side + more_columns);
        (numbers(rows * columns), numbers(side * side)).prop_map(move |(image, kernel)| {
            (
                Array2::from_shape_vec((rows, columns), image).expect("rows x columns"),
                Array2::from_shape_vec((side, side), kernel).expect("side x side"),
            )
        })
    })
}

proptest! {
    #[test]
    fn the_map_is_the_engines((image, kernel) in image_and_kernel(), bias in -4.0..4.0_f32) {
        let map = feature_map(image.view(), kernel.view(), bias);
        let engine = engines(&image, &kernel, bias);
        prop_assert_eq!(map.len(), engine.len());
        for (((row, column), own), other) in map.indexed_iter().zip(engine) {
            // n additions in f32 err by at most n eps times the sum of magnitudes (Higham 2002, equation 4.4), and so does each product.
            let magnitudes: f32 = products(image.view(), kernel.view(), (row, column)).iter().map(|p| p.abs()).sum();
            let bound = (kernel.len() + 2) as f32 * f32::EPSILON * (magnitudes + bias.abs());
            prop_assert!((own - other).abs() <= bound, "{} and {} at {}, {}", own, other, row, column);
        }
    }

    #[test]
    fn the_products_add_up_to_the_cell((image, kernel) in image_and_kernel(), bias in -4.0..4.0_f32) {
        let shown = products(image.view(), kernel.view(), (0, 0));
        prop_assert_eq!(shown.dim(), kernel.dim());
        let sum: f64 = shown.iter().map(|p| f64::from(*p)).sum::<f64>() + f64::from(bias);
        let cell = f64::from(output_cell(image.view(), kernel.view(), bias, (0, 0)));
        // Each product is rounded once to 24 bits, the cell once more.
        let magnitudes: f64 = shown.iter().map(|p| f64::from(p.abs())).sum::<f64>() + f64::from(bias.abs());
        prop_assert!((sum - cell).abs() <= f64::from(f32::EPSILON) * magnitudes);
    }

    #[test]
    fn a_kernel_with_a_single_one_copies_the_image((image, kernel) in image_and_kernel(), pick in 0..25_usize) {
        let side = kernel.nrows();
        let (i, j) = (pick / 5 % side, pick % side);
        let mut one = Array2::zeros(kernel.dim());
        one[(i, j)] = 1.0;
        let map = feature_map(image.view(), one.view(), 0.0);
        for ((row, column), value) in map.indexed_iter() {
            prop_assert_eq!(*value, image[(row + i, column + j)]);
        }
    }
}

#[test]
#[should_panic(expected = "no place")]
fn a_kernel_larger_than_the_image_is_refused() {
    feature_map(
        array![[1.0]].view(),
        array![[1.0, 1.0], [1.0, 1.0]].view(),
        0.0,
    );
}
