// Chapter 2, the feature maps: draw a digit, read the prediction, point at cells, switch maps off; by mouse, touch and keyboard.
import { test, expect } from "./laboratory.mjs";

const CHAPTER = "#/convolution";

const sentence = (page) => page.locator("#maps .sentence");
const pad = (page) => page.locator("#maps .pad");
const grid = (page, index) => page.locator("#maps .maps-grids .drag").nth(index);
const button = (page, name) => page.locator("#maps").getByRole("button", { name, exact: true });

/// Digits as polylines in a box of 1 x 1.
const DIGITS = {
  0: Array.from({ length: 25 }, (_, i) => [0.5 + 0.32 * Math.cos((i * Math.PI) / 12), 0.5 + 0.45 * Math.sin((i * Math.PI) / 12)]),
  1: [[0.52, 0.05], [0.48, 0.95]],
  3: [[0.22, 0.14], [0.5, 0.06], [0.74, 0.18], [0.7, 0.38], [0.44, 0.48], [0.72, 0.58], [0.78, 0.78], [0.54, 0.94], [0.2, 0.88]],
  7: [[0.18, 0.1], [0.8, 0.1], [0.58, 0.5], [0.42, 0.95]],
};

async function open(page, laboratory, address = CHAPTER) {
  await laboratory.open(address);
  await expect(sentence(page)).toHaveText(/The network reads|The pad is empty/);
}

/// A digit drawn with the mouse, `size` times the pad from `left`, `top` on (shares of the pad).
async function draw(page, digit, size = 0.75, left = 0.13, top = 0.13) {
  await pad(page).scrollIntoViewIfNeeded();
  const box = await pad(page).boundingBox();
  const [first, ...rest] = DIGITS[digit].map(([x, y]) => [box.x + (left + size * x) * box.width, box.y + (top + size * y) * box.height]);
  await page.mouse.move(...first);
  await page.mouse.down();
  for (const place of rest) await page.mouse.move(...place, { steps: 4 });
  await page.mouse.up();
}

test("drawn digits are read: in the middle, in a corner, huge, tiny and thin", async ({ page, laboratory }) => {
  await open(page, laboratory);
  for (const digit of Object.keys(DIGITS)) {
    for (const [width, place] of [
      [11, [0.75, 0.13, 0.13]],
      [6, [0.4, 0.03, 0.03]],
      [14, [0.95, 0.025, 0.025]],
      [4, [0.25, 0.6, 0.2]],
      [4, [0.75, 0.13, 0.13]],
    ]) {
      await laboratory.control("maps", "pen").field.fill(String(width));
      await laboratory.control("maps", "pen").field.press("Enter");
      await draw(page, digit, ...place);
      await expect(sentence(page), `a ${digit} with ${width}, ${place}`).toHaveText(new RegExp(`The network reads a ${digit},`));
      await button(page, "Clear").click();
      await expect(sentence(page)).toHaveText("The pad is empty: there is nothing to read.");
    }
  }
});

test("a stroke is taken back, and an empty pad predicts nothing", async ({ page, laboratory }) => {
  await open(page, laboratory, `${CHAPTER}/maps?maps.source=drawing`);
  const probabilities = page.locator("#maps .maps-probabilities canvas");
  await expect(sentence(page)).toHaveText("The pad is empty: there is nothing to read.");
  await expect(button(page, "Undo")).toBeDisabled();
  await draw(page, 1);
  await expect(sentence(page)).toHaveText(/reads a 1,/);
  await draw(page, 0);
  await expect(page.locator("#maps .pad canvas")).toHaveAttribute("aria-label", "A drawing of 2 strokes");
  await button(page, "Undo").click();
  await expect(sentence(page)).toHaveText(/reads a 1,/);
  await button(page, "Undo").click();
  await expect(sentence(page)).toHaveText("The pad is empty: there is nothing to read.");
  await expect(probabilities).not.toHaveAttribute("aria-label", /[01]\.\d{3}/);
});

/// A PNG file of a canvas that `paint` was called with, in a page.
async function png(page, side, paint) {
  const address = await page.evaluate(
    ([side, paint]) => {
      const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
      const context = canvas.getContext("2d");
      for (const [colour, ...place] of paint) {
        context.fillStyle = colour;
        context.fillRect(...place);
      }
      return canvas.toDataURL("image/png");
    },
    [side, paint],
  );
  return { name: "digit.png", mimeType: "image/png", buffer: Buffer.from(address.split(",")[1], "base64") };
}

test("an image file is read on light and on dark paper; what is none says so", async ({ page, laboratory }) => {
  await open(page, laboratory);
  const file = page.locator('#maps input[type="file"]');
  const complaint = page.locator("#maps .draw-pad > .complaint");
  for (const [paper, ink] of [["#fff", "#124"], ["#111", "#eee"]]) {
    await file.setInputFiles(await png(page, 600, [[paper, 0, 0, 600, 600], [ink, 280, 80, 45, 440]]));
    await expect(sentence(page)).toHaveText(/reads a 1,/);
    await button(page, "Undo").click();
    await expect(sentence(page)).toHaveText("The pad is empty: there is nothing to read.");
  }
  await file.setInputFiles(await png(page, 50, [["#888", 0, 0, 50, 50]]));
  await expect(complaint).toHaveText("The picture has one colour only: there is no digit on it.");
  await file.setInputFiles(await png(page, 4, [["#888", 0, 0, 2, 2]]));
  await expect(complaint).toHaveText("The picture has 4 × 4 pixels; a digit needs at least 8 × 8.");
  await file.setInputFiles({ name: "letter.txt", mimeType: "text/plain", buffer: Buffer.from("no image") });
  await expect(complaint).toHaveText("This file is not an image that the browser can read. Use a PNG or JPEG file.");
});

test("a 1 drawn with the keys", async ({ page, laboratory }) => {
  await open(page, laboratory);
  await pad(page).focus();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press("Shift+ArrowUp");
  await page.keyboard.press("Space");
  for (let i = 0; i < 6; i += 1) await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Space");
  await expect(sentence(page)).toHaveText(/reads a 1,/);
  await page.keyboard.press("u");
  await expect(sentence(page)).toHaveText("The pad is empty: there is nothing to read.");
});

test("without the preparation a small digit in a corner is misread", async ({ page, laboratory }) => {
  await open(page, laboratory);
  await draw(page, 3, 0.3, 0.02, 0.02);
  await expect(sentence(page)).toHaveText(/reads a 3,/);
  await laboratory.control("maps", "fit").box.click();
  await laboratory.control("maps", "centre").box.click();
  await expect(sentence(page)).not.toHaveText(/reads a 3,/);
});

test("any cell shows its sum; pointing, arrow keys and sliders agree", async ({ page, laboratory }) => {
  await open(page, laboratory);
  const sum = page.locator("#maps .cell-sum");
  await expect(sum).toHaveText(/^Map 1, row 10, column 10: 25 products add up to .+, with the bias .+ to .+; ReLU/);
  await grid(page, 0).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowUp");
  await expect(sum).toHaveText(/^Map 1, row 9, column 11:/);
  await laboratory.control("maps", "map").slider.press("ArrowRight");
  await expect(sum).toHaveText(/^Map 2, row 9, column 11:/);
  await grid(page, 2).scrollIntoViewIfNeeded();
  await laboratory.frames(2);
  const box = await grid(page, 2).boundingBox();
  // The middle of the last pooled map: it ends 2 px above the figure's end.
  const map = (box.width - 2) * (12 / 64);
  await page.mouse.click(box.x + box.width - 1 - map / 2, box.y + box.height - 2 - map / 2);
  await expect(sum).toHaveText(/^Map 20, pooled cell at row [56], column [56]: the largest of its four cells/);
});

test("maps switched off change the probabilities at once and the test error soon", async ({ page, laboratory }) => {
  await open(page, laboratory);
  const probabilities = page.locator("#maps .maps-probabilities canvas");
  // A digit that the network is not sure of: of others three decimals do not show what one map adds.
  await button(page, "Next mistake").click();
  await expect(sentence(page)).toHaveText(/: a mistake\.$/);
  await laboratory.settled();
  const before = await probabilities.getAttribute("aria-label");
  await button(page, "Switch map 5 off").press("Enter");
  await expect(button(page, "Switch map 5 off")).toHaveAttribute("aria-pressed", "true");
  await expect(probabilities).not.toHaveAttribute("aria-label", before);
  // The bundled weights read 98.2 % rightly.
  await expect(page.locator("#maps .test-error")).toHaveText(/the error is 1\.8 % with all maps and \d+\.\d % with map 5 off\./);
  await button(page, "All off").click();
  await expect(page.locator("#maps .test-error")).toHaveText(/1\.8 % with all maps and [89]\d\.\d % with all maps off\./);
  await button(page, "All on").click();
  await expect(probabilities).toHaveAttribute("aria-label", before);
});

test("the next mistake is one", async ({ page, laboratory }) => {
  await open(page, laboratory);
  await button(page, "Next mistake").click();
  await expect(sentence(page)).toHaveText(/: a mistake\.$/);
  await button(page, "Next digit").click();
  await expect(sentence(page)).toHaveText(/The network reads/);
});

test("trained here, the maps follow, and the bundled weights come back", async ({ page, laboratory }) => {
  await open(page, laboratory);
  const kernel = page.locator("#maps .maps-sum canvas").nth(1);
  const bundled = await kernel.getAttribute("aria-label");
  await button(page, "Train it here").click();
  await expect(kernel).not.toHaveAttribute("aria-label", bundled);
  const early = await kernel.getAttribute("aria-label");
  await expect(kernel).not.toHaveAttribute("aria-label", early);
  await button(page, "Bundled weights again").click();
  await expect(kernel).toHaveAttribute("aria-label", bundled);
});

test("a link brings the settings back", async ({ page, laboratory }) => {
  await open(page, laboratory, `${CHAPTER}/maps?maps.digit=8&maps.map=7&maps.row=4&maps.column=6&maps.stage=pooling&maps.silent=2,9&maps.pen=5&maps.fit=off`);
  await expect(page.locator("#maps .cell-sum")).toHaveText(/^Map 7, pooled cell at row 2, column 3/);
  await expect(button(page, "Switch map 9 off")).toHaveAttribute("aria-pressed", "true");
  await expect(laboratory.control("maps", "digit").field).toHaveValue("8");
  await expect(laboratory.control("maps", "pen").field).toHaveValue("5");
  await expect(laboratory.notes).toHaveCount(0);
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test("a finger draws and does not scroll the page", async ({ page, laboratory }) => {
    await open(page, laboratory);
    await pad(page).scrollIntoViewIfNeeded();
    await laboratory.frames(2);
    const top = await page.evaluate(() => scrollY);
    const box = await pad(page).boundingBox();
    const touch = await page.context().newCDPSession(page);
    const at = ([x, y]) => [{ x: box.x + (0.13 + 0.75 * x) * box.width, y: box.y + (0.13 + 0.75 * y) * box.height }];
    const [first, ...rest] = DIGITS[7];
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(first) });
    let from = first;
    for (const to of rest) {
      for (let step = 1; step <= 6; step += 1) {
        const place = [0, 1].map((axis) => from[axis] + ((to[axis] - from[axis]) * step) / 6);
        await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(place) });
      }
      from = to;
    }
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await expect(sentence(page)).toHaveText(/reads a 7,/);
    expect(await page.evaluate(() => scrollY)).toBe(top);
  });
});

test("the preparation says in numbers what it did, and a step that is off leaves its picture as the one before", async ({ page, laboratory }) => {
  await open(page, laboratory, `${CHAPTER}/maps?maps.source=drawing&maps.pen=6`);
  await draw(page, 3, 0.3, 0.05, 0.05);
  const words = page.locator('#maps [data-number="preparation"]');
  await expect(words).toContainText(/cut out and scaled to \d+ × 20, moved by/);
  const picture = (index) =>
    page.locator("#maps .maps-preparation .steps .plot").nth(index).locator("canvas").evaluateAll((canvases) => canvases.map((canvas) => canvas.toDataURL()).join());
  await laboratory.frames(3);
  expect(await picture(1)).not.toBe(await picture(2));
  await laboratory.control("maps", "fit").box.locator("input").click();
  await expect(words).toContainText("not cut out: the whole pad becomes 28 × 28, moved by");
  await laboratory.control("maps", "centre").box.locator("input").click();
  await expect(words).toContainText("not moved; its centre of mass is then at");
  await expect(page.locator("#maps .maps-preparation .steps canvas").nth(1)).toHaveAttribute("aria-label", /off/);
});

test("a file that is dropped beside the pad is read too", async ({ page, laboratory }) => {
  await open(page, laboratory);
  await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 100, height: 100 });
    const context = canvas.getContext("2d");
    context.fillStyle = "white";
    context.fillRect(0, 0, 100, 100);
    context.lineWidth = 9;
    context.beginPath();
    context.moveTo(52, 10);
    context.lineTo(48, 90);
    context.stroke();
    const blob = await new Promise((done) => canvas.toBlob(done));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([blob], "one.png", { type: "image/png" }));
    document.querySelector("h1").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  });
  await expect(sentence(page)).toHaveText(/The network reads a 1,/);
});

test("a stroke that is taken back by key while it is drawn is over", async ({ page, laboratory }) => {
  await open(page, laboratory, `${CHAPTER}/maps?maps.source=drawing`);
  await pad(page).scrollIntoViewIfNeeded();
  const box = await pad(page).boundingBox();
  await page.mouse.move(box.x + 0.3 * box.width, box.y + 0.3 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.3 * box.height, { steps: 3 });
  await expect(sentence(page)).toHaveText(/The network reads/);
  await page.keyboard.press("u");
  await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.8 * box.height, { steps: 3 });
  await page.mouse.up();
  await expect(sentence(page)).toHaveText("The pad is empty: there is nothing to read.");
});

test("all 20 kernels are shown, and training changes them", async ({ page, laboratory }) => {
  await open(page, laboratory);
  const kernels = page.locator("#maps .maps-kernels canvas");
  const picture = () => kernels.evaluateAll((canvases) => canvases.map((canvas) => canvas.toDataURL()).join());
  await laboratory.frames(3);
  const bundled = await picture();
  await button(page, "Train it here").click();
  await expect.poll(picture).not.toBe(bundled);
});
