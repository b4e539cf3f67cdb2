/**
 * What anybody may check without any key: the content commitment (spec: protocol.md Z16). The server imports this, so nothing here may
 * ever open content.
 */
import { concatBytes } from "./bytes.ts";
import { PliError } from "./errors.ts";

/**
 * Content commitment: SHA-256 over the SHA-256 digests of the ciphertexts, the manifest's first, then the parts' in order.
 * @param digests 32 bytes each, at least the manifest's
 * @returns 32 bytes
 * @throws PliError `bad_input` on no digest, or one of another length
 */
export async function computeCommitment(
  digests: readonly Uint8Array[],
  sha256: (data: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  if (digests.length === 0 || digests.some((digest) => digest.length !== 32)) throw new PliError("bad_input");
  return sha256(concatBytes(...digests));
}
