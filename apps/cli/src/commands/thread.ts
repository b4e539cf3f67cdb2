/** `pli thread`: what was said after a message; `pli answer`: more said by its sender (spec: messages.md M24). */
import {
  canBeAnswered,
  createAnswerDraft,
  getEnvelope,
  getThread,
  openSummary,
  openThreadItem,
  sendAnswer,
  textToHtml,
} from "@pli/client";
import { nodeCrypto } from "@pli/core/crypto-node";
import type { ThreadItem } from "@pli/core/wire";
import { formatShortDateTime } from "@pli/texts/format";
import { chooseGrants } from "../choose-grants.ts";
import { type Command, Refused } from "../command.ts";
import { asMember, checkedAccount, keysOf } from "../connect.ts";
import { person } from "../heading.ts";
import { readMessageText } from "../message-input.ts";
import { printable } from "../printable.ts";
import { findFiles, uploadFiles } from "../send-files.ts";

export const thread: Command = {
  name: "thread",
  positionals: { shown: "ID", least: 1, most: 1 },
  options: ["json"],
  async run(context, { values, positionals: [id = ""] }) {
    const { texts, language } = context;
    const member = await asMember(context);
    const { address, name } = await checkedAccount(member);
    const keys = await keysOf(member);
    const items: ThreadItem[] = [];
    let cursor: string | undefined;
    do {
      const page = await getThread(member.t, id, cursor);
      items.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    const said = [];
    for (const item of items.reverse()) {
      const { envelopeId, kind, sentAt, grantIds, read } = item;
      const { manifest } = await openThreadItem(member.t, nodeCrypto, keys, item);
      const files = manifest.attachments.map((file) => ({ name: file.name, sizeBytes: file.sizeBytes }));
      const { subject, body } = manifest;
      // Who it is from is the server's word: the reply's own is whatever its writer put there.
      const from = item.from ?? { address, name };
      said.push({ envelopeId, kind, from, sentAt, grantIds, read, subject, text: body.text, files });
    }
    if (values.json) return context.printJson(said);
    if (said.length === 0) context.say(texts.nothingSaid);
    for (const { from, sentAt, text, files } of said) {
      context.print(`${formatShortDateTime(language, Date.parse(sentAt))}  ${person(from)}`);
      for (const line of text.split("\n")) context.print(`  ${printable(line)}`);
      for (const file of files) context.print(`  - ${printable(file.name)}`);
    }
  },
};

export const answer: Command = {
  name: "answer",
  positionals: { shown: "ID", least: 1, most: 1 },
  options: ["text", "text-file", "subject", "attach", "to", "json"],
  async run(context, { values, positionals: [id = ""] }) {
    const { texts, signal } = context;
    const text = await readMessageText(context, values);
    const files = await findFiles(context, values.attach ?? []);
    const member = await asMember(context);
    const account = await checkedAccount(member);
    const { t, kept } = member;
    const keys = await keysOf(member);
    const envelope = await getEnvelope(t, id);
    const chosen = chooseGrants(context, envelope, values.to);
    const grants = chosen.filter(canBeAnswered);
    const [only] = chosen;
    if (grants.length === 0) {
      throw new Refused(only === undefined || only.state === "active" ? "conflict" : only.state, texts.nobodyLeft);
    }
    const summary = await openSummary(nodeCrypto, keys, envelope);
    const { draft, contentKey } = await createAnswerDraft(t, nodeCrypto, envelope.envelopeId);
    const { upload, attachments } = await uploadFiles(context, t, { draft, contentKey, files });
    const { envelopeId, grants: told } = await sendAnswer(t, nodeCrypto, keys, {
      draft,
      contentKey,
      upload,
      envelope,
      grants,
      account: { keyring: { kemPublic: kept.kemPublic } },
      message: {
        subject: values.subject ?? texts.reply({ subject: summary.subject }),
        html: textToHtml(text),
        text,
        from: { name: account.name, address: account.address },
        attachments,
      },
      signal,
    });
    const addresses = told.map(({ address }) => address);
    if (values.json) return context.printJson({ envelopeId, inReplyTo: envelope.envelopeId, to: addresses });
    context.say(texts.answered({ addresses: addresses.join(", ") }));
    context.print(texts.envelope({ id: envelopeId }));
  },
};
