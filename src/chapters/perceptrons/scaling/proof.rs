//! The proof as steps, each of which lights up the neurons that it speaks of.

use leptos::prelude::*;

use crate::theory::perceptron::{NeuronId, PerceptronNetwork};
use crate::theory::scaling::proof;
use crate::ui::link::{Codec, Link};

/// Which step is open; 0 for none.
#[derive(Clone, Copy)]
pub struct Settings {
    step: RwSignal<f64>,
}

impl Settings {
    /// Declares the step for widget `id`.
    pub fn declare(id: &'static str) -> Self {
        let link = expect_context::<Link>();
        // One perceptron, up to six layers, the conclusion.
        Self {
            step: link.field(id, "step", 0.0, Codec::whole(0.0..=8.0)),
        }
    }

    /// The neurons of the open step.
    pub fn lit(self, network: RwSignal<PerceptronNetwork>) -> Signal<Vec<NeuronId>> {
        let step = self.step;
        let memo = Memo::new(move |_| match step.get() as usize {
            0 => Vec::new(),
            number => network.with(|network| {
                let steps = proof(network);
                steps
                    .get(number - 1)
                    .map(|step| step.neurons.clone())
                    .unwrap_or_default()
            }),
        });
        memo.into()
    }
}

/// The steps with their buttons.
#[component]
pub fn Proof(settings: Settings, network: RwSignal<PerceptronNetwork>) -> impl IntoView {
    let step = settings.step;
    // The steps depend on the number of layers only.
    let depth = Memo::new(move |_| network.with(|network| network.layers().len()));
    let steps = move || {
        depth.track();
        network.with_untracked(proof)
    };
    let last = move || steps().len() as f64;
    let go = move |by: f64| step.set((step.get_untracked() + by).clamp(0.0, untrack(last)));
    let list = move || {
        let items = steps().into_iter().enumerate().map(|(index, one)| {
            let number = (index + 1) as f64;
            let open = move || step.get() == number;
            view! {
                <li class:open=open>
                    <button type="button" aria-pressed=move || open().to_string()
                        on:click=move |_| step.set(if step.get_untracked() == number { 0.0 } else { number })>
                        {one.claim}
                    </button>
                    <p hidden=move || !open()>{one.reason}</p>
                </li>
            }
            .into_any()
        });
        items.collect::<Vec<_>>()
    };
    view! {
        <section class="proof" aria-label="The proof, step by step">
            <header>
                <h3>"Why: the proof by induction over the layers"</h3>
                <div class="walk">
                    <button type="button" disabled=move || step.get() == 0.0 on:click=move |_| go(-1.0)>"Step back"</button>
                    <button type="button" disabled=move || step.get() == last() on:click=move |_| go(1.0)>"Next step"</button>
                </div>
            </header>
            <ol>{list}</ol>
        </section>
    }
}
