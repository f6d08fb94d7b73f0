// Pause, steps, stop, start over, and the settings that a run under way follows.
import { test, expect } from "./laboratory.mjs";
import { PINS } from "./fingerprints.mjs";
import { Twin } from "./twin.mjs";

/// A run long enough to be met on its way on any device.
const LONG = { epochs: 1000, images: 1000, width: 100 };

test("while paused everything stands still, and Go on goes on", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open(LONG);
  await twin.press("Run");
  await twin.pastEpoch("a", 1);
  await twin.pastEpoch("b", 1);
  await twin.press("Pause");
  await twin.paused();
  await expect(twin.main).toHaveText("Go on");

  await laboratory.frames(2); // Figures draw what they have been given in the next frame.
  const before = await twin.picture();
  await laboratory.frames(60);
  expect(await twin.picture()).toEqual(before);

  const epoch = await twin.number("a", "epoch");
  await twin.press("Go on");
  await twin.pastEpoch("a", epoch + 1);
  await twin.pastEpoch("b", 1);
  // The same comparison sees a change when there is one.
  expect(await twin.picture()).not.toEqual(before);
  await twin.press("Stop");
});

test("a run that was paused ends with the same weights as one that was not", async ({ laboratory }) => {
  const { settings, a, b } = PINS[0];
  const twin = new Twin(laboratory);
  await twin.open(settings);
  await twin.press("One mini-batch");
  await twin.paused();
  await twin.press("One epoch");
  await twin.paused();
  await twin.press("Go on");
  await twin.finish();
  expect(await twin.fingerprint("a")).toEqual(a);
  expect(await twin.fingerprint("b")).toEqual(b);
});

test("one mini-batch and one epoch go exactly that far", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open({ images: 100, batch: 10, epochs: 5, width: 20 });
  for (const [button, epoch] of [
    ["One mini-batch", "0.1"],
    ["One mini-batch", "0.2"],
    ["One epoch", "1"],
    ["One epoch", "2"],
    ["One mini-batch", "2.1"],
  ]) {
    await twin.press(button);
    for (const run of ["a", "b"]) await expect(twin.cell(run, "epoch")).toHaveText(epoch);
    await twin.paused();
    for (const run of ["a", "b"]) {
      expect(await twin.number(run, "training-loss")).toBeGreaterThan(0);
      // It waits there: two dozen frames later it is where it was.
      await laboratory.frames(24);
      await expect(twin.cell(run, "epoch")).toHaveText(epoch);
    }
  }
});

test("Stop keeps what was measured; Start over begins again", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open(LONG);
  await twin.press("Run");
  await twin.pastEpoch("b", 2);
  await twin.press("Stop");
  for (const run of ["a", "b"]) await expect(twin.ending(run)).toContainText("stopped.");
  await expect(twin.main).toHaveText("Run");
  await expect(twin.button("Stop")).toBeDisabled();
  await laboratory.frames(2);
  const stopped = await twin.picture();
  expect(await twin.number("b", "epoch")).toBeGreaterThan(2);
  expect(await twin.number("b", "test-error")).toBeGreaterThan(0);
  await laboratory.frames(60);
  expect(await twin.picture()).toEqual(stopped);

  await twin.laboratory.type("dropout", "epochs", "1");
  await twin.press("Start over");
  await twin.finish();
  expect(await twin.number("a", "epoch")).toBe(1);
  expect(await twin.number("b", "epoch")).toBe(1);
});

test("Start over in the middle of a run forgets it", async ({ laboratory }) => {
  const { settings, a, b } = PINS[0];
  const twin = new Twin(laboratory);
  await twin.open({ ...settings, epochs: 1000 });
  await twin.press("Run");
  await twin.pastEpoch("a", 3);
  await laboratory.type("dropout", "epochs", String(settings.epochs));
  await twin.press("Start over");
  await twin.finish();
  expect(await twin.fingerprint("a")).toEqual(a);
  expect(await twin.fingerprint("b")).toEqual(b);
});

test("a smaller learning rate acts from the next mini-batch on", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open({ images: 300, width: 40, epochs: 5 });
  const epoch = async () => {
    const before = await twin.number("a", "training-loss");
    const from = await twin.number("a", "epoch");
    await twin.press("One epoch");
    await expect(twin.cell("a", "epoch")).toHaveText(String((from || 0) + 1));
    await twin.paused();
    return before - (await twin.number("a", "training-loss"));
  };
  await epoch();
  expect(await epoch()).toBeGreaterThan(0.05);
  await laboratory.type("dropout", "rate", "0.0001");
  // Five hundred times shorter steps: the loss hardly moves any more.
  expect(Math.abs(await epoch())).toBeLessThan(0.005);
  await laboratory.type("dropout", "rate", "0.05");
  expect(await epoch()).toBeGreaterThan(0.02);
});

test("p acts from the next mini-batch on, and on the run with dropout only", async ({ laboratory }) => {
  const { settings, a, b } = PINS[0];
  const twin = new Twin(laboratory);
  await twin.open(settings);
  await twin.press("One epoch");
  await twin.paused();
  await laboratory.control("dropout", "p").slider.press("ArrowRight");
  await expect(laboratory.control("dropout", "p").field).toHaveValue("0.55");
  await twin.press("Go on");
  await twin.finish();
  expect(await twin.fingerprint("a")).toEqual(a);
  expect((await twin.fingerprint("b")).checksum).not.toBe(b.checksum);
});

test("sliders can be moved while both runs train; what waits for the next start says so", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  const waiting = twin.card.getByText("The run under way keeps its settings");
  await twin.open(LONG);
  await twin.press("Run");
  await twin.pastEpoch("b", 1);
  for (const [name, key] of [
    ["rate", "ArrowLeft"],
    ["p", "Shift+ArrowRight"],
    ["l2", "ArrowRight"],
    ["max-norm", "Shift+ArrowRight"],
  ]) {
    const { slider, field } = laboratory.control("dropout", name);
    const before = await field.inputValue();
    await slider.press(key);
    await expect(field).not.toHaveValue(before);
  }
  await expect(waiting).toBeHidden();
  const epoch = await twin.number("b", "epoch");
  await twin.pastEpoch("b", epoch + 1);
  await laboratory.type("dropout", "images", "200");
  await expect(waiting).toBeVisible();
  await laboratory.type("dropout", "images", "1000");
  await expect(waiting).toBeHidden();
  await twin.press("Stop");
});
