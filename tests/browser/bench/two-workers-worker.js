// One worker with an engine of its own: trains the first case of the list for as long as it is told.
self.onmessage = async ({ data: { glue: address, module, port } }) => {
  const glue = await import(address);
  await glue.default({ module_or_path: module });
  const workload = new glue.BenchWorkload(0);
  port.onmessage = ({ data: milliseconds }) => {
    const start = performance.now();
    let samples = 0;
    while (performance.now() - start < milliseconds) samples += workload.run(1);
    port.postMessage((1000 * samples) / (performance.now() - start));
  };
  port.postMessage("ready");
};
