/**
 * Three pages: open.html for recipients (`/o/:id`), secret.html for one-time secrets (`/s/:id`), app.html for members (`/`, `/app`, `/app/*`),
 * built one after the other into one folder.
 * They share sources, not chunks: a chunk that served both would carry the members' icons and formats into the recipient's first paint
 * (budgets: tools/page-weight.ts). Everything they load is hashed under /assets/; CSS comes with the chunk that needs it.
 */
import { type BuildEnvironmentOptions, defineConfig } from "vite";
import { classicScript } from "./build/classic-script.ts";
import { lightPreload } from "./build/light-preload.ts";
import { pdfData } from "./build/pdf-data.ts";

const page = (html: string, emptyOutDir: boolean): BuildEnvironmentOptions => ({
  target: ["chrome111", "firefox115", "safari16.4"],
  emptyOutDir,
  sourcemap: false,
  cssCodeSplit: true,
  assetsInlineLimit: 0,
  modulePreload: false,
  rollupOptions: {
    input: html,
    output: { codeSplitting: { groups: [{ name: "preact", test: /node_modules\/preact\// }] } },
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
    lightPreload(),
    pdfData(),
  ],
  worker: { format: "es" },
  build: { outDir: "dist", reportCompressedSize: false },
  environments: {
    client: { build: page("open.html", true) },
    secrets: { consumer: "client", build: page("secret.html", false) },
    members: { consumer: "client", build: page("app.html", false) },
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) await builder.build(environment);
    },
  },
});
