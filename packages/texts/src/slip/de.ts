/** The slip of a mail whose attachments alone are sealed (M2), in German. */
import { formatSize, plural } from "../format.ts";
import type { SlipTexts } from "./index.ts";

export const slip: SlipTexts = {
  words: ({ senderName, count }) => ({
    sealed: plural("de", count, {
      one: `Der Anhang ist versiegelt. Niemand außer Ihnen und ${senderName} kann ihn öffnen. Dieser Text ist nicht versiegelt: Er kam wie jede E-Mail.`,
      other: `Die ${count} Anhänge sind versiegelt. Niemand außer Ihnen und ${senderName} kann sie öffnen. Dieser Text ist nicht versiegelt: Er kam wie jede E-Mail.`,
    }),
    action: plural("de", count, { one: "Den Anhang öffnen", other: "Die Anhänge öffnen" }),
    file: "Datei",
    detail: ({ sizeBytes, sha256 }) => `${formatSize("de", sizeBytes)} · SHA-256 ${sha256}`,
  }),
};
