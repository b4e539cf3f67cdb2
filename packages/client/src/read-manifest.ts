/** Fetches and opens an envelope's manifest (spec: protocol.md Z3). */
import { PliError } from "@pli/core/errors";
import type { ContentKey, CryptoProvider, Manifest } from "@pli/core/sealing";
import { decodeManifest, openBytes } from "@pli/core/sealing";
import { LIMITS } from "@pli/core/wire";
import { type ContentSource, contentPath } from "./grant-doors.ts";
import { networkError, type Transport } from "./transport.ts";

/** The whole body, refused as soon as it is longer than a manifest may be. */
async function readBody(response: Response, signal?: AbortSignal): Promise<Uint8Array> {
  if (Number(response.headers.get("content-length")) > LIMITS.manifestBytes) throw new PliError("integrity");
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw networkError(cause, signal);
  }
}

/** @throws PliError `integrity`, `unsupported_version`, `opening_required`, `not_found`, `destroyed`, `network` */
export async function readManifest(
  t: Transport,
  crypto: CryptoProvider,
  options: { readonly source: ContentSource; readonly contentKey: ContentKey; readonly signal?: AbortSignal },
): Promise<Manifest> {
  const { source, contentKey, signal } = options;
  return t.repeat(async () => {
    const response = await t.get(contentPath(source, 0), signal && { signal });
    const sealed = await readBody(response, signal);
    return decodeManifest(await openBytes(crypto, { contentKey, part: 0 }, sealed));
  }, signal);
}
