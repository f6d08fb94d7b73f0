//! Chapter 1: perceptrons, and what sigmoid neurons have to do with them.

mod balance;
mod bench;
mod edge;
mod maps;
mod scaling;
mod sigmoid;
mod table;

use leptos::prelude::*;

use crate::ui::app::Page;
use crate::ui::slip::Slip;

/// The chapter in the table of contents.
pub const PAGE: Page = Page {
    name: "perceptrons",
    number: Some(1),
    title: "Perceptrons",
    widgets: &[
        (scaling::ID, "Scaling changes nothing"),
        (sigmoid::ID, "Sigmoids become steps"),
        (edge::ID, "On the edge"),
        (balance::ID, "A balance that tips"),
    ],
    view,
};

fn view() -> AnyView {
    view! {
        <article>
            <h1><span class="number">"1"</span>" Perceptrons"</h1>
            <p class="lead">
                "A perceptron weighs what it sees and says yes or no. Networks of perceptrons can compute anything a computer can; \
                 what they cannot do is change a little. This chapter is about the way from yes or no to a little more."
            </p>
            <p>
                "A perceptron with weights w and bias b looks at an input x and says"
            </p>
            <math display="block">
                <mi>"y"</mi><mo>"="</mo>
                <mrow>
                    <mo>"{"</mo>
                    <mtable columnalign="left left">
                        <mtr>
                            <mtd><mn>"1"</mn></mtd>
                            <mtd><mtext>"if\u{a0}"</mtext><mi>"w"</mi><mo>"\u{b7}"</mo><mi>"x"</mi><mo>"+"</mo><mi>"b"</mi><mo>">"</mo><mn>"0"</mn></mtd>
                        </mtr>
                        <mtr><mtd><mn>"0"</mn></mtd><mtd><mtext>"else"</mtext></mtd></mtr>
                    </mtable>
                </mrow>
            </math>
            <p>
                "The number z = w\u{b7}x + b is its weighted input. In a network the outputs of one layer are the inputs of the next one. \
                 Below is a half adder: it adds two bits, and its outputs are the sum and the carry. It is built from NAND gates, perceptrons \
                 with weights \u{2212}2, \u{2212}2 and bias 3; a value that a later layer needs is handed on by a perceptron with weight 2 and \
                 bias \u{2212}1."
            </p>

            <h2>"1.1 Scaling a network"</h2>
            <p>
                "Multiply every weight and every bias by the same c > 0. The weighted input of a perceptron becomes"
            </p>
            <math display="block">
                <mo>"("</mo><mi>"c"</mi><mi>"w"</mi><mo>")"</mo><mo>"\u{b7}"</mo><mi>"x"</mi><mo>"+"</mo><mi>"c"</mi><mi>"b"</mi>
                <mo>"="</mo><mi>"c"</mi><mo>"("</mo><mi>"w"</mi><mo>"\u{b7}"</mo><mi>"x"</mi><mo>"+"</mo><mi>"b"</mi><mo>")"</mo>
            </math>
            <p>
                "and a number times c > 0 is above 0 exactly if the number is. So no perceptron of the first layer changes its mind, the \
                 second layer sees what it saw before, and so on to the outputs. Change anything: press an edge or a neuron and type, drag \
                 up or down, or use the arrow keys; press an input to turn it from 0 to 1."
            </p>
            <scaling::Scaling />
            <p>
                "The proof uses only that c > 0, and never that two neurons have the same c. So each layer, even each neuron, may have \
                 its own: try both. What it does use is the sign. With c = 0 all perceptrons fall silent, and with c < 0 \
                 each says the opposite of what it said, unless its weighted input is 0."
            </p>
            <p>
                "Outputs and maps are compared exactly, not up to rounding: the page computes the sign of each sum of products without error. \
                 That is not for show. With weights 3, \u{2212}1, \u{2212}2 and all inputs 1 the weighted input is 0; multiply by 0.1, round \
                 each product to a double as every computer does, and the sum is 2"<sup>"\u{2212}55"</sup>", so a careless program would see \
                 the output flip."
            </p>

            <h2>"1.2 From yes or no to a little more"</h2>
            <p>
                "A sigmoid neuron says not z > 0 but"
            </p>
            <math display="block">
                <mi>"\u{3c3}"</mi><mo>"("</mo><mi>"z"</mi><mo>")"</mo><mo>"="</mo>
                <mfrac>
                    <mn>"1"</mn>
                    <mrow><mn>"1"</mn><mo>"+"</mo><msup><mi>"e"</mi><mrow><mo>"\u{2212}"</mo><mi>"z"</mi></mrow></msup></mrow>
                </mfrac>
                <mtext>",\u{a0}\u{a0}"</mtext><mi>"z"</mi><mo>"="</mo><mi>"w"</mi><mo>"\u{b7}"</mo><mi>"x"</mi><mo>"+"</mo><mi>"b"</mi>
            </math>
            <Slip
                says="The sigmoid neuron is written with w\u{b7}x \u{2212} b."
                correct="It is w\u{b7}x + b, as in the perceptron: else a network and its sigmoid version would not have the same biases."
            />
            <p>
                "Now multiply all weights and biases by c and let c grow. Where z is above 0, \u{3c3}(cz) goes to 1; where it is below, to 0. \
                 That is a perceptron. The difference is known exactly: if the perceptron says 1 the sigmoid neuron misses 1 \u{2212} \u{3c3}(cz), \
                 if it says 0 the sigmoid neuron exceeds it by \u{3c3}(cz), and both are"
            </p>
            <math display="block">
                <mfrac>
                    <mn>"1"</mn>
                    <mrow><mn>"1"</mn><mo>"+"</mo><msup><mi>"e"</mi><mrow><mi>"c"</mi><mo lspace="0" rspace="0">"|"</mo><mi>"z"</mi><mo lspace="0" rspace="0">"|"</mo></mrow></msup></mrow>
                </mfrac>
                <mo>"\u{2264}"</mo>
                <msup><mi>"e"</mi><mrow><mo>"\u{2212}"</mo><mi>"c"</mi><mo lspace="0" rspace="0">"|"</mo><mi>"z"</mi><mo lspace="0" rspace="0">"|"</mo></mrow></msup>
            </math>
            <Slip
                says="As c grows the output tends to 1 if w\u{b7}x + b \u{2264} 0 and to 0 if w\u{b7}x + b > 0."
                correct="The cases are swapped: it tends to 1 if w\u{b7}x + b > 0 and to 0 if w\u{b7}x + b < 0."
            />
            <p>
                "In a network the second layer no longer sees exact zeros and ones, but numbers that are off by a little. Let d"<sub>"i"</sub>
                " bound how far neuron i of the layer before is off. The weighted input of neuron j is then off by at most the sum of \
                 |w"<sub>"ji"</sub>"|\u{2009}d"<sub>"i"</sub>". As long as that is less than its margin |z"<sub>"j"</sub>"|, the sign is right, and"
            </p>
            <math display="block">
                <msub><mi>"d"</mi><mi>"j"</mi></msub><mo>"="</mo>
                <mfrac>
                    <mn>"1"</mn>
                    <mrow><mn>"1"</mn><mo>"+"</mo><msup><mi>"e"</mi><mrow><mi>"c"</mi><msub><mi>"h"</mi><mi>"j"</mi></msub></mrow></msup></mrow>
                </mfrac>
                <mtext>","</mtext>
            </math>
            <math display="block">
                <msub><mi>"h"</mi><mi>"j"</mi></msub><mo>"="</mo><mo lspace="0" rspace="0">"|"</mo><msub><mi>"z"</mi><mi>"j"</mi></msub><mo lspace="0" rspace="0">"|"</mo>
                <mo>"\u{2212}"</mo><munder><mo>"\u{2211}"</mo><mi>"i"</mi></munder>
                <mo lspace="0" rspace="0">"|"</mo><msub><mi>"w"</mi><mrow><mi>"j"</mi><mi>"i"</mi></mrow></msub><mo lspace="0" rspace="0">"|"</mo><msub><mi>"d"</mi><mi>"i"</mi></msub>
            </math>
            <p>
                "Layer by layer this gives a bound for the outputs, the dotted curve below. It never grows with c, so the c that is enough \
                 for a given \u{3b5} can be computed; for one neuron it is ln(1/\u{2060}\u{3b5}\u{a0}\u{2212}\u{a0}1)\u{a0}/\u{a0}|z|. All of this needs a margin: no \
                 weighted input may be 0."
            </p>
            <Slip
                says="Suppose that w\u{b7}x + b = 0 for the input x."
                correct="The condition must read w\u{b7}x + b \u{2260} 0 for every perceptron of the network: where it is 0 the claim fails, as 1.3 shows."
            />
            <sigmoid::Sigmoid />
            <h2>"1.3 On the edge"</h2>
            <p>
                "Where w\u{b7}x + b = 0 a perceptron says 0, because 0 is not above 0. A sigmoid neuron says \u{3c3}(c\u{b7}0) = 1/2, for \
                 every c. So here the two never agree. What happens behind? Each later neuron sees a 1/2 where the perceptron \
                 saw a 0, and its own weighted input tends to a sum with that 1/2 in it. If the sum is above 0 it tends to 1, if below to 0: the 1/2 may \
                 be absorbed, or decide the neuron up or down. If the sum is 0 the neuron says 1/2 again."
            </p>
            <p>
                "Could a sum that vanishes only in the limit tip the neuron after all, as c times something small? No: everything that is small here is small \
                 like e"<sup>"\u{2212}rc"</sup>", and c times that still tends to 0, from whichever side. So the neuron tends to 1/2, and every neuron of every such network tends to 0, 1/2 or 1, and which one is decided by \
                 one exact sign a neuron. The page computes it so, and not by trying a large c."
            </p>
            <p>
                "How many inputs are concerned? A neuron of the first layer is on its edge along a line, and a line has no area. A later \
                 neuron sees only zeros and ones: if its sum is 0 at one input, it is 0 at all inputs between the same lines, and the \
                 limit differs on a whole region."
            </p>
            <edge::Edge />
            <h2>"1.4 A balance that tips"</h2>
            <p>
                "Hand a number on through a chain of sigmoid neurons, each with weight c and bias \u{2212}c/2:"
            </p>
            <math display="block">
                <mi>"f"</mi><mo>"("</mo><mi>"x"</mi><mo>")"</mo><mo>"="</mo><mi>"\u{3c3}"</mi><mo>"("</mo><mi>"c"</mi><mo>"("</mo><mi>"x"</mi><mo>"\u{2212}"</mo>
                <mfrac><mn>"1"</mn><mn>"2"</mn></mfrac><mo>")"</mo><mo>")"</mo>
            </math>
            <p>
                "1/2 is handed on as 1/2, whatever c is. Whether its neighbours are drawn in or driven away is a matter of the slope there, \
                 f\u{2032}(1/2) = c/4. Up to c = 4 the chain forgets where it began and settles at 1/2. Beyond, 1/2 is a pencil on its tip, and two \
                 stable values split off that run towards 0 and 1 as c grows: the chain has become a switch, and each neuron nearly a perceptron. \
                 At first they part like a square root, 1/2 \u{2213} \u{221a}(3(c/4 \u{2212} 1))\u{2009}/\u{2009}2: a pitchfork bifurcation."
            </p>
            <balance::Balance />
            <Slip
                says="The footnote calls 1/2 the only equilibrium of the logistic equation, an unstable one."
                correct="The logistic equation s\u{2032} = s(1 \u{2212} s), which the sigmoid solves, has two equilibria: 0, unstable, and 1, stable. The picture of an unstable 1/2 between two ends belongs to the chain above, for c > 4."
            />
        </article>
    }
    .into_any()
}
