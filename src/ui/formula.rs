//! Formulas as MathML, from the same trees that are evaluated.

use leptos::prelude::*;

/// A formula. Letters and numbers that a slider moves carry `data-symbol` with the letter; the style sheet gives them
/// the slider's colour.
#[component]
pub fn Equation(
    /// What stands inside `<math>`, as [`crate::theory::activation::formula::Formula::to_mathml`] writes it.
    #[prop(into)]
    content: Signal<String>,
    /// On a line of its own, with fractions at full size.
    #[prop(optional)]
    block: bool,
) -> impl IntoView {
    let display = if block { "block" } else { "inline" };
    view! { <math class="equation" display=display inner_html=move || content.get()></math> }
}
