// `node bench/peers.mjs PAGE ENGINE PYTHON BURN`: the sheet's network in softstep and in its peers, round by round in turn,
// native ones in processes of their own, those for the browser in Chromium. PAGE is the folder of a page built with the
// feature bench, ENGINE the engine's native benchmark, PYTHON an interpreter that has PyTorch, BURN the program of
// benches/peers/burn; a dash leaves one out.
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import sirv from "sirv";
import { CHROMIUM_ARGUMENTS } from "../chromium.mjs";
import { serve } from "../serve.mjs";

const ROUNDS = 7;
const LEAST_MS = 150;
const PEERS = fileURLToPath(new URL("../../../benches/peers/", import.meta.url));
const COLUMNS = [["train", 10], ["train", 32], ["train", 128], ["predict", 1], ["predict", 256]];

const [folder, engine, python, burn] = process.argv.slice(2);
const participants = [];
const closing = [];
try {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || undefined, args: CHROMIUM_ARGUMENTS });
  closing.push(() => browser.close());
  participants.push(await softstepInChromium(browser, folder));
  participants.push(await native(engine, ["peer"]));
  if (python !== "-") participants.push(await native(python, [`${PEERS}pytorch/peer.py`]));
  if (burn !== "-") participants.push(await native(burn, []));
  participants.push(...(await peersInChromium(browser)));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const participant of participants) participant.rounds.push(await participant.round());
  }
  console.log(table());
} finally {
  for (const close of closing) await close();
}

/// A program that says who it is and then answers each line with a round's rates.
async function native(program, options) {
  const child = spawn(program, options, { stdio: ["pipe", "pipe", "inherit"] });
  closing.push(() => child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${program} ended without an answer`);
    return JSON.parse(value);
  };
  const { ready } = await answer();
  const round = () => {
    child.stdin.write("round\n");
    return answer();
  };
  return { name: ready, round, rounds: [] };
}

async function softstepInChromium(browser, folder) {
  const { server, address } = await serve(folder);
  closing.push(() => server.close());
  const page = await browser.newPage();
  await page.goto(address);
  await page.locator("#neuron .plot canvas").waitFor();
  const round = () => page.evaluate(async (least) => {
    const glue = await import(new URL(document.querySelector('meta[name="softstep-glue"]').content, document.baseURI).href);
    window.peer ??= glue.bench_peer_cases().map((text) => {
      const [name, batch, index] = text.split(" ");
      return { name, batch: Number(batch), workload: new glue.BenchWorkload(Number(index)) };
    });
    return window.peer.map(({ name, batch, workload }) => {
      const start = performance.now();
      let samples = 0;
      do samples += workload.run(name === "train" ? 1 : Math.ceil(64 / batch));
      while (performance.now() - start < least);
      return { name, batch, samples_per_second: (1000 * samples) / (performance.now() - start) };
    });
  }, LEAST_MS);
  await round();
  return { name: "softstep, Chromium, one worker's core", round, rounds: [] };
}

async function peersInChromium(browser) {
  const server = createServer(sirv(`${PEERS}browser`, { dev: true }));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  closing.push(() => server.close());
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/page.html`);
  const names = await page.evaluate(() => window.peerNames);
  return Promise.all(names.map(async (name) => {
    const round = () => page.evaluate(([name, least]) => window.peerRound(name, least), [name, LEAST_MS]);
    return { name: `${name}, Chromium`, round, rounds: [] };
  }));
}

/// Medians of the rounds; of several settings of a peer the best one.
function table() {
  const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
  const cell = ({ rounds }, [kind, batch]) => {
    const fits = ({ name, batch: own }) => name.split(",")[0] === kind && own === batch;
    const settings = [...new Set(rounds.flat().filter(fits).map(({ name }) => name))];
    const rates = settings.map((setting) => ({
      setting: setting.split(", ").slice(1).join(", "),
      rate: median(rounds.map((round) => round.find((entry) => entry.name === setting && entry.batch === batch).samples_per_second)),
    }));
    const best = rates.toSorted((a, b) => b.rate - a.rate)[0];
    return best ? `${best.rate.toFixed(0)}${best.setting ? ` (${best.setting})` : ""}` : "";
  };
  const head = `| samples/s | ${COLUMNS.map(([kind, batch]) => `${kind} ${batch}`).join(" | ")} |\n|---|${COLUMNS.map(() => "---|").join("")}`;
  const rows = participants.map((one) => `| ${one.name} | ${COLUMNS.map((column) => cell(one, column)).join(" | ")} |`);
  return [head, ...rows, `Medians of ${ROUNDS} rounds, all in turn.`].join("\n");
}
