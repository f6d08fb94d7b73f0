// Lesson 4.2: loss and error on predictions that are dragged, a live net's confident mistakes, Nielsen's run repeated.
import { test, expect } from "./laboratory.mjs";

async function open(laboratory, id, settings = {}) {
  const pairs = Object.entries(settings).map(([key, value]) => `${id}.${key}=${value}`);
  await laboratory.open(`#/overfitting/${id}${pairs.length ? `?${pairs.join("&")}` : ""}`);
  return laboratory.page.locator(`#${id}`);
}

/// Mean loss and classification error of the sentence.
async function told(card) {
  const text = await card.locator(".sentence").textContent();
  const [, loss, error] = /Mean loss ([\d.]+), classification error (\d+) %/.exec(text);
  return { loss: Number(loss), error: Number(error) };
}

/// Where the first border of a sample's bar stands on the page, and how far the bar reaches from 0 to 1, found by dragging:
/// a pointer at either end of the figure asks for the ends of the reach.
async function grip(laboratory, card, sample) {
  const figure = card.locator(".drag").first();
  await figure.scrollIntoViewIfNeeded();
  const box = await figure.boundingBox();
  // Rows begin below the heading and are equally high.
  const top = 22;
  const row = (box.height - top - 2) / 5;
  return { figure, box, y: box.y + top + (sample - 0.5) * row };
}

test("the loss moves with every pixel, the error jumps where the sample tips", async ({ laboratory, page }) => {
  const card = await open(laboratory, "loss-and-error");
  expect(await told(card)).toEqual({ loss: 0.548, error: 20 });
  const { box, y } = await grip(laboratory, card, 1);
  const field = laboratory.control("loss-and-error", "p1").field;
  // The first border is taken hold of left of it, and goes where the pointer is.
  await page.mouse.move(box.x + 0.3 * box.width, y);
  await page.mouse.down();
  const seen = [];
  for (let step = 0; step <= 12; step += 1) {
    await page.mouse.move(box.x + (0.3 + 0.03 * step) * box.width, y);
    await laboratory.frames(1);
    seen.push({ p: Number(await field.inputValue()), ...(await told(card)) });
  }
  await page.mouse.up();
  const ascending = seen.every(({ p, loss }, index) => index === 0 || (p > seen[index - 1].p && loss < seen[index - 1].loss));
  expect(ascending, JSON.stringify(seen)).toBe(true);
  // p* = 0.6 / 1.6 = 0.375 for a rest that is divided 60 to 40.
  for (const { p, error } of seen) expect(error, `p = ${p}`).toBe(p > 0.375 ? 20 : 40);
  expect(new Set(seen.map(({ error }) => error)).size).toBe(2);
});

test("goals are ticked when they are reached, with numbers, and the start opens them again", async ({ laboratory }) => {
  const card = await open(laboratory, "loss-and-error");
  const goal = (name) => card.locator(`[data-goal="${name}"]`);
  for (const name of ["double", "lower-loss", "higher-loss"]) await expect(goal(name)).toContainText("not reached yet");
  // The wrong sample alone, typed: p = 0.03 is not enough, 0.02 is.
  await laboratory.type("loss-and-error", "p5", "0.03");
  await expect(goal("double")).toContainText("not reached yet");
  await laboratory.type("loss-and-error", "p5", "0.02");
  await expect(goal("double")).toContainText("reached: loss 0.548 \u2192 1.120, error 20 % \u2192 20 %");
  for (const name of ["lower-loss", "higher-loss"]) {
    await expect(goal(name)).toContainText("not reached yet");
    await goal(name).getByRole("button", { name: "Show one way" }).click();
    await expect(goal(name)).toContainText("reached: loss 0.548");
  }
  // All three stay ticked until the start is back.
  await expect(card.locator(".goals .reached")).toHaveCount(3);
  await card.getByRole("button", { name: "Reset" }).click();
  await expect(card.locator(".goals .reached")).toHaveCount(0);
});

test("by keyboard: the arrows choose a sample and move its right class, and the link keeps it", async ({ laboratory, page }) => {
  const card = await open(laboratory, "loss-and-error");
  const field = (name) => laboratory.control("loss-and-error", name).field;
  await card.locator(".drag").first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(field("p5")).toHaveValue("0.36");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(field("p5")).toHaveValue("0.46");
  expect((await told(card)).error).toBe(0);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowLeft");
  await expect(field("p4")).toHaveValue("0.54");
  await expect(card.locator(".sentence")).toContainText("Sample 4 tips at");
  await expect.poll(() => page.url()).toContain("loss-and-error.p4=0.54");
  await laboratory.open(new URL(page.url()).hash);
  await expect(field("p5")).toHaveValue("0.46");
  await expect(field("moved")).toHaveValue("4");
});

test("the mistakes of a net that trains: their loss grows while the error stays", async ({ laboratory }) => {
  const card = await open(laboratory, "confident-mistakes", { epochs: 40 });
  const sentence = card.locator(".sentence");
  await expect(sentence).toContainText("Nothing trained yet");
  await card.locator("button.run").click();
  await expect(sentence).toContainText("After 40 epochs", { timeout: 90_000 });
  const text = await sentence.textContent();
  const [, wrong, carried] = /After 40 epochs, ([\d,]+) of 4,000 test digits are read wrongly \([\d.]+ %\); they carry ([\d.]+) %/.exec(text);
  expect(Number(wrong)).toBeLessThan(700);
  expect(Number(carried)).toBeGreaterThan(70);
  const [, before, after, costBefore, cost] = /the error went from ([\d.]+) % to ([\d.]+) %, and the mean loss of a wrongly read digit from ([\d.]+) to ([\d.]+)\./.exec(text);
  expect(Math.abs(Number(after) - Number(before))).toBeLessThan(1.5);
  expect(Number(cost)).toBeGreaterThan(1.2 * Number(costBefore));
  // The digits that cost most are shown, the most expensive first, and every one of them is a mistake.
  const captions = await card.locator(".worst figcaption").allTextContents();
  const losses = captions.map((caption) => {
    const [, label, read, loss] = /a (\d), read as (\d) with [\d.]+\s%: loss ([\d.]+)/.exec(caption);
    expect(read).not.toBe(label);
    return Number(loss);
  });
  expect(losses).toHaveLength(10);
  expect(losses).toEqual(losses.toSorted((a, b) => b - a));
});

test("Nielsen's run: the first epochs here are his, to the fourth digit", async ({ laboratory }) => {
  const card = await open(laboratory, "nielsen", { epochs: 20 });
  const sentence = card.locator(".sentence");
  await expect(sentence).toContainText("his test cost is lowest after 15 epochs, his test error after 375");
  await card.locator("button.run").click();
  await expect(sentence).toContainText("After 20 epochs", { timeout: 90_000 });
  for (const epoch of [0, 1, 4, 9, 14, 19]) {
    const row = card.locator(`tr[data-epoch="${epoch}"]`);
    const off = (await row.locator('[data-cell="difference"]').textContent()).replace("\u2212", "-");
    expect(Math.abs(Number(off)), `epoch ${epoch}`).toBeLessThan(0.002);
    const count = async (cell) => Number(/^\d+$/.exec(await cell.textContent())[0]);
    const here = row.locator('[data-cell="correct"]');
    const published = here.locator("xpath=preceding-sibling::td[1]");
    expect(Math.abs((await count(here)) - (await count(published))), `epoch ${epoch}`).toBeLessThanOrEqual(10);
  }
  await expect(card.locator('tr[data-epoch="29"] [data-cell="cost"]')).toHaveText("\u2013");
  // Other settings have another published run, or other random numbers: this run is not laid over it.
  await card.getByRole("button", { name: "With his penalty" }).click();
  await expect(sentence).toContainText("his test cost is lowest after 392 epochs");
  await expect(card.locator('tr[data-epoch="0"] [data-cell="cost"]')).toHaveText("\u2013");
  // By keyboard to the linear axis.
  await laboratory.control("nielsen", "axis").option("linear").focus();
  await laboratory.page.keyboard.press("Space");
  await expect.poll(() => laboratory.page.url()).toContain("nielsen.axis=linear");
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 760 } });

  test("a finger drags a border; nothing scrolls sideways", async ({ page, laboratory }) => {
    const card = await open(laboratory, "loss-and-error");
    const { box, y } = await grip(laboratory, card, 2);
    const touch = await page.context().newCDPSession(page);
    const send = (type, x) => touch.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
    const field = laboratory.control("loss-and-error", "p2").field;
    const before = Number(await field.inputValue());
    await send("touchStart", box.x + 0.45 * box.width);
    await send("touchMove", box.x + 0.4 * box.width);
    await send("touchMove", box.x + 0.35 * box.width);
    await send("touchEnd");
    await expect.poll(async () => Number(await field.inputValue())).toBeLessThan(before);
    const [across, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(across).toBeLessThanOrEqual(window);
  });
});
