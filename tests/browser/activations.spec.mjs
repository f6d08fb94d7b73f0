// Chapter 3: every widget by mouse, by touch and by keyboard, and what it then says.
import { test, expect } from "./laboratory.mjs";

const CHAPTER = "#/activations";

/// Presses the mouse at a share of a figure's width and height, moves it to another, lets go.
async function drag(page, figure, from, to) {
  await figure.scrollIntoViewIfNeeded();
  const box = await figure.boundingBox();
  const at = ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 5 });
  await page.mouse.up();
}

async function choose(laboratory, widget, name, text) {
  await laboratory.page.locator(`#${widget} [data-control="${name}"] label`).filter({ hasText: text }).click();
}

test("ReLU has its equation and its plot from -4 to 4", async ({ page, laboratory }) => {
  await laboratory.open(CHAPTER);
  const card = page.locator("#relu");
  await expect(card.locator("math").first()).toHaveText(/ReLU.*max.*0,x.*if.*x>0.*0.*if.*x≤0/s);
  await expect(card.locator("canvas")).toHaveAttribute("aria-label", /goes from 0 at −4 to 4 at 4/);
});

test("ReLU's point by keys, by typing and by dragging", async ({ page, laboratory }) => {
  await laboratory.open(CHAPTER);
  const card = page.locator("#relu");
  const sentence = card.locator(".sentence");
  const { slider, field } = laboratory.control("relu", "x");
  await expect(sentence).toContainText("At x = 1.5 ReLU gives 1.5 with slope 1");
  await slider.press("ArrowRight");
  await expect(sentence).toContainText("At x = 1.55 ReLU gives 1.55");
  await slider.press("Home");
  await expect(sentence).toContainText("At x = −4 ReLU gives 0 with slope 0");
  await laboratory.type("relu", "x", "0");
  await expect(sentence).toContainText("every slope in [0, 1] is a subgradient");
  await laboratory.settled();
  await drag(page, card.locator(".drag"), [0.5, 0.5], [0.7, 0.3]);
  await expect(sentence).toContainText("signal and gradient pass unchanged");
  const dragged = Number(await field.inputValue());
  expect(dragged).toBeGreaterThan(0.5);
  expect(dragged).toBeLessThan(4);
  // Beyond the right edge the point stays on the plot.
  await drag(page, card.locator(".drag"), [0.5, 0.5], [1.2, 0.5]);
  await expect(field).toHaveValue("4");
  await card.getByRole("checkbox", { name: "Show the derivative" }).check();
  await expect(card.locator("math").nth(1)).toBeVisible();
});

test("functions are laid over one another, each with its numbers", async ({ page, laboratory }) => {
  await laboratory.open(CHAPTER);
  const card = page.locator("#functions");
  const rows = card.locator("tbody tr");
  await expect(rows).toHaveCount(3);
  for (const name of ["step", "tanh", "leaky ReLU", "ELU", "SiLU", "GELU"]) {
    await card.getByRole("checkbox", { name, exact: true }).check();
  }
  await expect(rows).toHaveCount(9);
  await laboratory.type("functions", "x", "0");
  const sigmoid = card.locator('[data-function="sigmoid"]');
  await expect(sigmoid.locator('[data-number="value"]')).toHaveText("0.5");
  await expect(sigmoid.locator('[data-number="slope"]')).toHaveText("0.25");
  // ln 2.
  await expect(card.locator('[data-function="softplus"] [data-number="value"]')).toHaveText("0.6931");
  await expect(card.locator("canvas").first()).toHaveAttribute("aria-label", /tanh goes from .*GELU goes from/);
});

test("c takes the sigmoid to the step and softplus to ReLU", async ({ page, laboratory }) => {
  await laboratory.open(`${CHAPTER}/functions?functions.show=softplus`);
  const card = page.locator("#functions");
  const distance = card.locator('[data-function="softplus"] [data-number="distance"]');
  await laboratory.type("functions", "x", "0");
  await expect(distance).toHaveText("0.6931 from ReLU");
  await laboratory.type("functions", "c", "10");
  await expect(distance).toHaveText("0.06931 from ReLU");
  await expect(card.locator(".sentence")).toContainText("within 0.06931 of ReLU");
  await expect(card.locator("canvas").first()).toHaveAttribute("aria-label", /ReLU goes from 0 at −4 to 4 at 4/);
  await card.getByRole("checkbox", { name: "sigmoid", exact: true }).check();
  await laboratory.control("functions", "c").slider.press("End");
  await laboratory.type("functions", "x", "0.1");
  // 1 / (1 + e^(100 * 0.1)).
  await expect(card.locator('[data-function="sigmoid"] [data-number="distance"]')).toContainText("4.54×10⁻⁵");
});

test("ranges change, the point is dragged on either plot, and the link keeps it", async ({ page, laboratory, context }) => {
  await laboratory.open(CHAPTER);
  const card = page.locator("#functions");
  await laboratory.type("functions", "from", "-10");
  await laboratory.type("functions", "to", "10");
  await expect(card.locator("canvas").first()).toHaveAttribute("aria-label", /ReLU goes from 0 at −10 to 10 at 10/);
  await laboratory.settled();
  const { field } = laboratory.control("functions", "x");
  await drag(page, card.locator(".drag").nth(0), [0.5, 0.5], [0.2, 0.5]);
  await expect(field).toHaveValue(/^-/);
  await drag(page, card.locator(".drag").nth(1), [0.4, 0.5], [0.7, 0.5]);
  await expect(field).not.toHaveValue(/^-/);
  await choose(laboratory, "functions", "axis", "from … to");
  await laboratory.type("functions", "high", "2");
  await expect.poll(() => page.url()).toMatch(/functions\.high=2/);
  const x = await field.inputValue();
  const again = await context.newPage();
  await again.goto(page.url());
  await expect(again.locator('#functions [data-control="x"] input.number')).toHaveValue(x);
  await expect(again.locator('#functions [data-control="from"] input.number')).toHaveValue("-10");
  await expect(again.locator('#functions [data-control="high"] input.number')).toHaveValue("2");
});

test("ten logits by slider, typing and dragging sum to 1, and their sigmoids do not", async ({ page, laboratory }) => {
  await laboratory.open(`${CHAPTER}/softmax`);
  const card = page.locator("#softmax");
  const sum = card.locator('[data-sum="softmax"]');
  await expect(sum).toContainText("sum 1.0000");
  await expect(card.locator('[data-sum="sigmoids"]')).toContainText("sum 5.8116");
  await laboratory.type("softmax", "a0", "10");
  await expect(card.locator(".sentence")).toContainText("class 0 takes all");
  await laboratory.control("softmax", "a0").slider.press("Home");
  await expect(card.locator(".sentence")).toContainText("class 3 takes all");
  await laboratory.settled();
  // The last row is class 9; its bar is drawn out to the right.
  await drag(page, card.locator(".drag").first(), [0.5, 0.93], [0.8, 0.5]);
  await expect(card.locator(".sentence")).toContainText("class 9 takes all");
  await expect(sum).toContainText("sum 1.0000");
});

test("a constant changes nothing, c has two limits, a tie is shared", async ({ page, laboratory }) => {
  await laboratory.open(`${CHAPTER}/softmax`);
  const card = page.locator("#softmax");
  const bars = card.locator('canvas[aria-label^="softmax"]');
  await expect(bars).toHaveAttribute("aria-label", /3 0\.6904/);
  await laboratory.type("softmax", "added", "37");
  await expect(card.locator(".sentence")).toContainText("Adding 37 to every logit moved no probability by more than");
  await expect(bars).toHaveAttribute("aria-label", /3 0\.6904/);
  await choose(laboratory, "softmax", "at", "c → 0");
  await expect(bars).toHaveAttribute("aria-label", /0 0\.1000, 1 0\.1000.*9 0\.1000/);
  await choose(laboratory, "softmax", "at", "c → ∞");
  await expect(bars).toHaveAttribute("aria-label", /2 0\.0000, 3 1\.0000, 4 0\.0000/);
  await card.getByRole("button", { name: "A tie, c → ∞" }).click();
  await expect(bars).toHaveAttribute("aria-label", /3 0\.5000, 4 0\.0000, 5 0\.5000/);
  await expect(card.locator(".sentence")).toContainText("Classes 3 and 5 tie");
});

test("an entry of the Jacobian is worked out, by pointing and by keys", async ({ page, laboratory }) => {
  await laboratory.open(`${CHAPTER}/softmax?softmax.part=jacobian&softmax.at=zero`);
  const card = page.locator("#softmax");
  const entry = card.locator(".entry");
  await expect(entry).toHaveText("∂p₃/∂z₅ = −p₃ · p₅ = −0.1 · 0.1 = −0.01");
  const column = laboratory.control("softmax", "column").slider;
  await column.press("ArrowLeft");
  await column.press("ArrowLeft");
  await expect(entry).toHaveText("∂p₃/∂z₃ = p₃(1 − p₃) = 0.1 · 0.9 = 0.09");
  await laboratory.settled();
  const cells = card.locator(".jacobian .drag");
  await cells.scrollIntoViewIfNeeded();
  const box = await cells.boundingBox();
  await page.mouse.click(box.x + 22, box.y + box.height - 8);
  await expect(entry).toContainText("∂p₉/∂z₀");
});

test("the naive evaluation breaks and the stable one does not", async ({ page, laboratory }) => {
  await laboratory.open(`${CHAPTER}/softmax?softmax.part=arithmetic`);
  const card = page.locator("#softmax");
  const outcome = card.locator(".outcome");
  await expect(outcome).toHaveAttribute("data-outcome", "sound");
  await expect(card.locator(".breaks")).toContainText("reaches 88.7228");
  await expect(card.locator(".breaks")).toContainText("ten equal ones at 86.4203");
  await card.getByRole("button", { name: "A constant too large for f32" }).click();
  await expect(outcome).toHaveAttribute("data-outcome", "overflow");
  const three = card.locator("table.arithmetic tbody tr").nth(3).locator("td");
  await expect(three.nth(1)).toHaveText("∞");
  await expect(three.nth(2)).toHaveText("NaN");
  await expect(three.nth(5)).toHaveText("0.6904");
  await laboratory.type("softmax", "added", "-150");
  await expect(outcome).toHaveAttribute("data-outcome", "underflow");
});

test("the cross-entropy is what the right class costs", async ({ page, laboratory }) => {
  await laboratory.open(`${CHAPTER}/softmax?softmax.part=cross-entropy&softmax.c=0`);
  const cost = page.locator("#softmax .cost");
  await expect(cost).toContainText("= 2.303; guessing evenly costs ln 10 = 2.303");
  await laboratory.type("softmax", "c", "4");
  await expect(cost).toContainText("If the digit is a 3, the network pays C = −ln p₃ = 0.0");
  await laboratory.control("softmax", "label").slider.press("Home");
  // 4 (4.2 + 1.2) = 21.6 above the winner's own cost.
  await expect(cost).toContainText("If the digit is a 0, the network pays C = −ln p₀ = 21.6");
});

test("at the limits of c everything is that of the limit", async ({ page, laboratory }) => {
  await laboratory.open(`${CHAPTER}/softmax?softmax.part=cross-entropy&softmax.at=infinity&softmax.c=3`);
  const card = page.locator("#softmax");
  const cost = card.locator(".cost");
  await expect(cost).toContainText("pays nothing: it is sure and right");
  await laboratory.type("softmax", "label", "0");
  await expect(cost).toContainText("without bound: it is sure and wrong");
  const sigmoids = card.locator('canvas[aria-label^="σ"]');
  await expect(sigmoids).toHaveAttribute("aria-label", /0 0\.0000, 1 1\.0000/);
  await choose(laboratory, "softmax", "part", "32-bit arithmetic");
  await expect(card.locator(".outcome")).toHaveAttribute("data-outcome", "limit");
  await choose(laboratory, "softmax", "at", "c → 0");
  await expect(card.locator(".outcome")).toHaveAttribute("data-outcome", "sound");
  await expect(card.locator("table.arithmetic tbody tr").nth(3).locator("td").nth(5)).toHaveText("0.1");
  await expect(sigmoids).toHaveAttribute("aria-label", /0 0\.5000, 1 0\.5000/);
});

test("figures are moved by the arrow keys", async ({ page, laboratory }) => {
  await laboratory.open(`${CHAPTER}?softmax.part=jacobian`);
  const press = async (figure, ...keys) => {
    await figure.focus();
    for (const key of keys) await page.keyboard.press(key);
  };
  await press(page.locator("#relu .drag"), "ArrowLeft", "Shift+ArrowRight");
  await expect(laboratory.control("relu", "x").field).toHaveValue("1.95");
  await press(page.locator("#functions .drag").nth(1), "ArrowRight");
  await expect(laboratory.control("functions", "x").field).toHaveValue("1.05");
  // The first key takes hold of class 0, the next one goes to class 1.
  await press(page.locator("#softmax .drag").first(), "ArrowLeft", "ArrowDown", "Shift+ArrowRight");
  await expect(laboratory.control("softmax", "a0").field).toHaveValue("-1.3");
  await expect(laboratory.control("softmax", "a1").field).toHaveValue("1.3");
  await press(page.locator("#softmax .jacobian .drag"), "ArrowUp", "ArrowRight");
  await expect(page.locator("#softmax .entry")).toContainText("∂p₂/∂z₆");
});

test("reset and figures to save", async ({ page, laboratory }) => {
  await laboratory.open(`${CHAPTER}/softmax?softmax.c=7`);
  const card = page.locator("#softmax");
  const { field } = laboratory.control("softmax", "c");
  await expect(field).toHaveValue("7");
  await card.getByRole("button", { name: "Reset" }).click();
  await expect(field).toHaveValue("1");
  const relu = page.locator("#relu");
  await relu.getByRole("button", { name: "Export" }).click();
  const saving = page.waitForEvent("download");
  await relu.getByRole("button", { name: "SVG, for slides and print" }).click();
  expect((await saving).suggestedFilename()).toBe("relu.svg");
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 760 } });

  test("a finger moves the point, a logit and a cell; the page does not scroll sideways", async ({ page, laboratory }) => {
    await laboratory.open(`${CHAPTER}?softmax.part=jacobian`);
    await laboratory.settled();
    const tap = async (figure, x, y) => {
      await figure.scrollIntoViewIfNeeded();
      const box = await figure.boundingBox();
      await page.touchscreen.tap(box.x + x * box.width, box.y + y * box.height);
    };
    await tap(page.locator("#relu .drag"), 0.2, 0.5);
    await expect(page.locator("#relu .sentence")).toContainText("neither signal nor gradient passes");
    await tap(page.locator("#softmax .drag").first(), 0.82, 0.93);
    await expect(page.locator("#softmax .sentence")).toContainText("class 9 takes all");
    await tap(page.locator("#softmax .jacobian .drag"), 0.1, 0.97);
    await expect(page.locator("#softmax .entry")).toContainText("∂p₉/∂z₀");
    const [across, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(across).toBeLessThanOrEqual(window);
  });

  test("a finger that moves sideways drags the point along", async ({ page, laboratory }) => {
    await laboratory.open(CHAPTER);
    await laboratory.settled();
    const figure = page.locator("#relu .drag");
    await figure.scrollIntoViewIfNeeded();
    const box = await figure.boundingBox();
    const finger = await page.context().newCDPSession(page);
    const touch = (type, share) =>
      finger.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: share === undefined ? [] : [{ x: box.x + share * box.width, y: box.y + 0.5 * box.height }],
      });
    await touch("touchStart", 0.6);
    for (const share of [0.55, 0.45, 0.35, 0.25, 0.2]) await touch("touchMove", share);
    await touch("touchEnd");
    await expect(page.locator("#relu .sentence")).toContainText("neither signal nor gradient passes");
  });
});
