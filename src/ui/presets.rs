//! Settings of a training panel to begin with, each with what it will show.

use leptos::prelude::*;

use super::link::Link;
use super::transport::Runs;

/// A starting point.
#[derive(Debug)]
pub struct Preset {
    /// On its button.
    pub title: &'static str,
    /// What it will show.
    pub claim: &'static str,
    /// Settings that are not at their defaults, as a link has them.
    pub values: &'static [(&'static str, &'static str)],
}

/// A button for each preset; the one that is set is marked and its claim stands below.
#[component]
pub fn Presets(
    /// Name of the widget in links.
    id: &'static str,
    /// The starting points.
    presets: &'static [Preset],
    /// Settings that decide no recipe, and therefore no preset.
    #[prop(optional)]
    apart_from: &'static [&'static str],
    /// The runs that a preset leaves alone while they train.
    #[prop(optional)]
    runs: Option<Runs>,
    /// Reads every setting; where there are runs their recipes do.
    #[prop(optional, into)]
    settings: Option<Signal<()>>,
) -> impl IntoView {
    let link = expect_context::<Link>();
    let chosen = Memo::new(move |_| {
        // Every other setting decides a recipe.
        if let Some(runs) = runs {
            runs.recipes.track();
        }
        if let Some(settings) = settings {
            settings.get();
        }
        let is_set = |preset: &Preset| link.matches(id, preset.values, apart_from);
        presets.iter().position(is_set)
    });
    let buttons = presets.iter().enumerate().map(|(index, preset)| {
        let press = move |_| link.apply(id, preset.values);
        view! {
            <button type="button" aria-pressed=move || (chosen.get() == Some(index)).to_string() on:click=press>{preset.title}</button>
        }
    });
    let claim = move || {
        let own = "Settings of your own.";
        chosen.get().map_or(own, |index| presets[index].claim)
    };
    view! {
        <div class="presets" role="group" aria-label="Experiments to begin with">
            {buttons.collect_view()}
            <p class="claim">{claim}</p>
            <p class="claim" hidden=move || !runs.is_some_and(Runs::waiting)>"The run under way keeps its settings; press Start over to use the new ones."</p>
        </div>
    }
}
