/**
 * Reads the whole body of an answer, up to a bound: how long a server says it is proves nothing, and one that never ends must not fill the
 * memory of whoever asked. Never keeps a connection whose rest nobody will read.
 */
import { type ErrorCode, PliError } from "@pli/core/errors";

/** Far above the longest JSON answer of the API: 200 grants with all that is sealed to their sender take 0.6 MB. */
export const LONGEST_JSON_BYTES = 4 * 1024 * 1024;
/** Most answers fit. */
const FIRST_BYTES = 65_536;

/**
 * @param mostBytes the longest body that is taken
 * @param tooLong what a longer one means
 * @throws PliError `tooLong`; whatever reading throws when the connection breaks or is cancelled
 */
export async function readBounded(
  response: Response,
  mostBytes: number,
  tooLong: ErrorCode,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  let held = new Uint8Array(FIRST_BYTES);
  let filled = 0;
  try {
    for (;;) {
      const { value } = (await reader?.read()) ?? {};
      if (!value) return held.subarray(0, filled);
      const end = filled + value.length;
      if (end > mostBytes) throw new PliError(tooLong);
      if (end > held.length) {
        const grown = new Uint8Array(Math.max(end, 2 * held.length));
        grown.set(held);
        held = grown;
      }
      held.set(value, filled);
      filled = end;
    }
  } finally {
    await reader?.cancel().catch(() => undefined);
  }
}
