//! Truth tables of two networks beside each other; a row puts its input into the diagrams.

use leptos::prelude::*;

use crate::theory::threshold::{ThresholdNetwork, TruthTable};
use crate::ui::network_diagram::{Editing, subscript};

/// A truth table that can be asked for a row or an output that an edit has just taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outputs {
    /// The table itself.
    pub table: TruthTable,
    inputs: usize,
    outputs: usize,
}

impl Outputs {
    /// The table of a network.
    pub fn of(network: &impl ThresholdNetwork) -> Self {
        Self {
            table: network.truth_table(),
            inputs: network.network().inputs(),
            outputs: network.network().outputs(),
        }
    }

    fn bit(&self, row: usize, output: usize) -> bool {
        row < self.table.rows() && output < self.outputs && self.table.output(row, output)
    }
}

/// Two tables of the same shape, row by row.
#[component]
pub fn Table(
    /// Where a pressed row puts its input.
    editing: Editing,
    /// One network's outputs.
    one: Memo<Outputs>,
    /// The other's.
    other: Memo<Outputs>,
    /// What they are called.
    names: [&'static str; 2],
) -> impl IntoView {
    let shape = Memo::new(move |_| one.with(|one| (one.inputs, one.outputs)));
    let head = move || {
        let (inputs, outputs) = shape.get();
        let inputs =
            (0..inputs).map(|i| view! { <th scope="col">{format!("x{}", subscript(i + 1))}</th> });
        let columns = (0..2 * outputs).map(move |column| {
            let output = column % outputs;
            view! { <th scope="col" class:first=output == 0>{format!("y{}", subscript(output + 1))}</th> }
        });
        view! {
            <tr>
                <th colspan=shape.get().0 scope="colgroup">"input"</th>
                <th colspan=outputs scope="colgroup" class="first">{names[0]}</th>
                <th colspan=outputs scope="colgroup" class="first">{names[1]}</th>
                <td></td>
            </tr>
            <tr>{inputs.collect_view()}{columns.collect_view()}<td></td></tr>
        }
    };
    let rows = move || {
        let (inputs, outputs) = shape.get();
        (0..1 << inputs)
            .map(|row| row_view(editing, one, other, outputs, row))
            .collect::<Vec<_>>()
    };
    view! {
        <div class="truth" tabindex="0" role="region" aria-label="Truth tables of both networks">
            <table>
                <thead>{head}</thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row_view(
    editing: Editing,
    one: Memo<Outputs>,
    other: Memo<Outputs>,
    outputs: usize,
    row: usize,
) -> AnyView {
    let input = one.with_untracked(|one| one.table.input(row));
    let chosen = input.clone();
    let now = move || editing.input() == chosen;
    let bit = move |table: Memo<Outputs>, output: usize| table.with(|table| table.bit(row, output));
    let same = move || (0..outputs).all(|output| bit(one, output) == bit(other, output));
    let text = |on: bool| if on { "1" } else { "0" };
    let spoken: Vec<&str> = input.iter().map(|x| text(*x == 1.0)).collect();
    let label = format!("Show input {}", spoken.join(" "));
    let target = input.clone();
    let cells = spoken
        .into_iter()
        .enumerate()
        .map(|(index, x)| {
            let (label, target) = (label.clone(), target.clone());
            let press = (index == 0).then(|| {
                view! {
                    <button type="button" aria-label=label on:click=move |_| editing.input.set(target.clone())>{x}</button>
                }
                .into_any()
            });
            view! { <td>{press.unwrap_or_else(|| x.into_any())}</td> }.into_any()
        })
        .collect::<Vec<_>>();
    let outputs_view = [one, other].map(|table| {
        (0..outputs)
            .map(|output| {
                view! { <td class="out" class:first=output == 0>{move || text(bit(table, output))}</td> }.into_any()
            })
            .collect::<Vec<_>>()
    });
    let clicked = input;
    view! {
        <tr class:now=now class:differs=move || !same() on:click=move |_| editing.input.set(clicked.clone())>
            {cells}
            {outputs_view}
            <td class="agree">{move || if same() { "agree" } else { "differ" }}</td>
        </tr>
    }
    .into_any()
}
