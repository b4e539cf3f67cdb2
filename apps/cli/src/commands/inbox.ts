/** `pli inbox`: replies to me; with an id and --out, one of them onto the disk (spec: messages.md M16, M25; protocol.md Z13). */
import { markRead, openInboxItem, inbox as readInbox } from "@pli/client";
import { nodeCrypto } from "@pli/core/crypto-node";
import { PliError } from "@pli/core/errors";
import type { InboxItem } from "@pli/core/wire";
import { formatShortDateTime, formatSize } from "@pli/texts/format";
import { type Command, UsageError } from "../command.ts";
import { asMember, keysOf, type Member } from "../connect.ts";
import { person, printHeading } from "../heading.ts";
import { parseCount } from "../message-input.ts";
import { writeContent } from "../write-content.ts";

const STANDARD_LIMIT = 50;

async function* allItems(member: Member): AsyncGenerator<InboxItem, void> {
  let cursor: string | undefined;
  do {
    const page = await readInbox(member.t, cursor);
    yield* page.items;
    cursor = page.next;
  } while (cursor !== undefined);
}

/** @throws PliError `not_found` */
async function findItem(member: Member, id: string): Promise<InboxItem> {
  for await (const item of allItems(member)) if (item.envelopeId === id) return item;
  throw new PliError("not_found");
}

export const inbox: Command = {
  name: "inbox",
  positionals: { shown: "[ID]", least: 0, most: 1 },
  options: ["out", "limit", "json"],
  async run(context, { values, positionals: [id] }) {
    const { texts, language } = context;
    const member = await asMember(context);
    if (id === undefined) {
      const most =
        values.limit === undefined ? STANDARD_LIMIT : parseCount(context, "--limit", values.limit, 1, 100_000);
      const items: Omit<InboxItem, "sealedKey" | "partList">[] = [];
      for await (const { sealedKey: _key, partList: _parts, ...item } of allItems(member)) {
        if (items.push(item) === most) break;
      }
      if (values.json) return context.printJson(items);
      if (items.length === 0) context.say(texts.nothingReceived);
      for (const item of items) {
        const when = formatShortDateTime(language, Date.parse(item.receivedAt));
        const facts = [item.envelopeId, when, person(item.from), formatSize(language, item.sizeBytes)];
        context.print([...facts, ...(item.read ? [] : [texts.unread])].join("  "));
      }
      return;
    }
    if (values.out === undefined) throw new UsageError(texts.missing({ option: "--out" }));
    const item = await findItem(member, id);
    const { envelopeId, receivedAt, partList: parts } = item;
    const { contentKey, manifest } = await openInboxItem(member.t, nodeCrypto, await keysOf(member), item);
    const written = await writeContent(context, member.t, {
      folder: values.out,
      envelopeId,
      source: { envelopeId },
      contentKey,
      manifest,
      parts,
    });
    await markRead(member.t, envelopeId);
    // Who it is from is the server's word: the reply's own is whatever its writer put there.
    const { from } = item;
    if (values.json) {
      const { subject, inReplyTo } = manifest;
      return context.printJson({
        envelopeId,
        subject,
        from,
        inReplyTo,
        receivedAt,
        body: written.body,
        files: written.files,
      });
    }
    printHeading(context, { from, manifest, sentAt: receivedAt });
    for (const path of [written.body, ...written.files]) context.print(texts.wrote({ path }));
  },
};
