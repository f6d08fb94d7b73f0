//! Speed of the engine, and the machine's limit in the same rounds: `cargo bench --no-default-features --bench engine`.

use softstep::engine::benchmark::multiply_add_limit;
use softstep::lab::benchmark::{Workload, cases, table};
use std::hint::black_box;
use std::time::Instant;

const ROUNDS: usize = 15;
/// One measurement lasts at least this long, seconds.
const LEAST: f64 = 0.04;
/// Rounds of the limit's loop in one unit of work.
const LIMIT_ITERATIONS: usize = 100_000;

fn main() {
    let cases = cases();
    let mut works: Vec<Box<dyn FnMut(usize) -> f64>> = vec![Box::new(|times| {
        multiply_add_limit(black_box(times * LIMIT_ITERATIONS)) as f64
    })];
    for case in &cases {
        let mut workload = Workload::new(case);
        works.push(Box::new(move |times| workload.run(times) as f64));
    }
    let sizes: Vec<usize> = works.iter_mut().map(warm_up).collect();
    let mut rates = vec![Vec::new(); works.len()];
    for _ in 0..ROUNDS {
        for ((work, &size), rates) in works.iter_mut().zip(&sizes).zip(&mut rates) {
            let start = Instant::now();
            let done = work(size);
            rates.push(done / start.elapsed().as_secs_f64());
        }
    }
    println!("{}", table(&cases, &rates[0], &rates[1..]));
}

/// How much work lasts long enough.
fn warm_up(work: &mut Box<dyn FnMut(usize) -> f64>) -> usize {
    let mut size = 1;
    loop {
        let start = Instant::now();
        work(size);
        if start.elapsed().as_secs_f64() >= LEAST {
            return size;
        }
        size *= 2;
    }
}
