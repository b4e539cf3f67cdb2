/** A small sound installation for the auditor's own tests: two messages, one of them revoked, and a reply. */
import type { PreparedMessage } from "@pli/client";
import { createLedger, type KnownMessage, type Ledger, noteMessage } from "./ledger.ts";
import type { StoredFile, StoredRows } from "./stored-rows.ts";

/** When everything in it happened. */
export const AT_MS = 1_800_000_000_000;

type Mutable<T> = {
  -readonly [key in keyof T]: T[key] extends readonly (infer U)[] ? { -readonly [k in keyof U]: U[k] }[] : T[key];
};
export interface Scene {
  readonly rows: Mutable<StoredRows>;
  readonly files: StoredFile[];
  readonly ledger: Ledger;
}

/** As much of a prepared message as the auditor looks at. */
function prepared(envelopeId: string): PreparedMessage {
  const grants = [
    { grantId: `${envelopeId}-mail`, openings: 3, delivery: "mail", recipient: { address: "a@x.example" } },
    { grantId: `${envelopeId}-link`, openings: 1, delivery: "link", recipient: { address: "b@x.example" } },
  ];
  const links = grants.map(({ grantId }) => ({ grantId, link: `link of ${grantId}` }));
  // Neither keys nor content: nothing here is ever sent.
  return { envelopeId, order: { commitment: "c", grants }, links } as unknown as PreparedMessage;
}

/** Two messages, one of them revoked, a reply; one grant opened twice, its mail gone out. */
export function soundScene(): Scene {
  const ledger = createLedger();
  const known = (envelopeId: string): KnownMessage => {
    const message = noteMessage(ledger, { prepared: prepared(envelopeId), subject: "s", text: "t", files: [] });
    message.acknowledged = true;
    return message;
  };
  known("living");
  known("ended").revoking = "confirmed";
  ledger.replies.set("reply", { envelopeId: "reply", subject: "Re: s", acknowledged: true });
  const opened = ledger.grants.get("living-mail");
  if (opened !== undefined) [opened.openingsTried, opened.openingsGiven] = [2, 2];
  const envelope = { commitment: "c", content_gone: 0, sent_at_ms: AT_MS };
  const grant = (envelope_id: string, kind: "mail" | "link", state = "active") => {
    const openings_total = kind === "mail" ? 3 : 1;
    return { envelope_id, grant_id: `${envelope_id}-${kind}`, state, openings_total, openings_left: openings_total };
  };
  let entries = 0;
  const entry = (
    envelope_id: string,
    event: string,
    more: { grant_id?: string; facts?: object; later?: number } = {},
  ) => ({
    envelope_id,
    entry_id: String(entries++),
    at_ms: AT_MS + (more.later ?? 0),
    event,
    grant_id: more.grant_id ?? null,
    facts: JSON.stringify(more.facts ?? {}),
  });
  const mail = (grant_id: string, state: string) => ({
    mail_id: `mail ${grant_id}`,
    kind: "message",
    state,
    grant_id,
    secret: null,
  });
  return {
    ledger,
    rows: {
      envelopes: [
        { ...envelope, envelope_id: "living", kind: "message", state: "sent" },
        { ...envelope, envelope_id: "ended", kind: "message", state: "revoked" },
        { ...envelope, envelope_id: "reply", kind: "reply", state: "sent" },
      ],
      parts: ["living", "reply"].map((envelope_id) => ({
        envelope_id,
        part: 0,
        generation: 1,
        chunks: 2,
        size_bytes: 30,
      })),
      grants: [
        { ...grant("living", "mail"), openings_left: 1 },
        grant("living", "link"),
        grant("ended", "mail", "revoked"),
        grant("ended", "link", "revoked"),
      ],
      journal: [
        entry("living", "sent"),
        entry("living", "notified", { grant_id: "living-mail", later: 1 }),
        entry("living", "opened", { grant_id: "living-mail", facts: { openingsLeft: 2 }, later: 2 }),
        entry("living", "opened", { grant_id: "living-mail", facts: { openingsLeft: 1 }, later: 3 }),
        entry("living", "replied", { grant_id: "living-mail", later: 4 }),
        entry("ended", "sent"),
        entry("ended", "revoked", { later: 1 }),
      ],
      outbox: [mail("living-mail", "accepted"), mail("ended-mail", "cancelled")],
      keys: [{ envelope_id: "living", grant_id: "living-mail", where: "grants.wrapped_key" }],
      integrity: "ok",
    },
    files: ["living", "reply"].flatMap((folder) => [
      { folder, name: "0-1-0", sizeBytes: 20 },
      { folder, name: "0-1-1", sizeBytes: 10 },
    ]),
  };
}
