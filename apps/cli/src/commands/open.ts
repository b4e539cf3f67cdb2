/** `pli open` (spec: connectors.md C3; messages.md M12 to M14, M18). */
import { type Command, type Context, UsageError } from "../command.ts";
import { enterGrant } from "../enter-grant.ts";
import { printHeading } from "../heading.ts";
import { writeContent } from "../write-content.ts";

export const open: Command = {
  name: "open",
  positionals: { shown: "LINK", least: 1, most: 1 },
  options: ["out", "code", "code-stdin", "sms-code", "sms-code-stdin", "private-computer", "password-file", "json"],
  async run(context: Context, { values, positionals: [link = ""] }) {
    const { texts } = context;
    if (values.out === undefined) throw new UsageError(texts.missing({ option: "--out" }));
    const { t, info, opening, contentKey, manifest, claimedFrom } = await enterGrant(context, link, values);
    const { envelopeId, parts, openUntil, openingsLeft, last, expiresAt, sentAt } = opening;
    const { grantId, sender: from } = info;
    const written = await writeContent(context, t, {
      folder: values.out,
      envelopeId,
      source: { grantId },
      contentKey,
      manifest,
      parts,
    });
    if (values.json) {
      const { subject, to, attachments } = manifest;
      return context.printJson({
        ...{ envelopeId, grantId, subject, from, to, sentAt, expiresAt, openUntil, openingsLeft, last },
        ...(claimedFrom && { claimedFrom }),
        ...{ body: written.body, files: written.files },
        attachments: attachments.map(({ name, mediaType, sizeBytes, sha256, restriction }, index) => {
          const path = written.paths[index];
          return { ...(path && { path }), name, mediaType, sizeBytes, sha256, ...(restriction && { restriction }) };
        }),
      });
    }
    printHeading(context, { from, manifest, sentAt });
    for (const path of [written.body, ...written.files]) context.print(texts.wrote({ path }));
    context.say(last ? texts.lastOpening : texts.openingsLeft({ count: openingsLeft }));
  },
};
