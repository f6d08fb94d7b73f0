//! Chapter 1: perceptrons, and what sigmoid neurons have to do with them.

mod bench;
mod maps;
mod scaling;
mod table;

use leptos::prelude::*;

use crate::ui::app::Page;

/// The chapter in the table of contents.
pub const PAGE: Page = Page {
    name: "perceptrons",
    number: Some(1),
    title: "Perceptrons",
    widgets: &[(scaling::ID, "Scaling changes nothing")],
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
                            <mtd><mtext>"if "</mtext><mi>"w"</mi><mo>"\u{b7}"</mo><mi>"x"</mi><mo>"+"</mo><mi>"b"</mi><mo>">"</mo><mn>"0"</mn></mtd>
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
        </article>
    }
    .into_any()
}
