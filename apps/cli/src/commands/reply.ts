/** `pli reply`: opens the link (free within the hour of an opening) and answers its sender (spec: messages.md M16; protocol.md Z13). */
import { createReplyDraft, replyAuthor, sendReply, textToHtml } from "@pli/client";
import { nodeCrypto } from "@pli/core/crypto-node";
import { type Command, UsageError } from "../command.ts";
import { enterGrant } from "../enter-grant.ts";
import { readMessageText } from "../message-input.ts";
import { findFiles, uploadFiles } from "../send-files.ts";

export const reply: Command = {
  name: "reply",
  positionals: { shown: "LINK", least: 1, most: 1 },
  options: [
    "text",
    "text-file",
    "subject",
    "attach",
    "code",
    "code-stdin",
    "sms-code",
    "sms-code-stdin",
    "private-computer",
    "password-file",
    "json",
  ],
  async run(context, { values, positionals: [link = ""] }) {
    const { texts, signal } = context;
    for (const option of ["code-stdin", "sms-code-stdin"] as const) {
      if (!values[option] || (values.text !== "-" && values["text-file"] !== "-")) continue;
      throw new UsageError(texts.oneOf({ options: `--${option}, --text -` }));
    }
    const text = await readMessageText(context, values);
    const files = await findFiles(context, values.attach ?? []);
    const { t, info, opening, manifest } = await enterGrant(context, link, values);
    if (manifest.replyKey === undefined) throw new UsageError(texts.noReplies);
    const { draft, contentKey } = await createReplyDraft(t, nodeCrypto, info.grantId);
    const { upload, attachments } = await uploadFiles(context, t, { draft, contentKey, files });
    const answer = await sendReply(t, nodeCrypto, {
      draft,
      contentKey,
      upload,
      to: manifest,
      inReplyTo: opening.envelopeId,
      message: {
        subject: values.subject ?? texts.reply({ subject: manifest.subject }),
        html: textToHtml(text),
        text,
        from: replyAuthor(manifest, info),
        attachments,
      },
      signal,
    });
    const { envelopeId } = answer;
    if (values.json) return context.printJson({ envelopeId, inReplyTo: opening.envelopeId });
    context.say(texts.replied);
    context.print(texts.envelope({ id: envelopeId }));
  },
};
