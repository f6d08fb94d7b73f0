//! Chapter 2: convolution.

mod arithmetic;
mod maps;
mod shift;
mod twin;
mod window;

use leptos::prelude::*;

use crate::ui::app::Page;

/// The chapter in the table of contents.
pub const PAGE: Page = Page {
    name: "convolution",
    number: Some(2),
    title: "Convolution",
    widgets: &[
        (arithmetic::ID, "A CNN is arithmetic"),
        (window::ID, "One small window, everywhere"),
        (maps::ID, "What the feature maps see"),
        (shift::ID, "Move the digit, the map moves"),
        (twin::ID, "Sharing learns from little"),
    ],
    view,
};

fn view() -> AnyView {
    view! {
        <article class="convolution">
            <h1><span class="number">"2"</span>" Convolution"</h1>
            <p class="lead">
                "A picture is not a list of numbers: pixels have neighbours. A convolutional network looks at small neighbourhoods, \
                 and at all of them in the same way."
            </p>
            <h2>"Sizes"</h2>
            <p>
                "The sheet\u{2019}s network reads an image of N\u{2009}\u{d7}\u{2009}N pixels. A kernel of 5\u{2009}\u{d7}\u{2009}5 weights has \
                 N\u{2009}\u{2212}\u{2009}4 places along each side, so it makes a feature map of (N\u{2009}\u{2212}\u{2009}4)\u{b2} neurons. There are M \
                 kernels and M maps. Pooling keeps the largest of every 2\u{2009}\u{d7}\u{2009}2 neurons. K dense neurons read all that is left, \
                 and ten outputs read the K."
            </p>
            <arithmetic::Arithmetic />
            <p>
                "Half of N\u{2009}\u{2212}\u{2009}4 is a whole number only if N is even. For an odd N the last row and the last column of each map have \
                 no partner, and pooling leaves them out: \u{230a}(N\u{2009}\u{2212}\u{2009}4)/2\u{230b} rows stay. Set N to 29 to see it."
            </p>
            <p>
                "Look at where the parameters are. The convolution makes as many multiply-adds as the dense layer, but has only 26 \
                 parameters for each map, because all neurons of a map use the same 25 weights and the same bias. The dense layer has nearly all \
                 parameters of the network, one for each connection."
            </p>
            <h2>"One neuron of a map"</h2>
            <p>
                "What a neuron of a feature map computes is one line: multiply each pixel under the window by the weight over it, and add. \
                 The next neuron does the same one pixel further. The equation is"
            </p>
            <math class="equation" display="block">
                <mrow>
                    <msub><mi>"y"</mi><mrow><mi>"r"</mi><mo>","</mo><mi>"c"</mi></mrow></msub>
                    <mo>"="</mo><mi>"b"</mi><mo>"+"</mo>
                    <munder><mo>"\u{2211}"</mo><mrow><mi>"i"</mi><mo>","</mo><mi>"j"</mi></mrow></munder>
                    <msub><mi>"w"</mi><mrow><mi>"i"</mi><mo>","</mo><mi>"j"</mi></mrow></msub>
                    <mo>"\u{b7}"</mo>
                    <msub><mi>"x"</mi><mrow><mi>"r"</mi><mo>"+"</mo><mi>"i"</mi><mo>","</mo><mi>"c"</mi><mo>"+"</mo><mi>"j"</mi></mrow></msub>
                </mrow>
            </math>
            <p>
                "with i and j from 0 to 4, row r and column c of the map, kernel w, bias b and image x. Take hold of the window, or point at any \
                 output."
            </p>
            <window::Window />
            <p>
                "Mathematics calls this a cross-correlation; its convolution turns the kernel by half a turn first. For a network that \
                 learns its kernels the difference is none: it would learn them turned."
            </p>
            <h2>"What the feature maps see"</h2>
            <p>
                "Here is the sheet\u{2019}s network, trained, with everything that it computes. Draw a digit: all maps follow the pen. Each map \
                 answers to one pattern of 5\u{2009}\u{d7}\u{2009}5 pixels wherever it is, ReLU keeps the places where the answer is above 0, and pooling \
                 keeps the largest of every four. Point at a cell to see what it looks at and how its number comes about."
            </p>
            <maps::Maps />
            <p>
                "The network has only seen digits that fill 20 pixels and have their centre of mass in the middle, so a drawing is \
                 brought into that form first. Draw a small digit in a corner and turn the two steps off to see why."
            </p>
            <h2>"What moves with the digit"</h2>
            <p>
                "The same weights at every place have a consequence: a stroke gets the same answer wherever it is, only elsewhere. To move the \
                 digit and then convolve is to convolve and then move: the convolution is "<em>"equivariant"</em>" under translations. Only what was beyond \
                 the edge is not known. Drag the digit."
            </p>
            <shift::Shift />
            <p>
                "The network as a whole is not indifferent to where the digit is. Pooling forgets one pixel at most, and the dense layer behind it has \
                 a weight of its own for every place. But it starts from maps that have only moved, and so it loses less than a network without them."
            </p>
            <h2>"Why share?"</h2>
            <p>
                "A network may as well have a kernel of its own at every place of every map: the same connections, but 26 parameters for \
                 each neuron instead of 26 for each map. It can do all that the shared one can, and more. But what such a kernel learns \
                 about strokes in one corner it does not know in another, and each has to be learned from the same few images."
            </p>
            <twin::SharingTwin />
        </article>
    }
    .into_any()
}
