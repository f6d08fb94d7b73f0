// The engine's list of cases (src/lab/benchmark.rs) by the browser's clock.

const ROUNDS = 15;
/// One measurement lasts at least this long, far above the clock's grain of 0.1 ms.
const LEAST_MS = 40;

/// All cases in turn, round after round, so that a slow moment of the machine meets all of them alike. Gives the table.
export async function measureEngine(page, rounds = ROUNDS) {
  return page.evaluate(measure, { rounds, least: LEAST_MS });
}

async function measure({ rounds, least }) {
  const glue = await import(new URL(document.querySelector('meta[name="softstep-glue"]').content, document.baseURI).href);
  if (!glue.bench_limit) throw new Error("this page was built without the feature bench");
  // Work of a given size; gives how much was done, in operations or samples.
  const works = [(size) => glue.bench_limit(100_000 * size)];
  glue.bench_names().forEach((_, index) => {
    const workload = new glue.BenchWorkload(index);
    works.push((size) => workload.run(size));
  });
  const timed = (work, size) => {
    const start = performance.now();
    const amount = work(size);
    return { ms: performance.now() - start, amount };
  };
  const sizes = works.map((work) => {
    let size = 1;
    // Chromium replaces the first, quickly compiled code while this runs.
    while (timed(work, size).ms < least) size *= 2;
    return size;
  });
  const rates = works.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    works.forEach((work, index) => {
      const { ms, amount } = timed(work, sizes[index]);
      rates[index].push((1000 * amount) / ms);
    });
    // The page shows a frame, the browser does what it has put off.
    await new Promise((done) => requestAnimationFrame(done));
  }
  const [limit, ...cases] = rates;
  return glue.bench_table(Float64Array.from(limit), Float64Array.from(cases.flat()));
}
