// The training panel of chapter 4: other seeds, separate axes, dropout on while measuring, and what both networks get wrong.
import { test, expect } from "./laboratory.mjs";
import { SHORT, Twin } from "./twin.mjs";

const figures = (twin) => twin.card.locator(".figures.two canvas").evaluateAll((canvases) => canvases.map((canvas) => canvas.getAttribute("aria-label")));
const seedRows = (twin) => twin.card.locator(".per-seed tbody tr");

test("five seeds: each has its row, the median has one, and the figures show them together", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open({ ...SHORT, epochs: 3, seed: 7 });
  await expect(twin.card.locator(".per-seed")).toBeHidden();
  await twin.press("Run");
  await twin.finish();
  await expect(seedRows(twin)).toHaveCount(1);
  const first = await twin.number("a", "test-error");
  await twin.card.getByRole("button", { name: "Five seeds" }).click();
  await expect(twin.card.getByRole("button", { name: "Stop the series" })).toBeVisible();
  await expect(twin.card.getByRole("button", { name: "Five seeds" })).toBeVisible({ timeout: 120_000 });
  await expect(seedRows(twin)).toHaveCount(6);
  // Seed 7 was there already and is not trained again; the panel's seed stays.
  await expect(laboratory.control("dropout", "seed").field).toHaveValue("7");
  const column = async (name) => {
    const texts = await twin.card.locator(`.per-seed tbody [data-cell="${name}"]`).allTextContents();
    return texts.map((text) => Number.parseFloat(text.replace("\u2212", "-")));
  };
  for (const name of ["error-a", "error-b", "loss-a", "loss-b"]) {
    const numbers = await column(name);
    const sorted = numbers.slice(0, 5).sort((a, b) => a - b);
    expect(numbers[5], name).toBe(sorted[2]);
    expect(new Set(numbers.slice(0, 5)).size, "seeds differ").toBeGreaterThan(1);
  }
  expect((await column("error-a"))[0]).toBe(first);
  await expect(twin.card.locator('[data-number="seeds"]')).toContainText("Over 5 seeds");
  await laboratory.frames(2);
  expect((await figures(twin)).join()).toContain("no dropout, test, median");
  await laboratory.control("dropout", "curves").option("of the latest run").check();
  await laboratory.frames(2);
  expect((await figures(twin)).join()).toContain("no dropout, training");
});

test("a series can be stopped; what was done stays", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open({ images: 300, width: 30, epochs: 20 });
  await twin.card.getByRole("button", { name: "Five seeds" }).click();
  await expect(seedRows(twin)).not.toHaveCount(0);
  await twin.card.getByRole("button", { name: "Stop the series" }).click();
  await expect(twin.card.getByRole("button", { name: "Five seeds" })).toBeVisible();
  await expect(twin.main).toHaveText("Run");
  const rows = await seedRows(twin).count();
  await laboratory.frames(60);
  expect(await seedRows(twin).count()).toBe(rows);
  // Other settings, other table.
  await laboratory.type("dropout", "epochs", "1");
  await twin.press("Run");
  await twin.finish();
  await expect(seedRows(twin)).toHaveCount(1);
});

test("again with another seed: the next seed, and the former curve stays", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open({ ...SHORT, epochs: 2 });
  await twin.press("Run");
  await twin.finish();
  const { checksum } = await twin.fingerprint("a");
  await twin.card.getByRole("button", { name: "Again with another seed" }).click();
  await expect(laboratory.control("dropout", "seed").field).toHaveValue("2");
  await expect(seedRows(twin)).toHaveCount(3);
  await twin.finish();
  expect((await twin.fingerprint("a")).checksum).not.toBe(checksum);
  expect(await twin.card.locator(".per-seed tbody th").allTextContents()).toEqual(["1", "2", "median"]);
});

test("a run whose settings were changed on its way counts for no seed", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open({ images: 100, width: 20, epochs: 3 });
  await twin.press("One epoch");
  await twin.paused();
  await laboratory.type("dropout", "p", "0.2");
  await twin.press("Go on");
  await twin.finish();
  await expect(seedRows(twin)).toHaveCount(0);
});

test("each run on its own axes: four figures instead of two", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open({ ...SHORT, epochs: 1 });
  await expect(twin.card.locator(".figures.two canvas")).toHaveCount(2);
  await laboratory.control("dropout", "panels").option("each on its own").check();
  await expect(twin.card.locator(".figures.two canvas")).toHaveCount(4);
  await twin.press("Run");
  await twin.finish();
  await laboratory.frames(2);
  const labels = await figures(twin);
  expect(labels.filter((label) => label.includes("no dropout, test"))).toHaveLength(2);
  expect(labels.filter((label) => /(^|[^o] )dropout, test/.test(label))).toHaveLength(2);
});

test("measured with dropout on the training curve lies higher, and the run is the same", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open({ ...SHORT, epochs: 4 });
  await twin.press("Run");
  await twin.finish();
  const before = await twin.fingerprint("b");
  expect((await figures(twin)).join()).not.toContain("dropout on");
  await laboratory.control("dropout", "learning").box.locator("input").check();
  await twin.press("Start over");
  await twin.finish();
  expect(await twin.fingerprint("b")).toEqual(before);
  await laboratory.frames(2);
  const loss = (await figures(twin))[0];
  const end = (name) => Number(new RegExp(`${name} goes from [\\d.]+ at 0 to ([\\d.]+) at 4`).exec(loss)[1]);
  expect(end("dropout, training, dropout on")).toBeGreaterThan(end(" dropout, training"));
  expect(loss).not.toContain("no dropout, training, dropout on");
});

test("mistakes: counted, shown with what was read, and chosen by cell, key and slider", async ({ laboratory, page }) => {
  const twin = new Twin(laboratory);
  await twin.open({ ...SHORT, epochs: 2 });
  const mistakes = twin.card.locator(".mistakes");
  await expect(mistakes.locator(".hint")).toContainText("When the runs stand still");
  await expect(mistakes.locator(".networks")).toBeHidden();
  await twin.press("Run");
  await twin.finish();
  for (const [run, name] of [
    ["a", "Without dropout"],
    ["b", "With dropout"],
  ]) {
    const network = mistakes.locator(`[data-mistakes="${run}"]`);
    const text = await network.locator("p").first().textContent();
    const wrong = Number(new RegExp(`${name}, after 2 epochs: (\\d+) of 4,000`).exec(text)[1]);
    expect((wrong / 40).toFixed(1)).toBe((await twin.number(run, "test-error")).toFixed(1));
    const captions = await network.locator("figure:not([hidden]) figcaption").allTextContents();
    expect(captions).toHaveLength(18);
    for (const caption of captions) {
      const [label, read] = caption.split(" \u2192 ");
      expect(read).not.toBe(label);
    }
    const sure = await network.locator("figure:not([hidden])").evaluateAll((all) => all.map((one) => Number(/probability ([\d.]+)/.exec(one.title)[1])));
    expect([...sure].sort((x, y) => y - x)).toEqual(sure);
  }
  // A cell of the matrix: only digits of that kind.
  const network = mistakes.locator('[data-mistakes="a"]');
  const matrix = network.locator(".drag");
  await matrix.scrollIntoViewIfNeeded();
  const box = await matrix.boundingBox();
  await page.mouse.click(box.x + box.width * 0.7, box.y + box.height * 0.7);
  await expect(laboratory.control("dropout", "one-kind").box.locator("input")).toBeChecked();
  await laboratory.type("dropout", "label", "4");
  await laboratory.type("dropout", "read", "9");
  const sentence = network.locator("p").first();
  await expect(sentence).toContainText(/\d+ of \d+ digits 4 are read as 9\./);
  const count = Number(/: (\d+) of/.exec(await sentence.textContent())[1]);
  await expect(network.locator("figure:not([hidden])")).toHaveCount(Math.min(count, 18));
  await matrix.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(sentence).toContainText("digits 4 are read as 8.");
  await expect.poll(() => page.url()).toContain("dropout.read=8");
});

test("each preset sets its settings and says what it will show", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open({ width: 7, seed: 3 });
  const claim = twin.card.locator(".presets .claim").first();
  await expect(claim).toHaveText("Settings of your own.");
  const defaults = { width: "300", images: "1000", epochs: "100", rate: "0.05", "input-p": "0", seed: "1" };
  const presets = {
    "Pixels dropped too": { "input-p": "0.2" },
    "100 images": { images: "100", width: "100", epochs: "200" },
    "16 units": { images: "5000", width: "16", epochs: "20" },
    "One epoch": { width: "100", epochs: "1" },
    "The sheet\u2019s CNN": { epochs: "30" },
    "Rate too large": { rate: "10" },
    "1,000 images, 300 units": {},
  };
  const buttons = twin.card.locator(".presets").getByRole("button");
  expect((await buttons.allTextContents()).sort()).toEqual(Object.keys(presets).sort());
  const claims = new Set();
  for (const [title, own] of Object.entries(presets)) {
    const button = twin.card.locator(".presets").getByRole("button", { name: title, exact: true });
    await button.click();
    await expect(button).toHaveAttribute("aria-pressed", "true");
    await expect(twin.card.locator('.presets [aria-pressed="true"]')).toHaveCount(1);
    for (const [name, value] of Object.entries({ ...defaults, ...own })) {
      const { field } = laboratory.control("dropout", name);
      expect((await field.inputValue()).replace(/[,\s]/g, ""), `${title}: ${name}`).toBe(value);
    }
    const network = title.includes("CNN") ? "the sheet\u2019s CNN" : "dense";
    await expect(laboratory.control("dropout", "network").option(network)).toBeChecked();
    claims.add(await claim.textContent());
  }
  expect(claims.size).toBe(Object.keys(presets).length);
});

test("a run's sentence has the p that it learned with: a slider changes it while it learns, not afterwards", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open({ images: 100, width: 20, epochs: 2 });
  await expect(twin.sentence).toContainText("dropout p\u00a0=\u00a00.5");
  await laboratory.type("dropout", "p", "0.6");
  await expect(twin.sentence).toContainText("dropout p\u00a0=\u00a00.6");
  await twin.press("One epoch");
  await twin.paused();
  await laboratory.type("dropout", "p", "0.3");
  await expect(twin.sentence).toContainText(/After 1 epoch.* dropout p\u00a0=\u00a00\.3 /);
  await twin.press("Go on");
  await twin.finish();
  const titles = () => twin.card.locator(".mistakes canvas").evaluateAll((all) => all.map((canvas) => canvas.getAttribute("aria-label")).join());
  await expect.poll(titles).toContain("with dropout p = 0.3");
  expect(await titles()).toContain("without dropout");
  const said = await twin.sentence.textContent();
  expect(said).toMatch(/After 2 epochs.* dropout p\u00a0=\u00a00\.3 /);
  await laboratory.type("dropout", "p", "0.9");
  await laboratory.frames(2);
  await expect(twin.sentence).toHaveText(said);
  // Nor does a stopped one.
  await twin.press("One epoch");
  await twin.paused();
  await expect(twin.sentence).toContainText("dropout p\u00a0=\u00a00.9");
  await twin.press("Stop");
  await laboratory.type("dropout", "p", "0.1");
  await laboratory.frames(2);
  await expect(twin.sentence).toContainText("dropout p\u00a0=\u00a00.9");
});
