//! What the convolution would cost if its neurons shared no weights, or saw everything.

use leptos::prelude::*;

use super::Network;
use super::settings::Settings;
use crate::figures::numerals::whole;
use crate::theory::architecture::{self, Architecture, CountFormula, Layer, Quantity, Sharing};
use crate::ui::choice::Choice;
use crate::ui::formula::Equation;

const WAYS: [(Sharing, &str, &str); 3] = [
    (
        Sharing::Shared,
        "shared",
        "one kernel and one bias for each map",
    ),
    (
        Sharing::Local,
        "own",
        "a kernel and a bias of its own for each neuron",
    ),
    (
        Sharing::Dense,
        "all",
        "a weight from every pixel to each neuron",
    ),
];

/// The switch and its three numbers.
#[component]
pub fn SharedWeights(
    /// The settings.
    settings: Settings,
    /// The network.
    network: Network,
) -> impl IntoView {
    let rows = WAYS.map(|(sharing, name, text)| {
        let formula = Memo::new(move |_| parameters(settings.values(), sharing));
        let part = move |of: fn(&CountFormula) -> String| {
            Signal::derive(move || formula.with(|formula| formula.as_ref().map_or(String::new(), of)))
        };
        view! {
            <tr data-sharing=name class:now=move || settings.sharing.get() == sharing>
                <th scope="row">{text}</th>
                <td class="formula"><Equation content=part(|formula| formula.general.to_mathml()) /></td>
                <td class="formula"><Equation content=part(|formula| formula.with_numbers.to_mathml()) /></td>
                <td class="count">{part(|formula| whole(formula.value))}</td>
            </tr>
        }
    });
    view! {
        <div class="sharing">
            <Choice label="Weights of the convolution" name="weights" value=settings.sharing options=vec![
                (Sharing::Shared, "shared by a map"),
                (Sharing::Local, "own for each neuron"),
                (Sharing::Dense, "each neuron sees all"),
            ] />
            <div class="table" tabindex="0" role="region" aria-label="Parameters of the convolution" hidden=move || network.with(Result::is_err)>
                <table>
                    <thead><tr>
                        <th scope="col">"weights"</th><th scope="col" colspan="3">"parameters of the convolution"</th>
                    </tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </div>
    }
}

/// Parameters of the convolution in one way; none where the sizes make no network.
fn parameters(settings: architecture::Settings, sharing: Sharing) -> Option<CountFormula> {
    let net = Architecture::new(architecture::Settings {
        sharing,
        ..settings
    });
    Some(net.ok()?.formula(Layer::Convolution, Quantity::Parameters))
}
