// Chapter 1: every widget by mouse, touch and keyboard; the claims are read from the page.
import { test, expect } from "../laboratory.mjs";

const PAGE = "#/perceptrons";

/// A widget of the chapter.
class Card {
  constructor(page, id) {
    this.page = page;
    this.box = page.locator(`#${id}`);
    this.verdict = this.box.locator(".verdict");
    this.sentence = this.box.locator(".sentence");
    this.field = this.box.locator(".part-field");
  }

  /// A part of the first (0) or second (1) diagram: `x1`, `w1.2.1`, `b2.1`.
  part(key, diagram = 0) {
    return this.box.locator("svg.network").nth(diagram).locator(`[data-part="${key}"]`);
  }

  async preset(key) {
    await this.box.locator(`button[data-preset="${key}"]`).click();
  }
}

/// A place on an edge's line near its neuron, where no other edge lies over it.
async function placeOn(part) {
  return part.locator(".hit").evaluate((line) => {
    const [x1, y1, x2, y2] = ["x1", "y1", "x2", "y2"].map((name) => line[name].baseVal.value);
    const { x, y } = new DOMPoint(x1 + 0.8 * (x2 - x1), y1 + 0.8 * (y2 - y1)).matrixTransform(line.getScreenCTM());
    return { x, y };
  });
}

test("1.1 scaling by any c > 0 changes nothing; c = 0 and c < 0 do", async ({ page, laboratory }) => {
  await laboratory.open(`${PAGE}/scaling`);
  const card = new Card(page, "scaling");
  await expect(card.verdict).toHaveText("4 of 4 inputs agree, 0 of 65,536 pixels differ.");
  const { slider } = laboratory.control("scaling", "c");
  for (const key of ["Home", "End", "Shift+ArrowLeft"]) {
    await slider.press(key);
    await expect(card.verdict, key).toHaveText("4 of 4 inputs agree, 0 of 65,536 pixels differ.");
  }
  await slider.press("Home");
  await expect(card.part("w1.1.1", 1)).toHaveAttribute("aria-valuenow", "-0.002");
  await expect(card.part("w1.1.1", 0)).toHaveAttribute("aria-valuenow", "-2");

  for (const scope of ["each layer", "each neuron"]) {
    await laboratory.control("scaling", "scope").option(scope).check();
    await expect(card.verdict, scope).toHaveText("4 of 4 inputs agree, 0 of 65,536 pixels differ.");
  }
  await laboratory.control("scaling", "sign").option("c = 0").check();
  await expect(card.verdict).toHaveText(/^1 of 4 inputs agree, [1-9][\d,]* of 65,536 pixels differ\.$/);
  await laboratory.control("scaling", "sign").option("c < 0").check();
  await expect(card.verdict).toHaveText(/^[0-3] of 4 inputs agree, [1-9][\d,]* of 65,536 pixels differ\.$/);
});

test("1.1 a random network of 4 layers of 8 and 4 inputs: 16 of 16 inputs agree", async ({ page, laboratory }) => {
  await laboratory.open(`${PAGE}/scaling`);
  const card = new Card(page, "scaling");
  await card.box.getByText("A random network").click();
  await card.preset("random");
  await card.box.getByRole("button", { name: "Add an input" }).click();
  await card.box.getByRole("button", { name: "Add an input" }).click();
  await expect(card.box.locator("svg.network").first().locator(".neuron")).toHaveCount(32);
  await expect(card.verdict).toHaveText("16 of 16 inputs agree, 0 of 65,536 pixels differ.");
  await laboratory.type("scaling", "c", "0.37");
  await expect(card.verdict).toHaveText("16 of 16 inputs agree, 0 of 65,536 pixels differ.");
});

test("the diagram by keyboard: walk, change, flip, type", async ({ page, laboratory }) => {
  await laboratory.open(`${PAGE}/scaling`);
  const card = new Card(page, "scaling");
  const input = card.part("x1");
  await input.focus();
  await expect(input).toHaveAttribute("aria-valuenow", "1");
  await page.keyboard.press(" ");
  await expect(input).toHaveAttribute("aria-valuenow", "0");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  const weight = card.part("w1.1.1");
  await expect(weight).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(weight).toHaveAttribute("aria-valuenow", "-1.9");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(weight).toHaveAttribute("aria-valuenow", "-2.9");
  await page.keyboard.press("-");
  await expect(weight).toHaveAttribute("aria-valuenow", "2.9");
  await page.keyboard.press("Home");
  await expect(weight).toHaveAttribute("aria-valuenow", "0");
  await page.keyboard.type("4.5");
  await expect(card.field).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(weight).toHaveAttribute("aria-valuenow", "4.5");
  await expect(card.part("w1.1.1", 1)).toHaveAttribute("aria-valuenow", "450");
  await card.field.fill("many");
  await page.keyboard.press("Enter");
  await expect(card.box.locator('[data-control="part"] .complaint')).toContainText("cannot be used here");
  await expect(weight).toHaveAttribute("aria-valuenow", "4.5");
});

test("the diagram by mouse: press selects, dragging changes, the scaled one does not change", async ({ page, laboratory }) => {
  await laboratory.open(`${PAGE}/scaling`);
  const card = new Card(page, "scaling");
  const weight = card.part("w1.1.1");
  await weight.scrollIntoViewIfNeeded();
  const { x, y } = await placeOn(weight);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y - 40, { steps: 4 });
  await page.mouse.up();
  await expect(weight).toHaveAttribute("aria-valuenow", "-1");
  await expect(card.field).toHaveValue("-1");
  const scaled = card.part("w1.1.1", 1);
  const there = await placeOn(scaled);
  await page.mouse.move(there.x, there.y);
  await page.mouse.down();
  await page.mouse.move(there.x, there.y - 40, { steps: 4 });
  await page.mouse.up();
  await expect(scaled).toHaveAttribute("aria-valuenow", "-100");
  await card.part("x2").click();
  await expect(card.part("x2", 1)).toHaveAttribute("aria-valuenow", "1");
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 800 } });

  test("a tap turns an input, a tap on a row of the table too", async ({ page, laboratory }) => {
    await laboratory.open(`${PAGE}/scaling`);
    const card = new Card(page, "scaling");
    await card.part("x1").tap();
    await expect(card.part("x1")).toHaveAttribute("aria-valuenow", "0");
    await card.box.getByRole("button", { name: "Show input 1 1" }).tap();
    await expect(card.part("x1")).toHaveAttribute("aria-valuenow", "1");
    await expect(card.part("x2")).toHaveAttribute("aria-valuenow", "1");
  });

  test("the chapter does not scroll sideways", async ({ page, laboratory }) => {
    await laboratory.open(PAGE);
    await laboratory.settled();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

test("neurons and layers come and go within bounds, and the network is in the link", async ({ page, laboratory }) => {
  await laboratory.open(`${PAGE}/scaling`);
  const card = new Card(page, "scaling");
  const neurons = card.box.locator("svg.network").first().locator(".neuron");
  await card.preset("neuron");
  await expect(neurons).toHaveCount(1);
  const add = card.box.getByRole("button", { name: "Add a neuron to layer 1" });
  for (let count = 2; count <= 8; count += 1) {
    await add.click();
    await expect(neurons).toHaveCount(count);
  }
  await expect(add).toBeDisabled();
  await card.box.getByRole("button", { name: "Add a layer that passes all values on" }).click();
  await expect(neurons).toHaveCount(16);
  await expect(card.verdict).toHaveText("4 of 4 inputs agree, 0 of 65,536 pixels differ.");
  await card.box.getByRole("button", { name: "Remove the last layer" }).click();
  await card.box.getByRole("button", { name: "Remove the last neuron of layer 1" }).click();
  await expect(neurons).toHaveCount(7);
  await expect(page).toHaveURL(/scaling\.net=2~1,1,-1\.5(_1,1,-0\.5){6}(&|$)/);
  const address = new URL(page.url()).hash;
  await laboratory.open(address);
  await expect(neurons).toHaveCount(7);
});

test("a link with a broken network leaves a note and the default", async ({ page, laboratory }) => {
  await laboratory.open(`${PAGE}/scaling?scaling.net=2~1,x`);
  await expect(laboratory.notes.first()).toContainText("scaling.net");
  await expect(page.locator("#scaling svg.network").first().locator(".neuron")).toHaveCount(8);
});

test("the proof lights up the neurons that each step speaks of", async ({ page, laboratory }) => {
  await laboratory.open(`${PAGE}/scaling`);
  const card = new Card(page, "scaling");
  const lit = card.box.locator("svg.network").first().locator(".neuron.lit");
  await expect(lit).toHaveCount(0);
  const next = card.box.getByRole("button", { name: "Next step" });
  for (const count of [1, 3, 3, 2, 2]) {
    await next.click();
    await expect(lit).toHaveCount(count);
  }
  await expect(next).toBeDisabled();
});

test("1.2 the deviation falls below the bound, c = 10^6 leaves clean steps, and enough c is enough", async ({ page, laboratory }) => {
  await laboratory.open(`${PAGE}/sigmoid`);
  const card = new Card(page, "sigmoid");
  await card.preset("neuron");
  // One neuron with margin 1/2: ln(99) / 0.5 = 9.190.
  await expect(card.verdict).toContainText("= 9.19 on, |z| = 0.5");
  await laboratory.type("sigmoid", "c", "9.2");
  await expect(card.sentence).toContainText("differ by at most 0.00995 over all 4 Boolean inputs; the bound says 0.00995");
  await laboratory.control("sigmoid", "c").slider.press("End");
  await expect(card.sentence).toContainText("With c = 10⁶");
  await expect(card.box).not.toContainText(/NaN|not a number/);
  await card.preset("half-adder");
  await expect(card.sentence).toContainText("The least margin |z| is 1");
});

test("1.2 play sweeps c and pauses", async ({ page, laboratory }) => {
  await laboratory.open(`${PAGE}/sigmoid`);
  const card = new Card(page, "sigmoid");
  const { field } = laboratory.control("sigmoid", "c");
  await card.box.getByRole("button", { name: "Play: c grows" }).click();
  await expect.poll(async () => Number(await field.inputValue())).toBeGreaterThan(20);
  await card.box.getByRole("button", { name: "Pause c" }).click();
  const paused = await field.inputValue();
  await laboratory.frames(10);
  await expect(field).toHaveValue(paused);
});

test("1.3 the fates of a 1/2, neuron by neuron", async ({ page, laboratory }) => {
  await laboratory.open(`${PAGE}/edge`);
  const card = new Card(page, "edge");
  const limits = card.box.locator(".limits tbody td.limit");
  await expect(limits).toHaveText(["1/2", "1/2", "1", "0", "0", "1/2", "1/2", "1/2", "1/2", "1"]);
  await expect(card.sentence).toContainText("0 of 3 outputs tend to what the perceptrons say");
  await card.part("x1").click();
  await expect(card.sentence).toContainText("At this input no neuron is on its edge");
  await card.preset("edge");
  await expect(limits).toHaveCount(1);
});

// x = 1 / (1 + exp(-8 (x - 1/2))) iterated from 0.01 in Python: 0.021246...
test("1.4 the balance tips at c = 4", async ({ laboratory, page }) => {
  await laboratory.open(`${PAGE}/balance`);
  const card = new Card(page, "balance");
  await laboratory.type("balance", "c", "3");
  await expect(card.sentence).toContainText("c/4 = 0.75, below 1: the only fixed point is 1/2, and it is stable");
  await laboratory.type("balance", "c", "4");
  await expect(card.sentence).toContainText("it decides nothing");
  await laboratory.type("balance", "c", "8");
  await expect(card.sentence).toContainText("above 1: 1/2 is unstable, and the stable fixed points are 0.0212 and 0.979");
  await laboratory.type("balance", "start", "0.49");
  await expect(card.sentence).toContainText("comes to 0.0212");
  await laboratory.control("balance", "start").slider.press("End");
  await expect(card.sentence).toContainText("comes to 0.979");
});
