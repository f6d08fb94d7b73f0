// Sliders, fields, themes, keys, lecture and touch, as a reader without a mouse or with a finger uses them.
import { test, expect } from "./laboratory.mjs";
import { SHORT, Twin } from "./twin.mjs";

/// Presses Tab until the element has the focus; fails after `most` presses.
async function tabTo(page, element, most = 80) {
  for (let presses = 1; presses <= most; presses += 1) {
    await page.keyboard.press("Tab");
    if (await element.evaluate((element) => element === document.activeElement)) return presses;
  }
  throw new Error(`not reached with ${most} presses of Tab`);
}

test("a run by keyboard alone", async ({ page, laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open({ ...SHORT, epochs: 2 });
  // Before a run the buttons that cannot act are skipped; the first way in is the link to the content.
  await page.keyboard.press("Tab");
  await expect(page.getByText("Skip to the content")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#content")).toBeFocused();
  await tabTo(page, twin.main, 30);
  const outline = await twin.main.evaluate((button) => getComputedStyle(button).outlineStyle);
  expect(outline, "the focus can be seen").not.toBe("none");
  await page.keyboard.press("Enter");
  await twin.finish();
  const p = laboratory.control("dropout", "p").slider;
  await tabTo(page, p);
  await page.keyboard.press("ArrowRight");
  await expect(p).toHaveAttribute("aria-valuetext", "0.55");
});

test("a slider by arrows, Shift, Page keys, Home, End and double click", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open();
  const { slider, field } = laboratory.control("dropout", "p");
  for (const [key, value] of [
    ["ArrowRight", "0.55"],
    ["ArrowUp", "0.6"],
    ["ArrowLeft", "0.55"],
    ["ArrowDown", "0.5"],
    ["Shift+ArrowLeft", "0"],
    ["ArrowLeft", "0"],
    ["Shift+ArrowRight", "0.5"],
    ["PageDown", "0"],
    ["PageUp", "0.5"],
    ["End", "0.95"],
    ["ArrowRight", "0.95"],
    ["Home", "0"],
  ]) {
    await slider.press(key);
    await expect(field, key).toHaveValue(value);
    await expect(slider, key).toHaveAttribute("aria-valuetext", value);
  }
  await slider.dblclick();
  await expect(field).toHaveValue("0.5");
});

test("each step of a rounded logarithmic slider changes the value", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open();
  const { slider, field } = laboratory.control("dropout", "epochs");
  await slider.press("Home");
  await expect(field).toHaveValue("1");
  let before = 1;
  for (let step = 0; step < 12; step += 1) {
    await slider.press("ArrowRight");
    await expect(field).not.toHaveValue(String(before));
    const now = Number(await field.inputValue());
    expect(now).toBeGreaterThan(before);
    before = now;
  }
  await slider.press("End");
  await expect(field).toHaveValue("1000");
});

test("typed numbers: what people write is understood, what cannot be used is answered", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open();
  const { field, complaint, slider } = laboratory.control("dropout", "rate");
  for (const [text, value] of [
    ["0,02", "0.02"],
    [" 1e-3 ", "0.001"],
    ["0.0317", "0.0317"],
  ]) {
    await laboratory.type("dropout", "rate", text);
    await expect(field).toHaveValue(value);
    await expect(slider).toHaveAttribute("aria-valuetext", value);
    await expect(complaint).toHaveText("");
  }
  for (const text of ["fast", "", "-1", "11", "1e400", "NaN"]) {
    await laboratory.type("dropout", "rate", text);
    await expect(complaint).toContainText("type a number from 0.0001 to 10. Still 0.0317.");
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(slider).toHaveAttribute("aria-valuetext", "0.0317");
  }
  await laboratory.type("dropout", "rate", "0.05");
  await expect(complaint).toHaveText("");
  await expect(field).not.toHaveAttribute("aria-invalid", "true");
  await laboratory.type("dropout", "width", "2.5");
  await expect(laboratory.control("dropout", "width").complaint).toContainText("type a whole number from 1 to 1000");
});

test("the theme that was chosen survives a reload, the system's is followed otherwise", async ({ page, laboratory }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await laboratory.open();
  const root = page.locator("html");
  await expect(root).toHaveAttribute("data-theme", "dark");
  await page.emulateMedia({ colorScheme: "light" });
  await expect(root).toHaveAttribute("data-theme", "light");
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  const looks = new Set([light]);
  for (const theme of ["dark", "projector"]) {
    await laboratory.wear(theme);
    looks.add(await background());
    await page.reload();
    await expect(root).toHaveAttribute("data-theme", theme);
    await expect(page.getByRole("radio", { name: theme })).toBeChecked();
  }
  expect(looks.size).toBe(3);
  await laboratory.wear("system");
  await expect(root).toHaveAttribute("data-theme", "light");
});

test("a lecture begins at the top of its widget, and the page comes back to it", async ({ page, laboratory }) => {
  await laboratory.open("#/overfitting");
  const card = page.locator("#dropout");
  const title = card.locator("h2");
  // The reader is at the lower end of the widget.
  await card.evaluate((card) => card.scrollIntoView({ block: "end" }));
  await expect(title).not.toBeInViewport();
  await page.keyboard.press("f");
  await expect(title).toBeInViewport();
  await page.keyboard.press("Escape");
  await expect(page.locator(".widget.alone")).toHaveCount(0);
  await expect(title).toBeInViewport();
});

test("lecture: F, arrows, Escape and ?", async ({ page, laboratory }) => {
  await laboratory.open();
  for (const view of await laboratory.views()) {
    await laboratory.turnTo(view);
    const widgets = await laboratory.view.locator(".widget").evaluateAll((cards) => cards.map((card) => card.id));
    if (widgets.length === 0) continue;
    await page.keyboard.press("f");
    const alone = page.locator(".widget.alone");
    await expect(alone).toHaveCount(1);
    await expect(alone).toBeVisible();
    await expect(laboratory.view.locator("article > p").first()).toBeHidden();
    // To the first widget, then through all of them, and not beyond the last.
    for (const _ of widgets) await page.keyboard.press("ArrowLeft");
    for (const id of widgets) {
      await expect(alone).toHaveId(id);
      await page.keyboard.press("ArrowRight");
    }
    await expect(alone).toHaveId(widgets.at(-1));
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${view}: width in a lecture`).toBeLessThanOrEqual(0);
    await page.keyboard.press("Escape");
    await expect(alone).toHaveCount(0);
    await expect(laboratory.view.locator("article > p").first()).toBeVisible();
  }
  await page.keyboard.press("?");
  await expect(page.locator(".key-list")).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.locator(".key-list")).toBeHidden();
});

test("letters typed into a field are no commands; a slider's arrows do not walk on", async ({ page, laboratory }) => {
  await laboratory.open();
  const { field, slider } = laboratory.control("neuron", "c");
  await field.focus();
  await page.keyboard.press("f");
  await expect(page.locator(".widget.alone")).toHaveCount(0);
  await field.fill("3");
  await slider.press("f");
  await expect(page.locator(".widget.alone")).toHaveId("neuron");
  await slider.press("ArrowRight");
  await expect(page.locator(".widget.alone")).toHaveId("neuron");
  await expect(field).not.toHaveValue("3");
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } });

  test("tapping runs, moves a slider, chooses and opens", async ({ page, laboratory }) => {
    const twin = new Twin(laboratory);
    await twin.open({ ...SHORT, epochs: 2 });
    await twin.main.tap();
    await twin.finish();
    const { slider, field } = laboratory.control("dropout", "p");
    await slider.scrollIntoViewIfNeeded();
    const box = await slider.boundingBox();
    await page.touchscreen.tap(box.x + 0.85 * box.width, box.y + box.height / 2);
    await expect(field).not.toHaveValue("0.5");
    await laboratory.control("dropout", "optimizer").option("momentum").tap();
    await expect(laboratory.control("dropout", "optimizer").option("momentum")).toBeChecked();
    await twin.card.getByRole("button", { name: "Export", exact: true }).tap();
    await expect(twin.card.getByText("SVG, for slides and print")).toBeVisible();
    await page.locator('nav.contents a[href="#/"]').first().tap();
    await expect(page.locator("#neuron")).toBeVisible();
  });

  test("what is tapped is large enough for a finger", async ({ page, laboratory }) => {
    await laboratory.open();
    for (const view of await laboratory.views()) {
      await laboratory.turnTo(view);
      // WCAG 2.2, 2.5.8: 24 by 24 CSS pixels, except links within text.
      const small = await page.evaluate(() =>
        [...document.querySelectorAll("button, .choice label, input.number, input[type=range], nav a")]
          .filter((element) => element.checkVisibility())
          .map((element) => [element, element.getBoundingClientRect()])
          .filter(([, { width, height }]) => width < 24 || height < 24)
          .map(([element, { width, height }]) => `${element.tagName} ${element.textContent.trim() || element.id} ${Math.round(width)}x${Math.round(height)}`),
      );
      expect.soft(small, view).toEqual([]);
    }
  });
});
