// The two lives of one binary. In the page: compile the module once, start it, and offer `spawn_worker`.
// In a worker: wait for the compiled module and start it there. A module script of this host, so that the
// page's Content-Security-Policy needs neither inline scripts nor blob: workers.

if (typeof document === "undefined") {
  // The first message holds the module; what arrives until the program listens is kept and handed over.
  const early = [];
  self.onmessage = async ({ data }) => {
    self.onmessage = (event) => early.push(event);
    const glue = await import(data.glue);
    await glue.default({ module_or_path: data.module });
    for (const event of early) self.onmessage(event);
  };
} else {
  boot().catch((error) => {
    console.error(error);
    const status = document.getElementById("boot-status");
    if (!status) return;
    status.setAttribute("role", "alert");
    status.textContent =
      "The laboratory could not start: " + (error && error.message ? error.message : error) + ". " +
      "It needs a browser with WebAssembly SIMD and module workers (Chrome or Edge 91, Firefox 114, Safari 16.4, or newer), " +
      "and must be opened from a web server, not from a file. Update the browser or reload the page.";
  });
}

async function boot() {
  const address = (name) => new URL(document.querySelector(`meta[name="${name}"]`).content, document.baseURI).href;
  const glue_address = address("softstep-glue");
  const [module, glue] = await Promise.all([compile(address("softstep-module")), import(glue_address)]);
  globalThis.softstep = {
    spawn_worker(name) {
      const worker = new Worker(import.meta.url, { type: "module", name });
      worker.postMessage({ module, glue: glue_address });
      return worker;
    },
  };
  await glue.default({ module_or_path: module });
}

async function compile(address) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`the program file answered with status ${response.status}`);
  // Some hosts serve WASM with another type, which streaming compilation refuses.
  const streaming = (response.headers.get("Content-Type") || "").startsWith("application/wasm");
  return streaming ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}
