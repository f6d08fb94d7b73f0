// axe-core finds nothing on any view, in any theme, wide or narrow; narrow windows do not scroll sideways.
import AxeBuilder from "@axe-core/playwright";
import { test, expect } from "./laboratory.mjs";
import { SHORT, Twin } from "./twin.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const THEMES = ["light", "dark", "projector"];

/// What axe-core objects to, one line each.
async function objections(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}) at ${node.target.join(" ")}: ${node.failureSummary}`));
}

/// Elements that reach beyond the window's right edge where nothing of their own scrolls.
function overhang(width) {
  const scrolls = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(at).overflowX) && at !== document.body && at !== document.documentElement) return true;
    }
    return false;
  };
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element))
    .map((element) => `${element.tagName}.${element.className} to ${Math.round(element.getBoundingClientRect().right)}`)
    .slice(0, 5);
}

for (const width of [1440, 390]) {
  test.describe(`${width} px wide`, () => {
    test.use({ viewport: { width, height: 900 } });

    for (const theme of THEMES) {
      test(`axe-core finds nothing on any view, ${theme}`, async ({ page, laboratory }) => {
        await laboratory.open();
        await laboratory.wear(theme);
        const views = await laboratory.views();
        expect(views.length).toBeGreaterThanOrEqual(2);
        for (const view of views) {
          await laboratory.turnTo(view);
          expect.soft(await objections(page), `${view} in ${theme} at ${width} px`).toEqual([]);
        }
      });
    }
  });
}

test("axe-core finds nothing after a run, with a note, a complaint, the keys and a menu open", async ({ page, laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open({ ...SHORT, epochs: 2, nonsense: 1 });
  await twin.press("Run");
  await twin.finish();
  await laboratory.type("dropout", "p", "often");
  await expect(laboratory.control("dropout", "p").complaint).not.toHaveText("");
  await twin.card.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("button", { name: "Keys" }).click();
  await expect(page.locator(".key-list")).toBeVisible();
  expect(await objections(page)).toEqual([]);
});

test("axe-core finds nothing in lecture mode", async ({ page, laboratory }) => {
  await laboratory.open();
  await page.keyboard.press("f");
  await expect(page.locator(".widget.alone")).toBeVisible();
  await laboratory.settled();
  expect(await objections(page)).toEqual([]);
});

for (const theme of THEMES) {
  test.describe(`360 px wide, ${theme}`, () => {
    test.use({ viewport: { width: 360, height: 740 } });

    test("no view scrolls sideways", async ({ page, laboratory }) => {
      await laboratory.open();
      await laboratory.wear(theme);
      for (const view of await laboratory.views()) {
        await laboratory.turnTo(view);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect.soft(await page.evaluate(overhang, 360), `${view}: beyond the edge`).toEqual([]);
        expect.soft(width, `${view}: width of the page`).toBeLessThanOrEqual(360);
      }
    });
  });
}

test.describe("360 px wide, after a run", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test("numbers, notes and figures fit", async ({ page, laboratory }) => {
    const twin = new Twin(laboratory);
    await twin.open({ ...SHORT, epochs: 1, nonsense: 1 });
    await twin.press("Run");
    await twin.finish();
    expect(await page.evaluate(overhang, 360)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
