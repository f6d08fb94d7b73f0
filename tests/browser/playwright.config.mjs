// `npx playwright test` in this folder tests ../../dist; another folder: SOFTSTEP_DIST=/some/folder.
import { createServer } from "node:net";
import { resolve } from "node:path";
import { defineConfig } from "@playwright/test";
import { CHROMIUM_ARGUMENTS } from "./chromium.mjs";
import { PATH } from "./serve.mjs";

const folder = resolve(import.meta.dirname, process.env.SOFTSTEP_DIST ?? "../../dist");
// Playwright's own processes read this file again: they must find the port that the first one chose.
process.env.SOFTSTEP_PORT ??= String(await freePort());
const port = process.env.SOFTSTEP_PORT;
const address = `http://127.0.0.1:${port}${PATH}`;

export default defineConfig({
  testDir: ".",
  outputDir: "results",
  reporter: [["list"]],
  forbidOnly: true,
  fullyParallel: true,
  // Training takes two cores by itself.
  workers: 2,
  // Real networks are trained, possibly on a busy machine: generous limits for waiting, which cost nothing when all is well.
  timeout: 180_000,
  expect: { timeout: 60_000 },
  use: {
    baseURL: address,
    viewport: { width: 1280, height: 900 },
    launchOptions: { executablePath: process.env.CHROMIUM || undefined, args: CHROMIUM_ARGUMENTS },
    trace: "retain-on-failure",
  },
  webServer: { command: `node serve.mjs "${folder}" ${port}`, url: address, reuseExistingServer: false },
  projects: [
    { name: "page", testIgnore: /frames\.spec/ },
    // Frame times mean something only while no other test runs.
    { name: "frames", testMatch: /frames\.spec/, dependencies: ["page"] },
  ],
});

function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer().once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
