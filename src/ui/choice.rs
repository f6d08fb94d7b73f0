//! One of a few named values: a row of radio buttons, or a menu where there are many.

use leptos::prelude::*;

use super::slider::next_id;

/// A labelled row of radio buttons.
#[component]
pub fn Choice<T>(
    /// What is chosen.
    label: &'static str,
    /// Name for styles and tests, unique within the widget.
    name: &'static str,
    /// The chosen value.
    value: RwSignal<T>,
    /// The values with the texts that stand for them.
    options: Vec<(T, &'static str)>,
    /// A sentence for the tooltip.
    #[prop(optional)]
    help: &'static str,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let group = next_id(name);
    let buttons: Vec<_> = options
        .into_iter()
        .map(|(option, text)| {
            let chosen = option.clone();
            let group = group.clone();
            view! {
                <label>
                    <input
                        type="radio"
                        name=group
                        prop:checked=move || value.with(|value| *value == chosen)
                        on:change=move |_| value.set(option.clone())
                        // Arrow keys move between the buttons, not between widgets.
                        on:keydown=move |event| event.stop_propagation()
                    />
                    <span>{text}</span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="control choice" data-control=name title=help>
            <legend>{label}</legend>
            <div class="options">{buttons}</div>
        </fieldset>
    }
}
