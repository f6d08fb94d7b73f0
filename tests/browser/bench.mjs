// `node bench.mjs FOLDER`: speed of the engine in Chromium, on a page built with the Cargo feature `bench`, against the
// limit of this machine measured in the same rounds; and how long a slider's move takes to reach the screen.
import { chromium } from "@playwright/test";
import { CHROMIUM_ARGUMENTS } from "./chromium.mjs";
import { serve } from "./serve.mjs";
import { measureSliders } from "./sliders.mjs";

const ROUNDS = 21;
/// One measurement lasts at least this long, far above the clock's grain of 0.1 ms.
const LEAST_MS = 40;

const CASES = [
  { name: "train, sheet's CNN, mini-batch 10", workload: "cnn", batch: 10 },
  { name: "train, sheet's CNN, mini-batch 32", workload: "cnn", batch: 32 },
  { name: "train, sheet's CNN, mini-batch 128", workload: "cnn", batch: 128 },
  { name: "train, dense 784-300-10, dropout 0.5, mini-batch 10", workload: "dense", batch: 10 },
  { name: "predict, sheet's CNN, one image", workload: "cnn", predict: 1 },
  { name: "predict, sheet's CNN, 10 images", workload: "cnn", predict: 10 },
  { name: "predict, sheet's CNN, 256 images", workload: "cnn", predict: 256 },
  { name: "predict, dense 784-300-10, one image", workload: "dense", predict: 1 },
];

const folder = process.argv[2];
if (!folder) throw new Error("Name the folder of a page built with --features bench.");
const { server, address } = await serve(folder);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || undefined, args: CHROMIUM_ARGUMENTS });
try {
  const page = await browser.newPage();
  await page.goto(address);
  await page.locator("#neuron .plot canvas").waitFor();
  report(await page.evaluate(measure, { cases: CASES, rounds: ROUNDS, least: LEAST_MS }));
  console.log();
  for (const line of await measureSliders(page, address)) console.log(line);
} finally {
  await browser.close();
  server.close();
}

/// In the page: all cases in turn, round after round, so that a slow moment of the machine meets all of them alike.
async function measure({ cases, rounds, least }) {
  const glue = await import(new URL(document.querySelector('meta[name="softstep-glue"]').content, document.baseURI).href);
  if (!glue.bench_limit) throw new Error("this page was built without the feature bench");
  // Work of a given size; gives how much was done, in operations or samples.
  const runs = [{ name: "limit", work: (size) => glue.bench_limit(100_000 * size) }];
  for (const { name, workload, batch, predict } of cases) {
    const bench = new glue.BenchWorkload(workload, batch ?? predict);
    // Whole epochs of 512 examples: every round sees the same mini-batches, the smaller last one too.
    const steps = Math.ceil(512 / batch);
    const work = predict ? (size) => bench.predict(predict, size) : (size) => bench.train(steps * size);
    runs.push({ name, work, operations: predict ? null : bench.training_operations() });
  }
  const timed = (run) => {
    const start = performance.now();
    const amount = run.work(run.size);
    return { ms: performance.now() - start, amount };
  };
  for (const run of runs) {
    run.size = 1;
    // Chromium replaces the first, quickly compiled code while this runs.
    while (timed(run).ms < least) run.size *= 2;
  }
  const rates = runs.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    runs.forEach((run, index) => {
      const { ms, amount } = timed(run);
      rates[index].push((1000 * amount) / ms);
    });
    // The page shows a frame, the browser does what it has put off.
    await new Promise((done) => requestAnimationFrame(done));
  }
  return runs.map(({ name, operations }, index) => ({ name, operations, rates: rates[index] }));
}

/// Median and quartiles.
function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  return { middle: at(0.5), low: at(0.25), high: at(0.75) };
}

function report([limit, ...cases]) {
  const { middle, low, high } = spread(limit.rates);
  const giga = (rate) => (rate / 1e9).toFixed(1);
  console.log(`limit: ${giga(middle)} GFLOP/s (f32x4 multiply and add, one core; half of ${ROUNDS} rounds ${giga(low)} to ${giga(high)})`);
  for (const { name, operations, rates } of cases) {
    const { middle, low, high } = spread(rates);
    // Share round by round: limit and work were measured within the same second.
    const share = operations && spread(rates.map((rate, round) => (rate * operations) / limit.rates[round])).middle;
    const words = share ? `, ${(100 * share).toFixed(0)} % of the limit` : "";
    console.log(`${name}: median ${middle.toFixed(0)} samples/s (half of the rounds ${low.toFixed(0)} to ${high.toFixed(0)})${words}`);
  }
}
