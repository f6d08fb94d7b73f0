//! The rows of the table: what is measured, and what it is to reach.

use super::{Case, EXAMPLES, Target, Work};
use crate::engine::trace::Kept;
use crate::lab::recipe::{AugmentationRecipe, LayerRecipe, OptimizerRecipe, Recipe};

/// All rows of the table.
pub fn cases() -> Vec<Case> {
    const PLAIN: &str = "sheet's CNN, training, batch 32";
    const DENSE: &str = "dense 784-300-10, batch 10";
    const NARROW: &str = "dense 784-100-10, batch 10";
    let sheet = |batch_size: u32| Recipe {
        batch_size,
        ..of_made_up_images(Recipe::sheet_cnn(0.0))
    };
    let train = |name: &str, recipe, target| Case {
        name: name.to_owned(),
        recipe,
        work: Work::Train,
        target,
    };
    let predict = |name: &str, recipe, images, kept, target| Case {
        name: name.to_owned(),
        recipe,
        work: Work::Predict(images, kept),
        target,
    };
    let beside = |name, change: &dyn Fn(&mut Recipe), share| {
        let mut recipe = sheet(32);
        change(&mut recipe);
        train(name, recipe, Target::Case(PLAIN, share))
    };
    let network = |name: &str, layers: &[LayerRecipe], target| {
        let mut recipe = sheet(32);
        recipe.layers = layers.to_vec();
        recipe
            .layers
            .extend([LayerRecipe::Flatten, LayerRecipe::Dense { units: 10 }]);
        train(name, recipe, target)
    };
    let relu = LayerRecipe::Relu;
    let pool = LayerRecipe::MaxPool {
        window: 2,
        stride: 2,
    };
    let convolutions =
        |name: &str, layers: &[LayerRecipe]| network(name, layers, Target::Limit(0.4));
    let narrow = || of_made_up_images(Recipe::dense(100, 1, 0.0));
    let bent = |recipe: Recipe| Recipe {
        augmentation: AugmentationRecipe::gentle(1.0),
        ..recipe
    };
    let dense = |probability| of_made_up_images(Recipe::dense(300, 1, probability));
    let mut cases = vec![
        train(PLAIN, sheet(32), Target::Limit(0.62)),
        train(
            "sheet's CNN, training, batch 10",
            sheet(10),
            Target::Limit(0.5),
        ),
        train(
            "sheet's CNN, training, batch 128",
            sheet(128),
            Target::Limit(0.62),
        ),
        beside(
            "  the same, batch 32, dropout 0.5",
            &|r| r.set_dropout(0.5),
            0.9,
        ),
        beside("  the same, batch 32, L2", &|r| r.penalties.l2 = 1e-4, 0.9),
        beside(
            "  the same, batch 32, momentum",
            &|r| r.optimizer = OptimizerRecipe::Momentum,
            0.75,
        ),
        beside(
            "  the same, batch 32, Adam",
            &|r| r.optimizer = OptimizerRecipe::Adam,
            0.75,
        ),
        beside(
            "  the same, batch 32, augmented: turned, moved, scaled",
            &|r| r.augmentation = moved(),
            0.5,
        ),
        beside(
            "  the same, batch 32, augmented: all of it",
            &|r| r.augmentation = everything(),
            0.5,
        ),
        predict(
            "sheet's CNN, forward, 256 images",
            sheet(32),
            256,
            Kept::LastLayer,
            Target::Limit(0.65),
        ),
        predict(
            "sheet's CNN, forward, one image, full trace",
            sheet(32),
            1,
            Kept::EveryLayer,
            Target::Microseconds(60.0),
        ),
        train(DENSE, dense(0.0), Target::Limit(0.45)),
        train(
            "dense 784-300-10, batch 10, dropout 0.5",
            dense(0.5),
            Target::Limit(0.45),
        ),
        train(
            "  784-300-10, bent, turned, moved, scaled, slanted",
            bent(dense(0.0)),
            Target::Case(DENSE, 0.5),
        ),
        train(NARROW, narrow(), Target::Limit(0.4)),
        train(
            "  784-100-10, bent, turned, moved, scaled, slanted",
            bent(narrow()),
            Target::Case(NARROW, 0.5),
        ),
        convolutions(
            "conv 20 5x5 padding 2, pool",
            &[convolution(20, 5, 1, 2), relu, pool],
        ),
        convolutions("conv 20 5x5", &[convolution(20, 5, 1, 0), relu]),
        convolutions(
            "conv 16 3x3 padding 1, conv 32 3x3 padding 1, pool",
            &[
                convolution(16, 3, 1, 1),
                relu,
                convolution(32, 3, 1, 1),
                relu,
                pool,
            ],
        ),
        convolutions(
            "conv 20 5x5, pool, conv 40 5x5, pool",
            &[
                convolution(20, 5, 1, 0),
                relu,
                pool,
                convolution(40, 5, 1, 0),
                relu,
                pool,
            ],
        ),
        convolutions(
            "conv 20 7x7 stride 2 padding 3",
            &[convolution(20, 7, 2, 3), relu],
        ),
        convolutions(
            "conv 32 3x3 stride 2 padding 1, conv 64 3x3 stride 2 padding 1",
            &[
                convolution(32, 3, 2, 1),
                relu,
                convolution(64, 3, 2, 1),
                relu,
            ],
        ),
        convolutions(
            "conv 12 9x9 stride 3 padding 4",
            &[convolution(12, 9, 3, 4), relu],
        ),
        convolutions(
            "conv 8 3x3, conv 16 1x1, conv 3 5x5",
            &[
                convolution(8, 3, 1, 0),
                relu,
                convolution(16, 1, 1, 0),
                relu,
                convolution(3, 5, 1, 0),
                relu,
            ],
        ),
    ];
    for size in [1, 2, 3, 4, 5, 7, 9, 11] {
        for (stride, padding) in strides_and_paddings(size) {
            let name = format!("20 maps {size}x{size}, stride {stride}, padding {padding}");
            let layers = [convolution(20, size, stride, padding), relu];
            cases.push(network(&name, &layers, Target::Any(0.4)));
        }
    }
    for channels in [4, 16] {
        for size in [1, 3, 5, 7] {
            for (stride, padding) in strides_and_paddings(size) {
                let name = format!(
                    "20 maps {size}x{size}, stride {stride}, padding {padding}, over {channels} channels"
                );
                let below = [convolution(channels, 3, 1, 1), relu, pool];
                let layers = [convolution(20, size, stride, padding), relu];
                cases.push(network(
                    &name,
                    &[&below[..], &layers].concat(),
                    Target::Any(0.4),
                ));
            }
        }
    }
    cases
}

fn convolution(maps: u32, kernel: u32, stride: u32, padding: u32) -> LayerRecipe {
    LayerRecipe::Convolution {
        maps,
        kernel,
        stride,
        padding,
    }
}

/// Strides from 1 to 3, each without padding and, for kernels that have a middle, with as much as keeps the image's size.
fn strides_and_paddings(size: u32) -> impl Iterator<Item = (u32, u32)> {
    let paddings = [0, size / 2];
    let different = if size < 3 { 1 } else { 2 };
    (1..=3).flat_map(move |stride| {
        paddings
            .into_iter()
            .take(different)
            .map(move |padding| (stride, padding))
    })
}

/// What peers are measured on too: (train or predict, images at once, place in [`cases`]).
pub fn peer_cases() -> Vec<(&'static str, usize, usize)> {
    let cases = cases();
    let shared = cases
        .iter()
        .enumerate()
        .filter(|(_, case)| case.name.starts_with("sheet's CNN"));
    let of_case = |(place, case): (usize, &Case)| match case.work {
        Work::Train => ("train", case.recipe.batch_size as usize, place),
        Work::Predict(images, _) => ("predict", images, place),
    };
    shared.map(of_case).collect()
}

fn of_made_up_images(recipe: Recipe) -> Recipe {
    Recipe {
        training_images: EXAMPLES as u32,
        ..recipe
    }
}

/// What helps digits: rotation, translation, scale.
fn moved() -> AugmentationRecipe {
    AugmentationRecipe {
        rotation: 15.0,
        translation: 2.0,
        scale: 0.1,
        ..AugmentationRecipe::default()
    }
}

fn everything() -> AugmentationRecipe {
    AugmentationRecipe {
        shear: 0.1,
        perspective: 0.1,
        elastic: 2.0,
        noise: 0.1,
        erasing: 8.0,
        ..moved()
    }
}
