// The same recipe gives the same weights, bit for bit.
import { test, expect } from "./laboratory.mjs";
import { PINS } from "./fingerprints.mjs";
import { Twin } from "./twin.mjs";

for (const { name, settings, a, b } of PINS) {
  test(`${name}: fingerprints are the pinned ones, and the same after a reload of the link`, async ({ page, laboratory }) => {
    const twin = new Twin(laboratory);
    await twin.open(settings);
    const run = async () => {
      await twin.press("Run");
      await twin.finish();
      return { a: await twin.fingerprint("a"), b: await twin.fingerprint("b") };
    };
    const first = await run();
    await page.reload();
    await expect(twin.main).toBeEnabled();
    await expect(twin.ending("a")).toHaveText("");
    const second = await run();
    expect(second).toEqual(first);
    expect(first).toEqual({ a, b });
    expect(a.checksum, "dropout changes the weights").not.toBe(b.checksum);
  });
}

test("another seed gives other weights", async ({ laboratory }) => {
  const { settings, a } = PINS[0];
  const twin = new Twin(laboratory);
  await twin.open({ ...settings, seed: 2 });
  await twin.press("Run");
  await twin.finish();
  expect((await twin.fingerprint("a")).checksum).not.toBe(a.checksum);
});
