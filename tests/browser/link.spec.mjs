// The address is the state: what it shows comes back, what it cannot mean is said.
import { test, expect } from "./laboratory.mjs";
import { PINS } from "./fingerprints.mjs";
import { Twin, link } from "./twin.mjs";

test("controls moved by mouse, keyboard and typing stand in the address, and the address brings them back", async ({ page, laboratory, context }) => {
  const twin = new Twin(laboratory);
  await twin.open();
  const control = (name) => laboratory.control("dropout", name);

  // By mouse: press at nine tenths of the track.
  const { slider } = control("noise");
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  await page.mouse.click(box.x + 0.9 * box.width, box.y + box.height / 2);
  await expect(control("noise").field).not.toHaveValue("0");
  // By mouse: drag.
  const track = await control("input-p").slider.boundingBox();
  await page.mouse.move(track.x + 8, track.y + track.height / 2);
  await page.mouse.down();
  await page.mouse.move(track.x + 0.5 * track.width, track.y + track.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(control("input-p").field).not.toHaveValue("0");
  // By keyboard.
  await control("depth").slider.press("ArrowRight");
  await control("rate").slider.press("Shift+ArrowRight");
  // By typing, with a value that no slider position has.
  await laboratory.type("dropout", "images", "777");
  await laboratory.type("dropout", "seed", "42");
  // Radio buttons.
  await control("optimizer").option("Adam").check();
  await control("axes").option("logarithmic").check();

  for (const text of ["dropout.noise=", "dropout.input-p=", "dropout.depth=2", "dropout.rate=0.5", "dropout.images=777", "dropout.seed=42", "dropout.optimizer=adam", "dropout.axes=log"]) {
    await expect(page).toHaveURL((url) => url.hash.includes(text));
  }

  const values = (root) =>
    root.locator("#dropout").evaluate((card) => ({
      numbers: [...card.querySelectorAll("input.number")].map((field) => field.value),
      positions: [...card.querySelectorAll('input[type="range"]')].map((slider) => slider.value),
      chosen: [...card.querySelectorAll('input[type="radio"]:checked')].map((radio) => radio.parentElement.textContent),
    }));
  const second = await context.newPage();
  await second.goto(page.url());
  await expect(second.locator("#dropout .transport button.run")).toBeEnabled();
  expect(await values(second)).toEqual(await values(page));
  await expect(second.locator(".notes .note")).toHaveCount(0);

  // Reset takes all of it back and out of the address.
  await twin.card.getByRole("button", { name: "Reset", exact: true }).click();
  await expect(page).toHaveURL((url) => !url.hash.includes("?"));
  await expect(control("images").field).toHaveValue("1000");
  await expect(control("noise").field).toHaveValue("0");
  await expect(control("optimizer").option("SGD")).toBeChecked();
  await expect(twin.card.locator(".said")).toContainText("defaults");
});

test.describe("with an open clipboard", () => {
  test.use({ permissions: ["clipboard-read", "clipboard-write"] });

  test("the Link button copies an address that repeats the run, bit for bit", async ({ page, laboratory, context }) => {
    const { settings, a, b } = PINS[0];
    const twin = new Twin(laboratory);
    await twin.open();
    for (const [name, value] of Object.entries(settings)) await laboratory.type("dropout", name, String(value));
    await twin.card.getByRole("button", { name: "Link", exact: true }).click();
    await expect(twin.card.locator(".said")).toContainText("Link copied");
    const address = await page.evaluate(() => navigator.clipboard.readText());
    expect(address).toContain("#/overfitting/dropout?");

    const second = await context.newPage();
    await second.goto(address);
    const copy = new Twin({ page: second });
    await expect(copy.main).toBeEnabled();
    await copy.press("Run");
    await copy.finish();
    expect(await copy.fingerprint("a")).toEqual(a);
    expect(await copy.fingerprint("b")).toEqual(b);
  });
});

test("the title page's widget is in the address too, and turning pages keeps it", async ({ page, laboratory }) => {
  await laboratory.open();
  await laboratory.type("neuron", "c", "50");
  await expect(page).toHaveURL((url) => url.hash === "#/?neuron.c=50");
  await laboratory.turnTo("#/overfitting");
  await laboratory.turnTo("#/");
  await expect(laboratory.control("neuron", "c").field).toHaveValue("50");
  await page.goBack();
  await expect(page).toHaveURL((url) => url.hash.startsWith("#/overfitting"));
  await expect(page.locator("#dropout")).toBeVisible();
});

const NOTED = [
  ["a word for a number", link({ width: "abc" }), /dropout\.width.*abc.*whole number from 1 to 1000/],
  ["a number out of range", link({ width: "5000" }), /dropout\.width.*5000.*whole number from 1 to 1000/],
  ["a fraction of a unit", link({ width: "10.5" }), /dropout\.width.*10\.5/],
  ["no number at all", link({ rate: "NaN" }), /dropout\.rate.*NaN.*number from/],
  ["an endless number", link({ rate: "inf" }), /dropout\.rate.*inf/],
  ["nothing", link({ width: "" }), /dropout\.width/],
  ["an unknown optimizer", link({ optimizer: "magic" }), /dropout\.optimizer.*magic.*one of sgd/],
  ["an unknown setting", link({ nonsense: "1" }), /dropout\.nonsense.*does not know/],
  ["an unknown widget's setting", "#/overfitting?pudding.taste=9", /pudding\.taste/],
  ["broken percent signs", "#/overfitting?dropout.width=%E0%A4%A&%=%", /dropout\.width/],
  ["markup", link({ width: "<img src=x onerror=alert(1)>" }), /dropout\.width.*<img/],
];

for (const [what, hash, note] of NOTED) {
  test(`a link with ${what} leaves a note and the default`, async ({ laboratory }) => {
    const twin = new Twin(laboratory);
    await laboratory.open(hash);
    await expect(laboratory.notes.filter({ hasText: note })).toHaveCount(1);
    await expect(laboratory.control("dropout", "width").field).toHaveValue("300");
    await expect(laboratory.control("dropout", "rate").field).toHaveValue("0.05");
    await expect(twin.main).toBeEnabled();
    await laboratory.page.locator(".notes").getByRole("button", { name: "Close" }).click();
    await expect(laboratory.notes).toHaveCount(0);
  });
}

test("a link to an unknown chapter shows the title page and says so", async ({ page, laboratory }) => {
  await laboratory.open("#/alchemy?dropout.width=50");
  await expect(laboratory.notes.filter({ hasText: "alchemy" })).toHaveCount(1);
  await expect(page.locator("#neuron")).toBeVisible();
});

for (const [what, hash] of [
  ["100 kB of settings", `#/overfitting?dropout.width=50&${"x".repeat(100_000)}=1`],
  ["100 kB of chapter", `#/${"deep".repeat(25_000)}`],
]) {
  test(`a link with ${what} leaves a note`, async ({ page, laboratory }) => {
    await laboratory.open(hash);
    await expect(laboratory.notes.first()).toBeVisible();
    const lengths = (await laboratory.notes.allTextContents()).map((text) => text.length);
    expect(Math.max(...lengths)).toBeLessThan(400);
    await laboratory.turnTo("#/overfitting");
    await expect(page.locator("#dropout")).toBeVisible();
  });
}

test("an address typed into an open page sets its values", async ({ page, laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, link({ width: 64, p: 0.25, depth: "many" }));
  await expect(laboratory.control("dropout", "width").field).toHaveValue("64");
  await expect(laboratory.control("dropout", "p").field).toHaveValue("0.25");
  await expect(laboratory.notes.filter({ hasText: /dropout\.depth.*many/ })).toHaveCount(1);
});
