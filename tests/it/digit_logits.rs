//! The network whose logits the softmax bench takes up: what it reads, and how large its logits are.

use crate::observation::observed;
use crate::session::Bench;
use softstep::lab::message::{Drive, Observed};
use softstep::lab::recipe::Recipe;

/// Seen: 12.1 % wrong. The same recipe gives the same bits everywhere, so a margin is kept only for a changed recipe: two
/// spreads of an error measured on 4,000 images, 1 point.
#[test]
fn it_reads_seven_of_eight_digits() {
    let mut bench = Bench::start(Recipe::digit_reader(), Drive::Run);
    bench.settle();
    let error = bench
        .points()
        .pop()
        .expect("the end is measured")
        .test
        .error;
    assert!((0.111..0.131).contains(&error), "{error}");
}

/// Seen: 16.3. The bench's sliders reach to 20.
#[test]
fn its_logits_stay_within_the_reach_of_the_sliders() {
    for (epoch, outputs) in observed(Recipe::digit_reader()) {
        let Observed::Outputs(outputs) = outputs else {
            panic!("outputs were asked for");
        };
        let largest = outputs.iter().fold(0.0_f32, |most, z| most.max(z.abs()));
        assert!(largest <= 20.0, "epoch {epoch}: {largest}");
    }
}
