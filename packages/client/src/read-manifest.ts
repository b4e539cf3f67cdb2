/** Fetches and opens an envelope's manifest (spec: protocol.md Z3). */
import { PliError } from "@pli/core/errors";
import type { ContentKey, CryptoProvider, Manifest } from "@pli/core/sealing";
import { decodeManifest, openBytes } from "@pli/core/sealing";
import { LIMITS } from "@pli/core/wire";
import { type ContentSource, contentPath } from "./grant-doors.ts";
import { networkError, type Transport } from "./transport.ts";

/** Most letters fit. */
const FIRST_BYTES = 65_536;

/** The whole body, refused as soon as it is longer than a manifest may be: how long it says it is proves nothing. */
async function readBody(response: Response, signal?: AbortSignal): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  let held = new Uint8Array(FIRST_BYTES);
  let filled = 0;
  try {
    for (;;) {
      const { value } = (await reader?.read()) ?? {};
      if (!value) return held.subarray(0, filled);
      const end = filled + value.length;
      if (end > LIMITS.manifestBytes) throw new PliError("integrity");
      if (end > held.length) {
        const grown = new Uint8Array(Math.max(end, 2 * held.length));
        grown.set(held);
        held = grown;
      }
      held.set(value, filled);
      filled = end;
    }
  } catch (cause) {
    throw networkError(cause, signal);
  } finally {
    await reader?.cancel().catch(() => undefined);
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
