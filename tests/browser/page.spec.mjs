// The frame around the chapters: what is loaded, from where, under which policy, and that nothing begins unasked.
import { test, expect } from "./laboratory.mjs";
import { PATH } from "./serve.mjs";

test("every view opens below a sub-path, by itself and without a complaint", async ({ page, laboratory }) => {
  await laboratory.open();
  expect(new URL(page.url()).pathname).toBe(PATH);
  const views = await laboratory.views();
  expect(views).toContain("#/");
  expect(views).toContain("#/overfitting");
  for (const view of views) {
    await laboratory.open(view);
    await laboratory.settled();
    await expect(laboratory.view).toHaveCount(1);
    await expect(laboratory.view.locator("h1")).toHaveCount(1);
    await expect(page.locator('nav.contents a[aria-current="page"]')).toHaveAttribute("href", view);
    // Never trains unasked: no worker, and every widget keeps its id to itself.
    expect(page.workers()).toHaveLength(0);
    const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map((element) => element.id));
    expect(new Set(ids).size, `${view}: ids are unique`).toBe(ids.length);
  }
});

test("all views open in one page keep unique ids, and every entry of the contents leads somewhere", async ({ page, laboratory }) => {
  await laboratory.open();
  for (const view of await laboratory.views()) await laboratory.turnTo(view);
  const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map((element) => element.id));
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  const widgets = await page.locator("nav.contents ul ul a").evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute("href").split("/")[2]));
  expect(widgets.filter((id) => !ids.includes(id))).toEqual([]);
  expect(widgets).toContain("dropout");
});

test("the policy forbids inline scripts and other hosts, and the page needs neither", async ({ page, laboratory, complaints }) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await laboratory.open("#/overfitting");
  await expect(page.locator("#dropout button.run")).toBeEnabled();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  const rules = Object.fromEntries(policy.split(";").map((rule) => rule.trim().split(/\s+(.*)/s, 2)));
  expect(rules["default-src"]).toBe("'none'");
  expect(rules["script-src"]).toBe("'self' 'wasm-unsafe-eval'");
  expect(rules["worker-src"]).toBe("'self'");
  expect(rules["connect-src"]).toBe("'self'");
  expect(policy).not.toMatch(/https?:|unsafe-inline|'unsafe-eval'|\*/);
  expect(await page.locator("script:not([src])").count()).toBe(0);
  expect(await page.evaluate(() => [...document.querySelectorAll("*")].flatMap((element) => element.getAttributeNames()).filter((name) => name.startsWith("on")))).toEqual([]);
  const home = new URL(page.url());
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter((url) => new URL(url).origin !== home.origin && !/^(data|blob):/.test(url))).toEqual([]);
  expect(complaints).toEqual([]);
});

test("the policy works: a script put into the page does not run, another host is not asked", async ({ page, laboratory, provoked, baseURL }) => {
  provoked.push(/Content Security Policy/, /request failed/, /request beside the page/);
  await laboratory.open();
  const outcome = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.intruded = true";
    document.body.append(script);
    const elsewhere = await fetch("https://example.invalid/").then(
      () => "answered",
      () => "refused",
    );
    return { intruded: window.intruded ?? false, elsewhere };
  });
  expect(outcome).toEqual({ intruded: false, elsewhere: "refused" });
  expect(baseURL).toContain(PATH);
});

test("titles follow the view; Back and Forward turn pages", async ({ page, laboratory }) => {
  await laboratory.open();
  const home = await page.title();
  await page.locator('nav.contents a[href="#/overfitting"]').first().click();
  await expect(page).toHaveTitle(/Overfitting/);
  await page.goBack();
  await expect(page).toHaveTitle(home);
  await page.goForward();
  await expect(page).toHaveTitle(/Overfitting/);
});

test("who goes back at once, while the address is still to be written, gets back", async ({ page, laboratory }) => {
  await laboratory.open();
  const home = await page.title();
  // One more entry in the history each time, left as soon as it is there: the write of its address is then still waiting.
  for (let turn = 0; turn < 8; turn += 1) {
    await page.locator('nav.contents a[href="#/overfitting"]').first().click();
    await expect(page).toHaveTitle(/Overfitting/);
    await page.goBack();
    await expect(page).toHaveTitle(home);
  }
  expect(new URL(page.url()).hash).toBe("#/");
});

test("turning a page neither ends a run nor loses a setting", async ({ page, laboratory }) => {
  await laboratory.open("#/overfitting?dropout.epochs=1000&dropout.images=300&dropout.width=40");
  const card = page.locator("#dropout");
  await card.getByRole("button", { name: "Run", exact: true }).click();
  const epoch = async () => Number.parseFloat(await card.locator('tr[data-run="run-a"] [data-cell="epoch"]').textContent());
  await expect.poll(epoch).toBeGreaterThan(1);
  await laboratory.turnTo("#/");
  const left = await epoch();
  await expect.poll(epoch).toBeGreaterThan(left + 1);
  await laboratory.turnTo("#/overfitting");
  await expect(card.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
  await expect(laboratory.control("dropout", "images").field).toHaveValue("300");
  await card.getByRole("button", { name: "Stop", exact: true }).click();
});

test("a program file that does not come is explained instead of an empty page", async ({ page, provoked }) => {
  provoked.push(/_bg\.wasm/, /Failed to load resource/, /status 500/, /program file answered/);
  await page.route("**/*_bg.wasm", (route) => route.fulfill({ status: 500, body: "" }));
  await page.goto("./");
  await expect(page.getByRole("alert")).toContainText("The laboratory could not start: the program file answered with status 500");
});
