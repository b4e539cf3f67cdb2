/**
 * The list of a release (Q9): every file that a browser loads from a server of this version, with its SHA-256, and the policy of its pages. Made from
 * the built folder and from the server's own tables of paths, types and headers. Must say the same wherever and whenever it is made: no time, no
 * path of this machine, no commit.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { RELEASE_LIST_FORMAT, type ReleaseFile, type ReleaseList } from "@pli/client/verify-server";
import { CONTENT_SECURITY_POLICY } from "../apps/server/src/http/headers.ts";
import { PAGE_PATHS, sitePage } from "../apps/server/src/http/site.ts";
import { contentTypeOf } from "../apps/server/src/http/static-files.ts";
import { ROOT } from "./repository.ts";

/** In the built folder. */
export const LIST_NAME = "release-hashes.json";

const FEATURES = "apps/server/src/features";
/** Files that the server serves from its own sources, without the policy of pages but the first. The mailbox is for one's own machine. */
const SERVER_FILES = [
  { path: "/api", source: `${FEATURES}/api-docs/explorer/explorer.html`, guarded: true, local: false },
  { path: "/api/explorer.css", source: `${FEATURES}/api-docs/explorer/explorer.css`, guarded: false, local: false },
  { path: "/api/explorer.js", source: `${FEATURES}/api-docs/explorer/explorer.js`, guarded: false, local: false },
  { path: "/api/page.css", source: `${FEATURES}/api-docs/explorer/page.css`, guarded: false, local: false },
  { path: "/api/words.js", source: `${FEATURES}/api-docs/explorer/words.js`, guarded: false, local: false },
  {
    path: "/dev/mailbox/mailbox.css",
    source: `${FEATURES}/notifications/mailbox-page/mailbox.css`,
    guarded: true,
    local: true,
  },
  {
    path: "/dev/mailbox/mailbox.js",
    source: `${FEATURES}/notifications/mailbox-page/mailbox.js`,
    guarded: true,
    local: true,
  },
] as const;

/** What the list is made from beside the built folder, from the root. */
export const LIST_INPUTS: readonly string[] = [
  ...SERVER_FILES.map(({ source }) => source),
  "apps/server/src/http/headers.ts",
  "apps/server/src/http/site.ts",
  "apps/server/src/http/static-files.ts",
];

function kindOf(file: string): ReleaseFile["kind"] {
  if (file.endsWith(".html")) return "page";
  return /\.m?js$/.test(file) ? "script" : "other";
}

function describe(path: string, file: string, content: Uint8Array): ReleaseFile {
  return {
    path,
    kind: kindOf(file),
    type: contentTypeOf(file).replace(/;.*/, ""),
    sizeBytes: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
    guarded: true,
    local: false,
  };
}

async function builtFiles(folder: string): Promise<ReleaseFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: ReleaseFile[] = [];
  for (const entry of entries) {
    const name = relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/");
    if (!entry.isFile() || name.startsWith(".") || /\.(br|gz)$/.test(name) || name === LIST_NAME) continue;
    const paths = name.endsWith(".html")
      ? PAGE_PATHS.filter((path) => sitePage(path.replace("*", "name")) === name)
      : [`/${name}`];
    const content = await readFile(join(folder, name));
    found.push(...paths.map((path) => describe(path, name, content)));
  }
  return found;
}

/** The list over the pages built in `folder`. */
export async function makeReleaseList(folder: string): Promise<ReleaseList> {
  const files = await builtFiles(folder);
  for (const { path, source, guarded, local } of SERVER_FILES) {
    files.push({ ...describe(path, source, await readFile(join(ROOT, source))), guarded, local });
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as { version: string };
  return { format: RELEASE_LIST_FORMAT, version, policy: CONTENT_SECURITY_POLICY, files };
}

/** The list as it is published: one file a line, so that two releases can be compared line by line. */
export async function releaseListText(folder: string): Promise<string> {
  const { files, ...head } = await makeReleaseList(folder);
  const lines = files.map((file) => `    ${JSON.stringify(file)}`).join(",\n");
  const start = JSON.stringify(head, null, 2).replace(/\n}$/, "");
  return `${start},\n  "files": [\n${lines}\n  ]\n}\n`;
}
