/**
 * The manifest (spec: protocol.md Z3): what an envelope holds, as JSON, sealed as part 0 and written last. Unknown fields are ignored,
 * a higher version is refused, anything malformed or out of bounds is refused whole. Names only visible recipients, never blind ones.
 */
import { fromBase64url, fromUtf8, utf8 } from "../bytes.ts";
import { PliError } from "../errors.ts";
import type { EnvelopeKind, RecipientType } from "../wire/envelope.ts";
import { LIMITS } from "../wire/limits.ts";
import { KEM_PUBLIC_BYTES } from "./hpke.ts";
import { plainBytes } from "./segments.ts";
import { isDateTime, list, object, optional, text, whole } from "./shape.ts";

export interface Manifest {
  readonly v: 1;
  readonly kind: EnvelopeKind;
  readonly subject: string;
  /** Sanitised by the writer; a reader sanitises again before showing. */
  readonly body: { readonly html: string; readonly text: string };
  readonly from: ManifestPerson;
  readonly to: readonly ManifestRecipient[];
  /** ISO 8601, UTC */
  readonly createdAt: string;
  readonly attachments: readonly ManifestAttachment[];
  /** Where to seal a reply: the sender's X-Wing public key, base64url. Absent from a writer who has no keyring. */
  readonly replyKey?: string;
  /** Envelope id that this answers. */
  readonly inReplyTo?: string;
}
export interface ManifestPerson {
  readonly name: string;
  readonly address: string;
}
export interface ManifestRecipient {
  readonly name?: string;
  readonly address: string;
  readonly type: Exclude<RecipientType, "bcc">;
}
export interface ManifestAttachment {
  /** Numbers of the parts that hold it, in order. */
  readonly parts: readonly number[];
  /** File name, `/` between folders. From a stranger: make it safe before it touches a disk. */
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** SHA-256 of the plaintext, base64url. */
  readonly sha256: string;
  readonly restriction?: "view-only";
}

const VERSION = 1;
const KINDS: readonly string[] = ["message", "reply"] satisfies EnvelopeKind[];
const MAX_BYTES = plainBytes(LIMITS.manifestBytes);
const TEXT_UNITS = 1_000_000;
const SMALLEST_CLASS_BYTES = 2048;
const DOUBLING_UP_TO_BYTES = 65_536;

/** Bytes as a JSON value, or `integrity`. */
function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length > MAX_BYTES) throw new PliError("integrity");
  try {
    return JSON.parse(fromUtf8(bytes));
  } catch {
    throw new PliError("integrity");
  }
}

function base64url(value: unknown, lengthBytes: number): string {
  const string = text(value, 0, Math.ceil((lengthBytes * 4) / 3));
  fromBase64url(string, lengthBytes);
  return string;
}

function readRecipient(value: unknown): ManifestRecipient {
  const fields = object(value);
  const type = fields.type;
  if (type !== "to" && type !== "cc") throw new PliError("integrity");
  return {
    ...optional("name", fields.name, (name) => text(name, 0, LIMITS.nameCharacters * 2)),
    address: text(fields.address, 1, LIMITS.addressCharacters),
    type,
  };
}

function readAttachment(value: unknown): ManifestAttachment {
  const fields = object(value);
  const parts = list(fields.parts, LIMITS.partsPerEnvelope).map((part) => whole(part, 1));
  if (parts.length === 0) throw new PliError("integrity");
  return {
    parts,
    name: text(fields.name, 1, 1024),
    mediaType: text(fields.mediaType, 0, 255),
    sizeBytes: whole(fields.sizeBytes, 0),
    sha256: base64url(fields.sha256, 32),
    // A restriction that we do not know is held to be the one that we do: never looser than the sender meant.
    ...optional("restriction", fields.restriction, (): "view-only" => "view-only"),
  };
}

function readManifest(value: unknown): Manifest {
  const fields = object(value);
  const version = whole(fields.v, VERSION);
  if (version > VERSION) throw new PliError("unsupported_version");
  const kind = text(fields.kind, 1, 64);
  if (!KINDS.includes(kind)) throw new PliError("unsupported_version");
  const body = object(fields.body);
  const from = object(fields.from);
  const attachments = list(fields.attachments, LIMITS.partsPerEnvelope).map(readAttachment);
  const parts = attachments.flatMap((attachment) => attachment.parts);
  if (new Set(parts).size !== parts.length || parts.length > LIMITS.partsPerEnvelope) throw new PliError("integrity");
  return {
    v: VERSION,
    kind: kind as EnvelopeKind,
    subject: text(fields.subject, 0, 1000),
    body: { html: text(body.html, 0, MAX_BYTES), text: text(body.text, 0, TEXT_UNITS) },
    from: {
      name: text(from.name, 0, LIMITS.nameCharacters * 2),
      address: text(from.address, 1, LIMITS.addressCharacters),
    },
    to: list(fields.to, LIMITS.recipients).map(readRecipient),
    createdAt: isDateTime(fields.createdAt),
    attachments,
    ...optional("replyKey", fields.replyKey, (key) => base64url(key, KEM_PUBLIC_BYTES)),
    ...optional("inReplyTo", fields.inReplyTo, (id) => text(id, 1, 128)),
  };
}

/**
 * Size that a manifest of `bytes` is padded to: 2 KiB and its doublings up to 64 KiB; above, Padmé (PETS 2019, Nikitin et al.),
 * which adds at most 12 % and tells no more than a floating-point number would.
 */
export function paddedBytes(bytes: number): number {
  if (bytes <= DOUBLING_UP_TO_BYTES) {
    let size = SMALLEST_CLASS_BYTES;
    while (size < bytes) size *= 2;
    return size;
  }
  const exponent = Math.floor(Math.log2(bytes));
  const grain = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1);
  return Math.ceil(bytes / grain) * grain;
}

/**
 * Manifest as bytes to seal: JSON with its fields in a fixed order and `pad` filling up to a size class.
 * @throws PliError `bad_input` when a reader would refuse it; `limit_reached` when it is too big to travel
 */
export function encodeManifest(manifest: Manifest): Uint8Array {
  let checked: Manifest;
  try {
    checked = readManifest(manifest);
  } catch (cause) {
    throw new PliError("bad_input", { details: { field: "manifest" }, cause });
  }
  const bare = utf8(JSON.stringify({ ...checked, pad: "" })).length;
  if (bare > MAX_BYTES) throw new PliError("limit_reached", { details: { limit: MAX_BYTES } });
  const pad = Math.min(paddedBytes(bare), MAX_BYTES) - bare;
  return utf8(JSON.stringify({ ...checked, pad: " ".repeat(pad) }));
}

/** @throws PliError `unsupported_version` when made by a newer Pli; `integrity` when it is no manifest */
export function decodeManifest(bytes: Uint8Array): Manifest {
  const value = parseJson(bytes);
  try {
    return readManifest(value);
  } catch (error) {
    if (error instanceof PliError && error.code === "unsupported_version") throw error;
    throw new PliError("integrity");
  }
}
