// Chapter 4, what the test set can and cannot tell: the spread of a measured error, the choice that flatters, the changed world.
import { test, expect } from "./laboratory.mjs";

const percents = (text) => [...text.matchAll(/([\d.]+)\s%/g)].map((match) => Number(match[1]));

async function open(laboratory, widget, settings = {}) {
  const pairs = Object.entries(settings).map(([key, value]) => `${widget}.${key}=${value}`);
  await laboratory.open(`#/overfitting/${widget}${pairs.length ? `?${pairs.join("&")}` : ""}`);
  return laboratory.page.locator(`#${widget}`);
}

async function train(card) {
  const button = card.locator("button.run");
  await expect(button).toBeEnabled();
  await button.click();
  // Not before the end: a single network is trained in less time than it takes to look.
  await expect(button).toHaveText("Train anew", { timeout: 120_000 });
  await expect(card.locator(".transport progress")).toHaveJSProperty("value", 1);
}

test("the error of a real network scatters as the binomial says, and n decides how far", async ({ laboratory, page }) => {
  const card = await open(laboratory, "spread");
  const sentence = card.locator(".sentence");
  await expect(sentence).toContainText("No network yet");
  await train(card);
  const read = async () => {
    const found = /standard deviation is ([\d.]+) points, \S+ is ([\d.]+)\./.exec(await sentence.textContent());
    return found.slice(1).map(Number);
  };
  const [drawn, predicted] = await read();
  // Of 1,000 draws a standard deviation is known to 2.2 %.
  expect(Math.abs(drawn / predicted - 1)).toBeLessThan(0.09);
  const [error] = percents(await sentence.textContent());
  expect(predicted).toBeCloseTo(100 * Math.sqrt((error / 100) * (1 - error / 100) / 100), 1);
  const { slider } = laboratory.control("spread", "images");
  await slider.focus();
  await page.keyboard.press("End");
  await expect(sentence).toContainText("Counted on 4,000 of them");
  const [, narrow] = await read();
  // The square root of 40; both numbers are rounded to three digits.
  expect(Math.abs(predicted / narrow / Math.sqrt(40) - 1)).toBeLessThan(0.02);
  await card.getByRole("button", { name: "1,000 images" }).click();
  await expect(sentence).toContainText("Counted on 1,000 of them");
  const before = await sentence.textContent();
  await card.getByRole("button", { name: "Draw again" }).click();
  await expect(sentence).not.toHaveText(before);
  await expect.poll(() => page.url()).toContain("spread.draw=2");
  // A setting of the network waits.
  await laboratory.type("spread", "epochs", "2");
  await expect(card.locator(".time")).toHaveText(/^the new settings wait for Train anew, which takes .* on this device$/);
});

test("the chosen network looks better than it is, and the three sets say so", async ({ laboratory }) => {
  const card = await open(laboratory, "choosing", { networks: 8, epochs: 5 });
  const cell = (set, name) => card.locator(`tr[data-set="${set}"] [data-cell="${name}"]`);
  await expect(cell("test", "error")).toHaveText("\u2013");
  await train(card);
  const sentence = card.locator(".sentence");
  await expect(sentence).toContainText("Among 8 networks, the best on 100 digits");
  const [chosenBy, fresh, all] = percents(await sentence.textContent());
  expect(chosenBy).toBeLessThan(fresh - 1);
  expect(Math.abs(fresh - all)).toBeLessThan(1.5);
  expect(Number.parseFloat(await cell("validation", "error").textContent())).toBe(chosenBy);
  expect(Number.parseFloat(await cell("test", "error").textContent())).toBe(fresh);
  await expect(cell("test", "size")).toHaveText("3,900");
  // More digits to choose by: less flattery, without training anew.
  await laboratory.type("choosing", "images", "3000");
  await expect(sentence).toContainText("the best on 3,000 digits");
  const [many, manyFresh] = percents(await sentence.textContent());
  expect(manyFresh - many).toBeLessThan(fresh - chosenBy);
  await expect(cell("test", "size")).toHaveText("1,000");
});

test("training of several networks can be stopped", async ({ laboratory }) => {
  const card = await open(laboratory, "choosing", { networks: 20, epochs: 50 });
  const button = card.locator("button.run");
  const time = card.locator(".transport .time");
  const done = () => card.locator(".transport progress").evaluate((bar) => bar.value);
  await expect(button).toBeEnabled();
  // Twenty times as long as one network.
  await expect(time).toHaveText(/^takes about [\d a-z]+ on this device$/);
  expect(await done()).toBe(0);
  await button.click();
  await expect(time).toHaveText(/^network \d+ of 20, [\d a-z]+ left$/);
  await expect(card.locator(".sentence")).toContainText("Among", { timeout: 120_000 });
  await button.click();
  await expect(button).toHaveText("Train anew");
  await expect(time).toContainText(/network(s)? trained/);
  const part = await done();
  expect(part).toBeGreaterThan(0);
  expect(part).toBeLessThan(1);
});

test("the world changes: the report stands still, the error does not", async ({ laboratory, page }) => {
  const card = await open(laboratory, "changed");
  const sentence = card.locator(".sentence");
  await expect(sentence).toContainText("Nothing measured yet");
  await expect(card.locator('[data-number="today"]')).toContainText("of 24 rightly");
  const { slider } = laboratory.control("changed", "rotation");
  await slider.focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("Shift+ArrowRight");
  await expect(sentence).toContainText("turned by 30 degrees the same network errs on");
  const [reported, now] = percents(await sentence.textContent());
  expect(reported).toBeLessThan(2.5);
  expect(now).toBeGreaterThan(10);
  await card.getByRole("button", { name: "White on black" }).click();
  await expect(sentence).toContainText("white on black the same network errs on");
  const [still, inverted] = percents(await sentence.textContent());
  expect(still).toBe(reported);
  expect(inverted).toBeGreaterThan(30);
  await expect(card.locator("figcaption.wrong").first()).toBeVisible();
  await card.getByRole("button", { name: "As it was" }).click();
  await expect(sentence).toContainText("as they were the same network errs on");
  const [, back] = percents(await sentence.textContent());
  expect(back).toBe(reported);
  // A measurement under way can be stopped: what was said stays.
  const said = await sentence.textContent();
  // Pressed by the page itself the moment it shows: measuring is over in a second.
  await card.locator(".measuring button").evaluate((stop) => {
    const press = () => stop.hidden || stop.click();
    new MutationObserver(press).observe(stop, { attributes: true, attributeFilter: ["hidden"] });
  });
  await card.getByRole("button", { name: "Held askew" }).click();
  await expect(card.locator(".measuring .time")).toContainText("stopped");
  await expect(sentence).toHaveText(said);
});
