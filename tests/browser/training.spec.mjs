// Chapter 4 trains real networks, and its numbers say what the text claims.
import { test, expect } from "./laboratory.mjs";
import { SHORT, Twin } from "./twin.mjs";

/// Notes every training loss that a run's cell shows from now on.
async function record(cell) {
  await cell.evaluate((cell) => {
    window.recorded = [];
    new MutationObserver(() => window.recorded.push(Number.parseFloat(cell.textContent))).observe(cell, {
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
  return () => cell.evaluate(() => window.recorded.filter(Number.isFinite));
}

test("before a run the panel says what will appear and how to start it", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open();
  await expect(twin.sentence).toContainText("Press Run");
  await expect(twin.cell("a", "test-error")).toHaveText("\u2013");
  await expect(twin.button("Stop")).toBeDisabled();
  await expect(twin.button("Start over")).toBeDisabled();
  // What it will take is measured on this device.
  await expect(twin.card.locator(".transport .time")).toContainText("takes about");
});

test("a short run: losses fall epoch by epoch, table and sentence agree", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open(SHORT);
  const recorded = await record(twin.cell("a", "training-loss"));
  await twin.press("Run");
  await twin.finish();

  const losses = await recorded();
  // The cell is rewritten at most once a frame, so a fast device may skip some of the seven measured moments.
  expect(losses.length).toBeGreaterThanOrEqual(2);
  for (let index = 1; index < losses.length; index += 1) expect(losses[index]).toBeLessThan(losses[index - 1]);

  for (const run of ["a", "b"]) {
    expect(await twin.number(run, "epoch")).toBe(SHORT.epochs);
    const numbers = {};
    for (const name of ["training-loss", "test-loss", "loss-gap", "training-error", "test-error", "error-gap"]) {
      numbers[name] = await twin.number(run, name);
    }
    // A network that guesses has a loss of ln 10 = 2.3 and errs on 90 %.
    expect(numbers["training-loss"]).toBeLessThan(1);
    expect(numbers["test-error"]).toBeLessThan(40);
    expect(numbers["training-error"]).toBeLessThan(numbers["test-error"]);
    // Three rounded numbers: two halves of a last digit can add up.
    expect(numbers["loss-gap"]).toBeCloseTo(numbers["test-loss"] - numbers["training-loss"], 2);
    expect(Math.abs(numbers["error-gap"] - (numbers["test-error"] - numbers["training-error"]))).toBeLessThan(0.11);
    const parameters = 785 * SHORT.width + (SHORT.width + 1) * 10;
    expect((await twin.fingerprint(run)).parameters).toBe(parameters);
  }

  const sentence = await twin.sentence.textContent();
  // "p = 0.5" does not break over lines: its spaces are non-breaking ones.
  const shown = /^After 6 epochs, without dropout errs on ([\d.]+) % of 4,000 test digits \(gap ([\d.]+) %\), with dropout p\u00a0=\u00a00\.5 on ([\d.]+) %/.exec(sentence);
  expect(shown, sentence).not.toBeNull();
  expect(Number(shown[1])).toBe(await twin.number("a", "test-error"));
  expect(Number(shown[2])).toBe(await twin.number("a", "error-gap"));
  expect(Number(shown[3])).toBe(await twin.number("b", "test-error"));
  await expect(twin.main).toHaveText("Run");
});

test("the default run: dropout makes the test error smaller, and both networks know their images by heart", async ({ laboratory }) => {
  test.setTimeout(600_000);
  const twin = new Twin(laboratory);
  await twin.open();
  const start = Date.now();
  await twin.press("Run");
  await twin.finish(["a", "b"], 540_000);
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  const without = await twin.number("a", "test-error");
  const dropout = await twin.number("b", "test-error");
  const words = `${seconds} s for 2 x 100 epochs; test error ${without} % without, ${dropout} % with dropout`;
  test.info().annotations.push({ type: "default run", description: words });
  console.log(`default run: ${words}`);

  expect(await twin.number("a", "epoch")).toBe(100);
  expect(without).toBeGreaterThanOrEqual(11.0);
  expect(without).toBeLessThanOrEqual(12.8);
  expect(dropout).toBeGreaterThanOrEqual(9.5);
  expect(dropout).toBeLessThanOrEqual(11.3);
  expect(dropout).toBeLessThan(without);
  expect(await twin.number("a", "training-error")).toBe(0);
  expect(await twin.number("b", "training-error")).toBe(0);
  await expect(twin.sentence).toContainText("dropout gains");
});

test("early stopping ends a run by itself and names the best epoch", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open({ images: 200, width: 30, epochs: 500, patience: 3 });
  await twin.press("Run");
  for (const run of ["a", "b"]) {
    await expect(twin.ending(run)).toContainText("stopped early");
    const best = Number(/best after epoch (\d+)/.exec(await twin.ending(run).textContent())[1]);
    expect(await twin.number(run, "epoch")).toBe(best + 3);
  }
});
