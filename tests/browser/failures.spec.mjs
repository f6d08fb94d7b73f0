// What fails says so in words, harms nothing else, and can be begun again.
import { test, expect } from "./laboratory.mjs";
import { Twin } from "./twin.mjs";

/// Long enough to be met on its way, short enough to end while a test watches.
const LONG = { epochs: 150, images: 500, width: 60 };

/// The digits' file, and what Chromium's console says when it does not come.
const NO_DIGITS = [/digits\.idx\.gz/, /Failed to load resource/];

/// The run that has not ended well, and the other one.
async function whichDied(twin) {
  await expect(twin.alert).toContainText("press Start over to begin again");
  return (await twin.alert.textContent()).includes("without dropout") ? ["a", "b"] : ["b", "a"];
}

test("a worker that dies is noticed, the other run ends unharmed, and Run starts both again", async ({ page, laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open(LONG);
  await twin.press("Run");
  await twin.pastEpoch("a", 1);
  await twin.pastEpoch("b", 1);
  expect(page.workers()).toHaveLength(2);
  // The worker may be gone before it can answer.
  await page.workers()[0].evaluate(() => self.close()).catch(() => {});
  await expect(twin.alert).toContainText("has not answered for 10 seconds", { timeout: 30_000 });
  const [dead, alive] = await whichDied(twin);
  expect(await twin.number(dead, "epoch")).toBeLessThan(LONG.epochs);
  expect(await twin.number(dead, "test-error"), "what was measured is kept").toBeGreaterThan(0);
  await twin.finish([alive]);
  expect(await twin.number(alive, "epoch")).toBe(LONG.epochs);

  await laboratory.type("dropout", "epochs", "2");
  await expect(twin.main).toHaveText("Run");
  await twin.press("Run");
  await expect(twin.alert).toHaveText("");
  await twin.finish();
  for (const run of ["a", "b"]) expect(await twin.number(run, "epoch")).toBe(2);
  expect(page.workers()).toHaveLength(2);
});

test("a worker that throws is named with its error", async ({ page, laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open(LONG);
  await twin.press("Run");
  await twin.pastEpoch("a", 1);
  await twin.pastEpoch("b", 1);
  await page.workers()[0].evaluate(() => {
    setTimeout(() => {
      throw new Error("thrown by a test");
    });
  });
  await expect(twin.alert).toContainText("stopped with an error: Uncaught Error: thrown by a test");
  const [dead, alive] = await whichDied(twin);
  await expect(twin.ending(dead)).toHaveText("");
  const epoch = await twin.number(alive, "epoch");
  await twin.pastEpoch(alive, Math.min(epoch + 1, LONG.epochs - 1));
  await twin.press("Start over");
  await expect(twin.alert).toHaveText("");
  await twin.pastEpoch(dead, 1);
});

test("both workers dying gives two messages and Run begins anew", async ({ page, laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open(LONG);
  await twin.press("Run");
  await twin.pastEpoch("b", 1);
  for (const worker of page.workers()) {
    await worker.evaluate(() => {
      setTimeout(() => {
        throw new Error("thrown by a test");
      });
    });
  }
  await expect(twin.alert.locator("p")).toHaveCount(2);
  await laboratory.type("dropout", "epochs", "1");
  await twin.press("Run");
  await twin.finish();
});

test("digits that do not come: a message, and Try again fetches them", async ({ page, laboratory, provoked }) => {
  provoked.push(...NO_DIGITS);
  await page.route("**/digits.idx.gz", (route) => route.abort());
  const twin = new Twin(laboratory);
  await laboratory.open("#/overfitting?dropout.epochs=1&dropout.images=100&dropout.width=20");
  const message = twin.card.getByText("The 10,000 handwritten digits could not be loaded");
  await expect(message).toBeVisible();
  await expect(twin.main).toBeDisabled();
  await twin.card.getByRole("button", { name: "Try again" }).click();
  await expect(message).toBeVisible();
  await page.unroute("**/digits.idx.gz");
  await twin.card.getByRole("button", { name: "Try again" }).click();
  await expect(twin.main).toBeEnabled();
  await expect(message).toHaveCount(0);
  await twin.press("Run");
  await twin.finish();
});

test("digits that the host does not have: the message names the host's answer", async ({ page, laboratory, provoked }) => {
  provoked.push(...NO_DIGITS);
  await page.route("**/digits.idx.gz", (route) => route.fulfill({ status: 503, body: "later" }));
  const twin = new Twin(laboratory);
  await laboratory.open("#/overfitting");
  await expect(twin.card.getByText("the host answered with status 503")).toBeVisible();
  await page.unroute("**/digits.idx.gz");
  await twin.card.getByRole("button", { name: "Try again" }).click();
  await expect(twin.main).toBeEnabled();
});

for (const [what, body] of [
  ["some other file", "this is not the file that the page wants"],
  ["an empty file", ""],
]) {
  test(`digits that are ${what}: the page says so instead of training`, async ({ page, laboratory }) => {
    await page.route("**/digits.idx.gz", (route) => route.fulfill({ status: 200, contentType: "application/gzip", body }));
    const twin = new Twin(laboratory);
    await twin.open();
    await twin.press("Run");
    await expect(twin.alert.locator("p")).toHaveCount(2);
    await expect(twin.cell("a", "test-error")).toHaveText("\u2013");
    await expect(twin.main).toHaveText("Run");
  });
}

test("a loss that explodes stops the run, says why, and the way back works", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open({ images: 300, width: 60, epochs: 6 });
  await twin.press("One epoch");
  await twin.paused();
  const loss = { a: await twin.number("a", "training-loss"), b: await twin.number("b", "training-loss") };
  await laboratory.type("dropout", "rate", "10");
  await twin.press("Go on");
  for (const run of ["a", "b"]) {
    const note = twin.card.locator(`[data-diverged="${run}"]`);
    await expect(note).toContainText(/the loss (rose to|is not a number)/);
    await expect(note).toContainText("lower the learning rate");
  }
  await expect(twin.main).toHaveText("Run");

  await laboratory.type("dropout", "rate", "0.02");
  for (const run of ["a", "b"]) {
    await twin.card.locator(`[data-diverged="${run}"]`).getByRole("button", { name: /^Back to epoch \d+$/ }).click();
    await expect(twin.card.locator(`[data-diverged="${run}"]`)).toHaveCount(0);
  }
  await twin.paused();
  for (const run of ["a", "b"]) {
    const epoch = await twin.number(run, "epoch");
    expect(epoch).toBeGreaterThanOrEqual(1);
    expect(Number.isInteger(epoch)).toBe(true);
    // Back to the first epoch means back to its numbers.
    if (epoch === 1) expect(await twin.number(run, "training-loss")).toBe(loss[run]);
  }
  await expect(twin.main).toHaveText("Go on");
  await twin.press("Go on");
  await twin.finish();
  for (const run of ["a", "b"]) {
    expect(await twin.number(run, "epoch")).toBe(6);
    expect(await twin.number(run, "training-loss")).toBeLessThan(2.4);
  }
});

test("a recipe that cannot be trained is refused in words before it starts, and one that can is not", async ({ laboratory }) => {
  const twin = new Twin(laboratory);
  await laboratory.open("#/overfitting?dropout.images=10&dropout.batch=500&dropout.epochs=1");
  await expect(twin.alert).toContainText("must be from 1 to 10");
  await expect(twin.main).toBeDisabled();
  await laboratory.type("dropout", "batch", "10");
  await expect(twin.alert).toHaveText("");
  await expect(twin.main).toBeEnabled();
  await twin.press("Run");
  await twin.finish();
});
