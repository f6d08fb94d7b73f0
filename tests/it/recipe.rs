//! A recipe is checked once; what passes builds, and what does not says why.

use proptest::prelude::*;
use softstep::lab::message::{Command, Drive, decode, encode};
use softstep::lab::recipe::{LayerRecipe, PenaltiesRecipe, Recipe, RecipeError};

fn refusal(change: impl FnOnce(&mut Recipe)) -> RecipeError {
    let mut recipe = Recipe::dense(30, 1, 0.5);
    change(&mut recipe);
    recipe
        .validate()
        .expect_err("this recipe cannot be trained")
}

#[test]
fn every_setting_has_its_range() {
    type Change = fn(&mut Recipe);
    let changes: [(Change, &str); 17] = [
        (|r| r.training_images = 0, "training images"),
        (|r| r.training_images = 5001, "training images"),
        (|r| r.batch_size = 0, "batch size"),
        (|r| r.batch_size = 1001, "batch size"),
        (|r| r.epochs = 0, "epochs"),
        (|r| r.learning_rate = 0.0, "learning rate"),
        (|r| r.learning_rate = f32::NAN, "learning rate"),
        (|r| r.learning_rate = f32::INFINITY, "learning rate"),
        (|r| r.label_noise = 1.5, "label noise"),
        (|r| r.penalties.l2 = -1.0, "L2 penalty"),
        (|r| r.penalties.max_norm = Some(0.0), "max-norm"),
        (|r| r.patience = Some(0), "patience"),
        (|r| r.set_dropout(1.0), "dropout probability"),
        (|r| r.layers.clear(), "number of layers"),
        (|r| r.augmentation.rotation = 181.0, "rotation"),
        (|r| r.augmentation.perspective = 0.5, "perspective"),
        (|r| r.augmentation.noise = f32::NAN, "noise"),
    ];
    for (change, named) in changes {
        let text = refusal(change).to_string();
        assert!(text.contains(named), "{text} does not name the {named}");
        assert!(text.ends_with('.'), "{text} is no sentence");
    }
}

#[test]
fn windows_must_fit_and_outputs_be_ten() {
    let convolution = LayerRecipe::Convolution {
        maps: 4,
        kernel: 29,
        stride: 1,
        padding: 0,
    };
    assert_eq!(
        refusal(|r| r.layers.insert(0, convolution)),
        RecipeError::WindowTooLarge {
            layer: 1,
            window: 29,
            side: 28
        }
    );
    assert_eq!(
        refusal(|r| r.layers.truncate(3)),
        RecipeError::WrongOutput { outputs: 30 }
    );
    let wide = |r: &mut Recipe| *r = Recipe::dense(4096, 3, 0.0);
    assert!(matches!(
        refusal(wide),
        RecipeError::TooManyParameters { .. }
    ));
}

#[test]
fn the_sheets_cnn_has_the_sheets_numbers() {
    let recipe = Recipe::sheet_cnn(0.5)
        .validate()
        .expect("the sheet's network is valid");
    assert_eq!(recipe.parameters(), 289_630);
    // 288,000 for the convolution, 288,000 and 1,000 for the dense layers.
    assert_eq!(recipe.multiply_adds(), 577_000);
    assert_eq!(recipe.network().parameter_count(), 289_630);
}

fn layers() -> impl Strategy<Value = Vec<LayerRecipe>> {
    let window = || (1..6_u32, 1..4_u32);
    let layer = prop_oneof![
        (1..12_u32).prop_map(|units| LayerRecipe::Dense { units }),
        (1..4_u32, window(), 0..3_u32).prop_map(|(maps, (kernel, stride), padding)| {
            LayerRecipe::Convolution {
                maps,
                kernel,
                stride,
                padding,
            }
        }),
        (1..3_u32, window(), 0..3_u32).prop_map(|(maps, (kernel, stride), padding)| {
            LayerRecipe::LocallyConnected {
                maps,
                kernel,
                stride,
                padding,
            }
        }),
        window().prop_map(|(window, stride)| LayerRecipe::MaxPool { window, stride }),
        window().prop_map(|(window, stride)| LayerRecipe::AveragePool { window, stride }),
        Just(LayerRecipe::Flatten),
        Just(LayerRecipe::Relu),
        Just(LayerRecipe::Tanh),
        Just(LayerRecipe::Sigmoid),
        Just(LayerRecipe::LeakyRelu { slope: 0.1 }),
        Just(LayerRecipe::Dropout {
            probability: 0.5,
            on_input: false
        }),
    ];
    proptest::collection::vec(layer, 0..5)
}

proptest! {
    /// Whatever passes the check can be built, counts as many parameters as were promised, and survives the wire.
    #[test]
    fn what_is_valid_builds(mut layers in layers()) {
        layers.extend([LayerRecipe::Flatten, LayerRecipe::Dense { units: 10 }]);
        let recipe = Recipe { layers, ..Recipe::dense(1, 1, 0.0) };
        let command = Command::Start { run: 7, recipe: Box::new(recipe.clone()), drive: Drive::Run };
        prop_assert_eq!(decode::<Command>(&encode(&command)).expect("a command survives"), command);
        if let Ok(valid) = recipe.validate() {
            prop_assert_eq!(valid.network().parameter_count() as u64, valid.parameters());
        }
    }

    /// Bytes that are no command are refused, never a panic: the page may be older than its worker.
    #[test]
    fn any_bytes_decode_or_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode::<Command>(&bytes);
    }
}

#[test]
fn penalties_default_to_none() {
    assert_eq!(
        PenaltiesRecipe::default(),
        PenaltiesRecipe {
            l1: 0.0,
            l2: 0.0,
            max_norm: None
        }
    );
}
