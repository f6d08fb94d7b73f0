// Figures hold ink, as fine as the screen, and can be taken along as SVG and PNG.
import { readFile } from "node:fs/promises";
import { test, expect, inkOf } from "./laboratory.mjs";
import { SHORT, Twin } from "./twin.mjs";

for (const ratio of [1, 2, 3]) {
  test.describe(`at device pixel ratio ${ratio}`, () => {
    test.use({ deviceScaleFactor: ratio });

    test("every figure of every view has ink and as many pixels as the screen", async ({ laboratory }) => {
      await laboratory.open();
      for (const view of await laboratory.views()) {
        await laboratory.turnTo(view);
        for (const canvas of await laboratory.view.locator(".plot canvas:visible").all()) {
          const { width, height, across, down, described } = await canvas.evaluate((canvas) => ({
            width: canvas.width,
            height: canvas.height,
            across: canvas.clientWidth,
            down: canvas.clientHeight,
            described: canvas.getAttribute("aria-label"),
          }));
          expect(width, `${view}: pixels across`).toBe(Math.round(across * ratio));
          expect(height, `${view}: pixels down`).toBe(Math.round(down * ratio));
          expect(described.length, `${view}: description`).toBeGreaterThan(10);
          // More than a frame of lines: at least one pixel in a thousand.
          expect(await canvas.evaluate(inkOf)).toBeGreaterThan((width * height) / 1000);
        }
      }
    });
  });
}

test("a figure follows its slider, the theme and the window", async ({ page, laboratory }) => {
  await laboratory.open();
  await laboratory.settled();
  const canvas = page.locator("#neuron .plot canvas");
  const pixels = () => canvas.evaluate((canvas) => canvas.toDataURL());
  const changed = async (act, what) => {
    const before = await pixels();
    await act();
    await expect.poll(pixels, { message: what }).not.toBe(before);
    await laboratory.frames(3);
  };
  await changed(() => laboratory.control("neuron", "c").slider.press("Shift+ArrowRight"), "slider");
  await changed(() => laboratory.wear("dark"), "theme");
  await changed(() => page.setViewportSize({ width: 700, height: 900 }), "window");
  await expect.poll(() => canvas.evaluate((canvas) => canvas.width - canvas.clientWidth)).toBe(0);
});

test("the digits that are trained on are shown as pictures", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open();
  const digits = twin.card.locator(".samples:not(.mistakes .samples) figure canvas");
  await expect(digits).toHaveCount(20);
  for (const digit of await digits.all()) {
    await expect.poll(() => digit.evaluate(inkOf)).toBeGreaterThan(0);
    await expect(digit).toHaveAttribute("aria-label", /^A handwritten \d$/);
  }
});

test("the curves of a finished run are on the canvas and in its description", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open(SHORT);
  const canvas = twin.card.locator(".plot canvas").first();
  await laboratory.settled();
  const empty = await canvas.evaluate(inkOf);
  await expect(canvas).toHaveAttribute("aria-label", /Press Run/);
  await twin.press("Run");
  await twin.finish();
  await laboratory.frames(2);
  expect(await canvas.evaluate(inkOf)).not.toBe(empty);
  await expect(canvas).toHaveAttribute("aria-label", /no dropout, test/);
});

/// The downloads that an act brings about.
async function downloads(page, count, act) {
  const arrived = [];
  page.on("download", (download) => arrived.push(download));
  await act();
  await expect.poll(() => arrived.length).toBe(count);
  return Promise.all(arrived.map(async (download) => ({ name: download.suggestedFilename(), content: await readFile(await download.path()) })));
}

test("Export saves the figures as SVG documents", async ({ page, laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open({ ...SHORT, epochs: 2 });
  await twin.press("Run");
  await twin.finish();
  const files = await downloads(page, 4, async () => {
    await twin.card.getByRole("button", { name: "Export", exact: true }).click();
    await twin.card.getByText("SVG, for slides and print").click();
  });
  expect(files.map(({ name }) => name).sort()).toEqual(["confusion-with-dropout.svg", "confusion-without-dropout.svg", "dropout-error.svg", "dropout-loss.svg"]);
  // The curves: a raster's style attribute would be against the policy of the page that this parses it in.
  for (const { content } of files.filter(({ name }) => name.startsWith("dropout"))) {
    const read = await page.evaluate((text) => {
      const tree = new DOMParser().parseFromString(text, "image/svg+xml");
      const root = tree.documentElement;
      return {
        error: tree.querySelector("parsererror")?.textContent ?? null,
        root: root.tagName,
        namespace: root.namespaceURI,
        box: root.getAttribute("viewBox"),
        title: root.querySelector("title")?.textContent ?? "",
        lines: root.querySelectorAll("polyline, path").length,
        numbers: /NaN|inf/i.test(text),
      };
    }, content.toString("utf8"));
    expect(read).toMatchObject({ error: null, root: "svg", namespace: "http://www.w3.org/2000/svg", numbers: false });
    expect(read.box).toMatch(/^0 0 \d+(\.\d+)? \d+(\.\d+)?$/);
    expect(read.title.length).toBeGreaterThan(0);
    expect(read.lines).toBeGreaterThanOrEqual(4);
  }
  await expect(twin.card.locator(".said")).toContainText("4 figures were saved");
});

test("Export saves a figure as a PNG with paper behind it", async ({ page, laboratory }) => {
  await laboratory.open();
  await laboratory.settled();
  const card = page.locator("#neuron");
  const [{ name, content }] = await downloads(page, 1, async () => {
    await card.getByRole("button", { name: "Export", exact: true }).click();
    await card.getByText("PNG, for everything else").click();
  });
  expect(name).toBe("sigmoid-neuron.png");
  expect(content.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
  const across = await card.locator(".plot").evaluate((plot) => plot.clientWidth);
  expect(content.readUInt32BE(16)).toBe(Math.round(3 * across));
  const corner = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return [...context.getImageData(0, 0, 1, 1).data];
  }, content.toString("base64"));
  expect(corner).toEqual([255, 255, 255, 255]);
});
