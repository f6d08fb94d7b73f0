// Chapter 3 trains real networks: what lessons 3.2, 3.3 and 3.4 then say of them, by mouse, touch and keyboard.
import { test, expect } from "./laboratory.mjs";

/// A widget that trains, spoken to as a reader does.
class Panel {
  constructor(laboratory, id) {
    this.laboratory = laboratory;
    this.id = id;
    this.card = laboratory.page.locator(`#${id}`);
    this.run = this.card.locator("button.run");
    this.sentence = this.card.locator(".sentence");
  }

  async open(settings = {}) {
    const pairs = Object.entries(settings).map(([key, value]) => `${this.id}.${key}=${value}`);
    await this.laboratory.open(`#/activations/${this.id}?${pairs.join("&")}`);
    await expect(this.run).toBeEnabled();
  }

  /// Presses Run and waits for the end.
  async train() {
    await this.run.click();
    await this.finished();
  }

  async finished() {
    await expect(this.sentence).not.toContainText("Nothing trained yet");
    await expect(this.run).toHaveText("Run");
  }

  async number(layer, cell) {
    return Number.parseFloat(await this.card.locator(`tr[data-layer="${layer}"] [data-cell="${cell}"]`).textContent());
  }

  figure(text) {
    return this.card.locator(`canvas[aria-label*="${text}"]`);
  }
}

test("before a run the deep networks' panel says what will appear", async ({ laboratory }) => {
  const panel = new Panel(laboratory, "depth");
  await panel.open();
  await expect(panel.sentence).toContainText("Press Run: two networks of 5 hidden layers");
  await expect(panel.figure("gradient norm, output layer = 1")).toHaveAttribute("aria-label", /Press Run/);
  await expect(panel.card.locator("table")).toBeHidden();
});

test("five sigmoid layers keep the gradient from the first, five ReLU layers do not", async ({ laboratory }) => {
  const panel = new Panel(laboratory, "depth");
  await panel.open();
  await panel.train();
  await expect(panel.card.locator("tbody tr")).toHaveCount(6);
  const share = async (network) => (await panel.number(1, `${network}-norm`)) / (await panel.number(6, `${network}-norm`));
  expect(await share("rival")).toBeLessThan(0.1);
  expect(await share("relu")).toBeGreaterThan(0.5);
  for (let layer = 1; layer <= 5; layer += 1) expect(await panel.number(layer, "rival-slope")).toBeLessThanOrEqual(0.25);
  const errors = /After 20 epochs they err on ([\d.]+) % and ([\d.]+) %/.exec(await panel.sentence.textContent());
  expect(Number(errors[1])).toBeGreaterThan(80);
  expect(Number(errors[2])).toBeLessThan(20);
  await expect(panel.figure("gradient norm, sigmoid")).toHaveAttribute("aria-label", /layer 1.*layer 5.*output/);
});

test("the deep networks by keyboard, and the link keeps them", async ({ page, laboratory, context }) => {
  const panel = new Panel(laboratory, "depth");
  await panel.open({ images: 200, epochs: 2, width: 20 });
  await laboratory.control("depth", "layers").slider.press("Home");
  await laboratory.control("depth", "beside").option("sigmoid").focus();
  await page.keyboard.press("ArrowRight");
  await expect(laboratory.control("depth", "beside").option("tanh")).toBeChecked();
  await panel.run.focus();
  await page.keyboard.press("Enter");
  await panel.finished();
  await expect(panel.sentence).toContainText("In the tanh network");
  await expect(panel.card.locator("tbody tr")).toHaveCount(2);
  // What was trained stays what it is called, whatever is set for the next start.
  await laboratory.control("depth", "beside").option("sigmoid").focus();
  await page.keyboard.press("ArrowLeft");
  await laboratory.type("depth", "layers", "3");
  await expect(panel.sentence).toContainText("In the tanh network");
  await expect(panel.card.locator("tbody tr")).toHaveCount(2);
  await expect.poll(() => page.url()).toMatch(/depth\.layers=3/);
  const again = await context.newPage();
  await again.goto(page.url());
  await expect(again.locator('#depth [data-control="layers"] input.number')).toHaveValue("3");
  await expect(again.locator('#depth [data-control="images"] input.number')).toHaveValue("200");
});

test("half of the units' inputs are below 0 at the start, and fewer after short steps", async ({ page, laboratory }) => {
  const panel = new Panel(laboratory, "units");
  await panel.open();
  await panel.train();
  for (const layer of [1, 2]) {
    const start = await panel.number(layer, "start");
    expect(start).toBeGreaterThan(40);
    expect(start).toBeLessThan(60);
    expect(await panel.number(layer, "silent")).toBeLessThan(start);
    expect(await panel.number(layer, "dead")).toBeLessThanOrEqual(5);
  }
  await expect(panel.sentence).toContainText("Layer 1 is silent in");
  await expect(panel.figure("weighted input z, layer 1")).toHaveCount(1);
  await laboratory.control("units", "shown").slider.focus();
  await page.keyboard.press("ArrowRight");
  await expect(panel.sentence).toContainText("Layer 2 is silent in");
  await expect(panel.figure("weighted input z, layer 2")).toHaveCount(1);
});

test("a learning rate that is raised during a run kills units", async ({ laboratory }) => {
  const panel = new Panel(laboratory, "units");
  await panel.open({ epochs: 8 });
  await panel.card.getByRole("button", { name: "One epoch", exact: true }).click();
  await expect(panel.run).toHaveText("Go on");
  await expect(panel.card.locator('tr[data-layer="1"]')).toHaveCount(1);
  expect(await panel.number(1, "dead")).toBeLessThanOrEqual(5);
  await laboratory.type("units", "rate", "0.6");
  await panel.train();
  expect(await panel.number(1, "dead")).toBeGreaterThan(40);
  await expect(panel.sentence).toContainText("are dead: 0 for each of the 1,000 training images");
});

test("steps that throw the loss off stop the run, which says so and can go back", async ({ laboratory }) => {
  const panel = new Panel(laboratory, "units");
  await panel.open({ rate: 3 });
  await panel.run.click();
  const note = panel.card.locator('[data-diverged="units"]');
  await expect(note).toContainText("lower the learning rate");
  await note.getByRole("button", { name: "Back to epoch 0" }).click();
  await expect(note).toHaveCount(0);
  await expect(panel.run).toHaveText("Go on");
});

test("a digit that a trained network reads sets the logits", async ({ page, laboratory, context }) => {
  await laboratory.open("#/activations/softmax");
  const card = page.locator("#softmax");
  const read = card.locator(".read");
  const { slider, field } = laboratory.control("softmax", "digit");
  await expect(read).toContainText("Train a network of 30 ReLU units");
  await expect(card.getByRole("button", { name: "Next mistake" })).toBeDisabled();
  await card.getByRole("button", { name: "Train a network" }).click();
  await expect(card.getByRole("button", { name: "Train it again" })).toBeEnabled();
  await expect(read).toContainText(/It errs on 1[123]\.\d % of the test digits/);
  await expect(field).toHaveValue("1");
  await expect(card.locator(".digit canvas")).toBeVisible();

  // What the network says and what the bench shows are the same ten numbers.
  const probability = Number(/with probability ([\d.]+)\./.exec(await read.textContent())[1]);
  const winner = /takes this for a (\d)/.exec(await read.textContent())[1];
  const shown = new RegExp(`(?:^|[ ,:])${winner} ([01]\\.\\d{4})`);
  const bars = card.locator('canvas[aria-label^="softmax"]');
  await expect.poll(async () => Number(shown.exec(await bars.getAttribute("aria-label"))[1])).toBeCloseTo(probability, 2);
  await expect(card.locator('[data-sum="softmax"]')).toContainText("sum 1.0000");

  const first = await bars.getAttribute("aria-label");
  await slider.press("ArrowRight");
  await expect(field).toHaveValue("2");
  await expect(bars).not.toHaveAttribute("aria-label", first);
  await card.getByRole("button", { name: "Next mistake" }).click();
  await expect(read).toContainText("a mistake");
  const label = /It is a (\d): a mistake/.exec(await read.textContent())[1];
  await expect(laboratory.control("softmax", "label").field).toHaveValue(label);

  const logit = await laboratory.control("softmax", "a0").field.inputValue();
  const digit = await field.inputValue();
  await expect.poll(() => page.url()).toContain(`softmax.digit=${digit}`);
  await expect.poll(() => page.url()).toContain(`softmax.a0=${logit}`);
  const again = await context.newPage();
  await again.goto(page.url());
  await expect(again.locator('#softmax [data-control="a0"] input.number')).toHaveValue(logit);

  await card.getByRole("button", { name: "Reset" }).click();
  await expect(field).toHaveValue("0");
  await expect(bars).toHaveAttribute("aria-label", /3 0\.6904/);
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 760 } });

  test("a finger trains both panels; nothing scrolls sideways", async ({ page, laboratory }) => {
    for (const id of ["depth", "units"]) {
      const panel = new Panel(laboratory, id);
      await panel.open({ images: 200, epochs: 2, width: 20 });
      await panel.run.tap();
      await panel.finished();
      await laboratory.settled();
      const [across, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(across).toBeLessThanOrEqual(window);
    }
  });
});
