//! Every count of every layer as a table; one of them worked out.

use leptos::prelude::*;

use super::Network;
use super::settings::{Form, Settings};
use crate::figures::numerals::whole;
use crate::theory::architecture::{CountFormula, Layer, Quantity};
use crate::ui::choice::Choice;
use crate::ui::formula::Equation;

const QUANTITIES: [(Quantity, &str); 5] = [
    (Quantity::Neurons, "neurons"),
    (Quantity::InputsPerNeuron, "inputs of each"),
    (Quantity::ConnectionsWithBias, "connections, with biases"),
    (Quantity::Parameters, "free parameters"),
    (Quantity::MultiplyAdds, "multiply-adds"),
];

/// The table, and how the chosen count comes about.
#[component]
pub fn Counts(
    /// The settings.
    settings: Settings,
    /// The network.
    network: Network,
) -> impl IntoView {
    let rows = Layer::ALL.map(|layer| {
        let tensor = move || {
            network.with(|net| {
                let [maps, rows, columns] = net.as_ref().ok()?.tensor(layer);
                Some(match layer {
                    Layer::Dense | Layer::Output => maps.to_string(),
                    _ => format!("{maps} \u{d7} {rows} \u{d7} {columns}"),
                })
            })
        };
        let cells =
            QUANTITIES.map(|(quantity, name)| cell(settings, network, layer, quantity, name));
        view! {
            <tr data-layer=layer.name()>
                <th scope="row">{layer.name()}</th>
                <td>{tensor}</td>
                {cells.into_iter().collect_view()}
            </tr>
        }
    });
    let totals = QUANTITIES.map(|(quantity, _)| {
        let total = move || {
            network.with(|net| {
                let net = net.as_ref().ok()?;
                // A sum of inputs over layers means nothing.
                (quantity != Quantity::InputsPerNeuron).then(|| whole(net.total(quantity)))
            })
        };
        view! { <td>{total}</td> }
    });
    let headings = QUANTITIES.map(|(_, name)| view! { <th scope="col">{name}</th> });
    view! {
        <div class="counts" hidden=move || network.with(Result::is_err)>
            <Choice label="The table shows" name="table" value=settings.form options=vec![
                (Form::Values, "values"),
                (Form::Letters, "all letters"),
                (Form::Sizes, "N, M and K"),
                (Form::Numbers, "numbers put in"),
            ] />
            <div class="table" tabindex="0" role="region" aria-label="Counts of each layer">
                <table>
                    <thead><tr><th scope="col">"layer"</th><th scope="col">"tensor"</th>{headings.collect_view()}</tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                    <tfoot><tr data-layer="total"><th scope="row">"together"</th><td></td>{totals.collect_view()}</tr></tfoot>
                </table>
            </div>
            <Worked settings network />
        </div>
    }
}

fn cell(
    settings: Settings,
    network: Network,
    layer: Layer,
    quantity: Quantity,
    name: &'static str,
) -> AnyView {
    let formula =
        Memo::new(move |_| network.with(|net| Some(net.as_ref().ok()?.formula(layer, quantity))));
    let content = move || {
        formula.with(|formula| {
            let formula = formula.as_ref()?;
            Some(match settings.form.get() {
                Form::Values => whole(formula.value).into_any(),
                Form::Letters => math(formula.general.to_mathml()),
                Form::Sizes => math(formula.in_sizes.to_mathml()),
                Form::Numbers => math(formula.with_numbers.to_mathml()),
            })
        })
    };
    let chosen = move || settings.layer.get() == layer && settings.quantity.get() == quantity;
    let choose = move |_| {
        settings.layer.set(layer);
        settings.quantity.set(quantity);
    };
    let spoken = move || {
        formula.with(|formula| {
            let value = formula.as_ref().map_or(String::new(), |f| whole(f.value));
            format!("{}, {name}: {value}. Work it out", layer.name())
        })
    };
    view! {
        <td><button type="button" class="plain" aria-pressed=move || chosen().to_string() aria-label=spoken on:click=choose>{content}</button></td>
    }
    .into_any()
}

fn math(content: String) -> AnyView {
    view! { <Equation content /> }.into_any()
}

/// One count from its letters to its value, and where A and B come from.
#[component]
fn Worked(
    /// The settings.
    settings: Settings,
    /// The network.
    network: Network,
) -> impl IntoView {
    let title = move || {
        let name = QUANTITIES
            .iter()
            .find(|(q, _)| *q == settings.quantity.get());
        format!(
            "{}, {}:",
            settings.layer.get().name(),
            name.map_or("", |(_, name)| name)
        )
    };
    let line = move |of: Box<dyn Fn() -> (Layer, Option<Quantity>, &'static str) + Send + Sync>| {
        Signal::derive(move || {
            let (layer, quantity, letter) = of();
            network.with(|net| {
                let Ok(net) = net else { return String::new() };
                chain(
                    letter,
                    &match quantity {
                        Some(quantity) => net.formula(layer, quantity),
                        None => net.side(layer),
                    },
                )
            })
        })
    };
    let count = line(Box::new(move || {
        (settings.layer.get(), Some(settings.quantity.get()), "")
    }));
    let map = line(Box::new(|| (Layer::Convolution, None, "A")));
    let pooled = line(Box::new(|| (Layer::Pooling, None, "B")));
    view! {
        <div class="worked" tabindex="0" role="region" aria-label="The chosen count worked out">
            <p>{title}</p>
            <Equation content=count block=true />
            <p class="hint">"with the sides of the feature maps and of the pooled maps"</p>
            <Equation content=map block=true />
            <Equation content=pooled block=true />
        </div>
    }
}

/// MathML of "letter = general = in N, M, K = numbers put in = value"; what repeats what is before it is left out.
fn chain(letter: &'static str, formula: &CountFormula) -> String {
    let value = format!("<mn>{}</mn>", whole(formula.value));
    let mut steps = Vec::new();
    if !letter.is_empty() {
        steps.push(format!("<mi data-symbol=\"{letter}\">{letter}</mi>"));
    }
    let forms = [&formula.general, &formula.in_sizes, &formula.with_numbers];
    for (form, text) in forms.map(|form| (form.to_mathml(), form.to_string())) {
        if !steps.contains(&form) && text != formula.value.to_string() {
            steps.push(form);
        }
    }
    steps.push(value);
    format!("<mrow>{}</mrow>", steps.join("<mo>=</mo>"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::architecture::{self, Architecture};

    #[test]
    fn a_count_is_worked_out_from_its_letters_to_its_value() {
        let net = Architecture::new(architecture::Settings::default()).expect("it fits");
        let text = |layer, quantity| {
            let mathml = chain("", &net.formula(layer, quantity));
            let tag = mathml.split('<').filter_map(|piece| piece.split_once('>'));
            tag.map(|(_, text)| text).collect::<String>()
        };
        assert_eq!(text(Layer::Output, Quantity::Neurons), "L=10");
        assert_eq!(
            text(Layer::Convolution, Quantity::Parameters),
            "M·(C·F2+1)=26·M=20·(1·52+1)=520"
        );
        assert_eq!(text(Layer::Input, Quantity::Parameters), "0");
    }
}
