//! Speed of the engine, and the machine's limit in the same rounds: `cargo bench --no-default-features --bench engine`.
//! With the word `peer` it answers each line on standard input with a round of what peers are measured on, as JSON.

use softstep::engine::benchmark::multiply_add_limit;
use softstep::lab::benchmark::{Workload, cases, peer_cases, table};
use std::hint::black_box;
use std::io::BufRead;
use std::time::Instant;

const ROUNDS: usize = 15;
/// One measurement lasts at least this long, seconds.
const LEAST: f64 = 0.04;
/// Rounds of the limit's loop in one unit of work.
const LIMIT_ITERATIONS: usize = 100_000;

/// Seconds of one case of a round beside peers.
const PEER_SECONDS: f64 = 0.15;

fn main() {
    if std::env::args().any(|argument| argument == "peer") {
        return answer_rounds();
    }
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

fn answer_rounds() {
    let cases = cases();
    let shared = peer_cases().into_iter();
    let mut workloads: Vec<(&str, usize, Workload)> = shared
        .map(|(work, images, place)| (work, images, Workload::new(&cases[place])))
        .collect();
    println!(r#"{{"ready": "softstep, native, 1 thread"}}"#);
    for line in std::io::stdin().lock().lines() {
        line.expect("standard input is text");
        let rates: Vec<String> = workloads
            .iter_mut()
            .map(|(work, images, workload)| {
                let (start, mut samples) = (Instant::now(), 0);
                while start.elapsed().as_secs_f64() < PEER_SECONDS {
                    samples += workload.run(1);
                }
                let rate = samples as f64 / start.elapsed().as_secs_f64();
                format!(r#"{{"name": "{work}", "batch": {images}, "samples_per_second": {rate}}}"#)
            })
            .collect();
        println!("[{}]", rates.join(", "));
    }
}
