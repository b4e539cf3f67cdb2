/** What is said in a conversation is sent: a reply of its recipient, an answer of its sender. */
import { PliError } from "@pli/core/errors";
import { LIMITS } from "@pli/core/wire";
import type { Tx } from "../../platform/database/index.ts";
import type { CheckedContent } from "./check-content.ts";
import { type Asker, requireDraft } from "./envelopes.policy.ts";
import { findEnvelope, markSent } from "./envelopes.queries.ts";
import type { EnvelopesTable } from "./envelopes.table.ts";

/** As long as anybody could read it. An answer ends with its message, which ends by itself. */
const KEPT_MS = LIMITS.expiryMaxHours * 3_600_000;

/** Sends the draft as it was checked. @throws PliError `conflict` when it changed meanwhile; what `requireDraft` throws when it is one no more */
export async function markSaid(
  tx: Tx,
  said: {
    readonly draft: EnvelopesTable;
    readonly asker: Asker;
    readonly content: CheckedContent;
    readonly commitment: string;
    /** Grants of its own: a reply to all has some. */
    readonly recipients?: number;
    readonly nowMs: number;
  },
): Promise<void> {
  const { draft, asker, content, commitment, recipients = 0, nowMs } = said;
  const changed = await markSent(tx, {
    envelopeId: draft.envelope_id,
    revision: draft.revision,
    sentAtMs: nowMs,
    takeBackUntilMs: null,
    expiresAtMs: nowMs + KEPT_MS,
    notify: null,
    notifyUnread: 0,
    reference: null,
    protect: "message",
    partCount: content.rows.length - 1,
    sizeBytes: content.sizeBytes,
    recipients,
    commitment,
  });
  if (changed !== 0) return;
  requireDraft(await findEnvelope(tx, draft.envelope_id), asker, nowMs);
  throw new PliError("conflict");
}
