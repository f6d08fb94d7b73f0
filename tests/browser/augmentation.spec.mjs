// Chapter 4, more data from the same data: the variants, what a trained network reads in them, and the twin run.
import { test, expect } from "./laboratory.mjs";

const ADDRESS = "#/overfitting/augmentation";

async function open(laboratory, settings = {}) {
  const pairs = Object.entries(settings).map(([key, value]) => `augmentation.${key}=${value}`);
  await laboratory.open(`${ADDRESS}${pairs.length ? `?${pairs.join("&")}` : ""}`);
  const card = laboratory.page.locator("#augmentation");
  await expect(card.locator("button.run")).toBeEnabled();
  await expect(card.locator('[data-number="kept"]')).toContainText("of 23 are still a");
  return card;
}

/// How many of the 23 variants are still read as their label says.
async function kept(card) {
  const text = await card.locator('[data-number="kept"]').textContent();
  return Number(/(\d+) of 23 are still/.exec(text)[1]);
}

test("gentle variants keep their label, half a turn makes nines of a six", async ({ laboratory }) => {
  const card = await open(laboratory);
  await expect(card.locator('[data-number="kept"]')).toContainText("A 6, framed");
  expect(await kept(card)).toBeGreaterThan(20);
  await card.getByRole("button", { name: "Upside down too" }).click();
  await expect(card.locator(".claim").first()).toContainText("A 6 turned half round is a 9");
  await expect.poll(() => kept(card)).toBeLessThan(17);
  const readings = await card.locator(".variants figcaption").allTextContents();
  expect(readings).toHaveLength(24);
  expect(readings[0]).toBe("6");
  expect(readings).toContain("9");
  await expect(card.locator(".variants figcaption.wrong").first()).toBeVisible();
});

test("all ranges at 0 leave every variant as the digit is", async ({ laboratory, page }) => {
  const card = await open(laboratory, { rotation: 0, translation: 0, scale: 0, shear: 0, elastic: 0 });
  const pictures = await card.locator(".variants canvas").evaluateAll((canvases) => canvases.map((canvas) => canvas.toDataURL()));
  expect(new Set(pictures).size).toBe(1);
  // By keyboard: a step of one pixel of noise makes them differ.
  const { slider } = laboratory.control("augmentation", "noise");
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await expect
    .poll(async () => {
      const urls = await card.locator(".variants canvas").evaluateAll((canvases) => canvases.map((canvas) => canvas.toDataURL()));
      return new Set(urls).size;
    })
    .toBe(24);
});

test("fresh variants differ, and the link brings the same ones back", async ({ laboratory, page }) => {
  const card = await open(laboratory);
  const pictures = () => card.locator(".variants canvas").evaluateAll((canvases) => canvases.map((canvas) => canvas.toDataURL()).join());
  const first = await pictures();
  await card.getByRole("button", { name: "Fresh variants" }).click();
  await expect.poll(pictures).not.toBe(first);
  const second = await pictures();
  await expect.poll(() => page.url()).toContain("augmentation.draw=2");
  await laboratory.open(new URL(page.url()).hash);
  await expect(card.locator('[data-number="kept"]')).toContainText("of 23 are still a");
  await expect.poll(pictures).toBe(second);
});

test("the network that saw variants makes fewer mistakes on test digits", async ({ laboratory }) => {
  const card = await open(laboratory, { epochs: 30 });
  await card.locator("button.run").click();
  const sentence = card.locator(".sentence");
  await expect(sentence).toContainText("After 30 epochs", { timeout: 60_000 });
  const numbers = [...(await sentence.textContent()).matchAll(/([\d.]+)\s%/g)].map((match) => Number(match[1]));
  const [, plain, , augmented] = numbers;
  expect(augmented).toBeLessThan(plain - 2);
  await expect(card.locator('[data-number="six-nine"]')).toContainText(/of 7\d\d test digits: \d+ times by the network/);
});
