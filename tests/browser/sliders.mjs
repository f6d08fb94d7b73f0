// How long a slider's move takes to reach the screen, and how much of that time is work: most of the rest is waiting for the
// screen's next refresh, up to 16.7 ms.

const MOVES = 60;

/// What is pressed for a random network: 4 layers of 8 neurons by default.
const RANDOM = '[data-preset="random"]';

/// Sliders for c: where they are, what to press first, and what shows the new value once its frame is drawn.
const CASES = [
  { name: "title page", widget: "neuron", hash: "#/", shows: ".plot canvas" },
  { name: "1.1, half adder", widget: "scaling", hash: "#/perceptrons/scaling", shows: ".pair figure + figure figcaption" },
  { name: "1.1, random network of 4 layers of 8", widget: "scaling", hash: "#/perceptrons/scaling", shows: ".pair figure + figure figcaption", press: RANDOM },
  { name: "1.2, half adder", widget: "sigmoid", hash: "#/perceptrons/sigmoid", shows: ".plot canvas" },
  { name: "1.2, random network of 4 layers of 8", widget: "sigmoid", hash: "#/perceptrons/sigmoid", shows: ".plot canvas", press: RANDOM },
];

/// Moves every slider of the list on the page at `address` and gives one line of text for each.
export async function measureSliders(page, address) {
  const accounts = await page.context().newCDPSession(page);
  // The main thread's own time: what other programs do meanwhile does not count.
  await accounts.send("Performance.enable", { timeDomain: "threadTicks" });
  const account = async () => {
    const { metrics } = await accounts.send("Performance.getMetrics");
    const milliseconds = (name) => 1000 * metrics.find((metric) => metric.name === name).value;
    return { script: milliseconds("ScriptDuration"), all: milliseconds("TaskDuration") };
  };
  const lines = [];
  for (const { name, hash, widget, shows, press } of CASES) {
    await page.goto("about:blank");
    await page.goto(`${address}${hash}`);
    await page.locator(`#${widget} .plot canvas`).first().waitFor();
    if (press) await page.locator(`#${widget} ${press}`).evaluate((element) => element.click());
    const how = { range: `#${widget} [data-control="c"] input[type="range"]`, shows: `#${widget} ${shows}`, moves: MOVES };
    // Chromium replaces the first, quickly compiled code while these run.
    await page.evaluate(move, how);
    const before = await account();
    const measured = await page.evaluate(move, how);
    const after = await account();
    const each = (name) => ((after[name] - before[name]) / MOVES).toFixed(1);
    const words = (values) => {
      const { middle, high } = spread(values);
      return `${middle.toFixed(1)} ms (longest ${high.toFixed(1)})`;
    };
    lines.push(
      `slider to pixels, ${name}: median ${words(measured.map(({ total }) => total))} of ${MOVES} moves; ` +
        `without waiting for the screen ${words(measured.map(({ work }) => work))}; ` +
        `the main thread computed for ${each("all")} ms on average, ${each("script")} of them in scripts`,
    );
  }
  await accounts.detach();
  return lines;
}

/// In the page: milliseconds of each move. `total`: from the slider's event to the moment when the frame that shows it has been
/// handed over; `work`: the same without the time between the end of the event's handlers and the beginning of that frame. The
/// compositor's own threads come after both.
async function move({ range, shows, moves }) {
  const slider = document.querySelector(range);
  const shown = () => {
    const element = document.querySelector(shows);
    return element.getAttribute("aria-label") ?? element.textContent;
  };
  slider.scrollIntoView({ block: "center" });
  const message = () =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(port1.close());
      port2.postMessage(null);
    });
  // A message posted within a frame arrives when the frame has been handed over for painting.
  const painted = () =>
    new Promise((done) => {
      requestAnimationFrame(async () => {
        const began = performance.now();
        await message();
        done({ began, ended: performance.now() });
      });
    });
  const last = Number(slider.max);
  const measured = [];
  for (let step = 0; step < moves; step += 1) {
    await painted();
    const next = painted();
    const before = shown();
    // Back and forth over the middle of the slider, each time by another distance.
    slider.value = String(Math.round(last * (step % 2 === 0 ? 0.35 + step / 400 : 0.65 - step / 400)));
    const start = performance.now();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await message();
    const handled = performance.now();
    const { began, ended } = await next;
    if (shown() === before) throw new Error(`${range}: move ${step} was not drawn in the next frame`);
    const total = ended - start;
    // Handlers that last longer than a frame leave no time to wait.
    measured.push({ total, work: total - Math.max(0, began - handled) });
  }
  return measured;
}

/// Median and largest.
function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return { middle: sorted[Math.floor(sorted.length / 2)], high: sorted.at(-1) };
}
