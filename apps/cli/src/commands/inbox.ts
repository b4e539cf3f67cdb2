/** `pli inbox`: replies to me; with an id and --out, one of them onto the disk (spec: messages.md M16, M25; protocol.md Z13). */
import { type InboxFilter, markRead, markUnread, openInboxItem, inbox as readInbox } from "@pli/client";
import { nodeCrypto } from "@pli/core/crypto-node";
import { PliError } from "@pli/core/errors";
import type { KeyringKeys } from "@pli/core/sealing";
import type { InboxItem } from "@pli/core/wire";
import { formatShortDateTime, formatSize } from "@pli/texts/format";
import { type Command, UsageError } from "../command.ts";
import { asMember, keysOf, type Member } from "../connect.ts";
import { person, printHeading } from "../heading.ts";
import { parseChoice, parseCount } from "../message-input.ts";
import { printable } from "../printable.ts";
import { writeContent } from "../write-content.ts";

const STANDARD_LIMIT = 50;

async function* allItems(member: Member, filter: InboxFilter = {}): AsyncGenerator<InboxItem, void> {
  let cursor: string | undefined;
  do {
    const page = await readInbox(member.t, cursor, filter);
    yield* page.items;
    cursor = page.next;
  } while (cursor !== undefined);
}

/** @throws PliError `not_found` */
async function findItem(member: Member, id: string): Promise<InboxItem> {
  for await (const item of allItems(member)) if (item.envelopeId === id) return item;
  throw new PliError("not_found");
}

/** An item with what this computer's keys read of it; without it when it cannot be opened. */
type Listed = Omit<InboxItem, "sealedKey" | "keyWithheld" | "partList"> & {
  /** Its key is withheld from programs (M16). */
  readonly protected?: true;
  readonly subject?: string;
  readonly text?: string;
  readonly files?: readonly { readonly name: string; readonly sizeBytes: number }[];
};

async function read(
  member: Member,
  keys: KeyringKeys,
  item: InboxItem,
): Promise<Pick<Listed, "subject" | "text" | "files" | "protected">> {
  if (item.keyWithheld !== undefined) return { protected: true };
  try {
    const { manifest } = await openInboxItem(member.t, nodeCrypto, keys, item);
    const files = manifest.attachments.map(({ name, sizeBytes }) => ({ name, sizeBytes }));
    return { subject: manifest.subject, text: manifest.body.text, files };
  } catch (error) {
    if (error instanceof PliError && ["integrity", "unsupported_version"].includes(error.code)) return {};
    throw error;
  }
}

export const inbox: Command = {
  name: "inbox",
  positionals: { shown: "[ID]", least: 0, most: 1 },
  options: ["out", "mark", "unread", "search", "limit", "json"],
  async run(context, { values, positionals: [id] }) {
    const { texts, language } = context;
    const member = await asMember(context);
    if (id === undefined) {
      const most =
        values.limit === undefined ? STANDARD_LIMIT : parseCount(context, "--limit", values.limit, 1, 100_000);
      const filter = { unread: values.unread === true, ...(values.search !== undefined && { q: values.search }) };
      const keys = await keysOf(member);
      const items: Listed[] = [];
      for await (const item of allItems(member, filter)) {
        const { sealedKey: _key, keyWithheld: _why, partList: _parts, ...told } = item;
        items.push({ ...told, ...(await read(member, keys, item)) });
        if (items.length === most) break;
      }
      if (items.some((item) => item.protected)) context.say(texts.protectedReplies);
      if (values.json) return context.printJson(items);
      if (items.length === 0) context.say(values.search === undefined ? texts.nothingReceived : texts.nothingFits);
      for (const item of items) {
        const when = formatShortDateTime(language, Date.parse(item.receivedAt));
        const subject = printable(item.subject ?? "") || texts.noSubject;
        const facts = [item.envelopeId, when, person(item.from), subject, formatSize(language, item.sizeBytes)];
        context.print([...facts, ...(item.read ? [] : [texts.unread])].join("  "));
      }
      return;
    }
    if (values.mark !== undefined) {
      const mark = parseChoice(context, "--mark", values.mark, ["read", "unread"] as const);
      await (mark === "read" ? markRead : markUnread)(member.t, id);
      return values.json ? context.printJson({ envelopeId: id, read: mark === "read" }) : undefined;
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
