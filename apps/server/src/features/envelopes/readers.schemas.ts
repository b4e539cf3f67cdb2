/** Schemas of replies to all, checked against the wire types. */
import { z } from "@hono/zod-openapi";
import { LIMITS, type Readers, type ReadersQuestion, type ReplyReader } from "@pli/core/wire";
import { addressText, bytesText, wire } from "../../http/schema.ts";

export const replyReaderSchema = wire<ReplyReader>()(
  z
    .strictObject({
      grantId: bytesText(16),
      address: addressText,
      verifierSha256: bytesText(32),
      wrappedKey: bytesText(60),
      linkSecret: bytesText(32),
    })
    .openapi("ReplyReader"),
);

/** Everybody once: by address, by grant, and each with a secret of their own. */
export function areDifferent(readers: readonly ReplyReader[]): boolean {
  const count = (of: (reader: ReplyReader) => string) => new Set(readers.map(of)).size;
  return [
    count(({ address }) => address.toLowerCase()),
    count(({ grantId }) => grantId),
    count(({ linkSecret }) => linkSecret),
  ].every((different) => different === readers.length);
}

export const readersQuestionSchema = wire<ReadersQuestion>()(
  z
    .strictObject({ addresses: z.array(z.string().min(1).max(LIMITS.addressCharacters)).min(1).max(LIMITS.recipients) })
    .openapi("ReadersQuestion"),
);
export const readersSchema = wire<Readers>()(z.object({ addresses: z.array(z.string()) }).openapi("Readers"));
