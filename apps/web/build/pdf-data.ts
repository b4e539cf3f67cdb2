/**
 * Vite plugin: the data that pdf.js loads by name while it draws (character maps, the fourteen standard fonts, image decoders), copied
 * under a folder that carries the version, so that it can be cached for ever and nothing comes from another host.
 * `virtual:pdf-data` gives the folder's URL.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

const ID = "virtual:pdf-data";
const FOLDERS = ["cmaps", "standard_fonts", "wasm", "iccs"];

export function pdfData(): Plugin {
  const packageFile = createRequire(import.meta.url).resolve("pdfjs-dist/package.json");
  const from = dirname(packageFile);
  const { version } = JSON.parse(readFileSync(packageFile, "utf8")) as { version: string };
  const folder = `assets/pdf-${version}`;
  return {
    name: "pli-pdf-data",
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load: (id) => (id === `\0${ID}` ? `export const pdfDataUrl = ${JSON.stringify(`/${folder}/`)};` : undefined),
    buildStart() {
      if (this.environment.mode !== "build") return;
      for (const kind of FOLDERS) {
        for (const name of readdirSync(join(from, kind))) {
          // no scripts: PDFs get no script engine, and every browser that passes the check runs the decoders
          if (name.startsWith("LICENSE") || name.startsWith("quickjs") || name.endsWith(".js")) continue;
          this.emitFile({
            type: "asset",
            fileName: `${folder}/${kind}/${name}`,
            source: readFileSync(join(from, kind, name)),
          });
        }
      }
    },
  };
}
