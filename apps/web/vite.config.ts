/**
 * Four pages: open.html for recipients (`/o/:id`), secret.html for one-time secrets (`/s/:id`), receipt.html for receipts of replies (`/receipt`),
 * app.html for members (`/`, `/app`, `/app/*`), built one after the other into one folder.
 * They share sources, not chunks: a chunk that served both would carry the members' icons and formats into the recipient's first paint
 * (budgets: tools/page-weight.ts). Everything they load is hashed under /assets/; CSS comes with the chunk that needs it.
 */
import { type BuildEnvironmentOptions, defineConfig } from "vite";
import { classicScript } from "./build/classic-script.ts";
import { lightPreload } from "./build/light-preload.ts";
import { pageHints } from "./build/page-hints.ts";
import { pdfData } from "./build/pdf-data.ts";

/** Chunks that are made whole, what they import included, the first ones first: each is one way there and back. */
interface Whole {
  readonly name: string;
  readonly test: RegExp;
}
const PREACT: Whole = { name: "preact", test: /node_modules\/preact\// };
const OPEN: readonly Whole[] = [
  { name: "open", test: /src\/open\/main\.tsx$/ },
  { name: "Flow", test: /src\/open\/Flow\.tsx$/ },
];
const OPEN_WORKER: Whole = { name: "open-worker", test: /src\/worker\/open-worker\.ts$/ };
const SECRET: Whole = { name: "secret", test: /src\/secret\/main\.tsx$/ };

const page = (html: string, whole: readonly Whole[], emptyOutDir = false): BuildEnvironmentOptions => ({
  target: ["chrome111", "firefox115", "safari16.4"],
  emptyOutDir,
  sourcemap: false,
  cssCodeSplit: true,
  assetsInlineLimit: 0,
  // styles alone: scripts that a first step needs are one chunk, and those of the first paint are in the page's header (build/page-hints.ts)
  modulePreload: {
    polyfill: false,
    resolveDependencies: (_file, deps, { hostType }) =>
      hostType === "html" ? [] : deps.filter((dep) => dep.endsWith(".css")),
  },
  rollupOptions: {
    input: html,
    output: { codeSplitting: { groups: whole.map((one, index) => ({ ...one, priority: whole.length - index })) } },
  },
});

export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  appType: "mpa",
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [
    classicScript("open.html", "src/open/check.js"),
    classicScript("secret.html", "src/open/check.js"),
    classicScript("receipt.html", "src/open/check.js"),
    classicScript("app.html", "src/open/check.js"),
    lightPreload(),
    pageHints(),
    pdfData(),
  ],
  worker: { format: "es", rollupOptions: { output: { codeSplitting: { groups: [OPEN_WORKER] } } } },
  build: { outDir: "dist", reportCompressedSize: false },
  environments: {
    client: { build: page("open.html", OPEN, true) },
    secrets: { consumer: "client", build: page("secret.html", [SECRET]) },
    receipts: { consumer: "client", build: page("receipt.html", [PREACT]) },
    members: { consumer: "client", build: page("app.html", [PREACT]) },
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) await builder.build(environment);
    },
  },
});
