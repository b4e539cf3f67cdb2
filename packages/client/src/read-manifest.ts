/** Fetches and opens an envelope's manifest (spec: protocol.md Z3). */
import type { ContentKey, CryptoProvider, Manifest } from "@pli/core/sealing";
import { decodeManifest, openBytes } from "@pli/core/sealing";
import { LIMITS } from "@pli/core/wire";
import { type ContentSource, contentPath } from "./grant-doors.ts";
import { readBounded } from "./read-bounded.ts";
import { networkError, type Transport } from "./transport.ts";

/** @throws PliError `integrity`, `unsupported_version`, `opening_required`, `not_found`, `destroyed`, `network` */
export async function readManifest(
  t: Transport,
  crypto: CryptoProvider,
  options: { readonly source: ContentSource; readonly contentKey: ContentKey; readonly signal?: AbortSignal },
): Promise<Manifest> {
  const { source, contentKey, signal } = options;
  return t.repeat(async () => {
    const response = await t.get(contentPath(source, 0), signal && { signal });
    const sealed = await readBounded(response, LIMITS.manifestBytes, "integrity").catch((cause: unknown) => {
      throw networkError(cause, signal);
    });
    return decodeManifest(await openBytes(crypto, { contentKey, part: 0 }, sealed));
  }, signal);
}
