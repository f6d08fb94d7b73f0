// Chapter 4, lessons 4.5 to 4.7: masks, thinned networks, units, penalties, noise; by mouse, touch and keyboard.
import { test, expect } from "./laboratory.mjs";

/// A widget of the chapter, spoken to as a reader does.
class Card {
  constructor(laboratory, id) {
    this.laboratory = laboratory;
    this.id = id;
    this.card = laboratory.page.locator(`#${id}`);
    this.run = this.card.locator("button.run");
    this.sentence = this.card.locator(".sentence");
  }

  async open(settings = {}) {
    const pairs = Object.entries(settings).map(([key, value]) => `${this.id}.${key}=${value}`);
    await this.laboratory.open(`#/overfitting/${this.id}${pairs.length ? `?${pairs.join("&")}` : ""}`);
    await expect(this.card).toBeVisible();
  }

  /// Presses Run and waits until so many epochs are done and the run with them; for runs too short to be seen under way.
  async trainBriefly(epochs) {
    await expect(this.run).toBeEnabled();
    await this.run.click();
    await expect(this.sentence).toContainText(`After ${epochs} epochs`);
    await expect(this.run).toHaveText("Run");
  }

  /// Presses Run and waits for the end.
  async train() {
    await expect(this.run).toBeEnabled();
    await this.run.click();
    await expect(this.run).toHaveText("Pause");
    await expect(this.run).toHaveText("Run", { timeout: 120_000 });
  }

  number(name) {
    return this.card.locator(`[data-number="${name}"]`);
  }

  /// A cell of the table of two runs as a number.
  async cell(run, name) {
    return Number.parseFloat(await this.card.locator(`tr[data-run="run-${run}"] [data-cell="${name}"]`).textContent());
  }

  /// Numbers in the sentence that a pattern takes out.
  async numbers(pattern) {
    const text = await this.sentence.textContent();
    const found = pattern.exec(text);
    expect(found, `numbers in: ${text}`).not.toBeNull();
    return found.slice(1).map((number) => Number(number.replaceAll(",", "")));
  }
}

const MASKS = /Mini-batch (\d+), image (\d+), a (\d): chance silences (\d+) of (\d+) units.* In the whole mini-batch (\d+) of (\d+)/;

test("each mini-batch has its masks, and the link brings them back", async ({ page, laboratory }) => {
  const masks = new Card(laboratory, "masks");
  await masks.open();
  await expect(masks.sentence).toContainText("Mini-batch 1, image 1");
  const first = await masks.sentence.textContent();
  await masks.card.getByRole("button", { name: "Next mini-batch" }).click();
  await expect(masks.sentence).toContainText("Mini-batch 2, image 1");
  // By keyboard: p = 0 silences nobody.
  const { slider } = laboratory.control("masks", "p");
  await slider.press("Home");
  await expect(masks.sentence).toContainText("chance silences 0 of 9 units");
  await expect(masks.sentence).toContainText("In the whole mini-batch 0 of 90");
  await slider.press("End");
  await expect.poll(async () => (await masks.numbers(MASKS))[5]).toBeGreaterThan(60);
  await masks.card.getByRole("button", { name: "Reset" }).click();
  await expect(masks.sentence).toHaveText(first);
  await laboratory.type("masks", "batch", "7");
  await laboratory.type("masks", "image", "3");
  const seventh = await masks.sentence.textContent();
  await expect.poll(() => page.url()).toContain("masks.image=3");
  await laboratory.open(new URL(page.url()).hash);
  await expect(masks.sentence).toHaveText(seventh);
});

test("the training plays and pauses, and a cell of the masks is chosen by mouse and key", async ({ page, laboratory }) => {
  const masks = new Card(laboratory, "masks");
  await masks.open();
  await expect(masks.sentence).toContainText("Mini-batch 1");
  await masks.card.getByRole("button", { name: /Play/ }).click();
  await expect.poll(async () => (await masks.numbers(MASKS))[0]).toBeGreaterThan(2);
  await masks.card.getByRole("button", { name: /Pause/ }).click();
  await laboratory.frames(3);
  const paused = await masks.sentence.textContent();
  await laboratory.frames(30);
  await expect(masks.sentence).toHaveText(paused);

  const grid = masks.card.locator(".masks .drag");
  await grid.scrollIntoViewIfNeeded();
  const box = await grid.boundingBox();
  await page.mouse.click(box.x + 0.5 * box.width, box.y + box.height - 20);
  await expect.poll(async () => (await masks.numbers(MASKS))[1]).toBeGreaterThan(5);
  await grid.focus();
  for (let press = 0; press < 10; press += 1) await page.keyboard.press("ArrowUp");
  await expect(masks.sentence).toContainText("image 1,");
});

test("what is heard on average is what the unit says, in numbers", async ({ laboratory }) => {
  const masks = new Card(laboratory, "masks");
  await masks.open({ masks: 100000 });
  const value = async (name) => Number.parseFloat(await masks.number(name).textContent());
  await expect(masks.number("conventions")).toContainText("1,000 of 1,000 training images");
  for (const unit of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    await laboratory.type("masks", "unit", String(unit));
    const exact = await value("exact-mean");
    const spread = await value("exact-deviation");
    // p = 1/2: the spread is as large as the value. Five standard errors, and what four digits round away.
    expect(Math.abs(spread - exact)).toBeLessThan(0.002 * exact + 1e-9);
    expect(Math.abs((await value("mean")) - exact)).toBeLessThan((5 * spread) / Math.sqrt(100000) + 0.001 * exact + 1e-9);
    expect(Math.abs((await value("deviation")) - spread)).toBeLessThan(0.02 * spread + 1e-9);
  }
});

test("the average of thinned networks comes to the scaled one, and can be stopped", async ({ laboratory }) => {
  const thinned = new Card(laboratory, "thinned");
  await thinned.open({ epochs: 20 });
  await expect(thinned.sentence).toContainText("Press Run");
  await thinned.train();
  await expect(thinned.number("averaging")).toHaveText("done");
  const pattern = /errs on ([\d.]+) % of 4,000.*\(loss ([\d.]+)\).*alone errs on ([\d.]+) %.*mean of (\d+) of them on ([\d.]+) % \(loss ([\d.]+)\).*geometric mean on ([\d.]+) % \(loss ([\d.]+)\)/;
  const [scaled, loss, alone, members, mean, , geometric, geometricLoss] = await thinned.numbers(pattern);
  expect(members).toBe(64);
  expect(alone).toBeGreaterThan(scaled + 0.5);
  expect(Math.abs(mean - scaled)).toBeLessThan(0.7);
  expect(Math.abs(geometric - scaled)).toBeLessThan(0.6);
  expect(Math.abs(geometricLoss - loss)).toBeLessThan(0.01);
  // More of them, of the same network; stopped on the way.
  await laboratory.type("thinned", "members", "500");
  const again = thinned.card.getByRole("button", { name: "Average again" });
  await again.click();
  await thinned.card.getByRole("button", { name: "Stop averaging" }).click();
  await expect(thinned.number("averaging")).toHaveText("stopped");
  await expect(again).toBeEnabled();
});

test("with dropout fewer units speak, and half of them can be spared", async ({ laboratory }) => {
  const units = new Card(laboratory, "coadaptation");
  await units.open({ epochs: 25 });
  await expect(units.sentence).toContainText("Press Run");
  await units.train();
  await expect(units.sentence).toContainText("After 25 epochs");
  expect(await units.cell("b", "zeros")).toBeGreaterThan((await units.cell("a", "zeros")) + 8);
  expect(await units.cell("b", "mean")).toBeLessThan(await units.cell("a", "mean"));
  const lost = async (run) => (await units.cell(run, "halved")) - (await units.cell(run, "error"));
  expect(await lost("a")).toBeGreaterThan((await lost("b")) + 1);
});

test("L1 puts a weight to 0 and L2 does not; the least is dragged by mouse and key", async ({ page, laboratory }) => {
  const penalties = new Card(laboratory, "penalties");
  await penalties.open();
  const least = penalties.number("least");
  await expect(least).toContainText("Both are smaller, neither is 0");
  await laboratory.control("penalties", "kind").box.getByRole("radio").nth(1).check();
  await expect(least).toContainText("w\u2082 is exactly 0");
  await laboratory.type("penalties", "strength", "0");
  await expect(least).toContainText("least at (2, 0.8): 0 + 0 = 0");
  await laboratory.type("penalties", "strength", "5");
  await expect(least).toContainText("Both weights are exactly 0");
  const plane = penalties.card.locator(".plane-point");
  await plane.scrollIntoViewIfNeeded();
  const box = await plane.boundingBox();
  await page.mouse.move(box.x + 0.3 * box.width, box.y + 0.3 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.35 * box.width, box.y + 0.3 * box.height, { steps: 3 });
  await page.mouse.up();
  await expect(least).toContainText(/least at \(\u2212[\d.]+, [\d.]+\)/);
  await plane.press("Home");
  await expect(least).toContainText("The loss alone is least at (0, 0)");
  await laboratory.control("penalties", "kind").box.getByRole("radio").nth(2).check();
  await expect(least).toContainText("nothing changes");
});

test("an L1 penalty empties the weights of a network, and its strength follows the slider", async ({ laboratory }) => {
  const penalties = new Card(laboratory, "penalties");
  await penalties.open({ kind: "l1", epochs: 25, width: 50 });
  await expect(penalties.sentence).toContainText("with an L1 penalty");
  await penalties.train();
  await expect(penalties.sentence).toContainText("After 25 epochs");
  expect(await penalties.cell("b", "small")).toBeGreaterThan(40);
  expect(await penalties.cell("a", "small")).toBeLessThan(5);
  expect(await penalties.cell("b", "norm")).toBeLessThan(await penalties.cell("a", "norm"));
  expect(await penalties.cell("a", "penalty")).toBe(0);
  await expect(penalties.number("prior")).toContainText("Laplace");
});

test("what is said of a run keeps the kind of its penalty while the plane looks at another one", async ({ laboratory }) => {
  const penalties = new Card(laboratory, "penalties");
  await penalties.open({ epochs: 2, width: 20, images: 200 });
  await penalties.trainBriefly(2);
  await expect(penalties.sentence).toContainText(/After 2 epochs.* with L2;/);
  const said = await penalties.sentence.textContent();
  const kinds = laboratory.control("penalties", "kind").box.getByRole("radio");
  await kinds.nth(1).check();
  await expect(penalties.number("least")).toContainText("is exactly 0");
  await expect(penalties.sentence).toHaveText(said);
  await penalties.card.getByRole("button", { name: "One epoch", exact: true }).click();
  await expect(penalties.sentence).toContainText(/After 1 epoch,.* with L1;/);
  // The run is paused and follows.
  await kinds.nth(2).check();
  await expect(penalties.sentence).toContainText(/After 1 epoch,.* with max-norm;/);
});

test("a penalty that is set on the way works from then on", async ({ laboratory }) => {
  const penalties = new Card(laboratory, "penalties");
  await penalties.open({ epochs: 50, width: 30, images: 500, l2: 0 });
  const epoch = async (number) => {
    await penalties.card.getByRole("button", { name: "One epoch", exact: true }).click();
    await expect(penalties.sentence).toContainText(`After ${number} epoch`);
    await expect(penalties.run).toHaveText("Go on");
  };
  await epoch(1);
  await epoch(2);
  expect(await penalties.cell("b", "norm")).toBe(await penalties.cell("a", "norm"));
  await laboratory.type("penalties", "l2", "0.1");
  await epoch(3);
  await epoch(4);
  // 100 steps, each of which shrinks every weight by 0.05 x 0.1 of itself.
  expect(await penalties.cell("b", "norm")).toBeLessThan(0.8 * (await penalties.cell("a", "norm")));
  const longest = await penalties.cell("b", "longest");
  expect(longest).toBeGreaterThan(0.6);
  await laboratory.control("penalties", "kind").box.getByRole("radio").nth(2).check();
  await laboratory.type("penalties", "bound", "0.5");
  await epoch(5);
  expect(await penalties.cell("b", "longest")).toBeLessThanOrEqual(0.5);
});

test("units that speak are counted with the p of the run", async ({ laboratory }) => {
  const units = new Card(laboratory, "coadaptation");
  await units.open({ epochs: 2, width: 20, images: 200 });
  await units.trainBriefly(2);
  await expect(units.sentence).toContainText("After 2 epochs");
  const said = await units.sentence.textContent();
  await laboratory.type("coadaptation", "p", "0.1");
  await laboratory.frames(2);
  await expect(units.sentence).toHaveText(said);
});

test("wrong labels are learned by heart", async ({ laboratory }) => {
  const noise = new Card(laboratory, "noise");
  await noise.open({ images: 300, width: 200 });
  await noise.card.getByRole("button", { name: "100 % wrong" }).click();
  await laboratory.type("noise", "images", "300");
  await laboratory.type("noise", "width", "200");
  await expect(noise.sentence).toContainText("one of them with 300 wrong labels");
  await noise.train();
  const [told, test, , plain] = await noise.numbers(/disagrees with ([\d.]+) % of what it was told and errs on ([\d.]+) % .* it is ([\d.]+) % and ([\d.]+) %/);
  expect(told).toBe(0);
  expect(test).toBeGreaterThan(90);
  expect(plain).toBeLessThan(30);
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 760 } });

  test("a finger drags the least loss up and down, and the page stays", async ({ page, laboratory }) => {
    const penalties = new Card(laboratory, "penalties");
    await penalties.open();
    const plane = penalties.card.locator(".plane-point");
    await plane.scrollIntoViewIfNeeded();
    const box = await plane.boundingBox();
    const finger = await page.context().newCDPSession(page);
    const touch = (type, points) => finger.send("Input.dispatchTouchEvent", { type, touchPoints: points });
    const scrolled = () => page.evaluate(() => scrollY);
    const before = await scrolled();
    const at = (share) => [{ x: box.x + 0.3 * box.width, y: box.y + share * box.height }];
    await touch("touchStart", at(0.3));
    for (const share of [0.35, 0.45, 0.55, 0.6]) await touch("touchMove", at(share));
    await touch("touchEnd", []);
    // Down along the plane: the second weight is below 0.
    await expect(penalties.number("least")).toContainText(/The loss alone is least at \(\u2212[\d.]+, \u2212[\d.]+\)/);
    expect(await scrolled()).toBe(before);
  });

  test("a finger chooses a mask; nothing scrolls sideways", async ({ page, laboratory }) => {
    const masks = new Card(laboratory, "masks");
    await masks.open();
    await expect(masks.sentence).toContainText("image 1,");
    const grid = masks.card.locator(".masks .drag");
    await grid.scrollIntoViewIfNeeded();
    const cells = await grid.boundingBox();
    await page.touchscreen.tap(cells.x + 0.5 * cells.width, cells.y + 0.7 * cells.height);
    await expect.poll(async () => (await masks.numbers(MASKS))[1]).toBeGreaterThan(3);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});
