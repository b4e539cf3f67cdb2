/** The sealed summary of a sent envelope (spec: protocol.md Z12): lets the sender's own list show subjects. */
import { fromBase64url, fromUtf8, toBase64url, utf8 } from "@pli/core/bytes";
import { PliError } from "@pli/core/errors";
import type { CryptoProvider, KeyringKeys } from "@pli/core/sealing";
import { INFO_SUMMARY, openSealed, sealTo } from "@pli/core/sealing";

export interface Summary {
  readonly subject: string;
  /** The first few. */
  readonly attachments: readonly { readonly name: string; readonly sizeBytes: number }[];
  readonly attachmentCount: number;
}

const NAMED = 12;
const CLASS_BYTES = 512;

/** @returns base64url. Padded, so that its size does not tell the subject's length. */
export async function sealSummary(
  crypto: CryptoProvider,
  options: { readonly kemPublic: Uint8Array; readonly envelopeId: string; readonly summary: Summary },
): Promise<string> {
  const { subject, attachmentCount } = options.summary;
  const attachments = options.summary.attachments.slice(0, NAMED).map(({ name, sizeBytes }) => ({ name, sizeBytes }));
  const bare = utf8(JSON.stringify({ subject, attachments, attachmentCount, pad: "" })).length;
  const pad = " ".repeat(Math.ceil(bare / CLASS_BYTES) * CLASS_BYTES - bare);
  const sealed = await sealTo(crypto, {
    publicKey: options.kemPublic,
    info: INFO_SUMMARY,
    associatedData: options.envelopeId,
    plaintext: utf8(JSON.stringify({ subject, attachments, attachmentCount, pad })),
  });
  return toBase64url(sealed);
}

/** @throws PliError `integrity` when it was changed or is another envelope's */
export async function openSummary(
  crypto: CryptoProvider,
  keyring: Pick<KeyringKeys, "kemPrivate">,
  envelope: { readonly envelopeId: string; readonly sealedSummary: string },
): Promise<Summary> {
  const plaintext = await openSealed(crypto, {
    kemPrivate: keyring.kemPrivate,
    info: INFO_SUMMARY,
    associatedData: envelope.envelopeId,
    sealed: fromBase64url(envelope.sealedSummary),
  });
  const { subject, attachments, attachmentCount } = JSON.parse(fromUtf8(plaintext)) as Partial<Summary>;
  if (typeof subject !== "string" || !Array.isArray(attachments)) throw new PliError("integrity");
  return { subject, attachments, attachmentCount: attachmentCount ?? attachments.length };
}
