/** Everything a server has: what it was sent, what it wrote into its logs, and all of its data folder, byte by byte and value by value. */
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { filesBelow } from "../../apps/server/src/testing/files-below.ts";
import { type Found, findNeedles, type Needle } from "./needles.ts";
import type { RecordedRequest } from "./requests.ts";

/** What was found, and where. */
export interface Leak extends Found {
  readonly where: string;
}

export function searchIn(where: string, hay: Uint8Array, needles: readonly Needle[]): readonly Leak[] {
  return findNeedles(hay, needles).map((found) => ({ ...found, where }));
}

/** Every file below `folder`, as it is on the disk. */
export async function searchFiles(folder: string, needles: readonly Needle[]): Promise<readonly Leak[]> {
  const leaks: Leak[] = [];
  for (const path of await filesBelow(folder)) {
    // Files come and go under a server that runs.
    const bytes = await readFile(path).catch(() => null);
    if (bytes !== null) leaks.push(...searchIn(relative(folder, path), bytes, needles));
  }
  return leaks;
}

/** Every value of every table: in the file, a long one may lie in pieces on several pages. */
export function searchDatabase(path: string, needles: readonly Needle[]): readonly Leak[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = database.prepare("select name from sqlite_schema where type = 'table'").all() as { name: string }[];
    return tables.flatMap(({ name }) => {
      const rows = database.prepare(`select * from "${name}"`).all();
      const values = rows.flatMap((row) =>
        Object.values(row).map((value) =>
          value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : String(value),
        ),
      );
      return searchIn(`table ${name}`, Buffer.from(values.join("\n")), needles);
    });
  } finally {
    database.close();
  }
}

/** The orders that may carry a link secret, with delivery by mail only (Z15). */
const MAY_CARRY = /^\/api\/v1\/envelopes\/[^/]+\/(send|grants|grants\/[^/]+\/resend)$/;
const LINK_SECRET = /"linkSecret":"[\w-]{43}"/g;

/** An order without what it may carry: link secrets, and in an order to seal the attachments alone the text for the mail (M2). */
function withoutExceptions(path: string, body: Buffer): Buffer {
  const rest = path.endsWith("/send") ? withoutClear(body) : body;
  return Buffer.from(rest.toString("latin1").replaceAll(LINK_SECRET, ""), "latin1");
}

function withoutClear(body: Buffer): Buffer {
  if (!body.includes('"protect":"attachments"')) return body;
  const { clear: _, ...order } = JSON.parse(body.toString("utf8")) as Record<string, unknown>;
  return Buffer.from(JSON.stringify(order));
}

/** Heads and bodies of what clients sent. @param mayCarry leave out the fields in which a link secret, or a text in clear, may travel */
export function searchRequests(
  requests: readonly RecordedRequest[],
  needles: readonly Needle[],
  { mayCarry }: { readonly mayCarry: boolean },
): readonly Leak[] {
  return requests.flatMap(({ method, path, head, body }) => {
    const where = `${method} ${path}`;
    const isOrder = mayCarry && method === "POST" && MAY_CARRY.test(path);
    const text = isOrder ? withoutExceptions(path, body) : body;
    return [...searchIn(`${where} (head)`, Buffer.from(head, "latin1"), needles), ...searchIn(where, text, needles)];
  });
}
