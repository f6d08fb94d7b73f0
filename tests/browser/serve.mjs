// Serves a folder under a path of its own and nothing beside it, as a course's web space would: an address that the
// page takes from the root of the host finds nothing. `node serve.mjs FOLDER PORT` prints the address.
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import sirv from "sirv";

/// Where the page is found on the host.
export const PATH = "/courses/deep-learning/softstep/";

/// Serves `folder` at 127.0.0.1:`port` (0: any free port), and beside the page some scripts, name -> file; gives the server and
/// the page's address.
export async function serve(folder, port = 0, scripts = {}) {
  if (!existsSync(join(folder, "index.html"))) {
    throw new Error(`There is no page in ${folder}. Build it first: ./dev build`);
  }
  const files = sirv(folder, { etag: true });
  const server = createServer((request, response) => {
    const nothing = () => {
      response.statusCode = 404;
      response.end("There is nothing here.");
    };
    if (!request.url.startsWith(PATH)) return nothing();
    request.url = request.url.slice(PATH.length - 1);
    const script = scripts[request.url.slice(1)];
    if (script) return response.setHeader("Content-Type", "text/javascript").end(readFileSync(script));
    files(request, response, nothing);
  });
  await new Promise((done, failed) => server.once("error", failed).listen(port, "127.0.0.1", done));
  return { server, address: `http://127.0.0.1:${server.address().port}${PATH}` };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder, port] = process.argv.slice(2);
  try {
    console.log((await serve(folder, Number(port))).address);
  } catch (error) {
    console.error(error.code === "EADDRINUSE" ? `Port ${port} is taken by another program. Set SOFTSTEP_PORT to a free one.` : error.message);
    process.exit(1);
  }
}
