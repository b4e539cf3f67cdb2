/**
 * Two pages: open.html for recipients (`/o/:id`), app.html for members (`/`, `/app`, `/app/*`). Everything they load is hashed under
 * /assets/. The recipient's page ships only the parts of the kit it names: no shared vendor bundle, CSS split by chunk.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vite";
import { classicScript } from "./build/classic-script.ts";
import { pdfData } from "./build/pdf-data.ts";

export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  appType: "mpa",
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [classicScript("open.html", "src/open/check.js"), pdfData()],
  worker: { format: "es" },
  build: {
    target: ["chrome111", "firefox115", "safari16.4"],
    outDir: "dist",
    emptyOutDir: true,
    sourcemap: false,
    cssCodeSplit: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: {
      input: existsSync(join(import.meta.dirname, "src/app/main.tsx"))
        ? { open: "open.html", app: "app.html" }
        : { open: "open.html" },
    },
  },
});
