/** The sealed summary of a sent envelope (spec: protocol.md Z12): lets the sender's own list show subjects. */
import { fromUtf8, utf8 } from "@pli/core/bytes";
import { PliError } from "@pli/core/errors";
import type { CryptoProvider, KeyringKeys } from "@pli/core/sealing";
import type { EnvelopeListItem } from "@pli/core/wire";
import { type Own, openOwnText, openSelf, sealOwnText } from "./own.ts";

export interface Summary {
  readonly subject: string;
  /** The first few. */
  readonly attachments: readonly { readonly name: string; readonly sizeBytes: number }[];
  readonly attachmentCount: number;
}

const NAMED = 12;
const CLASS_BYTES = 512;

/** @returns base64url. Padded, so that its size does not tell the subject's length. */
export async function sealSummary(crypto: CryptoProvider, own: Own, summary: Summary): Promise<string> {
  const { subject, attachmentCount } = summary;
  const attachments = summary.attachments.slice(0, NAMED).map(({ name, sizeBytes }) => ({ name, sizeBytes }));
  const bare = utf8(JSON.stringify({ subject, attachments, attachmentCount, pad: "" })).length;
  const pad = " ".repeat(Math.ceil(bare / CLASS_BYTES) * CLASS_BYTES - bare);
  return sealOwnText(crypto, own, "summary", utf8(JSON.stringify({ subject, attachments, attachmentCount, pad })));
}

/** @throws PliError `integrity` when it was changed or is another envelope's; `destroyed` when there is none: a draft's */
export async function openSummary(
  crypto: CryptoProvider,
  keyring: Pick<KeyringKeys, "kemPrivate">,
  envelope: Pick<EnvelopeListItem, "envelopeId" | "sealedSenderKey" | "sealedSummary">,
): Promise<Summary> {
  const own = await openSelf(crypto, keyring, envelope);
  const plaintext = await openOwnText(crypto, own, "summary", envelope.sealedSummary);
  const { subject, attachments, attachmentCount } = JSON.parse(fromUtf8(plaintext)) as Partial<Summary>;
  if (typeof subject !== "string" || !Array.isArray(attachments)) throw new PliError("integrity");
  return { subject, attachments, attachmentCount: attachmentCount ?? attachments.length };
}
