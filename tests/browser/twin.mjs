// The training panel of chapter 4, spoken to as a reader does: two runs, a without dropout and b with it.
import { expect } from "./laboratory.mjs";

/// A run that takes a second or two.
export const SHORT = { epochs: 6, images: 500, width: 50 };

/// The panel's address with some settings.
export function link(settings) {
  const pairs = Object.entries(settings).map(([key, value]) => `dropout.${key}=${value}`);
  return `#/overfitting?${pairs.join("&")}`;
}

export class Twin {
  constructor(laboratory) {
    this.laboratory = laboratory;
    this.card = laboratory.page.locator("#dropout");
    this.main = this.card.locator("button.run");
    this.alert = this.card.locator(".problems");
    this.sentence = this.card.locator(".sentence");
  }

  /// Opens the chapter with these settings and waits until training can start.
  async open(settings = {}) {
    await this.laboratory.open(link(settings));
    await expect(this.main).toBeEnabled();
  }

  button(name) {
    return this.card.locator(".transport").getByRole("button", { name, exact: true });
  }

  async press(name) {
    await this.button(name).click();
  }

  /// A cell of the table: `run` a or b, `name` as in `data-cell`.
  cell(run, name) {
    return this.card.locator(`tr[data-run="run-${run}"] [data-cell="${name}"]`);
  }

  /// A cell's number; NaN while it holds a dash.
  async number(run, name) {
    return Number.parseFloat(await this.cell(run, name).textContent());
  }

  ending(run) {
    return this.card.locator(`[data-ending="${run}"]`);
  }

  /// Waits until the runs are done.
  async finish(runs = ["a", "b"], timeout = 120_000) {
    for (const run of runs) await expect(this.ending(run)).toContainText("done.", { timeout });
  }

  async paused() {
    for (const run of ["a", "b"]) await expect(this.ending(run)).toContainText("paused.");
  }

  /// Waits until a run's epoch is past a number.
  async pastEpoch(run, epoch) {
    await expect.poll(() => this.number(run, "epoch")).toBeGreaterThan(epoch);
  }

  /// Parameters and fingerprint that a finished run states.
  async fingerprint(run) {
    const text = await this.ending(run).textContent();
    const found = /Fingerprint of ([\d,]+) parameters: ([0-9a-f]{16})\./.exec(text);
    expect(found, `a fingerprint in: ${text}`).not.toBeNull();
    return { parameters: Number(found[1].replaceAll(",", "")), checksum: found[2] };
  }

  /// Everything that the panel shows of both runs: numbers, figures, progress.
  async picture() {
    return this.card.evaluate((card) => ({
      cells: [...card.querySelectorAll("[data-cell]")].map((cell) => cell.textContent),
      figures: [...card.querySelectorAll(".plot canvas")].map((canvas) => canvas.getAttribute("aria-label")),
      progress: card.querySelector(".transport progress").value,
      sentence: card.querySelector(".sentence").textContent,
    }));
  }
}
