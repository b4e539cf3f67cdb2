/** `pli reply`: opens the link (free within the hour of an opening) and answers its sender (spec: messages.md M16; protocol.md Z13). */
import { open, rm } from "node:fs/promises";
import { createReplyDraft, findReaders, isBlind, receiptOf, replyAuthor, sendReply, textToHtml } from "@pli/client";
import { nodeCrypto } from "@pli/core/crypto-node";
import { type Receipt, sealReceipt } from "@pli/core/sealing";
import { type Command, type Context, UsageError, type Values } from "../command.ts";
import { enterGrant } from "../enter-grant.ts";
import { readMessageText } from "../message-input.ts";
import { printable } from "../printable.ts";
import { findFiles, uploadFiles } from "../send-files.ts";
import { readSecret } from "../terminal.ts";

export const reply: Command = {
  name: "reply",
  positionals: { shown: "LINK", least: 1, most: 1 },
  options: [
    "text",
    "text-file",
    "subject",
    "attach",
    "all",
    "receipt",
    "receipt-password-file",
    "code",
    "code-stdin",
    "sms-code",
    "sms-code-stdin",
    "private-computer",
    "password-file",
    "json",
  ],
  async run(context, { values, positionals: [link = ""] }) {
    const { texts } = context;
    for (const option of ["code-stdin", "sms-code-stdin"] as const) {
      if (!values[option] || (values.text !== "-" && values["text-file"] !== "-")) continue;
      throw new UsageError(texts.oneOf({ options: `--${option}, --text -` }));
    }
    const text = await readMessageText(context, values);
    const files = await findFiles(context, values.attach ?? []);
    const receipt = await plannedReceipt(context, values);
    const sent = await send(context, link, { values, text, files, receipt }).catch(async (error: unknown) => {
      await receipt?.drop();
      throw error;
    });
    const { envelopeId, inReplyTo, readers } = sent;
    const addresses = readers.map(({ address }) => address);
    if (values.json) {
      return context.printJson({ envelopeId, inReplyTo, ...(values.all && { readers: addresses }) });
    }
    context.say(texts.replied);
    if (values.all) context.say(texts.repliedTo({ addresses: addresses.map(printable).join(", ") }));
    context.print(texts.envelope({ id: envelopeId }));
  },
};

async function send(
  context: Context,
  link: string,
  said: {
    readonly values: Values;
    readonly text: string;
    readonly files: Awaited<ReturnType<typeof findFiles>>;
    readonly receipt: PlannedReceipt | null;
  },
) {
  const { texts, signal } = context;
  const { values, text, files, receipt } = said;
  const { t, info, opening, manifest } = await enterGrant(context, link, values);
  if (manifest.replyKey === undefined) throw new UsageError(texts.noReplies);
  const readers = values.all ? await findReaders(t, info.grantId, { manifest, opening }) : [];
  if (values.all && readers.length === 0) throw new UsageError(texts.noReaders);
  if (values.all && isBlind(manifest, opening)) context.say(texts.blindKnown);
  const { draft, contentKey } = await createReplyDraft(t, nodeCrypto, info.grantId);
  const { upload, attachments } = await uploadFiles(context, t, { draft, contentKey, files });
  const createdAt = new Date().toISOString();
  const message = {
    subject: values.subject ?? texts.reply({ subject: manifest.subject }),
    html: textToHtml(text),
    text,
    from: values.all ? { ...replyAuthor(manifest, info), address: opening.address } : replyAuthor(manifest, info),
    attachments,
  };
  const inReplyTo = opening.envelopeId;
  const answer = await sendReply(t, nodeCrypto, {
    ...{ draft, contentKey, upload, to: manifest, inReplyTo, message, readers, createdAt, signal },
  });
  await receipt?.write(receiptOf(t.origin, { answer, message, to: manifest, inReplyTo, createdAt, readers }));
  return { envelopeId: answer.envelopeId, inReplyTo, readers };
}

interface PlannedReceipt {
  write(receipt: Receipt): Promise<void>;
  /** Takes the empty file away when there is nothing to keep. */
  drop(): Promise<void>;
}

/** Made before anything is sent: a receipt that cannot be written must not be missed afterwards. Overwrites nothing. */
async function plannedReceipt(context: Context, values: Values): Promise<PlannedReceipt | null> {
  const { texts } = context;
  const { receipt: path, "receipt-password-file": password } = values;
  if (path === undefined) return null;
  if (password === undefined) throw new UsageError(texts.missing({ option: "--receipt-password-file" }));
  const secret = await readSecret(context, password);
  if (secret === "") throw new UsageError(texts.missing({ option: "--receipt-password-file" }));
  const file = await open(path, "wx", 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(texts.cannotWrite({ path, reason: error.code ?? "" }));
  });
  return {
    async write(receipt) {
      await file.writeFile(await sealReceipt(nodeCrypto, receipt, { password: secret }));
      await file.close();
    },
    async drop() {
      await file.close();
      await rm(path, { force: true });
    },
  };
}
