// Lessons 2.4 and 2.5: the moved digit by mouse, touch and keyboard, its two ways to a map, errors against shift, and the
// twin run with shared and unshared kernels.
import { test, expect } from "./laboratory.mjs";

const numbers = (text) => [...text.matchAll(/\d[\d,.]*/g)].map(([number]) => Number(number.replaceAll(",", "").replace(/\.$/, "")));

async function open(laboratory, settings = {}) {
  const pairs = Object.entries(settings).map(([key, value]) => `shift.${key}=${value}`);
  await laboratory.open(`#/convolution/shift${pairs.length ? `?${pairs.join("&")}` : ""}`);
  const card = laboratory.page.locator("#shift");
  await expect(card.locator(".sentence")).toContainText("Where both ways know the cell");
  return card;
}

test("inside, the difference is 0 in every cell, whatever the shift and the kernel", async ({ laboratory }) => {
  for (const settings of [{}, { right: -4, down: 7, kernel: "level" }, { right: 10, down: -10, kernel: "sharpen", digit: 5 }]) {
    const card = await open(laboratory, settings);
    const [, zeros, inside] = numbers(await card.locator(".sentence").textContent());
    const { right = 1, down = 0 } = settings;
    expect(inside).toBe((24 - Math.abs(right)) * (24 - Math.abs(down)));
    expect(zeros).toBe(inside);
  }
});

test("a digit that stays in place differs nowhere; far away ink is lost at the border", async ({ laboratory }) => {
  const card = await open(laboratory, { right: 0, down: 0 });
  await expect(card.locator(".sentence")).toContainText("0 in 576 of 576 cells: nothing was moved.");
  const pooling = card.locator('[data-number="pooling"]');
  await expect(pooling).toContainText(/leaves (\d+) of \1 cells \(100.0 %\) .*pooling (\d+) of \2 cells \(100.0 %\)/);
  // One pixel: some maxima stay in their windows.
  await laboratory.type("shift", "right", "1");
  await expect(pooling).not.toContainText("100.0 %");
  const [pooled, cells, , plain, all] = numbers(await pooling.textContent());
  expect(pooled / cells).toBeGreaterThan(plain / all);
  await laboratory.type("shift", "right", "10");
  await expect(card.locator(".sentence")).toContainText("at the border, where only one way does, in all 240 too");
});

test("the digit is dragged by mouse, moved by arrow keys and by sliders; the link keeps where", async ({ laboratory, page }) => {
  const card = await open(laboratory, { right: 0, down: 0 });
  const digit = card.locator(".two-ways .drag");
  const box = await digit.boundingBox();
  const pixel = box.width / 28;
  // In the middle of a pixel, below the title.
  const [x, y] = [box.x + 14.5 * pixel, box.y + 22 + 14.5 * pixel];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 2.1 * pixel, y + 3.1 * pixel, { steps: 5 });
  await page.mouse.up();
  const right = laboratory.control("shift", "right").field;
  const down = laboratory.control("shift", "down").field;
  await expect(right).toHaveValue("2");
  await expect(down).toHaveValue("3");
  await digit.focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowUp");
  await expect(right).toHaveValue("1");
  await expect(down).toHaveValue("2");
  for (const name of ["right", "down", "digit"]) {
    const { slider, field } = laboratory.control("shift", name);
    const before = Number(await field.inputValue());
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await expect(field).toHaveValue(String(before + 1));
  }
  await expect.poll(() => page.url()).toContain("shift.digit=1");
  expect(page.url()).toContain("shift.right=2");
  await laboratory.open(new URL(page.url()).hash);
  await expect(right).toHaveValue("2");
  await expect(laboratory.control("shift", "digit").field).toHaveValue("1");
});

test("errors against shift: both networks are trained and measured, the dense one loses more", async ({ laboratory }) => {
  const card = await open(laboratory, { images: 1000, epochs: 5 });
  const button = card.locator(".accuracy button.run");
  await expect(button).toBeEnabled();
  await button.click();
  await expect(button).toHaveText("Stop");
  const verdict = card.locator('[data-number="verdict"]');
  await expect(verdict).toContainText("by two pixels", { timeout: 90_000 });
  await expect(button).toHaveText("Train and measure", { timeout: 60_000 });
  const text = await verdict.textContent();
  const [cnn, cnnMoved, dense, denseMoved] = [...text.matchAll(/([\d.]+)\s%/g)].map((match) => Number(match[1]));
  expect(cnnMoved).toBeGreaterThan(cnn);
  expect(denseMoved - dense).toBeGreaterThan(cnnMoved - cnn);
  // Another direction measures the same networks again.
  await laboratory.control("shift", "direction").option("up and down").check();
  await expect(verdict).toContainText("down by two pixels", { timeout: 60_000 });
  await expect(verdict).toContainText(`errs on ${cnn.toFixed(1)}`);
});

test("stopped work says so by going back to its button", async ({ laboratory }) => {
  const card = await open(laboratory, { epochs: 30 });
  const button = card.locator(".accuracy button.run");
  await button.click();
  await expect(button).toHaveText("Stop");
  await button.click();
  await expect(button).toHaveText("Train and measure");
  await expect(card.locator('[data-number="verdict"]')).toBeHidden();
});

test("shared and unshared kernels: parameters, loss and error side by side", async ({ laboratory }) => {
  await laboratory.open("#/convolution/shared?shared.images=500&shared.epochs=4");
  const card = laboratory.page.locator("#shared");
  const cell = (run, name) => card.locator(`tr[data-run="${run}"] [data-cell="${name}"]`);
  await expect(cell("shared", "first")).toHaveText("520");
  await expect(cell("unshared", "first")).toHaveText("299,520");
  await expect(cell("shared", "parameters")).toHaveText("289,630");
  await expect(cell("unshared", "parameters")).toHaveText("588,630");
  await card.locator("button.run").click();
  await expect(card.locator(".sentence")).toContainText("After 4 epochs", { timeout: 60_000 });
  await expect(card.locator("button.run")).toHaveText("Run");
  for (const run of ["shared", "unshared"]) {
    expect(Number.parseFloat(await cell(run, "test-error").textContent())).toBeLessThan(60);
    expect(Number.parseFloat(await cell(run, "test-loss").textContent())).toBeGreaterThan(0);
  }
});

test("work that is stopped while it measures says so", async ({ laboratory }) => {
  const card = await open(laboratory, { images: 100, epochs: 1 });
  const button = card.locator(".accuracy button.run");
  await button.click();
  const verdict = card.locator('[data-number="verdict"]');
  await expect(verdict).toContainText("Measuring", { timeout: 60_000 });
  await button.click();
  await expect(button).toHaveText("Train and measure");
  await expect(verdict).toHaveText("Stopped before all shifts were measured.");
});

test.describe("by touch", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("a finger drags the digit straight down, and the page stays", async ({ page, laboratory }) => {
    const card = await open(laboratory, { right: 0, down: 0 });
    const digit = card.locator(".two-ways .drag");
    await digit.scrollIntoViewIfNeeded();
    const box = await digit.boundingBox();
    const pixel = box.width / 28;
    const [x, y] = [box.x + 14.5 * pixel, box.y + 22 + 14.5 * pixel];
    const scrolled = () => page.evaluate(() => scrollY);
    const before = await scrolled();
    const touch = await page.context().newCDPSession(page);
    const send = (type, points) => touch.send("Input.dispatchTouchEvent", { type, touchPoints: points });
    await send("touchStart", [{ x, y }]);
    for (let step = 1; step <= 6; step += 1) await send("touchMove", [{ x, y: y + step * pixel }]);
    await send("touchEnd", []);
    await expect(laboratory.control("shift", "down").field).toHaveValue("6");
    await expect(laboratory.control("shift", "right").field).toHaveValue("0");
    expect(await scrolled()).toBe(before);
  });
});
