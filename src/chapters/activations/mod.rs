//! Chapter 3: activation functions.

mod depth;
mod functions;
mod notation;
mod relu;
mod softmax;
mod units;

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
        (depth::ID, "Gradients in depth"),
        (units::ID, "Silent and dead units"),
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
                "The last layer of a network that tells digits apart gives ten numbers z, the "<em>"logits"</em>". They may be anything. \
                 Softmax makes a probability of them:"
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
                "An exponential is above 0, and each is divided by the sum of all: so every component lies between 0 and 1, and together they \
                 are 1. That is what makes them a probability of ten answers that exclude one another. Ten sigmoids also lie between 0 and 1, but \
                 each speaks for itself: their sum is anything between 0 and 10."
            </p>
            <softmax::Softmax />
            <p>
                "A constant added to all logits multiplies every exponential by the same number, above and below the fraction bar, and is gone. \
                 A factor c is not gone: towards 0 it makes all answers alike, towards infinity it leaves only the largest. If two are largest, both \
                 keep 1/2 for every c. That is the case w\u{b7}x\u{202f}+\u{202f}b\u{202f}=\u{202f}0 of the sheet\u{2019}s first task again: softmax of two logits is the sigmoid of \
                 their difference, and \u{3c3}(0)\u{202f}=\u{202f}1/2."
            </p>
            <p>
                "Once the output is a probability, one can ask how surprised the network is by the truth: the "<em>"cross-entropy"</em>
                " \u{2212}ln\u{202f}p of the right class is 0 for a network that was sure and right, ln\u{202f}10 for one that guessed evenly, and grows without \
                 bound for one that was sure and wrong. Minimising its mean over many examples makes them as likely as the network can. And its gradient \
                 by the logits is p\u{202f}\u{2212}\u{202f}y, with y\u{202f}=\u{202f}1 for the right class and 0 else: it does not vanish where the \
                 network is wrong, however sure it is. In the bench, look at the Jacobian of such a case: its cells are pale, and the gradient of the cross-entropy \
                 is full all the same."
            </p>
            <h2>"Why sigmoids learn slowly in depth"</h2>
            <p>
                "Learning walks backwards. Let \u{3b4} be the gradient of the loss by the weighted inputs z of a layer. That of layer l \
                 follows from that of the next one:"
            </p>
            <math class="equation" display="block">
                <mrow>
                    <msup><mi>"\u{3b4}"</mi><mi>"l"</mi></msup>
                    <mo>"="</mo>
                    <msup><mrow><mo stretchy="false">"("</mo><msup><mi>"W"</mi><mrow><mi>"l"</mi><mo>"+"</mo><mn>"1"</mn></mrow></msup><mo stretchy="false">")"</mo></mrow><mi mathvariant="normal">"T"</mi></msup>
                    <msup><mi>"\u{3b4}"</mi><mrow><mi>"l"</mi><mo>"+"</mo><mn>"1"</mn></mrow></msup>
                    <mo>"\u{2299}"</mo>
                    <msup><mi>"f"</mi><mo>"\u{2032}"</mo></msup>
                    <mo stretchy="false">"("</mo>
                    <msup><mi>"z"</mi><mi>"l"</mi></msup>
                    <mo stretchy="false">")"</mo>
                </mrow>
            </math>
            <p>
                "So each layer multiplies the gradient by its weights and by the slopes of its function. The slope of the sigmoid is \
                 \u{3c3}(1\u{2009}\u{2212}\u{2009}\u{3c3}): at most 1/4, and that only at 0. Weights of variance 2/n make a vector longer by a factor \
                 \u{221a}2, on average; slopes of about 0.22 make it shorter. One sigmoid layer passes back 0.22\u{b7}\u{221a}2\u{202f}\u{2248}\u{202f}0.31 \
                 of the gradient, five of them 0.31\u{2075}\u{202f}\u{2248}\u{202f}1/350. ReLU has slope 1 for half of its inputs and 0 for the other half: \
                 \u{221a}(1/2)\u{b7}\u{221a}2\u{202f}=\u{202f}1, and nothing is lost. That is where the 2 in 2/n comes from."
            </p>
            <depth::Depth />
            <p>
                "Both networks start from the same weights and see the same mini-batches; they differ in their function and in nothing else. A \
                 norm is that of the gradient of the mean loss over all training images, by all weights and biases of one layer. That of \
                 the first layer is a little larger than the rule says, because an image is a longer vector than what the hidden layers \
                 read. And look at the lines of the ReLU network as they go down: they go down together. A network that makes no mistake \
                 has nothing left to learn, in any layer. In the sigmoid network the lines stay apart: its last layer would learn, but what it is given \
                 by the first ones is still what chance made of the image."
            </p>
            <h2>"ReLU is silent half of the time"</h2>
            <p>
                "So one reads, and at the start it is true: weights are drawn evenly around 0 and biases are 0, so each weighted input is as likely \
                 to be below 0 as above. Below 0 the unit says 0 and passes no gradient back. What becomes of the half is up to training. Watch it \
                 with short steps, then with long ones."
            </p>
            <units::Units />
            <p>
                "A step that is too long can push the weighted input of a unit below 0 for every image. Then no gradient reaches its weights: the unit \
                 is "<em>"dead"</em>". In the first layer it stays dead, since what it reads, the images, never changes. In a later layer it may come \
                 back, because the layers before it still move. Silence is not death: with a learning rate of 0.3 four fifths of the first \
                 layer\u{2019}s outputs are 0, other units for other digits, and the network reads as well as before."
            </p>
            <p>
                "Such a code, in which few units speak at a time, is called "<em>"sparse"</em>". Dropout, in chapter 4, silences units too: ReLU by the sign of what \
                 they hear, dropout by chance."
            </p>
        </article>
    }
    .into_any()
}
