// What every test has: a page whose every complaint fails the test, and the words to speak of what is on it.
import { test as base, expect } from "@playwright/test";

export { expect };

export const test = base.extend({
  /// Patterns of complaints that a test brings about on purpose.
  provoked: async ({}, use) => {
    await use([]);
  },
  complaints: [
    async ({ context, baseURL, provoked }, use) => {
      const complaints = [];
      listen(context, new URL(baseURL), complaints);
      await use(complaints);
      const unexpected = complaints.filter((text) => !provoked.some((pattern) => pattern.test(text)));
      expect(unexpected, "complaints of the page while the test ran").toEqual([]);
    },
    { auto: true },
  ],
  laboratory: async ({ page }, use) => {
    await use(new Laboratory(page));
  },
});

/// Collects everything that must not happen in any tab of the context, workers included.
function listen(context, home, complaints) {
  context.on("console", (message) => {
    if (["error", "warning", "assert"].includes(message.type())) complaints.push(`console ${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (error) => complaints.push(`uncaught error: ${error.error().message}`));
  context.on("requestfailed", (request) => {
    // The browser fetches a tab's icon when it likes, and drops that when the tab goes on to another address.
    const error = request.failure()?.errorText;
    if (error === "net::ERR_ABORTED" && /\/icon-\w+\.svg$/.test(request.url())) return;
    complaints.push(`request failed: ${request.url()} ${error}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`status ${response.status()}: ${response.url()}`);
  });
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (["data:", "blob:"].includes(url.protocol)) return;
    if (url.origin !== home.origin || !url.pathname.startsWith(home.pathname)) complaints.push(`request beside the page: ${url.href}`);
  });
}

/// The page in one tab.
export class Laboratory {
  constructor(page) {
    this.page = page;
    /// The view that is shown.
    this.view = page.locator(".view:not([hidden])");
    this.notes = page.locator(".notes .note li");
  }

  /// Opens an address like `#/overfitting?dropout.width=50` in a fresh page.
  async open(hash = "") {
    await this.page.goto("about:blank");
    await this.page.goto(`./${hash}`);
    await expect(this.view.locator("h1")).toBeVisible();
  }

  /// The views that the table of contents lists, as addresses behind `#`.
  async views() {
    const links = this.page.locator("nav.contents > ul > li > a");
    await expect(links.first()).toBeAttached();
    return links.evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute("href")));
  }

  /// Turns to a view without loading the page anew.
  async turnTo(hash) {
    await this.page.evaluate((hash) => {
      location.hash = hash;
    }, hash);
    await expect(this.page.locator(`nav.contents > ul > li > a[href="${hash}"]`)).toHaveAttribute("aria-current", "page");
    await expect(this.view.locator("h1")).toBeVisible();
    await this.settled();
  }

  /// Chooses a theme: light, dark, projector or system.
  async wear(theme) {
    await this.page.getByRole("radio", { name: theme }).check();
    if (theme !== "system") await expect(this.page.locator("html")).toHaveAttribute("data-theme", theme);
  }

  /// Fonts are loaded and every figure of the view holds a drawing.
  async settled() {
    await this.page.evaluate(() => document.fonts.ready.then(() => undefined));
    for (const canvas of await this.view.locator(".plot canvas:visible").all()) {
      await expect.poll(() => canvas.evaluate(inkOf), { message: "a figure is drawn" }).toBeGreaterThan(0);
    }
    await this.frames(2);
  }

  /// Waits until so many frames were shown.
  async frames(count) {
    await this.page.evaluate(
      (count) =>
        new Promise((done) => {
          const next = (left) => (left === 0 ? done() : requestAnimationFrame(() => next(left - 1)));
          next(count);
        }),
      count,
    );
  }

  /// One control of a widget: its slider, its number field, its radio buttons.
  control(widget, name) {
    const box = this.page.locator(`#${widget} [data-control="${name}"]`);
    return {
      box,
      slider: box.locator('input[type="range"]'),
      field: box.locator("input.number"),
      option: (text) => box.getByRole("radio", { name: text, exact: true }),
      complaint: box.locator(".complaint"),
    };
  }

  /// Types a number into a control's field.
  async type(widget, name, text) {
    const { field } = this.control(widget, name);
    await field.fill(text);
    await field.press("Enter");
  }
}

/// Pixels of a canvas that are not empty; for evaluation in the page.
export function inkOf(canvas) {
  if (canvas.width === 0 || canvas.height === 0) return 0;
  // Read from a copy: Chromium moves a canvas that is read several times off the graphics card, and warns.
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  let ink = 0;
  for (let alpha = 3; alpha < data.length; alpha += 4) if (data[alpha] > 0) ink += 1;
  return ink;
}
