//! The numbers of the bench, one row a function.

use leptos::prelude::*;

use super::super::notation::{plain, slug};
use super::figures::limit_name;
use super::settings::Bench;
use crate::theory::activation::Activation;
use crate::ui::formula::Equation;

/// Equation, value, slope, distance from the limit; and what is known of the function itself.
#[component]
pub fn Numbers(
    /// The settings.
    bench: Memo<Bench>,
) -> impl IntoView {
    let functions = Memo::new(move |_| bench.with(|bench| bench.functions.clone()));
    let row = move |activation: Activation| {
        let at = Memo::new(move |_| bench.with(|bench| (bench.c, bench.x)));
        let number = move |of: fn(Activation, f64, f64) -> f64| {
            move || {
                let (c, x) = at.get();
                plain(of(activation, c, x))
            }
        };
        let silent: Vec<String> = activation
            .saturation()
            .iter()
            .map(ToString::to_string)
            .collect();
        let silent = if silent.is_empty() {
            "nowhere".to_owned()
        } else {
            silent.join(" \u{222a} ")
        };
        view! {
            <tr data-function=slug(activation)>
                <th scope="row"><span class=format!("swatch {}", slug(activation))></span>{activation.name()}</th>
                <td class="formula"><Equation content=activation.scaled_equation().to_mathml() /></td>
                <td data-number="value">{number(Activation::scaled_value)}</td>
                <td data-number="slope">{number(Activation::scaled_derivative)}</td>
                <td data-number="distance">
                    {number(Activation::scaled_deviation)}" "<span class="unit">"from "{limit_name(activation)}</span>
                </td>
                <td class="formula"><Equation content=activation.derivative_equation().to_mathml() /></td>
                <td>{activation.range().to_string()}</td>
                <td>{silent}</td>
            </tr>
        }
    };
    let heading = move || {
        format!(
            "at x = {}, c = {}",
            plain(bench.with(|b| b.x)),
            plain(bench.with(|b| b.c))
        )
    };
    view! {
        <div class="table" role="region" aria-label="Numbers of the functions" tabindex="0" hidden=move || functions.with(Vec::is_empty)>
            <table class="functions">
                <thead>
                    <tr>
                        <th rowspan="2">"function"</th>
                        <th colspan="4">{heading}</th>
                        <th colspan="3">"without c"</th>
                    </tr>
                    <tr>
                        <th>"equation"</th>
                        <th>"value"</th>
                        <th>"slope"</th>
                        <th>"distance"</th>
                        <th>"derivative"</th>
                        <th>"values"</th>
                        <th>"slope below 0.01"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || functions.get() key=|activation| *activation children=row />
                </tbody>
            </table>
        </div>
    }
}
