// How smoothly the page moves while both workers train. Reported, not judged: times depend on the machine.
import { test, expect } from "./laboratory.mjs";
import { Twin } from "./twin.mjs";

const FRAMES = 200;

test("frames while two networks train", async ({ page, laboratory }) => {
  const twin = new Twin(laboratory);
  await twin.open({ epochs: 1000, images: 1000, width: 300 });
  await twin.press("Run");
  await twin.pastEpoch("b", 1);
  const { deltas, long } = await page.evaluate(
    (frames) =>
      new Promise((done) => {
        const long = [];
        const types = ["long-animation-frame", "longtask"].filter((type) => PerformanceObserver.supportedEntryTypes.includes(type));
        const observers = types.map((type) => {
          const observer = new PerformanceObserver((list) => list.getEntries().forEach((entry) => long.push({ type, ms: entry.duration })));
          observer.observe({ type });
          return observer;
        });
        const deltas = [];
        let last = null;
        const frame = (time) => {
          if (last !== null) deltas.push(time - last);
          last = time;
          if (deltas.length < frames) return requestAnimationFrame(frame);
          observers.forEach((observer) => observer.disconnect());
          done({ deltas, long });
        };
        requestAnimationFrame(frame);
      }),
    FRAMES,
  );
  await expect(twin.main).toHaveText("Pause"); // Both were still at it.
  await twin.press("Stop");

  expect(deltas).toHaveLength(FRAMES);
  const sorted = deltas.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1);
  const of = (type) => long.filter((entry) => entry.type === type);
  const words = (type) => `${of(type).length} of type ${type}${of(type).length ? ` (longest ${Math.max(...of(type).map(({ ms }) => ms)).toFixed(0)} ms)` : ""}`;
  const text = `${FRAMES} frames: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, longest ${at(1)} ms; ${words("long-animation-frame")}, ${words("longtask")}`;
  test.info().annotations.push({ type: "frames", description: text });
  console.log(text);
});
