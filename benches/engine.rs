//! Speed of the engine, and the machine's limit in the same run: `cargo bench --no-default-features`.
//! Throughput is in samples for the networks, in floating-point operations for the limit; at the end stands what share
//! of the limit each training workload reaches.

use criterion::{Criterion, Throughput};
use softstep::engine::benchmark::{
    Workload, dense_network, multiply_add_limit, sheet_network, training_operations,
};
use softstep::engine::network::Network;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Best seconds for one call of `work` out of several rounds: other programs only ever add time.
fn best_seconds(mut work: impl FnMut()) -> f64 {
    let mut round = || {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    (0..15).map(|_| round()).fold(f64::INFINITY, f64::min)
}

fn shares_of_the_limit(workloads: &[(String, Network, usize)]) {
    let iterations = 2_000_000;
    let limit = multiply_add_limit(iterations).0 as f64
        / best_seconds(|| {
            black_box(multiply_add_limit(black_box(iterations)));
        });
    println!(
        "\nlimit: {:.1} GFLOP/s (f32x4 multiply and add, one core)",
        limit / 1e9
    );
    for (name, network, batch) in workloads {
        let mut workload = Workload::new(network.clone(), *batch);
        // Whole epochs, so that every round sees the same mini-batches, the smaller last one too.
        let steps = 512_usize.div_ceil(*batch);
        let seconds = best_seconds(|| {
            black_box(workload.train(steps));
        });
        let samples = 512.0 / seconds;
        let share = samples * training_operations(network) as f64 / limit;
        println!(
            "{name}: {samples:.0} samples/s, {:.0} % of the limit",
            100.0 * share
        );
    }
}

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .sample_size(20)
        .configure_from_args();
    let mut workloads = Vec::new();
    for batch in [10, 32, 128] {
        workloads.push((
            format!("train, sheet's CNN, batch {batch}"),
            sheet_network(1),
            batch,
        ));
    }
    workloads.push((
        "train, dense 784-300-10, dropout 0.5, batch 10".into(),
        dense_network(784, 300, 0.5, 1),
        10,
    ));

    let mut group = criterion.benchmark_group("engine");
    group.throughput(Throughput::Elements(multiply_add_limit(1000).0));
    group.bench_function("limit", |bencher| {
        bencher.iter(|| multiply_add_limit(black_box(1000)))
    });
    for (name, network, batch) in &workloads {
        let mut workload = Workload::new(network.clone(), *batch);
        group.throughput(Throughput::Elements(*batch as u64));
        group.bench_function(name, |bencher| bencher.iter(|| workload.train(1)));
    }
    for batch in [1, 256] {
        let mut workload = Workload::new(sheet_network(1), batch);
        group.throughput(Throughput::Elements(batch as u64));
        group.bench_function(format!("predict, sheet's CNN, {batch}"), |bencher| {
            bencher.iter(|| workload.predict(batch, 1));
        });
    }
    group.finish();
    shares_of_the_limit(&workloads);
}
