// `node bench.mjs FOLDER`: speed of the engine in Chromium, on a page built with the Cargo feature `bench`, against the
// limit of this machine measured in the same rounds; two workers at once; the memory of a worker that trains; and how long
// a slider's move takes to reach the screen.
import { chromium } from "@playwright/test";
import { CHROMIUM_ARGUMENTS } from "./chromium.mjs";
import { measureEngine } from "./bench/engine.mjs";
import { measureMemory } from "./bench/memory.mjs";
import { measureTwoWorkers } from "./bench/two-workers.mjs";
import { serve } from "./serve.mjs";
import { measureSliders } from "./sliders.mjs";

const folder = process.argv[2];
if (!folder) throw new Error("Name the folder of a page built with --features bench.");
const { server, address } = await serve(folder, 0, { "two-workers-worker.js": new URL("./bench/two-workers-worker.js", import.meta.url) });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || undefined, args: CHROMIUM_ARGUMENTS });
try {
  const page = await browser.newPage();
  await page.goto(address);
  await page.locator("#neuron .plot canvas").waitFor();
  console.log(await measureEngine(page));
  console.log(await measureTwoWorkers(page));
  for (const line of await measureMemory(page, address)) console.log(line);
  console.log();
  for (const line of await measureSliders(page, address)) console.log(line);
} finally {
  await browser.close();
  server.close();
}
