/** One row of the outbox for each kind of mail, with names as long as people have them. */
import type { MailFacts, MailKind } from "@pli/texts/mail";
import type { OutboxTable } from "../outbox.table.ts";

const AT_MS = Date.UTC(2026, 11, 23, 17);
const when = { atMs: AT_MS, timeZone: "Europe/Paris" };
const LONG = "marie-emmanuelle.van-den-bergh-de-la-rochefoucauld@services-sociaux.communaute-urbaine.example";

const FACTS: readonly { readonly [K in MailKind]: readonly [K, MailFacts[K]] }[MailKind][] = [
  [
    "message",
    {
      senderName: "Camille Orvanne",
      senderAddress: "camille.orvanne@aubrelune.example",
      expiresAtMs: AT_MS,
      timeZone: "Europe/Paris",
      openings: 3,
      password: false,
    },
  ],
  [
    "message",
    { senderName: LONG, senderAddress: LONG, expiresAtMs: AT_MS, timeZone: "UTC", openings: 1, password: true },
  ],
  ["code", { reference: "K7 Q4", minutes: 15, senderName: "Camille Orvanne" }],
  ["opened", { recipient: "Juliette Perrin", openingsLeft: 2, ...when, reference: "D-2026-118" }],
  ["unread", { recipients: ["Juliette Perrin", LONG], sentAtMs: AT_MS - 9e8, ...when }],
  ["reply", { from: "Juliette Perrin", ...when, reference: "D-2026-118" }],
  ["copy_request", { recipient: "Juliette Perrin", reason: "new_copy", ...when }],
  ["copy_request", { recipient: "Juliette Perrin", reason: "not_for_me", ...when }],
  ["bounced", { recipient: LONG, address: LONG, reasonCode: "no_mailbox", statusCode: "5.1.1", ...when }],
  ["sign_in", { memberName: "Camille Orvanne", minutes: 15 }],
  ["security", { event: "passkey_added", name: "MacBook", ...when }],
];

/** A row as it waits, never tried. Without a language: that is the test's. */
export function waitingRow(kind: MailKind, facts: object): Omit<OutboxTable, "language"> {
  return {
    mail_id: "0".repeat(26),
    organisation_id: "o",
    channel: "mail",
    kind,
    state: "waiting",
    address: "juliette@courriel.example",
    envelope_id: "01jdmk3v9qhqz6m1t5w8x2y4za",
    grant_id: "Yl3vQx0bTq2mZ8aR1uK9wA",
    facts: JSON.stringify(facts),
    secret: null,
    created_at_ms: 0,
    next_try_at_ms: 0,
    give_up_at_ms: 0,
    tries: 0,
    lease_owner: null,
    lease_until_ms: 0,
    ended_at_ms: null,
    reason: null,
    request_id: null,
    traceparent: null,
  };
}

export const SAMPLES: readonly Omit<OutboxTable, "language">[] = FACTS.map(([kind, facts], index) => ({
  ...waitingRow(kind, facts),
  mail_id: `${index}`.padStart(26, "0"),
}));
