// Chapter 2: the diagram and its counts, the sweeping window; by mouse, by touch and by keyboard.
import { test, expect } from "./laboratory.mjs";

const CHAPTER = "#/convolution";

const diagram = (page) => page.locator("#arithmetic .plot canvas");
const count = (page, layer, quantity) =>
  page.locator(`#arithmetic [data-layer="${layer}"] td`).nth(["tensor", "neurons", "inputs", "connections", "parameters", "multiply-adds"].indexOf(quantity));

async function choose(page, widget, name, text) {
  await page.locator(`#${widget} [data-control="${name}"] label`).filter({ hasText: text }).click();
}

/// Middle of a cell of a figure with a title of 22 px above its square cells, as shares of the figure.
async function cellOf(figure, side, row, column) {
  await figure.scrollIntoViewIfNeeded();
  const box = await figure.boundingBox();
  const length = Math.min(box.width - 3, box.height - 23.5) / side;
  const left = (box.width - side * length) / 2;
  return [box.x + left + (column + 0.5) * length, box.y + 22 + (row + 0.5) * length];
}

const input = (page) => page.locator("#window .drag").nth(0);
const map = (page) => page.locator("#window .drag").nth(1);

/// The digits have arrived.
async function digitsThere(page) {
  await expect(page.locator('#window output[data-number="sum"]')).not.toBeEmpty();
}

test("the sheet's network has the sheet's numbers", async ({ page, laboratory }) => {
  await laboratory.open(CHAPTER);
  await expect(diagram(page)).toHaveAttribute("aria-label", /100 dense neurons with 2,880 inputs each; 10 outputs with 100 inputs each; 289,630 parameters in all/);
  await expect(page.locator("#arithmetic .sentence")).toHaveText(
    "A dense neuron has 2,880 inputs, an output neuron 100. The network has 289,630 parameters; the convolution has 520 of them.",
  );
  for (const [layer, quantity, text] of [
    ["convolution", "tensor", "20 × 24 × 24"],
    ["pooling", "tensor", "20 × 12 × 12"],
    ["convolution", "parameters", "520"],
    ["convolution", "connections", "299,520"],
    ["dense", "inputs", "2,880"],
    ["output", "inputs", "100"],
    ["total", "parameters", "289,630"],
  ]) {
    await expect(count(page, layer, quantity), `${quantity} of ${layer}`).toHaveText(text);
  }
});

test("sharing weights is worth a factor of 576, and seeing all costs 9,043,200", async ({ page, laboratory }) => {
  await laboratory.open(CHAPTER);
  const row = (name) => page.locator(`#arithmetic [data-sharing="${name}"] .count`);
  await expect(row("shared")).toHaveText("520");
  await expect(row("own")).toHaveText("299,520");
  await expect(row("all")).toHaveText("9,043,200");
  const parameters = count(page, "convolution", "parameters");
  await choose(page, "arithmetic", "weights", "own for each neuron");
  await expect(parameters).toHaveText("299,520");
  await choose(page, "arithmetic", "weights", "each neuron sees all");
  await expect(parameters).toHaveText("9,043,200");
  await expect(diagram(page)).toHaveAttribute("aria-label", /each with the whole input/);
  await choose(page, "arithmetic", "weights", "shared by a map");
  await expect(parameters).toHaveText("520");
});

test("each slider by keyboard", async ({ page, laboratory }) => {
  await laboratory.open(CHAPTER);
  // One step up from the sheet's value, and what then becomes of the network.
  for (const [name, expected] of [
    ["n", /Input 29 × 29; 20 feature maps of 25 × 25/],
    ["c", /290,130 parameters in all/],
    ["m", /21 feature maps of 24 × 24/],
    ["f", /feature maps of 23 × 23 neurons, each with a shared 6 × 6 kernel/],
    ["s", /feature maps of 12 × 12/],
    ["p", /feature maps of 26 × 26/],
    ["q", /pooled maps of 11 × 11/],
    ["r", /pooled maps of 8 × 8/],
    ["k", /101 dense neurons with 2,880 inputs each; 10 outputs with 101 inputs each/],
    ["l", /11 outputs/],
  ]) {
    const { slider, field } = laboratory.control("arithmetic", name);
    const before = Number(await field.inputValue());
    await slider.press("ArrowRight");
    await expect(field).toHaveValue(String(before + 1));
    await expect(diagram(page), name).toHaveAttribute("aria-label", expected);
    await slider.press("ArrowLeft");
    await expect(field).toHaveValue(String(before));
  }
  await expect(page.locator("#arithmetic .sentence")).toContainText("289,630");
});

test("sizes that do not divide or do not fit are explained", async ({ page, laboratory }) => {
  await laboratory.open(CHAPTER);
  const sentence = page.locator("#arithmetic .sentence");
  await laboratory.type("arithmetic", "n", "29");
  await expect(sentence).toContainText("Pooling: The last 1 of 25 rows and columns is dropped");
  await laboratory.type("arithmetic", "n", "4");
  await expect(sentence).toHaveText("The 5×5 kernel has no place on the 4×4 input. Choose a kernel of at most 4, a larger input or more padding.");
  await expect(diagram(page)).toHaveAttribute("aria-label", /This is not a network/);
  await expect(page.locator("#arithmetic .counts")).toBeHidden();
  await laboratory.type("arithmetic", "p", "1");
  await expect(sentence).toContainText("A dense neuron has 20 inputs");
  await laboratory.type("arithmetic", "n", "65");
  await expect(laboratory.control("arithmetic", "n").complaint).toContainText("type a whole number from 1 to 64");
});

test("a count is worked out from its letters, and the link keeps it", async ({ page, laboratory, context }) => {
  await laboratory.open(CHAPTER);
  const worked = page.locator("#arithmetic .worked");
  await expect(worked.locator("p").first()).toHaveText("dense, inputs of each:");
  await expect(worked.locator("math").first()).toHaveText(/20.*12.*2,880/s);
  await count(page, "output", "parameters").getByRole("button").click();
  await expect(worked.locator("math").first()).toHaveText(/L.*K.*1,010/s);
  await count(page, "convolution", "parameters").getByRole("button").focus();
  await page.keyboard.press("Enter");
  await expect(worked.locator("math").first()).toHaveText(/M.*26.*520/s);
  await choose(page, "arithmetic", "table", "N, M and K");
  await expect(count(page, "convolution", "parameters").locator("math")).toHaveText(/26.*M/s);
  await expect.poll(() => page.url()).toMatch(/arithmetic\.table=sizes/);
  const again = await context.newPage();
  await again.goto(page.url());
  await expect(again.locator("#arithmetic .worked p").first()).toHaveText("convolution, free parameters:");
  await expect(again.locator('#arithmetic [data-layer="convolution"] math').first()).toBeVisible();
});

test("the sheet's questions are checked, and a mistake is told what it counts", async ({ page, laboratory }) => {
  await laboratory.open(CHAPTER);
  const ask = async (layer, text) => {
    const question = page.locator(`#arithmetic [data-question="${layer}"]`);
    await question.locator("input").fill(text);
    await question.locator("input").press("Enter");
    return question.locator(".checked");
  };
  await expect(await ask("dense", "2,880")).toHaveText("Right. One from every pooled neuron: M·⌊(N − 4)/2⌋² = 20·12² = 2,880.");
  await expect(await ask("dense", "144")).toContainText("one pooled map");
  await expect(await ask("dense", "many")).toHaveText("Type a whole number.");
  await expect(await ask("output", "101")).toContainText("counts the bias");
  await expect(await ask("output", "100")).toHaveText("Right. One from every dense neuron: K = 100.");
  await laboratory.type("arithmetic", "k", "50");
  await expect(page.locator('#arithmetic [data-question="output"] .checked')).toContainText("Not that");
});

test("the diagram is saved as a drawing for a slide", async ({ page, laboratory }) => {
  await laboratory.open(CHAPTER);
  await laboratory.settled();
  const card = page.locator("#arithmetic");
  await card.getByRole("button", { name: "Export" }).click();
  const saving = page.waitForEvent("download");
  await card.getByRole("button", { name: "SVG, for slides and print" }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe("network.svg");
  const chunks = [];
  for await (const chunk of await saved.createReadStream()) chunks.push(chunk);
  const drawing = Buffer.concat(chunks).toString();
  expect(drawing).toContain("feature maps");
  expect(drawing).toContain("2,880 inputs each");
});

test("the window by sliders, steps, pointing and dragging", async ({ page, laboratory }) => {
  await laboratory.open(CHAPTER);
  await digitsThere(page);
  await laboratory.settled();
  const sentence = page.locator("#window .sentence");
  const { slider: row, field } = laboratory.control("window", "row");
  await expect(sentence).toContainText("At row 6, column 8 the 25 products add up to y = 0.3804");
  await row.press("ArrowRight");
  await expect(sentence).toContainText("At row 7, column 8");
  await laboratory.control("window", "column").slider.press("End");
  await page.locator("#window").getByRole("button", { name: "Step", exact: true }).click();
  await expect(sentence).toContainText("At row 8, column 0");
  await page.locator("#window").getByRole("button", { name: "Step back" }).click();
  await expect(sentence).toContainText("At row 7, column 23");
  await page.mouse.click(...(await cellOf(map(page), 24, 10, 5)));
  await expect(sentence).toContainText("At row 10, column 5");
  // The digit is taken by the middle of the window, and the window stays on it.
  await page.mouse.move(...(await cellOf(input(page), 28, 14, 14)));
  await page.mouse.down();
  await page.mouse.move(...(await cellOf(input(page), 28, 20, 9)), { steps: 4 });
  await expect(sentence).toContainText("At row 18, column 7");
  await page.mouse.move(...(await cellOf(input(page), 28, 27, 0)), { steps: 4 });
  await page.mouse.up();
  await expect(sentence).toContainText("At row 23, column 0");
  await expect(field).toHaveValue("23");
});

test("the window plays and pauses", async ({ page, laboratory }) => {
  await laboratory.open(`${CHAPTER}/window?window.row=0&window.column=0&window.map=passed`);
  await digitsThere(page);
  const play = page.locator("#window .play");
  await play.click();
  await expect(play).toHaveText("Pause the window");
  await expect.poll(async () => Number(await laboratory.control("window", "row").field.inputValue())).toBeGreaterThan(1);
  await play.click();
  await expect(play).toHaveText("Play: the window moves on");
  const stopped = await page.locator("#window .sentence").textContent();
  await laboratory.frames(5);
  await expect(page.locator("#window .sentence")).toHaveText(stopped);
});

test("the kernel is edited by typing and by arrow keys, and kept in the link", async ({ page, laboratory, context }) => {
  await laboratory.open(CHAPTER);
  await digitsThere(page);
  const card = page.locator("#window");
  const sum = card.locator('output[data-number="sum"]');
  await card.getByRole("button", { name: "Centre" }).click();
  // The pixel in the middle of the window, ink of 253/255.
  await expect(sum).toHaveText("0.9922");
  const middle = card.getByRole("spinbutton", { name: "Kernel, row 3, column 3" });
  await middle.fill("2");
  await middle.press("Enter");
  await expect(sum).toHaveText("1.984");
  await expect(card.locator(".claim")).toHaveText("A kernel of your own.");
  await middle.press("ArrowDown");
  await expect(middle).toHaveValue("1.99");
  await middle.press("Shift+ArrowUp");
  await expect(middle).toHaveValue("2.09");
  await middle.fill("11");
  await middle.press("Enter");
  await expect(card.locator(".number-grid .complaint")).toContainText("type a number from −10 to 10. Still 2.09");
  await laboratory.type("window", "bias", "-1");
  await expect(card.locator(".sentence")).toContainText("with the bias b = −1 to y = 1.074");
  await expect.poll(() => page.url()).toMatch(/window\.bias=-1/);
  const again = await context.newPage();
  await again.goto(page.url());
  await expect(again.getByRole("spinbutton", { name: "Kernel, row 3, column 3" })).toHaveValue("2.09");
  await card.getByRole("button", { name: "Upright edges" }).click();
  await expect(sum).toHaveText("0.3804");
});

test("another digit is another picture", async ({ page, laboratory }) => {
  await laboratory.open(CHAPTER);
  await digitsThere(page);
  const seen = page.locator("#window .plot canvas").first();
  // The first labels of the training set: 5, 0, 4.
  await expect(seen).toHaveAttribute("aria-label", /A handwritten 5; the window covers rows 6 to 10 and columns 8 to 12/);
  await laboratory.control("window", "digit").slider.press("ArrowRight");
  await expect(seen).toHaveAttribute("aria-label", /A handwritten 0;/);
});

test.describe("for a reader who asks for reduced motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("the window goes in a few stills", async ({ page, laboratory }) => {
    await laboratory.open(`${CHAPTER}/window?window.row=0&window.column=0`);
    await digitsThere(page);
    // Every place that is shown, from one frame to the next, until the second after the beginning.
    const places = page.evaluate(
      () =>
        new Promise((done) => {
          const sentence = document.querySelector("#window .sentence");
          const seen = [];
          const look = () => {
            if (seen.at(-1) !== sentence.textContent) seen.push(sentence.textContent);
            if (seen.length < 3) requestAnimationFrame(look);
            else done(seen);
          };
          look();
        }),
    );
    await page.locator("#window .play").click();
    // A still is 1/14 of the way through 576 places: 41 of them, then 82.
    const [, first, second] = await places;
    expect(first).toContain("At row 1, column 17 ");
    expect(second).toContain("At row 3, column 10 ");
  });
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 760 } });

  test("a finger points at the map and presses a count; the page does not scroll sideways", async ({ page, laboratory }) => {
    await laboratory.open(CHAPTER);
    await digitsThere(page);
    await laboratory.settled();
    await page.touchscreen.tap(...(await cellOf(map(page), 24, 4, 12)));
    await expect(page.locator("#window .sentence")).toContainText("At row 4, column 12");
    await page.touchscreen.tap(...(await cellOf(input(page), 28, 20, 20)));
    await expect(page.locator("#window .sentence")).toContainText("At row 18, column 18");
    await choose(page, "arithmetic", "weights", "own for each neuron");
    await count(page, "convolution", "parameters").getByRole("button").tap();
    await expect(page.locator("#arithmetic .worked math").first()).toHaveText(/299,520/);
    const [across, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(across).toBeLessThanOrEqual(window);
  });
});

test("the kernels that the network has learned are put into the window", async ({ page, laboratory }) => {
  await laboratory.open(`${CHAPTER}/window`);
  await digitsThere(page);
  const card = page.locator("#window");
  const kernels = card.getByRole("group", { name: "Kernels that a network has learned" }).getByRole("button", { name: "Learned kernel" });
  await expect(kernels).toHaveCount(20);
  const first = await card.locator(".sentence").textContent();
  await kernels.nth(7).click();
  await expect(kernels.nth(7)).toHaveAttribute("aria-pressed", "true");
  await expect(card.locator(".sentence")).not.toHaveText(first);
  await expect.poll(() => page.url()).toContain("window.weights=");
  await expect(card.locator(".claim").first()).toHaveText("A kernel of your own.");
});

test("every slider of the chapter moves by keyboard", async ({ page, laboratory }) => {
  await laboratory.open(CHAPTER);
  await digitsThere(page);
  const controls = page.locator('.view:not([hidden]) [data-control]:has(input[type="range"])');
  const count = await controls.count();
  expect(count).toBeGreaterThan(25);
  for (let index = 0; index < count; index += 1) {
    const control = controls.nth(index);
    const name = await control.getAttribute("data-control");
    const [slider, field] = [control.locator('input[type="range"]'), control.locator("input.number")];
    expect(await slider.isVisible(), `${name} is shown`).toBe(true);
    const before = await field.inputValue();
    await slider.press("ArrowRight");
    // At its upper end a slider can only go down.
    if ((await field.inputValue()) === before) await slider.press("ArrowLeft");
    await expect(field, name).not.toHaveValue(before);
  }
});
