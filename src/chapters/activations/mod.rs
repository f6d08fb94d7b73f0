//! Chapter 3: activation functions.

mod functions;
mod notation;
mod relu;
mod softmax;

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
        (softmax::ID, "Softmax"),
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
            <h2>"What the sheet asks"</h2>
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
            <h2>"Ten outputs, one answer"</h2>
            <p>
                "The last layer of a network that tells digits apart gives ten numbers z, the "<em>"logits"</em>". They may be anything.                  Softmax makes a probability of them:"
            </p>
            <math class="equation" display="block">
                <mrow>
                    <msub><mi>"p"</mi><mi>"i"</mi></msub>
                    <mo>"="</mo>
                    <mfrac>
                        <msup><mi>"e"</mi><msub><mi>"z"</mi><mi>"i"</mi></msub></msup>
                        <mrow>
                            <munder><mo>"\u{2211}"</mo><mi>"j"</mi></munder>
                            <msup><mi>"e"</mi><msub><mi>"z"</mi><mi>"j"</mi></msub></msup>
                        </mrow>
                    </mfrac>
                </mrow>
            </math>
            <p>
                "An exponential is above 0, and each is divided by the sum of all: so every component lies between 0 and 1, and together they                  are 1. That is what makes them a probability of ten answers that exclude one another. Ten sigmoids also lie between 0 and 1, but                  each speaks for itself: their sum is anything between 0 and 10."
            </p>
            <softmax::Softmax />
            <p>
                "A constant added to all logits multiplies every exponential by the same number, above and below the fraction bar, and is gone.                  A factor c is not gone: towards 0 it makes all answers alike, towards infinity it leaves only the largest. If two are largest, both                  keep 1/2 for every c. That is the case w\u{b7}x\u{202f}+\u{202f}b\u{202f}=\u{202f}0 of the sheet\u{2019}s first task again: softmax of two logits is the sigmoid of                  their difference, and \u{3c3}(0)\u{202f}=\u{202f}1/2."
            </p>
            <p>
                "Once the output is a probability, one can ask how surprised the network is by the truth: the "<em>"cross-entropy"</em>
                " \u{2212}ln\u{202f}p of the right class is 0 for a network that was sure and right, ln\u{202f}10 for one that guessed evenly, and grows without                  bound for one that was sure and wrong. Minimising its mean over many examples makes them as likely as the network can. And its gradient                  by the logits is p\u{202f}\u{2212}\u{202f}y, with y\u{202f}=\u{202f}1 for the right class and 0 else: it does not vanish where the                  network is wrong, however sure it is. In the bench, look at the Jacobian of such a case: its cells are pale, and the gradient of the cross-entropy                  is full all the same."
            </p>
        </article>
    }
    .into_any()
}
