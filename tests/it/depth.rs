//! What lesson 3.3 says of deep networks, by training its presets.

use crate::observation::gradients;
use crate::session::Bench;
use softstep::lab::message::{Drive, LayerGradient, Point};
use softstep::lab::recipe::{LayerRecipe, Recipe};

/// The widget's default.
fn preset(function: LayerRecipe, layers: u32, seed: u64) -> Recipe {
    Recipe {
        epochs: 20,
        seed,
        ..Recipe::deep(function, 50, layers)
    }
}

/// Norm of the first layer's gradient over that of the output layer.
fn share(layers: &[LayerGradient]) -> f32 {
    layers[0].norm / layers[layers.len() - 1].norm
}

/// Seen with seeds 1, 2, 3 over epochs 0 to 5: sigmoid at most 0.032, at the start at most 0.009; ReLU at least 1.01.
#[test]
fn the_first_of_five_sigmoid_layers_gets_a_small_part_of_the_gradient_and_that_of_five_relu_layers_does_not()
 {
    for seed in 1..=3 {
        let run = |function| {
            gradients(Recipe {
                epochs: 5,
                ..preset(function, 5, seed)
            })
        };
        let sigmoid = run(LayerRecipe::Sigmoid);
        println!(
            "seed {seed}: sigmoid {:?}",
            sigmoid.iter().map(|(_, l)| share(l)).collect::<Vec<_>>()
        );
        assert!(share(&sigmoid[0].1) < 0.02, "seed {seed}");
        for (epoch, layers) in &sigmoid {
            assert!(
                share(layers) < 0.1,
                "seed {seed}, epoch {epoch}: {layers:?}"
            );
            // sigma' = sigma (1 - sigma) is 1/4 at most.
            for slope in layers.iter().filter_map(|layer| layer.mean_slope) {
                assert!((0.0..=0.25).contains(&slope), "slope {slope}");
            }
        }
        let relu = run(LayerRecipe::Relu);
        println!(
            "seed {seed}: ReLU {:?}",
            relu.iter().map(|(_, l)| share(l)).collect::<Vec<_>>()
        );
        for (epoch, layers) in &relu {
            assert!(
                share(layers) > 0.5,
                "seed {seed}, epoch {epoch}: {layers:?}"
            );
        }
    }
}

/// What the text predicts for one layer at the start: a weight matrix of variance 2/n lengthens the gradient by about
/// sqrt 2, the slope shortens it by sqrt of the mean of its squares; sigmoid about 0.22 sqrt 2 = 0.32, ReLU
/// sqrt(1/2) sqrt 2 = 1. One layer of 50 units scatters by about 1/sqrt 50 = 14 %; measured are norms of weight gradients,
/// in which the length of a layer's input stands too, equal for hidden layers 2 to 5. Means over three steps and three seeds:
/// 0.313 and 0.983 were seen.
#[test]
fn at_the_start_a_sigmoid_layer_passes_a_third_of_the_gradient_back_and_a_relu_layer_all_of_it() {
    let factor = |function| {
        let logarithms = (1..=3).map(|seed| {
            let (_, layers) = gradients(Recipe {
                epochs: 1,
                ..preset(function, 5, seed)
            })
            .swap_remove(0);
            (layers[1].norm / layers[4].norm).ln() / 3.0
        });
        (logarithms.sum::<f32>() / 3.0).exp()
    };
    let (sigmoid, relu) = (factor(LayerRecipe::Sigmoid), factor(LayerRecipe::Relu));
    println!("a layer passes back {sigmoid} (sigmoid), {relu} (ReLU)");
    assert!((0.25..0.40).contains(&sigmoid), "{sigmoid}");
    assert!((0.8..1.25).contains(&relu), "{relu}");
}

fn last_point(recipe: Recipe) -> Point {
    let mut bench = Bench::start(recipe, Drive::Run);
    bench.settle();
    bench.points().pop().expect("the run is measured")
}

/// Seen with seeds 1, 2: sigmoid 91.1 %, ReLU 11.9 and 11.7 %, tanh 12.6 and 12.4 %; with one hidden layer 13.4 and 12.7 %.
#[test]
fn the_presets_show_what_they_claim() {
    for seed in 1..=2 {
        let error = |function, layers| last_point(preset(function, layers, seed)).test.error;
        let deep = [LayerRecipe::Sigmoid, LayerRecipe::Relu, LayerRecipe::Tanh];
        let [sigmoid, relu, tanh] = deep.map(|function| error(function, 5));
        let shallow = [LayerRecipe::Sigmoid, LayerRecipe::Relu].map(|function| error(function, 1));
        println!("seed {seed}: {sigmoid} {relu} {tanh}, one layer {shallow:?}");
        assert!(sigmoid > 0.8, "seed {seed}: sigmoid {sigmoid}");
        assert!(relu < 0.2, "seed {seed}: ReLU {relu}");
        assert!(tanh < 0.2, "seed {seed}: tanh {tanh}");
        assert!(
            shallow.iter().all(|error| *error < 0.2),
            "seed {seed}: {shallow:?}"
        );
    }
}
