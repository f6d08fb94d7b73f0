//! Once warm, a training step asks the allocator for nothing. Its own test binary, because the counter counts the
//! whole process; one test in it, so that no other thread allocates meanwhile.
#![expect(
    unsafe_code,
    reason = "GlobalAlloc is an unsafe trait; every call is handed on to the system's allocator"
)]

use ndarray::Array2;
use softstep::engine::benchmark;
use softstep::engine::dropout::DropoutKind;
use softstep::engine::loss::Loss;
use softstep::engine::metrics::Evaluation;
use softstep::engine::optimizer::Optimizer;
use softstep::engine::penalties::Penalties;
use softstep::engine::trace::Trace;
use softstep::engine::trainer::{Trainer, TrainerSettings};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The system's allocator with a count of the requests for memory.
struct Counting;

static REQUESTS: AtomicUsize = AtomicUsize::new(0);

// SAFETY: each method hands its arguments unchanged to the system's allocator, which keeps the contract.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        REQUESTS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller keeps `alloc`'s contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps `dealloc`'s contract; the pointer came from the same allocator.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        REQUESTS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller keeps `realloc`'s contract; the pointer came from the same allocator.
        unsafe { System.realloc(pointer, layout, new_size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn requests_of(work: impl FnOnce()) -> usize {
    let before = REQUESTS.load(Ordering::Relaxed);
    work();
    REQUESTS.load(Ordering::Relaxed) - before
}

#[test]
fn a_warm_step_and_a_warm_evaluation_allocate_nothing() {
    assert!(
        requests_of(|| drop(vec![0_u8; 100])) > 0,
        "the counter counts"
    );
    // 27 examples in batches of 10: the last batch of each epoch has 7, and epochs are shuffled in between.
    let examples = 27;
    let images = Array2::from_shape_fn((examples, 784), |(example, pixel)| {
        ((example * 31 + pixel) % 7) as f32 / 7.0
    });
    let labels: Vec<u8> = (0..examples).map(|example| (example % 10) as u8).collect();
    for network in [
        benchmark::sheet_network(1),
        benchmark::dense_network(784, 300, 0.5, 1),
    ] {
        for optimizer in [Optimizer::Sgd, Optimizer::ADAM] {
            let settings = TrainerSettings {
                batch_size: 10,
                optimizer,
                learning_rate: 0.01,
                penalties: Penalties {
                    l2: 1e-4,
                    l1: 1e-5,
                    max_norm: Some(3.0),
                },
                loss: Loss::CrossEntropy,
                seed: 1,
            };
            let mut trainer = Trainer::new(network.clone(), settings, examples);
            trainer.step(images.view(), &labels);
            let steps = requests_of(|| {
                for _ in 0..7 {
                    trainer.step(images.view(), &labels);
                }
                trainer.set_dropout_probability(DropoutKind::Hidden, 0.25);
                trainer.step(images.view(), &labels);
            });
            assert_eq!(steps, 0, "{optimizer:?}\n{network}");
        }
        let mut trace = Trace::new(&network);
        let mut evaluation = Evaluation::new(Loss::CrossEntropy, 10);
        evaluation.add(&network, images.view(), &labels, &mut trace);
        let again = requests_of(|| evaluation.add(&network, images.view(), &labels, &mut trace));
        assert_eq!(again, 0, "evaluation\n{network}");
    }
}
