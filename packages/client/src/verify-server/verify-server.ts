/**
 * Compares what a running server serves to browsers with the list of a release (Q9). Must never trust what the server says about itself,
 * and shows only what this caller was served: a server can serve others something else (docs/threat-model.md).
 */
import { toHex } from "@pli/core/bytes";
import { PliError } from "@pli/core/errors";
import { findForeignParts } from "./page-parts.ts";
import { weakerDirective, withConnections } from "./policy.ts";
import type { ReleaseFile, ReleaseList } from "./release-list.ts";

/** An answer, its body without compression. Redirects are not followed. */
export interface ServedFile {
  readonly status: number;
  readonly header: (name: string) => string | null;
  readonly body: Uint8Array;
}

export interface VerifySetup {
  /** Origin of the server. */
  readonly origin: string;
  readonly list: ReleaseList;
  /** Asks as a browser would. Null: an answer came or did not come, and this place may not know (a page of another site). @throws PliError `network` */
  readonly get: (url: string, file: ReleaseFile) => Promise<ServedFile | null>;
  readonly sha256: (data: Uint8Array) => Promise<Uint8Array>;
  /** A name as Pli makes them, new each time, for the `*` of a path. */
  readonly newName: () => string;
  /** Origins that the pages may exchange data with beside the server: of a bucket that its operator names. */
  readonly connections?: readonly string[];
  /** Leaves out what only a server on one's own machine has. */
  readonly withoutLocal?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What is wrong with a file. */
export type ServerFaultKind =
  | "changed" // another content than the release's
  | "missing" // detail: the status that came instead
  | "redirected" // detail: to where
  | "unreadable"
  | "wrong_type" // detail: the media type that came
  | "policy_missing"
  | "policy_weaker" // detail: the directive, and what it allows too much
  | "inline_script" // detail: its beginning
  | "foreign" // detail: an address outside the server
  | "unknown"; // detail: a path that the release has not

export interface ServerFault {
  readonly path: string;
  readonly kind: ServerFaultKind;
  readonly detail: string;
}

export interface ServerReport {
  readonly server: string;
  readonly version: string;
  /** Number of files compared. */
  readonly compared: number;
  readonly faults: readonly ServerFault[];
}

/** As many at once as a browser. */
const AT_ONCE = 6;

/** Whether a path of the list, which may hold a `*`, is this path. */
function isPathOf(file: ReleaseFile, path: string): boolean {
  const [before = "", after] = file.path.split("*");
  if (after === undefined) return file.path === path;
  return path.length >= file.path.length && path.startsWith(before) && path.endsWith(after);
}

function faultsOfPolicy(served: ServedFile, file: ReleaseFile, { list, connections = [] }: VerifySetup): ServerFault[] {
  if (!file.guarded) return [];
  const header = served.header("content-security-policy");
  if (header === null) return [{ path: file.path, kind: "policy_missing", detail: "" }];
  const weaker = weakerDirective(header, withConnections(list.policy, connections));
  return weaker === null ? [] : [{ path: file.path, kind: "policy_weaker", detail: weaker }];
}

async function compare(setup: VerifySetup, file: ReleaseFile): Promise<readonly ServerFault[] | "absent"> {
  const { list, origin, get, sha256, newName } = setup;
  const url = origin + file.path.replace("*", newName);
  const served = await get(url, file);
  const one = (kind: ServerFaultKind, detail = ""): ServerFault => ({ path: file.path, kind, detail });
  if (served === null) return [one("unreadable")];
  const { status } = served;
  if (status === 404 && file.local) return "absent";
  if (status === 429 || status >= 500) throw new PliError("unavailable");
  if (status === 0 || (status >= 300 && status < 400)) return [one("redirected", served.header("location") ?? "")];
  if (status !== 200) return [one("missing", String(status))];
  const faults: ServerFault[] = [];
  if (toHex(await sha256(served.body)) !== file.sha256) {
    faults.push(one("changed"));
    if (file.kind === "page") {
      const isKnown = (path: string) => list.files.some((known) => isPathOf(known, path));
      const parts = findForeignParts(new TextDecoder().decode(served.body), url, isKnown);
      faults.push(...parts.map(({ kind, detail }) => one(kind, detail)));
    }
  }
  const type = (served.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== file.type) faults.push(one("wrong_type", type));
  // It would lead a browser away from the page that was compared.
  const refresh = served.header("refresh");
  if (refresh !== null) faults.push(one("redirected", refresh));
  return [...faults, ...faultsOfPolicy(served, file, setup)];
}

/**
 * Asks for every file of the list, pages first, and compares. A server that is honest to this caller gives a report without faults.
 * @throws PliError `network` when it cannot be reached, `unavailable` when it answers that it cannot serve now
 */
export async function verifyServer(setup: VerifySetup): Promise<ServerReport> {
  const { list, origin, withoutLocal = false, onProgress } = setup;
  const pageFirst = (file: ReleaseFile) => (file.kind === "page" ? 0 : 1);
  const files = list.files.filter((file) => !(withoutLocal && file.local));
  files.sort((a, b) => pageFirst(a) - pageFirst(b));
  const found = new Map<ReleaseFile, readonly ServerFault[]>();
  let done = 0;
  const work = async (file: ReleaseFile) => {
    const faults = await compare(setup, file);
    if (faults !== "absent") found.set(file, faults);
    onProgress?.(++done, files.length);
  };
  const [first, ...rest] = files;
  if (first !== undefined) await work(first);
  // Nothing of the first page may be known: there is no such server, or it is none of ours.
  if (first !== undefined && found.get(first)?.[0]?.kind === "unreadable") throw new PliError("network");
  const queue = [...rest];
  const worker = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      await work(file).catch((error: unknown) => {
        queue.length = 0;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const faults = list.files.flatMap((file) => found.get(file) ?? []);
  return { server: origin, version: list.version, compared: found.size, faults };
}
