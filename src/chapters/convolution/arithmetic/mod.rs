//! 2.1 The network drawn to scale, and every count of it in formula and in numbers.

mod counts;
mod questions;
mod settings;
mod sharing;

use leptos::prelude::*;

pub use settings::ID;

use crate::figures::layer_diagram::{LayerDiagram, left_out};
use crate::figures::numerals::whole;
use crate::theory::architecture::{Architecture, ArchitectureError, Layer, Quantity};
use crate::ui::plot::Plot;
use crate::ui::slider::{Scale, Slider};
use crate::ui::widget::Widget;
use settings::{SIZES, Settings};

/// A network, or why there is none.
type Network = Memo<Result<Architecture, ArchitectureError>>;

/// The diagram with its sliders, its table and the sheet's questions.
#[component]
pub fn Arithmetic() -> impl IntoView {
    let settings = Settings::declare();
    let network = Memo::new(move |_| Architecture::new(settings.values()));
    let figure = Memo::new(move |_| LayerDiagram::new(settings.values()));
    let words = move || network.with(sentence);
    let more = move || {
        view! {
            <sharing::SharedWeights settings network />
            <counts::Counts settings network />
            <questions::Questions settings network />
        }
    };
    view! {
        <Widget id=ID title="A convolutional network is arithmetic" sentence=Signal::derive(words) more=more>
            <Plot figure name="network" height=LayerDiagram::height />
            <p class="hint">
                "One length is one neuron\u{2019}s side, in every map. Followed through: one window of the kernel, one of pooling, one dense and one \
                 output neuron. Dashed is the next window, one stride further; hatched is what no window reads."
            </p>
            <Controls settings />
        </Widget>
    }
}

/// The ten sizes.
#[component]
fn Controls(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let sliders = |from: usize, to: usize| {
        let some = SIZES[from..to].iter().zip(&settings.sizes[from..to]);
        let views = some.map(|(size, value)| {
            view! {
                <Slider label=size.label name=size.key value=*value scale=Scale::linear(size.least, size.most, 1.0)
                    default=size.default help=size.help class=size.key />
            }
        });
        views.collect_view()
    };
    view! {
        <div class="controls groups sizes">
            <fieldset><legend>"Image"</legend>{sliders(0, 2)}</fieldset>
            <fieldset><legend>"Convolution"</legend>{sliders(2, 6)}</fieldset>
            <div>
                <fieldset><legend>"Max-pooling"</legend>{sliders(6, 8)}</fieldset>
                <fieldset><legend>"Dense layers"</legend>{sliders(8, 10)}</fieldset>
            </div>
        </div>
    }
}

/// What the diagram shows, with numbers.
fn sentence(network: &Result<Architecture, ArchitectureError>) -> String {
    let net = match network {
        Ok(net) => net,
        Err(error) => return error.to_string(),
    };
    let count = |layer, quantity| whole(net.count(layer, quantity));
    let mut text = format!(
        "A dense neuron has {} inputs, an output neuron {}. The network has {} parameters; the convolution has {} of them.",
        count(Layer::Dense, Quantity::InputsPerNeuron),
        count(Layer::Output, Quantity::InputsPerNeuron),
        whole(net.total(Quantity::Parameters)),
        count(Layer::Convolution, Quantity::Parameters),
    );
    for lost in left_out(net) {
        text += &format!(" {lost}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::architecture;

    #[test]
    fn the_sentence_has_the_sheets_numbers_and_what_is_dropped() {
        let say = |input_side| {
            sentence(&Architecture::new(architecture::Settings {
                input_side,
                ..architecture::Settings::default()
            }))
        };
        assert_eq!(
            say(28),
            "A dense neuron has 2,880 inputs, an output neuron 100. The network has 289,630 parameters; the convolution has 520 of them."
        );
        assert!(say(29).ends_with(
            "Pooling: The last 1 of 25 rows and columns is dropped: no further window fits."
        ));
        assert!(say(4).starts_with("The 5×5 kernel has no place"));
    }
}
