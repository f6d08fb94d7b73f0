// The WASM memory of the workers that train the sheet's CNN on all 5,000 training digits, in the page as it is: two runs,
// without and with dropout, from the first epoch to the last. Data, parameters, traces and packed factors all live there.

const EPOCHS = 100;
const WANTED_MEGABYTES = 96;
const LINK = `#/overfitting?dropout.network=cnn&dropout.images=5000&dropout.epochs=${EPOCHS}`;

/// Lines of text.
export async function measureMemory(page, address) {
  await page.goto("about:blank");
  await page.goto(`${address}${LINK}`);
  const card = page.locator("#dropout");
  await card.locator("button.run:enabled").click();
  await reaches(page, 2);
  const first = await megabytes(page);
  await card.locator('[data-ending="a"]', { hasText: "done." }).waitFor({ timeout: 600_000 });
  await card.locator('[data-ending="b"]', { hasText: "done." }).waitFor({ timeout: 600_000 });
  const last = await megabytes(page);
  return last.map((now, index) => {
    const kept = now <= WANTED_MEGABYTES && now === first[index];
    return (
      `memory of a worker, sheet's CNN, 5,000 images: ${first[index].toFixed(1)} MB in epoch 2, ${now.toFixed(1)} MB after epoch ${EPOCHS} ` +
      `(to reach: at most ${WANTED_MEGABYTES} and flat${kept ? "" : ", missed"})`
    );
  });
}

/// Waits until both runs are in this epoch.
async function reaches(page, epoch) {
  const past = (least) =>
    ["a", "b"].every((run) => {
      const cell = document.querySelector(`#dropout tr[data-run="run-${run}"] [data-cell="epoch"]`);
      return Number.parseFloat(cell.textContent) >= least;
    });
  await page.waitForFunction(past, epoch, { timeout: 600_000 });
}

/// The WASM memory of each training worker.
async function megabytes(page) {
  const glue = await page.evaluate(() => new URL(document.querySelector('meta[name="softstep-glue"]').content, document.baseURI).href);
  // A module that is there already is not started a second time, it only hands out what it exports.
  const bytes = page.workers().map((worker) => worker.evaluate(async (glue) => (await (await import(glue)).default()).memory.buffer.byteLength, glue));
  return (await Promise.all(bytes)).map((count) => count / 1e6);
}
