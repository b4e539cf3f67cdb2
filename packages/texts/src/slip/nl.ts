/** The slip of a mail whose attachments alone are sealed (M2), in Dutch. */
import { formatSize, plural } from "../format.ts";
import type { SlipTexts } from "./index.ts";

export const slip: SlipTexts = {
  words: ({ senderName, count }) => ({
    sealed: plural("nl", count, {
      one: `De bijlage is verzegeld. Niemand anders dan u en ${senderName} kan die openen. Deze tekst is niet verzegeld: hij kwam zoals elke e-mail.`,
      other: `De ${count} bijlagen zijn verzegeld. Niemand anders dan u en ${senderName} kan ze openen. Deze tekst is niet verzegeld: hij kwam zoals elke e-mail.`,
    }),
    action: plural("nl", count, { one: "De bijlage openen", other: "De bijlagen openen" }),
    file: "Bestand",
    detail: ({ sizeBytes, sha256 }) => `${formatSize("nl", sizeBytes)} · SHA-256 ${sha256}`,
  }),
};
