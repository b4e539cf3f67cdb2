/**
 * How much a draft may take before it is sent. What each draft holds is kept in memory, counted from the store when it is not known or a part
 * was removed since, by whatever node, and claimed before a byte is written, so that chunks that come at once cannot pass together. Nothing
 * here decides a right.
 */
import { PliError } from "@pli/core/errors";
import { LIMITS } from "@pli/core/wire";
import type { Services } from "../../services.ts";
import type { EnvelopesTable } from "./envelopes.table.ts";

/** Parts of a reply: a person's attachments, not an archive's. */
const REPLY_PARTS = 1000;
/** Drafts remembered; others are counted again when they are written to. */
const REMEMBERED_MAX = 10_000;

interface Held {
  bytes: number;
  chunks: number;
  /** Of the draft when it was counted: each part that is removed raises it. */
  readonly revision: number;
  /** Those who are changing it: as long as there are some it is not forgotten, or two would count apart. */
  users: number;
  /** Chunks whose senders were told an address, by name, with their size: they count as there. */
  announced: Map<string, number> | null;
  /** When the numbers are true. */
  counted: Promise<void> | null;
}

const known = new WeakMap<Services["db"], Map<string, Held>>();

function draftsOf(services: Services): Map<string, Held> {
  let drafts = known.get(services.db);
  if (drafts === undefined) {
    drafts = new Map();
    known.set(services.db, drafts);
  }
  return drafts;
}

/** Bytes of all parts together that an envelope of this kind may have. */
export function maxBytesOf(services: Services, kind: EnvelopesTable["kind"]): number {
  const { maxEnvelopeBytes, maxReplyBytes } = services.config;
  return kind === "reply" ? Math.min(maxReplyBytes, maxEnvelopeBytes) : maxEnvelopeBytes;
}

function maxChunksOf(kind: EnvelopesTable["kind"], maxBytes: number): number {
  // Each part ends with a chunk that may be short; all others are whole. The manifest is one more.
  const parts = kind === "reply" ? REPLY_PARTS : LIMITS.partsPerEnvelope;
  return parts + 1 + Math.ceil(maxBytes / LIMITS.chunkBytes);
}

/** Of a draft that was just made nothing is stored: its first chunk need not look. */
export function noteEmptyDraft(services: Services, envelopeId: string): void {
  remember(draftsOf(services), envelopeId, emptyAt(0));
}

function emptyAt(revision: number): Held {
  return { bytes: 0, chunks: 0, revision, users: 0, announced: null, counted: null };
}

/** The draft as it was read just now. */
type RoomOf = Pick<EnvelopesTable, "envelope_id" | "revision">;

export interface Claim {
  /** The chunk is there: so many bytes more than before. */
  keep(sizeBytes: number): void;
  /** Nothing came of it. */
  giveBack(): void;
}

/**
 * Claims room for one more chunk of at most `sizeBytes`. The claim must be kept or given back.
 * @throws PliError `payload_too_large` {limit} over the bytes of its kind, `limit_reached` {limit} over the number of chunks
 */
export async function claimRoom(
  services: Services,
  draft: RoomOf & Pick<EnvelopesTable, "kind">,
  sizeBytes: number,
): Promise<Claim> {
  const maxBytes = maxBytesOf(services, draft.kind);
  const maxChunks = maxChunksOf(draft.kind, maxBytes);
  const held = await use(services, draft);
  const tooLarge = held.bytes + sizeBytes > maxBytes;
  if (tooLarge || held.chunks >= maxChunks) {
    held.users--;
    if (tooLarge) throw new PliError("payload_too_large", { details: { limit: maxBytes } });
    throw new PliError("limit_reached", { details: { limit: maxChunks } });
  }
  held.bytes += sizeBytes;
  held.chunks++;
  return {
    keep: (keptBytes) => {
      held.bytes += keptBytes - sizeBytes;
      held.users--;
    },
    giveBack: () => {
      held.bytes -= sizeBytes;
      held.chunks--;
      held.users--;
    },
  };
}

/**
 * Claims room for a chunk that its sender will put past the node: whether it came is seen when the draft is sent. The same chunk again, with a
 * fresh address, claims nothing more. @throws PliError as `claimRoom`
 */
export async function claimAnnounced(
  services: Services,
  draft: RoomOf & Pick<EnvelopesTable, "kind">,
  name: string,
  sizeBytes: number,
): Promise<void> {
  const held = await use(services, draft);
  try {
    const before = held.announced?.get(name);
    if (before !== undefined && sizeBytes <= before) return;
    const claim = await claimRoom(services, draft, sizeBytes);
    claim.keep(sizeBytes);
    if (before !== undefined) {
      held.bytes -= before;
      held.chunks--;
    }
    held.announced ??= new Map();
    held.announced.set(name, sizeBytes);
  } finally {
    held.users--;
  }
}

/** Runs `remove`, which tells the size of each chunk that it removed: their room is free again. @param draft with its revision after it */
export async function freeRoom(
  services: Services,
  draft: RoomOf,
  remove: (removed: (sizeBytes: number) => void) => Promise<void>,
): Promise<void> {
  const held = await use(services, draft);
  try {
    await remove((sizeBytes) => {
      held.bytes -= sizeBytes;
      held.chunks--;
    });
  } finally {
    held.users--;
    // Of what was announced and never came nothing was removed: counted again, it is no longer there.
    if (held.announced !== null && held.users === 0) draftsOf(services).delete(draft.envelope_id);
  }
}

/** What this draft holds, with one more user. */
async function use(services: Services, { envelope_id: envelopeId, revision }: RoomOf): Promise<Held> {
  const drafts = draftsOf(services);
  const known = drafts.get(envelopeId);
  // Another node may have removed a part: what is free again only the store knows. Not while others are changing it here, or they count apart.
  const isCurrent = known !== undefined && (known.revision >= revision || known.users > 0);
  const held = isCurrent ? known : emptyAt(revision);
  if (!isCurrent) held.counted = count(services, envelopeId, held);
  held.users++;
  // Again at the end: those written to last are forgotten last.
  drafts.delete(envelopeId);
  remember(drafts, envelopeId, held);
  if (held.counted === null) return held;
  try {
    await held.counted;
    return held;
  } catch (error) {
    held.users--;
    drafts.delete(envelopeId);
    throw error;
  }
}

async function count(services: Services, envelopeId: string, held: Held): Promise<void> {
  const chunks = await services.blobs.listChunks(envelopeId);
  held.bytes += chunks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  held.chunks += chunks.length;
  held.counted = null;
}

function remember(drafts: Map<string, Held>, envelopeId: string, held: Held): void {
  drafts.set(envelopeId, held);
  if (drafts.size <= REMEMBERED_MAX) return;
  for (const [other, { users }] of drafts) {
    if (users > 0 || other === envelopeId) continue;
    drafts.delete(other);
    return;
  }
}
