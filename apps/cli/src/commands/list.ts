/** `pli list`: what I sent, newest first, with the subjects that only my keys can read (spec: messages.md M20). */
import { listEnvelopes, openSummary } from "@pli/client";
import { nodeCrypto } from "@pli/core/crypto-node";
import type { KeyringKeys } from "@pli/core/sealing";
import type { EnvelopeListItem, EnvelopeState } from "@pli/core/wire";
import { formatShortDateTime } from "@pli/texts/format";
import type { Command } from "../command.ts";
import { asMember, keysOf } from "../connect.ts";
import { parseChoice, parseCount } from "../message-input.ts";
import { printable } from "../printable.ts";

const STATES: readonly EnvelopeState[] = [
  "draft",
  "sending",
  "sent",
  "partly_opened",
  "opened",
  "expired",
  "destroyed",
  "revoked",
];
const PAGE_ITEMS = 100;
const STANDARD_LIMIT = 50;

async function withSubject(keys: KeyringKeys, envelope: EnvelopeListItem) {
  const { sealedSenderKey: _key, sealedSummary, ...item } = envelope;
  if (sealedSummary === undefined) return item;
  const { subject } = await openSummary(nodeCrypto, keys, envelope);
  return { ...item, subject };
}

export const list: Command = {
  name: "list",
  options: ["state", "to", "reference", "search", "limit", "json"],
  async run(context, { values }) {
    const { texts, language } = context;
    const member = await asMember(context);
    const most = values.limit === undefined ? STANDARD_LIMIT : parseCount(context, "--limit", values.limit, 1, 100_000);
    const filter = {
      ...(values.state !== undefined && { state: parseChoice(context, "--state", values.state, STATES) }),
      ...(values.to?.[0] !== undefined && { recipient: values.to[0] }),
      ...(values.reference !== undefined && { reference: values.reference }),
      ...(values.search !== undefined && { q: values.search }),
    };
    const keys = await keysOf(member);
    const found: Awaited<ReturnType<typeof withSubject>>[] = [];
    let cursor: string | undefined;
    do {
      const limit = Math.min(PAGE_ITEMS, most - found.length);
      const page = await listEnvelopes(member.t, { ...filter, limit, ...(cursor !== undefined && { cursor }) });
      for (const item of page.items.slice(0, limit)) found.push(await withSubject(keys, item));
      cursor = page.next;
    } while (cursor !== undefined && found.length < most);
    if (values.json) return context.printJson(found);
    if (found.length === 0) context.say(Object.keys(filter).length === 0 ? texts.nothingSent : texts.nothingFits);
    for (const item of found) {
      const when = formatShortDateTime(language, Date.parse(item.sentAt ?? item.createdAt));
      const to = item.recipients.map(({ address }) => address).join(", ");
      const subject = "subject" in item ? printable(item.subject) || texts.noSubject : "";
      context.print([item.envelopeId, when, texts.states[item.state], to, subject].join("  "));
    }
  },
};
