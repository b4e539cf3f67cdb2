/**
 * The list that a release publishes (Q9): every file a browser loads from a Pli server, with its SHA-256, and the policy its pages come with.
 * Made by the build, read by `pli verify-server` and by the check page. Must never be taken from the server that is checked.
 */
import { PliError } from "@pli/core/errors";

export const RELEASE_LIST_FORMAT = "pli-release-hashes/1";

export interface ReleaseFile {
  /** Path on the server; one `*` stands for any single name, such as the number of a message. */
  readonly path: string;
  /** `page`: HTML as served; `script`: modules, workers, classic scripts; `other`: styles, pictures, fonts, WebAssembly. */
  readonly kind: "page" | "script" | "other";
  /** Media type without parameters. */
  readonly type: string;
  /** Length of the content before any compression on the way. */
  readonly sizeBytes: number;
  /** 64 lower-case hex digits, over the content before any compression on the way. */
  readonly sha256: string;
  /** It comes with `policy`: what may become a page or a worker. */
  readonly guarded: boolean;
  /** Only a server on one's own machine has it. */
  readonly local: boolean;
}

export interface ReleaseList {
  readonly format: typeof RELEASE_LIST_FORMAT;
  /** Version of Pli. */
  readonly version: string;
  /** Content-Security-Policy of the guarded files. */
  readonly policy: string;
  /** By path, in the order of their code units. */
  readonly files: readonly ReleaseFile[];
}

const PATH = /^\/(?![/.])[\w./*~-]*$/;
const SHA256 = /^[0-9a-f]{64}$/;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isFile(value: unknown): value is ReleaseFile {
  if (!isRecord(value)) return false;
  const { path, kind, type, sizeBytes, sha256, guarded, local } = value;
  const isKind = kind === "page" || kind === "script" || kind === "other";
  const isSize = typeof sizeBytes === "number" && Number.isSafeInteger(sizeBytes) && sizeBytes >= 0;
  const isHash = typeof sha256 === "string" && SHA256.test(sha256);
  const isPath = typeof path === "string" && PATH.test(path) && path.split("*").length <= 2;
  return isPath && isKind && isSize && isHash && typeof type === "string" && [guarded, local].every(isFlag);
}

const isFlag = (value: unknown): boolean => typeof value === "boolean";

/** Reads a published list. @throws PliError `bad_input` (field `hashes`) when it is none, `unsupported_version` when a newer Pli made it */
export function readReleaseList(text: string): ReleaseList {
  const bad = () => new PliError("bad_input", { details: { field: "hashes" } });
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw bad();
  }
  if (!isRecord(list)) throw bad();
  const { format, version, policy, files } = list;
  if (typeof format === "string" && /^pli-release-hashes\/\d+$/.test(format) && format !== RELEASE_LIST_FORMAT) {
    throw new PliError("unsupported_version");
  }
  if (format !== RELEASE_LIST_FORMAT || typeof version !== "string" || typeof policy !== "string") throw bad();
  // A list without a page would find nothing wrong anywhere.
  if (!Array.isArray(files) || !files.every(isFile) || !files.some(({ kind }) => kind === "page")) throw bad();
  return { format, version, policy, files };
}
