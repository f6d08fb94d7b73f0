//! On or off.

use leptos::prelude::*;

/// A labelled check box.
#[component]
pub fn Toggle(
    /// What is on or off.
    label: &'static str,
    /// Name for styles and tests, unique within the widget.
    name: &'static str,
    /// The state.
    value: RwSignal<bool>,
    /// A sentence for the tooltip.
    #[prop(optional)]
    help: &'static str,
) -> impl IntoView {
    view! {
        <label class="control toggle" data-control=name title=help>
            <input
                type="checkbox"
                prop:checked=value
                on:change=move |event| value.set(event_target_checked(&event))
            />
            <span>{label}</span>
        </label>
    }
}
