/** The slip of a mail whose attachments alone are sealed (M2), in English. */
import { formatSize, plural } from "../format.ts";
import type { SlipTexts } from "./index.ts";

export const slip: SlipTexts = {
  words: ({ senderName, count }) => ({
    sealed: plural("en", count, {
      one: `The attachment is sealed. Nobody but you and ${senderName} can open it. This text is not sealed: it came like any mail.`,
      other: `The ${count} attachments are sealed. Nobody but you and ${senderName} can open them. This text is not sealed: it came like any mail.`,
    }),
    action: plural("en", count, { one: "Open the attachment", other: "Open the attachments" }),
    file: "File",
    detail: ({ sizeBytes, sha256 }) => `${formatSize("en", sizeBytes)} · SHA-256 ${sha256}`,
  }),
};
