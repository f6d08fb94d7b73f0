// Chapter 1: every widget by mouse, touch and keyboard; the claims are read from the page.
import { test, expect } from "./laboratory.mjs";

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

  /// The point of the map with this index: a slider of two directions.
  point(map = 0) {
    return this.box.locator(".plane-point").nth(map);
  }

  /// The point's place as numbers, from what a screen reader hears.
  async pointPlace(map = 0) {
    const [x, y] = (await this.point(map).getAttribute("aria-valuetext")).replaceAll("\u2212", "-").match(/= (-?[\d.]+)/g);
    return { x: Number(x.slice(2)), y: Number(y.slice(2)) };
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
  await laboratory.settled();
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

test("1.1 play sweeps c, nothing changes meanwhile, and pause stops it", async ({ page, laboratory }) => {
  await laboratory.open(`${PAGE}/scaling`);
  const card = new Card(page, "scaling");
  const { field, slider } = laboratory.control("scaling", "c");
  await slider.press("Home");
  await card.box.getByRole("button", { name: "Play: c grows" }).click();
  await expect.poll(async () => Number(await field.inputValue())).toBeGreaterThan(0.005);
  await expect(card.verdict).toHaveText("4 of 4 inputs agree, 0 of 65,536 pixels differ.");
  await card.box.getByRole("button", { name: "Pause c" }).click();
  const paused = await field.inputValue();
  await laboratory.frames(10);
  await expect(field).toHaveValue(paused);
  await laboratory.control("scaling", "scope").option("each layer").check();
  await expect(card.box.getByRole("button", { name: "Play: c grows" })).toHaveCount(0);
});

// A half adder says sum and carry: 0, 0 at (0, 0) and 0, 1 at (1, 1).
test("the point of a map by keyboard: both networks answer", async ({ page, laboratory }) => {
  await laboratory.open(`${PAGE}/scaling`);
  const card = new Card(page, "scaling");
  const answer = card.box.locator(".at-the-point");
  await expect(answer).toContainText("x = (1, 0): original 1, 0; scaled 1, 0.");
  await card.point().focus();
  await page.keyboard.press("ArrowLeft");
  expect(await card.pointPlace()).toEqual({ x: 0.95, y: 0 });
  await page.keyboard.press("Shift+ArrowUp");
  expect(await card.pointPlace()).toEqual({ x: 0.95, y: 0.5 });
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  expect(await card.pointPlace()).toEqual({ x: 1, y: 0.45 });
  await page.keyboard.press("Home");
  await expect(answer).toContainText("x = (0, 0): original 0, 0; scaled 0, 0.");
  await expect(card.part("x1", 1)).toHaveAttribute("aria-valuenow", "0");
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(answer).toContainText("x = (1, 1): original 0, 1; scaled 0, 1.");
  // It stays on the map.
  for (let press = 0; press < 5; press += 1) await page.keyboard.press("Shift+ArrowRight");
  expect(await card.pointPlace()).toEqual({ x: 2, y: 1 });
  await expect(page).toHaveURL(/scaling\.at=2,1/);
});

for (const [widget, maps] of [
  ["scaling", 3],
  ["sigmoid", 2],
  ["edge", 1],
]) {
  test(`the point of a map by mouse: ${widget}`, async ({ page, laboratory }) => {
    await laboratory.open(`${PAGE}/${widget}`);
    const card = new Card(page, widget);
    await laboratory.settled();
    await expect(card.point()).toBeVisible();
    for (let map = 0; map < maps; map += 1) {
      await card.point(map).scrollIntoViewIfNeeded();
      const { x, y, width, height } = await card.point(map).boundingBox();
      await page.mouse.move(x + 0.4 * width, y + 0.6 * height);
      await page.mouse.down();
      const first = await card.pointPlace(map);
      await page.mouse.move(x + 0.8 * width, y + 0.3 * height, { steps: 5 });
      await page.mouse.up();
      const second = await card.pointPlace(map);
      expect(second.x).toBeGreaterThan(first.x + 0.5);
      expect(second.y).toBeGreaterThan(first.y + 0.5);
      // Every map and both diagrams show the same point.
      for (let other = 0; other < maps; other += 1) expect(await card.pointPlace(other)).toEqual(second);
      for (const diagram of [0, 1]) await expect(card.part("x1", diagram)).toHaveAttribute("aria-valuenow", String(second.x));
      // A pointer that is up moves nothing.
      await page.mouse.move(x + 0.5 * width, y + 0.5 * height);
      expect(await card.pointPlace(map)).toEqual(second);
    }
  });
}

test.describe("widgets by touch", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 800 } });

  for (const widget of ["scaling", "sigmoid", "edge"]) {
    test(`the point of a map by touch: ${widget}`, async ({ page, laboratory }) => {
      await laboratory.open(`${PAGE}/${widget}`);
      const card = new Card(page, widget);
      await laboratory.settled();
      await card.point().scrollIntoViewIfNeeded();
      const places = [];
      for (const share of [0.4, 0.8]) {
        const { x, y, width, height } = await card.point().boundingBox();
        await page.touchscreen.tap(x + share * width, y + 0.5 * height);
        places.push(await card.pointPlace());
      }
      expect(places[1].x).toBeGreaterThan(places[0].x + 0.5);
      expect(places[1].y).toBe(places[0].y);
    });
  }

  test("a finger drags the point in both directions instead of scrolling", async ({ page, laboratory }) => {
    await laboratory.open(`${PAGE}/edge`);
    const card = new Card(page, "edge");
    await laboratory.settled();
    await card.point().scrollIntoViewIfNeeded();
    const box = await card.point().boundingBox();
    const finger = await page.context().newCDPSession(page);
    const touch = (type, shares) =>
      finger.send("Input.dispatchTouchEvent", { type, touchPoints: shares ? [{ x: box.x + shares[0] * box.width, y: box.y + shares[1] * box.height }] : [] });
    // A browser that scrolled would take the finger away from the point at its first move.
    await touch("touchStart", [0.4, 0.7]);
    const first = await card.pointPlace();
    for (const share of [0.1, 0.2, 0.3, 0.4]) await touch("touchMove", [0.4 + share, 0.7 - share]);
    await touch("touchEnd");
    const last = await card.pointPlace();
    expect(last.x).toBeGreaterThan(first.x + 0.5);
    expect(last.y).toBeGreaterThan(first.y + 0.5);
  });

  for (const [widget, control] of [
    ["sigmoid", "c"],
    ["sigmoid", "eps"],
    ["edge", "c"],
    ["balance", "c"],
    ["balance", "start"],
    ["balance", "neurons"],
  ]) {
    test(`a slider by touch: ${widget}, ${control}`, async ({ page, laboratory }) => {
      await laboratory.open(`${PAGE}/${widget}`);
      const { slider, field } = laboratory.control(widget, control);
      await slider.scrollIntoViewIfNeeded();
      const values = [];
      for (const share of [0.2, 0.7]) {
        const { x, y, width, height } = await slider.boundingBox();
        await page.touchscreen.tap(x + share * width, y + height / 2);
        values.push(Number(await field.inputValue()));
      }
      expect(values[1]).toBeGreaterThan(values[0]);
    });
  }

  test("1.3 a tap on an input leaves the edge, a tap on a neuron's row selects it", async ({ page, laboratory }) => {
    await laboratory.open(`${PAGE}/edge`);
    const card = new Card(page, "edge");
    await card.part("x1").tap();
    await expect(card.sentence).toContainText("At this input no neuron is on its edge. 3 of 3 outputs tend to what the perceptrons say.");
    await card.box.getByRole("button", { name: "layer 2, neuron 3" }).tap();
    await expect(card.part("b2.3")).toHaveClass(/selected/);
    await expect(card.field).toHaveValue("-0.75");
  });
});

test("1.2 by mouse: a neuron that is pressed shows its curve; a dragged slider changes what is enough", async ({ page, laboratory }) => {
  await laboratory.open(`${PAGE}/sigmoid`);
  const card = new Card(page, "sigmoid");
  await card.part("b2.3").click();
  await expect(card.box.getByText("Neuron 3 of layer 2", { exact: true })).toBeVisible();
  const enough = async () => Number((await card.verdict.textContent()).match(/c = ([\d.,]+)/)[1].replaceAll(",", ""));
  const before = await enough();
  const { slider } = laboratory.control("sigmoid", "eps");
  await slider.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await slider.boundingBox();
  await page.mouse.click(x + 0.3 * width, y + height / 2);
  // A smaller deviation asks for a larger c.
  await expect.poll(enough).toBeGreaterThan(before);
});

test("1.3 by keyboard and mouse: c moves the outputs, never the limits", async ({ page, laboratory }) => {
  await laboratory.open(`${PAGE}/edge`);
  const card = new Card(page, "edge");
  const limits = () => card.box.locator(".limits tbody td.limit").allTextContents();
  const outputs = () => card.box.locator(".limits tbody td.run-a").allTextContents();
  const [limitsBefore, outputsBefore] = [await limits(), await outputs()];
  const { slider } = laboratory.control("edge", "c");
  await slider.press("End");
  await expect.poll(outputs).not.toEqual(outputsBefore);
  expect(await limits()).toEqual(limitsBefore);
  // At c = 10^6 a double shows the limits themselves.
  expect((await outputs()).map(Number)).toEqual(limitsBefore.map((limit) => (limit === "1/2" ? 0.5 : Number(limit))));
  await card.part("x1").click();
  await expect.poll(limits).not.toEqual(limitsBefore);
});

test("1.3 a later neuron on its edge: a whole region differs", async ({ page, laboratory }) => {
  // p + q - 1 with p = [x1 > 0] and q = [x2 > 0] is 0 in the quadrants where exactly one fires. The plane is shown from -1 to 2:
  // 85 columns of 256 have their middle below 0, 171 above; off the edges 2 * 85 * 171 pixels differ.
  await laboratory.open(`${PAGE}/edge?edge.net=2~1,0,0_0,1,0~1,1,-1&edge.at=1,-1`);
  const card = new Card(page, "edge");
  await expect(card.box.locator(".edge-map")).toContainText("in 29,070 of 65,536 pixels");
  await expect(card.sentence).toContainText("At this input 1 of 3 neurons tends to 1/2");
});

test("1.4 by mouse: the chain's start decides its end beyond c = 4; play sweeps", async ({ page, laboratory }) => {
  await laboratory.open(`${PAGE}/balance`);
  const card = new Card(page, "balance");
  const { slider, field } = laboratory.control("balance", "start");
  await slider.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await slider.boundingBox();
  const end = async () => Number((await card.sentence.textContent()).match(/comes to ([\d.]+)\.$/)[1]);
  await page.mouse.click(x + 0.2 * width, y + height / 2);
  await expect.poll(async () => Number(await field.inputValue())).toBeLessThan(0.5);
  await expect.poll(end).toBeLessThan(0.1);
  await page.mouse.click(x + 0.8 * width, y + height / 2);
  await expect.poll(end).toBeGreaterThan(0.9);
  const c = laboratory.control("balance", "c").field;
  await laboratory.type("balance", "c", "1");
  await card.box.getByRole("button", { name: "Play: c grows" }).click();
  await expect.poll(async () => Number(await c.inputValue())).toBeGreaterThan(1.5);
  await card.box.getByRole("button", { name: "Pause c" }).click();
});

test("1.2 at c = 10^6: no gap in the curve, two colours in the map, and the same pixels at every drawing", async ({ page, laboratory }) => {
  await laboratory.open(`${PAGE}/sigmoid`);
  const card = new Card(page, "sigmoid");
  const { slider, field } = laboratory.control("sigmoid", "c");
  const drawings = async () => {
    await laboratory.settled();
    return Promise.all((await card.box.locator(".plot canvas").all()).map((canvas) => canvas.evaluate(pixelsOf)));
  };
  await slider.press("End");
  await expect(field).toHaveValue("1000000");
  const once = await drawings();
  expect(once).toHaveLength(4);
  await slider.press("Shift+ArrowLeft");
  await expect(field).not.toHaveValue("1000000");
  expect((await drawings()).map(({ sum }) => sum)).not.toEqual(once.map(({ sum }) => sum));
  await slider.press("End");
  await expect(field).toHaveValue("1000000");
  expect(await drawings()).toEqual(once);
  const [curve, , map] = once;
  // The plot takes about four fifths of the figure; a curve with a gap would end before.
  expect(curve.blueRun / curve.width).toBeGreaterThan(0.7);
  expect(map.empty).toBe(0);
  expect(map.twoColours).toBeGreaterThan(0.97);
  await expect(card.box).not.toContainText(/NaN|not a number|infinite/);
});

/// In the page: a canvas as numbers. `sum`: of all bytes, each with its place; `blueRun`: columns from the first one with the blue of
/// run A to the last one without a gap; `empty` and `twoColours`: transparent pixels, and the share of the two most frequent colours, in
/// the middle of the canvas, where a map has no axes.
function pixelsOf(canvas) {
  const { width, height } = canvas;
  // Read from a copy: Chromium moves a canvas that is read several times off the graphics card, and warns.
  const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, width, height);
  let sum = 0;
  const blue = new Array(width).fill(false);
  const colours = new Map();
  let [empty, middle] = [0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = 4 * (y * width + x);
      const [r, g, b, a] = data.subarray(at, at + 4);
      sum = (31 * sum + ((r << 24) | (g << 16) | (b << 8) | a)) | 0;
      // #0072B2 within a little, as edges are smoothed.
      if (a > 128 && r < 60 && Math.abs(g - 0x72) < 50 && Math.abs(b - 0xb2) < 50) blue[x] = true;
      if (x > 0.3 * width && x < 0.9 * width && y > 0.2 * height && y < 0.7 * height) {
        middle += 1;
        if (a === 0) empty += 1;
        const key = `${r},${g},${b},${a}`;
        colours.set(key, (colours.get(key) ?? 0) + 1);
      }
    }
  }
  const first = blue.indexOf(true);
  const gap = blue.indexOf(false, first);
  const [one = 0, other = 0] = [...colours.values()].sort((a, b) => b - a);
  return { sum, width, blueRun: (gap < 0 ? width : gap) - first, empty, twoColours: (one + other) / middle };
}
