//! The diagram of a convolutional network: its pictures, and that it can be read whatever is chosen.

use proptest::prelude::*;
use softstep::figures::layer_diagram::LayerDiagram;
use softstep::figures::palette::Theme;
use softstep::figures::{Figure, Style};
use softstep::theory::architecture::{Settings, Sharing};

use super::check;

fn picture(name: &str, settings: Settings, width: f64, style: &Style) {
    let height = LayerDiagram::height(width);
    check(name, &LayerDiagram::new(settings), width, height, style);
}

/// N = 29 leaves a row for pooling to drop; a stride of 3 with a window of 2 leaves gaps.
fn uneven() -> Settings {
    Settings {
        input_side: 29,
        feature_maps: 6,
        padding: 2,
        stride: 2,
        pool_stride: 3,
        dense_neurons: 30,
        sharing: Sharing::Local,
        ..Settings::default()
    }
}

#[test]
fn the_sheets_network() {
    let style = Style::default();
    picture("layer_diagram", Settings::default(), 1060.0, &style);
    picture("layer_diagram_310", Settings::default(), 310.0, &style);
    picture(
        "layer_diagram_dark",
        Settings::default(),
        1060.0,
        &Style::themed(Theme::Dark),
    );
}

#[test]
fn sizes_that_do_not_divide() {
    picture("layer_diagram_uneven", uneven(), 1060.0, &Style::default());
    picture(
        "layer_diagram_uneven_310",
        uneven(),
        310.0,
        &Style::default(),
    );
}

#[test]
fn sizes_that_are_impossible() {
    let style = Style::default();
    let kernel = Settings {
        input_side: 4,
        kernel: 7,
        padding: 1,
        ..Settings::default()
    };
    picture("layer_diagram_kernel_too_large", kernel, 1060.0, &style);
    let pool = Settings {
        input_side: 7,
        pool_window: 5,
        ..Settings::default()
    };
    picture("layer_diagram_pool_too_large", pool, 1060.0, &style);
    picture("layer_diagram_pool_too_large_310", pool, 310.0, &style);
}

#[test]
fn a_large_network() {
    let settings = Settings {
        input_side: 64,
        feature_maps: 64,
        dense_neurons: 500,
        ..Settings::default()
    };
    picture("layer_diagram_large", settings, 1060.0, &Style::default());
}

#[test]
fn the_description_has_the_sheets_numbers() {
    let text = LayerDiagram::new(Settings::default()).describe();
    for number in [
        "28 × 28",
        "24 × 24",
        "12 × 12",
        "2,880",
        "100 inputs",
        "289,630",
    ] {
        assert!(text.contains(number), "{number} in {text}");
    }
    let text = LayerDiagram::new(uneven()).describe();
    assert!(
        text.contains("Pooling: The last 1 of 15 rows and columns is dropped: no further window fits. 4 of 15 rows and columns are skipped"),
        "{text}"
    );
}

prop_compose! {
    /// Everything that the page can set.
    fn any_settings()(
        input_side in 1..=64_u32, channels in 1..=4_u32, feature_maps in 1..=64_u32, kernel in 1..=15_u32, stride in 1..=8_u32, padding in 0..=7_u32,
        pool_window in 1..=8_u32, pool_stride in 1..=8_u32, dense_neurons in 1..=500_u32, classes in 1..=30_u32,
        sharing in prop::sample::select(vec![Sharing::Shared, Sharing::Local, Sharing::Dense]),
    ) -> Settings {
        Settings { input_side, channels, feature_maps, kernel, stride, padding, pool_window, pool_stride, dense_neurons, classes, sharing }
    }
}

proptest! {
    #[test]
    fn no_text_lies_on_another_or_beyond_the_edge(settings in any_settings(), width in 290.0..1500.0, lecture in any::<bool>()) {
        let scale = if lecture { 1.5 } else { 1.0 };
        let style = Style { scale, ..Style::default() };
        let (width, height) = (width * scale, LayerDiagram::height(width) * scale);
        let places = LayerDiagram::new(settings).text_places(width, height, &style);
        prop_assert!(places.len() > 3);
        for (index, place) in places.iter().enumerate() {
            prop_assert!(place.width() > 0.0 && place.height() > 0.0, "{:?} has no room", place);
            let inside = place.left >= 0.0 && place.top >= 0.0 && place.right <= width && place.bottom <= height;
            prop_assert!(inside, "{:?} leaves {} x {}", place, width, height);
            for other in &places[..index] {
                prop_assert!(place.overlap(other) < 1e-6, "{:?} lies on {:?}", place, other);
            }
        }
    }
}
