/**
 * The standalone check page of a release (Q9): one HTML file with its script, its style and the list inside, that needs no server. Its policy, in the
 * page itself, names script and style by their hashes, so nothing else can run even where somebody's web server adds to it.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { ReleaseList } from "@pli/client/verify-server";
import { ROOT } from "./repository.ts";

/** In the folder of a release. */
export const PAGE_NAME = "verify-server.html";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64");

/** Its one script and its one style. Nothing in them may end the element that they stand in. */
async function bundle(): Promise<{ script: string; style: string }> {
  const { build } = await import("vite");
  const made = await build({
    configFile: false,
    root: join(ROOT, "apps/web"),
    logLevel: "error",
    publicDir: false,
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      write: false,
      target: ["chrome111", "firefox115", "safari16.4"],
      modulePreload: false,
      cssCodeSplit: false,
      reportCompressedSize: false,
      rollupOptions: { input: "src/verify-server/main.tsx", output: { format: "iife" } },
    },
  });
  const files = [made].flat().flatMap((one) => ("output" in one ? one.output : []));
  const text = (ending: string) =>
    files
      .filter(({ fileName }) => fileName.endsWith(ending))
      .map((file) => (file.type === "chunk" ? file.code : String(file.source)))
      .join("\n");
  const [script, style] = [
    text(".js")
      .replaceAll(/<\/(?=script)/gi, "<\\/")
      .trim(),
    text(".css").trim(),
  ];
  if (files.length !== 2 || script === "" || style === "" || /<!--/.test(script) || /<\//.test(style)) {
    throw new Error(
      `the check page is not one script and one style: ${files.map(({ fileName }) => fileName).join(", ")}`,
    );
  }
  return { script, style };
}

/** The whole page. */
export async function checkPage(list: ReleaseList): Promise<string> {
  const { script, style } = await bundle();
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha256(script)}'`,
    `style-src 'sha256-${sha256(style)}'`,
    "connect-src https: http://localhost:* http://127.0.0.1:*",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  const data = JSON.stringify(list).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Pli</title>
<style>${style}</style>
</head>
<body>
<div id="check"></div>
<noscript>
<p lang="en">This page compares files in your browser, and needs JavaScript for that.</p>
<p lang="fr">Cette page compare des fichiers dans votre navigateur et a besoin de JavaScript.</p>
<p lang="nl">Deze pagina vergelijkt bestanden in uw browser en heeft daarvoor JavaScript nodig.</p>
<p lang="de">Diese Seite vergleicht Dateien in Ihrem Browser und braucht dafür JavaScript.</p>
</noscript>
<script type="application/json" id="list">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}
