//! Chapter 4: overfitting, and what helps against it.

mod augmentation;
mod coadaptation;
mod dropout;
mod masks;
mod noise;
mod penalties;
mod thinned;

use leptos::prelude::*;

use crate::ui::app::Page;

/// The chapter in the table of contents.
pub const PAGE: Page = Page {
    name: "overfitting",
    number: Some(4),
    title: "Overfitting",
    widgets: &[
        (dropout::ID, "Two networks, one with dropout"),
        (augmentation::ID, "More data from the same data"),
        (penalties::ID, "A smaller volume of parameters"),
        (masks::ID, "Dropout, seen"),
        (thinned::ID, "Thinned networks averaged"),
        (coadaptation::ID, "What dropout does to units"),
        (noise::ID, "Noise learned by heart"),
    ],
    view,
};

fn view() -> AnyView {
    view! {
        <article>
            <h1><span class="number">"4"</span>" Overfitting"</h1>
            <p class="lead">
                "A network with more parameters than examples can learn its examples by heart. It then makes no mistake \
                 on them and many on everything else."
            </p>
            <p>
                "Two numbers tell how well a network does. The "<em>"loss"</em>" is what training lowers: for a \
                 network with softmax, the mean of \u{2212}ln\u{202f}p, where p is the probability that it gave to the \
                 right digit. The "<em>"classification error"</em>" is what one cares about: the share of digits for which \
                 another one got the highest probability. Both can be measured on the training images and on images that the \
                 network never saw. The distance between the two is the gap, and a gap that grows is overfitting."
            </p>
            <p>
                <em>"Dropout"</em>" is a cure by chance: in each mini-batch every hidden unit is silent with probability p, and \
                 those that speak are scaled by 1/(1\u{2009}\u{2212}\u{2009}p), so that the next layer hears as much as before on \
                 average. No unit can rely on another one. For predicting, all units speak."
            </p>
            <dropout::DropoutTwin />
            <p>
                "Both networks start from the same weights and see the same mini-batches in the same order: they differ in \
                 dropout and in nothing else. Loss and error are always measured with dropout off. The sheet speaks of \u{201c}memorising \
                 the test data\u{201d}; what is memorised is the training data, as the dashed curves show."
            </p>
            <p>
                "The digits are the first 10,000 of MNIST: 5,000 to train, of which the panel takes the first n, 1,000 to \
                 validate (early stopping looks at them), 4,000 to test. After training on 1,000 images, one test digit in a \
                 hundred is 40 digits; differences below half a point can be chance, so try another seed before believing one."
            </p>
            <h2>"More data from the same data"</h2>
            <p>
                "The surest cure is more data. Where there is none, the images at hand can be changed in ways that leave their label \
                 true: turned and moved a little, scaled, sheared, seen at an angle, bent like paper on rubber, made noisy, covered in part. \
                 A network that gets fresh variants in every epoch never sees the same image twice, so there is nothing to learn by heart. \
                 Which changes leave a label true has to be known beforehand: a tree mirrored is a tree, a 6 turned half round is a 9."
            </p>
            <augmentation::Augmentation />
            <h2>"A smaller volume of parameters"</h2>
            <p>
                "A network can also be given less room. Either large weights cost something: the loss that is minimised is the data term plus a penalty, \
                 \u{3bb}/2\u{2009}\u{2211}w\u{b2} (L2) or \u{3bb}\u{2009}\u{2211}|w| (L1). Or they are bounded: a unit whose incoming weights are longer than c is shrunk to c after each step \
                 (max-norm). Biases are free. In the plane of two weights the answer can be computed exactly: it lies where a contour of the loss touches the \
                 ball or the diamond. A diamond has corners, and on a corner a weight is 0."
            </p>
            <penalties::Penalties />
            <h2>"Dropout, seen"</h2>
            <p>
                "Dropout draws a mask for each image of each mini-batch. Below is a real run of a small network, mini-batch by mini-batch: what chance silences has no \
                 connections, neither forward nor for its gradient. ReLU silences units too, by the sign of their weighted input; chance does not look at it."
            </p>
            <masks::Masks />
            <p>
                "A network of n hidden units has 2"<sup>"n"</sup>" thinned networks, which share their weights. For predicting one would have to average them all. The scaled network does \
                 it at once: for a single softmax layer with dropout on its inputs, its answer is exactly the geometric mean of all 2"<sup>"n"</sup>" answers, scaled to sum 1. Each ln\u{202f}p"
                <sub>"k"</sub>" is the logit z"<sub>"k"</sub>" less a number that all classes share, and the mean of z over all masks is the z of the scaled network. The network below has one hidden \
                 layer, so its last layer is such a layer. With more layers it is an approximation that works."
            </p>
            <thinned::Thinned />
            <p>
                "Units that learn together may come to rely on each other: co-adaptation. The plain test of it is to take some away. The correlation of pairs of units, which is \
                 often named here, hardly sees it."
            </p>
            <coadaptation::Coadaptation />
            <h2>"A network can learn noise by heart"</h2>
            <p>
                "How much room a network has shows when there is nothing to understand. Replace training labels by wrong ones: no rule leads from image to label any more, \
                 and the training error still goes to 0 (Zhang, Bengio, Hardt, Recht and Vinyals 2017). So a training error of 0 says nothing about what was understood."
            </p>
            <noise::Noise />
        </article>
    }
    .into_any()
}
