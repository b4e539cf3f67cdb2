/**
 * The built pages (apps/web/dist): read from disk at each start into an index of names, served with their precompressed copies. Only
 * names found at start exist, so a path can never leave the folder.
 */
import { createReadStream, type Dirent, readdirSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { PUBLIC_FILE_HEADERS } from "./headers.ts";
import { readPageHints } from "./page-hints.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};
/**
 * Pages have paths of their own, compressed copies are the same file, and the list to check a server against must come from elsewhere: what
 * a server says of itself proves nothing.
 */
const HIDDEN = /^\.|\.(html|br|gz)$|^release-hashes\.json$/;
const ENCODINGS = [
  ["br", ".br"],
  ["gzip", ".gz"],
] as const;

export interface StaticFiles {
  /** The file for this path of the site, or null. */
  find(path: string): string | null;
  /** Whether the build has this file. */
  has(file: string): boolean;
  /** Answers with a file that `find` gave; with 404, with the page that says so. */
  send(
    file: string,
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    status?: 200 | 404,
  ): Promise<void>;
}

/** What a file is sent as, by its name. */
export function contentTypeOf(file: string): string {
  return TYPES[extname(file)] ?? "application/octet-stream";
}

/** @param pages path of the site to file, tried before the files by name */
export function createStaticFiles(folder: string, pages: (path: string) => string | null): StaticFiles {
  const names = new Map<string, number>();
  for (const entry of entriesOf(folder)) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) names.set(relative(folder, path).split(sep).join("/"), statSync(path).size);
  }
  const hints = readPageHints(folder, names.keys());
  return {
    find: (path) => {
      const page = pages(path);
      if (page !== null) return names.has(page) ? page : null;
      const name = path.slice(1);
      return !HIDDEN.test(name) && names.has(name) ? name : null;
    },
    has: (file) => names.has(file),
    send: async (file, request, response, path, status = 200) => {
      const link = hints.of(file, path, request.headers["accept-language"]);
      if (link !== null) response.setHeader("Link", link);
      const accepted = request.headers["accept-encoding"] ?? "";
      let name = file;
      for (const [encoding, ending] of ENCODINGS) {
        if (!names.has(file + ending)) continue;
        response.setHeader("Vary", "Accept-Encoding");
        if (!accepted.includes(encoding)) continue;
        response.setHeader("Content-Encoding", encoding);
        name = file + ending;
        break;
      }
      // Names under assets/ carry the hash of their content.
      const immutable = file.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-store";
      response.setHeader("Cache-Control", immutable);
      response.writeHead(status, {
        ...PUBLIC_FILE_HEADERS,
        "Content-Type": contentTypeOf(file),
        "Content-Length": names.get(name) as number,
      });
      if (request.method === "HEAD") response.end();
      else await pipeline(createReadStream(join(folder, name)), response);
    },
  };
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
}
