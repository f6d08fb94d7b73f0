// Two workers that train at once, as every comparison of the book does, against one alone.

const ROUNDS = 9;
const MILLISECONDS = 300;
/// What two workers on two cores are to reach together, times one alone.
const WANTED = 1.85;

/// One line of text.
export async function measureTwoWorkers(page) {
  const { alone, together } = await page.evaluate(measure, { rounds: ROUNDS, milliseconds: MILLISECONDS });
  const ratios = together.map((both, round) => both / alone[round]);
  const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
  const ratio = median(ratios);
  return (
    `two workers at once, sheet's CNN, batch 32: ${median(together).toFixed(0)} samples/s together, ${median(alone).toFixed(0)} one alone: ` +
    `${ratio.toFixed(2)} times (to reach: ${WANTED}${ratio < WANTED ? ", missed" : ""}), median of ${ROUNDS} rounds`
  );
}

async function measure({ rounds, milliseconds }) {
  const address = (name) => new URL(document.querySelector(`meta[name="${name}"]`).content, document.baseURI).href;
  const module = await WebAssembly.compileStreaming(fetch(address("softstep-module")));
  const start = async () => {
    const worker = new Worker(new URL("two-workers-worker.js", document.baseURI), { type: "module" });
    const { port1: port, port2 } = new MessageChannel();
    const answer = () => new Promise((done) => (port.onmessage = ({ data }) => done(data)));
    const ready = answer();
    worker.postMessage({ glue: address("softstep-glue"), module, port: port2 }, [port2]);
    await ready;
    return (time) => {
      const rate = answer();
      port.postMessage(time);
      return rate;
    };
  };
  const [first, second] = [await start(), await start()];
  // Chromium replaces the first, quickly compiled code.
  await Promise.all([first(1000), second(1000)]);
  const alone = [];
  const together = [];
  for (let round = 0; round < rounds; round += 1) {
    // One alone is the mean of both: a core can be slower than the other.
    alone.push(((await first(milliseconds)) + (await second(milliseconds))) / 2);
    const both = await Promise.all([first(milliseconds), second(milliseconds)]);
    together.push(both[0] + both[1]);
  }
  return { alone, together };
}
