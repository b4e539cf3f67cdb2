/** Serves the sheet of the kit from its sources while a test runs: it is no part of what we ship. */
import { join } from "node:path";
import { createServer } from "vite";
import { ROOT } from "../../tools/repository.ts";
import { freePort, type Scope, temporaryFolder } from "../harness.ts";

/** @returns its address */
export async function serveKit(scope: Scope): Promise<string> {
  const port = await freePort();
  const server = await createServer({
    root: join(ROOT, "apps/web"),
    configFile: false,
    cacheDir: await temporaryFolder(scope, "pli-kit"),
    logLevel: "silent",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    server: { host: "127.0.0.1", port, strictPort: true, hmr: false, ws: false },
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  await server.listen();
  scope.after(() => server.close());
  return `http://127.0.0.1:${port}/kit-sheet/kit.html`;
}
