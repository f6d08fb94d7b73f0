// The homework sheet's network in TensorFlow.js and in ConvNetJS, each as its own manual trains it. `peers` has for each
// engine a promise of its cases: { name, batch, work(), samples }, work being asynchronous.

const EXAMPLES = 512;

// Made-up images of which four fifths of the pixels are 0, as in digits: the engine's own workload.
const pixels = Float32Array.from({ length: EXAMPLES * 784 }, (_, at) => {
  const bright = (Math.floor(at / 784) * 131 + (at % 784) * 17) % 101;
  return bright < 20 ? bright / 20 : 0;
});
const labels = Int32Array.from({ length: EXAMPLES }, (_, example) => (example * 7) % 10);

/// The WASM backend has no gradient of a convolution's kernel, so this adds one out of products that it has, for stride 1
/// without padding: the sum over all places of what a weight sees there times the gradient.
function addKernelGradient() {
  tf.registerKernel({
    kernelName: "Conv2DBackpropFilter",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs }) => {
      const [size, , channels, maps] = attrs.filterShape;
      const [batch, rows, columns] = inputs.dy.shape;
      // Kernels run outside of tf's own bookkeeping: tensors are made from what was handed in.
      const engine = tf.engine();
      const asTensor = ({ dataId, shape, dtype }) => engine.makeTensorFromTensorInfo({ dataId, shape, dtype });
      return tf.tidy(() => {
        const x = asTensor(inputs.x);
        const gradient = asTensor(inputs.dy).reshape([batch * rows * columns, maps]);
        const seen = [];
        for (let row = 0; row < size; row += 1) {
          for (let column = 0; column < size; column += 1) {
            seen.push(x.slice([0, row, column, 0], [batch, rows, columns, channels]).reshape([1, batch * rows * columns, channels]));
          }
        }
        // One channel needs no transposing: reshaping moves nothing.
        const patches = channels === 1 ? tf.concat(seen, 0) : tf.concat(seen, 0).transpose([0, 2, 1]);
        return patches.reshape([size * size * channels, batch * rows * columns]).matMul(gradient).reshape(attrs.filterShape);
      });
    },
  });
}

async function tensorflow() {
  tf.wasm.setWasmPaths("node_modules/@tensorflow/tfjs-backend-wasm/dist/");
  addKernelGradient();
  await tf.setBackend("wasm");
  await tf.ready();
  const images = tf.tensor4d(pixels, [EXAMPLES, 28, 28, 1]);
  const targets = tf.oneHot(tf.tensor1d(labels, "int32"), 10).toFloat();
  const network = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 20, kernelSize: 5, activation: "relu" }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 100, activation: "relu" }),
      tf.layers.dense({ units: 10 }),
    ],
  });
  const optimizer = tf.train.sgd(0.01);
  const train = (batch) => async () => {
    const order = tf.util.createShuffledIndices(EXAMPLES);
    let loss;
    for (let first = 0; first < EXAMPLES; first += batch) {
      const chosen = Int32Array.from(order.slice(first, first + batch));
      loss?.dispose();
      loss = tf.tidy(() => {
        const indices = tf.tensor1d(chosen, "int32");
        const [x, y] = [images.gather(indices), targets.gather(indices)];
        return optimizer.minimize(() => tf.losses.softmaxCrossEntropy(y, network.apply(x, { training: true })), true);
      });
    }
    await loss.data();
    loss.dispose();
  };
  const predict = (batch) => async () => {
    const some = images.slice([0], [batch]);
    for (let times = 0; times < Math.max(1, 64 / batch); times += 1) {
      const outputs = network.predict(some, { batchSize: batch });
      await outputs.data();
      outputs.dispose();
    }
    some.dispose();
  };
  return [
    ...[10, 32, 128].map((batch) => ({ name: "train", batch, work: train(batch), samples: EXAMPLES })),
    ...[1, 256].map((batch) => ({ name: "predict", batch, work: predict(batch), samples: batch * Math.max(1, 64 / batch) })),
  ];
}

async function convnet() {
  const network = new convnetjs.Net();
  network.makeLayers([
    { type: "input", out_sx: 28, out_sy: 28, out_depth: 1 },
    { type: "conv", sx: 5, filters: 20, stride: 1, pad: 0, activation: "relu" },
    { type: "pool", sx: 2, stride: 2 },
    { type: "fc", num_neurons: 100, activation: "relu" },
    { type: "softmax", num_classes: 10 },
  ]);
  const images = Array.from({ length: EXAMPLES }, (_, example) => {
    const image = new convnetjs.Vol(28, 28, 1, 0);
    image.w.set(pixels.subarray(example * 784, (example + 1) * 784));
    return image;
  });
  // It learns image by image; this many are enough for a round.
  const SOME = 128;
  const train = (batch) => {
    const trainer = new convnetjs.Trainer(network, { method: "sgd", learning_rate: 0.01, momentum: 0, l2_decay: 0, batch_size: batch });
    return async () => {
      for (let example = 0; example < SOME; example += 1) trainer.train(images[example], labels[example]);
    };
  };
  const predict = async () => {
    for (let example = 0; example < SOME; example += 1) network.forward(images[example]);
  };
  return [
    ...[10, 32, 128].map((batch) => ({ name: "train", batch, work: train(batch), samples: SOME })),
    { name: "predict", batch: 1, work: predict, samples: SOME },
  ];
}

/// Names as they stand in the table; each is started when it is first asked.
const PEERS = { "TensorFlow.js, WASM, 1 thread, the missing kernel added": tensorflow, "ConvNetJS": convnet };
const started = {};

window.peerNames = Object.keys(PEERS);

/// One round of a peer's cases: [{ name, batch, samples_per_second }].
window.peerRound = async (peer, least) => {
  started[peer] ??= PEERS[peer]();
  const rates = [];
  for (const { name, batch, work, samples } of await started[peer]) {
    const start = performance.now();
    let done = 0;
    do {
      await work();
      done += samples;
    } while (performance.now() - start < least);
    rates.push({ name, batch, samples_per_second: (1000 * done) / (performance.now() - start) });
  }
  return rates;
};
