//! Chapter 3: activation functions.

mod functions;
mod notation;
mod relu;

use leptos::prelude::*;

use crate::ui::app::Page;

/// The chapter in the table of contents.
pub const PAGE: Page = Page {
    name: "activations",
    number: Some(3),
    title: "Activation functions",
    widgets: &[
        (relu::ID, "ReLU on [\u{2212}4, 4]"),
        (functions::ID, "A bench of functions"),
    ],
    view,
};

fn view() -> AnyView {
    view! {
        <article class="activations">
            <h1><span class="number">"3"</span>" Activation functions"</h1>
            <p class="lead">
                "A neuron adds up its weighted inputs, and then applies a function to the sum. The function is all that keeps \
                 a deep network from being one large matrix."
            </p>
            <p>
                "The homework asks for the equation of the "<em>"rectified linear unit"</em>", ReLU, and for its plot between \
                 \u{2212}4 and 4. Here it is. Drag the point, move the slider with the arrow keys, or type a number."
            </p>
            <relu::Relu />
            <p>
                "Below 0 it says nothing, above 0 it repeats what it hears. It costs one comparison, and where it lets a signal \
                 through it lets the gradient through unchanged. At the corner it has no derivative. Any slope between 0 and 1 \
                 belongs to a line that touches the graph there without crossing it; programs take 0."
            </p>
            <h2>"Others, and what makes them alike"</h2>
            <p>
                "Put others beside it. The parameter c multiplies what goes in: \u{3c3}(cx) becomes the step of the perceptron as c \
                 grows, which is the first exercise of the sheet on a single neuron. A function that grows like x must be drawn back to \
                 keep its size: softplus(cx)/c becomes ReLU. So softplus is to ReLU what the sigmoid is to the step, and in fact the \
                 derivative of softplus is the sigmoid, as the derivative of ReLU is the step."
            </p>
            <functions::Functions />
            <p>
                "The approach is not of one kind. Softplus comes near ReLU everywhere at once: nowhere are they further apart than \
                 ln\u{202f}2/c, and that far they are at x = 0. The sigmoid comes near the step at every point but never everywhere at \
                 once: close enough to 0 they stay almost 1/2 apart, whatever c is, because the step jumps."
            </p>
        </article>
    }
    .into_any()
}
