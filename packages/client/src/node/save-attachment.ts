/** An attachment onto the disk: goes on where an earlier run stopped, and begins anew once when what that run left is not right. */
import { PliError } from "@pli/core/errors";
import type { CryptoProvider } from "@pli/core/sealing";
import { type ReadAttachmentOptions, readAttachment } from "../read-attachment.ts";
import type { Transport } from "../transport.ts";
import { openPartial } from "./file-sink.ts";

/**
 * @param options.folder where its provisional file is
 * @param options.identity tells this content from all others (envelope id)
 * @returns path of the complete, verified file under its provisional name: give it its own with `giveName`
 * @throws PliError like readAttachment; what there is of it is kept unless it is `integrity`
 */
export async function saveAttachment(
  t: Transport,
  crypto: CryptoProvider,
  options: Omit<ReadAttachmentOptions, "offsetBytes" | "hashed"> & {
    readonly folder: string;
    readonly identity: string;
    /** Told once when an earlier run left `sizeBytes` of it. */
    readonly onResume?: (sizeBytes: number) => void;
  },
): Promise<string> {
  const { folder, attachment } = options;
  const identity = `${options.identity}/${attachment.parts.join(",")}/${attachment.sha256}`;
  for (;;) {
    const partial = await openPartial(folder, identity, attachment.sizeBytes);
    const { sizeBytes: offsetBytes, hashed } = partial;
    if (offsetBytes > 0) options.onResume?.(offsetBytes);
    const reader = readAttachment(t, crypto, { ...options, offsetBytes, hashed }).getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        await partial.write(value);
      }
      await partial.finish();
      return partial.path;
    } catch (error) {
      await reader.cancel().catch(() => undefined);
      const spoilt = error instanceof PliError && error.code === "integrity";
      if (!spoilt) {
        await partial.keep();
        throw error;
      }
      await partial.discard();
      // What an earlier run left may have been torn by a crash: only a reading from the beginning is a verdict.
      if (offsetBytes === 0) throw error;
    }
  }
}
