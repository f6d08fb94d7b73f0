//! The sheet's two questions, with answers that are checked against the count.

use leptos::prelude::*;

use super::Network;
use super::settings::{Settings, is_count};
use crate::figures::numerals::whole;
use crate::theory::architecture::{Architecture, Layer, Quantity};

const QUESTIONS: [(Layer, &str); 2] = [
    (
        Layer::Dense,
        "How many inputs has a neuron of the dense layer?",
    ),
    (Layer::Output, "How many inputs has an output neuron?"),
];

/// Both questions, for the network in the diagram.
#[component]
pub fn Questions(
    /// The settings.
    settings: Settings,
    /// The network.
    network: Network,
) -> impl IntoView {
    let questions = QUESTIONS.iter().zip(settings.answers).map(|((layer, text), answer)| {
        let layer = *layer;
        let odd = RwSignal::new(false);
        let said = move || {
            let typed = answer.get();
            if odd.get() {
                return "Type a whole number.".to_owned();
            }
            network.with(|net| match net {
                Ok(net) if !typed.is_empty() => verdict(net, layer, &typed),
                _ => String::new(),
            })
        };
        let right = move || {
            network.with(|net| {
                !odd.get() && net.as_ref().is_ok_and(|net| answer.get() == net.count(layer, Quantity::InputsPerNeuron).to_string())
            })
        };
        let take = move |event| {
            let typed: String = event_target_value(&event);
            let plain: String = typed.chars().filter(|c| !matches!(c, ',' | ' ' | '\u{2009}' | '\u{202f}')).collect();
            let readable = plain.is_empty() || is_count(&plain);
            odd.set(!readable);
            if readable {
                answer.set(plain);
            }
        };
        let shown = move || network.with(|net| net.as_ref().map_or(String::new(), |net| solution(net, layer)));
        view! {
            <div class="question" data-question=layer.name()>
                <label>{*text}" "
                    <input type="text" inputmode="numeric" autocomplete="off" class="number" prop:value=answer on:change=take />
                </label>
                <p class="checked" class:right=right role="status">{said}</p>
                <details><summary>"Show the answer"</summary><p>{shown}</p></details>
            </div>
        }
    });
    view! {
        <section class="questions" hidden=move || network.with(Result::is_err) aria-label="The sheet\u{2019}s questions">
            <h3>"The sheet\u{2019}s questions, for the network above"</h3>
            {questions.collect_view()}
        </section>
    }
}

/// The answer with its formula.
fn solution(net: &Architecture, layer: Layer) -> String {
    let formula = net.formula(layer, Quantity::InputsPerNeuron);
    let value = whole(formula.value);
    match layer {
        Layer::Dense => format!(
            "One from every pooled neuron: {} = {} = {value}.",
            formula.in_sizes, formula.with_numbers
        ),
        _ => format!(
            "One from every dense neuron: {} = {value}.",
            formula.general
        ),
    }
}

/// What is right or wrong with an answer; a wrong one that means something is told what it counts.
fn verdict(net: &Architecture, layer: Layer, typed: &str) -> String {
    let typed: u128 = typed
        .parse()
        .expect("an answer is a whole number of at most 15 digits");
    let inputs = net.count(layer, Quantity::InputsPerNeuron);
    if typed == inputs {
        return format!("Right. {}", solution(net, layer));
    }
    let count = |layer, quantity| net.count(layer, quantity);
    let maps = u128::from(net.settings().feature_maps);
    let mistakes = [
        (
            inputs + 1,
            "That counts the bias; it is a parameter, but no input.",
        ),
        (
            count(layer, Quantity::Connections),
            "Those are the connections of all neurons of this layer together.",
        ),
        (
            count(layer, Quantity::Parameters),
            "Those are all parameters of this layer.",
        ),
        (
            count(Layer::Pooling, Quantity::Neurons),
            "Those are the pooled neurons; between them and the output stands the dense layer.",
        ),
        (
            count(Layer::Pooling, Quantity::Neurons) / maps,
            "That is one pooled map; the neuron reads all of them.",
        ),
        (
            count(Layer::Convolution, Quantity::Neurons),
            "Those are the feature maps before pooling.",
        ),
        (
            count(Layer::Input, Quantity::Neurons),
            "Those are the pixels; this layer does not see them directly.",
        ),
    ];
    let known = mistakes.iter().find(|(mistake, _)| *mistake == typed);
    let text = known.map_or(
        "Not that. Count the neurons of the layer before: every one of them is an input.",
        |(_, text)| text,
    );
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::architecture;

    #[test]
    fn answers_are_checked_against_the_count() {
        let net = Architecture::new(architecture::Settings::default()).expect("it fits");
        let say = |layer, typed| verdict(&net, layer, typed);
        assert_eq!(
            say(Layer::Dense, "2880"),
            "Right. One from every pooled neuron: M·⌊(N − 4)/2⌋² = 20·12² = 2,880."
        );
        assert_eq!(
            say(Layer::Output, "100"),
            "Right. One from every dense neuron: K = 100."
        );
        assert!(say(Layer::Dense, "2881").contains("bias"));
        assert!(say(Layer::Dense, "144").contains("one pooled map"));
        assert!(say(Layer::Dense, "11520").contains("before pooling"));
        assert!(say(Layer::Output, "2880").contains("stands the dense layer"));
        assert!(say(Layer::Output, "1000").contains("connections of all"));
        assert!(say(Layer::Dense, "7").starts_with("Not that"));
    }
}
