//! Chapter 4: overfitting, and what helps against it.

mod augmentation;
mod coadaptation;
mod confident_mistakes;
mod dropout;
mod loss_and_error;
mod masks;
mod nielsen;
mod noise;
mod penalties;
mod reading;
mod test_set;
mod thinned;

use leptos::prelude::*;

use crate::ui::app::Page;
use crate::ui::slip::Slip;

/// The chapter in the table of contents.
pub const PAGE: Page = Page {
    name: "overfitting",
    number: Some(4),
    title: "Overfitting",
    widgets: &[
        (dropout::ID, "Two networks, one with dropout"),
        (loss_and_error::ID, "Loss is not error"),
        (confident_mistakes::ID, "Confident mistakes"),
        (nielsen::ID, "Nielsen\u{2019}s run, repeated"),
        (test_set::spread::ID, "A measured error is a draw"),
        (test_set::choosing::ID, "Choosing by the test set"),
        (test_set::changed::ID, "The world changes"),
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
        <article class="overfitting">
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
                <em>"Dropout"</em>" is a cure by chance: for each image of a mini-batch every hidden unit is silent with probability p, and \
                 those that speak are scaled by 1/(1\u{2009}\u{2212}\u{2009}p), so that the next layer hears as much as before on \
                 average. No unit can rely on another one. For predicting, all units speak."
            </p>
            <dropout::DropoutTwin />
            <p>
                "Both networks start from the same weights and see the same mini-batches in the same order: they differ in \
                 dropout and in nothing else. Loss and error are measured with dropout off: a network predicts with all its units. A switch \
                 shows the training curve with dropout on as well, as the mini-batches see it: it lies higher, where p is large or units are few even \
                 above the test curve, and then says nothing about a gap."
            </p>
            <Slip
                says="A network that overfits is memorising the test data."
                correct="It memorises the training data: the dashed curves go to 0. Nothing of the test data ever reaches the weights; if it did, the test error would tell nothing about new digits."
            />
            <p>
                "The digits are the first 10,000 of MNIST: 5,000 to train, of which the panel takes the first n, 1,000 to \
                 validate (early stopping looks at them), 4,000 to test. After training on 1,000 images, one test digit in a \
                 hundred is 40 digits; differences below half a point can be chance, so try another seed before believing one, or five of them."
            </p>
            <h2>"Loss is not error"</h2>
            <p>
                "Training lowers the loss because the error cannot be lowered in small steps: it is constant almost everywhere and jumps where a prediction \
                 tips. So the two can part. Drag the predictions below, and bring about what the goals ask for."
            </p>
            <loss_and_error::LossAndError />
            <p>
                "The same happens in a network. Once it reads its training images without a mistake, training goes on to make it surer; on the test digits it gets \
                 wrong it becomes surer too, and \u{2212}ln\u{202f}p has no bound. A few confident mistakes then raise the mean, while the number of mistakes \
                 stays what it was."
            </p>
            <confident_mistakes::ConfidentMistakes />
            <p>
                "Chapter 3 of Nielsen\u{2019}s \u{201c}Neural Networks and Deep Learning\u{201d} shows this on 1,000 images of MNIST and draws the question from it when to stop. \
                 The run can be repeated exactly: the images are the same, and the random numbers of his program can be computed again, number by number."
            </p>
            <nielsen::Nielsen />
            <h2>"What the test set can and cannot tell"</h2>
            <p>
                "An error is counted on n images, and other images would have given another count. If each image is a mistake with \
                 probability e, independently of the others, the number of mistakes is binomial, and the measured error has the standard deviation \
                 \u{221a}(e(1\u{2009}\u{2212}\u{2009}e)/n). Ten times as many images make it about three times smaller."
            </p>
            <test_set::spread::Spread />
            <p>
                "So of several networks one is lucky on the images at hand. Whoever takes the one that does best on the test set chooses the luck \
                 along with the network, and luck does not come along to new images. The error that chose is no longer the error to report."
            </p>
            <test_set::choosing::Choosing />
            <p>
                "Therefore three sets. Training fits the weights; validation chooses among networks, p, the epoch to stop at; the test set is looked at \
                 when all is chosen, once. In the training panel, early stopping looks at 1,000 validation digits of its own."
            </p>
            <p>
                "And even a test set that nobody has looked at speaks of the world that it was drawn from. The formula above counts on images that come \
                 as these did. When they come otherwise, the number in the report does not change, and the error does."
            </p>
            <test_set::changed::Changed />
            <h2>"More data from the same data"</h2>
            <p>
                "The plain cure is more data: 5,000 images instead of 500 halve the test error of a network of 100 units, from about 15 % to about 7 %. Where there is none, the images at hand can be changed in ways that leave their label \
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
                 layer, so its last layer is such a layer. With more layers it is an approximation, and a good \
                 one: with two hidden layers of 100 units and p = 1/2 the mean of 64 thinned networks errs as often as the scaled network, within half a point."
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
