//! Some of a few named values: a row of check boxes.

use leptos::prelude::*;

/// A labelled row of check boxes. The chosen values stand in the order of the options.
#[component]
pub fn Several<T>(
    /// What is chosen.
    label: &'static str,
    /// Name for styles and tests, unique within the widget.
    name: &'static str,
    /// The chosen values.
    value: RwSignal<Vec<T>>,
    /// The values with the texts that stand for them.
    options: Vec<(T, &'static str)>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let order: Vec<T> = options.iter().map(|(option, _)| option.clone()).collect();
    let order = StoredValue::new(order);
    let boxes: Vec<_> = options
        .into_iter()
        .map(|(option, text)| {
            let chosen = option.clone();
            let turn = move |on: bool| {
                value.update(|value| {
                    let next = order.with_value(|order| {
                        let kept = order
                            .iter()
                            .filter(|candidate| match **candidate == option {
                                true => on,
                                false => value.contains(candidate),
                            });
                        kept.cloned().collect()
                    });
                    *value = next;
                });
            };
            view! {
                <label>
                    <input
                        type="checkbox"
                        prop:checked=move || value.with(|value| value.contains(&chosen))
                        on:change=move |event| turn(event_target_checked(&event))
                    />
                    <span>{text}</span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="control choice several" data-control=name>
            <legend>{label}</legend>
            <div class="options">{boxes}</div>
        </fieldset>
    }
}
