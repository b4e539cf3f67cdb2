/** Fetches and opens an envelope's manifest (spec: protocol.md Z3). */
import { fromBase64url } from "@pli/core/bytes";
import { PliError } from "@pli/core/errors";
import type { ContentKey, CryptoProvider, Manifest } from "@pli/core/sealing";
import { decodeManifest, openBytes } from "@pli/core/sealing";
import { LIMITS, type Opening } from "@pli/core/wire";
import { type ContentSource, contentPath } from "./grant-doors.ts";
import { readBounded } from "./read-bounded.ts";
import { networkError, type Transport } from "./transport.ts";

/**
 * @param options.sealed the ciphertext, where it came with the opening: then nothing is fetched
 * @throws PliError `integrity`, `unsupported_version`, `opening_required`, `not_found`, `destroyed`, `network`
 */
export async function readManifest(
  t: Transport,
  crypto: CryptoProvider,
  options: {
    readonly source: ContentSource;
    readonly contentKey: ContentKey;
    readonly sealed?: Opening["manifest"];
    readonly signal?: AbortSignal;
  },
): Promise<Manifest> {
  const { source, contentKey, sealed, signal } = options;
  const open = async (bytes: Uint8Array<ArrayBuffer>) =>
    decodeManifest(await openBytes(crypto, { contentKey, part: 0 }, bytes));
  if (sealed) {
    try {
      return await open(fromBase64url(sealed));
    } catch (cause) {
      // not even base64: whoever sent it is to blame, no input of ours
      throw cause instanceof PliError && cause.code !== "bad_input" ? cause : new PliError("integrity", { cause });
    }
  }
  return t.repeat(async () => {
    const response = await t.get(contentPath(source, 0), signal && { signal });
    const fetched = await readBounded(response, LIMITS.manifestBytes, "integrity").catch((cause: unknown) => {
      throw networkError(cause, signal);
    });
    return open(fetched);
  }, signal);
}
